"""The stages and the draws for TensorBoard, each with the call that writes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.transforms.board_work import (
    BoardSubject,
    call_text,
    draws_work,
    stage_tag,
    stages_work,
)
from tudui_gui.gui.tabs.transforms.showing import ShownStage
from tudui_gui.gui.widgets.board_line import BoardLine
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Jobs, Work
from tudui_gui.images.conversion import Facts
from tudui_gui.training.board import transforms_folder

_JOB = "transforms.board"


class BoardCard(Card):
    """Writes below ``home()/tensorboard/transforms``, a run of its own each time.

    Signals
    -------
    failed(object)
        A ``Failure`` to be shown.
    """

    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="board_card", parent=parent)
        self._jobs = jobs
        self._subject = BoardSubject()
        self._stages = Button("stages_to_board", "image-multiple-outline")
        self._draws = Button("draws_to_board", "dice-multiple-outline")
        self._about = Label(role="muted", object_name="board_about")
        self._about.setWordWrap(True)
        self._calls = named(QPlainTextEdit(readOnly=True), "board_calls")
        self._calls.setProperty("role", "code")
        self._calls.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._calls.setTabChangesFocus(True)
        self.line = BoardLine("transforms_board")
        self._shown: tuple[Facts | None, Sequence[ShownStage]] = (None, ())
        for button in (self._stages, self._draws):
            self.add_to_header(button)
        self.body.addWidget(self._about)
        self.body.addWidget(self._calls, 1)
        self.body.addWidget(self.line)
        self._stages.clicked.connect(self._write_stages)
        self._draws.clicked.connect(self._write_draws)
        self.show_subject(self._subject)
        self.retranslate_ui()

    @property
    def subject(self) -> BoardSubject:
        """What is written."""
        return self._subject

    def show_subject(self, subject: BoardSubject) -> None:
        """Write this from now on."""
        self._subject = subject
        self._stages.setEnabled(bool(subject.inputs))
        self._draws.setEnabled(bool(subject.inputs and subject.draws.steps))
        self._tell_calls()

    def show_stages(self, given: Facts | None, stages: Sequence[ShownStage]) -> None:
        """Say how each stage of the current input is handed over; ``given`` are the input's facts."""
        self._shown = given, stages
        self._tell_calls()

    def _tell_calls(self) -> None:
        subject, (given, stages) = self._subject, self._shown
        if not subject.inputs:
            self._calls.clear()
            return
        name = subject.inputs[subject.current][0]
        shown = [(None, given), *((each.step, each.facts) for each in stages if each.step.enabled)]
        lines = [
            f"writer.{call_text(stage_tag(name, number, step), facts)}"
            for number, (step, facts) in enumerate(shown)
            if facts is not None
        ]
        drawn = len(subject.draws.enabled_steps)
        facts = shown[drawn][1] if 0 < drawn < len(shown) else None
        if facts is not None:
            call = call_text(subject.draws_tag, facts, "n")
            lines.append(f"for n in range({subject.count}): writer.{call}")
        text = "\n".join(lines)
        if text != self._calls.toPlainText():
            self._calls.setPlainText(text)

    @Slot()
    def _write_stages(self) -> None:
        self._submit(partial(stages_work, self._subject))

    @Slot()
    def _write_draws(self) -> None:
        self._submit(partial(draws_work, self._subject))

    def _submit(self, work: Work) -> None:
        self._jobs.submit(
            work,
            done=self._show_written,
            failed=self._tell_failure,
            key=_JOB,
            title=self.tr("Writing for TensorBoard"),
        )

    @Slot(object)
    def _show_written(self, folder: Path) -> None:
        self.line.show_written(folder)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("TensorBoard"))
        self._stages.set_texts(
            self.tr("Write the stages"),
            self.tr("add_image for every stage of every input; of a normalised tensor also with that undone"),
        )
        self._draws.set_texts(
            self.tr("Write the draws"),
            self.tr("add_image for every draw under one tag, steps 0, 1, 2 ...: a slider goes over them"),
        )
        about = self.tr(
            "A tensor is CHW: channel, height, width. Other pictures are HWC, which add_image must be told."
            " Files: {folder}"
        )
        self._about.setText(about.format(folder=transforms_folder()))
        self._calls.setAccessibleName(self.tr("How each stage is handed to TensorBoard"))
        self._calls.setToolTip(self.tr("The calls of SummaryWriter, with the order of the axes"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
