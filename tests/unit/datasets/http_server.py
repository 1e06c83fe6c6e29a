"""A real HTTP server of files in memory: ranges, redirects, cut and stalled connections, wrong content."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FileServer(ThreadingHTTPServer):
    """Serves ``files`` (path without the slash -> content).

    ``cut_after``: bytes after which each connection is closed; ``ranges``: whether Range is honoured;
    ``tells_length``: whether Content-Length is sent; ``requests``: (path, Range header) of each request.
    ``stall_after``: bytes of content after which nothing more comes (-1: not even headers) until ``goes_on``
    is set; ``stalled`` is set then.
    """

    daemon_threads = True

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.cut_after: int | None = None
        self.ranges = True
        self.tells_length = True
        self.requests: list[tuple[str, str | None]] = []
        self.stall_after: int | None = None
        self.stalled, self.goes_on = threading.Event(), threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FileServer

    def do_GET(self) -> None:
        path, asked = self.path.lstrip("/"), self.headers.get("Range")
        self.server.requests.append((path, asked))
        if self.server.stall_after == -1:
            self._stall()
        if path.startswith("moved/"):
            self.send_response(302)
            self.send_header("Location", f"/{path.removeprefix('moved/')}")
            self.end_headers()
        elif path not in self.server.files:
            self.send_error(404)
        else:
            self._send(self.server.files[path], asked)

    def _send(self, content: bytes, asked: str | None) -> None:
        start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked and self.server.ranges else 0
        if start >= len(content) > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if self.server.tells_length:
            self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        end = len(content) if self.server.cut_after is None else start + self.server.cut_after
        if self.server.stall_after is not None and self.server.stall_after >= 0:
            self.wfile.write(content[start : start + self.server.stall_after])
            start += self.server.stall_after
            self._stall()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content[start:end])

    def _stall(self) -> None:
        self.server.stalled.set()
        self.server.goes_on.wait(60)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[FileServer]:
    server = FileServer(files)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.goes_on.set()
        server.shutdown()
        server.server_close()
        thread.join()
