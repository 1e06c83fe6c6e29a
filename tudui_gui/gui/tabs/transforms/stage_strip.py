"""The picture after every step, side by side."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.problem_box import ProblemBox
from tudui_gui.gui.tabs.transforms.stage_work import ShownStage
from tudui_gui.gui.tabs.transforms.texts import channel_facts, drawn_text, range_text, shape_text
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag

_NARROWEST = 196


class StageColumn(Card):
    """What one step makes: its type, the picture, the facts.

    Signals
    -------
    fix_requested(object)
        A ``Fix`` to apply.
    chosen(int)
        The column was clicked.
    """

    fix_requested = Signal(object)
    chosen = Signal(int)

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        name = f"stage_{index}"
        super().__init__(object_name=name, parent=parent)
        self._index = index
        self._stage: ShownStage | None = None
        self._tag = Tag(object_name=f"{name}_kind")
        self.view = ImageView(f"{name}_image")
        self._problem = ProblemBox(name)
        self._waiting = Label(role="muted", object_name=f"{name}_skipped")
        self._waiting.setWordWrap(True)
        self._plain = named(QCheckBox(), f"{name}_denormalize")
        self._facts = FactsStrip(f"{name}_facts")
        self._pixel = ElidedLabel(role="mono", object_name=f"{name}_pixel")
        self._histogram = HistogramView(f"{name}_histogram")
        self._channels = FactsStrip(f"{name}_channels")
        self._lay_out()
        self._problem.fix_requested.connect(self.fix_requested)
        self._plain.toggled.connect(self._show_image)
        self.view.pixel_hovered.connect(self._show_pixel)
        self.view.pixel_clicked.connect(self._choose)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.setMinimumWidth(_NARROWEST)
        self.add_to_header(self._tag)
        self.body.setSpacing(theme.SPACE // 2)
        self.view.setMinimumHeight(90)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._waiting)
        self.body.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.addWidget(self._pixel, 1)
        row.addWidget(self._plain)
        # The pictures of all columns stay in line.
        row.addStrut(self._plain.sizeHint().height())
        self.body.addWidget(self._facts)
        self.body.addLayout(row)
        self.body.addWidget(self._histogram)
        self.body.addWidget(self._channels)
        self.body.addStretch(0)

    @property
    def stage(self) -> ShownStage | None:
        """What is shown."""
        return self._stage

    def show_stage(self, stage: ShownStage) -> None:
        """Show another result in place of the one before."""
        self._stage = stage
        self.set_title(stage.step.name)
        facts = stage.facts
        self._tag.set_text(facts.kind if facts else "")
        self._problem.set_problem(stage.problem)
        self._waiting.setHidden(facts is not None or stage.problem is not None)
        self._plain.setVisible(stage.plain is not None)
        for widget in (self.view, self._facts, self._pixel, self._histogram, self._channels):
            widget.setVisible(facts is not None)
        self._show_image()
        self.update()
        if facts is not None:
            self._facts.set_facts([("", shape_text(facts)), ("", range_text(facts))])
            self._pixel.set_text(drawn_text(stage.drawn))
            self._histogram.set_counts(facts.histogram, float(facts.edges[0]), float(facts.edges[-1]))
            self._channels.set_facts(channel_facts(facts))

    @Slot()
    def _show_image(self) -> None:
        stage = self._stage
        if stage is None or stage.image is None:
            self.view.set_image(None)
        else:
            has_plain = self._plain.isChecked() and stage.plain is not None
            self.view.set_image(stage.plain if has_plain else stage.image, stage.values)

    @Slot(int, int, object)
    def _show_pixel(self, x: int, y: int, values: np.ndarray | None) -> None:
        if values is None:
            self._pixel.set_text(drawn_text(self._stage.drawn) if self._stage else "")
        else:
            numbers = " ".join(f"{v:.3f}" if values.dtype.kind == "f" else str(v) for v in values.tolist())
            self._pixel.set_text(f"({x}, {y}) {numbers}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stage is not None and self._stage.problem is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.tokens().danger))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS
            )

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._index)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._waiting.setText(self.tr("Not run: a step before it fails."))
        self._plain.setText(self.tr("de-normalised"))
        self._plain.setAccessibleName(self.tr("de-normalised"))
        self._plain.setToolTip(self.tr("Undo Normalize for the eye; the facts stay those of the tensor"))
        self.view.setAccessibleName(self.tr("Picture after this step"))
        self.view.setToolTip(self.tr("As add_image shows it; Ctrl+wheel zooms all, click chooses the step"))
        self._histogram.setAccessibleName(self.tr("Histogram"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class StageStrip(QScrollArea):
    """A column a step that is switched on; zooming one picture zooms all.

    Signals
    -------
    fix_requested(object)
        A ``Fix`` to apply.
    step_chosen(int)
        Index of the step whose column was clicked.
    """

    fix_requested = Signal(object)
    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage_strip")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._columns: list[StageColumn] = []
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        self.setWidget(inside)
        self.retranslate_ui()

    @property
    def columns(self) -> list[StageColumn]:
        """The columns that are visible, in order."""
        return [column for column in self._columns if not column.isHidden()]

    def show_stages(self, stages: tuple[ShownStage, ...]) -> None:
        """Show the stages of a pipeline."""
        while len(self._columns) < len(stages):
            self._add_column()
        for column, stage in zip(self._columns, stages, strict=False):
            column.show_stage(stage)
            column.setVisible(stage.step.enabled)
        for column in self._columns[len(stages) :]:
            column.hide()

    def _add_column(self) -> None:
        column = StageColumn(len(self._columns))
        column.fix_requested.connect(self.fix_requested)
        column.chosen.connect(self.step_chosen)
        column.view.view_changed.connect(self._follow)
        self._columns.append(column)
        self._row.addWidget(column, 1)

    @Slot(float, object)
    def _follow(self, zoom: float, center: QPointF) -> None:
        for column in self._columns:
            column.view.show_view(zoom, center)

    def sizeHint(self) -> QSize:
        return QSize(700, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 200)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("The picture after every step"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
