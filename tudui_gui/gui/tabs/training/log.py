"""What happened in the run, a line each, in a strip that opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTime, Slot
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.naming import named

_MAX_LINES = 2000
_OPEN_HEIGHT = 120
_CLOSED_MARGIN = 4


class LogStrip(Card):
    """The newest line; opened, all of them in ``training_log``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "training_log_card", parent)
        self._newest = ElidedLabel(role="muted", object_name="training_log_newest")
        self._lines = named(QPlainTextEdit(), "training_log")
        self._lines.setReadOnly(True)
        self._lines.setProperty("role", "code")
        self._lines.setMaximumBlockCount(_MAX_LINES)
        self._lines.setFixedHeight(_OPEN_HEIGHT)
        self._lines.hide()
        self._toggle = IconButton("chevron-up", "training_log_toggle")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._open)
        self.header.setStretch(1, 0)
        self.header.addWidget(self._newest, 1)
        self.add_to_header(self._toggle)
        self.body.addWidget(self._lines)
        self._set_margin(_CLOSED_MARGIN)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate_ui()

    @property
    def text(self) -> str:
        """All lines."""
        return str(self._lines.toPlainText())

    def add(self, line: str, *, quiet: bool = False) -> None:
        """Add a line with the time; a ``quiet`` one is not shown as the newest."""
        self._lines.appendPlainText(f"{QTime.currentTime().toString('HH:mm:ss')}  {line}")
        if quiet:
            return
        self._newest.set_text(line)

    @Slot(bool)
    def _open(self, is_open: bool) -> None:
        self._lines.setVisible(is_open)
        self._set_margin(theme.GAP if is_open else _CLOSED_MARGIN)
        self._toggle.set_icon("chevron-down" if is_open else "chevron-up")
        self.retranslate_ui()

    def _set_margin(self, below: int) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(_CLOSED_MARGIN)
        layout.setContentsMargins(theme.GAP, _CLOSED_MARGIN, theme.GAP, below)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Log"))
        self._lines.setAccessibleName(self.tr("Log of the training"))
        self._lines.setToolTip(self.tr("What the training did, line by line"))
        self._toggle.set_texts(
            self.tr("Hide the log") if self._toggle.isChecked() else self.tr("Show the log")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
