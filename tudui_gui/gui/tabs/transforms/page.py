"""The page of the Transforms tab: input and pipeline on the left, what they give on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.draws_card import DrawsCard
from tudui_gui.gui.tabs.transforms.input_card import InputCard, bundled_photos
from tudui_gui.gui.tabs.transforms.lower_area import DRAWS, LowerArea
from tudui_gui.gui.tabs.transforms.pipeline_card import PipelineCard
from tudui_gui.gui.tabs.transforms.scratch import ScratchPipeline
from tudui_gui.gui.tabs.transforms.stage_strip import StageStrip
from tudui_gui.gui.tabs.transforms.stage_work import (
    Input,
    ShownStage,
    dataset_work,
    file_work,
    input_work,
    is_random,
    stages_work,
)
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs, Progress, Work
from tudui_gui.images.reading import Picture, is_image_path
from tudui_gui.scripts import pipeline_script
from tudui_gui.training.experiment_reading import check_gives_tensor

_LEFT = 284


class TransformsPage(Page):
    """``transforms_tab``."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("transforms_tab")
        self.scratch = ScratchPipeline(session, self)
        self.input = InputCard()
        self.pipeline_card = PipelineCard(session, self.scratch)
        self.strip = StageStrip()
        self.draws = DrawsCard(session, jobs)
        self.lower_area = LowerArea(session, {DRAWS: self.draws})
        self._lay_out()
        self._connect()
        self.retranslate_ui()
        self._open_first()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self.input, 2)
        left.addWidget(self.pipeline_card, 5)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setHandleWidth(theme.GAP)
        right.setChildrenCollapsible(False)
        right.addWidget(self.strip)
        right.addWidget(self.lower_area)
        right.setStretchFactor(0, 1)
        for card in (self.input, self.pipeline_card):
            card.setFixedWidth(_LEFT)
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        row.addLayout(left)
        row.addWidget(right, 1)

    def _connect(self) -> None:
        self.input.path_chosen.connect(self.open_path)
        self.input.image_dropped.connect(self._open_dropped)
        self.input.dataset_requested.connect(self._open_from_dataset)
        self.scratch.pipeline_changed.connect(self._request)
        self.pipeline_card.step_chosen.connect(self._request_draws)
        self.pipeline_card.training_requested.connect(self._use_for_training)
        self.pipeline_card.test_requested.connect(self._use_for_test)
        self.strip.fix_requested.connect(self.pipeline_card.apply_fix)
        self.strip.step_chosen.connect(self.pipeline_card.choose)
        self.draws.seed_changed.connect(self._request)
        self.draws.failed.connect(self.show_failure)

    def _open_first(self) -> None:
        photos = bundled_photos()
        first = next((i for i, step in enumerate(self.scratch.pipeline.steps) if is_random(step)), -1)
        self.pipeline_card.choose(first)
        if photos:
            self.open_path(photos[0])

    def code(self) -> str:
        """The script that applies the pipeline to the input step by step."""
        shown = self.input.input
        path = shown.picture.path if shown else None
        return pipeline_script(self.scratch.pipeline, path, self.draws.seed)

    def accepts(self, path: Path) -> bool:
        """Image files."""
        return is_image_path(path)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first image file."""
        images = [path for path in paths if self.accepts(path)]
        if images:
            self.open_path(images[0])

    def open_image(self, picture: Picture, name: str) -> None:
        """Try the pipeline on an image that another page sent."""
        self._submit_input(partial(input_work, picture, name))

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Try the pipeline on an image file."""
        self._submit_input(partial(file_work, path))

    @Slot(object)
    def _open_dropped(self, image: QImage) -> None:
        self._submit_input(partial(_dropped_work, image, self.tr("dropped image")))

    @Slot()
    def _open_from_dataset(self) -> None:
        dataset, chosen = self.session.dataset, self.session.current_image
        if chosen is not None:
            self._submit_input(partial(dataset_work, *chosen))
        elif dataset is not None and dataset.parts:
            self._submit_input(partial(dataset_work, next(iter(dataset.parts.values())), 0))
        else:
            self.show_notice(self.tr("No data set is open."), self.tr("Go to Datasets"), self._go_to_datasets)

    @Slot()
    def _go_to_datasets(self) -> None:
        self.session.tab_requested.emit("datasets_tab")

    def _submit_input(self, work: Work) -> None:
        title = self.tr("Open an image")
        self.jobs.submit(
            work, done=self._show_input, failed=self.show_failure, key="transforms.input", title=title
        )

    @Slot(object)
    def _show_input(self, shown: Input) -> None:
        self.clear_banner()
        self.input.show_input(shown)
        self._request()

    @Slot()
    def _request(self) -> None:
        self.code_changed.emit()
        if self.input.input is None:
            return
        image = self.input.input.picture.image
        self.jobs.submit(
            partial(stages_work, image, self.scratch.pipeline, self.draws.seed),
            done=self._show_stages,
            failed=self.show_failure,
            key="transforms.stages",
            title=self.tr("Transforms"),
        )
        self._request_draws()

    @Slot()
    def _request_draws(self) -> None:
        shown = self.input.input
        image = shown.picture.image if shown else None
        self.draws.show_subject(image, self.scratch.pipeline, self.pipeline_card.chosen)

    @Slot(object)
    def _show_stages(self, stages: tuple[ShownStage, ...]) -> None:
        self.strip.show_stages(stages)
        self.pipeline_card.show_stages(stages)

    @Slot()
    def _use_for_training(self) -> None:
        experiment, pipeline = self.session.experiment, self.scratch.pipeline
        follows = experiment.test_transforms == experiment.train_transforms.deterministic()
        test = pipeline.deterministic() if follows else experiment.test_transforms
        if self._gives_tensor("transforms.train"):
            changed = replace(experiment, train_transforms=pipeline, test_transforms=test)
            self.session.set_experiment(changed, self.tr("Use the pipeline for training"))
            text = (
                self.tr("Training uses this pipeline now; testing uses it without its random steps.")
                if follows
                else self.tr("Training uses this pipeline now.")
            )
            self.session.notify(text)

    @Slot()
    def _use_for_test(self) -> None:
        if self._gives_tensor("transforms.test"):
            changed = replace(self.session.experiment, test_transforms=self.scratch.pipeline)
            self.session.set_experiment(changed, self.tr("Use the pipeline for test"))
            self.session.notify(self.tr("Testing and predicting use this pipeline now."))

    def _gives_tensor(self, key: str) -> bool:
        try:
            check_gives_tensor(self.scratch.pipeline, key)
        except TuduiError as error:
            self.show_failure(error)
            return False
        self.clear_banner()
        return True

    def retranslate_ui(self) -> None:
        """Set every text in the current language; the cards set their own."""
        self.setAccessibleName(self.tr("Transforms"))


def _dropped_work(image: QImage, name: str, token: CancelToken, progress: Progress) -> Input:
    pixels = Image.fromarray(from_qimage(image))
    return input_work(Picture(pixels, None, "", "RGB", pixels.size), name, token, progress)
