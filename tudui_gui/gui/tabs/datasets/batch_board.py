"""A line that says where a batch was written for TensorBoard, and how to look at it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.batch_work import Written
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.training.board import board_command


class BoardLine(QWidget):
    """Hidden until something was written; a button copies TensorBoard's command."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written: Written | None = None
        self._text = ElidedLabel(role="muted", object_name="batch_board_text")
        self._copy = IconButton("content-copy", "batch_board_copy")
        self._close = IconButton("close", "batch_board_close")
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
        """What :attr:`written` can be looked at with."""
        return board_command(self._written.folder) if self._written else ""

    def show_written(self, written: Written) -> None:
        """Say where it is."""
        self._written = written
        self.retranslate_ui()
        self.show()

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
        if self._written is not None:
            text = self.tr("Written to {folder}: {tag}, step {step}")
            written = self._written
            self._text.set_text(text.format(folder=written.folder, tag=written.tag, step=written.step))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
