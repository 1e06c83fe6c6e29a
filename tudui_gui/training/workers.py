"""Loader processes that are gone when they are no longer needed, however their work ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from torch.utils.data import DataLoader
from torch.utils.data._utils import signal_handling

from tudui_gui.core.cancellation import CancelToken


@contextlib.contextmanager
def torn_down(loader: DataLoader[Any], cancel: CancelToken) -> Iterator[DataLoader[Any]]:
    """``loader``, whose processes have ended when the block is left.

    Nothing else may iterate over ``loader`` meanwhile. Once ``cancel`` is set no further process is started,
    and those that run, or still import what they need, are not waited for but ended: they have nothing to
    lose. Only the one that is being sent its images is waited for.
    """
    if loader.num_workers:
        loader.multiprocessing_context = _Cancellable(cancel)
    try:
        yield loader
    finally:
        iterator, loader._iterator = loader._iterator, None
        if iterator is not None:
            if cancel.cancelled:
                # PyTorch would tell of workers that are killed.
                signal_handling._remove_worker_pids(id(iterator))  # type: ignore[attr-defined]
                iterator._worker_pids_set = False  # type: ignore[attr-defined]
            # What its __del__ calls too, but that waits until the last traceback lets go of it.
            iterator._shutdown_workers()  # type: ignore[attr-defined]


class _Cancellable(SpawnContext):
    """Starts processes by ``spawn`` until its work is cancelled."""

    def __init__(self, cancel: CancelToken) -> None:
        super().__init__()
        self._cancel = cancel

    def Process(self, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        if self._cancel.cancelled:
            return _NeverStarted()
        return _Worker(self._cancel, *args, **kwargs)


class _Worker(SpawnProcess):
    """A worker that is ended at once when somebody waits for its end and its work is cancelled."""

    def __init__(self, cancel: CancelToken, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cancel: CancelToken | None = cancel

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_cancel": None}

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end."""
        if self._cancel is not None and self._cancel.cancelled:
            self.terminate()
        super().join(timeout)


class _NeverStarted:
    """Stands in for a worker that is not needed any more.

    The constructor of DataLoader's iterator cannot be left early: it would lose sight of the processes it has
    started.
    """

    daemon = False
    #: No child, so that nobody waits for it.
    pid = os.getpid()

    def start(self) -> None:
        """Do nothing."""

    def join(self, timeout: float | None = None) -> None:
        """Do nothing."""

    def is_alive(self) -> bool:
        """False."""
        return False
