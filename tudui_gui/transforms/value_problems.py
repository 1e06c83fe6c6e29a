"""Steps that could take what they are given, if its size, its channels or their own numbers were others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PIL import Image

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import flow
from tudui_gui.transforms.catalog import PIL_INTERPOLATIONS, TRANSFORMS
from tudui_gui.transforms.fixing import Case, Fix, Problem, inserted, kind_phrase, replaced
from tudui_gui.transforms.kind_problems import before_tensor, tensor_makers

#: Edges up to this are so short that a step may fail for it.
_FEW = 8
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
    is_of_tensors = form.kind == flow.TENSOR and word in PIL_INTERPOLATIONS
    if not is_of_tensors and (word is None or "unsupported with Tensor input" not in case.detail):
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
    label = QT_TRANSLATE_NOOP("catalog", "Take padding_mode edge")
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
    larger = TRANSFORMS.step("Resize", size=(32, 32))
    if size is None or min(size) > _FEW or not case.works_with(larger.build()(case.value)):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} needs more pixels than this image has: {given} (height x width)."
        ),
        QT_TRANSLATE_NOOP("errors", "Put Resize before it."),
        given=_text(size),
    )
    return Problem(error, case.best((Fix(_RESIZE_FIRST, inserted(case.steps, case.index, larger)),)))


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


def _numbers_per_channel(case: Case) -> Problem | None:
    """``fill`` of a border, or RandomErasing's ``value``, with as many numbers as there are no channels."""
    step, channels = case.step, case.form.channels
    name = "value" if step.name == "RandomErasing" else "fill"
    numbers = step.values.get(name)
    if not isinstance(numbers, tuple):
        return None
    label = QT_TRANSLATE_NOOP("catalog", "Give a single number")
    fixes = _changed(case, label, **{name: sum(numbers) / len(numbers)})
    if not fixes:
        return None
    if len(numbers) != channels:
        what = QT_TRANSLATE_NOOP(
            "errors", "{step}: {name} has {count} numbers, but this {given} has {channels} channels."
        )
    else:
        what = QT_TRANSLATE_NOOP("errors", "{step}: {name} has to be a single number for a {given}.")
    error = case.error(
        what,
        QT_TRANSLATE_NOOP("errors", "Give one number for all channels."),
        name=name,
        count=len(numbers),
        channels=channels,
        given=kind_phrase(case.value),
    )
    return Problem(error, case.best(fixes))


def _other_channels(case: Case) -> Problem | None:
    channels = case.form.channels
    if channels in (1, 3) or case.form.count > 1 or not case.works_with(_three_of(case.value)):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} takes pictures of 1 or 3 channels, but this one has {channels}."),
        QT_TRANSLATE_NOOP("errors", "Make it an RGB picture before."),
        channels=channels,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Put RGB before this step")
    places = [case.index] if case.form.kind == flow.PICTURE else tensor_makers(case)
    fixes = (Fix(label, inserted(case.steps, place, TRANSFORMS.step("RGB"))) for place in places[:1])
    return Problem(error, case.best(fixes))


def _three_of(value: Any) -> Any:
    if isinstance(value, Image.Image):
        return value.convert("RGB")
    return value[..., :1, :, :].expand(*value.shape[:-3], 3, *value.shape[-2:])


def _rare_type(case: Case) -> Problem | None:
    form = case.form
    if form.kind != flow.TENSOR or form.dtype == "float32" or form.count > 1:
        return None
    to_float = TRANSFORMS.step("ConvertImageDtype")
    if not case.works_with(to_float.build()(case.value)):
        return None
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} is not possible with the {dtype} numbers of this tensor."),
        QT_TRANSLATE_NOOP("errors", "Put ConvertImageDtype before it."),
        dtype=form.dtype,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Put ConvertImageDtype before it")
    return Problem(error, case.best((Fix(label, inserted(case.steps, case.index, to_float)),)))


def _one_value_at_fault(case: Case) -> Problem | None:
    """A value in whose place the default would work."""
    step = case.step
    for parameter in step.operation.parameters:
        value = step.values[parameter.name]
        if value == parameter.default:
            continue
        label = QT_TRANSLATE_NOOP("catalog", "Take the default value")
        fixes = _changed(case, label, **{parameter.name: parameter.default})
        if fixes:
            error = case.error(
                QT_TRANSLATE_NOOP(
                    "errors", "{step}: {name} = {value} does not go with this {given}, {size}."
                ),
                QT_TRANSLATE_NOOP("errors", "Change it; its default value would work."),
                name=parameter.name,
                value=value,
                given=kind_phrase(case.value),
                size=_text(case.form.size or (0, 0)),
            )
            return Problem(error, case.best(fixes))
    return None


def _changed(case: Case, label: str, **values: Any) -> list[Fix]:
    """The step with other values, if its parameters take them and the value that was given does as well."""
    try:
        changed = case.step.with_values(**values)
    except ParameterError:
        return []
    return [Fix(label, replaced(case.steps, case.index, changed))] if case.works_as(changed) else []


def _text(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


_EXPLANATIONS: tuple[Callable[[Case], Problem | None], ...] = (
    _pil_interpolation,
    _crop_too_large,
    _border_too_wide,
    _kernel_too_large,
    _threshold,
    _numbers_per_channel,
    _other_channels,
    _too_few_pixels,
    _one_value_at_fault,
    _rare_type,
)
