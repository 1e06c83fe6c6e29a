"""Draws as text: PyTorch's names with the numbers drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from tudui_gui.gui.tabs.transforms.draws_work import Draw, DrawnStep

#: What says of a step in words whether it happened.
_SWITCHES = ("applied", "flipped")
#: Lists that :func:`_inner` spells out.
_INNER = ("steps", "chosen")


def details(draw: Draw) -> str:
    """The seed, and everything that each step drew."""
    parts = [f"seed {draw.seed}"]
    parts += [" ".join((step.name, *step_fragments(step))) for step in draw.steps]
    if draw.error is not None:
        parts.append(QCoreApplication.translate("Draws", "a step fails"))
    return "  ·  ".join(parts)


def fragments(draw: Draw) -> list[str]:
    """The numbers in short pieces that belong together, for the room under a small picture."""
    if draw.error is not None:
        return [QCoreApplication.translate("Draws", "a step fails")]
    if len(draw.steps) == 1:
        return step_fragments(draw.steps[0])
    return [" ".join((step.name, *step_fragments(step))) for step in draw.steps]


def step_fragments(step: DrawnStep) -> list[str]:
    """What one step drew, such as ``["i=12", "j=40"]``."""
    return _pieces(step.drawn)


def _pieces(drawn: Mapping[str, Any]) -> list[str]:
    if not drawn.get("applied", True):
        return [QCoreApplication.translate("Draws", "not applied")]
    if "flipped" in drawn:
        yes = QCoreApplication.translate("Draws", "flipped")
        return [yes if drawn["flipped"] else QCoreApplication.translate("Draws", "not flipped")]
    if "operations" in drawn:
        none = QCoreApplication.translate("Draws", "no operation")
        return [_operation(each) for each in drawn["operations"]] or [none]
    plain = [f"{name}={value_text(value)}" for name, value in drawn.items() if _is_plain(name, value)]
    applied = [QCoreApplication.translate("Draws", "applied")] if "applied" in drawn else []
    return plain + _inner(drawn) or applied


def _is_plain(name: str, value: Any) -> bool:
    return name not in (*_SWITCHES, *_INNER) and value is not None


def _inner(drawn: Mapping[str, Any]) -> list[str]:
    """What the steps within a container drew."""
    chosen = drawn.get("chosen")
    names = [value_text(chosen)] if chosen is not None else []
    inner = [each for each in drawn.get("steps", ()) if isinstance(each, Mapping)]
    return names + [piece for each in inner for piece in _pieces(each)]


def _operation(operation: Sequence[Any]) -> str:
    """``Posterize 4`` of an automatic augmentation."""
    return " ".join(value_text(each) for each in operation if each is not None)


def value_text(value: Any) -> str:
    """A number with three digits; several with commas."""
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("Draws", "yes"), QCoreApplication.translate("Draws", "no")
        return yes if value else no
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(map(value_text, value))
    return str(value)
