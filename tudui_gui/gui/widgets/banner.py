"""A message in place, above what it is about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.naming import named


class Banner(QFrame):
    """A strip with a text, an optional button and a close button; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._failure: Failure | TuduiError | None = None
        self._slot: Callable[[], object] | None = None
        self._label = named(QLabel(wordWrap=True), "banner_text")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = named(QPushButton(), "banner_action")
        self._close = IconButton("close", "banner_close")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.clear)
        self.retranslate_ui()
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._label.text()

    def show_failure(self, failure: Failure | TuduiError) -> None:
        """Say what went wrong and what to do."""
        self._failure = failure
        self._show(describe(failure), "", None)

    def show_notice(self, text: str, action: str = "", slot: Callable[[], object] | None = None) -> None:
        """Say ``text``; a button ``action`` calls ``slot``, a bound method, and takes the message away."""
        self._failure = None
        self._show(text, action, slot)

    def clear(self) -> None:
        """Take the message away."""
        self._failure = None
        self._slot = None
        self.hide()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._close.set_texts(self.tr("Close this message"))
        if self._failure is not None:
            self._label.setText(describe(self._failure))

    def _show(self, text: str, action: str, slot: Callable[[], object] | None) -> None:
        self._slot = slot
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()

    def _act(self) -> None:
        slot = self._slot
        self.clear()
        if slot is not None:
            slot()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
