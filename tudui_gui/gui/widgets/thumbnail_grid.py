"""A grid of thumbnails that holds a million images as easily as ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from tudui_gui.gui.widgets.decoding import Decoder, Loader
from tudui_gui.gui.widgets.row_selection import Rows, RowSelection
from tudui_gui.gui.widgets.thumbnail_model import DecodedSize, Index, ThumbnailModel, ThumbnailSource
from tudui_gui.gui.widgets.thumbnail_mouse import MouseSelection
from tudui_gui.gui.widgets.thumbnail_painting import PAD, paint_thumbnail
from tudui_gui.gui.widgets.uniform_grid import UniformGrid

_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FAR_MOVES = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_DRAGGED = 64


class ThumbnailGrid(UniformGrid):
    """Decodes only what is visible, off the main thread, nearest first; the rest waits or is dropped.

    The selection is a mark for each row: Qt's own, by ranges, would stop the window for moments when many
    scattered images of 100,000 are selected. Ctrl+wheel zooms; Space asks for the large view.
    Click, Ctrl, Shift, Ctrl+A and a rubber band that starts beside the images select. Images can be dragged
    out: as files where they have a path, else as pixels.

    Attributes
    ----------
    decoded : DecodedSize
        How large thumbnails are needed; loaders read it.
    selection : RowSelection

    Signals
    -------
    current_changed(int)
        The current index (-1: none).
    selection_changed()
        :attr:`selected` is another one.
    index_activated(int)
        Double click or Enter.
    large_view_requested(int)
        Space.
    image_menu_requested(int, object)
        Context menu: index and global ``QPoint``.
    digit_typed(int)
        A digit key.
    zoom_changed(int)
        The side of a thumbnail in pixels.
    """

    current_changed = Signal(int)
    selection_changed = Signal()
    index_activated = Signal(int)
    large_view_requested = Signal(int)
    image_menu_requested = Signal(int, object)
    digit_typed = Signal(int)
    zoom_changed = Signal(int)

    def __init__(self, object_name: str = "thumbnail_grid", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._thumbnails = ThumbnailModel(self)
        self._decoder = Decoder(self)
        self._side = 96
        self.decoded = DecodedSize()
        self.selection = RowSelection()
        self._mouse = MouseSelection(self)
        self._look = QTimer(self)
        self._configure()
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._request_visible)
        self._decoder.decoded.connect(self._take)
        self.verticalScrollBar().valueChanged.connect(self._look_soon)

    def _configure(self) -> None:
        self.setModel(self._thumbnails)
        self.setProperty("role", "plain")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setGridSize(self._cell())

    def set_source(
        self,
        count: int,
        loader: Loader | None,
        caption: Callable[[int], str] | None = None,
        path: Callable[[int], Path | None] | None = None,
    ) -> None:
        """Show ``count`` images from the first on; the parameters are those of :class:`ThumbnailSource`."""
        self.show_source(ThumbnailSource(count if loader else 0, loader, caption, path))

    def show_source(self, source: ThumbnailSource, *, keeps_place: bool = False) -> None:
        """Show other images, none of them selected.

        ``keeps_place`` says that they are the images of before, in another order or with some more or less:
        their thumbnails are kept, found again by ``source.identity``, and so is the place scrolled to.
        """
        self._decoder.drop()
        place = self.verticalScrollBar().value() if keeps_place else 0
        self.selection.reset(source.count)
        self._mouse.reset()
        self._thumbnails.reset_source(source, keeps_images=keeps_place)
        self.setGridSize(self._cell())
        self.updateGeometries()
        self.verticalScrollBar().setValue(place)
        self._look.start()
        self.current_changed.emit(-1)
        self.selection_changed.emit()

    @property
    def zoom(self) -> int:
        """Side of a thumbnail in pixels."""
        return self._side

    def set_zoom(self, side: int) -> None:
        """Make thumbnails ``side`` pixels wide, 24..256."""
        side = max(24, min(256, side))
        if side == self._side:
            return
        anchor = self.row_at(QPoint(self.width() // 2, self.height() // 2))
        self._side = side
        self._thumbnails.forget_images()
        self.setGridSize(self._cell())
        self.updateGeometries()
        if anchor >= 0:
            self.scrollTo(self._thumbnails.index(anchor), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._look.start()
        self.zoom_changed.emit(side)

    # -- selection -----------------------------------------------------------------------------------------

    @property
    def current(self) -> int:
        """The current index, or -1."""
        return self.currentIndex().row()

    @property
    def selected(self) -> list[int]:
        """The selected indices in order."""
        return list(map(int, self.selection.rows))

    def select(self, index: int) -> None:
        """Make ``index`` current and the only one selected, and scroll to it."""
        self.selection.choose(index)
        self.make_current(index)
        self.show_selection()

    def select_rows(self, rows: Sequence[int] | Rows, current: int = -1) -> None:
        """Select exactly ``rows``, and make ``current`` the current one and scroll to it, if it is not -1."""
        self.selection.replace(rows)
        if current >= 0:
            self.selection.anchor = current
            self.make_current(current)
        self.show_selection()

    def selectAll(self) -> None:
        """Select every image."""
        self.selection.select_all()
        self.show_selection()

    def make_current(self, row: int) -> None:
        """Make ``row`` current and scroll to it, whatever is selected."""
        self.setCurrentIndex(self._thumbnails.index(row))

    def show_selection(self) -> None:
        """Paint and tell of a change of :attr:`selection`."""
        self.viewport().update()
        self.selection_changed.emit()

    def is_loaded(self, index: int) -> bool:
        """Whether the thumbnail of ``index`` is there (or known to be broken)."""
        return self._thumbnails.has_image(index)

    def stop(self) -> None:
        """Stop loading and wait for the threads; for closing."""
        self._decoder.stop()

    def _cell(self) -> QSize:
        caption = self.fontMetrics().height() if self._thumbnails.source.caption else 0
        return QSize(self._side + 2 * PAD, self._side + 2 * PAD + caption)

    # -- loading -------------------------------------------------------------------------------------------

    @Slot()
    def _look_soon(self) -> None:
        self._look.start()

    @Slot()
    def _request_visible(self) -> None:
        loader = self._thumbnails.source.loader
        if loader is None:
            return
        self.decoded.side = max(128, round(self._side * self.devicePixelRatioF()))
        visible = self.rows_in_sight()
        ahead = range(visible.stop, min(self.count, visible.stop + len(visible)))
        behind = range(visible.start - 1, max(-1, visible.start - len(visible)), -1)
        wanted = [i for part in (visible, ahead, behind) for i in part if not self._thumbnails.has_image(i)]
        self._decoder.want(loader, self.decoded.side, wanted)

    @Slot(object, object)
    def _take(self, loader: Loader, images: Sequence[tuple[int, QImage | None]]) -> None:
        if loader is not self._thumbnails.source.loader:
            return
        self._thumbnails.add_images(images)
        visible = self.rows_in_sight()
        for row, _ in images:
            if row in visible:
                self.viewport().update(self.cell_rect(row))

    # -- events --------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(current.row())

    def moveCursor(self, action: object, modifiers: object) -> QModelIndex:
        return self._thumbnails.index(max(0, self.current)) if self.count else QModelIndex()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt's own search would ask 100,000 names on the main thread."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        has_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if not self.count:
            super().keyPressEvent(event)
        elif key in _MOVES or key in _FAR_MOVES:
            self._go_to(self._target(key), modifiers)
        elif key == Qt.Key.Key_A and has_control:
            self.selectAll()
        elif key == Qt.Key.Key_Space and has_control and self.current >= 0:
            self.selection.toggle(self.current)
            self.show_selection()
        elif key == Qt.Key.Key_Space and self.current >= 0:
            self.large_view_requested.emit(self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.index_activated.emit(self.current)
        elif event.text().isdecimal() and event.text().isascii() and not has_control:
            self.digit_typed.emit(int(event.text()))
        else:
            event.ignore()

    def _target(self, key: Qt.Key) -> int:
        """The row that ``key`` leads to from the current one."""
        current, columns, last = self.current, self.columns, self.count - 1
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return last
        if current < 0:
            return min(last, self.rows_in_sight().start)
        lines = max(1, self.viewport().height() // max(1, self.gridSize().height()))
        across, down = _MOVES.get(key, (0, -lines if key == Qt.Key.Key_PageUp else lines))
        if key in _FAR_MOVES:
            line = min(last // columns, max(0, current // columns + down))
            return min(last, line * columns + current % columns)
        target = current + across + down * columns
        if target > last and down and current // columns < last // columns:
            return last
        return target if 0 <= target <= last else current

    def _go_to(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        has_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.selection.extend(row, adding=has_control)
        elif not has_control:
            self.selection.choose(row)
        self.make_current(row)
        self.show_selection()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.index_activated.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.current if by_key else self.row_at(event.pos())
        if row < 0:
            return
        if row not in self.selection:
            self.selection.choose(row)
            self.show_selection()
        self.make_current(row)
        place = self.cell_rect(row).center() if by_key else event.pos()
        self.image_menu_requested.emit(row, self.viewport().mapToGlobal(place))

    def drag_selection(self) -> None:
        """Let the selected images be dragged out; returns when they are dropped."""
        drag = QDrag(self)
        drag.setMimeData(self._thumbnails.mime_data(self.selected))
        image = self._thumbnails.image(self.current)
        if image is not None:
            size = QSize(_DRAGGED, _DRAGGED)
            drag.setPixmap(QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)))
        if drag.mimeData().formats():
            drag.exec(Qt.DropAction.CopyAction)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._side + (16 if event.angleDelta().y() > 0 else -16))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()
        self._look.start()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._mouse.hover(-1)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._decoder.held():
            self._paint(event)
        self._load_if_missing()

    def _paint(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        states = QStyle.StateFlag
        plain = option.state & ~(states.State_Selected | states.State_HasFocus | states.State_MouseOver)
        current = self.current if self.hasFocus() else -1
        rows = self.rows_in_sight(event.rect())
        for row, cell in zip(rows, self.cell_rects(rows), strict=True):
            option.rect = cell
            option.state = plain
            if row in self.selection:
                option.state |= states.State_Selected
            if row == current:
                option.state |= states.State_HasFocus
            if row == self._mouse.hovered:
                option.state |= states.State_MouseOver
            paint_thumbnail(painter, option, self._thumbnails, row)
        self._mouse.paint(painter)

    def _load_if_missing(self) -> None:
        visible = self.rows_in_sight()
        if visible and not self._look.isActive() and not self.is_loaded(visible.start):
            self._look.start()
