"""A line to type the class of the chosen images into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named


class LabelField(QWidget):
    """Takes a class there is, offered while typing, or the name of a new one. Enter accepts, Esc does not.

    Signals
    -------
    label_given(str)
        The name of a class, not empty.
    closed()
        It has hidden itself, accepted or not.
    """

    label_given = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label_bar")
        self._count = 0
        self._classes: tuple[str, ...] = ()
        self._names = QStringListModel(self)
        self._text = Label(role="muted")
        self._field = named(QLineEdit(), "label_field")
        self._text.setBuddy(self._field)
        self._hint = Label(role="muted", object_name="label_field_hint")
        self._accept = IconButton("check", "label_field_accept", "accent")
        self._cancel = IconButton("close", "label_field_cancel")
        self._lay_out()
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field.setCompleter(completer)
        self._field.textChanged.connect(self._show_hint)
        self._field.returnPressed.connect(self._give)
        self._accept.clicked.connect(self._give)
        self._cancel.clicked.connect(self._close)
        self.retranslate_ui()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._text)
        row.addWidget(self._field, 1)
        for widget in (self._hint, self._accept, self._cancel):
            row.addWidget(widget)

    def ask(self, count: int, classes: Sequence[str]) -> None:
        """Ask for the class of ``count`` images; ``classes`` are those there are."""
        self._count, self._classes = count, tuple(classes)
        self._names.setStringList(self._classes)
        self._field.clear()
        self.retranslate_ui()
        self.show()
        self._field.setFocus()

    @Slot()
    def _give(self) -> None:
        name = self._field.text().strip()
        if name and self.isVisible():
            self._close()
            self.label_given.emit(name)

    @Slot()
    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot()
    def _show_hint(self) -> None:
        name = self._field.text().strip()
        self._hint.setText(self.tr("new class") if name and name not in self._classes else "")
        self._accept.setEnabled(bool(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._text.setText(self.tr("Class (images: {count:,})").format(count=self._count))
        self._field.setAccessibleName(self.tr("Class of the chosen images"))
        self._field.setPlaceholderText(self.tr("Class, or a new name"))
        self._field.setToolTip(self.tr("A class, or the name of a new one; Enter accepts, Esc closes"))
        self._accept.set_texts(self.tr("Put the images into this class"))
        self._cancel.set_texts(self.tr("Close without a change"), self.tr("Close without a change (Esc)"))
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
