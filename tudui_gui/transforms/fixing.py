"""Repaired lists of steps: what a problem or a hint offers as one click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.transforms import flow
from tudui_gui.transforms.flow import Form

Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Fix:
    """A repaired list of steps.

    Attributes
    ----------
    label : str
        What is done, marked for translation in the context ``catalog``.
    steps : tuple of Step
        All steps of the repaired pipeline.
    """

    label: str
    steps: Steps


@dataclass(frozen=True)
class Problem:
    """Why a step failed, and how one click puts it right (``None`` where nobody can know)."""

    error: TransformError
    fix: Fix | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """A step that failed.

    Attributes
    ----------
    steps, index
        The step is ``steps[index]``.
    value : PIL image, ndarray, Tensor or tuple of them
        What the step was given.
    detail : str
        What PyTorch said.
    start : Form
        What the pipeline was given.
    """

    steps: Steps
    index: int
    value: Any
    detail: str
    start: Form

    @property
    def step(self) -> Step:
        """The step that failed."""
        return self.steps[self.index]

    @property
    def form(self) -> Form:
        """The form of ``value``."""
        return flow.form_of(self.value)

    def error(self, what: str, remedy: str = "", **fields: object) -> TransformError:
        """The error with PyTorch's message; both texts are marked, ``step`` is among their fields."""
        return TransformError(what, remedy=remedy, detail=self.detail, **{"step": self.step.name, **fields})

    def best(self, fixes: Iterable[Fix]) -> Fix | None:
        """The first of ``fixes`` whose steps can all take what they are given; else one that gets further."""
        further = None
        for fix in fixes:
            end = flow.first_refusal(fix.steps, self.start)
            if end is None:
                return fix
            if further is None and end > self.index + len(fix.steps) - len(self.steps):
                further = fix
        return further


def without(steps: Steps, index: int) -> Steps:
    """``steps`` without the one at ``index``."""
    return (*steps[:index], *steps[index + 1 :])


def replaced(steps: Steps, index: int, step: Step) -> Steps:
    """``steps`` with ``step`` at ``index``."""
    return (*steps[:index], step, *steps[index + 1 :])


def inserted(steps: Steps, index: int, *new: Step) -> Steps:
    """``steps`` with ``new`` before the one at ``index``."""
    return (*steps[:index], *new, *steps[index:])


def moved(steps: Steps, index: int, to: int) -> Steps:
    """``steps`` with the one at ``index`` at the place ``to``."""
    rest = without(steps, index)
    return (*rest[:to], steps[index], *rest[to:])


def kind_phrase(value: Any) -> Phrase:
    """What ``value`` is, as a noun."""
    if isinstance(value, tuple | list):
        return Phrase(QT_TRANSLATE_NOOP("errors", "tuple of {count} pictures"), {"count": len(value)})
    if isinstance(value, Image.Image):
        return Phrase(QT_TRANSLATE_NOOP("errors", "PIL image"))
    form = flow.form_of(value)
    if form.kind == flow.TENSOR:
        return Phrase(QT_TRANSLATE_NOOP("errors", "tensor"))
    return Phrase(QT_TRANSLATE_NOOP("errors", "numpy array"))
