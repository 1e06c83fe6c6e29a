"""A confusion matrix: rows are true labels, columns predictions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.imaging import to_qimage

_MAX_LABEL = 62
_MIN_CELL_FOR_LABELS = 9.0
_MIN_CELL_FOR_LINES = 6.0
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionView(QWidget):
    """Counts of test images by true label (row) and prediction (column), shaded by their share of the row.

    Hover a cell, or move with the arrow keys.

    Signals
    -------
    cell_changed(int, int, int)
        True label, prediction and count of the cell under the pointer or the keyboard; (-1, -1, 0): none.
    """

    cell_changed = Signal(int, int, int)

    def __init__(self, object_name: str = "confusion_view", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._matrix: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._classes: tuple[str, ...] = ()
        self._cells: QImage | None = None
        self._cell = (-1, -1)
        theme.manager().theme_changed.connect(self._recolor)

    def set_matrix(self, matrix: Sequence[Sequence[int]], classes: Sequence[str]) -> None:
        """Show ``matrix[label][prediction]``; empty for none."""
        self._matrix = np.array(matrix, np.int64).reshape(len(matrix), len(matrix))
        self._classes = tuple(classes)
        self._cells = None
        row, column = self._cell
        self._set_cell((row, column) if row < len(matrix) and column < len(matrix) else (-1, -1), force=True)
        self.update()

    @property
    def matrix(self) -> NDArray[np.int64]:
        """What is shown, shape (classes, classes)."""
        return self._matrix

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of rows and columns."""
        return self._classes

    def cell_center(self, label: int, prediction: int) -> QPoint:
        """The middle of a cell, in the widget's coordinates."""
        area, side = self._area()
        return QPointF(area.x() + (prediction + 0.5) * side, area.y() + (label + 0.5) * side).toPoint()

    def sizeHint(self) -> QSize:
        return QSize(220, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 120)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(120, width - self._label_width() + self._label_height())

    def _label_width(self) -> int:
        if not self._classes:
            return 0
        metrics = QFontMetrics(self._label_font())
        return min(_MAX_LABEL, max(metrics.horizontalAdvance(name) for name in self._classes) + 6)

    def _label_height(self) -> int:
        return QFontMetrics(self._label_font()).height() + 2 if self._has_short_names() else 0

    def _has_short_names(self) -> bool:
        return bool(self._classes) and max(map(len, self._classes)) <= 2 and len(self._classes) <= 20

    def _label_font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.8))
        return font

    def _area(self) -> tuple[QRectF, float]:
        """Where the cells are, and the side of one."""
        count = max(1, len(self._matrix))
        left, below = self._label_width(), self._label_height()
        side = max(1.0, min((self.width() - left - 2) / count, (self.height() - below - 2) / count))
        extent = side * count
        x = left + max(0.0, (self.width() - left - extent) / 2)
        return QRectF(x, 1, extent, extent), side

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._matrix):
            return
        painter = QPainter(self)
        area, side = self._area()
        self._paint_cells(painter, area, side)
        if side >= _MIN_CELL_FOR_LABELS:
            self._paint_labels(painter, area, side)
        self._paint_cursor(painter, area, side)

    def _paint_cells(self, painter: QPainter, area: QRectF, side: float) -> None:
        if self._cells is None:
            self._cells = to_qimage(_shades(self._matrix))
        painter.drawImage(area, self._cells)
        if side >= _MIN_CELL_FOR_LINES:
            painter.setPen(QPen(QColor(theme.tokens().card), 1))
            for index in range(1, len(self._matrix)):
                at = index * side
                painter.drawLine(QPointF(area.x() + at, area.y()), QPointF(area.x() + at, area.bottom()))
                painter.drawLine(QPointF(area.x(), area.y() + at), QPointF(area.right(), area.y() + at))

    def _paint_labels(self, painter: QPainter, area: QRectF, side: float) -> None:
        painter.setFont(self._label_font())
        painter.setPen(QColor(theme.tokens().muted))
        metrics = painter.fontMetrics()
        left = self._label_width()
        for index, name in enumerate(self._classes):
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left - 5)
            row = QRectF(area.x() - left, area.y() + index * side, left - 5, side)
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            if self._has_short_names():
                column = QRectF(area.x() + index * side, area.bottom() + 1, side, metrics.height())
                painter.drawText(column, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name)

    def _paint_cursor(self, painter: QPainter, area: QRectF, side: float) -> None:
        row, column = self._cell
        if row >= 0:
            painter.setPen(QPen(QColor(theme.tokens().accent), 2))
            painter.drawRect(QRectF(area.x() + column * side, area.y() + row * side, side, side))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.tokens().reference), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        area, side = self._area()
        position = event.position()
        if len(self._matrix) and area.contains(position):
            last = len(self._matrix) - 1
            row, column = int((position.y() - area.y()) / side), int((position.x() - area.x()) / side)
            self._set_cell((min(row, last), min(column, last)))
        else:
            self._set_cell((-1, -1))

    def leaveEvent(self, event: QEvent) -> None:
        self._set_cell((-1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not len(self._matrix):
            super().keyPressEvent(event)
            return
        last = len(self._matrix) - 1
        row, column = (min(max(at + by, 0), last) for at, by in zip(self._cell, step, strict=True))
        self._set_cell((row, column))

    def _set_cell(self, cell: tuple[int, int], *, force: bool = False) -> None:
        if cell != self._cell or force:
            self._cell = cell
            count = int(self._matrix[cell]) if cell[0] >= 0 else 0
            self.cell_changed.emit(*cell, count)
            self.update()

    @Slot(object)
    def _recolor(self, tokens: object) -> None:
        self._cells = None
        self.update()


def _shades(matrix: NDArray[np.int64]) -> NDArray[np.uint8]:
    """A pixel a cell; the root makes single mistakes visible beside hundreds of hits."""
    tokens = theme.tokens()
    low, high = (
        np.array(QColor(name).getRgb()[:3], np.float64)  # type: ignore[index]
        for name in (tokens.raised, tokens.reference)
    )
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    mixed = low + np.sqrt(shares)[..., None] * (high - low)
    return np.asarray(mixed.round(), np.uint8)
