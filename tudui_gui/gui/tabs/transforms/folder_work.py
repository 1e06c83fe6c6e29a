"""What the folder card computes off the main thread: the plan, the run, the report as a table."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import StorageError
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.workers import Progress
from tudui_gui.transforms.folder_job import FolderJob
from tudui_gui.transforms.folder_plan import FolderPlan, plan_folder, preview
from tudui_gui.transforms.folder_report import FolderReport
from tudui_gui.transforms.folder_run import FolderProgress, apply_to_folder

#: Results that are named beforehand.
NAMED = 3

# Before so long the time left is a guess (s).
_SETTLED = 1.0


@dataclass(frozen=True, eq=False)
class Planned:
    """What a job would do.

    Attributes
    ----------
    plan : FolderPlan
    first : tuple of (str, str)
        The first results: source file and name.
    """

    plan: FolderPlan
    first: tuple[tuple[str, str], ...]


def plan_work(job: FolderJob, token: CancelToken, progress: Progress) -> Planned:
    """Check ``job`` and name its first results. Raises ``TuduiError``."""
    plan = plan_folder(job, cancel=token)
    return Planned(plan, preview(plan, NAMED))


class FolderWork:
    """The run of a job. :attr:`report` is there too when it was cancelled, for those who look at it then.

    Attributes
    ----------
    report : FolderReport or None
        Set on the work's thread before it ends; None if nothing was begun.
    """

    def __init__(self, job: FolderJob) -> None:
        self._job = job
        self._progress: Progress | None = None
        self._started = 0.0
        self.report: FolderReport | None = None

    def __call__(self, token: CancelToken, progress: Progress) -> FolderReport:
        """Raises ``TuduiError`` before anything is written."""
        self._progress = progress
        progress(-1, QCoreApplication.translate("FolderWork", "Looking for images"))
        plan = plan_folder(self._job, cancel=token)
        self._started = time.monotonic()
        self.report = apply_to_folder(plan, progress=self._tell, cancel=token)
        return self.report

    def _tell(self, state: FolderProgress) -> None:
        assert self._progress is not None
        fraction = state.done / max(1, state.total)
        text = QCoreApplication.translate(
            "FolderWork", "{done:,} of {total:,} images, files: {written:,}, left out: {skipped:,}"
        ).format(done=state.done, total=state.total, written=state.written, skipped=state.skipped)
        elapsed = time.monotonic() - self._started
        if elapsed >= _SETTLED:
            minutes, seconds = divmod(round(elapsed * (1 - fraction) / fraction), 60)
            left = QCoreApplication.translate("FolderWork", "{minutes}:{seconds:02d} left")
            text = f"{text}, {left.format(minutes=minutes, seconds=seconds)}"
        self._progress(fraction, text)


def report_work(report: FolderReport, path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write the table. Raises ``StorageError``."""
    report.write_csv(path)
    return path


def is_about_inside(failure: Failure) -> bool:
    """Whether a plan failed because the target lies inside the source, which can be allowed."""
    return failure.kind == StorageError.__name__ and "inside" in failure.fields
