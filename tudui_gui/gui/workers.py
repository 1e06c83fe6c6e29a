"""Short jobs in a pool of threads, with one error boundary; training stands beside it."""

from __future__ import annotations

import itertools
import logging
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, QRunnable, QThread, QThreadPool, QTimer, Signal, Slot

from tudui_gui.core.cancellation import Cancelled, CancelToken, heeding
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.threads import REPORT_INTERVAL, STACK_SIZE
from tudui_gui.gui.training_thread import TrainingController

__all__ = ["Failure", "Job", "Jobs", "TrainingController"]

logger = logging.getLogger(__name__)

#: ``progress(fraction, text)``: fraction 0..1, or negative when it is not known; text is already translated.
Progress = Callable[[float, str], None]
Work = Callable[[CancelToken, Progress], Any]


@dataclass(eq=False)
class Job:
    """A submitted piece of work. Main thread only.

    Attributes
    ----------
    title : str
        Translated; shown in the status bar when the job lasts over 0.3 s. Empty: never shown.
    key : str or None
        A newer job with the same key replaces this one.
    """

    number: int
    title: str
    key: str | None
    token: CancelToken = field(default_factory=CancelToken)
    started: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        """Ask the work to stop; neither ``done`` nor ``failed`` will be called."""
        self.token.cancel()


class Jobs(QObject):
    """Short jobs on a pool of two threads; results arrive on the main thread. Main thread only.

    Signals
    -------
    job_started(object)
        A :class:`Job` was submitted.
    job_progressed(object, float, str)
        The job, its fraction (0..1, negative: unknown) and a text; at most 20 times a second a job.
    job_ended(object)
        The job is done, failed, or its cancelled work has returned.
    """

    job_started = Signal(object)
    job_progressed = Signal(object, float, str)
    job_ended = Signal(object)

    _returned = Signal(object)
    _reported = Signal(int, float, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {False: _make_pool(self, 2), True: _make_pool(self, 2)}
        self._numbers = itertools.count(1)
        self._running: dict[int, tuple[Job, _Receiver | None, _Receiver | None]] = {}
        self._newest: dict[str, Job] = {}
        self._returned.connect(self._deliver)
        self._reported.connect(self._report)

    def submit(
        self,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Failure], object] | None = None,
        key: str | None = None,
        title: str = "",
        lasting: bool = False,
    ) -> Job:
        """Run ``work(token, progress)`` on a pool thread.

        Parameters
        ----------
        work : callable
            Must not touch widgets. Polls ``token`` (``token.raise_if_cancelled()``) where it can take long;
            reading a picture polls it by itself. May call ``progress(fraction, text)`` as often as it likes.
            Bind its inputs with ``functools.partial`` or a closure over immutable values.
        done : bound method of a QObject
            Called on the main thread with what ``work`` returned; dropped if its object is gone.
        failed : bound method of a QObject
            Called with a :class:`Failure`. Without it the failure goes to the log.
        key : str, optional
            The newest job of a key wins: the older one is cancelled and its result dropped.
        title : str
            Translated; shown in the status bar if the job lasts over 0.3 s.
        lasting : bool
            Minutes rather than moments (downloads, scans): runs beside the others; they need not wait.
        """
        job = Job(next(self._numbers), title, key)
        if key is not None:
            self.cancel(key)
            self._newest[key] = job
        self._running[job.number] = (job, _receiver(done), _receiver(failed))
        self.job_started.emit(job)
        self._pools[lasting].start(_Runnable(self, job, work))
        return job

    def cancel(self, key: str) -> None:
        """Cancel the job of this key, if one is running."""
        job = self._newest.pop(key, None)
        if job is not None:
            job.cancel()

    def cancel_all(self) -> None:
        """Cancel every job; no slot will be called any more."""
        for job, _, _ in self._running.values():
            job.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether no job is waiting, running or undelivered."""
        return not self._running

    def wait_idle(self, timeout_ms: int = 10_000) -> bool:
        """Run the event loop until every job is delivered. For closing and for tests."""
        events = QEventLoop()
        timer = QTimer(events)
        timer.setSingleShot(True)
        timer.timeout.connect(events.quit)
        timer.start(timeout_ms)
        self.job_ended.connect(events.quit)
        while self._running and timer.isActive():
            events.exec()
        self.job_ended.disconnect(events.quit)
        return self.is_idle

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        job, done, failed = self._running.pop(outcome.number)
        if job.key is not None and self._newest.get(job.key) is job:
            del self._newest[job.key]
        if not job.token.cancelled:
            self._call(outcome, done, failed)
        self.job_ended.emit(job)

    def _call(self, outcome: _Outcome, done: _Receiver | None, failed: _Receiver | None) -> None:
        failure = outcome.failure
        if failure is None:
            if done is not None:
                done.call(outcome.result)
            return
        if failed is not None:
            failed.call(failure)
        if failed is None or not failure.expected:
            logger.error("%s\n%s", failure, failure.trace)

    @Slot(int, float, str)
    def _report(self, number: int, fraction: float, text: str) -> None:
        if number in self._running:
            self.job_progressed.emit(self._running[number][0], fraction, text)


@dataclass(frozen=True)
class _Outcome:
    number: int
    result: Any = None
    failure: Failure | None = None


class _Receiver:
    """A bound method of a QObject, held weakly."""

    def __init__(self, method: Callable[[Any], object]) -> None:
        if not isinstance(getattr(method, "__self__", None), QObject):
            raise TypeError(f"results go to bound methods of QObjects, not to {method!r}")
        self._method = weakref.WeakMethod(method)

    def call(self, value: Any) -> None:
        method = self._method()
        if method is not None and shiboken6.isValid(getattr(method, "__self__", None)):
            method(value)


def _receiver(method: Callable[[Any], object] | None) -> _Receiver | None:
    return None if method is None else _Receiver(method)


def _make_pool(parent: QObject, threads: int) -> QThreadPool:
    pool = QThreadPool(parent)
    pool.setMaxThreadCount(threads)
    pool.setStackSize(STACK_SIZE)
    pool.setThreadPriority(QThread.Priority.LowPriority)
    return pool


class _Runnable(QRunnable):
    """The error boundary of a pool thread."""

    def __init__(self, jobs: Jobs, job: Job, work: Work) -> None:
        super().__init__()
        self._jobs = jobs
        self._number = job.number
        self._token = job.token
        self._work: Work | None = work
        self._last_report = 0.0

    def run(self) -> None:
        outcome = self._outcome()
        self._work = None
        if shiboken6.isValid(self._jobs):
            self._jobs._returned.emit(outcome)

    def _outcome(self) -> _Outcome:
        assert self._work is not None
        try:
            self._token.raise_if_cancelled()
            with heeding(self._token):
                return _Outcome(self._number, self._work(self._token, self._progress))
        except Cancelled:
            self._token.cancel()
            return _Outcome(self._number)
        except Exception as error:
            return _Outcome(self._number, failure=Failure.of(error))

    def _progress(self, fraction: float, text: str) -> None:
        now = time.monotonic()
        if now - self._last_report >= REPORT_INTERVAL and shiboken6.isValid(self._jobs):
            self._last_report = now
            self._jobs._reported.emit(self._number, fraction, text)
