"""Correcting a data set: edits that can be undone, and are written before they are shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.browser_work import Change
from tudui_gui.gui.tabs.datasets.editing_work import (
    Edited,
    State,
    edit_work,
    is_same_source,
    restore_work,
)
from tudui_gui.gui.workers import Job, Jobs, Progress


class EditController(QObject):
    """Makes edits one after the other, each in a job: select anew, write the file, show, undo stack.

    An edit that fails did not happen. One that is asked for while a data set is being opened waits for it.
    Undo and redo take the step of the experiment back at once and the corrections in a job; if that fails,
    the undo stack is put back.

    Parameters
    ----------
    is_opening : callable
        Whether another data set, or another selection of the open one, is being opened.

    Signals
    -------
    applied(object)
        The ``Dataset`` with other corrections; the receiver makes it the session's, at once.
    step_expected(object)
        The step that the experiment is going to have: it is being made, nobody else need open it.
    failed(object)
        A ``Failure``: all is as before.
    noticed(str)
        Something the person should know, translated.
    """

    applied = Signal(object)
    step_expected = Signal(object)
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(
        self, session: Session, jobs: Jobs, is_opening: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._is_opening = is_opening
        self._session = session
        self._jobs = jobs
        self._waiting: deque[_NewEdit | _Restoring] = deque()
        self._running: _NewEdit | _Restoring | None = None
        self._job: Job | None = None
        self._made: _Made | None = None
        self.is_restoring_stack = False
        jobs.job_ended.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Whether an edit is being made."""
        return self._running is not None

    def edit(self, change: Change, text: str) -> None:
        """Change the corrections of the open data set.

        Parameters
        ----------
        change : callable
            ``Edits`` -> ``Edits``; called off the main thread, perhaps more than once.
        text : str
            What it does, translated.
        """
        if self._session.dataset is not None:
            self._put(_NewEdit(change, text, self._session.dataset.step))

    def restore(self, command: _Command, state: State, *, is_undo: bool) -> None:
        """Bring back ``state``; called by the command's undo and redo."""
        experiment = self._session.experiment
        previous = experiment.dataset
        step = state.step
        if is_same_source(previous, step):
            step = previous.with_values(edits=step.values["edits"])
        self.step_expected.emit(step)
        self._session.apply_experiment(replace(experiment, dataset=step))
        index = self._session.undo_stack.index() + (-1 if is_undo else 1)
        self._put(_Restoring(command, state, step, previous, is_undo, index))

    def _put(self, task: _NewEdit | _Restoring) -> None:
        self._waiting.append(task)
        self._start_next()

    def _start_next(self) -> None:
        if self._running is not None or not self._waiting:
            return
        if isinstance(self._waiting[0], _NewEdit) and self._is_opening():
            return  # the end of that job starts it
        task = self._running = self._waiting.popleft()
        dataset = self._session.dataset
        if isinstance(task, _NewEdit):
            if dataset is None or not is_same_source(dataset.step, task.step):
                self._finish()  # another data set was opened meanwhile
                return
            made: Callable[[CancelToken], Any] = partial(edit_work, dataset, task.change)
        else:
            opened = dataset if dataset is not None and is_same_source(dataset.step, task.step) else None
            made = partial(restore_work, opened, task.state, task.step, task.command.file)
        self._made = _Made(made, dataset)
        self._job = self._jobs.submit(self._made, failed=self._fail, title=self.tr("Correcting the data set"))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _end(self, job: Job) -> None:
        """Done, failed or cancelled: what was written counts, whoever cancelled the job after that."""
        if job is not self._job:
            self._start_next()
            return
        task, made = self._running, self._made
        assert task is not None
        assert made is not None
        self._job = None
        if isinstance(task, _NewEdit):
            self._take_edit(task, made)
        elif made.is_done:
            self._show(made.result, task.step)
        else:
            self._take_back(task)
        self._finish()

    def _finish(self) -> None:
        self._running = self._made = None
        self._start_next()

    def _take_edit(self, task: _NewEdit, made: _Made) -> None:
        if not made.is_done or made.result is None:
            return
        edited: Edited = made.result
        if self._session.dataset is not made.dataset or self._is_opening() or self._waiting_restores():
            # The data set is split anew, or an earlier edit undone: the change comes on top of that.
            self._waiting.append(task)
            return
        self.applied.emit(edited.dataset)
        self._session.push_edit(_Command(self, edited, task.text))
        if edited.took_up:
            self.noticed.emit(self.tr("Corrections of this data set from before were taken up again."))

    def _waiting_restores(self) -> bool:
        return any(isinstance(task, _Restoring) for task in self._waiting)

    def _show(self, dataset: Dataset, step: Step) -> None:
        if self._session.experiment.dataset == step:
            self.applied.emit(dataset)

    def _take_back(self, task: _Restoring) -> None:
        """Put the undo stack and the experiment back to before an undo or redo that failed."""
        stack = self._session.undo_stack
        if stack.index() != task.index or self._waiting_restores():
            return
        self.is_restoring_stack = True
        try:
            stack.redo() if task.is_undo else stack.undo()
        finally:
            self.is_restoring_stack = False
        self.step_expected.emit(task.previous)
        self._session.apply_experiment(replace(self._session.experiment, dataset=task.previous))

    def show_first(self, state: State) -> None:
        """Make the step of a new edit the experiment's; called by its command when it is pushed."""
        self._session.apply_experiment(replace(self._session.experiment, dataset=state.step))


@dataclass(frozen=True, eq=False)
class _NewEdit:
    """A change that waits; ``step`` is of the data set it was asked for."""

    change: Change
    text: str
    step: Step


@dataclass(frozen=True, eq=False)
class _Restoring:
    """A state to bring back; ``index`` is the undo stack's after that."""

    command: _Command
    state: State
    step: Step
    previous: Step
    is_undo: bool
    index: int


class _Made:
    """The work of a job, which keeps its own result: a job cancelled too late has none."""

    def __init__(self, work: Callable[[CancelToken], Any], dataset: Dataset | None) -> None:
        self._work = work
        self.dataset = dataset
        self.is_done = False
        self.result: Any = None

    def __call__(self, token: CancelToken, progress: Progress) -> None:
        self.result = self._work(token)
        self.is_done = True


class _Command(QUndoCommand):
    """One edit on the undo stack, made before it is pushed: its first redo only tells the experiment."""

    def __init__(self, controller: EditController, edited: Edited, text: str) -> None:
        super().__init__(text)
        self._controller = controller
        self._before, self._after = edited.before, edited.after
        self.file = edited.file
        self._is_new = True

    def redo(self) -> None:
        if self._is_new:
            self._is_new = False
            self._controller.show_first(self._after)
        elif not self._controller.is_restoring_stack:
            self._controller.restore(self, self._after, is_undo=False)

    def undo(self) -> None:
        if not self._controller.is_restoring_stack:
            self._controller.restore(self, self._before, is_undo=True)
