"""Numbers and moments of a run as text."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from tudui_gui.gui.translations import describe
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
)

#: What stands where a number is not known yet.
UNKNOWN = "–"


def percent(share: float | None) -> str:
    """``0.631`` -> ``63.1 %``."""
    return UNKNOWN if share is None or not math.isfinite(share) else f"{100 * share:.1f} %"


def number(value: float | None) -> str:
    """A loss, with four digits that count."""
    if value is None or not math.isfinite(value):
        return UNKNOWN if value is None else str(value)
    return f"{value:.3f}" if 0.01 <= abs(value) < 1000 else f"{value:.3g}"


def clock(seconds: float | None) -> str:
    """Time left: ``0:41``, ``12:03``, ``1:02:00``."""
    if seconds is None or not math.isfinite(seconds):
        return UNKNOWN
    minutes, second = divmod(math.ceil(max(0.0, seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def duration(seconds: float) -> str:
    """How long something took: ``6 s``, ``9 min``, ``2.5 h``."""
    translate = QCoreApplication.translate
    if seconds < 9.95:
        return translate("TrainingTexts", "{seconds} s").format(seconds=f"{seconds:.1f}")
    if seconds < 99.5:
        return translate("TrainingTexts", "{seconds} s").format(seconds=f"{seconds:.0f}")
    if seconds < 5940:
        return translate("TrainingTexts", "{minutes} min").format(minutes=f"{seconds / 60:.0f}")
    return translate("TrainingTexts", "{hours} h").format(hours=f"{seconds / 3600:.1f}")


def started(event: RunStarted) -> str:
    """The first line of a run."""
    translate = QCoreApplication.translate
    if event.first_step > 1:
        text = translate(
            "TrainingTexts", "{run} resumed at step {step} of epoch {epoch}: {images} images on {device}"
        )
    else:
        text = translate(
            "TrainingTexts", "{run} started: {images} images, {parameters} parameters, on {device}"
        )
    return text.format(
        run=event.run_dir.name,
        step=f"{event.first_step:,}",
        epoch=event.first_epoch,
        images=f"{event.train_images:,}",
        parameters=f"{event.parameters:,}",
        device=event.device,
    )


def epoch_done(event: EpochEvaluated) -> str:
    """The line of an epoch."""
    text = QCoreApplication.translate(
        "TrainingTexts",
        "epoch {epoch}: train loss {train_loss}, test loss {test_loss}, test accuracy {accuracy}, {time}",
    )
    return text.format(
        epoch=event.epoch,
        train_loss=number(event.train_loss),
        test_loss=number(event.test_loss),
        accuracy=percent(event.test_accuracy),
        time=duration(event.seconds),
    )


def checkpoint_saved(event: CheckpointSaved) -> str:
    """The line of a checkpoint."""
    text = QCoreApplication.translate("TrainingTexts", "checkpoint {name} after {steps} steps")
    return text.format(name=event.path.name, steps=f"{event.step:,}")


def ended(event: object) -> str:
    """The last line of a run; empty for an event that ends none."""
    translate = QCoreApplication.translate
    if isinstance(event, RunFinished):
        text = translate("TrainingTexts", "{run} finished: test accuracy {accuracy} in {time}")
        return text.format(
            run=event.run_dir.name, accuracy=percent(event.test_accuracy), time=duration(event.seconds)
        )
    if isinstance(event, RunStopped):
        text = translate("TrainingTexts", "{run} stopped after {steps} steps; it can be resumed")
        return text.format(run=event.run_dir.name, steps=f"{event.step:,}")
    if isinstance(event, RunFailed):
        message = describe(event.error) if event.error else event.message
        return translate("TrainingTexts", "failed: {message}").format(message=message)
    return ""


def status(word: str) -> str:
    """A value of ``Run.status`` in the person's language."""
    translate = QCoreApplication.translate
    words = {
        "running": translate("TrainingTexts", "running"),
        "finished": translate("TrainingTexts", "finished"),
        "stopped": translate("TrainingTexts", "stopped"),
        "failed": translate("TrainingTexts", "failed"),
        "interrupted": translate("TrainingTexts", "interrupted"),
        "unknown": translate("TrainingTexts", "damaged"),
    }
    return words.get(word, word)
