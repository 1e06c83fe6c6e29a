"""One file from one address, over HTTP, resumed where it stopped."""

from __future__ import annotations

import hashlib
import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import IO

from tudui_gui import __version__
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import storage_error
from tudui_gui.datasets.responses import CHUNK, Response

_ATTEMPTS_WITHOUT_GAIN = 3

#: Called with (bytes done, bytes in all or None).
ByteReport = Callable[[int, int | None], None]

#: Called with the same before the first byte is written; raises if there is no room for them.
Reserve = Callable[[int, int | None], None]


def any_size(done: int, total: int | None) -> None:
    """Room for everything."""


class UnreachableError(Exception):
    """The address gave no file; the text says why."""


def md5_of(path: Path, cancel: CancelToken) -> str:
    """Hexadecimal MD5 of a file. Raises ``StorageError`` or ``Cancelled``."""
    return _hashed(path, cancel).hexdigest()


def fetch(url: str, part: Path, report: ByteReport, cancel: CancelToken, reserve: Reserve = any_size) -> str:
    """Fetch ``url`` into ``part``, going on after the bytes that are there, and return the MD5 of the whole.

    A connection that breaks is taken up again as long as each attempt brings something. Cancelling takes
    effect within a fraction of a second, whatever the server does.

    Raises
    ------
    UnreachableError
        No connection, an HTTP error, or a connection that keeps breaking. ``part`` keeps what came.
    StorageError
        ``part`` cannot be written.
    Cancelled
        ``part`` keeps what came.
    """
    return _Transfer(url, part, report, cancel, reserve).run()


class _BrokenError(Exception):
    """The connection ended before the file did."""


class _Transfer:
    def __init__(
        self, url: str, part: Path, report: ByteReport, cancel: CancelToken, reserve: Reserve
    ) -> None:
        self._url = url
        self._part = part
        self._report = report
        self._cancel = cancel
        self._reserve = reserve
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._done = 0

    def run(self) -> str:
        if self._part.is_file():
            self._md5 = _hashed(self._part, self._cancel)
            self._done = self._part.stat().st_size
        failures = 0
        while failures < _ATTEMPTS_WITHOUT_GAIN:
            before = self._done
            try:
                self._attempt()
                return self._md5.hexdigest()
            except _BrokenError as broken:
                reason = str(broken)
            failures = 0 if self._done > before else failures + 1
        raise UnreachableError(reason)

    def _attempt(self) -> None:
        self._cancel.raise_if_cancelled()
        try:
            with Response(self._request(), self._cancel) as response:
                total = self._start_of(response.headers())
                self._reserve(self._done, total)
                self._receive(response, total)
        except urllib.error.HTTPError as error:
            if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and self._done:
                self._restart()
                raise _BrokenError(str(error)) from error
            raise UnreachableError(str(error)) from error
        except urllib.error.URLError as error:
            raise UnreachableError(str(error.reason)) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _BrokenError(str(error) or type(error).__name__) from error

    def _request(self) -> urllib.request.Request:
        headers = {"User-Agent": f"tudui-gui/{__version__}"}
        if self._done:
            headers["Range"] = f"bytes={self._done}-"
        return urllib.request.Request(self._url, headers=headers)

    def _start_of(self, headers: Message) -> int | None:
        """Bytes in all, after making sure that what comes goes on where the part ends."""
        given = re.match(r"bytes (\d+)-\d+/(\d+)", headers.get("Content-Range", ""))
        if given and int(given[1]) == self._done:
            return int(given[2])
        if self._done:
            self._restart()
        if given:
            raise _BrokenError("the server sent another range than asked for")
        length = headers.get("Content-Length")
        return None if length is None else int(length)

    def _receive(self, response: Response, total: int | None) -> None:
        with _opened(self._part, "ab") as stream:
            self._report(self._done, total)
            while chunk := response.chunk():
                _write(stream, chunk, self._part)
                self._md5.update(chunk)
                self._done += len(chunk)
                self._report(self._done, total)
        if total is not None and self._done < total:
            raise _BrokenError(f"the connection ended after {self._done} of {total} bytes")

    def _restart(self) -> None:
        with _opened(self._part, "wb"):
            self._md5 = hashlib.md5(usedforsecurity=False)
            self._done = 0


def _opened(path: Path, mode: str) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered, so that a full disk shows in write() and not in close().
        return path.open(mode, buffering=0)
    except OSError as cause:
        raise storage_error(path, cause) from cause


def _write(stream: IO[bytes], chunk: bytes, path: Path) -> None:
    left = memoryview(chunk)
    try:
        while left:
            left = left[stream.write(left) :]
    except OSError as cause:
        raise storage_error(path, cause) from cause


def _hashed(path: Path, cancel: CancelToken) -> hashlib._Hash:
    md5 = hashlib.md5(usedforsecurity=False)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                cancel.raise_if_cancelled()
                md5.update(chunk)
    except OSError as cause:
        raise storage_error(path, cause) from cause
    return md5
