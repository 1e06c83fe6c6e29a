"""The card on the right that lists what is odd about a data set."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QWidget

from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.facts_work import Broken, broken_work
from tudui_gui.gui.tabs.datasets.texts import brief, problem_texts
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Job, Jobs


class ProblemsCard(Card):
    """What is odd about the data set.

    Signals
    -------
    broken_found(object)
        The list of :class:`Broken` after a check.
    image_requested(str, int)
        Part and index of an image to show.
    """

    broken_found = Signal(object)
    image_requested = Signal(str, int)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="problems_card", parent=parent)
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._broken: list[Broken] | None = None
        self._job: Job | None = None
        self._tag = Tag(object_name="problems_tag")
        self.add_to_header(self._tag)
        self._list = named(QListWidget(), "problems_list")
        self._list.setWordWrap(True)
        self._list.setProperty("role", "plain")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._all_well = Label(role="muted", object_name="problems_none")
        self._all_well.setWordWrap(True)
        self._check = Button("check_broken_button", "file-search-outline")
        self._progress = named(QProgressBar(), "check_progress")
        self._progress.setTextVisible(False)
        self._cancel = IconButton("close-circle-outline", "cancel_check_button")
        self._lay_out()
        self._check.clicked.connect(self.start_check)
        self._cancel.clicked.connect(self._cancel_check)
        self._list.itemActivated.connect(self._open_item)
        self._list.itemDoubleClicked.connect(self._open_item)
        jobs.job_progressed.connect(self._show_progress)
        jobs.job_ended.connect(self._end)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._all_well)
        self.body.addStretch(0)
        self.body.addLayout(row)
        self.body.addWidget(self._check)
        self._progress.hide()
        self._cancel.hide()

    def show_dataset(self, dataset: Dataset) -> None:
        """Show what opening the data set found."""
        self._jobs.cancel("datasets.broken")
        self._dataset, self._broken = dataset, None
        self._fill()

    @property
    def lines(self) -> list[str]:
        """What is listed."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @Slot()
    def start_check(self) -> None:
        """Decode every image and list those that cannot be read."""
        if self._dataset is None:
            return
        self._job = self._jobs.submit(
            partial(broken_work, self._dataset),
            done=self._show_broken,
            failed=self._show_failure,
            key="datasets.broken",
            title=self.tr("Check the images"),
            lasting=True,
        )
        self._set_checking(True)

    @Slot()
    def _cancel_check(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._set_checking(False)

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._job:
            self._progress.setValue(round(fraction * 1000))
            self._progress.setToolTip(text)

    @Slot(object)
    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._set_checking(False)

    @Slot(object)
    def _show_broken(self, broken: list[Broken]) -> None:
        self._broken = broken
        self._fill()
        self.broken_found.emit(broken)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._all_well.setText(describe(failure))
        self._all_well.show()

    def _set_checking(self, checking: bool) -> None:
        self._progress.setRange(0, 1000)
        self._progress.setValue(0)
        self._progress.setVisible(checking)
        self._cancel.setVisible(checking)
        self._check.setVisible(not checking)

    @Slot(QListWidgetItem)
    def _open_item(self, item: QListWidgetItem) -> None:
        broken = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(broken, Broken):
            self.image_requested.emit(broken.part, broken.index)

    def _fill(self) -> None:
        self._list.clear()
        problems = self._dataset.problems if self._dataset else ()
        for problem, text in zip(problems, problem_texts(problems), strict=True):
            self._add(text, "information-outline" if problem.is_note else "alert-outline")
        for broken in self._broken or ():
            self._add(brief(broken.failure), "image-broken-variant", broken)
        count = sum(not problem.is_note for problem in problems) + len(self._broken or ())
        self._tag.set_text(str(count) if count else "")
        self._list.setVisible(self._list.count() > 0)
        self._all_well.setText(self._nothing_text() if not count else "")
        self._all_well.setVisible(not count)

    def _add(self, text: str, icon: str, broken: Broken | None = None) -> None:
        role = "muted" if icon.startswith("information") else "danger"
        item = QListWidgetItem(theme.icon(icon, role), text, self._list)
        item.setToolTip(text if broken is None else describe(broken.failure))
        item.setData(Qt.ItemDataRole.UserRole, broken)

    def _nothing_text(self) -> str:
        if self._dataset is None:
            return ""
        if self._broken is None:
            return self.tr("Nothing odd was found. The images themselves were not decoded yet.")
        return self.tr("Every image can be read.")

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Problems"))
        self._list.setAccessibleName(self.tr("Problems"))
        self._list.setToolTip(self.tr("Enter or double click on a broken image shows it in its place"))
        self._check.set_texts(self.tr("Check for broken files"), self.tr("Decode every image of both parts"))
        self._cancel.set_texts(self.tr("Stop checking"))
        self._progress.setAccessibleName(self.tr("Progress of the check"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
