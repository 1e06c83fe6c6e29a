"""Facts about a stage as text."""

from __future__ import annotations

from collections.abc import Sequence

from tudui_gui.images.conversion import Facts


def shape_text(facts: Facts) -> str:
    """``RGB 384 × 256`` of a picture (width first), ``float32 [3, 224, 224]`` of a tensor."""
    if facts.mode:
        height, width = facts.shape[:2]
        return f"{facts.mode} {width} × {height}"
    return f"{facts.dtype.removeprefix('torch.')} {list(facts.shape)}"


def size_text(size: tuple[int, int] | None) -> str:
    """``384 × 256`` of a height of 256 and a width of 384."""
    return f"{size[1]} × {size[0]}" if size is not None else "…"


def kind_text(facts: Facts | None) -> str:
    """``PIL``, ``ndarray`` or ``Tensor``; ``Tensor × 5`` of several."""
    if facts is None:
        return ""
    kind = facts.kind.removesuffix(".Image")
    return f"{kind} × {facts.count}" if facts.count > 1 else kind


def percent_text(share: float) -> str:
    """A share of 0 to 1 as ``62 %``; small ones with two digits, the smallest as ``< 0.1 %``."""
    percent = 100 * share
    number = f"{percent:.0f}" if percent >= 10 else f"{percent:.2g}" if percent >= 0.1 else "< 0.1"
    return f"{number} %"


def range_text(facts: Facts) -> str:
    """The smallest and the largest value."""
    return f"{_number(facts.minimum, facts)} … {_number(facts.maximum, facts)}"


def channel_facts(facts: Facts) -> list[tuple[str, str]]:
    """Mean and standard deviation of each channel."""
    return [("", f"mean {_numbers(facts.mean)}"), ("", f"std  {_numbers(facts.std)}")]


def _number(value: float, facts: Facts) -> str:
    is_whole = "int" in facts.dtype or bool(facts.mode)
    return f"{value:.0f}" if is_whole and float(value).is_integer() else f"{value:.3f}"


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:>5.1f}" if abs(value) >= 10 else f"{value:>5.2f}" for value in values)
