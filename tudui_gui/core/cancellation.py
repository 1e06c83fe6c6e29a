"""Telling work on another thread to stop."""

from __future__ import annotations

import threading


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
