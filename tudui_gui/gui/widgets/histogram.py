"""A histogram painted from its counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.imaging import to_qimage
from tudui_gui.gui.widgets.value_text import format_value

_RGB = ("#d8394a", "#1f9d63", "#2f7fd6")
_FILL = 0.28


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
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio))
        painter.drawImage(area, to_qimage(_outlines(self._counts, width, height, colors)))

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


def _outlines(
    counts: NDArray[np.integer], width: int, height: int, colors: Sequence[str]
) -> NDArray[np.uint8]:
    """The channels one over the other, uint8 [height, width, 4]; much faster than polygons."""
    bins = np.arange(width) * counts.shape[1] // width
    rows = np.arange(height)[:, None]
    color, alpha = np.zeros((height, width, 3), np.float32), np.zeros((height, width, 1), np.float32)
    for channel, channel_counts in enumerate(counts):
        levels = np.rint(channel_counts / counts.max() * (height - 1))[bins]
        filled = rows >= height - levels
        own = (np.where(_edges(filled), 1.0, _FILL) * filled)[..., None].astype(np.float32)
        shade = QColor(colors[channel % len(colors)])
        paint = np.array((shade.red(), shade.green(), shade.blue()), np.float32)
        color = paint * own + color * (1 - own)
        alpha = own + alpha * (1 - own)
    straight = color / np.maximum(alpha, 1e-6)
    pixels: NDArray[np.uint8] = np.rint(np.concatenate((straight, alpha * 255), axis=2)).astype(np.uint8)
    return pixels


def _edges(filled: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The filled pixels with an empty neighbour above, at the left or at the right."""
    around = np.pad(filled, ((1, 0), (1, 1)))
    return filled & ~(around[:-1, 1:-1] & around[1:, :-2] & around[1:, 2:])


def _short(value: float) -> str:
    return format_value(float(f"{value:.3g}"))
