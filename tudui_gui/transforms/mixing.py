"""MixUp and CutMix: a batch made by a pipeline, mixed with its labels as torchvision mixes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.conversion import Pixels
from tudui_gui.transforms.drawing import Draws
from tudui_gui.transforms.pipeline import Pipeline

#: What a batch may take of the memory; mixing takes it three times.
MOST_BYTES = 2**29

#: Called with how many pictures are done, and how many there are.
Report = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Batch:
    """What MixUp and CutMix are given.

    Attributes
    ----------
    images : tensor, shape (B, channels, height, width)
    labels : int64 tensor, shape (B,)
        Indices in ``classes``.
    classes : tuple of str
    """

    images: Tensor
    labels: Tensor
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, eq=False)
class Mixed:
    """What MixUp or CutMix makes of a batch.

    Attributes
    ----------
    images : tensor, shape (B, channels, height, width)
    shares : float32 tensor, shape (B, classes)
        The mixed labels; every row's sum is 1.
    batch : Batch
        What was mixed.
    lam : float
        Share of the picture itself; ``1 - lam`` is its partner's. CutMix: after the box was cut off at the
        border.
    box : tuple of int or None
        CutMix: ``(x1, y1, x2, y2)``, the same for every picture; its inside is the partner's.
    """

    images: Tensor
    shares: Tensor
    batch: Batch
    lam: float
    box: tuple[int, int, int, int] | None = None

    def partner(self, index: int) -> int:
        """The picture that ``index`` is mixed with: the one before it; the first with the last."""
        return (index - 1) % len(self.batch)

    def shares_of(self, index: int) -> tuple[tuple[str, float], ...]:
        """Classes that have a part in a picture, the largest first."""
        found = enumerate(self.shares[index].tolist())
        classes = self.batch.classes
        return tuple(sorted(((classes[i], each) for i, each in found if each), key=lambda pair: -pair[1]))


def make_batch(
    images: Sequence[Pixels],
    labels: Sequence[int],
    classes: Sequence[str],
    pipeline: Pipeline,
    seed: int,
    *,
    cancel: CancelToken | None = None,
    report: Report | None = None,
) -> Batch:
    """What ``pipeline`` makes of the pictures; picture ``n`` with the seed ``seed + n``. Any thread.

    Raises
    ------
    TransformError
        There are fewer than two, a step fails, or the results are not float tensors of one size, or they
        are too large.
    Cancelled
    """
    if len(images) < 2:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "Mixing needs at least two pictures."),
            remedy=QT_TRANSLATE_NOOP("errors", "Open more pictures, or take those of the data set."),
        )
    made = []
    for number, image in enumerate(images):
        made.append(_result(pipeline, image, seed + number, cancel))
        _require_room(made[0], len(images))
        if report is not None:
            report(number + 1, len(images))
    _require_one_shape(made)
    return Batch(torch.stack(made), torch.tensor(list(labels), dtype=torch.int64), tuple(classes))


def mix(step: Step, batch: Batch, seed: int) -> Mixed:
    """``batch`` after MixUp or CutMix.

    Equals ``torch.manual_seed(seed); step.build(num_classes=len(batch.classes))(batch.images, batch.labels)``
    bit for bit, and leaves PyTorch's generator as it was. Any thread.

    Parameters
    ----------
    step : Step
        Of ``batch_catalog.BATCH_TRANSFORMS``.

    Raises
    ------
    TransformError
    """
    try:
        transform = step.build(num_classes=len(batch.classes))
        drawn = _recorded(transform)
        with Draws(seed).borrowed():
            images, shares = transform(batch.images, batch.labels)
    except (TypeError, ValueError, RuntimeError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{step} cannot mix this batch."), detail=str(cause), step=step.name
        ) from cause
    lam = drawn["lam_adjusted"] if "lam_adjusted" in drawn else drawn["lam"]
    return Mixed(images, shares, batch, lam, drawn.get("box"))


def _recorded(transform: Any) -> dict[str, Any]:
    """A dict that holds what ``transform`` draws once it was called."""
    drawn: dict[str, Any] = {}
    original = transform.make_params

    def make_params(inputs: list[Any]) -> dict[str, Any]:
        params: dict[str, Any] = original(inputs)
        drawn.update(params)
        return params

    transform.make_params = make_params
    return drawn


def _result(pipeline: Pipeline, image: Pixels, seed: int, cancel: CancelToken | None) -> Tensor:
    stages = pipeline.stages(image, seed, cancel=cancel, with_facts=False)
    for stage in stages:
        if stage.problem is not None:
            raise stage.problem.error
    value = stages[-1].value
    if isinstance(value, Tensor) and value.is_floating_point() and value.ndim == 3:
        return value
    raise TransformError(
        QT_TRANSLATE_NOOP("errors", "The transforms give {kind}, but mixing needs a float tensor."),
        remedy=QT_TRANSLATE_NOOP("errors", "Add ConvertImageDtype.")
        if isinstance(value, Tensor)
        else QT_TRANSLATE_NOOP("errors", "Add ToTensor."),
        kind=str(value.dtype) if isinstance(value, Tensor) else type(value).__name__,
    )


def _require_room(first: Tensor, count: int) -> None:
    if first.nbytes * count > MOST_BYTES:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "A batch of {count} tensors {shape} takes {size} MiB."),
            remedy=QT_TRANSLATE_NOOP("errors", "Add Resize or a crop, or take fewer pictures."),
            count=count,
            shape=_shape_text(first),
            size=first.nbytes * count // 2**20,
        )


def _require_one_shape(made: Sequence[Tensor]) -> None:
    for number, tensor in enumerate(made):
        if tensor.shape != made[0].shape:
            raise TransformError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The transforms give tensors of different sizes: picture 1 {first}, picture {number} "
                    "{other}. A batch has one size.",
                ),
                remedy=QT_TRANSLATE_NOOP(
                    "errors", "Add Resize with two numbers, or CenterCrop or RandomCrop at the end."
                ),
                first=_shape_text(made[0]),
                number=number + 1,
                other=_shape_text(tensor),
            )


def _shape_text(tensor: Tensor) -> str:
    return " x ".join(map(str, tensor.shape))
