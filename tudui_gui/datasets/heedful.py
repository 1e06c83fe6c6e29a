"""Waiting for the processes of a loader, but no longer than the batches are wanted."""

from __future__ import annotations

import weakref
from functools import partial
from typing import Any

from tudui_gui.core.cancellation import raise_if_cancelled_here

_POLL_SECONDS = 0.1


def poll_while_waiting(iterator: Any) -> None:
    """Let ``iterator`` (of a ``DataLoader`` with workers) raise ``Cancelled`` while it waits for a batch.

    It does so when the work that the waiting thread heeds is cancelled
    (:func:`tudui_gui.core.cancellation.heeding`); nothing but ending its workers may be done with it then.
    """
    # The iterator ends its workers once nothing refers to it: not even itself.
    iterator._try_get_data = partial(_try_briefly, weakref.WeakMethod(iterator._try_get_data))


def _try_briefly(try_get: Any, timeout: float = _POLL_SECONDS) -> Any:
    raise_if_cancelled_here()
    return try_get()(min(timeout, _POLL_SECONDS))
