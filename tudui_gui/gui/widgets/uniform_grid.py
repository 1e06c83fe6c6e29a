"""A grid of cells of one size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from tudui_gui.gui.widgets.thumbnail_model import Index


class UniformGrid(QListView):
    """Knows where each cell is by arithmetic; Qt would lay out 100,000 items one by one.

    A cell is ``gridSize()`` large; :meth:`updateGeometries` is due when that or the number of rows changes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def count(self) -> int:
        """How many cells there are."""
        model = self.model()
        return 0 if model is None else model.rowCount()

    @property
    def columns(self) -> int:
        """Images side by side."""
        return max(1, self.viewport().width() // max(1, self.gridSize().width()))

    def row_at(self, place: QPoint) -> int:
        """The row whose cell is at ``place`` of the viewport, or -1."""
        cell = self.gridSize()
        column = place.x() // max(1, cell.width())
        row = (place.y() + self.verticalOffset()) // max(1, cell.height()) * self.columns + column
        return row if 0 <= column < self.columns and 0 <= row < self.count else -1

    def cell_rect(self, row: int) -> QRect:
        """Where the cell of ``row`` is in the viewport."""
        return next(self.cell_rects((row,)))

    def cell_rects(self, rows: Iterable[int]) -> Iterator[QRect]:
        """Where the cells of ``rows`` are in the viewport; Qt is asked once for what they share."""
        columns, offset, cell = self.columns, self.verticalOffset(), self.gridSize()
        width, height = cell.width(), cell.height()
        for row in rows:
            yield QRect(row % columns * width, row // columns * height - offset, width, height)

    def rows_in_sight(self, area: QRect | None = None) -> range:
        """Rows in sight, or those in a part of the viewport."""
        top = self.verticalOffset() + (area.top() if area else 0)
        height = area.height() if area else self.viewport().height()
        line, columns, count = max(1, self.gridSize().height()), self.columns, self.count
        first, last = top // line, (top + height) // line + 1
        return range(min(count, first * columns), min(count, last * columns))

    def visualRect(self, index: Index) -> QRect:
        return self.cell_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, place: QPoint) -> QModelIndex:
        row = self.row_at(place)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll to ``index``."""
        if not index.isValid():
            return
        bar, cell = self.verticalScrollBar(), self.cell_rect(index.row())
        room = self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            bar.setValue(bar.value() + cell.center().y() - room // 2)
        elif cell.top() < 0 or hint == hints.PositionAtTop:
            bar.setValue(bar.value() + cell.top())
        elif cell.bottom() >= room:
            bar.setValue(bar.value() + cell.bottom() + 1 - room)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        lines = -(-self.count // self.columns)
        bar, line, room = self.verticalScrollBar(), self.gridSize().height(), self.viewport().height()
        bar.setSingleStep(max(1, line // 2))
        bar.setPageStep(room)
        bar.setRange(0, max(0, lines * line - room))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
