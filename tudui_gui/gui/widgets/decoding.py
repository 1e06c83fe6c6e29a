"""Loading thumbnails off the main thread: the nearest first, what is out of sight never."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThread, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import Cancelled, CancelToken, heeding
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.gui.threads import STACK_SIZE

#: On a pool thread: index -> QImage, or ndarray of uint8 (H, W[, C]). May raise: the image is broken then.
Loader = Callable[[int], Any]

_SEND_INTERVAL = 0.03
#: Threads that load thumbnails.
THREADS = 2


@dataclass
class _Requests:
    """What is wanted of one source. Replaced as a whole when the source changes; deques are thread-safe."""

    loader: Loader
    side: int
    waiting: deque[int]
    may_run: threading.Event
    underway: set[int]
    token: CancelToken = field(default_factory=CancelToken)


class Decoder(QObject):
    """Loads what was asked for last.

    Signals
    -------
    decoded(object, object)
        The loader, and a list of (index, QImage or None for a broken image).
    """

    decoded = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._pool.setStackSize(STACK_SIZE)
        self._pool.setThreadPriority(QThread.Priority.LowPriority)
        self._requests: _Requests | None = None
        self._token = CancelToken()
        self._may_run = threading.Event()
        self._may_run.set()
        self.decoded.connect(self._note_arrival)
        application = QCoreApplication.instance()
        if application is not None:
            # The pool's end waits for its threads: they have nothing left to load then.
            application.aboutToQuit.connect(self._end)

    def want(self, loader: Loader, side: int, indices: Sequence[int]) -> None:
        """Load ``indices`` in this order, instead of whatever was still waiting. Main thread.

        What was begun for the same loader and size is not loaded twice.
        """
        self.drop()
        before = self._requests
        is_same = before is not None and before.loader is loader and before.side == side
        underway = before.underway if before is not None and is_same else set()
        waiting = deque(index for index in indices if index not in underway)
        self._requests = _Requests(loader, side, waiting, self._may_run, underway, self._token)
        for _ in range(min(THREADS, len(waiting))):
            self._pool.start(_Loading(self, self._requests))

    @Slot(object, object)
    def _note_arrival(self, loader: Loader, images: Sequence[tuple[int, QImage | None]]) -> None:
        if self._requests is not None and self._requests.loader is loader:
            self._requests.underway.difference_update(index for index, _ in images)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let no thread begin another image inside the block. Main thread.

        Painting calls Qt hundreds of times and gives the interpreter away at each call: with other threads
        running Python it would have to wait for it as often.
        """
        self._may_run.clear()
        try:
            yield
        finally:
            self._may_run.set()

    @Slot()
    def drop(self) -> None:
        """Forget what is waiting; what is being loaded ends soon."""
        if self._requests is not None:
            self._requests.waiting.clear()
        self._pool.clear()

    @Slot()
    def _end(self) -> None:
        """Drop everything for good; a large picture that waits for its turn is not decoded any more."""
        self._token.cancel()
        self.drop()

    def stop(self) -> None:
        """Drop everything and wait for the threads."""
        self.drop()
        self._pool.waitForDone()


class _Loading(QRunnable):
    """One thread's turn: takes requests until none is left; sends results in bunches."""

    def __init__(self, decoder: Decoder, requests: _Requests) -> None:
        super().__init__()
        self._decoder = decoder
        self._requests = requests

    def run(self) -> None:
        done: list[tuple[int, QImage | None]] = []
        sent = time.monotonic()
        with suppress(Cancelled), heeding(self._requests.token):
            while (index := _next(self._requests)) is not None:
                done.append((index, _load(self._requests, index)))
                if time.monotonic() - sent > _SEND_INTERVAL:
                    self._send(done)
                    done, sent = [], time.monotonic()
        if done:
            self._send(done)

    def _send(self, done: list[tuple[int, QImage | None]]) -> None:
        if shiboken6.isValid(self._decoder):  # the window may have been closed meanwhile
            self._decoder.decoded.emit(self._requests.loader, done)


def _next(requests: _Requests) -> int | None:
    requests.may_run.wait()
    try:
        index = requests.waiting.popleft()
    except IndexError:
        return None
    requests.underway.add(index)
    return index


def _load(requests: _Requests, index: int) -> QImage | None:
    try:
        loaded = requests.loader(index)
        image = to_qimage(loaded) if isinstance(loaded, np.ndarray) else loaded
    except Cancelled:
        raise
    except Exception:  # a broken image shows as one in its cell; the page lists why
        return None
    return shrink(image, requests.side).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
