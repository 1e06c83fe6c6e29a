"""The card on the right that lists what is wrong with a data set, and scans it for more."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tudui_gui.core.text import shown
from tudui_gui.datasets.scan_report import NOTE, ScanReport
from tudui_gui.datasets.selection import source_values
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.finding_texts import brief_text
from tudui_gui.gui.tabs.datasets.findings_view import FindingsView
from tudui_gui.gui.tabs.datasets.scan_row import ScanRow
from tudui_gui.gui.tabs.datasets.scan_work import Found, export_work, follow_work, scan_work
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Job, Jobs

_SCAN, _FOLLOW = "datasets.scan", "datasets.findings"


class ProblemsCard(Card):
    """What is wrong with the data set.

    Signals
    -------
    count_changed(int)
        How many were found that are no mere notes.
    image_requested(str, int)
        Part and index of an image to show large.
    images_requested(str, object)
        Part and indices of several images to show.
    leave_out_requested(object)
        Keys (list of str) of images to leave out of training.
    failed(object)
        A ``Failure`` of exporting.
    noticed(str)
        What was done, translated.
    """

    count_changed = Signal(int)
    image_requested = Signal(str, int)
    images_requested = Signal(str, object)
    leave_out_requested = Signal(object)
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="problems_card", parent=parent)
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._found: Found | None = None
        self._failure: Failure | None = None
        self._job: Job | None = None
        self._tag = Tag(object_name="problems_tag")
        self._export = IconButton("export-variant", "export_findings_button")
        self._view = FindingsView()
        self._view.setMinimumHeight(150)
        self._text = Label(role="muted", object_name="finding_text")
        self._state = Label(role="muted", object_name="problems_none")
        self._leave_out = Button("leave_out_findings_button", "image-off-outline")
        self._row = ScanRow()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.add_to_header(self._tag)
        self.add_to_header(self._export)
        for label in (self._text, self._state):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._view, 1)
        self.body.addWidget(self._text)
        self.body.addWidget(self._leave_out)
        self.body.addWidget(self._state)
        self.body.addStretch(0)
        self.body.addWidget(self._row)

    def _connect(self) -> None:
        self._row.scan_requested.connect(self.start_scan)
        self._row.cancel_requested.connect(self._cancel)
        self._export.clicked.connect(self._choose_file)
        self._leave_out.clicked.connect(self._request_leave_out)
        self._view.leave_out_requested.connect(self._request_leave_out)
        self._view.images_requested.connect(self._request_images)
        self._view.chosen_changed.connect(self._show_chosen)
        self._jobs.job_progressed.connect(self._show_progress)
        self._jobs.job_ended.connect(self._end)

    @property
    def lines(self) -> list[str]:
        """What is listed, a line for each finding."""
        return [brief_text(finding) for finding in self._found.findings] if self._found else []

    @property
    def found(self) -> Found | None:
        """What is known of the data set."""
        return self._found

    def show_dataset(self, dataset: Dataset) -> None:
        """Show what is known of a data set; after corrections of the same one, what is left of a scan."""
        before, self._dataset = self._dataset, dataset
        if before is None or not _is_same_source(before, dataset):
            self._found = None
            self._jobs.cancel(_SCAN)
        self._failure = None
        self._follow(self._found.report if self._found else None)

    def _follow(self, report: ScanReport | None) -> None:
        if self._dataset is not None:
            work = partial(follow_work, self._dataset, report)
            self._jobs.submit(work, done=self._show_found, key=_FOLLOW)

    @Slot()
    def start_scan(self) -> None:
        """Look at every image of the data set."""
        if self._dataset is None:
            return
        self._failure = None
        self._job = self._jobs.submit(
            partial(scan_work, self._dataset),
            done=self._show_scanned,
            failed=self._show_failure,
            key=_SCAN,
            title=self.tr("Scan the data set"),
            lasting=True,
        )
        self._row.set_running(True)
        self._show_state()

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end(self._job)

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._job:
            self._row.show_progress(fraction, text)

    @Slot(object)
    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._row.set_running(False)
            self._show_state()

    @Slot(object)
    def _show_scanned(self, found: Found) -> None:
        if found.dataset is not self._dataset:  # it was corrected meanwhile
            self._follow(found.report)
            return
        self._jobs.cancel(_FOLLOW)
        self._show_found(found)

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self._found = found
        self._view.show_findings(found.dataset, found.findings)
        self._show_state()

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._failure = failure
        self._show_state()

    @Slot()
    def _show_chosen(self) -> None:
        keys, text = self._view.chosen_keys, self._view.current_text
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._leave_out.setVisible(bool(keys))
        self._leave_out.set_texts(
            self.tr("Leave out of training ({count:,})").format(count=len(keys)),
            self.tr(
                "Neither for training nor for test, until it is undone. Of copies the first stays; of a leak"
                " the training copies go; of copies with different labels all."
            ),
        )

    @Slot()
    def _request_leave_out(self) -> None:
        keys = self._view.chosen_keys
        if keys:
            self.leave_out_requested.emit(keys)

    @Slot(str, object)
    def _request_images(self, part: str, indices: list[int]) -> None:
        if len(indices) == 1:
            self.image_requested.emit(part, indices[0])
        else:
            self.images_requested.emit(part, indices)

    @Slot()
    def _choose_file(self) -> None:
        if self._found is None:
            return
        title, kinds = self.tr("Export the findings"), self.tr("JSON (*.json);;Tables (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, title, f"{self._found.dataset.name}-findings.json", kinds)
        if name:
            self._jobs.submit(
                partial(export_work, self._found, Path(name)),
                done=self._tell_exported,
                failed=self._tell_failure,
                title=title,
                lasting=True,
            )

    @Slot(object)
    def _tell_exported(self, path: Path) -> None:
        self.noticed.emit(self.tr("The findings were written to {path}").format(path=shown(path)))

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    def _show_state(self) -> None:
        findings = self._found.findings if self._found else ()
        count = sum(finding.count for finding in findings if finding.severity != NOTE)
        self.count_changed.emit(count)
        self._tag.set_text(f"{count:,}" if count else "")
        self._view.setVisible(bool(findings))
        self._export.setVisible(bool(findings))
        self._row.set_enabled(self._dataset is not None)
        text = self._state_text(count)
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def _state_text(self, count: int) -> str:
        if self._failure is not None:
            return describe(self._failure)
        if self._dataset is None:
            return self.tr("Open a data set to look for what is wrong with it.")
        report = self._found.report if self._found else None
        if report is None:
            return self.tr(
                "A scan looks at every image: broken files, copies, leaks from training into test, odd sizes."
            )
        text = self.tr("Scanned images: {count:,} in {seconds:.1f} s.")
        text = text.format(count=report.images, seconds=report.seconds)
        return text if count else self.tr("Nothing wrong was found.") + " " + text

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Problems"))
        self._export.set_texts(self.tr("Export the findings…"), self.tr("Save what is listed as JSON or CSV"))
        self._show_chosen()
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _is_same_source(before: Dataset, now: Dataset) -> bool:
    """Whether the images are the same but for corrections, split and choice."""
    return before.step.name == now.step.name and source_values(before.step) == source_values(now.step)
