"""An answer over HTTP that can be given up at any moment, even while the network says nothing."""

from __future__ import annotations

import queue
import threading
import urllib.error
import urllib.request
from email.message import Message
from types import TracebackType

from tudui_gui.core.cancellation import CancelToken

#: Most bytes that are handed on at once.
CHUNK = 1 << 18

_TIMEOUT_SECONDS = 10
_POLL_SECONDS = 0.1
_CHUNKS_AHEAD = 8


class Response:
    """The headers and the content of an answer, read by a thread of its own.

    Looking up a name, connecting and reading block without regard to a :class:`CancelToken`; here they block
    that thread alone. Leaving the context gives the answer up: the thread ends with its next byte, or at the
    latest when the connection times out.

    Parameters
    ----------
    request : urllib.request.Request
    cancel : CancelToken
        Looked at ten times a second while waiting.
    """

    def __init__(self, request: urllib.request.Request, cancel: CancelToken) -> None:
        self._request = request
        self._cancel = cancel
        self._given_up = threading.Event()
        self._arrived: queue.Queue[Message | bytes | Exception] = queue.Queue(_CHUNKS_AHEAD)

    def __enter__(self) -> Response:
        threading.Thread(target=self._read, name="download", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._given_up.set()

    def headers(self) -> Message:
        """The headers; call it first and once.

        Raises
        ------
        OSError, http.client.HTTPException, ValueError
            As ``urllib.request.urlopen``.
        Cancelled
        """
        headers = self._next()
        assert isinstance(headers, Message)
        return headers

    def chunk(self) -> bytes:
        """The next bytes, at most :data:`CHUNK`; empty at the end. Raises like :meth:`headers`."""
        chunk = self._next()
        assert isinstance(chunk, bytes)
        return chunk

    def _next(self) -> Message | bytes:
        while True:
            self._cancel.raise_if_cancelled()
            try:
                arrived = self._arrived.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if isinstance(arrived, Exception):
                raise arrived
            return arrived

    def _read(self) -> None:
        try:
            with urllib.request.urlopen(self._request, timeout=_TIMEOUT_SECONDS) as response:
                wanted = self._hand_on(response.headers)
                while wanted and (chunk := response.read1(CHUNK)):
                    wanted = self._hand_on(chunk)
            self._hand_on(b"")
        except urllib.error.HTTPError as error:
            error.close()
            self._hand_on(error)
        except Exception as error:  # the network fails in many ways; whoever waits must hear of each
            self._hand_on(error)

    def _hand_on(self, item: Message | bytes | Exception) -> bool:
        """Whether the item was taken; False once the answer was given up."""
        while not self._given_up.is_set():
            try:
                self._arrived.put(item, timeout=_POLL_SECONDS)
            except queue.Full:
                continue
            return True
        return False
