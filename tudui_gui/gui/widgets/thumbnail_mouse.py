"""The mouse in a thumbnail grid: clicks, ranges, a rubber band, dragging out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.row_selection import Rows, RowSelection
from tudui_gui.gui.widgets.thumbnail_painting import PAD

if TYPE_CHECKING:
    from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid

_SCROLL_MS = 30


@dataclass
class _Press:
    """A button that is down: where, on which row (-1: beside the images), and what to do without a drag."""

    place: QPoint
    row: int
    chooses_on_release: bool = False


@dataclass
class _Band:
    """A rubber band: its corners below the top of all images, and what was selected before."""

    start: QPoint
    end: QPoint
    base: RowSelection | None


class MouseSelection(QObject):
    """Turns what the mouse does into the selection of a grid.

    Attributes
    ----------
    hovered : int
        The row under the pointer, -1: none.
    """

    def __init__(self, grid: ThumbnailGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.hovered = -1
        self._press: _Press | None = None
        self._band: _Band | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    def reset(self) -> None:
        """Forget what was begun: the rows are others now."""
        self._press, self._band, self.hovered = None, None, -1
        self._scroll.stop()

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        place = event.position().toPoint()
        row = self._grid.row_at(place)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press_left(place, row, event.modifiers())
        elif row >= 0 and row not in self._grid.selection:
            self._grid.select(row)

    def _press_left(self, place: QPoint, row: int, modifiers: Qt.KeyboardModifier) -> None:
        selection = self._grid.selection
        adds = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        extends = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        is_on_image = row >= 0 and self._image_rect(row).contains(place)
        self._press = _Press(place, row if is_on_image else -1)
        if row < 0:
            if not adds and not extends:
                selection.clear()
        elif extends:
            selection.extend(row, adding=adds)
        elif adds:
            selection.toggle(row)
        elif row in selection and is_on_image:
            self._press.chooses_on_release = True
        else:
            selection.choose(row)
        if row >= 0:
            self._grid.make_current(row)
        self._grid.show_selection()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        place = event.position().toPoint()
        press = self._press
        if press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self.hover(self._grid.row_at(place))
        elif self._band is not None:
            self._stretch(place)
        elif (place - press.place).manhattanLength() >= QApplication.startDragDistance():
            if press.row >= 0:
                self._press = None
                self._grid.drag_selection()
            else:
                self._start_band(press.place, place, event.modifiers())

    def release(self, event: QMouseEvent) -> None:
        """A button went up."""
        press, self._press = self._press, None
        if self._band is not None:
            self._band = None
            self._scroll.stop()
            self._grid.viewport().update()
        elif press is not None and press.chooses_on_release:
            self._grid.selection.choose(press.row)
            self._grid.show_selection()

    def hover(self, row: int) -> None:
        """The pointer is over ``row``, -1: over none."""
        if row != self.hovered:
            for each in (self.hovered, row):
                if 0 <= each < self._grid.count:
                    self._grid.viewport().update(self._grid.cell_rect(each))
            self.hovered = row

    def paint(self, painter: QPainter) -> None:
        """Paint the rubber band, if there is one."""
        if self._band is not None:
            color = QColor(theme.tokens().reference)
            painter.setPen(color)
            color.setAlphaF(0.15)
            painter.setBrush(color)
            area = _between(self._band).translated(0, -self._grid.verticalOffset())
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _image_rect(self, row: int) -> QRect:
        return self._grid.cell_rect(row).adjusted(PAD, PAD, -PAD, -PAD)

    # -- rubber band ---------------------------------------------------------------------------------------

    def _start_band(self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        adds = modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        below = QPoint(0, self._grid.verticalOffset())
        self._band = _Band(start + below, end + below, self._grid.selection.copy() if adds else None)
        self._scroll.start()
        self._stretch(end)

    def _stretch(self, place: QPoint) -> None:
        assert self._band is not None
        self._band.end = place + QPoint(0, self._grid.verticalOffset())
        rows = self._rows_in(_between(self._band))
        self._grid.selection.replace(rows, self._band.base)
        if len(rows):
            self._grid.selection.anchor = int(rows[0])
        self._grid.show_selection()

    def _rows_in(self, area: QRect) -> Rows:
        """The rows whose image touches ``area``, which is below the top of all images."""
        cell, columns = self._grid.gridSize(), self._grid.columns
        first, last = (area.left() + PAD) // cell.width(), (area.right() - PAD) // cell.width()
        top, bottom = (area.top() + PAD) // cell.height(), (area.bottom() - PAD) // cell.height()
        across = np.arange(max(0, first), min(columns - 1, last) + 1)
        down = np.arange(max(0, top), bottom + 1)
        rows = (down[:, None] * columns + across[None, :]).ravel()
        return rows[rows < self._grid.count]

    @Slot()
    def _scroll_on(self) -> None:
        if self._band is None:
            return
        viewport, bar = self._grid.viewport(), self._grid.verticalScrollBar()
        place = self._band.end - QPoint(0, self._grid.verticalOffset())
        beyond = min(0, place.y()) + max(0, place.y() - viewport.height())
        if beyond and bar.minimum() <= bar.value() + beyond // 2 <= bar.maximum():
            bar.setValue(bar.value() + beyond // 2)
            self._stretch(place)


def _between(band: _Band) -> QRect:
    corner = QPoint(min(band.start.x(), band.end.x()), min(band.start.y(), band.end.y()))
    moved = band.end - band.start
    return QRect(corner, QSize(abs(moved.x()) + 1, abs(moved.y()) + 1))
