"""How long a run still takes."""

from __future__ import annotations

import time
from collections.abc import Callable


class RunClock:
    """Time left, from the steps done in the time spent, pauses left out.

    Parameters
    ----------
    now : callable
        A monotonic clock in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self.start(0, 0)

    def start(self, done: int, total: int) -> None:
        """A run of ``total`` steps begins; ``done`` of them were done before."""
        self._first = self._done = done
        self._total = total
        self._active = 0.0
        self._since: float | None = self._now()

    def pause(self) -> None:
        """Time does not count from here on."""
        if self._since is not None:
            self._active += self._now() - self._since
            self._since = None

    def go_on(self) -> None:
        """Time counts again."""
        if self._since is None:
            self._since = self._now()

    def step(self, done: int) -> None:
        """``done`` steps of the run are done."""
        self._done = done

    @property
    def fraction(self) -> float:
        """Share of the steps that is done, 0 to 1."""
        return self._done / self._total if self._total else 0.0

    @property
    def left(self) -> float | None:
        """Seconds to go; ``None`` while no step is done."""
        done = self._done - self._first
        if done <= 0:
            return None
        running = 0.0 if self._since is None else self._now() - self._since
        return (self._active + running) / done * (self._total - self._done)
