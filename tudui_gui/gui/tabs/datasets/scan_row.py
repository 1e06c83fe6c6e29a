"""The button that scans, and how far the scan is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named


class ScanRow(QWidget):
    """A button; while a scan runs a bar with the counts, the time left and a button to stop it.

    Signals
    -------
    scan_requested(), cancel_requested()
    """

    scan_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scan = Button("scan_button", "file-search-outline")
        self._progress = named(QProgressBar(), "scan_progress")
        self._progress.setTextVisible(False)
        self._cancel = IconButton("close-circle-outline", "cancel_scan_button")
        self._text = Label(role="mono", object_name="scan_text")
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(1)
        self._bar = QWidget()
        self._lay_out()
        self._scan.clicked.connect(self.scan_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self.set_running(False)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        for widget in (self._text, self._bar, self._scan):
            column.addWidget(widget)

    def set_enabled(self, enabled: bool) -> None:
        """Whether there is something to scan."""
        self._scan.setEnabled(enabled)

    def set_running(self, running: bool) -> None:
        """Show the bar in place of the button, or the button."""
        had_focus = self._scan.hasFocus() or self._cancel.hasFocus()
        self._progress.setRange(0, 0 if running else 1000)
        self._progress.setValue(0)
        self._text.setText("")
        self._text.setVisible(running)
        self._bar.setVisible(running)
        self._scan.setVisible(not running)
        if had_focus:
            (self._cancel if running else self._scan).setFocus()

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far it is; ``fraction`` 0..1."""
        self._progress.setRange(0, 1000)
        self._progress.setValue(round(fraction * 1000))
        self._text.setText(text)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._scan.set_texts(
            self.tr("Scan"),
            self.tr(
                "Decode every image once: broken files, copies within and across training and test,"
                " near copies, odd sizes"
            ),
        )
        self._cancel.set_texts(self.tr("Stop the scan"))
        self._progress.setAccessibleName(self.tr("Progress of the scan"))
        self._progress.setToolTip(self.tr("How many of the images were looked at"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
