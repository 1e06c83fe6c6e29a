"""Values as a person types them <-> values."""

from __future__ import annotations

import math
from typing import Any


def parse_integer(text: str) -> int | str:
    """``"32"`` -> 32; anything else stays text."""
    try:
        return int(text)
    except ValueError:
        return text


def parse_number(text: str) -> float | str:
    """``"1e-4"`` -> 0.0001; anything else, and what is not finite, stays text."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def parse_integers(text: str) -> int | str | tuple[int | str, ...]:
    """``"32"`` -> 32, ``"32, 48"`` or ``"(32, 48)"`` -> (32, 48)."""
    parts = _parts(text)
    return parse_integer(parts[0]) if len(parts) == 1 else tuple(map(parse_integer, parts))


def parse_numbers(text: str) -> tuple[float | str, ...] | str:
    """``"0.5, 0.5, 0.5"`` or ``"[0.5, 0.5, 0.5]"`` -> (0.5, 0.5, 0.5)."""
    return tuple(map(parse_number, _parts(text))) if text else text


def parse_number_or_several(text: str) -> float | str | tuple[float | str, ...]:
    """``"0.5"`` -> 0.5, ``"0.5, 1.5"`` or ``"(0.5, 1.5)"`` -> (0.5, 1.5), ``"[0.5]"`` -> (0.5,)."""
    parts = _parts(text)
    is_list = len(parts) > 1 or text.strip()[:1] in ("(", "[")
    return tuple(map(parse_number, parts)) if is_list else parse_number(parts[0])


def parse_whole_numbers(text: str) -> tuple[int | str, ...]:
    """``"3, 5"`` or ``"[3, 5]"`` -> (3, 5)."""
    return tuple(map(parse_integer, _parts(text)))


def _parts(text: str) -> list[str]:
    inside = text.strip().strip("()[]").rstrip(",")
    separated = inside.replace("，", ",")
    return [part.strip() for part in separated.split(",")] if "," in separated else separated.split() or [""]


def format_value(value: Any) -> str:
    """The shortest text that a field parses back to ``value``; empty for ``None``."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(map(format_value, value))
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e6 else repr(value)
    return str(value)
