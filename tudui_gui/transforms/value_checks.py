"""Values that do not go together, told before PyTorch does: reversed ranges, even kernels, huge results."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import flow
from tudui_gui.transforms.flow import Form

#: The most pixels that all pictures of a stage may have together.
_LARGEST_RESULT = 8192 * 8192

_RANGES = (
    *("scale", "ratio", "sigma", "side_range", "quality", "degrees", "shear"),
    *("brightness", "contrast", "saturation", "hue"),
)


class StepError(TransformError):
    """A step's values are at fault, and it is known with which it would work.

    Attributes
    ----------
    repaired : Step or None
        The step that would work.
    label : str
        What is changed, marked for translation in the context ``catalog``.
    is_of_memory : bool
        What PyTorch says of it is better not tried.
    """

    repaired: Step | None = None
    label: str = ""
    is_of_memory: bool = False

    def fixed_by(self, repaired: Step | None, label: str = "") -> StepError:
        """This error, knowing what would work."""
        self.repaired, self.label = repaired, label
        return self


def check_values(step: Step) -> None:
    """Raise :class:`StepError` for values that torchvision refuses, or refuses only when it is called."""
    for check in _CHECKS:
        error = check(step)
        if error is not None:
            raise error


def _reversed_range(step: Step) -> StepError | None:
    for name in _RANGES:
        value = step.values.get(name)
        is_of_axes = name == "sigma" and step.name == "ElasticTransform"
        if is_of_axes or not isinstance(value, tuple) or len(value) not in (2, 4):
            continue
        pairs = [value[i : i + 2] for i in range(0, len(value), 2)]
        if any(low > high for low, high in pairs):
            error = StepError(
                QT_TRANSLATE_NOOP("errors", "{step}: {parameter} begins with the larger number."),
                remedy=QT_TRANSLATE_NOOP("errors", "Write the smallest first, then the largest."),
                step=step.name,
                parameter=name,
            )
            ordered = tuple(number for pair in pairs for number in sorted(pair))
            label = QT_TRANSLATE_NOOP("catalog", "Put the smaller number first")
            return error.fixed_by(step.with_values(**{name: ordered}), label)
    return None


def _even_kernel(step: Step) -> StepError | None:
    size = step.values.get("kernel_size")
    sizes = size if isinstance(size, tuple) else (size,)
    if size is None or all(number % 2 for number in sizes):
        return None
    error = StepError(
        QT_TRANSLATE_NOOP("errors", "{step}: kernel_size = {value} is even, so the kernel has no middle."),
        remedy=QT_TRANSLATE_NOOP("errors", "Take an odd number."),
        step=step.name,
        value=size,
    )
    odd = tuple(number - 1 + number % 2 or 1 for number in sizes)
    label = QT_TRANSLATE_NOOP("catalog", "Take the odd number below")
    return error.fixed_by(step.with_values(kernel_size=odd if isinstance(size, tuple) else odd[0]), label)


def _needless_maximum(step: Step) -> StepError | None:
    size, longest = step.values.get("size"), step.values.get("max_size")
    if step.name != "Resize" or longest is None:
        return None
    if isinstance(size, tuple):
        what = QT_TRANSLATE_NOOP(
            "errors", "Resize: max_size = {longest} goes with a single number as size, not with {size}."
        )
    elif longest <= size:
        what = QT_TRANSLATE_NOOP(
            "errors",
            "Resize: max_size = {longest} is for the longer edge, but the shorter one shall be {size}.",
        )
    else:
        return None
    error = StepError(
        what,
        remedy=QT_TRANSLATE_NOOP("errors", "Leave max_size out, or make it larger than size."),
        size=size,
        longest=longest,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Leave max_size out")
    return error.fixed_by(step.with_values(max_size=None), label)


def _nothing_inside(step: Step) -> StepError | None:
    inside = flow.inner_steps(step)
    if inside is None or any(each.enabled for each in inside) or step.name == "Compose":
        return None
    return StepError(
        QT_TRANSLATE_NOOP("errors", "{step} has no step inside that is switched on."),
        remedy=QT_TRANSLATE_NOOP("errors", "Add a step to it, or remove it."),
        step=step.name,
    )


def _too_few_chances(step: Step) -> StepError | None:
    inside, chances = flow.inner_steps(step), step.values.get("p")
    if inside is None or not isinstance(chances, tuple):
        return None
    count = sum(each.enabled for each in inside)
    if len(chances) == count and sum(chances) > 0:
        return None
    error = StepError(
        QT_TRANSLATE_NOOP("errors", "{step}: p has {chances} numbers for {count} steps."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Give one number per step that is switched on, not all of them 0."
        ),
        step=step.name,
        chances=len(chances),
        count=count,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Same chance for every step")
    return error.fixed_by(step.with_values(p=None), label)


def _no_range_of_sizes(step: Step) -> StepError | None:
    if step.name != "RandomResize":
        return None
    smallest, largest = step.values["min_size"], step.values["max_size"]
    if smallest < largest:
        return None
    error = StepError(
        QT_TRANSLATE_NOOP(
            "errors",
            "RandomResize draws from {smallest} to less than {largest}: there is nothing to draw.",
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Make max_size larger than min_size."),
        smallest=smallest,
        largest=largest,
    )
    if smallest == largest:
        repaired = step.with_values(max_size=smallest + 1)
    else:
        repaired = step.with_values(min_size=largest, max_size=smallest)
    label = QT_TRANSLATE_NOOP("catalog", "Make max_size the larger")
    return error.fixed_by(repaired, label)


def _magnitude_beyond(step: Step) -> StepError | None:
    magnitude, bins = step.values.get("magnitude"), step.values.get("num_magnitude_bins")
    if magnitude is None or bins is None or magnitude < bins:
        return None
    error = StepError(
        QT_TRANSLATE_NOOP(
            "errors", "{step}: magnitude = {magnitude} is not one of the {bins} that begin at 0."
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Make it smaller than num_magnitude_bins."),
        step=step.name,
        magnitude=magnitude,
        bins=bins,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Take the largest magnitude")
    return error.fixed_by(step.with_values(magnitude=bins - 1), label)


def _no_sigma(step: Step) -> StepError | None:
    sigma = step.values.get("sigma")
    numbers = sigma if isinstance(sigma, tuple) else (sigma,)
    if step.name != "ElasticTransform" or sigma is None or min(numbers) > 0 or max(numbers) == 0:
        return None
    error = StepError(
        QT_TRANSLATE_NOOP("errors", "{step}: sigma has to be more than 0 in both directions, or 0 in both."),
        remedy=QT_TRANSLATE_NOOP("errors", "A small one, such as 0.1, moves each pixel by itself."),
        step=step.name,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Take 0.1 instead of 0")
    return error.fixed_by(step.with_values(sigma=tuple(n or 0.1 for n in numbers)), label)


_CHECKS: tuple[Callable[[Step], StepError | None], ...] = (
    _reversed_range,
    _even_kernel,
    _needless_maximum,
    _nothing_inside,
    _too_few_chances,
    _no_range_of_sizes,
    _magnitude_beyond,
    _no_sigma,
)


def check_result(step: Step, value: Any) -> None:
    """Raise :class:`StepError` for a result that would take up the whole memory, or have no pixel."""
    _check_form(step, flow.form_of(value))


def _check_form(step: Step, form: Form) -> None:
    if form.size is None or flow.refusal(step, form) or flow.ignores(step, form):
        return
    for _, inner, given in flow.walked(flow.inner_steps(step) or (), form):
        _check_form(inner, given)
    if step.name == "Resize" and not isinstance(step.values["size"], tuple):
        _check_resize(step, form.size)
    height, width, count = _largest(step, form)
    if height * width * count > _LARGEST_RESULT:
        error = StepError(
            QT_TRANSLATE_NOOP(
                "errors", "{step} would make {height} x {width} pixels (height x width) of this."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a smaller size."),
            step=step.name,
            height=height,
            width=width,
        )
        error.is_of_memory = True
        raise error


def _check_resize(step: Step, size: tuple[int, int]) -> None:
    height, width = size
    new = flow.resized(size, step.values["size"], step.values["max_size"])
    fields: dict[str, Any] = {"width": width, "height": height}
    remedy = QT_TRANSLATE_NOOP("errors", "Give it a height and a width.")
    label = QT_TRANSLATE_NOOP("catalog", "Give height and width")
    square = step.with_values(size=(step.values["size"],) * 2, max_size=None)
    if min(new) < 1:
        what = QT_TRANSLATE_NOOP(
            "errors", "Resize would leave no pixel of the shorter edge of this {width}x{height} image."
        )
    elif new[0] * new[1] > _LARGEST_RESULT:
        fields["pixels"] = max(new)
        what = QT_TRANSLATE_NOOP(
            "errors", "Resize would make the longer edge of this {width}x{height} image {pixels} pixels long."
        )
    else:
        return
    error = StepError(what, remedy=remedy, **fields).fixed_by(square, label)
    error.is_of_memory = min(new) > 0
    raise error


def _largest(step: Step, form: Form) -> tuple[int, int, int]:
    """Height, width and number of the largest pictures that the step may make."""
    assert form.size is not None
    height, width = form.size
    grown = _GROWTH.get(step.name)
    if grown is not None:
        height, width = grown(step, height, width)
        return height, width, form.count
    made = flow.after(step, form)
    return (*(made.size or form.size), made.count)


def _zoomed(step: Step, height: int, width: int) -> tuple[int, int]:
    most = step.values["side_range"][-1]
    return int(height * most), int(width * most)


def _jittered(step: Step, height: int, width: int) -> tuple[int, int]:
    target = step.values["target_size"]
    target = target if isinstance(target, tuple) else (target, target)
    factor = step.values["scale_range"][-1] * min(target[0] / height, target[1] / width)
    return int(height * factor), int(width * factor)


def _turned(step: Step, height: int, width: int) -> tuple[int, int]:
    longest = math.hypot(height, width)
    return (math.ceil(longest), math.ceil(longest)) if step.values["expand"] else (height, width)


def _cropped(step: Step, height: int, width: int) -> tuple[int, int]:
    """The picture with its border, of which a piece is taken."""
    left, top, right, bottom = flow.sides(step.values["padding"] or 0)
    return max(height + top + bottom, _edges(step)[0]), max(width + left + right, _edges(step)[1])


def _edges(step: Step) -> tuple[int, int]:
    size = step.values["size"]
    return size if isinstance(size, tuple) else (size, size)


_GROWTH: dict[str, Callable[[Step, int, int], tuple[int, int]]] = {
    "RandomZoomOut": _zoomed,
    "ScaleJitter": _jittered,
    "RandomRotation": _turned,
    "RandomCrop": _cropped,
}
