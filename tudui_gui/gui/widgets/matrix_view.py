"""A small matrix as cells to read, edit and walk over."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.naming import named

Cell = tuple[int, int]
Values = NDArray[np.floating]

_GAP = 3
_SMALLEST, _LARGEST = 24, 44
_RADIUS = 4
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixView(QWidget):
    """Numbers in rounded cells, the larger the more colour. Arrow keys move the current cell.

    In an editable matrix a digit, Enter or a double click opens an editor in the current cell; Enter and Tab
    accept, Escape drops the text. A margin of cells can be shown around the matrix (a convolution's padding);
    their rows and columns are negative, or beyond the last.

    Parameters
    ----------
    object_name : str
    hue : str
        The colour of the largest value: a field of ``theme.Tokens``, or ``"series0"`` to ``"series7"``.
    editable : bool

    Signals
    -------
    values_edited(object)
        The new values, float64 (H, W), after a person's edit.
    cell_chosen(int, int)
        Row and column that the pointer or the arrow keys went to.
    text_refused(str, int, int)
        What was typed into the cell at this row and column is no number; the cell keeps its own.
    """

    values_edited = Signal(object)
    cell_chosen = Signal(int, int)
    text_refused = Signal(str, int, int)

    def __init__(
        self, object_name: str, hue: str, *, editable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._hue = hue
        self._editable = editable
        self._values: Values = np.zeros((0, 0))
        self._margin = (0, 0, 0, 0)
        self._margin_values: Values | None = None
        self._winner: Cell | None = None
        self._lit: frozenset[Cell] = frozenset()
        self._current: Cell = (0, 0)
        self._shows_current = not editable
        self._editor: QLineEdit | None = None

    @property
    def values(self) -> Values:
        """A copy of what is shown, float64 (H, W)."""
        return self._values.copy()

    @property
    def current(self) -> Cell:
        """Row and column of the current cell."""
        return self._current

    @property
    def lit(self) -> frozenset[Cell]:
        """The framed cells."""
        return self._lit

    def set_values(self, values: Values) -> None:
        """Show ``values`` of shape (H, W)."""
        self._close_editor()
        shape = self._values.shape
        self._values = np.array(values, dtype=np.float64)
        self._current = self._inside(*self._current)
        if shape != self._values.shape:
            self.updateGeometry()
        self.update()

    def set_margin(self, rows: int, columns: int, padded: Values | None = None) -> None:
        """Show a border of so many rows and columns; its numbers are those of ``padded`` (zeros by default).

        ``padded`` has the values with the border around them.
        """
        margin = (rows, rows, columns, columns)
        if margin != self._margin:
            self._margin = margin
            self.updateGeometry()
        self._margin_values = padded
        self.update()

    def set_winner(self, cell: Cell | None) -> None:
        """Fill one cell: where a maximum was found."""
        self._winner = cell
        self.update()

    def set_lit(self, cells: Iterable[Cell]) -> None:
        """Frame ``cells`` (row, column); those of the margin count from outside."""
        self._lit = frozenset(cells)
        self.update()

    def set_current(self, row: int, column: int) -> None:
        """Go to a cell without sending :attr:`cell_chosen`."""
        self._current = self._inside(row, column)
        self.update()

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell lies in the widget."""
        top, _, left, _ = self._margin
        side = self._side()
        step = side + _GAP
        return QRectF(1 + (column + left) * step, 1 + (row + top) * step, side, side)

    def sizeHint(self) -> QSize:
        return self._size_of(_LARGEST)

    def minimumSizeHint(self) -> QSize:
        return self._size_of(_SMALLEST)

    def _size_of(self, side: int) -> QSize:
        rows, columns = self._grid()
        return QSize(columns * (side + _GAP) + 2, rows * (side + _GAP) + 2)

    def _grid(self) -> tuple[int, int]:
        top, bottom, left, right = self._margin
        rows, columns = self._values.shape
        return max(1, rows + top + bottom), max(1, columns + left + right)

    def _side(self) -> int:
        rows, columns = self._grid()
        room = min((self.width() - 2) / columns, (self.height() - 2) / rows)
        return int(max(8, min(_LARGEST, room - _GAP)))

    def _inside(self, row: int, column: int) -> Cell:
        rows, columns = self._values.shape
        return max(0, min(rows - 1, row)), max(0, min(columns - 1, column))

    def _cell_at(self, position: QPointF) -> Cell | None:
        top, _, left, _ = self._margin
        step = self._side() + _GAP
        row, column = int((position.y() - 1) // step) - top, int((position.x() - 1) // step) - left
        inside = 0 <= row < self._values.shape[0] and 0 <= column < self._values.shape[1]
        return (row, column) if inside else None

    def _choose(self, cell: Cell) -> None:
        self._current = cell
        self.update()
        self.cell_chosen.emit(*cell)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        largest = float(np.max(np.abs(self._values), initial=0.0, where=np.isfinite(self._values)))
        (rows, columns), (top, bottom, left, right) = self._values.shape, self._margin
        for row in range(-top, rows + bottom):
            for column in range(-left, columns + right):
                if 0 <= row < rows and 0 <= column < columns:
                    value = float(self._values[row, column])
                    share = abs(value) / largest if largest > 0 and np.isfinite(value) else 0.0
                    self._paint_cell(painter, (row, column), number_text(value), 0.1 + 0.5 * share)
                else:
                    self._paint_cell(painter, (row, column), self._margin_text(row, column), 0.0)

    def _margin_text(self, row: int, column: int) -> str:
        top, _, left, _ = self._margin
        padded = self._margin_values
        return "0" if padded is None else number_text(float(padded[row + top, column + left]))

    def _paint_cell(self, painter: QPainter, cell: Cell, text: str, strength: float) -> None:
        colors = theme.tokens()
        is_margin = strength == 0.0
        is_lit = cell in self._lit or (self._shows_current and cell == self._current)
        is_focused = self.hasFocus() and cell == self._current
        border = colors.accent if is_lit else colors.reference if is_focused else colors.line
        pen = QPen(QColor(border), 2 if is_lit or is_focused else 1)
        pen.setStyle(Qt.PenStyle.DashLine if is_margin and not is_lit else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        is_winner = cell == self._winner
        painter.setBrush(
            QColor(colors.accent_soft)
            if is_winner
            else _blend(colors.card, _color(colors, self._hue), strength)
        )
        area = self.cell_rect(*cell)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        font = theme.monospace_font(_points(area.width(), len(text)))
        font.setBold(is_lit)
        painter.setFont(font)
        painter.setPen(QColor(colors.muted if is_margin else colors.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if not self._editable and cell is not None and cell != self._current:
            self._choose(cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._close_editor(accept=True)
            self._choose(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._cell_at(event.position()) is not None:
            self._open_editor(number_text(float(self._values[self._current])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            row, column = self._current
            self._choose(self._inside(row + _MOVES[key][0], column + _MOVES[key][1]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self._editable:
            self._open_editor(number_text(float(self._values[self._current])))
        elif self._editable and event.text() and event.text() in "0123456789-+.":
            self._open_editor(event.text(), select=False)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _open_editor(self, text: str, select: bool = True) -> None:
        if not self._editable or not self._values.size:
            return
        self._close_editor(accept=True)
        editor = named(QLineEdit(text, self), f"{self.objectName()}_editor")
        editor.setAccessibleName(self.accessibleName())
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setStyleSheet("padding: 0px; min-height: 0px;")
        editor.setFont(theme.monospace_font())
        area = self.cell_rect(*self._current).toRect()
        editor.setGeometry(area.adjusted(-6, 0, 6, 0) if area.width() < _LARGEST else area)
        editor.installEventFilter(self)
        if select:
            editor.selectAll()
        editor.show()
        editor.setFocus()
        self._editor = editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor:
            if event.type() == QEvent.Type.FocusOut:
                self._close_editor(accept=True)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._editor_key(event)
        return super().eventFilter(watched, event)

    def _editor_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._close_editor()
            self.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close_editor(accept=True)
            self.setFocus()
        else:
            return False
        return True

    def _close_editor(self, accept: bool = False) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        text = editor.text()
        editor.removeEventFilter(self)
        editor.hide()
        editor.deleteLater()
        if accept:
            self._accept(text)

    def _accept(self, text: str) -> None:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not np.isfinite(number):
            self.text_refused.emit(text, *self._current)
        elif number != self._values[self._current]:
            self._values[self._current] = number
            self.update()
            self.values_edited.emit(self.values)


def number_text(value: float) -> str:
    """A value with at most four significant digits: ``"3"``, ``"-0.5"``, ``"0.7311"``."""
    if not np.isfinite(value):
        return {True: "∞", False: "-∞"}[value > 0] if np.isinf(value) else "nan"
    return f"{value:.4g}"


def _points(side: float, letters: int) -> float:
    """A size at which ``letters`` of the monospace face fit into a cell ``side`` px wide."""
    return max(5.5, min(10.5, 1.15 * side / max(letters, 2) / 1.0, side * 0.28))


def _color(colors: theme.Tokens, name: str) -> str:
    return colors.series[int(name[-1])] if name.startswith("series") else getattr(colors, name)


def _blend(ground: str, hue: str, share: float) -> QColor:
    low, high = QColor(ground), QColor(hue)
    pairs = ((low.red(), high.red()), (low.green(), high.green()), (low.blue(), high.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))
