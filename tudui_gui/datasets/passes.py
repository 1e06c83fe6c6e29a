"""Going through many images with several threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from tudui_gui.core.cancellation import CancelToken, heeding
from tudui_gui.datasets.sources import ImageSet

T = TypeVar("T")

_CHUNK = 16
_MOST_THREADS = 8


def in_chunks(
    work: Callable[[Sequence[int]], T],
    indices: Sequence[int],
    cancel: CancelToken | None = None,
    *,
    threaded: bool = True,
) -> Iterator[T]:
    """``work`` of 16 indices at a time, in order.

    Parameters
    ----------
    work : callable
    indices : sequence of int
    cancel : CancelToken, optional
    threaded : bool
        Compute by as many threads as there are cores (up to 8), which pays where files are decoded. No more
        chunks are computed ahead than there are threads, so that memory stays bounded.

    Raises
    ------
    Cancelled
        After the chunks that are being computed. Those that read files end before the next file: ``work``
        heeds ``cancel`` (:func:`~tudui_gui.core.cancellation.heeding`).
    """
    heedful = partial(_heeding, work, cancel)
    if threaded:
        yield from _in_threads(heedful, indices, cancel)
        return
    for chunk in _chunks(indices, cancel):
        yield heedful(chunk)


def _heeding(work: Callable[[Sequence[int]], T], cancel: CancelToken | None, chunk: Sequence[int]) -> T:
    with heeding(cancel):
        return work(chunk)


def decodes_files(image_set: ImageSet) -> bool:
    """Whether looking at an image means reading a file; cheap."""
    return len(image_set) > 0 and image_set.path(0) is not None


def _chunks(indices: Sequence[int], cancel: CancelToken | None) -> Iterator[Sequence[int]]:
    for start in range(0, len(indices), _CHUNK):
        if cancel is not None:
            cancel.raise_if_cancelled()
        yield indices[start : start + _CHUNK]


def _in_threads(
    work: Callable[[Sequence[int]], T], indices: Sequence[int], cancel: CancelToken | None
) -> Iterator[T]:
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    waiting: deque[Future[T]] = deque()
    pool = ThreadPoolExecutor(threads)
    try:
        for chunk in _chunks(indices, cancel):
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
