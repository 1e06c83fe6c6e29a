"""Images per class as bars; a click filters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tudui_gui.gui import theme

_ROW = 22
_BAR = 8


class ClassCounts(QWidget):
    """A row a class: name, bar, count. The chosen class is in the accent colour, an empty one in red.

    Signals
    -------
    class_chosen(int)
        The class that was clicked (or Enter pressed on), -1 when it was the chosen one.
    """

    class_chosen = Signal(int)

    def __init__(self, object_name: str = "class_counts", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._chosen = -1
        self._cursor = 0

    @property
    def rows(self) -> tuple[tuple[str, int], ...]:
        """(class, count) as shown."""
        return tuple(zip(self._names, self._counts, strict=True))

    def set_counts(self, names: Sequence[str], counts: Sequence[int]) -> None:
        """Show the images per class."""
        self._names, self._counts = tuple(names), tuple(counts)
        self._cursor = min(self._cursor, max(0, len(names) - 1))
        self.setMinimumHeight(len(names) * _ROW)
        self.setMaximumHeight(max(1, len(names) * _ROW))
        self.updateGeometry()
        self.update()

    def set_chosen(self, label: int) -> None:
        """Mark the class that the grid is filtered by; -1: none."""
        self._chosen = label
        self._cursor = max(0, label)
        self.update()

    def row_rect(self, label: int) -> QRect:
        """Where the row of a class lies."""
        return QRect(0, label * _ROW, self.width(), _ROW)

    def sizeHint(self) -> QSize:
        return QSize(200, len(self._names) * _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = max(0, event.rect().top() // _ROW)
        last = min(len(self._names), event.rect().bottom() // _ROW + 1)
        for label in range(first, last):
            self._paint_row(painter, label)
            if self.hasFocus() and label == self._cursor:
                painter.setPen(QColor(theme.tokens().reference))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.row_rect(label)).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_row(self, painter: QPainter, label: int) -> None:
        colors, row, count = theme.tokens(), self.row_rect(label), self._counts[label]
        is_chosen = label == self._chosen
        left, right = min(88, row.width() // 3), 46
        flags = Qt.AlignmentFlag
        painter.setFont(self.font())
        painter.setPen(QColor(colors.accent if is_chosen else colors.text if count else colors.danger))
        name = self.fontMetrics().elidedText(self._names[label], Qt.TextElideMode.ElideRight, left - 8)
        painter.drawText(row.adjusted(4, 0, 0, 0), flags.AlignLeft | flags.AlignVCenter, name)
        painter.setFont(theme.monospace_font(8.5))
        painter.setPen(QColor(colors.muted if count else colors.danger))
        painter.drawText(row.adjusted(0, 0, -4, 0), flags.AlignRight | flags.AlignVCenter, f"{count:,}")
        bar = QRectF(left, row.center().y() - _BAR / 2 + 1, max(0, row.width() - left - right), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.hover))
        painter.drawRoundedRect(bar, 3, 3)
        bar.setWidth(bar.width() * count / max(1, *self._counts))
        painter.setBrush(QColor(colors.accent if is_chosen else colors.reference))
        painter.drawRoundedRect(bar, 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(int(event.position().y()) // _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in moves and self._names:
            self._cursor = max(0, min(len(self._names) - 1, self._cursor + moves[Qt.Key(event.key())]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (label := event.pos().y() // _ROW) < len(self._names):
            QToolTip.showText(
                event.globalPos(), f"{label}: {self._names[label]}  {self._counts[label]:,}", self
            )
            return True
        return super().event(event)

    def _choose(self, label: int) -> None:
        if 0 <= label < len(self._names):
            self._cursor = label
            self.class_chosen.emit(-1 if label == self._chosen else label)
