"""The Predict tab's page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.prediction import work
from tudui_gui.gui.tabs.prediction.details import DetailsCard
from tudui_gui.gui.tabs.prediction.models import ModelCard
from tudui_gui.gui.tabs.prediction.sketch import SketchCard
from tudui_gui.gui.tabs.prediction.strip import StageStrip
from tudui_gui.gui.tabs.prediction.table_card import TableCard
from tudui_gui.gui.tabs.prediction.view_card import ViewCard
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.drop_area import DropArea
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Job, Jobs
from tudui_gui.images.reading import IMAGE_SUFFIXES, Picture, is_image_path
from tudui_gui.scripts import prediction_script

_MODEL_SUFFIXES = (".pt", ".pth")
_CLASSIFY = "prediction.classify"
_EXAMINE = "prediction.examine"


class PredictionPage(Page):
    """``prediction_tab``."""

    #: From the job that classifies: its number, and (row, answer) pairs.
    _answers_ready = Signal(int, object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("prediction_tab")
        self._model: work.LoadedModel | None = None
        self._sources: list[work.Source] = []
        self._current: work.Source | None = None
        self._details: work.Details | None = None
        self._batch = 0
        self._job: Job | None = None
        self._drop = DropArea("prediction_drop_area", accepts=self.accepts)
        self._strip_card = Card()
        self._strip = StageStrip()
        self._notes = ElidedLabel(role="muted", object_name="prediction_notes")
        self._view_card = ViewCard()
        self._table = TableCard()
        self._empty = EmptyState("chart-bell-curve-cumulative", "prediction_empty")
        self._models = ModelCard()
        self._result = DetailsCard()
        self._sketch = SketchCard()
        self._lay_out()
        self._connect()
        self._refresh_models()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self._strip_card.header.addWidget(self._notes, 1)
        self._strip_card.header.setStretch(1, 0)
        self._strip_card.body.addWidget(self._strip)
        self._below = QStackedWidget()
        for widget in (self._view_card, self._table):
            self._below.addWidget(widget)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._strip_card)
        column.addWidget(self._below, 1)
        empty = Card()
        empty.body.addWidget(self._empty)
        self._content = QStackedWidget()
        self._content.addWidget(empty)
        self._content.addWidget(content)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self._drop)
        left.addWidget(self._content, 1)
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        row.addLayout(left, 1)
        row.addWidget(self._right_column())

    def _right_column(self) -> QWidget:
        right = QWidget()
        right.setFixedWidth(280)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._models)
        column.addWidget(self._result)
        column.addWidget(self._sketch, 1)
        return right

    def _connect(self) -> None:
        session = self.session
        session.runs_changed.connect(self._refresh_models)
        session.checkpoint_changed.connect(self._checkpoint_changed)
        self._models.model_chosen.connect(self._load_model)
        self._drop.paths_dropped.connect(self.open_paths)
        self._drop.image_dropped.connect(self._open_pasted)
        self._sketch.pad.drawing_changed.connect(self._drawn)
        self._table.source_chosen.connect(self._examine)
        self._table.cancel_requested.connect(self._cancel)
        self._table.export_requested.connect(self._export)
        self._view_card.send_requested.connect(self._send_image)
        self._empty.action_requested.connect(self._follow_empty_state)
        self._answers_ready.connect(self._add_answers)
        self.jobs.job_ended.connect(self._job_ended)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._drop.paste)

    # Models

    @Slot()
    def _refresh_models(self) -> None:
        self.jobs.submit(
            work.list_choices, done=self._models.set_runs, failed=self.show_failure, key="prediction.models"
        )

    @Slot(object)
    def _checkpoint_changed(self, path: Path) -> None:
        if self._model is not None and self._model.choice.path == path:
            self._models.reload(path)
        self._refresh_models()

    @Slot(object)
    def _load_model(self, choice: work.ModelChoice | None) -> None:
        if choice is None:
            self._take_model(None)
            return
        self.jobs.submit(
            partial(work.load_model, choice, self.session.experiment.model),
            done=self._model_loaded,
            failed=self._model_failed,
            key="prediction.load",
            title=self.tr("Loading {name}").format(name=choice.name),
        )

    @Slot(object)
    def _model_loaded(self, model: work.LoadedModel) -> None:
        self.clear_banner()
        if model.assumed:
            self.show_notice(
                QCoreApplication.translate("errors", model.assumed).format(
                    path=model.choice.path, model=self.session.experiment.model.name
                )
            )
        self._take_model(model)

    @Slot(object)
    def _model_failed(self, failure: Failure) -> None:
        self.show_failure(failure)
        if self._models.current is not None:
            self._models.forget(self._models.current, self._model.choice if self._model else None)

    def _take_model(self, model: work.LoadedModel | None) -> None:
        self._model = model
        self._models.show_model(model)
        self._show_content()
        if len(self._sources) > 1:
            self._classify()
        if self._current is not None:
            self._examine(self._current)
        self.code_changed.emit()

    # Pictures

    def accepts(self, path: Path) -> bool:
        return path.is_dir() or is_image_path(path) or path.suffix.lower() in _MODEL_SUFFIXES

    def open_paths(self, paths: Sequence[Path]) -> None:
        models = [path for path in paths if path.suffix.lower() in _MODEL_SUFFIXES and not path.is_dir()]
        pictures = [path for path in paths if path not in models]
        for path in models[:1]:
            self.clear_banner()
            self._models.open(path)
        if pictures:
            self.clear_banner()
            self.jobs.submit(
                partial(work.find_images, pictures),
                done=self._set_sources,
                failed=self.show_failure,
                key="prediction.find",
                title=self.tr("Looking for images"),
            )

    def open_image(self, picture: Picture, name: str) -> None:
        self._set_sources([work.Source(name, picture)])

    @Slot(object)
    def _open_pasted(self, image: QImage) -> None:
        self._set_sources([work.Source(self.tr("pasted image"), image)])

    @Slot()
    def _drawn(self) -> None:
        pad = self._sketch.pad
        if pad.is_empty:
            self._sketch.show_result(None)
            if self._is_drawing(self._current):
                self._show_nothing()
            return
        self._table.clear_selection()
        self._examine(work.Source(self.tr("drawing"), pad.strokes))

    @Slot(object)
    def _set_sources(self, sources: list[work.Source]) -> None:
        self._sources = sources
        self._table.set_sources(sources, self._model.classifier.classes if self._model else ())
        self._below.setCurrentWidget(self._table if len(sources) > 1 else self._view_card)
        if len(sources) > 1:
            self._classify()
            self._table.select_first()
        else:
            self._cancel()
            self._examine(sources[0])
        self._show_content()

    def _classify(self) -> None:
        if self._model is None:
            return
        self._batch += 1
        self._table.set_sources(self._sources, self._model.classifier.classes)
        self._table.set_running(True)
        send = partial(self._answers_ready.emit, self._batch)
        self._job = self.jobs.submit(
            partial(work.classify, self._model, tuple(self._sources), send),
            failed=self.show_failure,
            key=_CLASSIFY,
            title=self.tr("Classifying {count} images").format(count=len(self._sources)),
            lasting=True,
        )

    @Slot(int, object)
    def _add_answers(self, batch: int, answers: list[tuple[int, work.Answer]]) -> None:
        if batch == self._batch:
            self._table.add_answers(answers)

    @Slot()
    def _cancel(self) -> None:
        self.jobs.cancel(_CLASSIFY)

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._table.set_running(False)

    # One picture

    @Slot(object)
    def _examine(self, source: work.Source) -> None:
        self._current = source
        self.jobs.submit(
            partial(work.examine, self._model, source),
            done=self._show_details,
            failed=self.show_failure,
            key=_EXAMINE,
        )

    @Slot(object)
    def _show_details(self, details: work.Details) -> None:
        self._details = details
        true_class = self._true_class(details.source)
        self._result.show_details(details, true_class)
        self._strip.set_stages(details.stages)
        notes = details.picture.notes if details.picture else ()
        self._notes.set_text(" ".join(QCoreApplication.translate("events", note) for note in notes))
        self._view_card.show_details(details)
        if self._is_drawing(details.source):
            self._sketch.show_result(details)
        self._show_content()
        self.code_changed.emit()

    @Slot(str)
    def _send_image(self, target: str) -> None:
        details = self._details
        if details is not None and details.picture is not None:
            self.session.send_image(details.picture, details.source.name, target)

    def _show_nothing(self) -> None:
        self.jobs.cancel(_EXAMINE)
        self._current = self._details = None
        self._result.show_details(None)
        self._strip.set_stages(())
        self._notes.set_text("")
        self._view_card.show_details(None)
        self._show_content()
        self.code_changed.emit()

    def _true_class(self, source: work.Source) -> str:
        classes = self._model.classifier.classes if self._model else ()
        folder = source.path.parent.name if source.path else ""
        return folder if folder in classes else ""

    @staticmethod
    def _is_drawing(source: work.Source | None) -> bool:
        return source is not None and isinstance(source.origin, tuple)

    # The page

    def _show_content(self) -> None:
        self._content.setCurrentIndex(0 if self._current is None and len(self._sources) < 2 else 1)
        self._show_empty_texts()

    def _show_empty_texts(self) -> None:
        if self._model is None:
            self._empty.set_texts(
                self.tr("There is no trained model yet. Train one first, or open a checkpoint on the right."),
                self.tr("Train on the bundled digits"),
                self.tr("Go to the Train tab, whose first experiment takes seconds"),
            )
        else:
            self._empty.set_texts(
                self.tr("Drop images above, paste them, or draw a digit on the right."),
                self.tr("Open images…"),
                self.tr("Choose image files to classify"),
            )

    @Slot(str)
    def _export(self, path: str) -> None:
        self.jobs.submit(
            partial(work.export_csv, self._table.model.rows(), Path(path)),
            done=self._exported,
            failed=self.show_failure,
            title=self.tr("Saving {name}").format(name=Path(path).name),
        )

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self.session.notify(self.tr("Saved {path}.").format(path=path))

    @Slot()
    def _follow_empty_state(self) -> None:
        if self._model is None:
            self.session.tab_requested.emit("training_tab")
        else:
            self._drop.choose_files()

    def code(self) -> str:
        model, details = self._model, self._details
        if model is None or model.classifier.experiment is None:
            return ""
        return prediction_script(
            model.choice.path,
            details.source.path if details else None,
            model.classifier.experiment,
            model.classifier.classes,
            transforms=details.pipeline if details else None,
        )

    def activated(self) -> None:
        self._refresh_models()

    def retranslate_ui(self) -> None:
        self.setAccessibleName(self.tr("Predict"))
        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        self._drop.set_texts(
            self.tr("Drop images or a folder here"),
            self.tr("or click to open, Ctrl+V to paste, or draw"),
            self.tr("Images ({patterns})").format(patterns=patterns),
        )
        self._strip_card.set_title(self.tr("What the network sees"))
        self._strip.setAccessibleName(self.tr("What the network sees"))
        self._show_empty_texts()
