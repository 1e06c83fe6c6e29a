"""Help > About and Help > System: small windows that block nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from tudui_gui import __version__
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named


class AboutDialog(QDialog):
    """Name, version and what the program is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("about_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = Label(object_name="about_text")
        self._text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(Label(f"tudui-gui {__version__}", "heading"))
        layout.addWidget(self._text)
        layout.addWidget(buttons)
        self.resize(420, 180)
        self.retranslate_ui()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("About tudui-gui"))
        self._text.setText(
            self.tr(
                "A desktop laboratory for image classification with PyTorch. "
                "What it shows is what PyTorch computes, and the code beside it gives the same numbers. "
                "MIT licence."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class SystemDialog(QDialog):
    """Versions, devices and folders, to read or to copy."""

    def __init__(self, report: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("system_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = named(QPlainTextEdit(report, readOnly=True), "system_report")
        self._report.setProperty("role", "code")
        self._copy = Button("system_copy", "content-copy")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self._copy.clicked.connect(self._copy_report)
        layout = QVBoxLayout(self)
        layout.addWidget(self._report)
        layout.addWidget(buttons)
        self.resize(560, 340)
        self.retranslate_ui()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("System"))
        self._copy.set_texts(self.tr("Copy"), self.tr("Copy this report to the clipboard"))
        self._report.setAccessibleName(self.tr("Versions, devices and folders"))

    def _copy_report(self) -> None:
        self._report.selectAll()
        self._report.copy()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
