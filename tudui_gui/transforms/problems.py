"""Why a transform cannot be applied, and the list of steps that would work."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from PIL import Image
from torch import Tensor
from torchvision.transforms import functional

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.images.conversion import Pixels
from tudui_gui.transforms.catalog import PIL_INTERPOLATIONS, TRANSFORMS


@dataclass(frozen=True)
class Fix:
    """A repaired list of steps.

    Attributes
    ----------
    label : str
        What is done, marked for translation in the context ``catalog``.
    steps : tuple of Step
        All steps of the repaired pipeline.
    """

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Problem:
    """Why a step failed, and how one click puts it right (``None`` where nobody can know)."""

    error: TransformError
    fix: Fix | None = None


Steps = tuple[Step, ...]

#: What a Resize to the largest height and width gives, in pixels.
_LARGEST_RESULT = 8192 * 8192


def build_step(step: Step) -> Any:
    """The torchvision object. Raises ``TransformError`` for values that do not go together."""
    for name in ("scale", "ratio"):
        if name in step.values and step.values[name][0] > step.values[name][1]:
            raise TransformError(
                QT_TRANSLATE_NOOP("errors", "{step}: {parameter} begins with the larger number."),
                remedy=QT_TRANSLATE_NOOP("errors", "Write the smallest first, then the largest."),
                step=step.name,
                parameter=name,
            )
    try:
        return step.build()
    except (TypeError, ValueError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{step} cannot be made with these values."),
            detail=str(cause),
            step=step.name,
        ) from cause


def check_size(step: Step, value: Pixels) -> None:
    """Raise ``TransformError`` for a Resize of the shorter edge that would take up the whole memory."""
    if step.name != "Resize" or isinstance(step.values["size"], tuple) or step.values["max_size"] is not None:
        return
    height, width = (value.height, value.width) if isinstance(value, Image.Image) else value.shape[-2:]
    longer = step.values["size"] * max(height, width) // max(1, min(height, width))
    if longer * step.values["size"] > _LARGEST_RESULT:
        raise TransformError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Resize would make the longer edge of this {width}x{height} image {pixels} pixels long.",
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Give it a height and a width."),
            width=width,
            height=height,
            pixels=longer,
        )


def diagnose(steps: Steps, index: int, value: Pixels, cause: Exception) -> Problem:
    """Why ``steps[index]`` failed on ``value`` with ``cause``."""
    if isinstance(cause, TransformError):
        return Problem(copy(cause))  # without its traceback, whose frames keep the pixels alive
    for explain in _EXPLANATIONS:
        problem = explain(steps, index, value, str(cause))
        if problem is not None:
            return problem
    error = TransformError(
        QT_TRANSLATE_NOOP("errors", "{step} cannot be applied to this {given}."),
        detail=str(cause) or type(cause).__name__,
        step=steps[index].name,
        given=_kind(value),
    )
    return Problem(error)


def _needs_tensor(steps: Steps, index: int, value: Pixels, detail: str) -> Problem | None:
    step = steps[index]
    if "needs_tensor" not in step.operation.tags or isinstance(value, Tensor):
        return None
    error = TransformError(
        QT_TRANSLATE_NOOP("errors", "{step} needs a tensor, but gets a {given}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Put ToTensor before it."),
        detail=detail,
        step=step.name,
        given=_kind(value),
    )
    later = [i for i in range(index, len(steps)) if _makes_tensor(steps[i])]
    moved = steps[later[0]] if later else TRANSFORMS.step("ToTensor")
    rest = _without(steps[index:], later[0] - index) if later else steps[index:]
    label = QT_TRANSLATE_NOOP("catalog", "Put ToTensor before this step")
    return Problem(error, Fix(label, (*steps[:index], moved, *rest)))


def _has_tensor_already(steps: Steps, index: int, value: Pixels, detail: str) -> Problem | None:
    step = steps[index]
    if "needs_pil" not in step.operation.tags or not isinstance(value, Tensor):
        return None
    error = TransformError(
        QT_TRANSLATE_NOOP("errors", "{step} needs a picture, but gets a tensor: it was converted before."),
        remedy=QT_TRANSLATE_NOOP("errors", "Remove this step."),
        detail=detail,
        step=step.name,
    )
    return Problem(error, Fix(QT_TRANSLATE_NOOP("catalog", "Remove this step"), _without(steps, index)))


def _pil_interpolation(steps: Steps, index: int, value: Pixels, detail: str) -> Problem | None:
    step = steps[index]
    word = step.values.get("interpolation")
    is_rotation = step.name == "RandomRotation" and word == "bicubic"
    if not isinstance(value, Tensor) or not (word in PIL_INTERPOLATIONS or is_rotation):
        return None
    error = TransformError(
        QT_TRANSLATE_NOOP(
            "errors", "{step} with interpolation {interpolation} works on PIL images, not on tensors."
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Move it before ToTensor, or choose another interpolation."),
        detail=detail,
        step=step.name,
        interpolation=word,
    )
    makers = [i for i in range(index) if _makes_tensor(steps[i])]
    if not makers:
        return Problem(error)
    first = makers[0]
    label = QT_TRANSLATE_NOOP("catalog", "Move this step before ToTensor")
    return Problem(error, Fix(label, (*steps[:first], step, *_without(steps[first:], index - first))))


def _wrong_channels(steps: Steps, index: int, value: Pixels, detail: str) -> Problem | None:
    step = steps[index]
    if step.name != "Normalize" or not isinstance(value, Tensor) or value.ndim < 3:
        return None
    channels = value.shape[-3]
    given = {name: len(step.values[name]) for name in ("mean", "std")}
    if all(count in (1, channels) for count in given.values()):
        return None
    error = TransformError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Normalize has {mean} numbers in mean and {std} in std, but the tensor has {channels} channels.",
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Give one number per channel."),
        detail=detail,
        channels=channels,
        **given,
    )
    adjusted = {name: _adjusted(step.values[name], channels) for name in given}
    label = QT_TRANSLATE_NOOP("catalog", "Give one number per channel")
    return Problem(error, Fix(label, _replaced(steps, index, step.with_values(**adjusted))))


def _crop_too_large(steps: Steps, index: int, value: Pixels, detail: str) -> Problem | None:
    step = steps[index]
    if (
        step.name != "RandomCrop"
        or step.values["pad_if_needed"]
        or not isinstance(value, Image.Image | Tensor)
    ):
        return None
    _, height, width = functional.get_dimensions(value)
    size = step.values["size"]
    wanted = size if isinstance(size, tuple) else (size, size)
    if wanted[0] <= height and wanted[1] <= width:
        return None
    error = TransformError(
        QT_TRANSLATE_NOOP(
            "errors", "RandomCrop wants {wanted} (height x width), but the image is only {given}."
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Set pad_if_needed, make size smaller, or put Resize before it."),
        detail=detail,
        wanted=f"{wanted[0]} x {wanted[1]}",
        given=f"{height} x {width}",
    )
    if step.values["padding_mode"] in ("constant", "edge"):
        label = QT_TRANSLATE_NOOP("catalog", "Set pad_if_needed")
        repaired = step.with_values(pad_if_needed=True)
    else:  # A mirrored border cannot be wider than the image.
        label = QT_TRANSLATE_NOOP("catalog", "Set pad_if_needed, with a constant border")
        repaired = step.with_values(pad_if_needed=True, padding_mode="constant")
    return Problem(error, Fix(label, _replaced(steps, index, repaired)))


_EXPLANATIONS: tuple[Callable[[Steps, int, Pixels, str], Problem | None], ...] = (
    _needs_tensor,
    _has_tensor_already,
    _pil_interpolation,
    _wrong_channels,
    _crop_too_large,
)


def _adjusted(numbers: tuple[float, ...], channels: int) -> tuple[float, ...]:
    if len(numbers) == channels:
        return numbers
    return (sum(numbers) / len(numbers),) * channels


def _makes_tensor(step: Step) -> bool:
    return step.enabled and "makes_tensor" in step.operation.tags


def _without(steps: Steps, index: int) -> Steps:
    return (*steps[:index], *steps[index + 1 :])


def _replaced(steps: Steps, index: int, step: Step) -> Steps:
    return (*steps[:index], step, *steps[index + 1 :])


def _kind(value: Pixels) -> Phrase:
    if isinstance(value, Image.Image):
        return Phrase(QT_TRANSLATE_NOOP("errors", "PIL image"))
    if isinstance(value, Tensor):
        return Phrase(QT_TRANSLATE_NOOP("errors", "tensor"))
    return Phrase(QT_TRANSLATE_NOOP("errors", "numpy array"))
