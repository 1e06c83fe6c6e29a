"""Embedding: the images as points of a plane, to choose from with a lasso."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tudui_gui.datasets.selection import source_values
from tudui_gui.datasets.sources import NO_LABEL, Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.datasets.embedding_export import ExportButton, export_work
from tudui_gui.gui.tabs.datasets.embedding_legend import EmbeddingLegend
from tudui_gui.gui.tabs.datasets.embedding_settings import EmbeddingSettings
from tudui_gui.gui.tabs.datasets.embedding_texts import ChosenRow, axis_texts, described
from tudui_gui.gui.tabs.datasets.embedding_tools import ToolButtons
from tudui_gui.gui.tabs.datasets.embedding_work import (
    PARTS,
    Embedded,
    Thumbnail,
    chosen_by_part,
    compute,
    follow,
    thumbnail_work,
)
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.scatter_image import Points
from tudui_gui.gui.widgets.scatter_plot import ScatterPlot
from tudui_gui.gui.workers import Job, Jobs
from tudui_gui.transforms.pipeline import Pipeline

_COMPUTE = "datasets.embedding"
_FOLLOW = "datasets.embedding_follow"
_HOVER = "datasets.embedding_hover"
_LEGEND = 112
#: In a card narrower than this the settings make room for the points once they are there.
_NARROW = 600


class EmbeddingCard(Card):
    """PCA or t-SNE of the open data set's images, by their pixels or by what the open model makes of them.

    Signals
    -------
    selection_requested(str, object)
        Show these images in the grid: a part's name, and an ascending list of indices there.
    image_requested(str, int)
        Show one image large: its part and index.
    """

    selection_requested = Signal(str, object)
    image_requested = Signal(str, int)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="embedding_card", parent=parent)
        self._session = session
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._embedded: Embedded | None = None
        self._failure: Failure | None = None
        self._job: Job | None = None
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.settings.set_model(session.open_model)
        self._show_result()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self.settings = EmbeddingSettings()
        self.plot = ScatterPlot("embedding_plot")
        self.legend = EmbeddingLegend()
        self.legend.setFixedWidth(_LEGEND)
        self._tools = ToolButtons()
        self._export = ExportButton()
        self._empty = EmptyState("scatter-plot", "embedding_empty")
        self._stack = QStackedWidget()
        self._text = ElidedLabel(role="mono", object_name="embedding_text")
        self._marks = Label(role="mono", object_name="embedding_marks")
        self._chosen = ChosenRow()
        self._problem = Label(role="error", object_name="embedding_problem")
        self._problem.setWordWrap(True)
        self._problem.setMinimumWidth(1)

    def _lay_out(self) -> None:
        for widget in (self._tools, self._export):
            self.add_to_header(widget)
        for page in (self._empty, self.plot):
            self._stack.addWidget(page)
        middle = QVBoxLayout()
        middle.setSpacing(theme.SPACE // 2)
        middle.addWidget(self._problem)
        middle.addWidget(self._stack, 1)
        right = QVBoxLayout()
        right.addWidget(self.legend, 1)
        right.addWidget(self._marks)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.settings)
        row.addLayout(middle, 1)
        row.addLayout(right)
        line = QHBoxLayout()
        line.addWidget(self._text, 1)
        line.addWidget(self._chosen)
        self.body.setSpacing(theme.SPACE // 2)
        self.body.addLayout(row, 1)
        self.body.addLayout(line)

    def _connect(self) -> None:
        self.settings.compute_requested.connect(self.compute)
        self.settings.cancel_requested.connect(self.cancel)
        self._empty.action_requested.connect(self.compute)
        self._tools.tool_chosen.connect(self.plot.set_tool)
        self._tools.fit_requested.connect(self.plot.fit)
        self._tools.fold_toggled.connect(self.settings.setVisible)
        self._export.file_chosen.connect(self.export)
        self.plot.point_hovered.connect(self._hover)
        self.plot.point_clicked.connect(self._show_image)
        self.plot.selection_changed.connect(self._tell_selection)
        self.legend.highlighted.connect(self.plot.set_highlight)
        self.legend.hidden_changed.connect(self.plot.set_hidden)
        self.legend.class_activated.connect(self.plot.select_class)
        self._chosen.part_requested.connect(self._show_part)
        self._session.open_model_changed.connect(self.settings.set_model)
        self._jobs.job_progressed.connect(self._show_progress)
        self._jobs.job_ended.connect(self._end)

    @property
    def embedded(self) -> Embedded | None:
        """What the plot shows."""
        return self._embedded

    def show_dataset(self, dataset: Dataset) -> None:
        """Show another data set, or the same one with other corrections: its points stay then."""
        before, self._dataset = self._dataset, dataset
        self.settings.set_dataset(dataset)
        self._jobs.cancel(_FOLLOW)
        if before is not None and _is_same_source(before, dataset):
            self._follow()
            return
        self.cancel()
        self._forget_failure()
        self._embedded = None
        self._show_result()

    def _follow(self) -> None:
        """Find the images of the points in the data set as it is now."""
        if self._embedded is not None and self._dataset is not None:
            work = partial(follow, self._embedded, self._dataset)
            self._jobs.submit(work, done=self._followed, key=_FOLLOW)

    @Slot()
    def compute(self) -> None:
        """Lay the images out as the settings say."""
        request = self.settings.request
        if self._dataset is None or request is None:
            return
        self._forget_failure()
        model = self._session.open_model
        self._job = self._jobs.submit(
            partial(compute, self._dataset, request, model, self._pipeline(model)),
            done=self._computed,
            failed=self._show_failure,
            key=_COMPUTE,
            title=self.tr("Embedding"),
            lasting=True,
        )
        self.settings.set_running(True)
        self._show_empty_texts()

    def _pipeline(self, model: OpenModel | None) -> Pipeline:
        """The preprocessing that a model of a file was tested with; else the experiment's."""
        if model is not None and model.classifier is not None:
            return model.classifier.transforms
        return self._session.experiment.test_transforms

    @Slot()
    def cancel(self) -> None:
        """Stop computing; the points that are shown stay."""
        self._jobs.cancel(_COMPUTE)

    @Slot(object)
    def _computed(self, embedded: Embedded) -> None:
        self._embedded = embedded
        self._show_result()
        if embedded.dataset is not self._dataset:
            self._follow()  # it was corrected meanwhile
        if self.width() < _NARROW:
            self._tools.fold()

    @Slot(object)
    def _followed(self, embedded: Embedded) -> None:
        same = self._embedded is not None and len(embedded) == len(self._embedded)
        self._embedded = embedded
        self._show_result(keep_view=same)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._failure = failure
        self._problem.setText(brief(failure))
        self._problem.show()

    def _forget_failure(self) -> None:
        self._failure = None
        self._problem.hide()

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._job:
            self.settings.show_progress(fraction, text)

    @Slot(object)
    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.settings.set_running(False)
            self._show_empty_texts()

    def _show_result(self, *, keep_view: bool = False) -> None:
        embedded = self._embedded
        shown = embedded is not None and len(embedded) > 0
        self.plot.set_points(
            _points(embedded) if embedded is not None else Points.none(), keep_view=keep_view
        )
        self._stack.setCurrentWidget(self.plot if shown else self._empty)
        for widget in (self.legend, self._marks, self._text):
            widget.setVisible(shown)
        self._tools.set_enabled(shown)
        self._export.setEnabled(shown)
        self.legend.set_classes(self._legend_rows())
        self._chosen.show_counts({})
        self._show_texts()

    def _legend_rows(self) -> list[tuple[int, str, int]]:
        if self._embedded is None:
            return []
        labels, counts = np.unique(self._embedded.labels, return_counts=True)
        classes = self._embedded.dataset.classes
        names = [classes[label] if label != NO_LABEL else self.tr("no label") for label in labels]
        return list(zip(labels.tolist(), names, counts.tolist(), strict=True))

    def _show_texts(self) -> None:
        if self._embedded is not None:
            text, marks = described(self._embedded)
            self._text.set_text(text)
            self._marks.setText(marks)
            self.plot.set_labels(*axis_texts(self._embedded))

    def _show_empty_texts(self) -> None:
        text = self.tr("Each image becomes a point; similar ones lie close together.")
        if self._job is not None:
            self._empty.set_texts(text)
        else:
            self._empty.set_texts(text, self.tr("Compute"), self.tr("Lay the images out in a plane"))

    @Slot(int)
    def _hover(self, point: int) -> None:
        if self._embedded is None or point < 0:
            self._jobs.cancel(_HOVER)
            return
        self.plot.set_caption(self._caption(point))
        self._jobs.submit(
            partial(thumbnail_work, self._embedded, point),
            done=self._show_thumbnail,
            failed=self._miss_thumbnail,
            key=_HOVER,
        )

    def _caption(self, point: int) -> tuple[str, ...]:
        assert self._embedded is not None
        index = int(self._embedded.indices[point])
        image_set = self._embedded.image_set(point)
        return image_set.name(index), image_set.label_name(index) or self.tr("no label")

    @Slot(object)
    def _show_thumbnail(self, thumbnail: Thumbnail) -> None:
        if thumbnail.embedded is self._embedded and thumbnail.point == self.plot.pointed:
            self.plot.set_caption(self._caption(thumbnail.point), thumbnail.image)

    @Slot(object)
    def _miss_thumbnail(self, failure: Failure) -> None:
        """The sheet stays without a picture: the file is gone, and the grid says so."""

    @Slot(int)
    def _show_image(self, point: int) -> None:
        if self._embedded is not None:
            part = PARTS[self._embedded.parts[point]]
            self.image_requested.emit(part, int(self._embedded.indices[point]))

    @Slot(object)
    def _tell_selection(self, points: np.ndarray) -> None:
        """Show the part with the most of them in the grid; the others are a click away."""
        if self._embedded is None:
            return
        chosen = chosen_by_part(self._embedded, points)
        self._chosen.show_counts({part: len(indices) for part, indices in chosen.items()})
        if len(points) > 1:
            part = max(chosen, key=lambda name: len(chosen[name]))
            self.selection_requested.emit(part, chosen[part])

    @Slot(str)
    def _show_part(self, part: str) -> None:
        if self._embedded is not None:
            chosen = chosen_by_part(self._embedded, self.plot.selection)
            self.selection_requested.emit(part, chosen.get(part, []))

    @Slot(object)
    def export(self, path: Path) -> None:
        """Write the plot as PNG or, by the file's ending, its points as CSV."""
        if self._embedded is not None:
            work = partial(export_work, path, self._embedded, self.plot.grab().toImage())
            # Without a key: a second export does not cancel the first.
            self._jobs.submit(work, failed=self._show_failure)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Embedding"))
        self._show_empty_texts()
        self.plot.setAccessibleName(self.tr("Images as points"))
        self.plot.setToolTip(
            self.tr("An image a point; the wheel zooms, 0 shows all, Page Down goes from point to point")
        )
        self._show_texts()
        if self._failure is not None:
            self._problem.setText(brief(self._failure))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _is_same_source(one: Dataset, other: Dataset) -> bool:
    same_step = one.step.name == other.step.name and source_values(one.step) == source_values(other.step)
    return same_step and one.name == other.name


def _points(embedded: Embedded) -> Points:
    places = embedded.projection.points.astype(np.float64)
    return Points(places, embedded.labels, embedded.parts.astype(np.uint8), embedded.flagged)
