"""Why a transform cannot be applied, and the list of steps that would work."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import flow, nested
from tudui_gui.transforms.fixing import (
    Case,
    Fix,
    Problem,
    Steps,
    inserted,
    kind_phrase,
    replaced,
    tried,
    without,
)
from tudui_gui.transforms.kind_problems import explain_kind
from tudui_gui.transforms.value_checks import StepError, check_result, check_values
from tudui_gui.transforms.value_problems import explain_value

__all__ = ["Fix", "Problem", "build_step", "check_size", "diagnose"]


def build_step(step: Step) -> Any:
    """The torchvision object. Raises ``TransformError`` for values that do not go together."""
    _check(step)
    try:
        return step.build()
    except (TypeError, ValueError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{step} cannot be made with these values."),
            remedy=QT_TRANSLATE_NOOP("errors", "Change them, or take the default values."),
            detail=str(cause),
            step=step.name,
        ) from cause


def _check(step: Step) -> None:
    check_values(step)
    for inner in flow.inner_steps(step) or ():
        if inner.enabled:
            _check(inner)


def check_size(step: Step, value: Any) -> None:
    """Raise ``TransformError`` for a result that would take up the whole memory."""
    check_result(step, value)


def diagnose(steps: Steps, index: int, value: Any, cause: Exception, given: Any = None) -> Problem:
    """Why ``steps[index]`` failed on ``value`` with ``cause``.

    Parameters
    ----------
    value : PIL image, ndarray, Tensor or tuple of them
        What the step was given.
    given : PIL image, ndarray or Tensor, optional
        What the pipeline was given; a picture by default, unless ``value`` is an array.
    """
    if isinstance(cause, TransformError):
        error = copy(cause)  # without the traceback, whose frames keep the pixels alive
        if isinstance(cause, StepError) and not cause.is_of_memory:
            error.detail = _said_by_torchvision(steps[index], value)
        return Problem(error, _repair(steps, index, cause))
    start = _start(steps[:index], value, given)
    case = Case(steps, index, value, str(cause) or type(cause).__name__, start)
    return explain_kind(case) or _explain_inside(case) or explain_value(case) or _unknown(case, cause)


def _said_by_torchvision(step: Step, value: Any) -> str:
    """Why torchvision refuses the step's own values."""
    try:
        tried(step.build(), step, value)
    except Exception as cause:  # whatever torchvision raises is what is looked for
        return str(cause)
    return ""


def _repair(steps: Steps, index: int, cause: TransformError) -> Fix | None:
    repaired = cause.repaired if isinstance(cause, StepError) else None
    if repaired is None or not isinstance(cause, StepError):
        return None
    return Fix(cause.label, _with_repaired(steps, index, repaired))


def _with_repaired(steps: Steps, index: int, repaired: Step) -> Steps:
    """``repaired`` in the place of the step, or of the step within it that has its name."""
    step = steps[index]
    if step.operation is repaired.operation:
        return replaced(steps, index, replace(repaired, enabled=step.enabled))
    return steps


def _start(before: Steps, value: Any, given: Any) -> flow.Form:
    """The form of what the pipeline was given, as far as it can be known."""
    if given is not None:
        return flow.form_of(given)
    is_array = any(step.enabled and "needs_array" in step.operation.tags for step in before)
    return flow.Form(flow.ARRAY if is_array or flow.form_of(value).kind == flow.ARRAY else flow.PICTURE)


def _explain_inside(case: Case) -> Problem | None:
    """The problem of the step within a container that fails; its fix where that is a change of its values."""
    inside = flow.inner_steps(case.step)
    if inside is None:
        return None
    found = _failing(case.step, inside, case.value)
    if found is None:
        return None
    index, value, cause = found
    problem = diagnose(inside, index, value, cause, value)
    return Problem(problem.error, _lifted(case, inside, problem.fix) if problem.fix else None)


def _lifted(case: Case, inside: Steps, fix: Fix) -> Fix | None:
    """What ``fix`` does within the container: other values there, or a step that comes before all of it."""
    if len(fix.steps) == len(inside):
        changed = nested.with_inner_steps(case.step, fix.steps)
        return Fix(fix.label, replaced(case.steps, case.index, changed))
    for place, new in enumerate(fix.steps):
        if without(fix.steps, place) == inside:
            return case.best((Fix(fix.label, inserted(case.steps, case.index, new)),))
    return None


def _failing(step: Step, inside: Steps, value: Any) -> tuple[int, Any, Exception] | None:
    """Index of the first step that fails, what it was given, and why; each is given the container's value
    where their order is drawn."""
    in_turn = step.name in ("Compose", "RandomApply")
    for index, inner in enumerate(inside):
        if not inner.enabled:
            continue
        try:
            transform = build_step(inner)
            check_size(inner, value)
            made = tried(transform, inner, value)
        except Exception as cause:  # whatever PyTorch raises is what is looked for
            return index, value, cause
        value = made if in_turn else value
    return None


def _unknown(case: Case, cause: Exception) -> Problem:
    if isinstance(cause, MemoryError) or "allocate memory" in case.detail:
        return Problem(
            case.error(
                QT_TRANSLATE_NOOP("errors", "There is not enough memory for what {step} makes."),
                QT_TRANSLATE_NOOP("errors", "Take a smaller picture, or put Resize before it."),
            )
        )
    what = QT_TRANSLATE_NOOP("errors", "{step} cannot be applied to this {given}.")
    return Problem(case.error(what, given=kind_phrase(case.value)))
