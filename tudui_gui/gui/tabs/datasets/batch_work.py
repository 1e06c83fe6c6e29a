"""The order a DataLoader gives the images in, and the tensor of one batch."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.utils.data import DataLoader

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.datasets.loading import TransformedDataset
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui.workers import Progress
from tudui_gui.transforms.pipeline import Pipeline


@dataclass(frozen=True)
class Loading:
    """What a DataLoader is told, and the epoch (from 1) to look at."""

    batch_size: int
    shuffle: bool
    drop_last: bool
    seed: int
    epoch: int


@dataclass(frozen=True)
class Order:
    """The indices of every batch of an epoch, and those that ``drop_last`` leaves out."""

    loading: Loading
    batches: tuple[tuple[int, ...], ...]
    dropped: tuple[int, ...]


def order_work(count: int, loading: Loading, token: CancelToken, progress: Progress) -> Order:
    """The batches of one epoch over ``count`` images: a real DataLoader's, with a generator of its own.

    The training's order is the same when seed and settings are.
    """
    generator = torch.Generator().manual_seed(loading.seed)
    loader: DataLoader[int] = DataLoader(
        range(count),  # type: ignore[arg-type]
        loading.batch_size,
        loading.shuffle,
        collate_fn=tuple,
        generator=generator,
    )
    batches: list[tuple[int, ...]] = []
    for _ in range(loading.epoch):
        token.raise_if_cancelled()
        batches = list(loader)
    left_over = loading.drop_last and bool(batches) and len(batches[-1]) < loading.batch_size
    dropped = batches.pop() if left_over else ()
    return Order(loading, tuple(batches), dropped)


def tensor_work(
    image_set: ImageSet, pipeline: Pipeline, indices: tuple[int, ...], token: CancelToken, progress: Progress
) -> str:
    """Dtype and shape of the batch after ``pipeline``. Raises ``TuduiError`` when there can be no batch."""
    data = TransformedDataset(image_set, pipeline, cache_bytes=0)
    with RANDOM_LOCK, torch.random.fork_rng(devices=[]):
        images, _ = data.batch(indices)
    return f"{str(images.dtype).removeprefix('torch.')} {list(images.shape)}"
