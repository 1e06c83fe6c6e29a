"""Steps that are given the wrong kind of thing: a picture, an array, bytes, several pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import flow
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.fixing import (
    Case,
    Fix,
    Problem,
    Steps,
    inserted,
    kind_phrase,
    moved,
    replaced,
    without,
)

_BEFORE_TENSOR = QT_TRANSLATE_NOOP("catalog", "Move this step before ToTensor")
_REMOVE = QT_TRANSLATE_NOOP("catalog", "Remove this step")
_TO_TENSOR_FIRST = QT_TRANSLATE_NOOP("catalog", "Put ToTensor before this step")
_TO_PICTURE_FIRST = QT_TRANSLATE_NOOP("catalog", "Put ToPILImage before it")
_TO_FLOAT_FIRST = QT_TRANSLATE_NOOP("catalog", "Put ConvertImageDtype before it")
_TO_BYTES_FIRST = QT_TRANSLATE_NOOP("catalog", "Convert to uint8 before it")
_SEVERAL_LAST = QT_TRANSLATE_NOOP("catalog", "Give several pictures last")
_FIRST = QT_TRANSLATE_NOOP("catalog", "Move this step to the front")


def explain_kind(case: Case) -> Problem | None:
    """The problem if the step cannot take what it is given at all; None if the reason is another."""
    why = flow.refusal(case.step, case.form)
    is_inside = why == flow.WRONG_CHANNELS and flow.inner_steps(case.step) is not None
    return _EXPLANATIONS[why](case) if why and not is_inside else None


def culprit(step: Step, form: flow.Form) -> Step:
    """The step itself, or the first within the container that refuses."""
    inside = flow.inner_steps(step)
    if inside is None:
        return step
    in_turn = step.name in ("Compose", "RandomApply")
    for each in inside:
        if each.enabled and flow.refusal(each, form):
            return culprit(each, form)
        form = flow.after(each, form) if in_turn else form
    return step


def _several(case: Case) -> Problem:
    makers = _makers_of_several(case)
    maker = case.steps[makers[-1]].name if makers else "FiveCrop"
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} takes one picture, but {maker} before it gives {count}."),
        QT_TRANSLATE_NOOP("errors", "Move it before {maker}, or use ToImage and ToDtype, which take several.")
        if _makes_tensor(case.step)
        else QT_TRANSLATE_NOOP("errors", "Move it before {maker}."),
        step=_name(case),
        maker=maker,
        count=case.form.count,
    )
    return Problem(error, case.best(_one_picture(case, makers)))


def _makers_of_several(case: Case) -> list[int]:
    return _places(case, range(case.index), _gives_several)


def _one_picture(case: Case, makers: list[int]) -> Iterator[Fix]:
    if not makers:
        return
    if _makes_tensor(case.step) and case.form.kind == flow.TENSOR:
        yield Fix(_REMOVE, without(case.steps, case.index))
    last = len(case.steps) - 1
    yield Fix(_SEVERAL_LAST, moved(case.steps, makers[-1], last))
    if _gives_several(case.step):
        yield Fix(_REMOVE, without(case.steps, case.index))
    for place in _places(case, range(case.index + 1, last + 1), _makes_tensor)[:1]:
        yield Fix(_SEVERAL_LAST, moved(moved(case.steps, place, case.index), makers[-1], last))
    to_tensor = inserted(case.steps, case.index, TRANSFORMS.step("ToTensor"))
    yield Fix(_SEVERAL_LAST, moved(to_tensor, makers[-1], last + 1))


def _needs_tensor(case: Case) -> Problem:
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} needs a tensor, but gets a {given}."),
        QT_TRANSLATE_NOOP("errors", "Put ToTensor before it."),
        step=_name(case),
        given=kind_phrase(case.value),
    )
    makers = _makers_of_several(case) if case.form.count > 1 else []
    return Problem(error, case.best((*_one_picture(case, makers), *_tensor_first(case))))


def _tensor_first(case: Case) -> Iterator[Fix]:
    later = _places(case, range(case.index + 1, len(case.steps)), _makes_tensor)
    if later:
        yield Fix(_TO_TENSOR_FIRST, moved(case.steps, later[0], case.index))
    yield Fix(_TO_TENSOR_FIRST, inserted(case.steps, case.index, TRANSFORMS.step("ToTensor")))
    if later:
        to_tensor = inserted(without(case.steps, later[0]), case.index, TRANSFORMS.step("ToTensor"))
        yield Fix(_TO_TENSOR_FIRST, to_tensor)
    for steps in _with_fitting_numbers(case):
        yield Fix(_TO_TENSOR_FIRST, inserted(steps, case.index, TRANSFORMS.step("ToTensor")))
    if case.step.name in ("ConvertImageDtype", "ToDtype"):
        bytes_first = inserted(case.steps, case.index, TRANSFORMS.step("PILToTensor"))
        yield Fix(QT_TRANSLATE_NOOP("catalog", "Put PILToTensor before it"), bytes_first)
        yield Fix(_REMOVE, without(case.steps, case.index))


def _needs_picture(case: Case) -> Problem:
    if case.form.kind == flow.ARRAY:
        return _no_array(case)
    error = case.error(
        QT_TRANSLATE_NOOP("errors", "{step} needs a picture, but gets a tensor: it was converted before."),
        QT_TRANSLATE_NOOP("errors", "Remove this step."),
        step=_name(case),
    )
    return Problem(error, case.best(_picture_first(case)))


def _picture_first(case: Case) -> Iterator[Fix]:
    if _makes_tensor(case.step):
        yield Fix(_REMOVE, without(case.steps, case.index))
    yield from before_tensor(case)
    yield Fix(_TO_PICTURE_FIRST, inserted(case.steps, case.index, TRANSFORMS.step("ToPILImage")))


def _no_array(case: Case) -> Problem:
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} takes PIL images and tensors, but gets a numpy array, as OpenCV reads them."
        ),
        QT_TRANSLATE_NOOP("errors", "Put ToPILImage or ToTensor before it."),
        step=_name(case),
    )
    return Problem(error, case.best(_no_array_first(case)))


def _no_array_first(case: Case) -> Iterator[Fix]:
    later = _places(case, range(case.index + 1, len(case.steps)), _makes_tensor)
    if not later:  # then a tensor serves whatever comes
        yield Fix(_TO_TENSOR_FIRST, inserted(case.steps, case.index, TRANSFORMS.step("ToTensor")))
    yield Fix(_TO_PICTURE_FIRST, inserted(case.steps, case.index, TRANSFORMS.step("ToPILImage")))
    yield Fix(_TO_TENSOR_FIRST, inserted(case.steps, case.index, TRANSFORMS.step("ToTensor")))


def _needs_array(case: Case) -> Problem:
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} is for the numpy array that OpenCV reads, but gets a {given}, which is RGB."
        ),
        QT_TRANSLATE_NOOP("errors", "Remove this step, or read the image with OpenCV."),
        step=_name(case),
        given=kind_phrase(case.value),
    )
    first = Fix(_FIRST, moved(case.steps, case.index, 0))
    return Problem(error, case.best((first, Fix(_REMOVE, without(case.steps, case.index)))))


def _no_picture(case: Case) -> Problem:
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} needs a tensor or a numpy array, but this is a PIL image already."
        ),
        QT_TRANSLATE_NOOP("errors", "Remove this step."),
        step=_name(case),
    )
    return Problem(error, case.best((Fix(_REMOVE, without(case.steps, case.index)),)))


def _needs_bytes(case: Case) -> Problem:
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} needs whole numbers 0 to 255 (uint8), but the tensor is {dtype}."
        ),
        QT_TRANSLATE_NOOP("errors", "Move it before ToTensor, where the picture has bytes."),
        step=_name(case),
        dtype=case.form.dtype,
    )
    return Problem(error, case.best(_bytes_first(case)))


def _bytes_first(case: Case) -> Iterator[Fix]:
    yield from before_tensor(case)
    to_bytes = TRANSFORMS.step("ConvertImageDtype", dtype="uint8")
    steps = inserted(case.steps, case.index, to_bytes)
    to_float = TRANSFORMS.step("ConvertImageDtype")
    yield Fix(_TO_BYTES_FIRST, inserted(steps, case.index + 2, to_float))


def _needs_floats(case: Case) -> Problem:
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step} needs floating point numbers, but the tensor has whole numbers ({dtype})."
        ),
        QT_TRANSLATE_NOOP("errors", "Put ConvertImageDtype before it; it also divides by 255."),
        step=_name(case),
        dtype=case.form.dtype,
    )
    return Problem(error, case.best(_floats_first(case)))


def _floats_first(case: Case) -> Iterator[Fix]:
    later = _places(case, range(case.index + 1, len(case.steps)), _makes_floats)
    if later:
        yield Fix(_TO_FLOAT_FIRST, moved(case.steps, later[0], case.index))
    for steps in (case.steps, *_with_fitting_numbers(case)):
        yield Fix(_TO_FLOAT_FIRST, inserted(steps, case.index, TRANSFORMS.step("ConvertImageDtype")))


def _wrong_channels(case: Case) -> Problem:
    step, channels = culprit(case.step, case.form), case.form.channels
    given = {name: len(step.values[name]) for name in ("mean", "std")}
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors",
            "Normalize has {mean} numbers in mean and {std} in std, but the tensor has {channels} channels.",
        ),
        QT_TRANSLATE_NOOP("errors", "Give one number per channel."),
        channels=channels,
        **given,
    )
    label = QT_TRANSLATE_NOOP("catalog", "Give one number per channel")
    return Problem(error, case.best(Fix(label, steps) for steps in _with_fitting_numbers(case)))


def _with_fitting_numbers(case: Case) -> Iterator[Steps]:
    """The steps, if Normalize is given as many numbers as there are channels: as before, or their mean."""
    step, channels = case.step, case.form.channels
    if step.name != "Normalize" or channels is None:
        return
    given = {name: step.values[name] for name in ("mean", "std")}
    adjusted = {
        name: numbers if len(numbers) == channels else (sum(numbers) / len(numbers),) * channels
        for name, numbers in given.items()
    }
    for values in (adjusted, {name: numbers[:1] for name, numbers in adjusted.items()}):
        try:
            changed = step.with_values(**values)
        except ParameterError:  # a list of so many numbers is not offered
            continue
        yield replaced(case.steps, case.index, changed)


def _unsafe_cast(case: Case) -> Problem:
    step = culprit(case.step, case.form)
    error = case.error(
        QT_TRANSLATE_NOOP(
            "errors", "{step}: {given} numbers cannot be scaled to {wanted} without losing some of them."
        ),
        QT_TRANSLATE_NOOP("errors", "Choose uint8 or a floating point type."),
        step=step.name,
        given=case.form.dtype,
        wanted=step.values["dtype"],
    )
    label = QT_TRANSLATE_NOOP("catalog", "Convert to uint8")
    if step is not case.step:
        return Problem(error)
    to_bytes = replaced(case.steps, case.index, step.with_values(dtype="uint8"))
    return Problem(error, case.best((Fix(label, to_bytes),)))


def before_tensor(case: Case) -> list[Fix]:
    """The step before the first that makes a tensor, if there is one."""
    return [Fix(_BEFORE_TENSOR, moved(case.steps, case.index, place)) for place in tensor_makers(case)[:1]]


def tensor_makers(case: Case) -> list[int]:
    """Indices of the steps before the one that failed that make a tensor."""
    return _places(case, range(case.index), _makes_tensor)


def _places(case: Case, places: range, is_wanted: Callable[[Step], bool]) -> list[int]:
    return [place for place in places if case.steps[place].enabled and is_wanted(case.steps[place])]


def _makes_tensor(step: Step) -> bool:
    return "makes_tensor" in step.operation.tags


def _makes_floats(step: Step) -> bool:
    start = flow.Form(flow.TENSOR, "uint8")
    return step.name in ("ConvertImageDtype", "ToDtype") and flow.after(step, start).is_float


def _gives_several(step: Step) -> bool:
    return flow.after(replace(step, enabled=True), flow.Form()).count > 1 or "several" in step.operation.tags


def _name(case: Case) -> str:
    return culprit(case.step, case.form).name


_EXPLANATIONS: dict[str, Callable[[Case], Problem]] = {
    flow.SEVERAL: _several,
    flow.NEEDS_TENSOR: _needs_tensor,
    flow.NEEDS_PICTURE: _needs_picture,
    flow.NEEDS_ARRAY: _needs_array,
    flow.NO_ARRAY: _no_array,
    flow.NO_PICTURE: _no_picture,
    flow.NEEDS_BYTES: _needs_bytes,
    flow.NEEDS_FLOATS: _needs_floats,
    flow.WRONG_CHANNELS: _wrong_channels,
    flow.UNSAFE_CAST: _unsafe_cast,
}
