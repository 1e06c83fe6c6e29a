"""Testing a checkpoint on the test images of its data set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import CheckpointError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.loading import make_loader
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.training.evaluation import evaluate


@dataclass(frozen=True)
class CheckpointTest:
    """What a test pass over a checkpoint's data set found.

    Attributes
    ----------
    loss : float
        Mean over images.
    accuracy : float
        Share of images classified right, 0 to 1.
    class_accuracies : dict of float
        The same for each class that has test images, by its name.
    confusion : list of lists of int
        ``confusion[label][prediction]`` counts images.
    """

    checkpoint: str
    dataset: str
    images: int
    loss: float
    accuracy: float
    class_accuracies: dict[str, float]
    confusion: list[list[int]]

    def to_json(self) -> dict[str, Any]:
        """JSON-ready values, named as in the events of a run."""
        return {
            "checkpoint": self.checkpoint,
            "dataset": self.dataset,
            "test_images": self.images,
            "test_loss": self.loss,
            "test_accuracy": self.accuracy,
            "class_accuracies": self.class_accuracies,
            "confusion": self.confusion,
        }


def evaluate_checkpoint(
    path: Path,
    *,
    data_root: Path | None = None,
    device: str = "auto",
    cancel: CancelToken | None = None,
) -> CheckpointTest:
    """Test a checkpoint as the training did after each epoch. Any thread but the main one.

    Parameters
    ----------
    path : Path
    data_root : Path, optional
        Replaces the root of the data set in the checkpoint's experiment.
    device : str
        As in an experiment.
    cancel : CancelToken, optional

    Raises
    ------
    TuduiError
        When checkpoint, data set or device cannot be used, or classes differ.
    Cancelled
    """
    classifier = Classifier.load(path, device=device)
    experiment = classifier.experiment
    if experiment is None:
        raise ValueError("Classifier.load gives an experiment unless it is told a model")
    step = (experiment.with_root(data_root) if data_root else experiment).dataset
    dataset = open_dataset(step, cancel=cancel)
    _check_classes(path, classifier.classes, dataset.classes)
    batches = make_loader(
        dataset.test,
        experiment.test_transforms,
        batch_size=experiment.settings.batch_size,
        shuffle=False,
    )
    loss_function = experiment.loss.build().to(classifier.device)
    classes = dataset.classes
    result = evaluate(
        classifier.model, batches, loss_function, classifier.device, classes=len(classes), cancel=cancel
    )
    confusion = result.confusion.tolist()
    rows = {name: row for name, row in zip(classes, confusion, strict=True) if sum(row)}
    return CheckpointTest(
        checkpoint=str(path),
        dataset=step.name,
        images=result.images,
        loss=result.loss,
        accuracy=result.accuracy,
        class_accuracies={name: row[classes.index(name)] / sum(row) for name, row in rows.items()},
        confusion=confusion,
    )


def _check_classes(path: Path, known: tuple[str, ...], found: tuple[str, ...]) -> None:
    if known != found:
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "The data set has other classes than {path} was trained on."),
            remedy=QT_TRANSLATE_NOOP("errors", "Name the folder it was trained on as data root."),
            detail=f"{', '.join(found[:8])} / {', '.join(known[:8])}",
            path=str(path),
        )
