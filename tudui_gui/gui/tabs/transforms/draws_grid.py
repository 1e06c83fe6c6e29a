"""A grid whose cells are as large as all of them fit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.draws_painting import CAPTION_POINTS, CellState
from tudui_gui.gui.widgets.uniform_grid import UniformGrid

Index = QModelIndex | QPersistentModelIndex

#: Sides of pictures that are tried until all fit, and the side where they have to be scrolled.
_SIDES, _SCROLLED = range(224, 52, -4), 88
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class FittingModel(QAbstractListModel):
    """What the cells stand for, and what assistive technology reads of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0

    def reset(self, count: int) -> None:
        """Have ``count`` cells."""
        self.beginResetModel()
        self._count = count
        self.endResetModel()

    def text(self, row: int) -> str:
        """A cell in words."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return self.text(index.row()) if role in roles else None


class FittingGrid(UniformGrid):
    """Arrow keys, Home, End and the page keys move; where not all cells fit, it scrolls.

    A subclass says how large a cell is (:meth:`cell_size`) and paints it (:meth:`paint_cell`).

    Signals
    -------
    row_pointed(int)
        The row under the pointer, else the current one, or -1.
    row_activated(int)
        Clicked, or Enter pressed on.
    """

    row_pointed = Signal(int)
    row_activated = Signal(int)

    def __init__(self, object_name: str, model: FittingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("role", "plain")
        model.setParent(self)
        self._cells = model
        self._hovered = -1
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)

    def cell_size(self, side: int) -> QSize:
        """How large a cell with pictures of ``side`` pixels is."""
        raise NotImplementedError

    def paint_cell(self, painter: QPainter, cell: QRect, row: int, state: CellState) -> None:
        """Paint one cell."""
        raise NotImplementedError

    @property
    def current(self) -> int:
        """The row that keys move from, or -1."""
        return self.currentIndex().row()

    @property
    def side(self) -> int:
        """Side of a picture in pixels."""
        return self._side

    def cell(self, row: int) -> QRect:
        """Where a cell is in the viewport."""
        return self.cell_rect(row)

    def expect(self, count: int, *, keeps_place: bool = False) -> None:
        """Have ``count`` cells; ``keeps_place``: they are much like those of before."""
        place = self.verticalScrollBar().value() if keeps_place else 0
        row = self.current if keeps_place else -1
        self._hovered = -1
        self._cells.reset(count)
        self.fit()
        self.verticalScrollBar().setValue(place)
        if 0 <= row < count:
            self.make_current(row)

    def make_current(self, row: int) -> None:
        """Move to ``row``, and scroll there."""
        self.setCurrentIndex(self._cells.index(row))

    def fit(self) -> None:
        """Make the cells as large as all of them are in sight; of usual size where they are too many."""
        self._side = next((side for side in _SIDES if self._holds(side)), self._scrolled_side())
        cell = self.cell_size(self._side)
        if cell != self.gridSize():
            self.setGridSize(cell)
        self.updateGeometries()
        self.viewport().update()

    def _scrolled_side(self) -> int:
        """Such that a whole row is in sight, if it can be."""
        room = self.viewport().height() - (self.cell_size(_SCROLLED).height() - _SCROLLED)
        return max(_SIDES[-1], min(_SCROLLED, room))

    def _holds(self, side: int) -> bool:
        cell, room = self.cell_size(side), self.viewport().size()
        columns = room.width() // cell.width()
        return columns > 0 and -(-max(1, self.count) // columns) * cell.height() <= room.height()

    @staticmethod
    def caption_font() -> QFont:
        """Of the numbers under a picture."""
        return theme.monospace_font(CAPTION_POINTS)

    def sizeHint(self) -> QSize:
        return QSize(500, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SCROLLED + 40, _SCROLLED + 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # -- hands ---------------------------------------------------------------------------------------------

    def tell_pointed(self) -> None:
        """Send :attr:`row_pointed`."""
        self.row_pointed.emit(self._hovered if self._hovered >= 0 else self.current)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.tell_pointed()

    def _activate(self, row: int) -> None:
        if row >= 0:
            self.make_current(row)
            self.row_activated.emit(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._activate(self.row_at(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
            self.tell_pointed()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def moveCursor(self, action: object, modifiers: object) -> QModelIndex:
        return self._cells.index(max(0, self.current)) if self.count else QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.current)
        elif self.count and (target := self._target(key)) is not None:
            self.make_current(target)
        else:
            event.ignore()

    def _target(self, key: Qt.Key) -> int | None:
        """The row that ``key`` leads to; None for other keys."""
        current, last = self.current, self.count - 1
        if key == Qt.Key.Key_Home or (current < 0 and key in _ARROWS):
            return 0
        if key == Qt.Key.Key_End:
            return last
        page = max(1, self.viewport().height() // max(1, self.gridSize().height()))
        far = {Qt.Key.Key_PageUp: (0, -page), Qt.Key.Key_PageDown: (0, page)}
        if key not in _ARROWS and key not in far:
            return None
        across, down = _ARROWS.get(key) or far[key]
        target = current + across + down * self.columns
        return target if 0 <= target <= last else max(0, min(last, target)) if key in far else current

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        current = self.current if self.hasFocus() else -1
        rows = self.rows_in_sight(event.rect())
        for row, cell in zip(rows, self.cell_rects(rows), strict=True):
            self.paint_cell(painter, cell, row, CellState(False, row == current, row == self._hovered))
