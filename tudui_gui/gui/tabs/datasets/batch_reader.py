"""The jobs behind the card of the batches: the newest request wins, and nothing runs while nobody looks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.batch_work import Drawn, Seen, draw_work, read_work
from tudui_gui.gui.workers import Job, Jobs
from tudui_gui.training.epochs import Loading
from tudui_gui.training.seen import Draws, Place, Reading, Subject, Times

_DRAW = "datasets.batches"
_READ = "datasets.batch_tensor"
#: Worker processes are not started for every number somebody passes by.
_PAUSE_MS = 400


class BatchReader(QObject):
    """Draws epochs and reads batches. Main thread only.

    Signals
    -------
    drawn(object)
        A ``Drawn``.
    seen(object)
        A tuple of ``Seen``, in the order of the places asked for.
    failed(object)
        A ``Failure`` of either.
    waiting(int)
        So many worker processes are about to be started.
    given_up()
        A person cancelled the reading.
    """

    drawn = Signal(object)
    seen = Signal(object)
    failed = Signal(object)
    waiting = Signal(int)
    given_up = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._readings: dict[Place, Reading] = {}
        self._draws: Draws | None = None
        self._times: dict[int, Times] = {}
        self._times_of: tuple[object, ...] = ()
        self._wanted: tuple[Subject, tuple[Place, ...], bool] | None = None
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        jobs.job_ended.connect(self._notice_end)

    @property
    def times(self) -> tuple[Times, ...]:
        """The last measure of each number of workers, all else being the same."""
        return tuple(self._times[workers] for workers in sorted(self._times))

    def draw(self, image_set: ImageSet, loading: Loading, numbers: Sequence[int]) -> None:
        """Draw the epochs ``numbers``."""
        self._jobs.submit(
            partial(draw_work, image_set, loading, numbers),
            done=self._tell_drawn,
            failed=self._tell_failure,
            key=_DRAW,
            title=self.tr("Batches"),
        )

    def read(self, subject: Subject, places: tuple[Place, ...], *, patient: bool = False) -> None:
        """Read the batches at ``places``; ``patient``: go through all that come before, as training does.

        What was read ahead is there at once.
        """
        self._jobs.cancel(_READ)
        self._wanted = (subject, places, patient)
        workers = subject.loading.num_workers
        if patient:
            self._readings = {}
        if workers and not self._readings.keys() >= set(places):
            self.waiting.emit(workers)
            self._pause.start()
        else:
            self._start()

    def rest(self) -> None:
        """Draw and read nothing; worker processes are stopped."""
        self._pause.stop()
        self._jobs.cancel(_DRAW)
        self._jobs.cancel(_READ)

    def forget(self) -> None:
        """What was read does not hold any more."""
        self._readings = {}

    @Slot()
    def _start(self) -> None:
        self._pause.stop()
        if self._wanted is None:
            return
        subject, places, patient = self._wanted
        if self._draws is None or not self._draws.fits(subject):
            self._draws = Draws(subject)
        self._job = self._jobs.submit(
            partial(read_work, subject, places, self._readings, self._draws, patient),
            done=self._take,
            failed=self._tell_failure,
            key=_READ,
            title=self.tr("Reading a batch"),
            lasting=patient or subject.loading.num_workers > 0,
        )

    @Slot(object)
    def _take(self, seen: tuple[Seen, ...]) -> None:
        self._readings = {place: each.reading for each in seen for place in each.reading.batches}
        if self._wanted is not None:
            subject = self._wanted[0]
            measured = (subject.image_set, subject.pipeline, subject.loading.batch_size)
            if measured != self._times_of:
                self._times_of, self._times = measured, {}
            self._times |= {each.reading.times.num_workers: each.reading.times for each in seen}
        self.seen.emit(seen)

    @Slot(object)
    def _tell_drawn(self, drawn: Drawn) -> None:
        self.drawn.emit(drawn)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _notice_end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.token.cancelled and not self._pause.isActive():
                self.given_up.emit()
