"""The log, newest line last."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QColor, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.notifier import LogEntry
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.naming import named

_MOST_LINES = 5000


class LogPanel(QWidget):
    """Read-only log text with Copy and Clear; keeps the last 5,000 lines."""

    def __init__(self, object_name: str = "log_panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._text = named(QPlainTextEdit(readOnly=True), "log_text")
        self._text.setProperty("role", "code")
        self._text.setMaximumBlockCount(_MOST_LINES)
        self._copy = Button("log_copy", "content-copy")
        self._clear = Button("log_clear", "delete-outline")
        column = QVBoxLayout()
        column.addWidget(self._copy)
        column.addWidget(self._clear)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.SPACE)
        layout.addWidget(self._text, 1)
        layout.addLayout(column)
        self._copy.clicked.connect(self._copy_all)
        self._clear.clicked.connect(self._text.clear)
        self.retranslate_ui()

    @property
    def text(self) -> str:
        """The log."""
        return self._text.toPlainText()

    @Slot(object)
    def add(self, entry: LogEntry) -> None:
        """Append an entry; scrolls along if the end was in sight."""
        bar = self._text.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        color = QTextCharFormat()
        tokens = theme.tokens()
        color.setForeground(QColor(tokens.danger if entry.level >= logging.WARNING else tokens.text))
        cursor = QTextCursor(self._text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self._text.document().isEmpty():
            cursor.insertBlock()
        cursor.insertText(entry.text, color)
        if at_end:
            bar.setValue(bar.maximum())

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._copy.set_texts(self.tr("Copy"), self.tr("Copy the whole log to the clipboard"))
        self._clear.set_texts(self.tr("Clear"), self.tr("Empty the log"))
        self._text.setAccessibleName(self.tr("Log"))
        self._text.setToolTip(self.tr("Messages of the program and its libraries"))

    @Slot()
    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
