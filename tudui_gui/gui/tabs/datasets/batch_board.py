"""A line that says where a batch was written for TensorBoard, and how to look at it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget
from torch import Tensor

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.batch_work import Written, board_work
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.board import batches_folder, board_command, board_tag
from tudui_gui.training.seen import Place
from tudui_gui.transforms.pipeline import Pipeline


class BoardLine(QWidget):
    """Writes batches; hidden until one was written. A button copies TensorBoard's command.

    Signals
    -------
    failed(object)
        A ``Failure``.
    """

    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
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
        """What shows the batch that was written last; empty before."""
        return board_command(self._written.folder) if self._written else ""

    def write(self, images: Tensor, undone: Pipeline, name: str, part: str, place: Place) -> None:
        """Write the batch of a data set's part with the Normalize of ``undone`` undone, then say where."""
        epoch, number = place
        written = Written(batches_folder(), board_tag(name, part, epoch), number)
        self._jobs.submit(
            partial(board_work, images, undone, written),
            done=self._show_written,
            failed=self._tell_failure,
            key="datasets.batch_board",
            title=self.tr("Writing for TensorBoard"),
        )

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _show_written(self, written: Written) -> None:
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
