"""What a step computes for one pixel, with the numbers put in."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Facts

_SCALING = frozenset({"ToTensor", "ConvertImageDtype", "ToDtype"})


def symbols(step: Step, given: Facts | None, made: Facts | None) -> tuple[str, ...]:
    """What a step computes, a line a channel, with ``x`` for the value; empty where it is no such formula.

    Parameters
    ----------
    given, made : Facts or None
        Of what the step was given and of what it made.
    """
    if made is None or given is None:
        return ()
    if step.name == "Normalize":
        mean, std = (_repeated(step.values[name], made.channels) for name in ("mean", "std"))
        return tuple(f"(x - {m:g}) / {s:g}" for m, s in zip(mean, std, strict=True))
    if (
        step.name in _SCALING
        and given.dtype.endswith("uint8")
        and "float" in made.dtype
        and made.maximum <= 1
    ):
        return ("x / 255",) * made.channels
    return ()


def formulas(step: Step, before: NDArray[np.generic], after: NDArray[np.generic]) -> tuple[str, ...]:
    """A line a channel, such as ``(0.482 - 0.5) / 0.5 ≈ -0.035``, for a step that has :func:`symbols`.

    Parameters
    ----------
    step : Step
    before, after : ndarray of the channels
        The values of the pixel before and after the step; as many of both, else the result is empty.

    Notes
    -----
    ``=`` stands where the numbers as they are written give the result as it is written, else ``≈``.
    """
    if len(before) != len(after):
        return ()
    pairs = [(float(x), float(y)) for x, y in zip(before, after, strict=True)]
    if step.name != "Normalize":
        return tuple(f"{x:.0f} / 255 {_sign(x / 255, y)} {y:.3f}" for x, y in pairs)
    mean, std = (_repeated(step.values[name], len(after)) for name in ("mean", "std"))
    return tuple(_normalized(x, y, m, s) for (x, y), m, s in zip(pairs, mean, std, strict=True))


def number_text(value: float) -> str:
    """A value of a pixel: whole ones as they are, others with three digits after the point."""
    return str(int(value)) if isinstance(value, int | np.integer | np.bool_) else f"{value:.3f}"


def _normalized(x: float, y: float, mean: float, std: float) -> str:
    computed = (float(f"{x:.3f}") - mean) / std if std else math.nan
    return f"({x:.3f} - {mean:g}) / {std:g} {_sign(computed, y)} {y:.3f}"


def _sign(computed: float, result: float) -> str:
    return "=" if f"{computed:.3f}" == f"{result:.3f}" else "≈"


def _repeated(numbers: Sequence[float], count: int) -> list[float]:
    return list(numbers) if len(numbers) == count else [numbers[0]] * count
