"""The draws as a grid that holds a hundred as easily as ten."""

from __future__ import annotations

from collections.abc import Sequence

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
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.draws_painting import CAPTION_POINTS, PAD, CellState, paint_draw, wrapped
from tudui_gui.gui.tabs.transforms.draws_texts import details, fragments
from tudui_gui.gui.tabs.transforms.draws_work import Draw
from tudui_gui.gui.widgets.uniform_grid import UniformGrid

_SMALLEST, _LARGEST, _STEP = 72, 224, 8
_MOST_LINES = 3
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_Index = QModelIndex | QPersistentModelIndex


class DrawsModel(QAbstractListModel):
    """The draws that there are so far; the others' places are empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.draws: list[Draw] = []
        self._count = 0

    def reset(self, count: int) -> None:
        """Expect ``count`` draws."""
        self.beginResetModel()
        self.draws, self._count = [], count
        self.endResetModel()

    def add(self, draws: Sequence[Draw]) -> None:
        """Take the next ones."""
        first = len(self.draws)
        self.draws.extend(draws)
        if draws:
            self.dataChanged.emit(self.index(first), self.index(len(self.draws) - 1))

    def at(self, row: int) -> Draw | None:
        """A draw; None while it is not there."""
        return self.draws[row] if 0 <= row < len(self.draws) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        draw = self.at(index.row())
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return details(draw) if draw is not None and role in roles else None


class DrawsView(UniformGrid):
    """Pictures with their numbers, as large as all of them fit.

    Signals
    -------
    draw_clicked(int)
        The seed of the draw that was clicked, or Enter pressed on.
    pointed(object)
        The ``Draw`` under the pointer, else the current one, or None.
    copy_requested()
        Ctrl+C.
    menu_requested(object)
        Context menu of the current draw at a global ``QPoint``.
    """

    draw_clicked = Signal(int)
    pointed = Signal(object)
    copy_requested = Signal()
    menu_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draws_view")
        self.setProperty("role", "plain")
        self._model = DrawsModel(self)
        self._seed = -1
        self._hovered = -1
        self._lines = 1
        self.setModel(self._model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self._fit()

    @property
    def draws(self) -> tuple[Draw, ...]:
        """What is there so far."""
        return tuple(self._model.draws)

    @property
    def current(self) -> Draw | None:
        """The draw that keys move from."""
        return self._model.at(self.currentIndex().row())

    def expect(self, count: int, *, keeps_place: bool = False) -> None:
        """Make room for ``count`` draws, none of which is there."""
        place = self.verticalScrollBar().value() if keeps_place else 0
        row = self.currentIndex().row() if keeps_place else -1
        self._hovered, self._lines = -1, self._lines if keeps_place else 1
        self._model.reset(count)
        self._fit()
        self.verticalScrollBar().setValue(place)
        if 0 <= row < count:
            self.setCurrentIndex(self._model.index(row))

    def add(self, draws: Sequence[Draw]) -> None:
        """Show the next draws."""
        self._model.add(draws)
        self._measure(draws)
        self.viewport().update()
        self._tell_pointed()

    def set_seed(self, seed: int) -> None:
        """Mark the draw whose steps are looked at."""
        self._seed = seed
        self.viewport().update()

    def relabel(self) -> None:
        """Write the captions anew, in another language."""
        self._lines = 1
        self._measure(self._model.draws)
        self.viewport().update()

    def cell(self, place: int) -> QRect:
        """Where a draw is in the viewport."""
        return self.cell_rect(place)

    # -- size ----------------------------------------------------------------------------------------------

    def _measure(self, draws: Sequence[Draw]) -> None:
        """Give the captions as many lines as the longest of them needs."""
        metrics, width = QFontMetrics(self._font()), self.gridSize().width() - 2 * PAD
        needed = max((len(wrapped(fragments(draw), metrics, width)) for draw in draws), default=1)
        if min(_MOST_LINES, needed) > self._lines:
            self._lines = min(_MOST_LINES, needed)
            self._fit()

    def _fit(self) -> None:
        """The largest cells of which all are in sight, else the smallest."""
        sides = range(_LARGEST, _SMALLEST, -_STEP)
        side = next((side for side in sides if self._holds(side)), _SMALLEST)
        cell = self._cell_size(side)
        if cell != self.gridSize():
            self.setGridSize(cell)
        self.updateGeometries()
        self.viewport().update()

    def _holds(self, side: int) -> bool:
        cell, room = self._cell_size(side), self.viewport().size()
        columns = room.width() // cell.width()
        return columns > 0 and -(-max(1, self.count) // columns) * cell.height() <= room.height()

    def _cell_size(self, side: int) -> QSize:
        line = QFontMetrics(self._font()).height()
        return QSize(side + 2 * PAD, side + 2 * PAD + (1 + self._lines) * line)

    @staticmethod
    def _font() -> QFont:
        return theme.monospace_font(CAPTION_POINTS)

    def sizeHint(self) -> QSize:
        return QSize(500, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SMALLEST + 40, _SMALLEST + 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- hands ---------------------------------------------------------------------------------------------

    def _tell_pointed(self) -> None:
        self.pointed.emit(self._model.at(self._hovered) or self.current)

    def _choose(self, row: int) -> None:
        draw = self._model.at(row)
        if draw is not None:
            self.setCurrentIndex(self._model.index(row))
            self.draw_clicked.emit(draw.seed)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self._tell_pointed()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.row_at(event.position().toPoint()))

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
            self._tell_pointed()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def moveCursor(self, action: object, modifiers: object) -> QModelIndex:
        return self._model.index(max(0, self.currentIndex().row())) if self.count else QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex().row())
        elif self.count and (target := self._target(key)) is not None:
            self.setCurrentIndex(self._model.index(target))
        else:
            event.ignore()

    def _target(self, key: Qt.Key) -> int | None:
        """The row that ``key`` leads to; None for other keys."""
        current, last = self.currentIndex().row(), self.count - 1
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.row_at(event.pos())
        if self._model.at(row) is None:
            return
        self.setCurrentIndex(self._model.index(row))
        place = self.cell_rect(row).center() if by_key else event.pos()
        self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    # -- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        current = self.currentIndex().row() if self.hasFocus() else -1
        rows = self.rows_in_sight(event.rect())
        for row, cell in zip(rows, self.cell_rects(rows), strict=True):
            draw = self._model.at(row)
            is_chosen = draw is not None and draw.seed == self._seed
            state = CellState(is_chosen, row == current, row == self._hovered)
            paint_draw(painter, cell, draw, state, self._lines)
