"""Opening a checkpoint to look into. For pool threads."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.workers import Progress
from tudui_gui.prediction.classifier import Classifier

_CHECKPOINTS = "checkpoints"


def open_checkpoint(path: Path, token: CancelToken, progress: Progress) -> OpenModel:
    """The model of a checkpoint, with its preprocessing. Any pool thread.

    Raises ``CheckpointError``, ``ModelError``, ``Cancelled``.
    """
    classifier = Classifier.load(path)
    token.raise_if_cancelled()
    channels, height, width = classifier.input_shape
    is_of_run = path.parent.name == _CHECKPOINTS
    return OpenModel(
        name=f"{path.parent.parent.name} · {path.stem}" if is_of_run else path.name,
        module=classifier.model,
        step=None if classifier.experiment is None else classifier.experiment.model,
        classes=classifier.classes,
        input_shape=(channels, height, width),
        path=path,
        classifier=classifier,
    )
