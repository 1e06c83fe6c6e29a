"""In which order images come: PyTorch's samplers, and a batch sampler that can begin in the middle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import BatchSampler, RandomSampler, Sampler, SequentialSampler, WeightedRandomSampler

from tudui_gui.datasets.sources import ImageSet

#: Values of ``sampler``.
SAMPLERS = ("none", "weighted")


def class_weights(labels: npt.ArrayLike) -> Tensor:
    """What ``sampler = "weighted"`` gives ``WeightedRandomSampler``: 1 / (images of its class), per image.

    Parameters
    ----------
    labels : array of int64, shape (N,)

    Returns
    -------
    tensor of float64, shape (N,)
        Each class's weights sum to 1, so that every class is drawn equally often.
    """
    _, inverse, counts = np.unique(np.asarray(labels), return_inverse=True, return_counts=True)
    return torch.from_numpy((1.0 / counts)[inverse])


def make_order(
    image_set: ImageSet, shuffle: bool, sampler: str, generator: torch.Generator | None
) -> Sampler[int]:
    """The sampler a plain ``DataLoader`` has with these settings; see ``loading.make_loader``."""
    if sampler not in SAMPLERS:
        raise ValueError(f"sampler = {sampler!r}: one of {', '.join(SAMPLERS)} expected")
    if sampler == "weighted":
        weights = class_weights(image_set.labels)
        return WeightedRandomSampler(weights, len(image_set), replacement=True, generator=generator)  # type: ignore[arg-type]
    if shuffle:
        return RandomSampler(image_set, generator=generator)
    return SequentialSampler(image_set)


class ResumedSampler(BatchSampler):
    """A batch sampler whose first pass begins at batch ``first``."""

    def __init__(self, sampler: Sampler[int], batch_size: int, drop_last: bool, first: int) -> None:
        super().__init__(sampler, batch_size, drop_last)
        self._first = first

    def __iter__(self) -> Iterator[list[int]]:
        first, self._first = self._first, 0
        for number, batch in enumerate(super().__iter__()):
            if number >= first:
                yield batch
