"""Where a training pipeline and the pipeline of prediction prepare an image differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.transforms import flow
from tudui_gui.transforms.flow import Form
from tudui_gui.transforms.nested import flattened
from tudui_gui.transforms.pipeline import Pipeline

_RESIZING = frozenset({"Resize", "RandomResizedCrop", "ScaleJitter"})
_NONE = Phrase(QT_TRANSLATE_NOOP("errors", "none"))
_KINDS = {
    flow.PICTURE: QT_TRANSLATE_NOOP("errors", "PIL image"),
    flow.ARRAY: QT_TRANSLATE_NOOP("errors", "numpy array"),
    flow.TENSOR: QT_TRANSLATE_NOOP("errors", "tensor"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same in training and in prediction.

    Attributes
    ----------
    name : str
        ``"random" "count" "kind" "dtype" "range" "normalize" "channels" "color" "size"`` or
        ``"interpolation"``.
    what : str
        The name shown, marked for translation in the context ``errors``.
    train, predict : Phrase
        How it is in each, to be shown side by side.
    why : str
        Why it matters, marked like ``what``.
    """

    name: str
    what: str
    train: Phrase
    predict: Phrase
    why: str


def differences(
    train: Pipeline, predict: Pipeline, image_size: tuple[int, int] | None = None
) -> tuple[Difference, ...]:
    """What must be equal and is not; random augmentation in training alone is as it should be.

    Nothing is run: what both pipelines give is known from their steps. Any thread.

    Parameters
    ----------
    train, predict : Pipeline
        Both are given colour pictures.
    image_size : (height, width), optional
        Of the pictures, if they all have the same. Without it, sizes are compared as far as the steps decide
        them.
    """
    start = Form(size=image_size)
    ends = tuple(flow.forms(pipeline.steps, start)[-1] for pipeline in (train, predict))
    found = [*_random(train, predict), *_types(*ends), *_numbers(*ends), *_looks(*ends)]
    found += _sizes(train, predict, *ends)
    found += _interpolations(train, predict)
    return tuple(found)


def aligned(train: Pipeline, predict: Pipeline, image_size: tuple[int, int] | None = None) -> Pipeline | None:
    """``train`` without chance, if prediction with it would differ from training in nothing, or in less."""
    candidate = train.deterministic()
    rest = differences(train, candidate, image_size)
    return candidate if len(rest) < len(differences(train, predict, image_size)) else None


def _random(train: Pipeline, predict: Pipeline) -> Iterator[Difference]:
    if predict.is_random:
        yield Difference(
            "random",
            QT_TRANSLATE_NOOP("errors", "Chance"),
            _names(train),
            _names(predict),
            QT_TRANSLATE_NOOP("errors", "The same image would get another answer each time."),
        )


def _names(pipeline: Pipeline) -> Phrase:
    random = [step.name for step in pipeline.enabled_steps if Pipeline((step,)).is_random]
    return _plain(", ".join(random)) if random else _NONE


def _types(train: Form, predict: Form) -> Iterator[Difference]:
    if train.count != predict.count:
        yield Difference(
            "count",
            QT_TRANSLATE_NOOP("errors", "Pictures of one image"),
            _plain(str(train.count)),
            _plain(str(predict.count)),
            QT_TRANSLATE_NOOP("errors", "The model takes one picture of each image."),
        )
    if train.kind != predict.kind:
        yield Difference(
            "kind",
            QT_TRANSLATE_NOOP("errors", "Result"),
            Phrase(_KINDS[train.kind]),
            Phrase(_KINDS[predict.kind]),
            QT_TRANSLATE_NOOP("errors", "The model takes tensors."),
        )
    elif train.dtype != predict.dtype:
        yield Difference(
            "dtype",
            QT_TRANSLATE_NOOP("errors", "Type"),
            _plain(train.dtype),
            _plain(predict.dtype),
            QT_TRANSLATE_NOOP("errors", "The weights were trained with numbers of the other type."),
        )


def _numbers(train: Form, predict: Form) -> Iterator[Difference]:
    if train.kind != predict.kind:
        return
    if train.highest != predict.highest:
        yield Difference(
            "range",
            QT_TRANSLATE_NOOP("errors", "Values"),
            _range(train),
            _range(predict),
            QT_TRANSLATE_NOOP("errors", "The model would see values it was not trained with."),
        )
    if _per_channel(train) != _per_channel(predict):
        yield Difference(
            "normalize",
            QT_TRANSLATE_NOOP("errors", "Normalize"),
            _normalize(train),
            _normalize(predict),
            QT_TRANSLATE_NOOP("errors", "The model would see values it was not trained with."),
        )


def _range(form: Form) -> Phrase:
    return _plain(f"0 … {form.highest:g}")


def _per_channel(form: Form) -> list[tuple[float, ...]]:
    """The numbers of each Normalize, one for each channel."""
    count = form.channels or 1
    numbers = [part for pair in form.normalized for part in pair]
    return [part * count if len(part) == 1 else part for part in numbers]


def _normalize(form: Form) -> Phrase:
    if not form.normalized:
        return _NONE
    return _plain("; ".join(f"mean {_list(mean)} std {_list(std)}" for mean, std in form.normalized))


def _list(numbers: tuple[float, ...]) -> str:
    return "[" + ", ".join(f"{number:g}" for number in numbers) + "]"


def _looks(train: Form, predict: Form) -> Iterator[Difference]:
    if train.channels is not None and predict.channels is not None and train.channels != predict.channels:
        yield Difference(
            "channels",
            QT_TRANSLATE_NOOP("errors", "Channels"),
            _plain(str(train.channels)),
            _plain(str(predict.channels)),
            QT_TRANSLATE_NOOP("errors", "The first layer takes as many channels as in training."),
        )
    elif train.is_gray != predict.is_gray:
        yield Difference(
            "color",
            QT_TRANSLATE_NOOP("errors", "Colours"),
            _color(train),
            _color(predict),
            QT_TRANSLATE_NOOP("errors", "The model would see colours it was not trained with."),
        )


def _color(form: Form) -> Phrase:
    return Phrase(
        QT_TRANSLATE_NOOP("errors", "grey") if form.is_gray else QT_TRANSLATE_NOOP("errors", "colour")
    )


def _sizes(train: Pipeline, predict: Pipeline, first: Form, second: Form) -> Iterator[Difference]:
    if _certainly_same_size(train, predict, first, second):
        return
    yield Difference(
        "size",
        QT_TRANSLATE_NOOP("errors", "Size (height × width)"),
        _size(first),
        _size(second),
        QT_TRANSLATE_NOOP(
            "errors", "The model would see things larger or smaller, or cannot take them at all."
        ),
    )


def _certainly_same_size(train: Pipeline, predict: Pipeline, first: Form, second: Form) -> bool:
    """Also where the steps do not decide: what neither resizes may well have one size."""
    if first.size is not None and second.size is not None:
        return first.size == second.size
    if (first.size, first.shorter) == (second.size, second.shorter):
        return True
    if first.shorter or second.shorter or first.uneven or second.uneven:
        return False
    return not any(_resizes(pipeline) for pipeline in (train, predict))


def _resizes(pipeline: Pipeline) -> bool:
    return any(step.name in _RESIZING for step in flattened(pipeline.steps))


def _size(form: Form) -> Phrase:
    if form.size is not None:
        return _plain(f"{form.size[0]} × {form.size[1]}")
    if form.shorter is not None:
        template = QT_TRANSLATE_NOOP("errors", "shorter edge {pixels}")
        return Phrase(template, {"pixels": form.shorter})
    if form.uneven:
        return Phrase(QT_TRANSLATE_NOOP("errors", "another each time"))
    return Phrase(QT_TRANSLATE_NOOP("errors", "as the image is"))


def _interpolations(train: Pipeline, predict: Pipeline) -> Iterator[Difference]:
    """Of Resize alone: rotations and the like are of training only."""
    ways = [
        [
            step.values["interpolation"]
            for step in flattened(pipeline.steps)
            if step.name in ("Resize", "RandomResizedCrop")
        ]
        for pipeline in (train, predict)
    ]
    if ways[0] and ways[1] and set(ways[0]) != set(ways[1]):
        yield Difference(
            "interpolation",
            QT_TRANSLATE_NOOP("errors", "Interpolation"),
            _plain(", ".join(ways[0])),
            _plain(", ".join(ways[1])),
            QT_TRANSLATE_NOOP("errors", "Other interpolations give sharper or smoother pictures."),
        )


def _plain(text: str) -> Phrase:
    """Text that is the same in every language."""
    return Phrase("{text}", {"text": text})
