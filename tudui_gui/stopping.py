"""Ctrl+C and SIGTERM as a request to stop, for commands that have something to put in order first."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from tudui_gui.core.cancellation import CancelToken


@contextlib.contextmanager
def stopping_on_signals(token: CancelToken) -> Iterator[None]:
    """The first Ctrl+C, or SIGTERM, cancels ``token``; a second one raises ``KeyboardInterrupt``.

    Main thread only; the handlers that were there before are put back.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        if token.cancelled:
            raise KeyboardInterrupt
        token.cancel()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
