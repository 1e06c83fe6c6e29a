"""A bound on the memory that several threads take together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_POLL_SECONDS = 0.1


class ByteBudget:
    """So many bytes that threads share; whoever wants more than is left waits. Any thread.

    A single piece of work larger than the whole budget is done alone. How much a piece takes is known when
    it is done (:meth:`learn`); the first is therefore done alone too.

    Parameters
    ----------
    limit : int
        Bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._largest: int | None = None
        self._changed = threading.Condition()

    def learn(self, size: int) -> None:
        """Some value of a piece of work took ``size`` bytes; the next pieces are expected to take as many."""
        with self._changed:
            self._largest = max(size, self._largest or 0)

    @contextmanager
    def held(self, size: int, poll: Callable[[], None]) -> Iterator[None]:
        """Inside the block ``size`` bytes and those that were learnt are taken.

        ``poll`` is called now and then while waiting; what it raises ends the wait.
        """
        with self._changed:
            while self._used and self._used + self._weight(size) > self._limit:
                self._changed.wait(_POLL_SECONDS)
                poll()
            weight = self._weight(size)
            self._used += weight
        try:
            yield
        finally:
            with self._changed:
                self._used -= weight
                self._changed.notify_all()

    def _weight(self, size: int) -> int:
        return self._limit if self._largest is None else size + self._largest
