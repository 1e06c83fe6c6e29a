"""One image, with zoom, pan and a pixel probe."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.imaging import from_qimage, to_qimage
from tudui_gui.gui.widgets.zooming import Zoom

_DRAG_DISTANCE = 4


class ImageView(QWidget):
    """Shows an image fitted; Ctrl+wheel or pinch zooms, dragging pans, double-click fits again.

    By keyboard: ``+``, ``-``, ``0`` and the arrows. Above one screen pixel a pixel, pixels stay sharp.

    Signals
    -------
    pixel_hovered(int, int, object)
        x, y and the values there (ndarray of the channels), or (-1, -1, None) when the pointer leaves.
    pixel_clicked(int, int)
        x, y of a click on the image.
    view_changed(float, object)
        The zoom relative to the fitted size, and the centre (``QPointF``, 0..1).
    """

    pixel_hovered = Signal(int, int, object)
    pixel_clicked = Signal(int, int)
    view_changed = Signal(float, object)

    def __init__(self, object_name: str = "image_view", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: QImage | None = None
        self._values: NDArray[np.generic] | None = None
        self._shrunk: QPixmap | None = None
        self._zoom = Zoom()
        self._highlight = QRect()
        self._press: QPointF | None = None
        self._is_panning = False

    def set_image(
        self, image: QImage | NDArray[np.uint8] | None, values: NDArray[np.generic] | None = None
    ) -> None:
        """Show ``image`` and keep the zoom if the size stays the same.

        Parameters
        ----------
        image : QImage, or ndarray of uint8 (H, W[, C]), or None
        values : ndarray (H, W[, C]), optional
            What the probe reports; the pixels themselves by default.
        """
        previous = self._image.size() if self._image else QSize()
        self._image = to_qimage(image) if isinstance(image, np.ndarray) else image
        self._values = image if values is None and isinstance(image, np.ndarray) else values
        self._highlight = QRect()
        self._shrunk = None
        if self._image is None or self._image.size() != previous:
            self._zoom = Zoom()
        self.updateGeometry()
        self.update()

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    @property
    def zoom(self) -> float:
        """1 is fitted."""
        return self._zoom.factor

    def fit(self) -> None:
        """Show the whole image."""
        self._set_zoom(Zoom())

    def set_highlight(self, x: int, y: int, width: int, height: int) -> None:
        """Frame a rectangle of pixels (an input window); width 0 removes it."""
        self._highlight = QRect(x, y, width, height)
        self.update()

    def link(self, other: ImageView) -> None:
        """Zoom and pan together with ``other``, both ways."""
        self.view_changed.connect(other.show_view)
        other.view_changed.connect(self.show_view)

    def show_view(self, zoom: float, center: QPointF) -> None:
        """Take over the zoom and centre of a linked view."""
        self._set_zoom(Zoom(zoom, center.x(), center.y()))

    def pixel_at(self, position: QPointF) -> tuple[int, int] | None:
        """The pixel (x, y) under a position in the widget, if there is one."""
        frame = self._frame()
        if self._image is None or not frame.contains(position):
            return None
        x = int((position.x() - frame.x()) * self._image.width() / frame.width())
        y = int((position.y() - frame.y()) * self._image.height() / frame.height())
        return min(x, self._image.width() - 1), min(y, self._image.height() - 1)

    def pixel_rect(self, x: int, y: int, width: int = 1, height: int = 1) -> QRectF:
        """Where a rectangle of pixels lies in the widget."""
        frame = self._frame()
        if self._image is None:
            return QRectF()
        step_x, step_y = frame.width() / self._image.width(), frame.height() / self._image.height()
        return QRectF(frame.x() + x * step_x, frame.y() + y * step_y, width * step_x, height * step_y)

    def sizeHint(self) -> QSize:
        return QSize(220, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 48)

    def _size(self) -> QSizeF:
        return QSizeF(self._image.size()) if self._image else QSizeF()

    def _frame(self) -> QRectF:
        """Where the whole image lies in the widget, parts outside included."""
        return self._zoom.frame(self._size(), QRectF(self.rect()))

    def _set_zoom(self, zoom: Zoom) -> None:
        zoom = zoom.limited()
        if zoom != self._zoom:
            self._zoom = zoom
            self._shrunk = None
            self.update()
            self.view_changed.emit(zoom.factor, zoom.center)

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        self._set_zoom(self._zoom.zoomed(factor, at, self._size(), QRectF(self.rect())))

    def _pan_by(self, dx: float, dy: float) -> None:
        self._set_zoom(self._zoom.panned(dx, dy, self._size(), QRectF(self.rect())))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        frame = self._frame()
        if frame.width() * self.devicePixelRatioF() < self._image.width():
            painter.drawPixmap(frame.topLeft(), self._smooth(frame))
        else:
            painter.drawImage(frame, self._image)
        if not self._highlight.isEmpty():
            painter.setPen(QPen(QColor(theme.tokens().accent), 2))
            box = self._highlight
            painter.drawRect(self.pixel_rect(box.x(), box.y(), box.width(), box.height()))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.tokens().reference), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _smooth(self, frame: QRectF) -> QPixmap:
        """The image shrunk once for this size, not at every paint."""
        assert self._image is not None
        ratio = self.devicePixelRatioF()
        size = (frame.size() * ratio).toSize().expandedTo(QSize(1, 1))
        if self._shrunk is None or self._shrunk.size() != size:
            modes = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._shrunk = QPixmap.fromImage(self._image.scaled(size, *modes))
            self._shrunk.setDevicePixelRatio(ratio)
        return self._shrunk

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(1.2 ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._zoom_by(1.0 + event.value(), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press, self._is_panning = event.position(), False
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = event.position() - self._press
            if self._is_panning or moved.manhattanLength() > _DRAG_DISTANCE:
                self._is_panning = True
                self._pan_by(moved.x(), moved.y())
                self._press = event.position()
        self._probe(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._press is not None and not self._is_panning
        self._press = None
        pixel = self.pixel_at(event.position())
        if was_click and pixel is not None:
            self.pixel_clicked.emit(*pixel)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self.pixel_hovered.emit(-1, -1, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        middle = QPointF(self.width() / 2, self.height() / 2)
        keys = Qt.Key
        arrows = {
            keys.Key_Left: (40, 0),
            keys.Key_Right: (-40, 0),
            keys.Key_Up: (0, 40),
            keys.Key_Down: (0, -40),
        }
        if event.key() in (keys.Key_Plus, keys.Key_Equal):
            self._zoom_by(1.5, middle)
        elif event.key() == keys.Key_Minus:
            self._zoom_by(1 / 1.5, middle)
        elif event.key() == keys.Key_0:
            self.fit()
        elif event.key() in arrows and self._zoom.factor > 1.0:
            self._pan_by(*arrows[keys(event.key())])
        else:
            super().keyPressEvent(event)

    def _probe(self, position: QPointF) -> None:
        pixel = self.pixel_at(position)
        if pixel is None:
            self.pixel_hovered.emit(-1, -1, None)
        else:
            self.pixel_hovered.emit(*pixel, self._values_at(*pixel))

    def _values_at(self, x: int, y: int) -> Any:
        if self._values is None and self._image is not None:
            self._values = from_qimage(self._image)
        if self._values is None or y >= self._values.shape[0] or x >= self._values.shape[1]:
            return None
        return np.atleast_1d(self._values[y, x])
