"""A popup with a search field over a catalog: in groups, with what each operation does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named

_NAME = Qt.ItemDataRole.UserRole
_PAGE = 8
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_PAGE,
    Qt.Key.Key_PageDown: _PAGE,
}


@dataclass(frozen=True)
class Entry:
    """An operation and the words it is found by, all in the present language."""

    operation: Operation
    help: str
    hint: str

    @classmethod
    def of(cls, operation: Operation) -> Entry:
        """The entry for an operation."""
        return cls(operation, catalog_text(operation.help), catalog_text(operation.hint))

    @property
    def group(self) -> str:
        """The word after ``kind:`` among its tags; empty without one."""
        kinds = (tag.removeprefix("kind:") for tag in self.operation.tags if tag.startswith("kind:"))
        return next(kinds, "")

    @cached_property
    def _names(self) -> tuple[str, ...]:
        operation = self.operation
        return tuple(name.lower() for name in (operation.name, operation.qualname, *operation.aliases))

    @cached_property
    def _words(self) -> str:
        operation = self.operation
        english = f"{operation.help} {operation.hint}"
        return " ".join((*self._names, self.help, self.hint, english, group_text(self.group))).lower()

    def rank(self, text: str) -> int | None:
        """How well ``text`` fits, smaller is better: beginning of a name, part of one, words; None: not."""
        wanted = text.lower().split()
        if not all(word in self._words for word in wanted):
            return None
        whole = "".join(wanted)
        if any(name.startswith(whole) or f".{whole}" in name for name in self._names):
            return 0
        return 1 if any(whole in name for name in self._names) else 2


def group_text(group: str) -> str:
    """The heading of a group, translated."""
    texts = {
        "type": QCoreApplication.translate("OperationPicker", "Type and numbers"),
        "geometry": QCoreApplication.translate("OperationPicker", "Geometry"),
        "color": QCoreApplication.translate("OperationPicker", "Colour and sharpness"),
        "auto": QCoreApplication.translate("OperationPicker", "Automatic augmentation"),
        "container": QCoreApplication.translate("OperationPicker", "Containers"),
        "array": QCoreApplication.translate("OperationPicker", "Arrays of OpenCV"),
        "batch": QCoreApplication.translate("OperationPicker", "Batches"),
    }
    return texts.get(group, group)


class SearchList(QFrame):
    """A popup. ``picked(str)``: the chosen name."""

    picked = Signal(str)

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self._entries: list[Entry] = []
        self._search = QLineEdit(clearButtonEnabled=True)
        self._list = QListWidget()
        self._list.setProperty("role", "plain")
        self._list.setUniformItemSizes(True)
        self._about = Label(role="muted")
        self._about.setWordWrap(True)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.set_object_name(object_name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        for widget in (self._search, self._list, self._about):
            layout.addWidget(widget)
        self._search.installEventFilter(self)
        self._search.textChanged.connect(self._filter)
        self._list.currentItemChanged.connect(self._tell)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)

    def set_object_name(self, object_name: str) -> None:
        """Rename the popup and what is in it."""
        self.setObjectName(object_name)
        named(self._search, f"{object_name}_search")
        named(self._list, f"{object_name}_list")
        named(self._about, f"{object_name}_about")

    def sizeHint(self) -> QSize:
        return QSize(340, 460)

    def open_at(self, place: QPoint, catalog: Catalog) -> None:
        """Show a catalog with the search field empty."""
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search"))
        self._search.setToolTip(
            self.tr("Type parts of a name, also of v2's, or words of the help, then Enter")
        )
        self._list.setAccessibleName(self.tr("What can be added"))
        self._entries = [Entry.of(operation) for operation in catalog.values()]
        self._about.setVisible(any(entry.operation.hint for entry in self._entries))
        self._about.setFixedHeight(6 * self.fontMetrics().lineSpacing())
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
        self._list.clear()
        for row in self._found(text) if text.strip() else self._grouped():
            self._list.addItem(row)
        self._move(1, start=-1)

    def _found(self, text: str) -> Iterator[QListWidgetItem]:
        """Rows of what fits, the best first."""
        ranked = [(entry.rank(text), entry) for entry in self._entries]
        for wanted in (0, 1, 2):
            yield from (_row(entry) for rank, entry in ranked if rank == wanted)

    def _grouped(self) -> Iterator[QListWidgetItem]:
        """All rows under the headings of their groups, as the catalog orders them."""
        groups = list(dict.fromkeys(entry.group for entry in self._entries))
        for group in groups:
            if len(groups) > 1:
                yield _heading(group_text(group))
            yield from (_row(entry) for entry in self._entries if entry.group == group)

    @Slot(QListWidgetItem)
    def _tell(self, item: QListWidgetItem | None) -> None:
        """Say what the current operation does, and what v2 advises."""
        name = item.data(_NAME) if item is not None else None
        entry = next((each for each in self._entries if each.operation.name == name), None)
        texts = (entry.operation.qualname, entry.help, entry.hint) if entry else ()
        self._about.setText("\n".join(text for text in texts if text))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        name = item.data(_NAME) if item is not None else None
        if name:
            self.hide()
            self.picked.emit(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._list.currentItem())
                return True
            if event.key() in _MOVES:
                self._move(_MOVES[Qt.Key(event.key())], self._list.currentRow())
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int, start: int) -> None:
        """Make another row the current one; headings are none."""
        rows = [row for row in range(self._list.count()) if self._list.item(row).data(_NAME)]
        if not rows:
            return
        place = rows.index(start) if start in rows else -1
        self._list.setCurrentRow(rows[min(max(place + by, 0), len(rows) - 1)])
        if rows[0] == self._list.currentRow():
            self._list.scrollToTop()


def _row(entry: Entry) -> QListWidgetItem:
    item = QListWidgetItem(entry.operation.name)
    item.setData(_NAME, entry.operation.name)
    item.setToolTip("\n".join(text for text in (entry.help, entry.hint) if text))
    return item


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    font = QFont()
    font.setBold(True)
    item.setFont(font)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
