"""Testing a checkpoint on the test images of its data set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.training import evaluation
from tudui_gui.training.checkpoint import Checkpoint


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
    checkpoint = Checkpoint.load(path)
    result = evaluation.evaluate_checkpoint(path, data_root=data_root, device=device, cancel=cancel)
    classes, confusion = checkpoint.classes, result.confusion.tolist()
    rows = {name: row for name, row in zip(classes, confusion, strict=True) if sum(row)}
    return CheckpointTest(
        checkpoint=str(path),
        dataset=checkpoint.experiment.dataset.name,
        images=result.images,
        loss=result.loss,
        accuracy=result.accuracy,
        class_accuracies={name: row[classes.index(name)] / sum(row) for name, row in rows.items()},
        confusion=confusion,
    )
