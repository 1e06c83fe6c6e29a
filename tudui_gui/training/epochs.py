"""In which batches the images of an epoch come, with given settings: training's own order."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import DataLoader

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.pipeline import Pipeline

#: Indices of the images of one batch.
Indices = tuple[int, ...]


@dataclass(frozen=True)
class Loading:
    """What the loader of the training images is told; the names are those of ``TRAINING``.

    ``seed`` is the experiment's: of weights, order and random transforms alike.
    """

    batch_size: int
    shuffle: bool
    drop_last: bool
    num_workers: int
    sampler: str
    seed: int

    @staticmethod
    def of(experiment: Experiment) -> Loading:
        """What ``experiment`` says."""
        given = experiment.settings
        return Loading(
            given.batch_size,
            given.shuffle,
            given.drop_last,
            given.num_workers,
            given.sampler,
            experiment.seed,
        )

    def put_into(self, experiment: Experiment) -> Experiment:
        """``experiment`` with these settings."""
        training = experiment.training.with_values(
            batch_size=self.batch_size,
            shuffle=self.shuffle,
            drop_last=self.drop_last,
            num_workers=self.num_workers,
            sampler=self.sampler,
        )
        return replace(experiment, seed=self.seed, training=training)

    def for_test(self) -> Loading:
        """How the test images are loaded: in their own order. ``drop_last`` is kept, to look at."""
        return replace(self, shuffle=False, sampler="none")


@dataclass(frozen=True)
class Epoch:
    """One pass over the images.

    Attributes
    ----------
    number : int
        From 1.
    batches : tuple of tuple of int
        Indices into the image set, batch by batch.
    dropped : tuple of int
        Those that ``drop_last`` leaves out.
    """

    number: int
    batches: tuple[Indices, ...]
    dropped: Indices

    @property
    def indices(self) -> Indices:
        """Every index that is in a batch, in order; with a weighted sampler some come again and again."""
        return tuple(index for batch in self.batches for index in batch)


@dataclass(frozen=True, eq=False)
class Epochs:
    """Some epochs of a training.

    Attributes
    ----------
    loading : Loading
    of : mapping of int to Epoch
    starts : tuple of tensor
        State of the generator that draws the order, before epoch 1, 2 ... up to the last of ``of``.
    """

    loading: Loading
    of: Mapping[int, Epoch]
    starts: tuple[Tensor, ...]


def draw_epochs(
    image_set: ImageSet, loading: Loading, numbers: Collection[int], cancel: CancelToken | None = None
) -> Epochs:
    """The batches of the epochs ``numbers``, as a training with ``loading`` has them.

    A real ``DataLoader`` walks over the indices, with the sampler of
    :func:`~tudui_gui.datasets.loading.make_loader` and ``torch.Generator().manual_seed(seed)``; all epochs
    before are drawn too. ``num_workers`` changes nothing about the order.

    Raises
    ------
    DatasetError
        When there is no image.
    Cancelled
    """
    generator = torch.Generator().manual_seed(loading.seed)
    loader = _index_loader(image_set, loading, generator)
    starts: list[Tensor] = []
    found: dict[int, Epoch] = {}
    for number in range(1, max(numbers) + 1):
        if cancel is not None:
            cancel.raise_if_cancelled()
        starts.append(generator.get_state())
        if number in numbers:
            found[number] = _epoch(number, list(loader), loading)
        else:
            deque(loader, maxlen=0)
    return Epochs(loading, found, tuple(starts))


def _index_loader(image_set: ImageSet, loading: Loading, generator: torch.Generator) -> DataLoader[Indices]:
    training = make_loader(
        image_set,
        Pipeline(),
        batch_size=loading.batch_size,
        shuffle=loading.shuffle,
        sampler=loading.sampler,
        generator=generator,
        cache_bytes=0,
    )
    return DataLoader(
        range(len(image_set)),  # type: ignore[arg-type]
        batch_sampler=training.batch_sampler,
        generator=generator,
        collate_fn=tuple,
    )


def _epoch(number: int, batches: list[Indices], loading: Loading) -> Epoch:
    is_short = len(batches[-1]) < loading.batch_size
    dropped = batches.pop() if loading.drop_last and is_short else ()
    return Epoch(number, tuple(batches), dropped)


def in_common(first: Collection[int], second: Collection[int]) -> int:
    """How many images two batches share."""
    return len(set(first) & set(second))


def drawn_counts(image_set: ImageSet, indices: Collection[int]) -> npt.NDArray[np.int64]:
    """Images of each class among ``indices``, as often as they come; shape (classes,)."""
    labels = image_set.labels[np.fromiter(indices, dtype=np.int64)]
    return np.bincount(labels, minlength=len(image_set.classes)).astype(np.int64)
