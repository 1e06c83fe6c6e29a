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
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.datasets.scan_worker import DIGEST, SIDE, Seen, look_at_files

logger = logging.getLogger(__name__)

#: From so many files on processes are worth their start, which takes as long as some thousand small files.
PROCESSES_FROM = 2000

_LARGEST_BATCH = 256
#: A look answers after so long, and cancelling is noticed after so long (s).
_ANSWER = 0.25
_POLL = 0.05
_START = "import sys; sys.path[:] = {path!r}; from tudui_gui.datasets.scan_worker import serve; serve()"

_Look = Callable[[Sequence[str]], Seen]


def looks_at(paths: Sequence[str], cancel: CancelToken) -> Iterator[tuple[int, Seen]]:
    """What is kept of each file, as (place of the first, what was seen), in any order.

    Raises
    ------
    Cancelled
        Within 0.1 s of ``cancel``; a thread may finish the picture it decodes meanwhile.
    """
    count = max(1, min(os.cpu_count() or 1, 8, len(paths)))
    work = _Work(paths, count)
    processes = _started(count) if len(paths) >= PROCESSES_FROM else []
    looks: list[_Look] = [process.look for process in processes]
    looks = looks or [partial(look_at_files, seconds=_ANSWER, stopped=work.is_stopped)] * count
    threads = [threading.Thread(target=work.run, args=(look,), daemon=True) for look in looks]
    for thread in threads:
        thread.start()
    try:
        yield from work.results(cancel)
    finally:
        work.stop()
        for process in processes:
            process.close()


class _Work:
    """Batches of files waiting, and the answers that came."""

    def __init__(self, paths: Sequence[str], lookers: int) -> None:
        size = max(1, min(_LARGEST_BATCH, len(paths) // (lookers * 16)))
        self._count = len(paths)
        self._batches = iter([(start, paths[start : start + size]) for start in range(0, len(paths), size)])
        self._lock = threading.Lock()
        self._answers: queue.SimpleQueue[tuple[int, Seen] | Exception] = queue.SimpleQueue()
        self._stopped = threading.Event()

    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        self._stopped.set()

    def run(self, look: _Look) -> None:
        """The work of one thread: batch after batch, each in as many answers as it takes."""
        try:
            while (batch := self._next()) is not None:
                start, paths = batch
                while paths and not self._stopped.is_set():
                    seen = look(paths)
                    self._answers.put((start, seen))
                    start, paths = start + len(seen), paths[len(seen) :]
        except Exception as error:
            self._answers.put(error)

    def results(self, cancel: CancelToken) -> Iterator[tuple[int, Seen]]:
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

    def _next(self) -> tuple[int, Sequence[str]] | None:
        with self._lock:
            return None if self._stopped.is_set() else next(self._batches, None)


def _started(count: int) -> list[_Process]:
    """So many processes, or none where they cannot be started."""
    processes = [_Process() for _ in range(count)]
    try:
        for process in processes:
            process.start()
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        for process in processes:
            process.close()
        logger.warning("No processes for the scan, threads will do: %r", error)
        return []
    return processes


class _Process:
    """A process of :func:`~tudui_gui.datasets.scan_worker.serve`, started again when it crashes."""

    def __init__(self) -> None:
        self._popen: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def start(self) -> None:
        """Raises ``OSError`` or ``EOFError`` when it does not come up."""
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
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        self._receive()

    def close(self) -> None:
        """End it now, whatever it is doing."""
        with self._lock:
            self._closed = True
            self._end()

    def look(self, paths: Sequence[str]) -> Seen:
        """As :func:`look_at_files`. A file that makes the process crash is one that cannot be read."""
        try:
            return self._ask(paths)
        except (OSError, EOFError, pickle.UnpicklingError):
            if self._closed:
                raise
        self._restart()
        if len(paths) > 1:
            return self.look(paths[: len(paths) // 2])
        return _crashed(paths[0])

    def _restart(self) -> None:
        with self._lock:
            self._end()
        self.start()

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

    def _end(self) -> None:
        if self._popen is not None:
            self._popen.kill()
            self._popen.communicate()


def _crashed(path: str) -> Seen:
    error = ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} makes the decoder crash."),
        remedy=QT_TRANSLATE_NOOP("errors", "Get the file again."),
        path=shown(path),
    )
    return Seen(
        np.zeros((1, DIGEST), np.uint8),
        np.zeros((1, 2), np.int32),
        np.zeros((1, SIDE, SIDE, 3), np.uint8),
        ((0, error),),
    )
