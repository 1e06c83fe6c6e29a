"""The page of the Transforms tab: input and pipeline on the left, what they give on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms import code_kinds
from tudui_gui.gui.tabs.transforms.draws_work import draws_numbers
from tudui_gui.gui.tabs.transforms.input_card import InputCard, bundled_photos
from tudui_gui.gui.tabs.transforms.lower_area import StagesSplitter
from tudui_gui.gui.tabs.transforms.lower_cards import LowerCards
from tudui_gui.gui.tabs.transforms.pipeline_card import PipelineCard
from tudui_gui.gui.tabs.transforms.scratch import ScratchPipeline
from tudui_gui.gui.tabs.transforms.stage_requests import StageRequests
from tudui_gui.gui.tabs.transforms.stage_rows import SeenRow
from tudui_gui.gui.tabs.transforms.stage_strip import StageStrip
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.experiment_comparison import ExperimentComparison
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import Picture, is_image_path
from tudui_gui.training.experiment_reading import check_gives_tensor
from tudui_gui.transforms.flow import form_of

_LEFT = 284

#: Milliseconds from the stages to the draws, which delay neither the stages' painting nor the next edit then.
_REST = 40


class TransformsPage(Page):
    """``transforms_tab``."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("transforms_tab")
        self.scratch = ScratchPipeline(session, self)
        self.input = InputCard(session, jobs)
        self.pipeline_card = PipelineCard(session, self.scratch, jobs)
        self.comparison = ExperimentComparison(session, "transforms_comparison")
        self.strip = StageStrip()
        self.requests = StageRequests(jobs, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self.lower_area = LowerCards(session, jobs)
        self.draws = self.lower_area.draws
        self._scripts = code_kinds.PageScripts(self)
        self._lay_out()
        self._connect()
        self.retranslate_ui()
        self._open_first()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self.input, 2)
        left.addWidget(self.pipeline_card, 5)
        parts = StagesSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(theme.GAP)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.strip)
        parts.addWidget(self.lower_area)
        parts.setStretchFactor(0, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(self.comparison)
        right.addWidget(parts, 1)
        for card in (self.input, self.pipeline_card):
            card.setFixedWidth(_LEFT)
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        row.addLayout(left)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.input.inputs_changed.connect(self._request)
        self.input.current_changed.connect(self._show_current)
        self.input.succeeded.connect(self.clear_banner)
        self.input.failed.connect(self._show_unread)
        self.input.dataset_missing.connect(self._tell_no_dataset)
        self.input.fix_requested.connect(self.pipeline_card.apply_fix)
        self.scratch.pipeline_changed.connect(self._request)
        self.pipeline_card.step_chosen.connect(self._request_draws)
        self.pipeline_card.training_requested.connect(self._use_for_training)
        self.pipeline_card.test_requested.connect(self._use_for_test)
        self.strip.fix_requested.connect(self.pipeline_card.apply_fix)
        self.strip.step_chosen.connect(self.pipeline_card.choose)
        self.strip.row_chosen.connect(self.input.choose)
        self.strip.open_requested.connect(self.input.ask_to_open)
        self.requests.rows_ready.connect(self._show_rows)
        self._rest.timeout.connect(self._request_draws)
        self.requests.request_failed.connect(self.show_failure)
        self.draws.seed_changed.connect(self._request)
        self.lower_area.failed.connect(self.show_failure)
        self.lower_area.code_changed.connect(self.code_changed)

    def _open_first(self) -> None:
        photos = bundled_photos()
        first = next((i for i, step in enumerate(self.scratch.pipeline.steps) if draws_numbers(step)), -1)
        self.pipeline_card.choose(first)
        if photos:
            self.input.open_paths(photos[:1])
        else:
            self.strip.show_empty()

    @property
    def is_settled(self) -> bool:
        """Whether the stages and the draws of the last edit are there."""
        return self.requests.is_settled and not self._rest.isActive() and self.jobs.is_idle

    def code(self) -> str:
        """The script of the kind that is chosen in the Code dock."""
        return self._scripts.text(self.code_kind)

    def code_kinds(self) -> Mapping[str, tuple[str, str]]:
        return code_kinds.texts()

    def accepts(self, path: Path) -> bool:
        """Image files."""
        return is_image_path(path)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the image files: one in place of the current input, several in place of all."""
        self.input.open_paths([path for path in paths if self.accepts(path)])

    def open_image(self, picture: Picture, name: str) -> None:
        """Try the pipeline on an image that another page sent."""
        self.input.open_picture(picture, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.input.paste()):
            super().keyPressEvent(event)

    @Slot(object)
    def _show_unread(self, failures: tuple[Failure, ...]) -> None:
        """What could not be opened; the inputs that there are stay."""
        self.strip.show_empty()
        if len(failures) == 1:
            self.show_failure(failures[0])
        else:
            self.show_notice("\n".join(describe(failure) for failure in failures))

    @Slot()
    def _tell_no_dataset(self) -> None:
        self.show_notice(self.tr("No data set is open."), self.tr("Go to Datasets"), self._go_to_datasets)

    @Slot()
    def _go_to_datasets(self) -> None:
        self.session.tab_requested.emit("datasets_tab")

    @Slot()
    def _show_current(self) -> None:
        """Another of the inputs is the current one: its row leads, and the draws are of it."""
        self.code_changed.emit()
        self.strip.choose_row(self.input.current)
        self._show_states()
        self._request_draws()

    @Slot()
    def _request(self) -> None:
        self.code_changed.emit()
        self.input.show_steps(self.scratch.pipeline.steps)
        if self.input.inputs:
            self.pipeline_card.set_start(form_of(self.input.inputs[self.input.current].value))
            self.requests.request(self.input.inputs, self.scratch.pipeline, self.draws.seed)

    @Slot()
    def _request_draws(self) -> None:
        inputs, current, chosen = self.input.inputs, self.input.current, self.pipeline_card.chosen
        self.lower_area.show_subject(inputs, current, self.scratch.pipeline, chosen)

    @Slot(object)
    def _show_rows(self, rows: tuple[SeenRow, ...]) -> None:
        self.strip.show_rows(rows, self.input.current)
        self._show_states()
        if self.requests.is_settled:
            self._rest.start()

    def _show_states(self) -> None:
        seen = self.strip.chosen_row
        if seen is not None:
            self.pipeline_card.show_stages(seen.row.stages)
            self.lower_area.show_row(seen.row)

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
