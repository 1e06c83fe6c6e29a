"""A pipeline applied to a whole folder, the results kept as files.

Images are read, transformed and written by several threads. Random steps hold the lock of PyTorch's generator
only while they draw; each copy has a seed of its own, so that the results do not depend on the threads.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from copy import copy as shallow
from dataclasses import dataclass

from tudui_gui.core.cancellation import Cancelled, CancelToken, heeding
from tudui_gui.core.errors import ImageError, StorageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.transforms.byte_budget import ByteBudget
from tudui_gui.transforms.folder_image import ImageWork, Outcome
from tudui_gui.transforms.folder_job import FolderJob
from tudui_gui.transforms.folder_plan import FolderPlan, plan_folder
from tudui_gui.transforms.folder_report import FolderReport, Skipped, Written

_MOST_THREADS = 8

#: Memory for the pictures and tensors that are worked on at once.
BYTES_AT_ONCE = 1_500_000_000


@dataclass(frozen=True)
class FolderProgress:
    """How far a run is: source images gone through, of how many, files written, left out."""

    done: int
    total: int
    written: int
    skipped: int


Progress = Callable[[FolderProgress], object]


def apply_to_folder(
    job: FolderJob | FolderPlan, *, progress: Progress | None = None, cancel: CancelToken | None = None
) -> FolderReport:
    """Plan a job (:func:`plan_folder`), or take a plan, and write every result. Any thread.

    Each file appears whole under its name or not at all. What was written stays when the run is cancelled or
    the disk is full; the report says so, and the same job with ``existing="keep"`` goes on with the rest.

    Parameters
    ----------
    job : FolderJob or FolderPlan
    progress : callable, optional
        Called on this thread after each image.
    cancel : CancelToken, optional

    Returns
    -------
    FolderReport

    Raises
    ------
    ImageError, StorageError, TransformError, Cancelled
        From :func:`plan_folder`, before anything is written.
    """
    plan = plan_folder(job, cancel=cancel) if isinstance(job, FolderJob) else job
    run = _Run(plan, cancel or CancelToken())
    return run.report(progress or _unheard)


def _unheard(state: FolderProgress) -> None:
    """Nobody looks on."""


class _Run:
    def __init__(self, plan: FolderPlan, cancel: CancelToken) -> None:
        self._plan = plan
        self._cancel = cancel
        self._stop = CancelToken()
        self._work = ImageWork(plan, ByteBudget(BYTES_AT_ONCE), self._raise_if_over)

    def report(self, progress: Progress) -> FolderReport:
        started, total = time.monotonic(), len(self._plan.files)
        tally = _Tally(self._plan)
        for outcome in self._outcomes():
            tally.add(outcome)
            progress(FolderProgress(tally.done, total, len(tally.written), tally.missing))
        is_cancelled = tally.error is None and tally.done < total
        seconds = time.monotonic() - started
        return FolderReport(
            self._plan, tally.written, tally.skipped(), tally.done, seconds, is_cancelled, tally.error
        )

    def _outcomes(self) -> Iterator[Outcome]:
        """The images as they end; only few are begun ahead."""
        threads = min(_MOST_THREADS, os.cpu_count() or 1)
        running: set[Future[Outcome]] = set()
        with ThreadPoolExecutor(threads) as pool:
            try:
                for place in range(len(self._plan.files)):
                    if self._is_over:
                        break
                    running.add(pool.submit(self._image, place))
                    if len(running) > threads:
                        ended, running = wait(running, return_when=FIRST_COMPLETED)
                        yield from (each.result() for each in ended)
                yield from (each.result() for each in as_completed(running))
            finally:
                self._stop.cancel()  # an error of this program must not wait for the images begun

    @property
    def _is_over(self) -> bool:
        return self._cancel.cancelled or self._stop.cancelled

    def _raise_if_over(self) -> None:
        if self._is_over:
            raise Cancelled

    def _image(self, place: int) -> Outcome:
        outcome = Outcome(place)
        try:
            self._raise_if_over()
            with heeding(self._cancel):
                self._work(outcome)
        except Cancelled:
            outcome.is_done = False
        except StorageError as error:
            outcome.error = shallow(error)
            self._stop.cancel()
        return outcome


class _Tally:
    """What the outcomes come to."""

    def __init__(self, plan: FolderPlan) -> None:
        self.done = 0
        self.missing = len(plan.unreadable)
        self.written = Written()
        self.error: StorageError | None = None
        self._folders = [_folder(path, reason) for path, reason in plan.unreadable]
        self._skipped: dict[int, list[Skipped]] = {}

    def add(self, outcome: Outcome) -> None:
        self.done += outcome.is_done
        self.written.extend(outcome.written)
        self.error = self.error or outcome.error
        self.missing += len(outcome.skipped)
        if outcome.skipped:
            self._skipped[outcome.place] = outcome.skipped

    def skipped(self) -> tuple[Skipped, ...]:
        """Everything left out, in the order of the sources."""
        return (*self._folders, *(each for place in sorted(self._skipped) for each in self._skipped[place]))


def _folder(path: str, reason: str) -> Skipped:
    error = ImageError(
        QT_TRANSLATE_NOOP("errors", "The folder {path} cannot be read."), detail=reason, path=shown(path)
    )
    return Skipped("folder", path, error=error)
