"""Loss, accuracy and confusion matrix of a model on a data set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import CheckpointError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.sources import Dataset
from tudui_gui.models.files import load_into
from tudui_gui.models.zoo import build_model
from tudui_gui.training.checkpoint import Checkpoint
from tudui_gui.training.devices import resolve_device
from tudui_gui.training.fitting import check_has_tests

LossFunction = Callable[[Tensor, Tensor], Tensor]
Batches = Iterable[tuple[Tensor, Tensor]]


@dataclass(frozen=True)
class Evaluation:
    """What a test pass found.

    Attributes
    ----------
    loss : float
        Mean over images.
    accuracy : float
        Share of images whose largest logit is their label's, 0 to 1.
    confusion : ndarray of int64, shape (classes, classes)
        ``confusion[label, prediction]`` counts images.
    """

    loss: float
    accuracy: float
    confusion: npt.NDArray[np.int64]

    @property
    def images(self) -> int:
        """Images seen."""
        return int(self.confusion.sum())


def evaluate(
    model: nn.Module,
    batches: Batches,
    loss_function: LossFunction,
    device: torch.device,
    *,
    classes: int,
    cancel: CancelToken | None = None,
) -> Evaluation:
    """One pass over ``batches`` in eval mode; the model's mode is restored. Runs on the calling thread.

    Parameters
    ----------
    model : Module
        On ``device``; gives logits ``[N, classes]``.
    batches : iterable of (images float32 [N, C, H, W], labels int64 [N])
    loss_function : callable
        ``(logits, labels) -> mean loss``.
    classes : int
    cancel : CancelToken, optional
        Polled after every batch.

    Raises
    ------
    Cancelled
    """
    was_training = model.training
    model.eval()
    try:
        with torch.inference_mode():
            return _evaluate(model, batches, loss_function, device, classes, cancel or CancelToken())
    finally:
        model.train(was_training)


def _evaluate(
    model: nn.Module,
    batches: Batches,
    loss_function: LossFunction,
    device: torch.device,
    classes: int,
    cancel: CancelToken,
) -> Evaluation:
    confusion = torch.zeros(classes * classes, dtype=torch.int64, device=device)
    losses: list[Tensor] = []
    sizes: list[int] = []
    for images, labels in batches:
        images = images.to(device, non_blocking=True)
        labels = labels.to(device, non_blocking=True)
        logits = model(images)
        losses.append(loss_function(logits, labels))
        sizes.append(len(labels))
        cells = labels * classes + logits.argmax(1)
        confusion.scatter_add_(0, cells, torch.ones_like(cells))
        cancel.raise_if_cancelled()
    # The only synchronisation with the device.
    weighted = sum(loss * size for loss, size in zip(torch.stack(losses).tolist(), sizes, strict=True))
    table = confusion.view(classes, classes).cpu().numpy()
    return Evaluation(weighted / sum(sizes), float(table.trace()) / sum(sizes), table)


def evaluate_checkpoint(
    path: Path,
    *,
    data_root: Path | None = None,
    device: str = "auto",
    cancel: CancelToken | None = None,
) -> Evaluation:
    """Evaluate a checkpoint on the test part of the data set it was trained with, by its own test transforms.

    Parameters
    ----------
    path : Path
        A checkpoint of this program.
    data_root : Path, optional
        Replaces the root the checkpoint names.
    device : str
        As in an experiment.

    Raises
    ------
    TuduiError
        When the checkpoint, the data set or the device cannot be used, or do not fit each other.
    Cancelled
    """
    checkpoint = Checkpoint.load(path)
    experiment = checkpoint.experiment
    experiment = experiment.with_root(data_root) if data_root else experiment
    place = resolve_device(device)
    dataset = open_dataset(experiment.dataset, cancel=cancel)
    _check_classes(checkpoint, dataset, path)
    check_has_tests(dataset)
    model = build_model(experiment.model, len(checkpoint.classes))
    load_into(model, checkpoint.model, path)
    loader = make_loader(
        dataset.test,
        experiment.test_transforms,
        batch_size=experiment.settings.batch_size,
        shuffle=False,
    )
    return evaluate(
        model.to(place),
        loader,
        experiment.loss.build().to(place),
        place,
        classes=len(checkpoint.classes),
        cancel=cancel,
    )


def _check_classes(checkpoint: Checkpoint, dataset: Dataset, path: Path) -> None:
    if tuple(dataset.classes) != checkpoint.classes:
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "The classes of {path} are not those of the data set."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose the data set it was trained with."),
            detail=f"{', '.join(checkpoint.classes)} / {', '.join(dataset.classes)}",
            path=str(path),
        )
