"""The page of the Datasets tab: its cards put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.datasets.statistics import ChannelMeanStd
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.batch_card import BatchCard
from tudui_gui.gui.tabs.datasets.browser_card import BrowserCard
from tudui_gui.gui.tabs.datasets.class_images import ClassImagesCard
from tudui_gui.gui.tabs.datasets.editing import EditController
from tudui_gui.gui.tabs.datasets.embedding_card import EmbeddingCard
from tudui_gui.gui.tabs.datasets.facts_cards import ClassesCard, ImagesCard
from tudui_gui.gui.tabs.datasets.lower_area import LowerArea
from tudui_gui.gui.tabs.datasets.opening import picture_of, with_normalize
from tudui_gui.gui.tabs.datasets.problems_card import ProblemsCard
from tudui_gui.gui.tabs.datasets.right_column import RightColumn
from tudui_gui.gui.tabs.datasets.sources_column import SourcesColumn
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs, Progress
from tudui_gui.images.reading import Picture
from tudui_gui.scripts.dataset_script import dataset_script

#: Keys of the preferences: what stands below the images and beside them.
_LOWER, _RIGHT = "datasets.lower", "datasets.right"
#: Height of the browser in which one image can be looked at.
_ENOUGH_FOR_LARGE = 460
#: So many of the selected images are told to the other tabs.
_MOST_TOLD = 64


@dataclass(frozen=True)
class _Sending:
    picture: Picture
    name: str
    target: str


class DatasetsPage(Page):
    """``datasets_tab``: sources on the left, images in the middle, facts on the right, batches below."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("datasets_tab")
        self.sources = SourcesColumn(session, jobs)
        self.browser = BrowserCard(jobs)
        self.batches = BatchCard(session, jobs)
        self.embedding = EmbeddingCard(session, jobs)
        self.lower_area = LowerArea(self.batches, self.embedding)
        self.classes = ClassesCard()
        self.images = ImagesCard(jobs)
        self.class_images = ClassImagesCard()
        self.problems = ProblemsCard(jobs)
        self.right_column = RightColumn((self.classes, self.images, self.class_images), self.problems)
        self._edits = EditController(session, jobs, self.sources.is_opening, self)
        self._lay_out()
        self._connect()
        self._connect_edits()
        self.retranslate_ui()
        self.sources.start()

    def _lay_out(self) -> None:
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.setHandleWidth(theme.GAP)
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(self.browser)
        self._middle.addWidget(self.lower_area)
        self._middle.setStretchFactor(0, 1)
        self._middle.setSizes([440, 230])
        self.lower_area.show_card(self.session.preferences.get(_LOWER, ""))
        self.right_column.show_key(self.session.preferences.get(_RIGHT, ""))
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        row.addWidget(self.sources)
        row.addWidget(self._middle, 1)
        row.addWidget(self.right_column)

    def _connect(self) -> None:
        self.sources.opened.connect(self._show)
        self.sources.failed.connect(self.show_failure)
        self.sources.noticed.connect(self.show_notice)
        self.browser.part_changed.connect(self.classes.show_part)
        self.browser.label_changed.connect(self.classes.chart.set_chosen)
        self.browser.current_changed.connect(self._tell_current)
        self.browser.grid.selection_changed.connect(self._tell_chosen)
        self.browser.send_requested.connect(self._send)
        self.browser.digits_requested.connect(self._open_digits)
        self.browser.large_shown.connect(self._make_room)
        self.browser.label_changed.connect(self.class_images.pictures.set_chosen)
        self.classes.class_chosen.connect(self.browser.set_label)
        self.class_images.class_chosen.connect(self.browser.set_label)
        self.images.surveyed.connect(self.class_images.show_survey)
        self.images.normalize_requested.connect(self._use_in_normalize)
        self.problems.image_requested.connect(self.browser.show_index)
        self.problems.images_requested.connect(self.browser.select_in)
        self.problems.failed.connect(self.show_failure)
        self.problems.noticed.connect(self.session.notify)
        self.batches.image_requested.connect(self.browser.show_index)
        self.embedding.image_requested.connect(self.browser.show_index)
        self.lower_area.key_chosen.connect(self._remember_lower)
        self.right_column.key_chosen.connect(self._remember_right)

    @Slot(bool)
    def _make_room(self, is_large: bool) -> None:
        """In a low window one large image needs the whole middle; closing it brings the lower area back."""
        self.lower_area.setVisible(not (is_large and self.browser.height() < _ENOUGH_FOR_LARGE))

    def _connect_edits(self) -> None:
        self.browser.edit_requested.connect(self.edit_images)
        self.problems.leave_out_requested.connect(self._leave_out)
        self.browser.failed.connect(self.show_failure)
        self.browser.noticed.connect(self.session.notify)
        self.embedding.selection_requested.connect(self.browser.select_in)
        self._edits.applied.connect(self._show_corrected)
        self._edits.step_expected.connect(self.sources.expect)
        self._edits.failed.connect(self.show_failure)
        self._edits.noticed.connect(self.show_notice)

    @Slot(str)
    def _remember_lower(self, key: str) -> None:
        self.session.preferences.set(_LOWER, key)

    @Slot(str)
    def _remember_right(self, key: str) -> None:
        self.session.preferences.set(_RIGHT, key)

    def code(self) -> str:
        """The script that opens this data set with torchvision."""
        dataset = self.session.dataset
        return "" if dataset is None else dataset_script(dataset)

    def accepts(self, path: Path) -> bool:
        """Folders, and tables of files and labels."""
        return self.sources.accepts(path)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open whatever data set they hold; several are put together."""
        self.sources.open_paths([path for path in paths if self.accepts(path)])

    @Slot(object)
    def open_step(self, step: Step) -> None:
        """Open a data set of the catalog and make it the experiment's."""
        self.sources.open_step(step)

    @Slot()
    def _open_digits(self) -> None:
        self.open_step(DATASETS.step("digits"))

    @Slot(object)
    def _show(self, dataset: Dataset) -> None:
        self.clear_banner()
        self.browser.show_dataset(dataset)
        self.images.show_dataset(dataset)
        self.problems.show_dataset(dataset)
        self.batches.show_dataset(dataset)
        self.embedding.show_dataset(dataset)
        self.session.set_dataset(dataset)
        self.code_changed.emit()

    @Slot(object, str)
    def edit_images(self, change: Callable[[Edits], Edits], text: str) -> None:
        """Correct labels, flag images or leave them out, as one edit that can be undone.

        Parameters
        ----------
        change : callable
            The present corrections -> the new ones; called off the main thread, perhaps more than once.
        text : str
            What it does, translated, for "Undo ...".
        """
        self._edits.edit(change, text)

    @Slot(object)
    def _leave_out(self, keys: Sequence[str]) -> None:
        text = self.tr("Leave out images: {count:,}").format(count=len(keys))
        self.edit_images(partial(_without, tuple(keys)), text)

    @Slot(object)
    def _show_corrected(self, dataset: Dataset) -> None:
        before = self.session.dataset
        self.clear_banner()
        self.browser.update_dataset(dataset)
        if before is None or before.train is not dataset.train or before.test is not dataset.test:
            self.images.show_dataset(dataset)
            self.batches.show_dataset(dataset)
        self.problems.show_dataset(dataset)
        self.embedding.show_dataset(dataset)
        self.session.set_dataset(dataset)
        self.code_changed.emit()

    @Slot(object)
    def _use_in_normalize(self, statistics: ChannelMeanStd) -> None:
        experiment = self.session.experiment
        pipelines = (experiment.train_transforms, experiment.test_transforms)
        train, test = (with_normalize(each, statistics.mean, statistics.std) for each in pipelines)
        changed = replace(experiment, train_transforms=train, test_transforms=test)
        self.session.set_experiment(changed, self.tr("Use mean and std in Normalize"))
        self.session.notify(
            self.tr("Normalize of the training and the test pipeline has this mean and std now.")
        )

    @Slot(object, int)
    def _tell_current(self, image_set: ImageSet, index: int) -> None:
        self.session.set_current_image(image_set, index)

    @Slot()
    def _tell_chosen(self) -> None:
        """The first of the selected images can be compared on another tab."""
        image_set, rows = self.browser.image_set, self.browser.grid.selection.rows[:_MOST_TOLD]
        if image_set is not None:
            self.session.set_chosen_images(image_set, tuple(self.browser.indices[rows].tolist()))

    @Slot(object, int, str)
    def _send(self, image_set: ImageSet, index: int, target: str) -> None:
        work = partial(_send_work, image_set, index, target)
        self.jobs.submit(work, done=self._sent, failed=self.show_failure, key="datasets.send")

    @Slot(object)
    def _sent(self, sending: _Sending) -> None:
        self.session.send_image(sending.picture, sending.name, sending.target)

    def retranslate_ui(self) -> None:
        """Set every text in the current language; the cards set their own."""
        self.setAccessibleName(self.tr("Datasets"))


def _without(keys: Sequence[str], edits: Edits) -> Edits:
    return edits.with_left_out(keys, True)


def _send_work(
    image_set: ImageSet, index: int, target: str, token: CancelToken, progress: Progress
) -> _Sending:
    return _Sending(picture_of(image_set, index), image_set.name(index), target)
