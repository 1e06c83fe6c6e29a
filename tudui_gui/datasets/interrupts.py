"""Ctrl+C and the processes of a loader: their parent alone decides when they end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Processes started meanwhile never see Ctrl+C, which a terminal sends to all.

    One that died while it starts would leave its parent writing into a pipe for ever.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker  # not on Windows

    resource_tracker.ensure_running()  # now: when it starts, it lets Ctrl+C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_interrupts_to_the_parent(worker: int) -> None:
    """A ``worker_init_fn``: Ctrl+C, which a terminal sends to all processes, ends none but the first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
