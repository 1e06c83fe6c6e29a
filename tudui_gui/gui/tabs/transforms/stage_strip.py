"""The stage area: the inputs, a row each, and what every step makes of them, a column each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.stage_column import StageColumn
from tudui_gui.gui.tabs.transforms.stage_link import StageLink
from tudui_gui.gui.tabs.transforms.stage_rows import SeenRow
from tudui_gui.gui.widgets.empty_state import EmptyState


class StageStrip(QScrollArea):
    """A column for the input and for each step that is switched on, a row for each input.

    Signals
    -------
    fix_requested(object)
        A ``Fix`` to apply.
    step_chosen(int)
        Index of the step whose column was clicked.
    row_chosen(int)
        Another row was clicked.
    open_requested()
        There is no input, and a person wants one.
    """

    fix_requested = Signal(object)
    step_chosen = Signal(int)
    row_chosen = Signal(int)
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage_strip")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.link = StageLink(self)
        self._columns: list[StageColumn] = []
        self._rows: Sequence[SeenRow] = ()
        self._chosen = 0
        self._is_marking = False
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE)
        self.setWidget(inside)
        self.link.step_chosen.connect(self.step_chosen)
        self.link.row_chosen.connect(self.row_chosen)
        self._empty = EmptyState("image-outline", "stages_empty")
        self._empty.action_requested.connect(self.open_requested)
        self._row.addWidget(self._empty, 1)
        self._empty.hide()
        self._add_column()
        self.input_column.hide()
        self.retranslate_ui()

    @property
    def columns(self) -> list[StageColumn]:
        """The columns of the steps that are visible, in order."""
        return [column for column in self._columns[1:] if not column.isHidden()]

    @property
    def input_column(self) -> StageColumn:
        """The column of the inputs."""
        return self._columns[0]

    @property
    def rows(self) -> Sequence[SeenRow]:
        """What is shown."""
        return self._rows

    @property
    def chosen_row(self) -> SeenRow | None:
        """The row whose facts are shown."""
        return self._rows[self._chosen] if self._rows else None

    def show_rows(self, rows: Sequence[SeenRow], chosen: int) -> None:
        """Show what a pipeline makes of each input; ``chosen`` is the row whose facts are shown."""
        self._rows, self._chosen = rows, max(0, min(chosen, len(rows) - 1))
        if not rows:
            return
        self._empty.hide()
        stages = rows[0].row.stages
        while len(self._columns) < len(stages) + 1:
            self._add_column()
        for column in self._columns:
            is_shown = column.column == 0 or (
                column.column <= len(stages) and stages[column.column - 1].step.enabled
            )
            if column.column <= len(stages):
                column.show_rows(rows, self._chosen)
            column.setVisible(is_shown)
        self.link.show_rows(rows, self._chosen)
        self._align()

    def show_empty(self) -> None:
        """Say what to do where there is no input; nothing where there is one."""
        self._empty.setVisible(not self._rows)

    def choose_row(self, row: int) -> None:
        """Show the facts of another row."""
        if self._rows and row != self._chosen:
            self.show_rows(self._rows, row)

    def _add_column(self) -> None:
        column = StageColumn(len(self._columns))
        column.set_marking(self._is_marking)
        column.fix_requested.connect(self.fix_requested)
        column.marks_toggled.connect(self._mark)
        self.link.add(column)
        self._columns.append(column)
        self._row.addWidget(column, 1)

    @Slot(bool)
    def _mark(self, is_on: bool) -> None:
        self._is_marking = is_on
        for column in self._columns:
            column.set_marking(is_on)

    def _align(self) -> None:
        """Give what is below the pictures one height, so that the rows of all columns stay in line."""
        shown = [column.details for column in self._columns if not column.isHidden()]
        needed = max(details.needed_height() for details in shown)
        for details in shown:
            if details.minimumHeight() != needed:
                details.setMinimumHeight(needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rows:
            self._align()

    def sizeHint(self) -> QSize:
        return QSize(700, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 200)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("The picture after every step"))
        self._empty.set_texts(
            self.tr("Open an image to see it after every step of the pipeline."),
            self.tr("Open…"),
            self.tr("Open an image file; dropping one here does the same"),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
