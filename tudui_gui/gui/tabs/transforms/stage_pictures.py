"""The pictures that one step makes of every input, one below the other in one widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms import stage_painting
from tudui_gui.gui.widgets.pyramid import Pyramid
from tudui_gui.gui.widgets.zooming import Zoom

#: x and y in pixels of a stage's value, from its top left corner.
Place = tuple[float, float]

_LOWEST_ROW = 64
_LOWEST = 90
_DRAG_DISTANCE = 4
_FAR = 10


@dataclass(frozen=True, eq=False)
class Cell:
    """A picture of the column, or the reason why there is none.

    Attributes
    ----------
    pyramid : Pyramid or None
    size : tuple of int or None
        Height and width of the value; ``None`` where places mean nothing: several pictures, or none.
    mask : QImage or None
        Laid over the picture.
    absence : str
        Why there is no picture: the step ``"failed"``, was ``"skipped"``, or its value is none
        (``"unknown"``).
    name : str
        Written on the picture.
    """

    pyramid: Pyramid | None = None
    size: tuple[int, int] | None = None
    mask: QImage | None = None
    absence: str = ""
    name: str = ""

    @property
    def extent(self) -> QSizeF:
        """Width and height that the picture stands for."""
        if self.size is not None:
            return QSizeF(self.size[1], self.size[0])
        return QSizeF(self.pyramid.image.size()) if self.pyramid else QSizeF()


class StagePictures(QWidget):
    """Ctrl+wheel or pinch zooms, dragging pans, double-click fits; a click pins the probe.

    By keyboard: the arrows move the probe by a pixel (Shift: by ten), with Ctrl they pan; ``+``, ``-`` and
    ``0`` zoom, Page Up and Page Down go to another row, Escape lets the probe go.

    Signals
    -------
    pointed(int, int, object)
        Column, row and the place (x, y) under the pointer; ``None`` outside the pictures.
    pinned(int, int, object)
        A click: column, row, and the place or ``None``.
    probe_moved(int, int, int)
        The column, and by how many of its pixels an arrow moves the probe.
    released()
        The probe is let go.
    row_chosen(int)
    zoom_changed(int, int, object)
        Column, row and its :class:`Zoom`.
    """

    pointed = Signal(int, int, object)
    pinned = Signal(int, int, object)
    probe_moved = Signal(int, int, int)
    released = Signal()
    row_chosen = Signal(int)
    zoom_changed = Signal(int, int, object)

    def __init__(self, object_name: str, column: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._column = column
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._cells: tuple[Cell, ...] = ()
        self._zooms: tuple[Zoom, ...] = ()
        self._marks: tuple[Place | None, ...] = ()
        self._chosen = 0
        self._painted: QPixmap | None = None
        self._press: QPointF | None = None
        self._is_panning = False
        theme.manager().theme_changed.connect(self._repaint)

    # What is shown

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What is shown, a row each."""
        return self._cells

    @property
    def image(self) -> QImage | None:
        """The picture of the chosen row."""
        cell = self._cells[self._chosen] if self._chosen < len(self._cells) else Cell()
        return cell.pyramid.image if cell.pyramid else None

    @property
    def zoom(self) -> float:
        """1 is fitted."""
        return self._zooms[0].factor if self._zooms else 1.0

    def zoom_of(self, row: int) -> Zoom:
        """Zoom and place of a row."""
        return self._zooms[row] if row < len(self._zooms) else Zoom()

    def mark_of(self, row: int) -> Place | None:
        """Where the cross of a row is."""
        return self._marks[row] if row < len(self._marks) else None

    def show_cells(self, cells: Sequence[Cell], chosen: int) -> None:
        """Show other pictures; ``chosen`` is the row whose facts are shown."""
        if len(cells) != len(self._cells):
            self.updateGeometry()
        self._cells, self._chosen = tuple(cells), chosen
        self._repaint()

    def show_zooms(self, zooms: Sequence[Zoom]) -> None:
        """Take over zoom and place, a row each."""
        if tuple(zooms) != self._zooms:
            self._zooms = tuple(zooms)
            self._repaint()

    def show_marks(self, marks: Sequence[Place | None]) -> None:
        """Cross the places, a row each."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    # Where it is

    def room(self, row: int) -> QRectF:
        """What a row has for its picture."""
        count = max(1, len(self._cells))
        height = (self.height() - (count - 1) * theme.SPACE / 2) / count
        top = row * (height + theme.SPACE / 2)
        left = stage_painting.BAR if count > 1 else 0
        return QRectF(left, top, self.width() - left, height)

    def frame(self, row: int) -> QRectF:
        """Where the whole picture of a row lies."""
        return self.zoom_of(row).frame(self._cells[row].extent, self.room(row))

    def row_at(self, position: QPointF) -> int:
        """The row at a position, the nearest one in the gaps; -1 without rows."""
        rows = range(len(self._cells))
        return next((row for row in rows if position.y() <= self.room(row).bottom()), len(self._cells) - 1)

    def place_at(self, position: QPointF) -> Place | None:
        """The place in the value under a position."""
        row = self.row_at(position)
        if row < 0 or self._cells[row].size is None or not self.room(row).contains(position):
            return None
        frame, extent = self.frame(row), self._cells[row].extent
        x = (position.x() - frame.x()) * extent.width() / frame.width()
        y = (position.y() - frame.y()) * extent.height() / frame.height()
        return (x, y) if 0 <= x < extent.width() and 0 <= y < extent.height() else None

    def pixel_rect(self, x: int, y: int, row: int = 0) -> QRectF:
        """Where a pixel of the value lies in the widget."""
        frame, extent = self.frame(row), self._cells[row].extent
        across, down = frame.width() / extent.width(), frame.height() / extent.height()
        return QRectF(frame.x() + x * across, frame.y() + y * down, across, down)

    def sizeHint(self) -> QSize:
        # No more than the least: a scroll area with wrapped text in it makes room for what is preferred.
        return QSize(160, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(48, max(_LOWEST, len(self._cells) * (_LOWEST_ROW + theme.SPACE // 2)))

    # Painting

    def _repaint(self) -> None:
        self._painted = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._painted is None:
            self._painted = self._paint_all()
        painter.drawPixmap(0, 0, self._painted)
        for row, place in enumerate(self._marks[: len(self._cells)]):
            if place is not None and self._cells[row].size is not None:
                pixel = self.pixel_rect(int(place[0]), int(place[1]), row)
                stage_painting.paint_cross(painter, pixel, self.room(row))
        if self.hasFocus():
            painter.setPen(stage_painting.focus_pen())
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_all(self) -> QPixmap:
        """The pictures, painted once and not each time that the probe moves."""
        ratio = self.devicePixelRatioF()
        painted = QPixmap((QSizeF(self.size()) * ratio).toSize())
        painted.setDevicePixelRatio(ratio)
        painted.fill(Qt.GlobalColor.transparent)
        painter = QPainter(painted)
        for row, cell in enumerate(self._cells):
            if len(self._cells) > 1 and row == self._chosen:
                stage_painting.paint_bar(painter, self.room(row))
            self._paint_cell(painter, row, cell, ratio)
        painter.end()
        return painted

    def _paint_cell(self, painter: QPainter, row: int, cell: Cell, ratio: float) -> None:
        room = self.room(row)
        if cell.pyramid is None:
            stage_painting.paint_absence(painter, room, self._why(cell), cell.absence == "failed")
        else:
            stage_painting.paint_picture(painter, room, self.frame(row), cell.pyramid, cell.mask, ratio)
        if cell.name:
            stage_painting.paint_name(painter, room, cell.name)

    def _why(self, cell: Cell) -> str:
        if cell.absence == "failed":
            return self.tr("Fails here")
        return self.tr("No picture") if cell.absence == "unknown" else self.tr("Not run")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._repaint()

    # Operating

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        row = self.row_at(at)
        if row >= 0:
            zoom = self.zoom_of(row).zoomed(factor, at, self._cells[row].extent, self.room(row))
            self.zoom_changed.emit(self._column, row, zoom)

    def _pan_by(self, dx: float, dy: float, row: int) -> None:
        if row >= 0:
            zoom = self.zoom_of(row).panned(dx, dy, self._cells[row].extent, self.room(row))
            self.zoom_changed.emit(self._column, row, zoom)

    def fit(self) -> None:
        """Show the whole pictures."""
        self.zoom_changed.emit(self._column, 0, Zoom())

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
                self._pan_by(moved.x(), moved.y(), self.row_at(self._press))
                self._press = event.position()
            return
        self.pointed.emit(
            self._column, max(0, self.row_at(event.position())), self.place_at(event.position())
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._press is not None and not self._is_panning
        self._press = None
        if was_click and self._cells and self.rect().contains(event.position().toPoint()):
            self.pinned.emit(self._column, self.row_at(event.position()), self.place_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(self._column, 0, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        middle = self.room(self._chosen).center()
        rows = {keys.Key_PageUp: -1, keys.Key_PageDown: 1}
        if key in _ARROWS:
            self._press_arrow(*_ARROWS[keys(key)], event.modifiers())
        elif key in (keys.Key_Plus, keys.Key_Equal):
            self._zoom_by(1.5, middle)
        elif key == keys.Key_Minus:
            self._zoom_by(1 / 1.5, middle)
        elif key == keys.Key_0:
            self.fit()
        elif key in rows and len(self._cells) > 1:
            self.row_chosen.emit(max(0, min(len(self._cells) - 1, self._chosen + rows[keys(key)])))
        elif key == keys.Key_Escape:
            self.released.emit()
        else:
            super().keyPressEvent(event)

    def _press_arrow(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._pan_by(-40 * dx, -40 * dy, self._chosen)
        else:
            by = _FAR if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
            self.probe_moved.emit(self._column, by * dx, by * dy)


_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
