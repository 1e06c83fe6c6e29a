"""A histogram painted from its counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce

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

#: Channels that are mixed at once: what each pixel is of all of them fits into a byte.
_MIXED = 5


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
    tops = height - np.rint(counts / counts.max() * (height - 1)).astype(int)
    tops = tops[:, np.arange(width) * counts.shape[1] // width]
    names = [colors[channel % len(colors)] for channel in range(len(counts))]
    layers = [
        _layer(tops[start : start + _MIXED], height, tuple(names[start : start + _MIXED]))
        for start in range(0, len(counts), _MIXED)
    ]
    mixed: NDArray[np.uint8] = reduce(_upon, layers)
    return mixed


def _layer(tops: NDArray[np.integer], height: int, colors: tuple[str, ...]) -> NDArray[np.uint8]:
    """Some channels, of which the uppermost row of each column is given: [channels, width]."""
    rows = np.arange(height)[:, None]
    mixed = np.zeros((height, tops.shape[1]), np.uint8)
    for top in tops:
        beside = np.pad(top, 1, constant_values=height)
        # The uppermost pixel of a column, and those with an empty one at the left or at the right.
        edge = np.maximum(top + 1, np.maximum(beside[:-2], beside[2:]))
        filled = rows >= top
        mixed = mixed * np.uint8(3) + filled + (filled & (rows < edge))
    return _mixtures(colors)[mixed]


@cache
def _mixtures(colors: tuple[str, ...]) -> NDArray[np.uint8]:
    """What channels that are each empty, filled or at their edge look like, one over the other, [3**n, 4]."""
    mixtures = np.zeros((1, 4))
    for name in colors:
        shade = QColor(name)
        paint = np.array((shade.red(), shade.green(), shade.blue()))
        over = [_over(mixtures, paint, np.array([opacity])) for opacity in (0.0, _FILL, 1.0)]
        mixtures = np.stack(over, axis=1).reshape(-1, 4)
    return _rounded(mixtures)


def _upon(below: NDArray[np.uint8], above: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return _rounded(_over(below / (1, 1, 1, 255), above[..., :3], above[..., 3:] / 255))


def _over(
    below: NDArray[np.floating], paint: NDArray[np.integer], opacity: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Colours [..., 4] with their opacity, 0 to 1, last, under ``paint`` [..., 3]; not premultiplied."""
    under = below[..., 3:] * (1 - opacity)
    alpha = opacity + under
    color = (paint * opacity + below[..., :3] * under) / np.maximum(alpha, 1e-6)
    return np.concatenate((color, alpha), axis=-1)


def _rounded(colors: NDArray[np.floating]) -> NDArray[np.uint8]:
    rounded: NDArray[np.uint8] = np.rint(colors * (1, 1, 1, 255)).astype(np.uint8)
    return rounded


def _short(value: float) -> str:
    return format_value(float(f"{value:.3g}"))
