"""The job behind the draws: one at a time, the newest request wins, results come as they are made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.transforms.draws_work import (
    Beginning,
    Draw,
    Subject,
    draws_work,
    exact_work,
    save_work,
)
from tudui_gui.gui.workers import Job, Jobs

_EXACT = "transforms.draw"

_Wanted = tuple[Subject, range]


class DrawsReader(QObject):
    """Draws in the pool. Main thread only.

    A step that runs cannot be ended; were every edit to start another job, they would take up the pool's
    threads until the first step is done. So the next one waits for the one before.

    Signals
    -------
    begun(object)
        A ``Beginning``: what the seeds start from. Draws of another request are over.
    drawn(object)
        A sequence of ``Draw``: the next ones.
    ended()
        There are no more.
    failed(object)
        A ``Failure`` of drawing, copying or saving.
    exact(object)
        The ``QImage`` of :meth:`want_exact`.
    saved(object)
        The ``Path`` of :meth:`save`.
    """

    begun = Signal(object)
    drawn = Signal(object)
    ended = Signal()
    failed = Signal(object)
    exact = Signal(object)
    saved = Signal(object)

    _sent = Signal(int, object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._number = 0
        self._job: Job | None = None
        self._shown: _Wanted | None = None
        self._next: _Wanted | None = None
        self._beginning: Beginning | None = None
        self._sent.connect(self._take)
        jobs.job_ended.connect(self._go_on)

    def want(self, subject: Subject, seeds: range) -> None:
        """Draw ``subject`` with ``seeds``, unless that is what was asked for last."""
        last = self._next or self._shown
        if last is not None and last[1] == seeds and subject.is_like(last[0]):
            return
        self._next = (subject, seeds)
        if self._job is not None:
            self._job.cancel()
        else:
            self._start()

    def rest(self) -> None:
        """Draw nothing; what is asked for next is drawn anew."""
        self._next = self._shown = None
        self._number += 1
        if self._job is not None:
            self._job.cancel()

    def want_exact(self, subject: Subject, seed: int) -> None:
        """Make one draw in full size."""
        self._jobs.submit(
            partial(exact_work, subject, self._beginning, seed),
            done=self._tell_exact,
            failed=self._tell_failure,
            key=_EXACT,
            title=self.tr("Draw"),
        )

    def save(self, path: Path, subject: Subject, seed: int) -> None:
        """Write one draw in full size as PNG."""
        self._jobs.submit(
            partial(save_work, path, subject, self._beginning, seed),
            done=self._tell_saved,
            failed=self._tell_failure,
            title=self.tr("Save a draw"),
        )

    def _start(self) -> None:
        if self._next is None:
            return
        subject, seeds = self._shown = self._next
        self._next = None
        self._number += 1
        self._job = self._jobs.submit(
            partial(draws_work, subject, self._beginning, seeds, _Sender(self, self._number)),
            done=self._tell_end,
            failed=self._tell_failure,
            title=self.tr("Draws"),
        )

    @Slot(object)
    def _go_on(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        if job.token.cancelled:
            self._shown = None
        self._start()

    @Slot(int, object)
    def _take(self, number: int, result: Beginning | Sequence[Draw]) -> None:
        if number != self._number or self._next is not None:
            return
        if isinstance(result, Beginning):
            self._beginning = result
            self.begun.emit(result)
        else:
            self.drawn.emit(result)

    @Slot(object)
    def _tell_end(self, nothing: None) -> None:
        self.ended.emit()

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _tell_exact(self, image: QImage) -> None:
        self.exact.emit(image)

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self.saved.emit(path)


class _Sender:
    """Sends results from the pool's thread to the main one."""

    def __init__(self, reader: DrawsReader, number: int) -> None:
        self._reader = reader
        self._number = number

    def __call__(self, result: Beginning | Sequence[Draw]) -> None:
        if shiboken6.isValid(self._reader):  # the window may have been closed meanwhile
            self._reader._sent.emit(self._number, result)
