"""Facts about a stage as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tudui_gui.images.conversion import Facts

_CROP = ("i", "j", "h", "w")


def shape_text(facts: Facts) -> str:
    """``RGB 384 × 256`` of a picture (width first), ``float32 [3, 224, 224]`` of a tensor."""
    if facts.mode:
        height, width = facts.shape[:2]
        return f"{facts.mode} {width} × {height}"
    return f"{facts.dtype.removeprefix('torch.')} {list(facts.shape)}"


def range_text(facts: Facts) -> str:
    """The smallest and the largest value."""
    return f"{_number(facts.minimum, facts)} … {_number(facts.maximum, facts)}"


def channel_facts(facts: Facts) -> list[tuple[str, str]]:
    """Mean and standard deviation of each channel."""
    return [("mean", _numbers(facts.mean)), ("std", _numbers(facts.std))]


def drawn_text(drawn: Mapping[str, Any], *, short: bool = False) -> str:
    """What a random step drew, by PyTorch's names; ``short`` leaves out the size of a crop."""
    names = [name for name in drawn if not (short and name in ("h", "w", "order"))]
    return " ".join(f"{name}={_value(drawn[name])}" for name in names)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(map(_value, value))
    return str(value)


def _number(value: float, facts: Facts) -> str:
    is_whole = "int" in facts.dtype or bool(facts.mode)
    return f"{value:.0f}" if is_whole and float(value).is_integer() else f"{value:.3f}"


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:>5.1f}" if abs(value) >= 10 else f"{value:>5.2f}" for value in values)
