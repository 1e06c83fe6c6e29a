"""The lines of text between the controls and the pictures of the card of the batches."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.batch_bars import ComparedBar
from tudui_gui.gui.tabs.datasets.batch_board import BatchBoardLine
from tudui_gui.gui.tabs.datasets.batch_numbers import sameness_text
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.seen import Reading, Sameness


class BatchLines(QWidget):
    """Counts or the chosen image, what is not as in training, a problem, two epochs, TensorBoard.

    Attributes
    ----------
    board : BatchBoardLine

    Signals
    -------
    other_epoch_changed()
    """

    other_epoch_changed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = self._chosen = ""
        self._text = ElidedLabel(object_name="batch_text")
        self._anew = ElidedLabel(role="muted", object_name="batch_anew")
        self._problem = Label(role="error", object_name="batch_problem")
        self._problem.setWordWrap(True)
        self._problem.setMinimumWidth(1)
        self._compared = ComparedBar()
        self.board = BatchBoardLine(jobs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self._text, self._anew, self._problem, self._compared, self.board):
            column.addWidget(widget)
        self._anew.hide()
        self._problem.hide()
        self._compared.epoch_changed.connect(self.other_epoch_changed)
        self.board.failed.connect(self.show_failure)

    @property
    def other_epoch(self) -> int:
        """The epoch to compare with."""
        return self._compared.epoch

    def follow(self, epoch: int) -> None:
        """Compare with the epoch after this one from now on. Sends no signal."""
        self._compared.follow(epoch)

    def show_counts(self, text: str, compared: str | None) -> None:
        """The counts of an epoch, or what two have in common; None: only one is shown."""
        self._counts = text
        self._compared.set_text(compared or "")
        self._compared.setVisible(compared is not None)
        self.show_chosen(self._chosen)

    @Slot(str)
    def show_chosen(self, text: str) -> None:
        """Which image is chosen, in place of the counts; empty: none is."""
        self._chosen = text
        self._text.set_text(text or self._counts)
        others = (self._compared, self._problem)
        self._text.setHidden(not text and any(not each.isHidden() for each in others))

    def show_reading(self, reading: Reading | None) -> None:
        """Say so when the batch is not altogether that of a training."""
        self._anew.set_text(sameness_text(reading) if reading else "")
        self._anew.setVisible(reading is not None and reading.sameness is not Sameness.ALL)

    @Slot(object)
    def show_failure(self, failure: Failure | None) -> None:
        """What went wrong and what to do; None: nothing."""
        self._problem.setText(brief(failure) if failure else "")
        self._problem.setVisible(failure is not None)
        self.show_chosen(self._chosen)
