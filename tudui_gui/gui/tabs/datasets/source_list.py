"""The list of sources under small headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.source_entries import BUNDLED, DOWNLOADED, GROUPS, OWN, Source, own_path
from tudui_gui.gui.translations import catalog_text

_SOURCE = Qt.ItemDataRole.UserRole
#: Heights of a heading, of a line, and of a line with a second one for the place.
_HEADING, _LINE, _TWO_LINES = 26, 30, 40
_SMALL = 0.82


class SourceList(QListWidget):
    """Headings, which cannot be chosen, and a line for each source.

    Signals
    -------
    source_chosen(object)
        A ``Source`` was clicked, or Enter pressed on it.
    current_changed()
        Another line is marked.
    """

    source_chosen = Signal(object)
    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dataset_sources")
        self.setProperty("role", "plain")
        self.setItemDelegate(_SourceDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._sources: list[Source] = []
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.currentItemChanged.connect(self._tell_current)

    @property
    def sources(self) -> list[Source]:
        """Every line without the headings."""
        return list(self._sources)

    @property
    def current(self) -> Source | None:
        """The marked line."""
        return source_of(self.currentItem())

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Show other lines; the marked one stays marked if it is still there."""
        marked = self.current
        self._sources = list(sources)
        with QSignalBlocker(self):
            self.clear()
            for group in GROUPS:
                members = [source for source in sources if source.group == group]
                if members:
                    self._add_heading(_heading(group))
                for source in members:
                    self._add_line(source)
            self._mark(marked)
        self.current_changed.emit()

    def mark_open(self) -> None:
        """Mark the open source's line and bring it into sight."""
        opened = next((source for source in self._sources if source.is_open), None)
        with QSignalBlocker(self):
            self._mark(opened)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())
        self.current_changed.emit()

    def moveCursor(self, action: QListWidget.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return index
        upwards = action in (QListWidget.CursorAction.MoveUp, QListWidget.CursorAction.MovePageUp)
        return index.siblingAtRow(index.row() + (-1 if upwards and index.row() else 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add_line(self, source: Source) -> None:
        item = QListWidgetItem(source.title, self)
        item.setData(_SOURCE, source)
        path = own_path(source.step)
        lines = (catalog_text(source.step.operation.help), "" if path is None else str(path), source.state)
        item.setToolTip("\n".join(dict.fromkeys(line for line in lines if line)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{source.title}, {source.state}")

    def _mark(self, source: Source | None) -> None:
        rows = range(self.count()) if source is not None else ()
        self.setCurrentRow(next((row for row in rows if _is_line_of(self.item(row), source)), -1))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        source = source_of(item)
        if source is not None:
            self.source_chosen.emit(source)

    @Slot()
    def _tell_current(self) -> None:
        self.current_changed.emit()


def source_of(item: QListWidgetItem | None) -> Source | None:
    """The source of a line; None for a heading."""
    source: Source | None = None if item is None else item.data(_SOURCE)
    return source


def _is_line_of(item: QListWidgetItem, source: Source | None) -> bool:
    other = source_of(item)
    return (
        source is not None and other is not None and (other.group, other.step) == (source.group, source.step)
    )


def _heading(group: str) -> str:
    texts = {
        BUNDLED: QCoreApplication.translate("SourcesCard", "Bundled"),
        OWN: QCoreApplication.translate("SourcesCard", "Opened before"),
        DOWNLOADED: QCoreApplication.translate("SourcesCard", "From torchvision"),
    }
    return texts[group]


class _SourceDelegate(QStyledItemDelegate):
    """Icon, name and a fact; below it the place of one's own data."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        source: Source | None = index.data(_SOURCE)
        if source is None:
            return QSize(120, _HEADING)
        return QSize(120, _TWO_LINES if source.place else _LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        source: Source | None = index.data(_SOURCE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if source is None:
            self._paint_heading(painter, option, str(index.data()))
        else:
            self._paint_ground(painter, option, QRectF(option.rect.adjusted(0, 1, 0, -1)), source.is_open)
            self._paint_line(painter, option, source)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        painter.setFont(_small(option.font, bold=True))
        painter.setPen(QColor(theme.tokens().muted))
        place = option.rect.adjusted(8, 0, -6, -4)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, source: Source) -> None:
        row, flags = option.rect, Qt.AlignmentFlag
        colors = theme.tokens()
        icon = QRect(row.left() + 8, row.center().y() - 9, 20, 20)
        theme.icon(source.icon, "accent" if source.is_open else "muted").paint(painter, icon)
        text = row.adjusted(36, 4, -6, -4)
        small = _small(option.font)
        painter.setFont(small)
        painter.setPen(QColor(colors.muted))
        if source.place:
            place = painter.fontMetrics().elidedText(source.place, Qt.TextElideMode.ElideLeft, text.width())
            painter.drawText(text, flags.AlignLeft | flags.AlignBottom, place)
        elif source.fact:
            painter.drawText(text, flags.AlignRight | flags.AlignVCenter, source.fact)
            text = text.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(source.fact) - 6, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(colors.text if source.can_open else colors.muted))
        title = option.fontMetrics.elidedText(source.title, Qt.TextElideMode.ElideRight, text.width())
        vertical = flags.AlignTop if source.place else flags.AlignVCenter
        painter.drawText(text, flags.AlignLeft | vertical, title)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, is_open: bool
    ) -> None:
        colors = theme.tokens()
        is_hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_open or is_hot or is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_soft if is_open else colors.hover))
            painter.drawRoundedRect(row, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colors.reference))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _small(font: QFont, *, bold: bool = False) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    small.setBold(bold)
    return small
