"""The list of steps, and where it comes from and goes to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from tudui_gui.core.operations import Operation, Step
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.paste_panel import Pasted, PastePanel, pasted_work
from tudui_gui.gui.tabs.transforms.preset_box import PresetBox
from tudui_gui.gui.tabs.transforms.scratch import ScratchPipeline
from tudui_gui.gui.tabs.transforms.stage_work import ShownStage
from tudui_gui.gui.tabs.transforms.step_card import StepCard
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.operation_picker import OperationPicker
from tudui_gui.gui.widgets.step_box import StepBox
from tudui_gui.gui.widgets.step_list import StepList
from tudui_gui.gui.workers import Jobs
from tudui_gui.scripts.transform_script import pipeline_text_script
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.flow import Form
from tudui_gui.transforms.hints import hints
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.problems import Fix

_PASTE_KEY = "transforms.paste"


class PipelineCard(Card):
    """Edits a :class:`ScratchPipeline`. Ctrl+C copies it as Python, Ctrl+V puts in what Python text holds.

    Signals
    -------
    step_chosen(int)
        Another step is the chosen one; -1: none.
    training_requested(), test_requested()
        Use the pipeline for training, for testing.
    """

    step_chosen = Signal(int)
    training_requested = Signal()
    test_requested = Signal()

    def __init__(
        self, session: Session, scratch: ScratchPipeline, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(object_name="pipeline_card", parent=parent)
        self._session = session
        self._scratch = scratch
        self._jobs = jobs
        self._chosen = -1
        self._start = Form()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._connect_list()
        self._show(scratch.pipeline)
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._undo = IconButton("undo", "pipeline_undo")
        self._redo = IconButton("redo", "pipeline_redo")
        self._copy = IconButton("content-copy", "pipeline_copy")
        self._paste = IconButton("clipboard-text-outline", "pipeline_paste")
        self._add = OperationPicker(TRANSFORMS, "add_step")
        self._presets = PresetBox(self._session, self._scratch, self._jobs)
        self._panel = PastePanel(self._jobs, self)
        self._list = StepList("step", self._make_card, prepares=True)
        self._none = Label(role="muted", object_name="pipeline_empty")
        self._none.setWordWrap(True)
        self._for_training = Button("use_for_training", "school-outline")
        self._for_test = Button("use_for_test", "clipboard-check-outline")

    def _make_card(self, prefix: str, index: int) -> StepBox:
        card = StepCard(prefix, index)
        card.fix_requested.connect(self.apply_fix)
        return card

    def _lay_out(self) -> None:
        for button in (self._undo, self._redo, self._copy, self._paste, self._add):
            self.add_to_header(button)
        self.header.setSpacing(0)
        area = named(QScrollArea(), "pipeline_list")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._list)
        self._area = area
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._for_training, 1)
        row.addWidget(self._for_test, 1)
        self.body.addWidget(self._presets)
        self.body.addWidget(self._none)
        self.body.addWidget(area, 1)
        self.body.addLayout(row)

    def _connect(self) -> None:
        stack = self._session.undo_stack
        self._undo.clicked.connect(stack.undo)
        self._redo.clicked.connect(stack.redo)
        stack.canUndoChanged.connect(self._undo.setEnabled)
        stack.canRedoChanged.connect(self._redo.setEnabled)
        self._undo.setEnabled(stack.canUndo())
        self._redo.setEnabled(stack.canRedo())
        self._copy.clicked.connect(self.copy)
        self._paste.clicked.connect(self.open_paste_panel)
        self._panel.pipeline_taken.connect(self._take_pasted)
        self._add.operation_picked.connect(self._add_step)
        self._presets.preset_taken.connect(self._take_preset)
        self._for_training.clicked.connect(self.training_requested)
        self._for_test.clicked.connect(self.test_requested)
        self._scratch.pipeline_changed.connect(self._show)

    def _connect_list(self) -> None:
        steps = self._list
        steps.chosen.connect(self.choose)
        steps.step_changed.connect(self._change)
        steps.toggle_requested.connect(self._scratch.toggle)
        steps.remove_requested.connect(self._remove)
        steps.duplicate_requested.connect(self._duplicate)
        steps.move_requested.connect(self._move)
        steps.drag_moved.connect(self._scroll_to)

    @property
    def chosen(self) -> int:
        """Index of the chosen step, or -1."""
        return self._chosen

    def choose(self, index: int) -> None:
        """Make a step the chosen one."""
        self._list.choose(index)
        if index != self._chosen:
            self._chosen = index
            self.step_chosen.emit(index)

    def show_stages(self, stages: tuple[ShownStage, ...]) -> None:
        """Mark the steps that failed or did not run."""
        for card, stage in zip(self._cards, stages, strict=False):
            card.set_state(stage.problem, stage.skipped and stage.facts is None)

    @property
    def _cards(self) -> list[StepCard]:
        return [box for box in self._list.boxes if isinstance(box, StepCard)]

    @Slot(object)
    def _show(self, pipeline: Pipeline) -> None:
        self._list.show_steps(pipeline.steps)
        self._show_hints()
        self._none.setHidden(bool(pipeline.steps))
        # An empty list has no card that Ctrl+V could be pressed on.
        policy = Qt.FocusPolicy.NoFocus if pipeline.steps else Qt.FocusPolicy.StrongFocus
        self._area.setFocusPolicy(policy)
        self.choose(min(self._chosen, len(pipeline.steps) - 1))

    def set_start(self, start: Form) -> None:
        """Say what the pipeline is given: some steps do nothing with the arrays of OpenCV."""
        if start != self._start:
            self._start = start
            self._show_hints()

    def _show_hints(self) -> None:
        found = hints(self._scratch.pipeline.steps, self._start)
        for place, card in enumerate(self._cards):
            card.set_hints([hint for hint in found if hint.index == place])

    @Slot(object)
    def apply_fix(self, fix: Fix) -> None:
        """Replace the steps by the repaired ones."""
        self._scratch.edit(fix.steps)

    @Slot(int, object, str)
    def _change(self, index: int, step: Step, merge_key: str) -> None:
        self._scratch.change(index, step, merge_key)

    @Slot(object)
    def _add_step(self, operation: Operation) -> None:
        place = self._scratch.add(operation, self._chosen)
        self._go_to(place)

    @Slot(int)
    def _remove(self, index: int) -> None:
        has_focus = self._list.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._scratch.remove(index)
        if has_focus:
            self._go_to(min(index, len(self._scratch.pipeline.steps) - 1))

    @Slot(int)
    def _duplicate(self, index: int) -> None:
        self._scratch.duplicate(index)
        self._go_to(index + 1)

    @Slot(int, int)
    def _move(self, index: int, to: int) -> None:
        self._scratch.move(index, to)
        self._go_to(to)

    def _go_to(self, place: int) -> None:
        """Choose a step, give it the keyboard and bring it in sight."""
        if 0 <= place < len(self._list.boxes):
            self.choose(place)
            self._list.focus(place)
            self._list.settle()
            self._area.ensureWidgetVisible(self._list.boxes[place], 0, theme.SPACE)

    @Slot(int)
    def _scroll_to(self, y: int) -> None:
        """Let the list follow the pointer while a card is dragged beyond its edge."""
        self._area.ensureVisible(0, self._list.mapFromGlobal(QPoint(0, y)).y(), 0, 24)

    @Slot(object)
    def _take_preset(self, pipeline: Pipeline) -> None:
        self._scratch.edit(pipeline.steps, text=self.tr("Take a preset"))

    @Slot()
    def copy(self) -> None:
        """Put the pipeline on the clipboard as Python text."""
        QGuiApplication.clipboard().setText(pipeline_text_script(self._scratch.pipeline))
        self._session.notify(self.tr("The pipeline is on the clipboard as Python."))

    @Slot()
    def open_paste_panel(self, text: str = "") -> None:
        """Show where Python text is pasted."""
        self._panel.open_at(self.mapToGlobal(QPoint(self.width() + theme.SPACE, 0)), text or "")

    def paste(self, text: str) -> None:
        """Take over the pipeline in ``text``; where something has to be asked or said, show the panel."""
        self._jobs.submit(partial(pasted_work, text), done=self._take_text, key=_PASTE_KEY)

    @Slot(object)
    def _take_text(self, pasted: Pasted) -> None:
        if pasted.pipeline is None:
            self.open_paste_panel(pasted.text)
        else:
            self._take_pasted(pasted.pipeline)

    @Slot(object)
    def _take_pasted(self, pipeline: Pipeline) -> None:
        self._scratch.edit(pipeline.steps, text=self.tr("Paste a pipeline"))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Pipeline"))
        self._undo.set_texts(self.tr("Undo"), self.tr("Undo (Ctrl+Z)"))
        self._redo.set_texts(self.tr("Redo"), self.tr("Redo (Ctrl+Shift+Z)"))
        self._copy.set_texts(self.tr("Copy as Python"), self.tr("Copy the pipeline as Python text (Ctrl+C)"))
        self._paste.set_texts(
            self.tr("Paste Python text"), self.tr("Make a pipeline of Python text; it is read, never run")
        )
        self._add.set_texts(self.tr("Add a step"), self.tr("Add a transform after the chosen step (Insert)"))
        self._area.setAccessibleName(self.tr("Steps of the pipeline"))
        self._none.setText(self.tr("No steps. Add one with +, take a preset, or paste Python text."))
        self._for_training.set_texts(
            self.tr("For training"), self.tr("Make this the pipeline that images go through in training")
        )
        self._for_test.set_texts(
            self.tr("For test"),
            self.tr("Make this the pipeline that images go through when testing and predicting"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste) and _clipboard_text():
            self.paste(_clipboard_text())
        elif event.key() == Qt.Key.Key_Insert:
            self._add.open_list()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _clipboard_text() -> str:
    """The text on the clipboard; none if it is a picture or files, which are not for the list."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or data.hasImage() or data.hasUrls():
        return ""
    return data.text()
