"""Asking for the images of the grid in their order, newest wish first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from tudui_gui.datasets.ordering import FILE_ORDERS
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.browser_work import Arranged, Filters, KnownValues, Request, arrange_work
from tudui_gui.gui.workers import Job, Jobs

_KEY = "datasets.filter"


class Arranger(QObject):
    """Has images filtered and sorted in a job.

    Signals
    -------
    arranged(object)
        The :class:`Arranged` of the newest request.
    given_up(object)
        A person cancelled the newest request: the :class:`Filters` that still hold.
    failed(object)
        A ``Failure``.
    """

    arranged = Signal(object)
    given_up = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._known = KnownValues()
        self._job: Job | None = None
        self._applied = Filters()
        jobs.job_ended.connect(self._end)

    def forget(self) -> None:
        """Another source: nothing that is known of its images helps."""
        self._known = KnownValues()

    def request(self, request: Request) -> None:
        """Arrange this instead of what was asked for before."""
        self._job = self._jobs.submit(
            partial(arrange_work, request, self._known),
            done=self._take,
            failed=self._tell,
            key=_KEY,
            title=self.tr("Sorting the images"),
            lasting=request.filters.order in FILE_ORDERS,
        )

    @Slot(object)
    def _take(self, arranged: Arranged) -> None:
        self._applied = arranged.request.filters
        self.arranged.emit(arranged)

    @Slot(object)
    def _tell(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _end(self, job: Job) -> None:
        if job is self._job and job.token.cancelled:
            self._job = None
            self.given_up.emit(self._applied)
