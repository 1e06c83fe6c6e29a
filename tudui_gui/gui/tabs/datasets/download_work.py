"""The job that fetches a data set, and what it says meanwhile."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import root_of
from tudui_gui.datasets.downloads import Progress as DownloadProgress
from tudui_gui.datasets.downloads import download
from tudui_gui.gui.workers import Progress


def download_work(step: Step, token: CancelToken, progress: Progress) -> Step:
    """Fetch the files of ``step``; raises what :func:`tudui_gui.datasets.downloads.download` raises."""
    download(step, root_of(step), progress=partial(_report, progress), cancel=token)
    return step


def _report(progress: Progress, state: DownloadProgress) -> None:
    total = state.bytes_total
    fraction = -1.0 if not total else min(1.0, state.bytes_done / total)
    progress(fraction, progress_text(state))


def progress_text(state: DownloadProgress) -> str:
    """File, bytes, speed and time left, a line each."""
    head = f"{state.file} ({state.number}/{state.count})" if state.count > 1 else state.file
    if state.unpacking:
        unpacking = QCoreApplication.translate("DatasetsPage", "Unpacking")
        return f"{head}\n{unpacking}"
    done = f"{state.bytes_done / 1e6:.1f}"
    amount = f"{done} MB" if not state.bytes_total else f"{done} / {state.bytes_total / 1e6:.1f} MB"
    lines = [head, f"{amount}  {state.bytes_per_second / 1e6:.1f} MB/s"]
    if state.seconds_left is not None:
        minutes, seconds = divmod(round(state.seconds_left), 60)
        left = QCoreApplication.translate("DatasetsPage", "{minutes}:{seconds:02d} left")
        lines.append(left.format(minutes=minutes, seconds=seconds))
    return "\n".join(lines)
