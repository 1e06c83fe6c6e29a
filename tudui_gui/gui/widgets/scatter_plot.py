"""Points of a plane to look at, to point at and to choose from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.plot_canvas import PlotCanvas
from tudui_gui.gui.widgets.scatter_caption import paint_caption
from tudui_gui.gui.widgets.scatter_image import (
    Bools,
    Floats,
    Points,
    inside,
    paint_points,
    radius_for,
)

Indices = NDArray[np.int64]

#: What dragging does.
TOOLS = ("lasso", "rectangle", "move")
_REACH = 9.0
_CLICK = 4.0
_LASSO_STEP = 3.0
_MARGIN = 0.04


class ScatterPlot(PlotCanvas):
    """Up to 100,000 points; both axes have the same scale.

    Dragging draws a lasso or a rectangle, or moves the plot (:meth:`set_tool`; the middle button always
    moves); with Shift the points are added to the chosen ones, with Ctrl taken away. A click chooses the
    nearest point. The wheel zooms; ``+``, ``-``, ``0`` and arrows work as in other plots. Page Up and Page
    Down go from point to point, Enter chooses the one pointed at, Ctrl+A all that are shown, Escape none.

    Signals
    -------
    point_hovered(int)
        The point under the pointer; -1: none.
    point_clicked(int)
        A point was clicked, or Enter pressed on it.
    selection_changed(object)
        A person chose other points: their ascending indices, ndarray of int64.
    """

    point_hovered = Signal(int)
    point_clicked = Signal(int)
    selection_changed = Signal(object)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(object_name, parent)
        self._points = Points.none()
        self._order = np.arange(0)
        self._hidden: frozenset[int] = frozenset()
        self._highlight: int | None = None
        self._selected = np.zeros(0, bool)
        self._tool = TOOLS[0]
        self._outline: list[QPointF] = []
        self._pointed = -1
        self._caption: tuple[tuple[str, ...], QImage | None] = ((), None)
        self._picture: QImage | None = None
        self._screen: tuple[object, Floats] | None = None
        theme.manager().theme_changed.connect(self._draw_again)

    @property
    def points(self) -> Points:
        """What is drawn."""
        return self._points

    @property
    def selection(self) -> Indices:
        """Ascending indices of the chosen points."""
        return np.flatnonzero(self._selected)

    @property
    def pointed(self) -> int:
        """The point under the pointer, or -1."""
        return self._pointed

    def set_points(self, points: Points, *, keep_view: bool = False) -> None:
        """Draw other points; nothing is chosen then. ``keep_view``: they are the same with other labels."""
        selected = self._selected
        self._points = points
        self._screen = None
        # Later classes must not cover earlier ones everywhere.
        self._order = np.random.RandomState(0).permutation(len(points))
        same = keep_view and len(selected) == len(points)
        self._selected = selected if same else np.zeros(len(points), bool)
        self._point_at(-1)
        if keep_view:
            self._draw_again()
        else:
            self.fit()

    def set_hidden(self, labels: Iterable[int]) -> None:
        """Leave out the points of these classes (-1: those without one)."""
        self._hidden = frozenset(labels)
        self._draw_again()

    def set_highlight(self, label: int | None) -> None:
        """Let the other classes stand back; None: no class is highlighted."""
        self._highlight = label
        self._draw_again()

    def set_tool(self, tool: str) -> None:
        """One of :data:`TOOLS`: what dragging with the left button does."""
        self._tool = tool
        self.setCursor(Qt.CursorShape.OpenHandCursor if tool == "move" else Qt.CursorShape.CrossCursor)

    def select(self, indices: Iterable[int]) -> None:
        """Choose points, without sending :attr:`selection_changed`."""
        self._selected = np.zeros(len(self._points), bool)
        self._selected[np.fromiter(indices, np.int64)] = True
        self._draw_again()

    def set_caption(self, lines: Iterable[str], image: QImage | None = None) -> None:
        """What stands beside the point under the pointer."""
        self._caption = (tuple(lines), image)
        self.update()

    def fit(self) -> None:
        """Show every point, and keep doing so."""
        self._picture = None
        super().fit()

    def place_of(self, index: int) -> QPointF:
        """Where a point is drawn."""
        x, y = self._places()[index].tolist()
        return QPointF(x, y)

    def _everything(self) -> QRectF:
        if not len(self._points):
            return QRectF(-1, -1, 2, 2)
        low, high = self._points.places.min(axis=0), self._points.places.max(axis=0)
        extent = np.maximum(high - low, 1e-9) * (1 + 2 * _MARGIN)
        # The ticks' widths depend on the view, and the area on them: the widget's own shape is near enough.
        scale = max(extent[0] / max(1, self.width() - 50), extent[1] / max(1, self.height() - 40))
        extent = np.array([max(1, self.width() - 50), max(1, self.height() - 40)]) * scale
        left, top = (low + high - extent) / 2
        return QRectF(left, top, extent[0], extent[1])

    def _set_view(self, view: QRectF) -> None:
        self._picture = None
        super()._set_view(view)

    @Slot()
    def _draw_again(self) -> None:
        self._picture = None
        self.update()

    def _places(self) -> Floats:
        """Where every point is on the screen, shape (N, 2), in logical pixels."""
        area, shown = self._area(), self._shown
        state = (area.getRect(), shown.getRect())
        if self._screen is None or self._screen[0] != state:
            self._screen = (state, self._placed(area, shown))
        return self._screen[1]

    def _placed(self, area: QRectF, shown: QRectF) -> Floats:
        scale = np.array([area.width() / shown.width(), -area.height() / shown.height()])
        first, corner = (shown.left(), shown.top()), (area.left(), area.bottom())
        places: Floats = (self._points.places - first) * scale + corner
        return places

    def _shown_points(self) -> Bools:
        return self._is_shown(self._points.labels)

    def _is_shown(self, labels: Indices) -> Bools:
        if not self._hidden:
            return np.ones(len(labels), bool)
        return ~np.isin(labels, list(self._hidden))

    def _in_sight(self) -> Bools:
        """Points that are shown and lie in the visible part."""
        places, area = self._places(), self._area()
        low, high = [area.left(), area.top()], [area.right(), area.bottom()]
        return self._shown_points() & ((places >= low) & (places <= high)).all(axis=1)

    def _standing_back(self) -> Bools:
        back = np.zeros(len(self._points), bool)
        if self._highlight is not None:
            back |= self._points.labels != self._highlight
        if self._selected.any():
            back |= ~self._selected
        return back

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not len(self._points):
            return
        painter = QPainter(self)
        area = self._area()
        painter.drawImage(area.toRect().topLeft(), self._drawn_points(area))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_outline(painter)
        if self._pointed >= 0:
            self._paint_pointed(painter, area)

    def _drawn_points(self, area: QRectF) -> QImage:
        if self._picture is None:
            self._picture = self._draw(area)
        return self._picture

    def _draw(self, area: QRectF) -> QImage:
        ratio = self.devicePixelRatioF()
        corner, size = area.toRect().topLeft(), area.toRect().size() * ratio
        chosen = self._order[self._shown_points()[self._order]]
        places = (self._places()[chosen] - [corner.x(), corner.y()]) * ratio
        in_sight = ((places >= 0) & (places < [size.width(), size.height()])).all(axis=1)
        points = Points(*(getattr(self._points, name)[chosen] for name in Points.__dataclass_fields__))
        radius = radius_for(int(in_sight.sum()), area.width() * area.height()) * ratio
        pale = self._standing_back()[chosen]
        picture = paint_points(points, places, (size.width(), size.height()), pale, radius)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _paint_outline(self, painter: QPainter) -> None:
        if len(self._outline) < 2:
            return
        accent = QColor(theme.tokens().accent)
        painter.setPen(QPen(accent, 1.5))
        accent.setAlphaF(0.12)
        painter.setBrush(accent)
        painter.drawPolygon(QPolygonF(self._outline))

    def _paint_pointed(self, painter: QPainter, area: QRectF) -> None:
        place = self.place_of(self._pointed)
        painter.setPen(QPen(QColor(theme.tokens().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, 7, 7)
        paint_caption(painter, QRectF(self.rect()), place, *self._caption)

    def nearest(self, place: QPointF) -> int:
        """The shown point nearest to ``place`` on the screen, within 9 pixels; -1: none."""
        if not len(self._points):
            return -1
        x, y = self._places().T
        near = np.flatnonzero((np.abs(x - place.x()) <= _REACH) & (np.abs(y - place.y()) <= _REACH))
        near = near[self._is_shown(self._points.labels[near])]
        distances = np.hypot(x[near] - place.x(), y[near] - place.y())
        return int(near[distances.argmin()]) if len(near) and distances.min() <= _REACH else -1

    def _point_at(self, index: int) -> None:
        if index != self._pointed:
            self._pointed = index
            self._caption = ((), None)
            self.point_hovered.emit(index)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = event.button()
        if button == Qt.MouseButton.MiddleButton or self._tool == "move":
            self._drag = event.position()
        if button == Qt.MouseButton.LeftButton:
            self._outline = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            moved = event.position() - self._drag
            self._drag = event.position()
            self._pan_by(moved.x(), moved.y())
        elif self._outline:
            self._extend(event.position())
        else:
            self._point_at(self.nearest(event.position()))

    def _extend(self, place: QPointF) -> None:
        first = self._outline[0]
        if self._tool == "rectangle":
            self._outline = QPolygonF(QRectF(first, place)).toList()[:4]
            self._outline[0] = first
        elif (place - self._outline[-1]).manhattanLength() >= _LASSO_STEP:
            self._outline.append(place)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        outline, self._outline, self._drag = self._outline, [], None
        self.update()
        if event.button() != Qt.MouseButton.LeftButton or not outline:
            return
        reach = max((each - outline[0]).manhattanLength() for each in [*outline, event.position()])
        if reach <= _CLICK:
            self._click(self.nearest(event.position()), event.modifiers())
        elif self._tool != "move":
            polygon = np.array([[point.x(), point.y()] for point in outline])
            self._choose(inside(polygon, self._places()) & self._in_sight(), event.modifiers())

    def _click(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        chosen = np.zeros(len(self._points), bool)
        if index >= 0:
            chosen[index] = True
        self._choose(chosen, modifiers)
        if index >= 0:
            self.point_clicked.emit(index)

    def _choose(self, chosen: Bools, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            chosen = self._selected | chosen
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            chosen = self._selected & ~chosen
        self._selected = chosen
        self._draw_again()
        self.selection_changed.emit(self.selection)

    def select_class(self, label: int) -> None:
        """Choose all points of a class, as a lasso around them would."""
        self._choose(self._points.labels == label, Qt.KeyboardModifier.NoModifier)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = None
        if self.is_fitted:
            self._shown = self._everything()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._pointed >= 0:
            return True  # the sheet beside the point says more
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw_again()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, none = Qt.Key, Qt.KeyboardModifier.NoModifier
        if event.key() in (keys.Key_PageDown, keys.Key_PageUp):
            self._step(1 if event.key() == keys.Key_PageDown else -1)
        elif event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Space) and self._pointed >= 0:
            self._click(self._pointed, event.modifiers())
        elif event.key() == keys.Key_Escape and self._selected.any():
            self._choose(np.zeros(len(self._points), bool), none)
        elif event.key() == keys.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(self._shown_points(), none)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Point at the next shown point to the right or to the left."""
        order = np.lexsort((self._points.places[:, 1], self._points.places[:, 0]))
        order = order[self._shown_points()[order]]
        if len(order):
            at = np.flatnonzero(order == self._pointed)
            place = int(at[0]) + by if len(at) else (0 if by > 0 else len(order) - 1)
            self._point_at(int(order[max(0, min(len(order) - 1, place))]))
