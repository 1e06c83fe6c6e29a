"""The orders that images can be looked at in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.sources import NO_LABEL, ImageSet
from tudui_gui.images.reading import read_size

#: By what images are sorted; ``source`` is the order they come in.
ORDERS = ("source", "name", "class", "bytes", "pixels", "date", "flagged")
#: The orders that look at every file.
FILE_ORDERS = frozenset({"bytes", "pixels", "date"})

Values = npt.NDArray[np.float64]
_NUMBERS = re.compile("([0-9]+)")
_POLL = 64
#: Of a file that is missing or cannot be read: before all others.
_UNKNOWN = -1.0


def natural_key(name: str) -> tuple[str | int, ...]:
    """A key that sorts names as people do: ``img2`` before ``img10``, capitals like small letters."""
    parts = _NUMBERS.split(name.casefold())
    return tuple(int(part) if number % 2 else part for number, part in enumerate(parts))


def sort_values(
    image_set: ImageSet,
    order: str,
    flags: Iterable[str] = (),
    *,
    progress: Callable[[int, int], None] | None = None,
    cancel: CancelToken | None = None,
) -> Values:
    """A number for each image, shape (N,); ascending numbers are the order.

    Parameters
    ----------
    image_set : ImageSet
    order : str
        One of :data:`ORDERS`. ``class``: images without a label come last; ``bytes`` and ``date`` of the
        files, ``pixels`` as their headers say, -1 for a file that cannot be read; ``flagged`` come first.
    flags : iterable of str
        Keys of the flagged images.
    progress : callable, optional
        Called on this thread with (images done, images in all).
    cancel : CancelToken, optional

    Raises
    ------
    Cancelled
    """
    count, token = len(image_set), cancel or CancelToken()
    if order == "source":
        return np.arange(count, dtype=np.float64)
    if order == "class":
        labels = image_set.labels.astype(np.float64)
        return np.where(labels == NO_LABEL, np.inf, labels)
    if order == "name":
        return _ranks([natural_key(image_set.name(index)) for index in _polled(count, token)])
    if order == "flagged":
        values = np.ones(count)
        values[[index for index, _ in image_set.keyed(frozenset(flags))]] = 0
        return values
    measure = {"bytes": _bytes, "date": _date, "pixels": _pixels}[order]
    values = np.zeros(count)
    for index in _polled(count, token):
        path = image_set.path(index)
        values[index] = 0.0 if path is None else measure(path)
        if progress is not None:
            progress(index + 1, count)
    return values


def arranged(indices: npt.NDArray[np.int64], values: Values, *, descending: bool) -> npt.NDArray[np.int64]:
    """``indices`` sorted by their ``values``; equal ones stay in their order, whichever the direction."""
    chosen = values[indices]
    return indices[np.argsort(-chosen if descending else chosen, kind="stable")]


def _polled(count: int, token: CancelToken) -> Iterable[int]:
    for index in range(count):
        if index % _POLL == 0:
            token.raise_if_cancelled()
        yield index


def _ranks(keys: list[tuple[str | int, ...]]) -> Values:
    ranks = np.zeros(len(keys))
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _bytes(path: Path) -> float:
    try:
        return float(os.stat(path).st_size)  # noqa: PTH116 - half the time of Path.stat
    except (OSError, ValueError):
        return _UNKNOWN


def _date(path: Path) -> float:
    try:
        return os.stat(path).st_mtime  # noqa: PTH116 - half the time of Path.stat
    except (OSError, ValueError):
        return _UNKNOWN


def _pixels(path: Path) -> float:
    try:
        width, height = read_size(path)
    except ImageError:
        return _UNKNOWN
    return float(width * height)
