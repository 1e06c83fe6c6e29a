"""Axes and curves in one paint event.

A scene of Python items (pyqtgraph's ``PlotWidget``) was measured at 20 ms of the main thread a redraw,
and every item waits for the interpreter lock again while a network trains. This paints two plots in 2 ms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme

Floats = NDArray[np.float64]

_TICK_SPACING_X = 90
_TICK_SPACING_Y = 44
_POINT = 6.0


@dataclass(frozen=True)
class Curve:
    """What is drawn of one series: float64 arrays of equal length; gaps are not-a-number."""

    xs: Floats
    ys: Floats
    color: QColor
    width: float = 1.0
    is_dashed: bool = False
    has_points: bool = False


class PlotCanvas(QWidget):
    """Curves over two axes. The wheel zooms, dragging pans, double-click or ``0`` shows everything again.

    Signals
    -------
    hovered(object)
        x under the pointer, or ``None`` when it leaves the plot.
    """

    hovered = Signal(object)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._curves: tuple[Curve, ...] = ()
        self._labels = ("", "")
        self._is_log = False
        self._view: QRectF | None = None
        self._shown = QRectF(0, 0, 1, 1)
        self._cursor: float | None = None
        self._drag: QPointF | None = None

    def set_curves(self, curves: Sequence[Curve]) -> None:
        """Draw ``curves``, the last on top."""
        self._curves = tuple(curves)
        self._shown = self._view or self._everything()
        self.update()

    def set_labels(self, x: str, y: str) -> None:
        """Set the texts of the axes; empty for none."""
        self._labels = (x, y)
        self.update()

    def set_log(self, log: bool) -> None:
        """Logarithmic y axis; values that are not positive are left out."""
        self._is_log = log
        self.fit()

    def fit(self) -> None:
        """Show everything, and keep doing so."""
        self._view = None
        self.set_curves(self._curves)

    @property
    def is_fitted(self) -> bool:
        """Whether the view follows the curves."""
        return self._view is None

    @property
    def view(self) -> QRectF:
        """The visible part: x, y of the lowest corner, and extents; y is log10 on a logarithmic axis."""
        return QRectF(self._shown)

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 90)

    def _everything(self) -> QRectF:
        xs = [c.xs[np.isfinite(c.xs)] for c in self._curves if len(c.xs)]
        ys = [y[np.isfinite(y)] for y in (self._mapped(c.ys) for c in self._curves) if len(y)]
        x0, x1 = _extent(xs, 0.0)
        y0, y1 = _extent(ys, 0.05)
        return QRectF(x0, y0, x1 - x0, y1 - y0)

    def _mapped(self, ys: Floats) -> Floats:
        if not self._is_log:
            return ys
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(ys > 0, np.log10(np.where(ys > 0, ys, 1.0)), np.nan)

    def _area(self) -> QRectF:
        metrics = self.fontMetrics()
        texts = [text for _, text in self._y_ticks(self.height())]
        left = max((metrics.horizontalAdvance(text) for text in texts), default=20) + 10
        bottom = metrics.height() * (2 if self._labels[0] else 1) + 4
        top = metrics.height() + 2 if self._labels[1] else 6
        return QRectF(left, top, max(1, self.width() - left - 8), max(1, self.height() - top - bottom))

    def _x_ticks(self, width: float) -> list[tuple[float, str]]:
        return ticks(self._shown.left(), self._shown.right(), max(2, int(width / _TICK_SPACING_X)))

    def _y_ticks(self, height: float) -> list[tuple[float, str]]:
        low, high = self._shown.top(), self._shown.bottom()
        if self._is_log:
            return log_ticks(low, high)
        return ticks(low, high, max(2, int(height / _TICK_SPACING_Y)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = theme.tokens()
        area = self._area()
        painter.fillRect(self.rect(), QColor(colors.card))
        self._paint_axes(painter, area, colors)
        painter.setClipRect(area.adjusted(-_POINT, -_POINT, _POINT, 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for curve in self._curves:
            self._paint_curve(painter, area, curve)
        if self._cursor is not None:
            x = self._to_screen_x(area, self._cursor)
            painter.setPen(QPen(QColor(colors.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(QColor(colors.reference), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_axes(self, painter: QPainter, area: QRectF, colors: theme.Tokens) -> None:
        # Rectangles, not lines: PySide's drawLine gives the interpreter lock away and waits for it again.
        grid, muted = QColor(colors.line), QColor(colors.muted)
        grid.setAlphaF(0.55)
        flags = Qt.AlignmentFlag
        height = self.fontMetrics().height()
        painter.setPen(muted)
        for x, text in self._x_ticks(area.width()):
            place = self._to_screen_x(area, x)
            painter.fillRect(QRectF(round(place), area.top(), 1, area.height()), grid)
            painter.drawText(QRectF(place - 50, area.bottom() + 3, 100, height), flags.AlignHCenter, text)
        for y, text in self._y_ticks(self.height()):
            place = self._to_screen_y(area, y)
            painter.fillRect(QRectF(area.left(), round(place), area.width(), 1), grid)
            box = QRectF(0, place - height / 2, area.left() - 7, height)
            painter.drawText(box, flags.AlignRight | flags.AlignVCenter, text)
        line = QColor(colors.line)
        painter.fillRect(QRectF(area.left(), area.top(), 1, area.height()), line)
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), line)
        self._paint_labels(painter, area, muted, height)

    def _paint_labels(self, painter: QPainter, area: QRectF, color: QColor, height: int) -> None:
        flags = Qt.AlignmentFlag
        painter.setPen(color)
        below = QRectF(area.left(), area.bottom() + 3 + height, area.width(), height)
        painter.drawText(below, flags.AlignHCenter, self._labels[0])
        painter.drawText(QRectF(2, 0, area.width(), height), flags.AlignLeft, self._labels[1])

    def _paint_curve(self, painter: QPainter, area: QRectF, curve: Curve) -> None:
        if not len(curve.xs):
            return
        xs = area.left() + (curve.xs - self._shown.left()) * (area.width() / self._shown.width())
        ys = area.bottom() - (self._mapped(curve.ys) - self._shown.top()) * (
            area.height() / self._shown.height()
        )
        pen = QPen(curve.color, curve.width)
        if curve.is_dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(xs, ys))
        if curve.has_points:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(curve.color)
            for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
                if math.isfinite(x) and math.isfinite(y):
                    painter.drawEllipse(QPointF(x, y), _POINT / 2, _POINT / 2)

    def _to_screen_x(self, area: QRectF, x: float) -> float:
        return area.left() + (x - self._shown.left()) / self._shown.width() * area.width()

    def _to_screen_y(self, area: QRectF, y: float) -> float:
        return area.bottom() - (y - self._shown.top()) / self._shown.height() * area.height()

    def _to_data(self, area: QRectF, place: QPointF) -> QPointF:
        x = self._shown.left() + (place.x() - area.left()) / area.width() * self._shown.width()
        y = self._shown.top() + (area.bottom() - place.y()) / area.height() * self._shown.height()
        return QPointF(x, y)

    def _set_view(self, view: QRectF) -> None:
        if view.width() > 1e-12 and view.height() > 1e-12:
            self._view = self._shown = view
            self.update()

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        area = self._area()
        center = self._to_data(area, at)
        width = self._shown.width() / (factor if at.x() >= area.left() else 1)
        height = self._shown.height() / (factor if at.y() <= area.bottom() else 1)
        left = center.x() - (center.x() - self._shown.left()) * width / self._shown.width()
        top = center.y() - (center.y() - self._shown.top()) * height / self._shown.height()
        self._set_view(QRectF(left, top, width, height))

    def _pan_by(self, dx: float, dy: float) -> None:
        area = self._area()
        shift_x = -dx * self._shown.width() / area.width()
        shift_y = dy * self._shown.height() / area.height()
        self._set_view(self._shown.translated(shift_x, shift_y))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_by(1.2 ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = event.position() - self._drag
            self._drag = event.position()
            self._pan_by(moved.x(), moved.y())
        area = self._area()
        inside = area.contains(event.position())
        self._set_cursor(self._to_data(area, event.position()).x() if inside else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self._set_cursor(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        arrows = {
            keys.Key_Left: (40, 0),
            keys.Key_Right: (-40, 0),
            keys.Key_Up: (0, 40),
            keys.Key_Down: (0, -40),
        }
        if event.key() in (keys.Key_Plus, keys.Key_Equal):
            self._zoom_by(1.4, self._area().center())
        elif event.key() == keys.Key_Minus:
            self._zoom_by(1 / 1.4, self._area().center())
        elif event.key() == keys.Key_0:
            self.fit()
        elif event.key() in arrows:
            self._pan_by(*arrows[keys(event.key())])
        else:
            super().keyPressEvent(event)

    def _set_cursor(self, x: float | None) -> None:
        if x != self._cursor:
            self._cursor = x
            self.update()
            self.hovered.emit(x)


def _extent(parts: list[Floats], margin: float) -> tuple[float, float]:
    filled = [part for part in parts if len(part)]
    if not filled:
        return 0.0, 1.0
    low, high = min(float(p.min()) for p in filled), max(float(p.max()) for p in filled)
    if high <= low:
        spread = abs(low) * 0.1 or 0.5
        return low - spread, high + spread
    return low - (high - low) * margin, high + (high - low) * margin


def ticks(low: float, high: float, count: int) -> list[tuple[float, str]]:
    """About ``count`` round values from ``low`` to ``high`` with their texts."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return []
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= rough * 0.999)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(n * step, f"{n * step + 0.0:.{decimals}f}") for n in range(first, min(last, first + 50) + 1)]


def log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Round values between ``10**low`` and ``10**high`` at their log10, with their texts."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return []
    factors = (1, 2, 5) if high - low < 4 else (1,)
    decades = range(math.floor(low), math.ceil(high) + 1)
    values = [f * 10.0**d for d in decades for f in factors]
    return [(math.log10(v), f"{v:g}") for v in values if low <= math.log10(v) <= high]


def _path(xs: Floats, ys: Floats) -> QPainterPath:
    """Lines through the finite points, with a gap where one is not."""
    path = QPainterPath()
    finite = np.isfinite(xs) & np.isfinite(ys)
    borders = np.flatnonzero(np.diff(finite, prepend=False, append=False))
    for first, end in zip(borders[::2].tolist(), borders[1::2].tolist(), strict=True):
        points = zip(xs[first:end].tolist(), ys[first:end].tolist(), strict=True)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    return path
