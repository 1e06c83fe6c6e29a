"""The most likely classes as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme

_ROW = 27
_BAR = 6


class ProbabilityBars(QWidget):
    """A row a class: name, bar, percent.

    Signals
    -------
    row_clicked(int)
        The row, 0 being the first; by mouse, or arrow keys and Enter.
    """

    row_clicked = Signal(int)

    def __init__(self, object_name: str = "probability_bars", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows: tuple[tuple[str, float], ...] = ()
        self._current = 0

    @property
    def rows(self) -> tuple[tuple[str, float], ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[tuple[str, float]]) -> None:
        """Show (class name, probability 0..1) rows, in this order."""
        self._rows = tuple(rows)
        self._current = 0
        self.setAccessibleName(", ".join(f"{name} {_percent(share)}" for name, share in self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, len(self._rows)) * _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (name, share) in enumerate(self._rows):
            row = QRect(0, number * _ROW, self.width(), _ROW)
            self._paint_row(painter, row, name, share)
            if self.hasFocus() and number == self._current:
                painter.setPen(QColor(theme.tokens().reference))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(row).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)

    def _paint_row(self, painter: QPainter, row: QRect, name: str, share: float) -> None:
        colors = theme.tokens()
        left, right = min(110, row.width() // 3), 62
        flags = Qt.AlignmentFlag
        painter.setFont(self.font())
        painter.setPen(QColor(colors.text))
        text = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, left - 6)
        painter.drawText(row.adjusted(2, 0, 0, 0), flags.AlignLeft | flags.AlignVCenter, text)
        painter.setFont(theme.monospace_font(9))
        painter.setPen(QColor(colors.muted))
        painter.drawText(row.adjusted(0, 0, -2, 0), flags.AlignRight | flags.AlignVCenter, _percent(share))
        groove = QRectF(left, row.center().y() - _BAR / 2 + 1, max(0, row.width() - left - right), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.raised))
        painter.drawRoundedRect(groove, 3, 3)
        groove.setWidth(max(_BAR, groove.width() * share))
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(groove, 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(int(event.position().y()) // _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in moves and self._rows:
            self._current = max(0, min(len(self._rows) - 1, self._current + moves[Qt.Key(event.key())]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._rows):
            self._current = row
            self.update()
            self.row_clicked.emit(row)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
