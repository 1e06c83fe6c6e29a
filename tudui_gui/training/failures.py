"""What went wrong, in words a person can act on."""

from __future__ import annotations

import errno
import logging
import math

import torch

from tudui_gui.core.errors import StorageError, TrainingError, TuduiError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase

logger = logging.getLogger(__name__)


def explain(error: BaseException) -> TuduiError:
    """The error to show for anything that ended a run; its traceback is logged when it is not a known one."""
    if isinstance(error, TuduiError):
        return error
    if isinstance(error, torch.OutOfMemoryError | MemoryError) or "out of memory" in str(error).lower():
        return TrainingError(
            QT_TRANSLATE_NOOP("errors", "The memory is not enough for this training."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Lower batch_size, make the images smaller, or take a smaller model."
            ),
            detail=str(error),
        )
    if isinstance(error, OSError):
        return _system_error(error)
    if "Expected more than 1 value per channel" in str(error):
        return TrainingError(
            QT_TRANSLATE_NOOP("errors", "A batch of one image is too small for the model's BatchNorm."),
            remedy=QT_TRANSLATE_NOOP("errors", "Set drop_last = true, or change batch_size."),
            detail=str(error),
        )
    logger.error("The training ended in an error.", exc_info=error)
    return TrainingError(
        QT_TRANSLATE_NOOP("errors", "The training cannot go on."),
        remedy=QT_TRANSLATE_NOOP("errors", "What was done until here is kept."),
        detail=f"{type(error).__name__}: {error}",
    )


def not_finite(loss: float, step: int, lr: float) -> TrainingError:
    """The error for a loss that became NaN or infinite."""
    return TrainingError(
        QT_TRANSLATE_NOOP("errors", "The loss became {loss} at step {step}: the training diverged."),
        remedy=QT_TRANSLATE_NOOP("errors", "Lower optimizer.lr (it was {lr}) and start again."),
        loss="NaN" if math.isnan(loss) else Phrase(QT_TRANSLATE_NOOP("errors", "infinite")),
        step=step,
        lr=lr,
    )


def _system_error(error: OSError) -> TuduiError:
    detail = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        return StorageError(
            QT_TRANSLATE_NOOP("errors", "The disk is full."),
            remedy=QT_TRANSLATE_NOOP("errors", "Free some space, then resume the run."),
            detail=detail,
        )
    return TrainingError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be used."),
        remedy=QT_TRANSLATE_NOOP("errors", "Check that it is there and that you may use it."),
        detail=detail,
        path=str(error.filename or "-"),
    )
