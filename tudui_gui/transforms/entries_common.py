"""What the transforms' entries share: how an entry is made, and parameters that many of them have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torchvision import transforms
from torchvision.transforms import InterpolationMode, v2

from tudui_gui.core.number_parameters import RealOrPair
from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Flag, IntegerOrPair, Numbers, Parameter, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: Interpolations that torchvision has for PIL images alone.
PIL_INTERPOLATIONS = frozenset({"box", "hamming", "lanczos"})

#: The largest height or width that a parameter takes.
LARGEST = 8192

#: Interpolations for turning and bending, which know no others.
BENDING = ("nearest", "bilinear", "bicubic")

CLASSIC, MODERN = "transforms", "v2"

_DTYPES = ("float32", "float64", "float16", "uint8", "int16", "int32", "int64")


def classic(target: type, tags: str, text: str, *parameters: Parameter, hint: str = "") -> Operation:
    """The entry of a class of ``torchvision.transforms``; ``tags`` are separated by spaces."""
    return _entry(CLASSIC, target, tags, text, parameters, hint)


def modern(target: type, tags: str, text: str, *parameters: Parameter, hint: str = "") -> Operation:
    """The entry of a class of ``torchvision.transforms.v2``; ``tags`` are separated by spaces."""
    return _entry(MODERN, target, tags, text, parameters, hint)


def _entry(
    module: str, target: type, tags: str, text: str, parameters: tuple[Parameter, ...], hint: str
) -> Operation:
    name = target.__name__
    places = ((CLASSIC, transforms), (MODERN, v2))
    return Operation(
        name=name,
        target=target,
        qualname=f"{module}.{name}",
        parameters=parameters,
        help=text,
        tags=frozenset(tags.split()),
        hint=hint,
        aliases=tuple(f"{word}.{name}" for word, place in places if hasattr(place, name)),
    )


def interpolation(module: str, default: str, words: tuple[str, ...] = ()) -> Choice:
    """How new pixels are computed, by one of ``words``; without any, by all that torchvision knows."""
    known = words or tuple(mode.value for mode in InterpolationMode)
    return Choice(
        name="interpolation",
        default=default,
        choices=known,
        objects=_modes(module, known),
        help=QT_TRANSLATE_NOOP("catalog", "How new pixels are computed; bicubic works on PIL images alone.")
        if words
        else QT_TRANSLATE_NOOP(
            "catalog", "How new pixels are computed; box, hamming and lanczos work on PIL images alone."
        ),
    )


def _modes(module: str, words: tuple[str, ...]) -> Mapping[str, tuple[Any, str]]:
    modes = ((mode.value, mode) for mode in InterpolationMode)
    return {word: (mode, f"{module}.InterpolationMode.{mode.name}") for word, mode in modes if word in words}


def dtype(text: str) -> Choice:
    """A tensor's type."""
    return Choice(
        name="dtype",
        default="float32",
        choices=_DTYPES,
        objects={word: (getattr(torch, word), f"torch.{word}") for word in _DTYPES},
        written=Written.BY_POSITION,
        help=text,
    )


def crop_size(default: int) -> IntegerOrPair:
    """Height and width of what is cut out."""
    return IntegerOrPair(
        name="size",
        default=default,
        minimum=1,
        maximum=LARGEST,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "Size of the result: (height, width), or one number for a square."),
    )


def probability(default: float = 0.5) -> Real:
    """How probable it is that a step does anything."""
    return Real(
        name="p",
        default=default,
        minimum=0.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP("catalog", "Probability that it happens."),
    )


def smallest_and_largest(
    name: str, default: tuple[float, float], minimum: float, maximum: float, text: str
) -> Numbers:
    """A range from which torchvision draws."""
    return Numbers(name=name, default=default, minimum=minimum, maximum=maximum, lengths=(2,), help=text)


def center() -> Numbers:
    """The point to turn around."""
    return Numbers(
        name="center",
        default=None,
        minimum=0.0,
        maximum=float(LARGEST),
        lengths=(2,),
        optional=True,
        help=QT_TRANSLATE_NOOP("catalog", "The point (x, y) to turn around; none is the middle."),
    )


def fill(*, is_optional: bool = False) -> RealOrPair:
    """The value of pixels that come from nowhere; where it is optional, none is torchvision's default."""
    return RealOrPair(
        name="fill",
        default=None if is_optional else 0,
        minimum=0.0,
        maximum=255.0,
        lengths=(1, 3),
        optional=is_optional,
        whole_as_int=True,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Value of the added pixels, one number or one per channel: whole numbers from 0 to 255 in a "
            "picture, 0 to 1 in a tensor of floats.",
        ),
    )


ANTIALIAS = Flag(
    name="antialias",
    default=True,
    help=QT_TRANSLATE_NOOP("catalog", "Smooth when shrinking a tensor; PIL images are always smoothed."),
)

PADDING_MODE = Choice(
    name="padding_mode",
    default="constant",
    choices=("constant", "edge", "reflect", "symmetric"),
    help=QT_TRANSLATE_NOOP(
        "catalog", "What the border is made of: one value, the last pixel, or the mirrored image."
    ),
)


def padding(default: int | None) -> IntegerOrPair:
    """Pixels added at each border; ``None`` is torchvision's default, a number stands where it has none."""
    return IntegerOrPair(
        name="padding",
        default=default,
        minimum=0,
        maximum=LARGEST,
        lengths=(2, 4),
        optional=default is None,
        written=Written.IF_CHANGED if default is None else Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Pixels added at each border; a pair is (left and right, top and bottom), four go round from the "
            "left.",
        ),
    )
