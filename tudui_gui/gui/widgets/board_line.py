"""A line that says what was written for TensorBoard, and copies the command that shows it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.training.board import board_command


class BoardLine(QWidget):
    """Hidden until something was written.

    Parameters
    ----------
    object_name : str
        The text is ``<object_name>_text``, the buttons ``<object_name>_copy`` and ``<object_name>_close``.
    """

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._folder: Path | None = None
        self._text = ElidedLabel(role="muted", object_name=f"{object_name}_text")
        self._copy = IconButton("content-copy", f"{object_name}_copy")
        self._close = IconButton("close", f"{object_name}_close")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._text, 1)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        self._copy.clicked.connect(self._copy_command)
        self._close.clicked.connect(self.hide)
        self.hide()
        self.retranslate_ui()

    @property
    def command(self) -> str:
        """What shows the folder that was written last; empty before."""
        return board_command(self._folder) if self._folder else ""

    def show_written(self, folder: Path) -> None:
        """Say that something was written to ``folder``: :meth:`text_of_written` says what."""
        self._folder = folder
        self.retranslate_ui()
        self.show()

    def text_of_written(self) -> str:
        """What was written, and where, in the person's language."""
        return self.tr("Written to {folder}").format(folder=self._folder)

    @Slot()
    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(self.command)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._copy.set_texts(
            self.tr("Copy the command"),
            self.tr("Copy the command that shows it: {command}").format(command=self.command),
        )
        self._close.set_texts(self.tr("Hide this line"))
        if self._folder is not None:
            self._text.set_text(self.text_of_written())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
