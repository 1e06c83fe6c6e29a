"""The pipeline applied to a whole folder: settings, the names that come out, progress, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.revealing import reveal
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.folder_form import FolderForm
from tudui_gui.gui.tabs.transforms.folder_texts import left_out_lines, plan_lines, summary
from tudui_gui.gui.tabs.transforms.folder_work import (
    FolderWork,
    Planned,
    is_about_inside,
    plan_work,
    report_work,
)
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Job, Jobs
from tudui_gui.images.reading import PIL
from tudui_gui.transforms.folder_job import FolderJob
from tudui_gui.transforms.folder_report import FolderReport
from tudui_gui.transforms.pipeline import Pipeline

_PLAN, _RUN, _REPORT = "transforms.folder_plan", "transforms.folder", "transforms.folder_report"
#: A person who types has this long for the next key (ms).
_PAUSE = 300


class FolderCard(Card):
    """Settings, the first names that come out of them, and the run.

    Nothing is looked at while the card is not visible. A run goes on when the card is left.

    Signals
    -------
    job_changed()
        :attr:`job` is another one.
    """

    job_changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="folder_card", parent=parent)
        self._session, self._jobs = session, jobs
        self._planned: Planned | None = None
        self._failure: Failure | None = None
        self._report: FolderReport | None = None
        self._work: FolderWork | None = None
        self._job: Job | None = None
        self.form = FolderForm(session.preferences)
        self._make_widgets()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._lay_out()
        self._connect()
        self._show_running(False)
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self.setAcceptDrops(True)
        self._start = Button("folder_start", "play-outline")
        self._stop = Button("folder_stop", "stop-circle-outline")
        self._save = IconButton("table-arrow-down", "folder_save_report")
        self._reveal = IconButton("folder-eye-outline", "folder_reveal")
        self._problem = Label(role="error", object_name="folder_problem")
        self._problem.setWordWrap(True)
        self._problem.setMinimumWidth(1)
        self._text = named(QPlainTextEdit(readOnly=True), "folder_text")
        self._text.setProperty("role", "code")
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(40)
        self._bar = named(QProgressBar(), "folder_progress")
        self._bar.setTextVisible(False)
        self._progress_text = ElidedLabel(role="mono", object_name="folder_progress_text")
        self._running = QWidget()

    def _lay_out(self) -> None:
        running = QVBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.setSpacing(theme.SPACE)
        running.addWidget(self._progress_text)
        running.addWidget(self._bar)
        running.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(theme.SPACE)
        told = QVBoxLayout()
        for widget, stretch in ((self._problem, 0), (self._text, 1), (self._running, 1)):
            told.addWidget(widget, stretch)
        told.addStretch(0)
        beside.addLayout(told, 1)
        beside.addLayout(self._buttons())
        self.body.addWidget(self.form)
        self.body.addLayout(beside, 1)

    def _buttons(self) -> QVBoxLayout:
        about_report = QHBoxLayout()
        about_report.setSpacing(theme.SPACE // 2)
        about_report.addWidget(self._save)
        about_report.addWidget(self._reveal)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._start)
        column.addWidget(self._stop)
        column.addLayout(about_report)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.form.job_changed.connect(self._take_changes)
        self._timer.timeout.connect(self._plan)
        self._start.clicked.connect(self.start)
        self._stop.clicked.connect(self.stop)
        self._save.clicked.connect(self._ask_report)
        self._reveal.clicked.connect(self._reveal_target)
        self._jobs.job_progressed.connect(self._show_progress)
        self._jobs.job_ended.connect(self._notice_end)

    @property
    def job(self) -> FolderJob | None:
        """What the settings say; None without folders."""
        return self.form.job

    @property
    def report(self) -> FolderReport | None:
        """How the last run ended; None before, and once the settings are others."""
        return self._report

    @property
    def planned(self) -> Planned | None:
        """What the settings would do; None while that is not known, or not possible."""
        return self._planned

    @property
    def is_running(self) -> bool:
        """Whether files are being written."""
        return self._job is not None

    def show_pipeline(self, pipeline: Pipeline, reader: str = PIL) -> None:
        """Apply this pipeline to what ``reader`` reads."""
        self.form.show_pipeline(pipeline, reader)

    # -- beforehand ----------------------------------------------------------------------------------------

    @Slot()
    def _take_changes(self) -> None:
        self._planned = None
        self._timer.start()
        self.job_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._planned is None and self._report is None:
            self._timer.start()

    @Slot()
    def _plan(self) -> None:
        job = self.job
        if self.is_running or not self.isVisible():
            return
        self._report = None
        if job is None:
            self._jobs.cancel(_PLAN)
            self._failure = None
            self._show_state()
            return
        self._jobs.submit(
            partial(plan_work, job),
            done=self._show_plan,
            failed=self._show_failure,
            key=_PLAN,
            title=self.tr("Look at the folder"),
        )

    @Slot(object)
    def _show_plan(self, planned: Planned) -> None:
        self._planned, self._failure = planned, None
        self.form.offer_inside(False)
        self._show_state()

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._planned, self._failure = None, failure
        self.form.offer_inside(is_about_inside(failure))
        self._show_state()

    # -- the run -------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Write the results."""
        job = self.job
        if job is None or self.is_running:
            return
        self._timer.stop()
        self._jobs.cancel(_PLAN)
        self._report, self._failure = None, None
        self._work = FolderWork(job)
        self._job = self._jobs.submit(
            self._work,
            failed=self._show_failure,
            key=_RUN,
            title=self.tr("Transform a folder"),
            lasting=True,
        )
        self._show_running(True)
        self._show_state()

    @Slot()
    def stop(self) -> None:
        """End the run after the files that are being written."""
        self._jobs.cancel(_RUN)

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._job:
            self._bar.setRange(0, 0 if fraction < 0 else 1000)
            self._bar.setValue(round(max(0.0, fraction) * 1000))
            self._progress_text.set_text(text)

    @Slot(object)
    def _notice_end(self, job: Job) -> None:
        """Also of a run that was cancelled, whose result is not delivered."""
        if job is not self._job or self._work is None:
            return
        self._report = self._work.report
        self._job = self._work = None
        self._show_running(False)
        self._show_state()
        if self._report is not None and self._report.is_complete:
            self._session.notify(summary(self._report))

    def _show_running(self, is_running: bool) -> None:
        had_focus = self._start.hasFocus() or self._stop.hasFocus()
        self._running.setVisible(is_running)
        self._bar.setRange(0, 0 if is_running else 1000)
        self._progress_text.set_text("")
        self._start.setHidden(is_running)
        self._stop.setVisible(is_running)
        self.form.setEnabled(not is_running)
        if had_focus:
            (self._stop if is_running else self._start).setFocus()

    # -- the report ----------------------------------------------------------------------------------------

    @Slot()
    def _ask_report(self) -> None:
        if self._report is None:
            return
        start = self._report.plan.job.target.with_name(f"{self._report.plan.job.target.name}.csv")
        kinds = self.tr("Tables (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), str(start), kinds)
        if name:
            self.save_report(Path(name))

    def save_report(self, path: Path) -> None:
        """Write what became of each file as a table."""
        if self._report is not None:
            self._jobs.submit(
                partial(report_work, self._report, path),
                done=self._tell_saved,
                failed=self._show_failure,
                key=_REPORT,
                title=self.tr("Save the report"),
            )

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self._session.notify(self.tr("Saved {path}").format(path=path))

    @Slot()
    def _reveal_target(self) -> None:
        if self._report is not None and len(self._report.written):
            _, copy, done, part = next(iter(self._report.written))
            reveal(self._report.plan.job.target / self._report.plan.name(0, copy, done, part))

    # -- what is shown -------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        self._problem.setText(describe(self._failure) if self._failure is not None else "")
        self._problem.setVisible(self._failure is not None)
        lines = list(self._lines())
        self._text.setPlainText("\n".join(lines))
        self._text.setVisible(bool(lines) and not self.is_running)
        has_report = self._report is not None
        self._save.setEnabled(has_report)
        self._reveal.setEnabled(self._report is not None and len(self._report.written) > 0)
        self._start.setEnabled(self.job is not None and self._failure is None and not has_report)

    def _lines(self) -> Iterable[str]:
        if self._report is not None:
            return [summary(self._report), *left_out_lines(self._report)]
        if self._planned is not None:
            return plan_lines(self._planned)
        if self.job is None:
            return [self.tr("Choose a folder of images, or drop one here.")]
        return []

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.is_running and _folders(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folders = _folders(event)
        if folders and not self.is_running:
            self.form.set_source(folders[0])
            event.acceptProposedAction()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Folder"))
        self._start.set_texts(
            self.tr("Start"), self.tr("Apply the pipeline to every image and save the results")
        )
        self._stop.set_texts(
            self.tr("Stop"), self.tr("End after the files that are being written; they stay")
        )
        self._save.set_texts(
            self.tr("Save the report"),
            self.tr("Save a table (CSV): each file with its seed, or why it is missing"),
        )
        self._reveal.set_texts(self.tr("Open the folder of the results"))
        self._text.setAccessibleName(self.tr("What comes out"))
        self._text.setToolTip(self.tr("The first names beforehand; afterwards what was written and left out"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setToolTip(self.tr("How many of the images were gone through"))
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _folders(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir()]
