"""Work off the main thread: short jobs in a pool, training in a thread, one error boundary."""

from __future__ import annotations

import itertools
import logging
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, QRunnable, QThread, QThreadPool, QTimer, Signal, Slot

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.gui.failures import Failure
from tudui_gui.training import loop
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    Event,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
)
from tudui_gui.training.experiment import Experiment

__all__ = ["Failure", "Job", "Jobs", "TrainingController"]

logger = logging.getLogger(__name__)

#: macOS gives threads 512 KB, too little for torch.
STACK_SIZE = 8 * 1024 * 1024
_REPORT_INTERVAL = 0.05

#: ``progress(fraction, text)``: fraction 0..1, or negative when it is not known; text is already translated.
Progress = Callable[[float, str], None]
Work = Callable[[CancelToken, Progress], Any]


@dataclass(eq=False)
class Job:
    """A submitted piece of work. Main thread only.

    Attributes
    ----------
    title : str
        Translated; shown in the status bar when the job lasts over 0.3 s. Empty: never shown.
    key : str or None
        A newer job with the same key replaces this one.
    """

    number: int
    title: str
    key: str | None
    token: CancelToken = field(default_factory=CancelToken)
    started: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        """Ask the work to stop; neither ``done`` nor ``failed`` will be called."""
        self.token.cancel()
