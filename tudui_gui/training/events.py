"""What happens during a run, as frozen values. The loop yields them; everything else consumes them."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tudui_gui.core.errors import TuduiError


@dataclass(frozen=True)
class RunStarted:
    """The first event: data and model are ready.

    ``steps_per_epoch`` and ``epochs`` are totals of the run; ``first_epoch`` and ``first_step`` (both from
    1) are where this process begins, more than 1 after a resume.
    """

    run_dir: Path
    train_images: int
    test_images: int
    parameters: int
    device: str
    classes: tuple[str, ...]
    steps_per_epoch: int
    epochs: int
    first_epoch: int = 1
    first_step: int = 1


@dataclass(frozen=True)
class StepDone:
    """One optimiser step; ``step`` counts from 1 over the whole run, ``loss`` is the mean of the batch."""

    epoch: int
    step: int
    loss: float
    lr: float
    images_per_second: float


@dataclass(frozen=True)
class EpochEvaluated:
    """An epoch was trained and tested.

    Attributes
    ----------
    train_loss, test_loss : float
        Means over images; ``train_loss`` is of the steps as they happened.
    train_accuracy, test_accuracy : float
        Between 0 and 1; ``train_accuracy`` is of the steps as they happened.
    train_seconds : float
        Training alone, without the test pass and without pauses.
    seconds : float
        Training and test pass, without pauses.
    confusion : tuple of tuples of int
        ``confusion[label][prediction]``, test images.
    """

    epoch: int
    train_loss: float
    test_loss: float
    test_accuracy: float
    train_seconds: float
    seconds: float
    train_accuracy: float
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class CheckpointSaved:
    """A checkpoint file is complete. ``step`` steps of the run are in it."""

    path: Path
    epoch: int
    step: int


@dataclass(frozen=True)
class RunFinished:
    """Closing event: every epoch was done. ``test_accuracy`` is of the last, ``seconds`` of all."""

    test_accuracy: float
    seconds: float
    run_dir: Path


@dataclass(frozen=True)
class RunStopped:
    """Closing event: the person stopped the run; it resumes from ``checkpoint`` after ``step`` steps.

    ``checkpoint`` is None when it was stopped before there was a model.
    """

    run_dir: Path
    checkpoint: Path | None
    epoch: int
    step: int


@dataclass(frozen=True)
class RunFailed:
    """Closing event: the run cannot go on. ``message`` is in English; ``error`` can be translated."""

    message: str
    error: TuduiError | None = None


Event = RunStarted | StepDone | EpochEvaluated | CheckpointSaved | RunFinished | RunStopped | RunFailed
ClosingEvent = RunFinished | RunStopped | RunFailed

EVENT_NAMES: dict[type, str] = {
    RunStarted: "run_started",
    StepDone: "step",
    EpochEvaluated: "epoch",
    CheckpointSaved: "checkpoint",
    RunFinished: "finished",
    RunStopped: "stopped",
    RunFailed: "failed",
}


def to_json(event: Event) -> dict[str, Any]:
    """The event as JSON-ready values, its name under ``"event"``; numbers that are not finite become None."""
    fields = {"message": event.message} if isinstance(event, RunFailed) else asdict(event)
    return {"event": EVENT_NAMES[type(event)], **{key: _plain(value) for key, value in fields.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no NaN
    return str(value) if isinstance(value, Path) else value
