"""A helper program that is started, fed and read without ever being waited for in vain."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tudui_gui.core.cancellation import CancelToken

_POLL = 0.05


class Child:
    """A running Python program; made by :func:`started`.

    Attributes
    ----------
    pid : int
    """

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self.pid = process.pid
        self._process = process
        self._errors = errors
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def exchange(self, content: bytes, ending: bytes, cancel: CancelToken | None) -> Iterator[bytes]:
        """Send ``content``, and give the lines of the answer as they come.

        The line that begins with ``ending`` comes with all that follows it; an empty line means that the
        program ended without one. Raises ``Cancelled`` within a twentieth of a second.
        """
        self._run(self._feed, content)
        self._run(self._read, ending)
        line = b"?"
        while line and not line.startswith(ending):
            line = self._next(cancel)
            yield line

    def _next(self, cancel: CancelToken | None) -> bytes:
        while True:
            if cancel is not None:
                cancel.raise_if_cancelled()
            try:
                return self._lines.get(timeout=_POLL)
            except queue.Empty:
                continue

    def complaint(self) -> str:
        """The last line that the program wrote to its standard error."""
        self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit status {self._process.returncode}"

    def end(self) -> None:
        """Kill the program if it still runs, and wait for it and for the threads."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _run(self, target: Callable[[bytes], None], argument: bytes) -> None:
        thread = threading.Thread(target=target, args=(argument,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _feed(self, content: bytes) -> None:
        stream = self._process.stdin
        assert stream is not None
        rest = memoryview(content)
        try:
            while rest:
                rest = rest[stream.write(rest) :]
        except OSError:
            return  # the program has ended; the reader sees that too

    def _read(self, ending: bytes) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            if line.startswith(ending):
                line += stream.read()
            self._lines.put(line)
        self._lines.put(b"")


@contextmanager
def started(program: Path) -> Iterator[Child]:
    """Run a Python file with this interpreter; it is killed, if need be, when the block is left.

    Its standard input stays open until then: a program that reads the end of it knows that it is alone.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            # -P: the file's folder is no place to import from.
            [sys.executable, "-P", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            bufsize=0,
            start_new_session=True,  # Ctrl+C in a terminal is for the program that was started there
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        child = Child(process, errors)
        try:
            yield child
        finally:
            child.end()
