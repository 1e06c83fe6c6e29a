"""Values at the ends of a parameter's range, and what it means that two transforms are the same."""

from __future__ import annotations

import enum
import random
from collections.abc import Iterator, Mapping
from typing import Any

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.number_parameters import Integers, RealOrPair
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Parameter, Real
from tudui_gui.transforms.nested import Steps

#: What a script imports.
NAMES = {"transforms": transforms, "v2": v2, "torch": torch, "cv2": cv2}

#: Results of larger sizes and factors would take long.
_APPLICABLE = 256
_SLOW = ("scale_range", "kernel_size", "sigma", "alpha")


def picture() -> Image.Image:
    return Image.effect_mandelbrot((44, 40), (-3, -2.5, 2, 2.5), 9).convert("RGB")


def inputs() -> dict[str, Any]:
    """One small picture in each form that a transform may take."""
    pixels = torch.arange(3 * 40 * 44, dtype=torch.int64).reshape(3, 40, 44) * 7 % 256
    return {
        "picture": picture(),
        "bytes": pixels.to(torch.uint8),
        "floats": pixels.to(torch.float32) / 255,
        "array": np.array(picture()),
    }


def extremes(parameter: Parameter) -> Iterator[Any]:
    """The ends of the range, in every length there may be; every choice; none where that is allowed."""
    if parameter.optional:
        yield None
    if isinstance(parameter, Choice):
        yield from parameter.choices
    elif isinstance(parameter, Flag):
        yield from (False, True)
    elif isinstance(parameter, Integer | Real):
        yield from (parameter.minimum, parameter.maximum)
    elif isinstance(parameter, IntegerOrPair):
        yield from (parameter.minimum, parameter.maximum)
        yield from _pairs(parameter.minimum, parameter.maximum, parameter.lengths)
    elif isinstance(parameter, Numbers | Integers):
        yield from _pairs(parameter.minimum, parameter.maximum, parameter.lengths)
    elif isinstance(parameter, RealOrPair):
        yield from (parameter.minimum, parameter.maximum, *parameter.words)
        yield from _pairs(*parameter.pair_range, parameter.lengths)
    else:
        assert isinstance(parameter, Steps), f"the ends of {parameter.kind} are not known"
        yield from ((), ({"name": "Identity"}, {"name": "Pad", "enabled": False}))


def _pairs(low: Any, high: Any, lengths: tuple[int, ...]) -> Iterator[tuple[Any, ...]]:
    for length in lengths or (1, 2):
        yield (low,) * length
        yield (high,) * length
        yield (*(low,) * (length - 1), high)


def steps_at_the_ends(operation: Operation) -> Iterator[tuple[Step, Any]]:
    """The default step, then one for each end of each range; with the value that is at an end."""
    yield operation.step(), None
    for parameter in operation.parameters:
        for value in extremes(parameter):
            assert value is not None or parameter.optional, f"{operation.name}.{parameter.name} has no limit"
            yield operation.step(**{parameter.name: value}), (parameter.name, value)


def to_apply(operation: Operation, changed: tuple[str, Any] | None) -> list[Any]:
    """The pictures that a step with this value is quickly applied to: by default all that it takes."""
    transform = operation.step().build()
    taken = [value for value in inputs().values() if not isinstance(outcome(transform, value), str)]
    if changed is None:
        return taken
    numbers = changed[1] if isinstance(changed[1], tuple) else (changed[1],)
    is_slow = changed[0] in _SLOW or any(isinstance(n, int) and n > _APPLICABLE for n in numbers)
    return [] if is_slow else taken[:1]


def outcome(transform: Any, value: Any, seed: int = 5) -> Any:
    """What ``transform`` makes of ``value`` after this seed, or why it fails."""
    torch.manual_seed(seed)
    try:
        return transform(value.clone() if isinstance(value, Tensor) else value)
    except Exception as error:  # whatever torchvision raises is compared
        return f"{type(error).__name__}: {error}"


def same(a: Any, b: Any) -> bool:
    """Whether two transforms or values are equal: classes, attributes, pixels; lists are tuples here."""
    a, b = (each.value if isinstance(each, enum.Enum) else each for each in (a, b))
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) is not type(b):
        return not isinstance(a, torch.nn.Module) and isinstance(a, int | float) and bool(a == b)
    if isinstance(a, Tensor):
        return a.dtype == b.dtype and torch.equal(torch.nan_to_num(a), torch.nan_to_num(b))
    if isinstance(a, Image.Image):
        return a.mode == b.mode and a.size == b.size and a.tobytes() == b.tobytes()
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    if isinstance(a, Mapping):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if type(a).__module__.startswith("torchvision"):
        return same(vars(a), vars(b))
    return callable(a) or bool(a == b)


def random_states() -> tuple[Any, ...]:
    """Of PyTorch, Python and numpy."""
    return torch.get_rng_state().tolist(), random.getstate(), str(np.random.get_state())
