"""Lists of steps that torchvision accepts, and that hardly anybody means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.transforms import flow
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.fixing import Fix, Steps, inserted, moved, replaced, without
from tudui_gui.transforms.flow import Form
from tudui_gui.transforms.nested import flattened

_REMOVE = QT_TRANSLATE_NOOP("catalog", "Remove this step")

#: Steps that compute new pixels or add some; flips and crops do the same before and after Normalize.
_RESAMPLING = frozenset(
    (
        *("Resize", "RandomResizedCrop", "ScaleJitter", "RandomRotation", "RandomAffine"),
        *("RandomPerspective", "ElasticTransform"),
    )
)
_FILLING = frozenset(("Pad", "RandomZoomOut"))
_DECISIVE = frozenset(
    ("Normalize", "ToTensor", "PILToTensor", "ToImage", "ToPILImage", "ConvertImageDtype", "ToDtype")
)


@dataclass(frozen=True)
class Hint:
    """What is hardly meant, at which step.

    Attributes
    ----------
    index : int
        The step's.
    text, remedy : str
        Marked for translation in the context ``errors``; ``{name}`` refers to ``fields``.
    fix : Fix or None
        One click puts it right.
    fields : mapping
    """

    index: int
    text: str
    remedy: str
    fix: Fix | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Text and remedy with their fields, to be shown one after the other."""
        return tuple(Phrase(text, self.fields) for text in (self.text, self.remedy) if text)

    def __str__(self) -> str:
        return " ".join(map(str, self.phrases))


@dataclass(frozen=True)
class _Place:
    """An enabled step, what it is given, and the steps it is one of."""

    steps: Steps
    index: int
    form: Form

    @property
    def step(self) -> Step:
        return self.steps[self.index]

    def hint(self, text: str, remedy: str, fix: Fix | None = None, **fields: object) -> Hint:
        return Hint(self.index, text, remedy, fix, {"step": self.step.name, **fields})

    def later(self) -> Iterator[int]:
        """Indices of the enabled steps after this one, up to one that makes a picture again."""
        for index in range(self.index + 1, len(self.steps)):
            if self.steps[index].enabled and self.steps[index].name == "ToPILImage":
                return
            if self.steps[index].enabled:
                yield index


def hints(steps: Sequence[Step], start: Form | None = None) -> tuple[Hint, ...]:
    """What is hardly meant, in the order of the steps. Any thread; no picture is needed.

    Parameters
    ----------
    steps : sequence of Step
        Of ``TRANSFORMS``; steps that are switched off do not count.
    start : Form, optional
        What the pipeline is given, as ``flow.form_of`` tells it; a colour picture by default. Its size is not
        taken as that of all pictures.
    """
    known = replace(start or Form(), size=None)
    every = tuple(steps)
    found: list[Hint] = []
    for index, step, form in flow.walked(every, known):
        if not flow.refusal(step, form):  # what fails is a problem, told when the step runs
            place = _Place(every, index, form)
            found += [hint for rule in _RULES if (hint := rule(place)) is not None]
    found += _of_the_end(every, known)
    return tuple(sorted(found, key=lambda hint: hint.index))


def _early_normalize(place: _Place) -> Hint | None:
    if place.step.name != "Normalize":
        return None
    disturbed = [index for index in place.later() if _disturbs(place.steps[index])]
    if not disturbed:
        return None
    first = place.steps[disturbed[0]]
    label = QT_TRANSLATE_NOOP("catalog", "Move Normalize behind it")
    fix = Fix(label, moved(place.steps, place.index, disturbed[-1]))
    if first.name in _RESAMPLING:
        text = QT_TRANSLATE_NOOP(
            "errors",
            "Normalize stands before {later}: each pixel is normalised, and new ones are made of them.",
        )
    elif _fills(first):
        text = QT_TRANSLATE_NOOP(
            "errors", "Normalize stands before {later}: its border of 0 is then the mean colour, not black."
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "errors",
            "Normalize stands before {later}, which is for values from 0 to 1 and cuts off or spoils others.",
        )
    remedy = QT_TRANSLATE_NOOP("errors", "Normalize is usually the last step.")
    return place.hint(text, remedy, fix, later=first.name)


def _disturbs(step: Step) -> bool:
    if step.name == "RandomErasing":
        return False
    tags = step.operation.tags
    return step.name in _RESAMPLING or _fills(step) or bool({"kind:color", "kind:auto"} & tags)


def _fills(step: Step) -> bool:
    return step.name in _FILLING or bool(step.values.get("padding"))


def _second_normalize(place: _Place) -> Hint | None:
    if place.step.name != "Normalize" or not place.form.normalized:
        return None
    return place.hint(
        QT_TRANSLATE_NOOP(
            "errors", "The values are normalised already: a second Normalize shifts them again."
        ),
        QT_TRANSLATE_NOOP("errors", "One Normalize is enough."),
        Fix(_REMOVE, without(place.steps, place.index)),
    )


def _numbers_for_bytes(place: _Place) -> Hint | None:
    step = place.step
    if step.name != "Normalize" or place.form.highest != 1.0 or max(step.values["mean"]) <= 1:
        return None
    scaled = {name: tuple(round(n / 255, 6) for n in step.values[name]) for name in ("mean", "std")}
    label = QT_TRANSLATE_NOOP("catalog", "Divide mean and std by 255")
    return place.hint(
        QT_TRANSLATE_NOOP(
            "errors", "Normalize's numbers are for values 0 to 255, but the tensor has 0 to 1."
        ),
        QT_TRANSLATE_NOOP("errors", "Divide them by 255."),
        Fix(label, replaced(place.steps, place.index, step.with_values(**scaled))),
    )


def _gray_before_three(place: _Place) -> Hint | None:
    if place.step.name != "Grayscale" or flow.after(place.step, place.form).channels != 1:
        return None
    later = [place.steps[i] for i in place.later() if place.steps[i].name == "Normalize"]
    if not later or all(len(later[0].values[name]) == 1 for name in ("mean", "std")):
        return None
    fix = None
    if "num_output_channels" in place.step.values:
        three = place.step.with_values(num_output_channels=3)
        label = QT_TRANSLATE_NOOP("catalog", "Give 3 channels")
        fix = Fix(label, replaced(place.steps, place.index, three))
    return place.hint(
        QT_TRANSLATE_NOOP("errors", "Grayscale gives one channel, but Normalize after it has three numbers."),
        QT_TRANSLATE_NOOP("errors", "Let Grayscale give 3 equal channels, or normalise with one number."),
        fix,
    )


def _erasing_a_picture(place: _Place) -> Hint | None:
    if place.step.name != "RandomErasing" or place.form.kind != flow.PICTURE:
        return None
    later = [i for i in place.later() if place.steps[i].name in _DECISIVE]
    label = QT_TRANSLATE_NOOP("catalog", "Move this step back")
    fix = Fix(label, moved(place.steps, place.index, later[-1])) if later else None
    return place.hint(
        QT_TRANSLATE_NOOP("errors", "RandomErasing is made for the finished tensor, but gets the picture."),
        QT_TRANSLATE_NOOP("errors", "It usually comes last."),
        fix,
    )


def _spoilt_picture(place: _Place) -> Hint | None:
    if place.step.name != "ToPILImage" or not place.form.normalized:
        return None
    own = [i for i in range(place.index) if _is_normalize(place.steps[i])]  # others are within containers
    label = QT_TRANSLATE_NOOP("catalog", "Remove Normalize")
    return place.hint(
        QT_TRANSLATE_NOOP(
            "errors",
            "ToPILImage takes values from 0 to 1, but they are normalised: the colours become wrong.",
        ),
        QT_TRANSLATE_NOOP("errors", "Normalize after it, on the tensor that is made in the end."),
        Fix(label, without(place.steps, own[-1])) if own else None,
    )


def _is_normalize(step: Step) -> bool:
    return step.enabled and step.name == "Normalize"


def _unscaled_floats(place: _Place) -> Hint | None:
    step, made = place.step, flow.after(place.step, place.form)
    if step.name != "ToDtype" or place.form.is_float or not made.is_float or made.highest == 1.0:
        return None
    if flow.ignores(step, place.form):
        return None
    label = QT_TRANSLATE_NOOP("catalog", "Set scale=True")
    return place.hint(
        QT_TRANSLATE_NOOP("errors", "ToDtype without scale keeps the values 0 to 255; models expect 0 to 1."),
        QT_TRANSLATE_NOOP("errors", "Set scale, which divides by 255."),
        Fix(label, replaced(place.steps, place.index, step.with_values(scale=True))),
    )


def _only_the_first(place: _Place) -> Hint | None:
    form = place.form
    is_plain = form.count > 1 and form.kind == flow.TENSOR and not form.is_image
    if not is_plain or not flow.is_v2(place.step) or flow.inner_steps(place.step) is not None:
        return None
    makers = [i for i in range(place.index) if _gives_several(place.steps[i])]
    label = QT_TRANSLATE_NOOP("catalog", "Give several pictures last")
    fix = Fix(label, moved(place.steps, makers[-1], len(place.steps) - 1)) if makers else None
    return place.hint(
        QT_TRANSLATE_NOOP(
            "errors", "{step} changes only the first of the {count} tensors: so does torchvision v2."
        ),
        QT_TRANSLATE_NOOP("errors", "Put it before the step that makes several."),
        fix,
        count=form.count,
    )


def _gives_several(step: Step) -> bool:
    return step.enabled and "several" in step.operation.tags


def _without_effect(place: _Place) -> Hint | None:
    if not flow.ignores(place.step, place.form):
        return None
    is_array = place.form.kind == flow.ARRAY
    converter = TRANSFORMS.step("ToPILImage" if is_array else "PILToTensor")
    label = (
        QT_TRANSLATE_NOOP("catalog", "Put ToPILImage before it")
        if is_array
        else QT_TRANSLATE_NOOP("catalog", "Put PILToTensor before it")
    )
    fixed = inserted(place.steps, place.index, converter)
    works = flow.first_refusal(fixed, Form(place.form.kind)) is None
    text = (
        QT_TRANSLATE_NOOP(
            "errors", "{step} leaves a numpy array as it is: it changes pictures and tensors alone."
        )
        if is_array
        else QT_TRANSLATE_NOOP("errors", "{step} leaves a PIL image as it is: it changes tensors alone.")
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Put ToPILImage, ToImage or ToTensor before it.")
    return place.hint(text, remedy, Fix(label, fixed) if works else None)


def _blue_first(place: _Place) -> Hint | None:
    """An array of OpenCV becomes a picture or a tensor with its channels as they are."""
    made = flow.after(place.step, place.form)
    if place.form.kind != flow.ARRAY or made.kind == flow.ARRAY:
        return None
    swaps = [op for op in TRANSFORMS.values() if "needs_array" in op.tags]
    if not swaps or any(s.enabled and "needs_array" in s.operation.tags for s in place.steps[: place.index]):
        return None
    swap = TRANSFORMS.step(swaps[0].name)
    label = QT_TRANSLATE_NOOP("catalog", "Turn BGR into RGB first")
    return place.hint(
        QT_TRANSLATE_NOOP("errors", "OpenCV reads blue, green, red: {step} takes blue for red."),
        QT_TRANSLATE_NOOP("errors", "Put {swap} before it."),
        Fix(label, inserted(place.steps, place.index, swap)),
        swap=swap.name,
    )


def _only_sometimes(place: _Place) -> Hint | None:
    """A change of type or range that chance decides on makes tensors that do not belong together."""
    step = place.step
    inside = flow.inner_steps(step)
    if step.name not in ("RandomApply", "RandomChoice") or inside is None or step.values.get("p") == 1.0:
        return None
    found = [each for each in inside if each.enabled and each.name in _DECISIVE]
    if not found:
        return None
    rest = tuple(each for each in inside if each not in found)
    kept = (step.with_values(transforms=rest),) if any(each.enabled for each in rest) else ()
    fixed = (*place.steps[: place.index], *kept, *found, *place.steps[place.index + 1 :])
    label = QT_TRANSLATE_NOOP("catalog", "Take it out")
    return place.hint(
        QT_TRANSLATE_NOOP(
            "errors", "{step} applies {inner} to some pictures alone: their values do not go together."
        ),
        QT_TRANSLATE_NOOP("errors", "Apply {inner} to every picture."),
        Fix(label, fixed) if flow.first_refusal(fixed, Form()) is None else None,
        inner=found[0].name,
    )


def _of_the_end(steps: Steps, start: Form) -> list[Hint]:
    """What is odd of the tensors that come out."""
    last = flow.forms(steps, start)[-1]
    if last.kind != flow.TENSOR or last.count > 1 or flow.first_refusal(steps, start) is not None:
        return []
    found = []
    if not last.is_float:
        found.append(_bytes_at_the_end(steps))
    if last.uneven:
        found.append(_unequal_sizes(steps, start, last.uneven))
    return found


def _bytes_at_the_end(steps: Steps) -> Hint:
    enabled = [index for index, step in enumerate(steps) if step.enabled]
    to_float = TRANSFORMS.step("ConvertImageDtype")
    label = QT_TRANSLATE_NOOP("catalog", "Add ConvertImageDtype")
    return Hint(
        enabled[-1],
        QT_TRANSLATE_NOOP(
            "errors", "The pipeline ends in whole numbers 0 to 255; a model needs floats, 0 to 1."
        ),
        QT_TRANSLATE_NOOP("errors", "Add ConvertImageDtype."),
        Fix(label, (*steps, to_float)),
    )


def _unequal_sizes(steps: Steps, start: Form, name: str) -> Hint:
    index = max(i for i, step in enumerate(steps) if any(each.name == name for each in flattened([step])))
    return Hint(
        index,
        QT_TRANSLATE_NOOP(
            "errors", "After {step} pictures may have different sizes; a batch needs equal ones."
        ),
        QT_TRANSLATE_NOOP("errors", "Add a crop, or give height and width. If all are square, this is fine.")
        if name == "Resize"
        else QT_TRANSLATE_NOOP("errors", "Let a crop or a Resize to height and width follow."),
        _equal_sizes(steps, index, flow.forms(steps, start)[index]),
        {"step": name},
    )


def _equal_sizes(steps: Steps, index: int, form: Form) -> Fix | None:
    step = steps[index]
    if step.name == "Resize":
        label = QT_TRANSLATE_NOOP("catalog", "Put CenterCrop behind it")
        return Fix(label, inserted(steps, index + 1, TRANSFORMS.step("CenterCrop", size=step.values["size"])))
    if step.values.get("expand"):
        label = QT_TRANSLATE_NOOP("catalog", "Set expand=False")
        return Fix(label, replaced(steps, index, step.with_values(expand=False)))
    size: Any = step.values.get("target_size", form.size)
    if not isinstance(size, tuple):
        return None
    label = QT_TRANSLATE_NOOP("catalog", "Put Resize behind it")
    return Fix(label, inserted(steps, index + 1, TRANSFORMS.step("Resize", size=size)))


_RULES: tuple[Callable[[_Place], Hint | None], ...] = (
    _early_normalize,
    _second_normalize,
    _numbers_for_bytes,
    _gray_before_three,
    _erasing_a_picture,
    _spoilt_picture,
    _unscaled_floats,
    _only_the_first,
    _without_effect,
    _blue_first,
    _only_sometimes,
)
