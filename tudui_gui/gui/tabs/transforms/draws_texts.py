"""Draws as text: PyTorch's names with the numbers drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.operations import Step
from tudui_gui.gui.tabs.transforms.draws_work import Draw, DrawnStep
from tudui_gui.transforms.nested import inner_steps, is_container

#: What is said in words, or spelled out step by step.
_IN_WORDS = frozenset({"applied", "flipped", "steps", "chosen", "operations"})

_Drawn = Mapping[str, Any]


def details(draw: Draw) -> str:
    """The seed, and everything that each step drew."""
    parts = [f"seed {draw.seed}", *(_with_name(each.step, step_fragments(each)) for each in draw.steps)]
    return "  ·  ".join(parts if draw.error is None else [*parts, _failure()])


def fragments(draw: Draw) -> list[str]:
    """The numbers in short pieces that belong together, for the room under a small picture."""
    if draw.error is not None:
        return [_failure()]
    if len(draw.steps) == 1:
        return _short(draw.steps[0])
    return [_with_name(each.step, _short(each)) for each in draw.steps]


def step_fragments(drawn_step: DrawnStep) -> list[str]:
    """What one step drew, such as ``["i=12", "j=40"]``."""
    return _pieces(drawn_step.step, drawn_step.drawn)


def _short(drawn_step: DrawnStep) -> list[str]:
    return _pieces(drawn_step.step, drawn_step.drawn, short=True)


def value_text(value: Any) -> str:
    """A number with three digits; several with commas."""
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("Draws", "yes"), QCoreApplication.translate("Draws", "no")
        return yes if value else no
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        nested = [f"({value_text(each)})" if isinstance(each, tuple) else value_text(each) for each in value]
        return ",".join(nested)
    return str(value)


def _pieces(step: Step, drawn: _Drawn, *, short: bool = False) -> list[str]:
    """``short`` leaves out what every draw has in common, such as the size of a crop, and what is long."""
    if not drawn.get("applied", True):
        return [QCoreApplication.translate("Draws", "not applied")]
    if "flipped" in drawn:
        yes = QCoreApplication.translate("Draws", "flipped")
        return [yes if drawn["flipped"] else QCoreApplication.translate("Draws", "not flipped")]
    hidden = _hidden_when_short(step) if short else frozenset()
    names = [name for name in drawn if name not in _IN_WORDS | hidden]
    plain = [f"{name}={value_text(drawn[name])}" for name in names]
    pieces = _operations(drawn) + _inner(step, drawn, short) + plain
    return pieces or ([QCoreApplication.translate("Draws", "applied")] if "applied" in drawn else [])


def _hidden_when_short(step: Step) -> frozenset[str]:
    return frozenset({"order", "h", "w"} if step.name == "RandomCrop" else {"order", "weights"})


def _operations(drawn: _Drawn) -> list[str]:
    """``Posterize 4`` of an automatic augmentation."""
    if "operations" not in drawn:
        return []
    texts = [" ".join(value_text(part) for part in each if part is not None) for each in drawn["operations"]]
    return texts or [QCoreApplication.translate("Draws", "no operation")]


def _inner(step: Step, drawn: _Drawn, short: bool) -> list[str]:
    """What the steps within a container drew; nothing of those that did not run."""
    if not is_container(step):
        return []
    pairs = zip(inner_steps(step), drawn.get("steps", ()), strict=False)
    return [_with_name(inner, _pieces(inner, each, short=short)) for inner, each in pairs if each is not None]


def _with_name(step: Step, pieces: Sequence[str]) -> str:
    return " ".join((step.name, *pieces))


def _failure() -> str:
    return QCoreApplication.translate("Draws", "a step fails")
