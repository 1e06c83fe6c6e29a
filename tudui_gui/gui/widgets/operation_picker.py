"""Choosing an operation of a catalog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tudui_gui.core.operations import Catalog
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.naming import named


class OperationPicker(IconButton):
    """A button that opens a searchable list of a catalog.

    Signals
    -------
    operation_picked(object)
        The chosen ``Operation``.
    """

    operation_picked = Signal(object)

    def __init__(
        self, catalog: Catalog, object_name: str, icon: str = "plus", parent: QWidget | None = None
    ) -> None:
        super().__init__(icon, object_name, "accent", parent)
        self._catalog = catalog
        self._popup = _SearchList(f"{object_name}_popup", self)
        self._popup.picked.connect(self._pick)
        self.clicked.connect(self.open_list)

    @Slot()
    def open_list(self) -> None:
        """Show the list under the button, with the keyboard in its search field."""
        entries = [(name, catalog_text(operation.help)) for name, operation in self._catalog.items()]
        self._popup.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)), entries)

    @Slot(str)
    def _pick(self, name: str) -> None:
        self.operation_picked.emit(self._catalog.find(name))


class _SearchList(QFrame):
    """A popup with a search field over a list. ``picked(str)``: the chosen name."""

    picked = Signal(str)

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(object_name)
        self._search = named(QLineEdit(clearButtonEnabled=True), f"{object_name}_search")
        self._list = named(QListWidget(), f"{object_name}_list")
        self._list.setProperty("role", "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        self._search.installEventFilter(self)
        self._search.textChanged.connect(self._filter)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)

    def sizeHint(self) -> QSize:
        return QSize(300, 360)

    def open_at(self, place: QPoint, entries: list[tuple[str, str]]) -> None:
        """Show ``entries`` (name, help) with the search field empty."""
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search"))
        self._search.setToolTip(self.tr("Type a part of the name, then Enter"))
        self._list.setAccessibleName(self.tr("What can be added"))
        self._list.clear()
        for name, text in entries:
            item = QListWidgetItem(name, self._list)
            item.setToolTip(text)
        self._search.clear()
        self._filter("")
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = max(area.left(), min(place.x(), area.right() - self.width()))
        y = max(area.top(), min(place.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self._search.setFocus()

    @Slot(str)
    def _filter(self, text: str) -> None:
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            fits = text.lower() in f"{item.text()} {item.toolTip()}".lower()
            item.setHidden(not fits)
            first = item if fits and first is None else first
        if first is not None:
            self._list.setCurrentItem(first)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not item.isHidden():
            self.hide()
            self.picked.emit(item.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._list.currentItem())
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)

    def _move(self, direction: int) -> None:
        row = self._list.currentRow() + direction
        while 0 <= row < self._list.count() and self._list.item(row).isHidden():
            row += direction
        if 0 <= row < self._list.count():
            self._list.setCurrentRow(row)
