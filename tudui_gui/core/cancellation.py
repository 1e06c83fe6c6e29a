"""Telling work on another thread to stop."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator


class Cancelled(Exception):  # noqa: N818 - it is not an error
    """Raised inside work that was cancelled; never shown to a person."""


class CancelToken:
    """A flag that one thread sets and another polls. Any thread may call any method."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` once the work should stop."""
        if self._event.is_set():
            raise Cancelled


_here = threading.local()


@contextlib.contextmanager
def heeding(token: CancelToken | None) -> Iterator[None]:
    """What this thread does meanwhile is work that ``token`` cancels; None: nothing does.

    For code far below the one that was given the token, such as the reading of a picture by a transform of a
    loader. Threads that help with the work enter their own block.
    """
    before = token_here()
    _here.token = token
    try:
        yield
    finally:
        _here.token = before


def token_here() -> CancelToken | None:
    """The token of the innermost :func:`heeding` block of this thread."""
    return getattr(_here, "token", None)


def raise_if_cancelled_here() -> None:
    """Raise :class:`Cancelled` once the work of this thread should stop; never waits, also while paused."""
    token = token_here()
    if token is not None and token.cancelled:
        raise Cancelled
