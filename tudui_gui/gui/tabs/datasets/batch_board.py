"""A line that says where a batch was written for TensorBoard, and how to look at it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from torch import Tensor

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.batch_work import Written, board_work
from tudui_gui.gui.widgets.board_line import BoardLine
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.board import batches_folder, board_tag
from tudui_gui.training.seen import Place
from tudui_gui.transforms.pipeline import Pipeline


class BatchBoardLine(BoardLine):
    """Writes batches; hidden until one was written. A button copies TensorBoard's command.

    Signals
    -------
    failed(object)
        A ``Failure``.
    """

    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        self._written: Written | None = None
        super().__init__("batch_board", parent)
        self._jobs = jobs

    def write(self, images: Tensor, undone: Pipeline, name: str, part: str, place: Place) -> None:
        """Write the batch of a data set's part with the Normalize of ``undone`` undone, then say where."""
        epoch, number = place
        written = Written(batches_folder(), board_tag(name, part, epoch), number)
        self._jobs.submit(
            partial(board_work, images, undone, written),
            done=self._show_batch,
            failed=self._tell_failure,
            key="datasets.batch_board",
            title=self.tr("Writing for TensorBoard"),
        )

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _show_batch(self, written: Written) -> None:
        self._written = written
        self.show_written(written.folder)

    def text_of_written(self) -> str:
        """The folder, the tag and the step."""
        written = self._written
        if written is None:
            return super().text_of_written()
        text = self.tr("Written to {folder}: {tag}, step {step}")
        return text.format(folder=written.folder, tag=written.tag, step=written.step)
