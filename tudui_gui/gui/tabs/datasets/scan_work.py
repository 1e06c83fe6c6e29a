"""What the problems card computes off the main thread."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.scan import followed, known_at_once, scan
from tudui_gui.datasets.scan_export import write_findings
from tudui_gui.datasets.scan_report import Finding, ScanProgress, ScanReport, in_order
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.workers import Progress

# Before so long the time left is a guess (s).
_SETTLED = 1.0


@dataclass(frozen=True, eq=False)
class Found:
    """What is known of a data set.

    Attributes
    ----------
    dataset : Dataset
    findings : tuple of Finding
        As they are with its present corrections.
    report : ScanReport or None
        What the scan gave, of the images there were then; None: it was not scanned.
    """

    dataset: Dataset
    findings: tuple[Finding, ...]
    report: ScanReport | None


def scan_work(dataset: Dataset, token: CancelToken, progress: Progress) -> Found:
    """Look at every image."""
    report = scan(dataset, progress=_Reporter(progress), cancel=token)
    return Found(dataset, report.findings, report)


def follow_work(dataset: Dataset, report: ScanReport | None, token: CancelToken, progress: Progress) -> Found:
    """What is known without looking at an image: from opening it and from an earlier scan."""
    if report is None:
        return Found(dataset, in_order(list(known_at_once(dataset))), None)
    return Found(dataset, followed(report, dataset).findings, report)


def export_work(found: Found, path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write the findings. Raises ``StorageError``."""
    seconds, images = (found.report.seconds, found.report.images) if found.report else (0.0, 0)
    write_findings(ScanReport(found.findings, images, seconds), path)
    return path


class _Reporter:
    """From counts to a fraction and a text with the time left."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage = ""
        self._started = 0.0

    def __call__(self, state: ScanProgress) -> None:
        now = time.monotonic()
        if state.stage != self._stage:
            self._stage, self._started = state.stage, now
        fraction = state.done / max(1, state.total)
        self._progress(fraction, self._text(state, fraction, now - self._started))

    def _text(self, state: ScanProgress, fraction: float, elapsed: float) -> str:
        if state.stage == "comparing":
            text = QCoreApplication.translate("ScanWork", "Compared: {done:,} of {total:,}")
        else:
            text = QCoreApplication.translate("ScanWork", "Looked at: {done:,} of {total:,}")
        text = text.format(done=state.done, total=state.total)
        if elapsed < _SETTLED or not fraction:
            return text
        minutes, seconds = divmod(round(elapsed * (1 - fraction) / fraction), 60)
        left = QCoreApplication.translate("ScanWork", "{minutes}:{seconds:02d} left")
        return f"{text}, {left.format(minutes=minutes, seconds=seconds)}"
