"""Feature maps side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tudui_gui.gui import theme
from tudui_gui.gui.imaging import colorize, to_qimage

_PAD = 6
_IMAGE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Maps = NDArray[np.floating]


class FeatureMapGrid(QListView):
    """A grid of float maps, coloured when they are painted. Ctrl+wheel zooms.

    Signals
    -------
    map_selected(int)
        Index of the current map (its place in what was given to :meth:`set_maps`), -1: none.
    zoom_changed()
        The maps have another size on the screen.
    """

    map_selected = Signal(int)
    zoom_changed = Signal()

    def __init__(self, object_name: str = "feature_map_grid", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._maps = self._make_model()
        self._side = 112
        self.setModel(self._maps)
        self.setItemDelegate(_MapDelegate(self))
        self.setProperty("role", "plain")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()

    def _make_model(self) -> MapModel:
        return MapModel(self)

    def set_maps(
        self,
        maps: Maps | None,
        captions: Sequence[str] = (),
        *,
        ranges: Maps | None = None,
        images: Sequence[QImage] = (),
    ) -> None:
        """Show maps of shape (C, H, W). Keeps the current index where possible.

        Parameters
        ----------
        maps : ndarray of float, (C, H, W), or None
        captions : sequence of str
        ranges : ndarray of float, (C, 2), optional
            Finite minimum and maximum of each map, where the caller knows them.
        images : sequence of QImage, optional
            The maps, coloured by a job; needed where they are so large that colouring would be felt. The
            caller then colours anew, with :meth:`set_images`, when colour map or range change.
        """
        current = self.current
        self._maps.set_maps(maps, captions, ranges, images)
        self._lay_out()
        count = self._maps.rowCount()
        if 0 <= current < count:
            self.setCurrentIndex(self._maps.index(current))
        elif current >= 0:
            self.map_selected.emit(-1)

    def set_images(self, images: Sequence[QImage]) -> None:
        """Replace the coloured images given to :meth:`set_maps`."""
        self._maps.set_images(images)

    def set_color_map(self, name: str) -> None:
        """Colour by ``name``, one of ``imaging.COLOR_MAPS``."""
        self._maps.set_colors(name, self._maps.is_common)

    def set_common_range(self, common: bool) -> None:
        """One range for all maps, or each its own."""
        self._maps.set_colors(self._maps.color_map, common)

    def set_zoom(self, side: int) -> None:
        """Side of a map in pixels, 32..320."""
        before, self._side = self._side, max(32, min(320, side))
        self._lay_out()
        if self._side != before:
            self.zoom_changed.emit()

    @property
    def zoom(self) -> int:
        """Side of a map in pixels."""
        return self._side

    @property
    def count(self) -> int:
        """How many maps there are."""
        return self._maps.rowCount()

    @property
    def current(self) -> int:
        """Index of the current map, or -1."""
        return self.currentIndex().row()

    def select(self, index: int) -> None:
        """Make map ``index`` current."""
        self.setCurrentIndex(self._maps.index(index))

    def select_quietly(self, index: int) -> None:
        """Make map ``index`` current (-1: none) without telling of it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._maps.index(index))

    def color_range(self, index: int) -> tuple[float, float]:
        """The values shown as the first and the last colour in map ``index``."""
        return self._maps.range_of(index)

    def _lay_out(self) -> None:
        height = round(self._side * min(1.0, self._maps.aspect))
        text = self.fontMetrics().height() if self._maps.has_captions else 0
        self.setGridSize(QSize(self._side + 2 * _PAD, max(12, height) + 2 * _PAD + text))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.map_selected.emit(current.row())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._side + (16 if event.angleDelta().y() > 0 else -16))
            event.accept()
        else:
            super().wheelEvent(event)


class MapModel(QAbstractListModel):
    """The maps, their captions, and the images made of them so far."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.captions: tuple[str, ...] = ()
        self.color_map = "viridis"
        self.is_common = False
        self._maps: Maps = np.zeros((0, 1, 1), np.float32)
        self._range: tuple[float, float] | None = None
        self._ranges: Maps | None = None
        self._images: dict[int, QImage] = {}
        self._has_given_images = False

    def set_maps(
        self, maps: Maps | None, captions: Sequence[str], ranges: Maps | None, images: Sequence[QImage]
    ) -> None:
        if maps is not None and maps.ndim != 3:
            raise ValueError(f"maps of shape (C, H, W) are needed, not {maps.shape}")
        self.beginResetModel()
        self._maps = np.zeros((0, 1, 1), np.float32) if maps is None else maps
        self.captions = tuple(captions)
        self._images, self._range = dict(enumerate(images)), None
        self._ranges = ranges
        self._has_given_images = len(images) > 0
        self.endResetModel()

    def set_images(self, images: Sequence[QImage]) -> None:
        self._images = dict(enumerate(images))
        self.repaint()

    def set_colors(self, color_map: str, is_common: bool) -> None:
        self.color_map, self.is_common = color_map, is_common
        if not self._has_given_images:
            self._images = {}
            self.repaint()

    def repaint(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1), [_IMAGE_ROLE])

    @property
    def has_captions(self) -> bool:
        return bool(self.captions)

    @property
    def aspect(self) -> float:
        return float(self._maps.shape[1] / self._maps.shape[2])

    def range_of(self, row: int) -> tuple[float, float]:
        if not self.is_common:
            return _finite_range(self._maps[row] if self._ranges is None else self._ranges[row])
        if self._range is None:
            self._range = _finite_range(self._maps if self._ranges is None else self._ranges)
        return self._range

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._maps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.caption(index.row())
        return self.image(index.row()) if role == _IMAGE_ROLE else None

    def caption(self, row: int) -> str:
        return self.captions[row] if row < len(self.captions) else ""

    def image(self, row: int) -> QImage | None:
        if row not in self._images:
            values = self._maps[row]
            step = max(1, min(values.shape) // 320)  # more than twice what the screen shows is not coloured
            low, high = self.range_of(row)
            self._images[row] = to_qimage(colorize(values[::step, ::step], self.color_map, low, high))
        return self._images[row]


def _finite_range(values: Maps) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


class _MapDelegate(QStyledItemDelegate):
    """Paints a map, its caption, and the frame of the current one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = theme.tokens()
        area = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        caption = str(index.data() or "")
        text = QRect(area)
        if caption:
            area.setBottom(area.bottom() - option.fontMetrics.height())
            text.setTop(area.bottom() + 1)
        painter.save()
        target = self._paint_image(painter, area, index.data(_IMAGE_ROLE))
        is_selected = option.state & QStyle.StateFlag.State_Selected
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(colors.accent if is_selected else colors.muted), 2))
            painter.drawRect(target.adjusted(-2, -2, 2, 2))
        painter.setPen(QColor(colors.accent if is_selected else colors.muted))
        painter.setFont(theme.monospace_font(8.5))
        caption = painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, text.width() + _PAD)
        text.adjust(-_PAD // 2, 0, _PAD // 2, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, caption)
        painter.restore()

    def _paint_image(self, painter: QPainter, area: QRect, image: object) -> QRect:
        if not isinstance(image, QImage):
            painter.fillRect(area, QColor(theme.tokens().line))  # it is being coloured
            return area
        size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), size.expandedTo(QSize(1, 1)))
        target.moveCenter(area.center())
        is_smaller = size.width() < image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smaller)
        painter.drawImage(target, image)
        return target

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        grid = self.parent()
        return grid.gridSize() if isinstance(grid, QListView) else super().sizeHint(option, index)
