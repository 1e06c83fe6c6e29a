"""Steps that could take what they are given, if its size, its channels or their own numbers were others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import flow
from tudui_gui.transforms.catalog import PIL_INTERPOLATIONS, TRANSFORMS
from tudui_gui.transforms.fixing import Case, Fix, Problem, inserted, replaced
from tudui_gui.transforms.kind_problems import before_tensor

_RESIZE_FIRST = QT_TRANSLATE_NOOP("catalog", "Put Resize before this step")


def explain_value(case: Case) -> Problem | None:
    """The problem if numbers do not fit; None if the reason is not known."""
    for explain in _EXPLANATIONS:
        problem = explain(case)
        if problem is not None:
            return problem
    return None


def _pil_interpolation(case: Case) -> Problem | None:
    step, form = case.step, case.form
    word = step.values.get("interpolation")
    is_bicubic = word == "bicubic" and "unsupported with Tensor input" in case.detail
    if form.kind != flow.TENSOR or not (word in PIL_INTERPOLATIONS or is_bicubic):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} with interpolation {interpolation} works on PIL images, not on tensors."
        ),
        QT_TRANSLATE_NOOP("errors", "Move it before ToTensor, or choose another interpolation."),
        interpolation=word,
    )
    other = QT_TRANSLATE_NOOP("catalog", "Take interpolation bilinear")
    return Problem(error, case.best((*before_tensor(case), *_changed(case, other, interpolation="bilinear"))))


def _wrong_channels(case: Case) -> Problem | None:
    step, form = case.step, case.form
    if step.name != "Normalize" or form.kind != flow.TENSOR or form.channels is None:
        return None
    given = {name: len(step.values[name]) for name in ("mean", "std")}
    if all(count in (1, form.channels) for count in given.values()):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors",
            "Normalize has {mean} numbers in mean and {std} in std, but the tensor has {channels} channels.",
        ),
        QT_TRANSLATE_NOOP("errors", "Give one number per channel."),
        channels=form.channels,
        **given,
    )
    adjusted = {name: _adjusted(step.values[name], form.channels) for name in given}
    label = QT_TRANSLATE_NOOP("catalog", "Give one number per channel")
    return Problem(error, case.best((*_changed(case, label, **adjusted), *_three_channels(case))))


def _three_channels(case: Case) -> Iterator[Fix]:
    """For tensors of 2 or 4 channels, of which Normalize's numbers say nothing."""
    if case.form.channels == 1:
        label = QT_TRANSLATE_NOOP("catalog", "Put Grayscale with 3 channels before this step")
        gray = TRANSFORMS.step("Grayscale", num_output_channels=3)
        yield Fix(label, inserted(case.steps, case.index, gray))


def _crop_too_large(case: Case) -> Problem | None:
    step, size = case.step, case.form.size
    if step.name not in ("RandomCrop", "FiveCrop", "TenCrop") or size is None:
        return None
    wanted = step.values["size"] if isinstance(step.values["size"], tuple) else (step.values["size"],) * 2
    left, top, right, bottom = flow.sides(step.values.get("padding") or 0)
    room = size[0] + top + bottom, size[1] + left + right
    if step.values.get("pad_if_needed") or (wanted[0] <= room[0] and wanted[1] <= room[1]):
        return None
    can_pad = step.name == "RandomCrop"
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} wants {wanted} (height x width), but the image is only {given}."),
        QT_TRANSLATE_NOOP("errors", "Set pad_if_needed, make size smaller, or put Resize before it.")
        if can_pad
        else QT_TRANSLATE_NOOP("errors", "Make size smaller, or put Resize before it."),
        wanted=_text(wanted),
        given=_text(room),
    )
    return Problem(error, case.best((*(_padded(case) if can_pad else ()), *_resized(case, wanted))))


def _padded(case: Case) -> Iterator[Fix]:
    if case.step.values["padding_mode"] in ("constant", "edge"):
        yield from _changed(case, QT_TRANSLATE_NOOP("catalog", "Set pad_if_needed"), pad_if_needed=True)
    else:  # A mirrored border cannot be wider than the image.
        label = QT_TRANSLATE_NOOP("catalog", "Set pad_if_needed, with a constant border")
        yield from _changed(case, label, pad_if_needed=True, padding_mode="constant")


def _resized(case: Case, wanted: tuple[int, int]) -> Iterator[Fix]:
    resize = TRANSFORMS.step("Resize", size=max(wanted))
    yield Fix(_RESIZE_FIRST, inserted(case.steps, case.index, resize))


def _border_too_wide(case: Case) -> Problem | None:
    """A mirrored border needs as many pixels of the image as it is wide; of a tensor, one more."""
    step, size = case.step, case.form.size
    mode = step.values.get("padding_mode")
    if mode not in ("reflect", "symmetric") or size is None:
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors",
            "{step} cannot mirror a border wider than the image, which has {given} (height x width).",
        ),
        QT_TRANSLATE_NOOP("errors", "Make padding smaller, or choose another padding_mode."),
        given=_text(size),
    )
    label = QT_TRANSLATE_NOOP("catalog", "Repeat the last pixel instead (edge)")
    return Problem(error, case.best(_changed(case, label, padding_mode="edge")))


def _kernel_too_large(case: Case) -> Problem | None:
    step, size = case.step, case.form.size
    if size is None or "Padding size should be less" not in case.detail:
        return None
    what = QT_TRANSLATE_NOOP(
        "errors", "{step}: the kernel reaches over the edge of the image, which has {given} (height x width)."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Make {parameter} smaller, or put Resize before it.")
    if "kernel_size" in step.values:
        error = case.error(what, remedy, given=_text(size), parameter="kernel_size")
        label = QT_TRANSLATE_NOOP("catalog", "Make kernel_size smaller")
        return Problem(error, case.best(_changed(case, label, kernel_size=_fitting_kernel(step, size))))
    error = case.error(what, remedy, given=_text(size), parameter="sigma")
    label = QT_TRANSLATE_NOOP("catalog", "Make sigma smaller")
    return Problem(error, case.best(_changed(case, label, sigma=_fitting_sigma(step, size))))


def _fitting_kernel(step: Step, size: tuple[int, int]) -> int | tuple[int, ...]:
    """The largest odd kernels, at most the given ones, whose half is less than the image."""
    height, width = size
    given: int | tuple[int, ...] = step.values["kernel_size"]
    if isinstance(given, tuple):  # (of the width, of the height), as torchvision takes it
        return tuple(min(number, 2 * edge - 1) for number, edge in zip(given, (width, height), strict=True))
    return min(given, 2 * min(size) - 1)


def _fitting_sigma(step: Step, size: tuple[int, int]) -> float | tuple[float, ...]:
    """ElasticTransform's kernel has ``8 * sigma + 1`` pixels, made odd; half of it has to fit."""
    most = max(0.1, (2 * min(size) - 2) * 10 // 8 / 10)
    given: float | tuple[float, ...] = step.values["sigma"]
    return tuple(min(number, most) for number in given) if isinstance(given, tuple) else min(given, most)


def _too_few_pixels(case: Case) -> Problem | None:
    size = case.form.size
    if size is None or min(size) > 2:
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} needs more pixels than this image has: {given} (height x width)."
        ),
        QT_TRANSLATE_NOOP("errors", "Put Resize before it."),
        given=_text(size),
    )
    resize = TRANSFORMS.step("Resize", size=(32, 32))
    return Problem(error, case.best((Fix(_RESIZE_FIRST, inserted(case.steps, case.index, resize)),)))


def _threshold(case: Case) -> Problem | None:
    step, form = case.step, case.form
    threshold = step.values.get("threshold")
    if threshold is None or "Threshold should be" not in case.detail:
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors",
            "{step}: threshold = {value} is for bytes, but the values of this {dtype} tensor end at 1.",
        ),
        QT_TRANSLATE_NOOP("errors", "Divide it by 255, or move the step before ToTensor."),
        value=threshold,
        dtype=form.dtype,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Divide threshold by 255")
    scaled = _changed(case, label, threshold=round(threshold / 255, 4))
    return Problem(error, case.best((*scaled, *before_tensor(case))))


def _erasing_value(case: Case) -> Problem | None:
    step, channels = case.step, case.form.channels
    value = step.values.get("value")
    if step.name != "RandomErasing" or not isinstance(value, tuple) or len(value) in (1, channels):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step}: value has {count} numbers, but the tensor has {channels} channels."
        ),
        QT_TRANSLATE_NOOP("errors", "Give one number, or one per channel."),
        count=len(value),
        channels=channels,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Give one number for all channels")
    return Problem(error, case.best(_changed(case, label, value=_adjusted(value, 1))))


def _unsafe_cast(case: Case) -> Problem | None:
    if "cannot be performed safely" not in case.detail:
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors",
            "{step}: {given} numbers cannot be scaled to {wanted}, which would lose or overflow some.",
        ),
        QT_TRANSLATE_NOOP("errors", "Choose uint8 or a floating point type."),
        given=case.form.dtype,
        wanted=case.step.values["dtype"],
    )
    label = QT_TRANSLATE_NOOP("catalog", "Convert to uint8")
    return Problem(error, case.best(_changed(case, label, dtype="uint8")))


def _other_channels(case: Case) -> Problem | None:
    channels = case.form.channels
    if channels in (1, 3):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} takes pictures of 1 or 3 channels, but this one has {channels}."),
        QT_TRANSLATE_NOOP("errors", "Put Grayscale before it, which keeps the brightness alone."),
        channels=channels,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Put Grayscale with 3 channels before this step")
    gray = TRANSFORMS.step("Grayscale", num_output_channels=3)
    is_picture = case.form.kind == flow.PICTURE
    fix = Fix(label, inserted(case.steps, case.index, gray)) if is_picture else None
    return Problem(error, fix)


def _rare_type(case: Case) -> Problem | None:
    form = case.form
    if form.kind != flow.TENSOR or form.dtype == "float32":
        return None
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} is not possible with the {dtype} numbers of this tensor."),
        QT_TRANSLATE_NOOP("errors", "Put ConvertImageDtype before it."),
        dtype=form.dtype,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Put ConvertImageDtype before this step")
    to_float = TRANSFORMS.step("ConvertImageDtype")
    return Problem(error, case.best((Fix(label, inserted(case.steps, case.index, to_float)),)))


def _changed(case: Case, label: str, **values: Any) -> list[Fix]:
    """The step with other values, if its parameters take them."""
    try:
        changed = case.step.with_values(**values)
    except ParameterError:
        return []
    return [Fix(label, replaced(case.steps, case.index, changed))]


def _adjusted(numbers: tuple[float, ...], channels: int) -> tuple[float, ...]:
    if len(numbers) == channels:
        return numbers
    return (sum(numbers) / len(numbers),) * channels


def _text(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


_EXPLANATIONS: tuple[Callable[[Case], Problem | None], ...] = (
    _pil_interpolation,
    _wrong_channels,
    _crop_too_large,
    _border_too_wide,
    _kernel_too_large,
    _threshold,
    _erasing_value,
    _unsafe_cast,
    _other_channels,
    _too_few_pixels,
    _rare_type,
)
