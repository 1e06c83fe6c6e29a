"""A pad to draw on with the mouse, kept as strokes so that it can be rendered at any size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import imaging, theme

#: A line drawn without lifting the pen: points with x and y between 0 and 1.
Stroke = tuple[tuple[float, float], ...]

_PEN = 0.075


class SketchPad(QWidget):
    """A square to draw on. Delete clears, Ctrl+Z takes the last stroke back while it has the focus.

    Signals
    -------
    drawing_changed()
        The strokes are others now; also while the pen moves.
    """

    drawing_changed = Signal()

    def __init__(self, object_name: str = "sketch_pad", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._strokes: list[list[tuple[float, float]]] = []
        self._is_drawing = False
        self._hint = ""
        theme.manager().theme_changed.connect(self._recolor)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn, oldest first."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self._strokes

    def set_hint(self, text: str) -> None:
        """What an empty pad says."""
        self._hint = text
        self.update()

    @Slot()
    def clear(self) -> None:
        """Remove every stroke."""
        if self._strokes:
            self._strokes.clear()
            self._changed()

    @Slot()
    def undo(self) -> None:
        """Remove the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._changed()

    def sizeHint(self) -> QSize:
        return QSize(240, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 96)

    def _square(self) -> QRectF:
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _point(self, event: QMouseEvent) -> tuple[float, float]:
        square = self._square()
        position = event.position()
        return (
            float(np.clip((position.x() - square.x()) / square.width(), 0, 1)),
            float(np.clip((position.y() - square.y()) / square.height(), 0, 1)),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_drawing = True
            self._strokes.append([self._point(event)])
            self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing:
            self._strokes[-1].append(self._point(event))
            self._changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_drawing = False

    def event(self, event: QEvent) -> bool:
        # Otherwise the window's Undo action would take Ctrl+Z first.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._takes(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        return bool(self._strokes) and event.matches(QKeySequence.StandardKey.Undo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes(event):
            self.undo()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = self._square()
        border = tokens.reference if self.hasFocus() else tokens.line
        painter.setPen(QPen(QColor(border), 1))
        painter.setBrush(QColor(tokens.field))
        painter.drawRoundedRect(square, theme.RADIUS / 2, theme.RADIUS / 2)
        if self.is_empty:
            painter.setPen(QColor(tokens.muted))
            inner = square.adjusted(12, 12, -12, -12)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
            return
        painter.setClipRect(square)
        _paint_strokes(
            painter, self.strokes, square.topLeft(), square.width(), _PEN * square.width(), tokens.text
        )

    def _changed(self) -> None:
        self.update()
        self.drawing_changed.emit()

    @Slot(object)
    def _recolor(self, tokens: object) -> None:
        self.update()


def render(
    strokes: Sequence[Stroke], side: int, *, extent: tuple[float, float], pen: float
) -> NDArray[np.uint8]:
    """The strokes in white on black, scaled to a box in the middle whatever their size on the pad.

    Parameters
    ----------
    strokes : sequence of Stroke
    side : int
        Height and width of the result in pixels.
    extent : tuple of float
        Largest (width, height) of the drawing with its pen, in pixels; proportions are kept.
    pen : float
        Width of the pen in pixels, the same whatever the scale.

    Returns
    -------
    ndarray of uint8, (side, side)
    """
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(0)
    if strokes:
        low, size = _bounds(strokes)
        room = [max(1.0, wanted - pen) for wanted in extent]
        scale = min(r / s for r, s in zip(room, size, strict=True))
        origin = QPointF(
            *(side / 2 - scale * (at + length / 2) for at, length in zip(low, size, strict=True))
        )
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_strokes(painter, strokes, origin, scale, pen, "#ffffff")
        painter.end()
    return imaging.from_qimage(image)[:, :, 0]


def _bounds(strokes: Sequence[Stroke]) -> tuple[tuple[float, float], tuple[float, float]]:
    points = np.array([point for stroke in strokes for point in stroke])
    low, high = points.min(axis=0), points.max(axis=0)
    # A dot has no extent; it stays small.
    width, height = np.maximum(high - low, 0.02)
    return (float(low[0]), float(low[1])), (float(width), float(height))


def _paint_strokes(
    painter: QPainter, strokes: Sequence[Stroke], origin: QPointF, scale: float, pen: float, color: str
) -> None:
    ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(color), pen, Qt.PenStyle.SolidLine, *ends))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        points = [QPointF(origin.x() + x * scale, origin.y() + y * scale) for x, y in stroke]
        if len(points) == 1:
            painter.drawPoint(points[0])
            continue
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.drawPath(path)
