"""One step of the pipeline: its form, what can be done with it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.problem_box import ProblemBox
from tudui_gui.gui.widgets.parameter_fields import FIELDS
from tudui_gui.gui.widgets.step_box import StepBox
from tudui_gui.gui.widgets.steps_field import StepsField
from tudui_gui.transforms.hints import Hint
from tudui_gui.transforms.nested import Steps
from tudui_gui.transforms.problems import Problem

FIELDS[Steps.kind] = StepsField


class StepCard(StepBox):
    """A step with its problem and its hints.

    Signals
    -------
    fix_requested(object)
        A ``Fix`` to apply.
    """

    fix_requested = Signal(object)

    def __init__(self, prefix: str, index: int, parent: QWidget | None = None) -> None:
        super().__init__(prefix, index, parent)
        self._problem = ProblemBox(self.objectName(), "auto-fix")
        self._column.addWidget(self._problem)
        self._problem.fix_requested.connect(self.fix_requested)
        self._is_skipped = False
        self._shown_problem: Problem | None = None

    def set_step(self, step: Step) -> None:
        """Show ``step``."""
        is_other = self._step is None or self._step.operation is not step.operation
        super().set_step(step)
        if is_other:
            self.set_state(None, False)
            self.set_hints(())
        self._title.setEnabled(step.enabled and not self._is_skipped)

    def set_state(self, problem: Problem | None, is_skipped: bool) -> None:
        """Mark the card as failing, or as not run because a step before it fails."""
        if problem is not self._shown_problem:
            self._shown_problem = problem
            self._problem.set_problem(problem)
            self.update()
        self._is_skipped = is_skipped
        self._title.setEnabled(not is_skipped and self._step is not None and self._step.enabled)

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Say what torchvision accepts, and hardly anybody means."""
        if tuple(hints) != self._problem.hints:
            self._problem.set_hints(hints)

    def _rename(self, name: str) -> None:
        super()._rename(name)
        self._problem.set_prefix(name)

    def _edge(self, colors: theme.Tokens) -> str:
        return colors.danger if self._shown_problem is not None else super()._edge(colors)
