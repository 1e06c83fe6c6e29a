"""How a folder run ended, in words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.text import shown
from tudui_gui.gui.tabs.transforms.folder_work import Planned
from tudui_gui.gui.translations import describe
from tudui_gui.transforms.folder_report import REASONS, FolderReport

#: So many of what was left out are listed; the saved report has all.
LISTED = 200


def plan_lines(planned: Planned) -> Iterator[str]:
    """How many files there will be, and the names of the first."""
    counts = QCoreApplication.translate("FolderTexts", "Images: {images:,}, files: {files:,}")
    yield counts.format(images=len(planned.plan.files), files=planned.plan.count)
    yield from (f"{shown(file)} → {shown(name)}" for file, name in planned.first)


def summary(report: FolderReport) -> str:
    """What was written, what was left out by reason, and why it stopped, if it did."""
    translate = QCoreApplication.translate
    written = translate("FolderTexts", "Files written: {written:,}, in {seconds} s.")
    parts = [written.format(written=len(report.written), seconds=f"{report.seconds:.1f}")]
    if report.reasons:
        reasons = (
            f"{translate('events', REASONS[name])}: {count:,}" for name, count in report.reasons.items()
        )
        left_out = translate("FolderTexts", "Left out: {count:,} ({reasons}).")
        parts.append(left_out.format(count=len(report.skipped), reasons="; ".join(reasons)))
    if report.error is not None:
        parts.append(describe(report.error))
    elif report.cancelled:
        stopped = translate(
            "FolderTexts", "Stopped after {done:,} of {total:,} images. Keep existing files to go on later."
        )
        parts.append(stopped.format(done=report.images, total=len(report.plan.files)))
    return " ".join(parts)


def left_out_lines(report: FolderReport) -> Iterator[str]:
    """What was left out, a line each, each with its reason."""
    translate = QCoreApplication.translate
    for each in report.skipped[:LISTED]:
        reason = translate("events", REASONS[each.reason]) if each.error is None else describe(each.error)
        yield f"{shown(each.name or each.source)}: {reason}".replace("\n", " ")
    more = len(report.skipped) - LISTED
    if more > 0:
        yield translate("FolderTexts", "and {count:,} more: the saved report lists them all").format(
            count=more
        )
