"""The inputs as small tiles in a row: the order of the rows beside the stages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.input_work import MOST_INPUTS

_GAP = theme.SPACE // 2
_SIDE = 34
_RADIUS = 5


class InputStrip(QWidget):
    """Tiles to choose, drag into another order, and remove.

    Arrow keys choose, Alt and an arrow key moves, Delete removes.

    Signals
    -------
    chosen(int)
        A tile was clicked or stepped to.
    move_requested(int, int)
        A tile was dragged, or moved by keyboard, to another place.
    remove_requested(int)
        Delete was pressed on a tile.
    menu_requested(int, object)
        Context menu of a tile; the global ``QPoint``.
    """

    chosen = Signal(int)
    move_requested = Signal(int, int)
    remove_requested = Signal(int)
    menu_requested = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("input_strip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tiles: tuple[QImage, ...] = ()
        self._names: tuple[str, ...] = ()
        self._current = -1
        self._pressed: QPoint | None = None
        self._dragged = -1
        self._place = QPointF()

    def set_tiles(self, tiles: Sequence[QImage], names: Sequence[str], current: int) -> None:
        """Show other tiles; ``names`` are their tooltips."""
        self._tiles, self._names = tuple(tiles), tuple(names)
        self.set_current(current)

    def set_current(self, current: int) -> None:
        """Frame another tile."""
        self._current = current
        texts = (f"{number}: {name}" for number, name in enumerate(self._names, 1))
        self.setAccessibleDescription("; ".join(texts))
        self.update()

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return len(self._tiles)

    def tile_rect(self, index: int) -> QRect:
        """Where a tile is."""
        side = min(_SIDE, (self.width() - (MOST_INPUTS - 1) * _GAP) // MOST_INPUTS)
        return QRect(index * (side + _GAP), (self.height() - side) // 2, side, side)

    def tile_at(self, place: QPoint) -> int:
        """The tile under a place in the widget; -1 for none."""
        return next((index for index in range(self.count) if self.tile_rect(index).contains(place)), -1)

    def sizeHint(self) -> QSize:
        return QSize(MOST_INPUTS * (_SIDE + _GAP) - _GAP, _SIDE + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(MOST_INPUTS * (24 + _GAP) - _GAP, _SIDE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in range(self.count):
            if index != self._dragged:
                self._paint_tile(painter, index, QRectF(self.tile_rect(index)))
        if self._dragged >= 0:
            moved = QRectF(self.tile_rect(self._dragged))
            moved.moveCenter(QPointF(self._place.x(), moved.center().y()))
            painter.setOpacity(0.8)
            self._paint_tile(painter, self._dragged, moved)

    def _paint_tile(self, painter: QPainter, index: int, tile: QRectF) -> None:
        tokens = theme.tokens()
        is_current = index == self._current
        color = tokens.reference if is_current and self.hasFocus() else tokens.accent
        painter.setPen(QPen(QColor(color if is_current else tokens.line), 2 if is_current else 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        inside = tile.adjusted(3, 3, -3, -3)
        image = self._tiles[index]
        size = image.size().scaled(inside.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(inside.center())
        clip = QPainterPath()
        clip.addRoundedRect(inside, _RADIUS - 2, _RADIUS - 2)
        painter.save()
        painter.setClipPath(clip)
        painter.drawImage(target, image)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.tile_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._pressed = event.position().toPoint()
            self.chosen.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self.count < 2:
            return
        self._place = event.position()
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if self._dragged < 0 and far >= QApplication.startDragDistance():
            self._dragged = self.tile_at(self._pressed)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged, self._pressed = self._dragged, -1, None
        self.update()
        if dragged >= 0:
            step = self.tile_rect(1).x() - self.tile_rect(0).x()
            to = int(event.position().x() // step)
            self.move_requested.emit(dragged, max(0, min(self.count - 1, to)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        to = self._current + step
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if 0 <= to < self.count:
                self.move_requested.emit(self._current, to)
        elif step:
            if 0 <= to < self.count:
                self.chosen.emit(to)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit(self._current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.tile_at(event.pos()) if by_mouse else self._current
        if index >= 0:
            place = event.globalPos() if by_mouse else self.mapToGlobal(self.tile_rect(index).center())
            self.chosen.emit(index)
            self.menu_requested.emit(index, place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            index = self.tile_at(event.pos())  # type: ignore[attr-defined]
            text = self._names[index] if index >= 0 else self.toolTip()
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)
