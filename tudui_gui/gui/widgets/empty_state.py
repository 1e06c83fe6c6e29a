"""What an empty place says: what to do, and a button that does it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label


class EmptyState(QWidget):
    """An icon, a sentence and a button.

    Signals
    -------
    action_requested()
        The button was pressed.
    """

    action_requested = Signal()

    def __init__(self, icon: str, object_name: str = "empty_state", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        picture = Label()
        picture.setPixmap(theme.icon(icon).pixmap(QSize(40, 40)))
        self._text = Label(role="muted", object_name=f"{object_name}_text")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = Button(f"{object_name}_action")
        self._button.clicked.connect(self.action_requested)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GAP)
        layout.addStretch(1)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._text)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def set_texts(self, text: str, button: str = "", tooltip: str = "") -> None:
        """Set the sentence and the button's text; without the latter there is no button."""
        self._text.setText(text)
        self._button.set_texts(button, tooltip)
        self._button.setHidden(not button)
