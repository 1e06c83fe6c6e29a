"""A grid of thumbnails that holds 100,000 images as easily as ten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.decoding import Decoder, Loader

_CACHED = 1500
#: Items laid out a turn of the event loop: 100,000 at once take 0.2 s.
_BATCH = 1500
_LAYOUT_MS = 20
_PAD = 6
_IMAGE_ROLE = Qt.ItemDataRole.UserRole
_BROKEN_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class ThumbnailGrid(QListView):
    """Decodes only what is visible, off the main thread, nearest first; the rest waits or is dropped.

    Ctrl+wheel zooms; Space asks for the large view. Images can be dragged out: as files where they have a
    path, else as pixels.

    Signals
    -------
    current_changed(int)
        The current index (-1: none).
    index_activated(int)
        Double click or Enter.
    large_view_requested(int)
        Space.
    image_menu_requested(int, object)
        Context menu: index and global ``QPoint``.
    zoom_changed(int)
        The side of a thumbnail in pixels.
    """

    current_changed = Signal(int)
    index_activated = Signal(int)
    large_view_requested = Signal(int)
    image_menu_requested = Signal(int, object)
    zoom_changed = Signal(int)

    def __init__(self, object_name: str = "thumbnail_grid", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._thumbnails = _ThumbnailModel(self)
        self._decoder = Decoder(self)
        self._side = 96
        self._unreached = QPersistentModelIndex()
        self._reach = QTimer(self)
        self._reach.setSingleShot(True)
        self._reach.setInterval(_LAYOUT_MS)
        self._reach.timeout.connect(self._scroll_again)
        self._configure()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._request_visible)
        self._decoder.decoded.connect(self._take)
        self.verticalScrollBar().valueChanged.connect(self._look_soon)
        self.doubleClicked.connect(self._activate)
        self.customContextMenuRequested.connect(self._open_menu)

    def _configure(self) -> None:
        self.setModel(self._thumbnails)
        self.setItemDelegate(_ThumbnailDelegate(self))
        self.setProperty("role", "plain")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setMovement(QListView.Movement.Static)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def set_source(
        self,
        count: int,
        loader: Loader | None,
        caption: Callable[[int], str] | None = None,
        path: Callable[[int], Path | None] | None = None,
    ) -> None:
        """Show ``count`` images.

        Parameters
        ----------
        count : int
        loader : callable
            Index -> QImage or ndarray of uint8 (H, W[, C]); called on pool threads, may raise.
        caption, path : callable, optional
            Index -> text under the image, and its file if it has one. On the main thread; must be quick.
        """
        self._decoder.drop()
        self._reach.stop()
        self._thumbnails.reset_source(count if loader else 0, loader, caption, path)
        self.setGridSize(self._cell())
        self.scrollToTop()
        self._look.start()
        self.current_changed.emit(-1)

    @property
    def count(self) -> int:
        """How many images there are."""
        return self._thumbnails.rowCount()

    @property
    def zoom(self) -> int:
        """Side of a thumbnail in pixels."""
        return self._side

    def set_zoom(self, side: int) -> None:
        """Make thumbnails ``side`` pixels wide, 24..256."""
        side = max(24, min(256, side))
        if side == self._side:
            return
        anchor = self.indexAt(QPoint(self.width() // 2, self.height() // 2))
        self._side = side
        self._thumbnails.forget_images()
        self.setGridSize(self._cell())
        if anchor.isValid():
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._look.start()
        self.zoom_changed.emit(side)

    @property
    def current(self) -> int:
        """The current index, or -1."""
        return self.currentIndex().row()

    @property
    def selected(self) -> list[int]:
        """The selected indices in order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def select(self, index: int) -> None:
        """Make ``index`` current and scroll to it."""
        self.setCurrentIndex(self._thumbnails.index(index))

    def is_loaded(self, index: int) -> bool:
        """Whether the thumbnail of ``index`` is there (or known to be broken)."""
        return index in self._thumbnails.images

    def stop(self) -> None:
        """Stop loading and wait for the threads; for closing."""
        self._decoder.stop()

    def _cell(self) -> QSize:
        caption = self.fontMetrics().height() if self._thumbnails.has_captions else 0
        return QSize(self._side + 2 * _PAD, self._side + 2 * _PAD + caption)

    def _visible(self) -> range:
        """Rows in sight; arithmetic instead of asking 100,000 items."""
        cell = self.gridSize()
        columns = max(1, self.viewport().width() // max(1, cell.width()))
        top = self.verticalScrollBar().value() // max(1, cell.height())
        rows = self.viewport().height() // max(1, cell.height()) + 2
        return range(min(self.count, top * columns), min(self.count, (top + rows) * columns))

    @Slot()
    def _look_soon(self) -> None:
        self._look.start()

    @Slot()
    def _request_visible(self) -> None:
        loader = self._thumbnails.loader
        if loader is None:
            return
        visible = self._visible()
        ahead = range(visible.stop, min(self.count, visible.stop + len(visible)))
        behind = range(visible.start - 1, max(-1, visible.start - len(visible)), -1)
        wanted = [i for part in (visible, ahead, behind) for i in part if i not in self._thumbnails.images]
        side = max(128, round(self._side * self.devicePixelRatioF()))
        self._decoder.want(loader, side, wanted)

    @Slot(object, object)
    def _take(self, loader: Loader, images: Sequence[tuple[int, QImage | None]]) -> None:
        if loader is self._thumbnails.loader:
            self._thumbnails.add_images(images)

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        self.index_activated.emit(index.row())

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.image_menu_requested.emit(index.row(), self.viewport().mapToGlobal(place))

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll to ``index``; again later if it is not laid out yet."""
        super().scrollTo(index, hint)
        if index.isValid() and not self.visualRect(index).intersects(self.viewport().rect()):
            self._unreached = QPersistentModelIndex(index)
            self._reach.start()

    @Slot()
    def _scroll_again(self) -> None:
        if self._unreached.isValid() and self.isVisible():
            self.scrollTo(self._thumbnails.index(self._unreached.row()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current >= 0:
            self.large_view_requested.emit(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.index_activated.emit(self.current)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._side + (16 if event.angleDelta().y() > 0 else -16))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if (
            self.count
            and not self._look.isActive()
            and any(i not in self._thumbnails.images for i in self._visible()[:1])
        ):
            self._look.start()


class _ThumbnailModel(QAbstractListModel):
    """Captions, paths, and a bounded cache of decoded thumbnails (``None``: broken)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.loader: Loader | None = None
        self.images: OrderedDict[int, QImage | None] = OrderedDict()
        self._count = 0
        self._caption: Callable[[int], str] | None = None
        self._path: Callable[[int], Path | None] | None = None

    def reset_source(
        self,
        count: int,
        loader: Loader | None,
        caption: Callable[[int], str] | None,
        path: Callable[[int], Path | None] | None,
    ) -> None:
        self.beginResetModel()
        self._count, self.loader, self._caption, self._path = count, loader, caption, path
        self.images.clear()
        self.endResetModel()

    @property
    def has_captions(self) -> bool:
        return self._caption is not None

    def forget_images(self) -> None:
        self.images.clear()

    def add_images(self, images: Sequence[tuple[int, QImage | None]]) -> None:
        for row, image in images:
            self.images[row] = image
        while len(self.images) > _CACHED:
            self.images.popitem(last=False)
        rows = [row for row, _ in images]
        self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)), [_IMAGE_ROLE])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._caption(row) if self._caption else ""
        if role == _IMAGE_ROLE:
            if row in self.images:
                self.images.move_to_end(row)
            return self.images.get(row)
        if role == _BROKEN_ROLE:
            return row in self.images and self.images[row] is None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        rows = [index.row() for index in indexes]
        paths = [self._path(row) for row in rows] if self._path else []
        files = [QUrl.fromLocalFile(str(path)) for path in paths if path is not None]
        if files:
            data.setUrls(files)
        elif rows and (image := self.images.get(rows[0])) is not None:
            data.setImageData(image)
            data.setText(self._caption(rows[0]) if self._caption else str(rows[0]))
        return data


class _ThumbnailDelegate(QStyledItemDelegate):
    """Paints the image, its caption, and the states of a cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = theme.tokens()
        area = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        caption = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        text = QRect(area)
        if caption:
            area.setBottom(area.bottom() - option.fontMetrics.height())
            text.setTop(area.bottom() + 1)
        painter.save()
        self._paint_state(painter, option, colors)
        self._paint_image(painter, area, index, colors)
        painter.setPen(QColor(colors.muted))
        elided = option.fontMetrics.elidedText(caption, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, elided)
        painter.restore()

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, colors: theme.Tokens) -> None:
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if not is_selected and not option.state & QStyle.StateFlag.State_MouseOver:
            return
        frame = QPainterPath()
        frame.addRoundedRect(option.rect.adjusted(1, 1, -2, -2), 6, 6)
        painter.fillPath(frame, QColor(colors.accent_soft if is_selected else colors.hover))
        if is_selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colors.accent), 1.5))
            painter.drawPath(frame)

    def _paint_image(self, painter: QPainter, area: QRect, index: Index, colors: theme.Tokens) -> None:
        image = index.data(_IMAGE_ROLE)
        if isinstance(image, QImage):
            size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(area.center())
            if size.width() < image.width():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
            return
        painter.fillRect(area, QColor(colors.raised))
        if index.data(_BROKEN_ROLE):
            side = min(32, area.width())
            mark = QRect(0, 0, side, side)
            mark.moveCenter(area.center())
            theme.icon("image-broken-variant").paint(painter, mark)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        grid = self.parent()
        return grid.gridSize() if isinstance(grid, QListView) else super().sizeHint(option, index)
