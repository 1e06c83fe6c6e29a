"""A histogram painted from its counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.parameter_fields import format_value

_RGB = ("#d8394a", "#1f9d63", "#2f7fd6")


class HistogramView(QWidget):
    """One outline a channel: red, green and blue for three, the reference colour for one."""

    def __init__(self, object_name: str = "histogram", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._counts: NDArray[np.integer] | None = None
        self._range = (0.0, 1.0)

    def set_counts(self, counts: NDArray[np.integer] | None, low: float = 0.0, high: float = 1.0) -> None:
        """Show counts of shape (bins,) or (channels, bins) over the range ``low``..``high``."""
        self._counts = None if counts is None else np.atleast_2d(counts)
        self._range = (low, high)
        self.setToolTip("" if counts is None else f"{_short(low)} .. {_short(high)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 84)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text_height = self.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(1, 2, -1, -text_height)
        self._paint_axis(painter, area)
        if self._counts is None or not self._counts.any():
            return
        colors = _RGB if len(self._counts) == 3 else (theme.tokens().reference,)
        top = float(self._counts.max())
        for channel, counts in enumerate(self._counts):
            _paint_outline(painter, area, counts / top, QColor(colors[channel % len(colors)]))

    def _paint_axis(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QColor(theme.tokens().line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if self._counts is None:
            return
        painter.setPen(QColor(theme.tokens().muted))
        painter.setFont(theme.monospace_font(7.5))
        below = QRectF(area.left(), area.bottom(), area.width(), self.height() - area.bottom())
        painter.drawText(
            below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _short(self._range[0])
        )
        painter.drawText(
            below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _short(self._range[1])
        )


def _paint_outline(painter: QPainter, area: QRectF, heights: NDArray[np.floating], color: QColor) -> None:
    width = area.width() / len(heights)
    points = [area.bottomLeft()]
    for place, height in enumerate(heights):
        y = area.bottom() - float(height) * area.height()
        left = area.left() + place * width
        points += [QPointF(left, y), QPointF(left + width, y)]
    points.append(area.bottomRight())
    fill = QColor(color)
    fill.setAlphaF(0.28)
    painter.setPen(QPen(color, 1))
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF(points))


def _short(value: float) -> str:
    return format_value(float(f"{value:.3g}"))
