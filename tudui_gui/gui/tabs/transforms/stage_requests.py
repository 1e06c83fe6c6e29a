"""Asking for the stages: previews while a value is being dragged, the exact ones when the hand rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.transforms.stage_rows import Pyramids, SeenRow, seen_work
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.workers import Job, Jobs
from tudui_gui.transforms.pipeline import Pipeline

#: Milliseconds without a change until the exact stages are computed.
REST = 150
KEY = "transforms.stages"


@dataclass(frozen=True, eq=False)
class _Wanted:
    inputs: tuple[Input, ...]
    pipeline: Pipeline
    seed: int


class StageRequests(QObject):
    """One job at a time, and always the newest request. Main thread only.

    A preview is let end before the next begins, so that something is seen while a value is dragged for long;
    exact stages that nobody waits for any more are cancelled.

    Signals
    -------
    rows_ready(object)
        A tuple of ``SeenRow``.
    request_failed(object)
        A ``Failure``.
    """

    rows_ready = Signal(object)
    request_failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pyramids = Pyramids()
        self._wanted: _Wanted | None = None
        self._running: _Wanted | None = None
        self._previewed: _Wanted | None = None
        self._shown: _Wanted | None = None
        self._is_exact = False
        self._job: Job | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._go_on)
        jobs.job_ended.connect(self._forget)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being computed or about to be."""
        return self._job is None and self._wanted is self._shown

    def request(self, inputs: Sequence[Input], pipeline: Pipeline, seed: int) -> None:
        """Show what ``pipeline`` makes of ``inputs`` with ``seed``, as soon as possible."""
        self._wanted = _Wanted(tuple(inputs), pipeline, seed)
        self._rest.start()
        if self._job is not None and self._is_exact:
            self._job.cancel()
            self._job = None
        self._go_on()

    def stop(self) -> None:
        """Let all requests go."""
        self._wanted = self._shown = None
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _go_on(self) -> None:
        """Begin with what comes next: a preview of what is wanted, then, when the hand rests, all of it."""
        if self._job is not None or self._wanted is self._shown or self._wanted is None:
            return
        if self._wanted is not self._previewed:
            self._submit(self._wanted, is_exact=False)
        elif not self._rest.isActive():
            self._submit(self._wanted, is_exact=True)

    def _submit(self, wanted: _Wanted, *, is_exact: bool) -> None:
        self._running, self._is_exact = wanted, is_exact
        work = partial(seen_work, self._pyramids, wanted.inputs, wanted.pipeline, wanted.seed, is_exact)
        title = self.tr("Transforms")
        self._job = self._jobs.submit(work, done=self._show, failed=self._fail, key=KEY, title=title)

    @Slot(object)
    def _show(self, rows: tuple[SeenRow, ...]) -> None:
        self._end(is_exact=all(seen.row.is_exact for seen in rows))
        self.rows_ready.emit(rows)
        self._go_on()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._end(is_exact=True)
        self.request_failed.emit(failure)
        self._go_on()

    @Slot(object)
    def _forget(self, job: Job) -> None:
        """What a person cancels is not begun again before the next change."""
        if job is self._job:
            self._end(is_exact=True)
            self._go_on()

    def _end(self, *, is_exact: bool) -> None:
        self._job = None
        self._previewed = self._running
        if is_exact:
            self._shown = self._running
