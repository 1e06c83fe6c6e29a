"""The place of a page that is not there yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.labels import Label


class LoadingPage(QWidget):
    """Quietly says that PyTorch is loading, or why it could not be loaded."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._failure: Failure | None = None
        self._text = Label(role="muted", object_name=f"{object_name}_text")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(160)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.setSpacing(theme.GAP)
        layout.addStretch(1)
        layout.addWidget(self._text)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.retranslate_ui()

    def show_failure(self, failure: Failure) -> None:
        """Say why there is no page."""
        self._failure = failure
        self._bar.hide()
        self.retranslate_ui()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        if self._failure is None:
            self._text.setText(self.tr("Loading PyTorch…"))
        else:
            self._text.setText(describe(self._failure))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
