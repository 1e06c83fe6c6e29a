"""Looking at many image files at once, in threads or, from some thousands on, in processes.

Pillow holds the interpreter's lock for all of a small picture but the last few microseconds: two threads
decode CIFAR's PNG files no faster than one, two processes almost twice as fast. Processes also keep the
window's own thread free, survive a decoder that crashes, and end at once when a scan is cancelled.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.datasets.scan_worker import COARSE, DIGEST, SIDE, Seen, look, look_at_files
from tudui_gui.datasets.sources import ImageSet

logger = logging.getLogger(__name__)

#: From so many files on processes are worth their start, which takes as long as some thousand small files.
PROCESSES_FROM = 2000

_LARGEST_BATCH = 256
#: A look answers after so long, and cancelling is noticed after so long (s).
_ANSWER = 0.25
_POLL = 0.05
#: The processes are as many as the cores: none should start threads of its own.
_ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
#: What is raised where a process is gone.
_GONE = (OSError, EOFError, pickle.UnpicklingError)
_START = "import sys; sys.path[:] = {path!r}; from tudui_gui.datasets.scan_worker import serve; serve()"

_Look = Callable[[Sequence[str]], Seen]
#: Number of a set, and the first of its images in an answer.
Place = tuple[int, int]


def looks_at(sets: Sequence[ImageSet], cancel: CancelToken) -> Iterator[tuple[Place, Seen]]:
    """What is kept of each image of some sets, in pieces that come in any order.

    Raises
    ------
    Cancelled
        Within 0.1 s of ``cancel``; a thread may finish the picture it decodes meanwhile.
    """
    total = sum(map(len, sets))
    count = max(1, min(os.cpu_count() or 1, 8, total))
    work = _Work(sets, count)
    processes = [_Process() for _ in range(count)] if total >= PROCESSES_FROM else [None] * count
    threads = [threading.Thread(target=work.run, args=(process,), daemon=True) for process in processes]
    for thread in threads:
        thread.start()
    try:
        yield from work.results(cancel)
    finally:
        work.stop()
        for process, thread in zip(processes, threads, strict=True):
            if process is not None:
                process.kill()
                thread.join()
                process.close()


class _Work:
    """Batches of images waiting, and the answers that came."""

    def __init__(self, sets: Sequence[ImageSet], lookers: int) -> None:
        self._sets = sets
        self._count = sum(map(len, sets))
        size = max(1, min(_LARGEST_BATCH, self._count // (lookers * 16)))
        self._batches = iter(
            [
                (number, start, min(start + size, len(each)))
                for number, each in enumerate(sets)
                for start in range(0, len(each), size)
            ]
        )
        self._lock = threading.Lock()
        self._answers: queue.SimpleQueue[tuple[Place, Seen] | Exception] = queue.SimpleQueue()
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def run(self, process: _Process | None) -> None:
        """The work of one thread: batch after batch, each in as many answers as it takes."""
        try:
            look = self._look_here if process is None or not process.start() else process.look
            while (batch := self._next()) is not None:
                number, start, end = batch
                while start < end and not self._stopped.is_set():
                    seen = self._look(number, range(start, end), look)
                    self._answers.put(((number, start), seen))
                    start += len(seen)
        except Exception as error:
            self._answers.put(error)

    def results(self, cancel: CancelToken) -> Iterator[tuple[Place, Seen]]:
        """Every answer; raises what a thread raised."""
        done = 0
        while done < self._count:
            cancel.raise_if_cancelled()
            try:
                answer = self._answers.get(timeout=_POLL)
            except queue.Empty:
                continue
            if isinstance(answer, Exception):
                raise answer
            done += len(answer[1])
            yield answer

    def _next(self) -> tuple[int, int, int] | None:
        with self._lock:
            return None if self._stopped.is_set() else next(self._batches, None)

    def _look(self, number: int, indices: range, look_at: _Look) -> Seen:
        image_set = self._sets[number]
        paths = [image_set.path(index) for index in indices]
        files = [str(path) for path in paths if path is not None]
        if len(files) == len(paths):
            return look_at(files)
        end = time.monotonic() + _ANSWER
        return look(len(indices), lambda at: image_set.image(indices[at]), end, self._stopped.is_set)

    def _look_here(self, paths: Sequence[str]) -> Seen:
        return look_at_files(paths, _ANSWER, self._stopped.is_set)


class _Process:
    """A process of :func:`~tudui_gui.datasets.scan_worker.serve`, started again when it crashes."""

    def __init__(self) -> None:
        self._popen: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def start(self) -> bool:
        """Start it and wait until it is ready; False where that is not possible."""
        try:
            self._start()
        except _GONE as error:
            if not self._closed:
                logger.warning("No process for the scan, a thread will do: %r", error)
            return False
        return True

    def _start(self) -> None:
        command = [sys.executable, "-c", _START.format(path=sys.path)]
        with self._lock:
            if self._closed:
                raise EOFError
            # In a session of its own, Ctrl+C in a terminal reaches only the parent, which ends it.
            self._popen = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_ONE_CORE},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        self._receive()

    def kill(self) -> None:
        """End it now, whatever it is doing; :meth:`look` raises then."""
        with self._lock:
            self._closed = True
            if self._popen is not None:
                self._popen.kill()

    def close(self) -> None:
        """Leave nothing of it behind; no other thread may be using it."""
        if self._popen is not None:
            self._popen.communicate()

    def look(self, paths: Sequence[str]) -> Seen:
        """As :func:`look_at_files`. A file that makes the process crash is one that cannot be read."""
        try:
            return self._ask(paths)
        except _GONE:
            if self._closed:
                raise
        self.close()
        self._start()
        if len(paths) > 1:
            return self.look(paths[: len(paths) // 2])
        return _crashed(paths[0])

    def _ask(self, paths: Sequence[str]) -> Seen:
        assert self._popen is not None
        assert self._popen.stdin is not None
        pickle.dump((list(paths), _ANSWER), self._popen.stdin)
        self._popen.stdin.flush()
        seen: Seen = self._receive()
        return seen

    def _receive(self) -> Any:
        assert self._popen is not None
        assert self._popen.stdout is not None
        return pickle.load(self._popen.stdout)


def _crashed(path: str) -> Seen:
    error = ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} makes the decoder crash."),
        remedy=QT_TRANSLATE_NOOP("errors", "Get the file again."),
        path=shown(path),
    )
    return Seen(
        np.zeros((1, DIGEST), np.uint8),
        np.zeros((1, 2), np.int32),
        np.zeros((1, SIDE**2), np.uint8),
        np.zeros((1, COARSE**2 * 2), np.int8),
        ((0, error),),
    )
