"""Pausing and stopping a run from another thread."""

from __future__ import annotations

import threading
import time

from tudui_gui.core.cancellation import CancelToken

#: How often a paused run looks whether it was stopped, in seconds; keeps Ctrl+C alive on Windows.
_POLL_SECONDS = 0.1


class Control(CancelToken):
    """What a window or a signal handler holds to pause, go on or stop a run. Any thread may call any method.

    The loop obeys between two steps, and between two batches of the test pass. Stopping leaves a checkpoint
    that resumes at that very step.
    """

    def __init__(self) -> None:
        super().__init__()
        self._running = threading.Event()
        self._running.set()
        self._paused_seconds = 0.0

    def pause(self) -> None:
        """Ask the run to wait before its next step."""
        self._running.clear()

    def unpause(self) -> None:
        """Let a paused run go on."""
        self._running.set()

    def stop(self) -> None:
        """Ask the run to end after the current step; also ends a pause. Same as :meth:`cancel`."""
        self.cancel()

    @property
    def paused(self) -> bool:
        """Whether the run was asked to wait."""
        return not self._running.is_set()

    @property
    def stopped(self) -> bool:
        """Whether the run was asked to end."""
        return self.cancelled

    @property
    def paused_seconds(self) -> float:
        """Time spent waiting so far."""
        return self._paused_seconds

    def raise_if_cancelled(self) -> None:
        """Wait while paused; raise ``Cancelled`` once stopped. Called by the loop on its own thread."""
        if self.paused:
            began = time.perf_counter()
            while not self.cancelled and not self._running.wait(_POLL_SECONDS):
                pass
            self._paused_seconds += time.perf_counter() - began
        super().raise_if_cancelled()


class Stopwatch:
    """Measures laps without the pauses of ``control``. One thread."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._began = self._now()

    def lap(self) -> float:
        """Seconds since the last call, or since the start."""
        began, self._began = self._began, self._now()
        return self._began - began

    def seconds(self) -> float:
        """Seconds since the last lap, without starting a new one."""
        return self._now() - self._began

    def _now(self) -> float:
        return time.perf_counter() - self._control.paused_seconds
