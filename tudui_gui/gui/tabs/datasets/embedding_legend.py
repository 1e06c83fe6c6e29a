"""The classes of the points: which colour is which, one highlighted, some hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.scatter_image import color_of

_LABEL_ROLE = Qt.ItemDataRole.UserRole
_ICON = 12
#: Where a row's box ends.
_BOX = 22


class EmbeddingLegend(QListWidget):
    """A row a class; the box shows or hides its points, a click highlights them and another one does not.

    Enter or a double click chooses the points of the class.

    Signals
    -------
    highlighted(object)
        The class (-1: images without one), or None.
    hidden_changed(object)
        A frozenset of the classes that are hidden.
    class_activated(int)
        Choose the points of this class.
    """

    highlighted = Signal(object)
    hidden_changed = Signal(object)
    class_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("embedding_legend")
        self.setProperty("role", "plain")
        self.setIconSize(QSize(_ICON, _ICON))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self._is_on_box = False
        self.itemSelectionChanged.connect(self._follow_selection)
        self.itemActivated.connect(self._activate)
        self.itemChanged.connect(self._tell_hidden)
        theme.manager().theme_changed.connect(self._recolor)
        self.retranslate_ui()

    @property
    def hidden(self) -> frozenset[int]:
        """Classes whose points are hidden."""
        items = [self.item(row) for row in range(self.count())]
        return frozenset(_label(item) for item in items if item.checkState() == Qt.CheckState.Unchecked)

    def set_classes(self, rows: Sequence[tuple[int, str, int]]) -> None:
        """Show (label, name, number of points); nothing is hidden or highlighted then."""
        with QSignalBlocker(self):
            self.clear()
            for label, name, count in rows:
                item = QListWidgetItem(_icon(label), name)
                item.setData(_LABEL_ROLE, label)
                item.setCheckState(Qt.CheckState.Checked)
                item.setToolTip(f"{name}  {count:,}")
                self.addItem(item)
        self.highlighted.emit(None)
        self.hidden_changed.emit(frozenset())

    @Slot()
    def _follow_selection(self) -> None:
        items = self.selectedItems()
        self.highlighted.emit(_label(items[0]) if items else None)

    @Slot(QListWidgetItem)
    def _activate(self, item: QListWidgetItem) -> None:
        self.class_activated.emit(_label(item))

    @Slot()
    def _tell_hidden(self) -> None:
        self.hidden_changed.emit(self.hidden)

    @Slot()
    def _recolor(self) -> None:
        with QSignalBlocker(self):
            for row in range(self.count()):
                self.item(row).setIcon(_icon(_label(self.item(row))))
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        self._is_on_box = item is not None and event.position().x() < self.visualItemRect(item).left() + _BOX
        if item is not None and self._is_on_box:
            is_shown = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_shown else Qt.CheckState.Checked)
        elif item is not None and item.isSelected():
            self.clearSelection()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_on_box:  # the list would change the box a second time
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.selectedItems():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("Classes of the points"))
        self.setToolTip(
            self.tr(
                "Click: highlight a class. Box: show or hide it. Enter: choose its points. After ten "
                "classes the colours begin again."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _label(item: QListWidgetItem) -> int:
    return int(item.data(_LABEL_ROLE))


def _icon(label: int) -> QIcon:
    ratio = 2
    pixmap = QPixmap(QSize(_ICON, _ICON) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color_of(label)))
    painter.drawEllipse(pixmap.rect().adjusted(2, 2, -2, -2))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)
