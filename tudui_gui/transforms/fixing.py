"""Repaired lists of steps: what a problem or a hint offers as one click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from PIL import Image

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.transforms import flow, nested
from tudui_gui.transforms.flow import Form
from tudui_gui.transforms.value_checks import check_result, check_values

#: How often a step that draws is tried: it may fail by chance alone.
_TRIALS = 8
_TRIALS_OF_LARGE = 2
_MANY_PIXELS = 500_000

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

    def works_with(self, value: Any) -> bool:
        """Whether the step does with ``value`` what it cannot do with what it was given."""
        return _works(self.step, value)

    def works_as(self, step: Step) -> bool:
        """Whether ``step`` does with the value what the step that failed cannot."""
        return _works(step, self.value)

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


def tried(transform: Any, step: Step, value: Any) -> Any:
    """What ``transform``, the object of ``step``, makes of ``value``, without a trace in the random state.

    What happens by chance alone is tried several times. Raises whatever PyTorch raises.
    """
    height, width = flow.form_of(value).size or (1, 1)
    trials = _TRIALS if height * width < _MANY_PIXELS else _TRIALS_OF_LARGE
    with RANDOM_LOCK, torch.random.fork_rng(devices=[]):
        for _ in range(trials if nested.is_random(step) else 1):
            made = transform(value)
        return made


def _works(step: Step, value: Any) -> bool:
    try:
        check_values(step)
        check_result(step, value)
        tried(step.build(), step, value)
    except Exception:  # whatever PyTorch raises is an answer
        return False
    return True


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
