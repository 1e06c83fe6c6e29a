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
