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
