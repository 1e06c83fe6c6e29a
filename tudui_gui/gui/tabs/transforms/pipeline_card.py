"""The list of steps, and where it comes from and goes to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.core.operations import Operation
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.scratch import ScratchPipeline
from tudui_gui.gui.tabs.transforms.stage_work import ShownStage
from tudui_gui.gui.tabs.transforms.step_card import StepCard
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.operation_picker import OperationPicker
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.flow import Form
from tudui_gui.transforms.hints import hints
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS
from tudui_gui.transforms.problems import Fix


class PipelineCard(Card):
    """Edits a :class:`ScratchPipeline`.

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

    def __init__(self, session: Session, scratch: ScratchPipeline, parent: QWidget | None = None) -> None:
        super().__init__(object_name="pipeline_card", parent=parent)
        self._session = session
        self._scratch = scratch
        self._chosen = -1
        self._start = Form()
        self._cards: list[StepCard] = []
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show(scratch.pipeline)
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._undo = IconButton("undo", "pipeline_undo")
        self._redo = IconButton("redo", "pipeline_redo")
        self._add = OperationPicker(TRANSFORMS, "add_step")
        self._presets = named(QComboBox(), "pipeline_presets")
        self._list = _DropList()
        self._none = Label(role="muted", object_name="pipeline_empty")
        self._none.setWordWrap(True)
        self._for_training = Button("use_for_training", "school-outline")
        self._for_test = Button("use_for_test", "clipboard-check-outline")

    def _lay_out(self) -> None:
        for button in (self._undo, self._redo, self._add):
            self.add_to_header(button)
        area = named(QScrollArea(), "pipeline_list")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        self._add.operation_picked.connect(self._add_step)
        self._presets.activated.connect(self._take_preset)
        self._for_training.clicked.connect(self.training_requested)
        self._for_test.clicked.connect(self.test_requested)
        self._scratch.pipeline_changed.connect(self._show)

    @property
    def chosen(self) -> int:
        """Index of the chosen step, or -1."""
        return self._chosen

    def choose(self, index: int) -> None:
        """Make a step the chosen one."""
        self._chosen = index
        for place, card in enumerate(self._cards):
            card.set_chosen(place == index)
        self.step_chosen.emit(index)

    def show_stages(self, stages: tuple[ShownStage, ...]) -> None:
        """Mark the steps that failed or did not run."""
        for card, stage in zip(self._cards, stages, strict=False):
            card.set_state(stage.problem, stage.skipped and stage.facts is None)

    @Slot(object)
    def _show(self, pipeline: Pipeline) -> None:
        while len(self._cards) < len(pipeline.steps):
            self._make_card(len(self._cards))
        for card, step in zip(self._cards, pipeline.steps, strict=False):
            card.set_step(step)
        self._show_hints()
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(pipeline.steps))
        self._none.setHidden(bool(pipeline.steps))
        if self._chosen >= len(pipeline.steps):
            self.choose(len(pipeline.steps) - 1)

    def set_start(self, start: Form) -> None:
        """Say what the pipeline is given: some steps do nothing with the arrays of OpenCV."""
        if start != self._start:
            self._start = start
            self._show_hints()

    def _show_hints(self) -> None:
        found = hints(self._scratch.pipeline.steps, self._start)
        for place, card in enumerate(self._cards):
            card.set_hints([hint for hint in found if hint.index == place])

    def _make_card(self, index: int) -> None:
        card = StepCard(index)
        card.chosen.connect(self.choose)
        card.step_changed.connect(self._scratch.change)
        card.toggle_requested.connect(self._scratch.toggle)
        card.remove_requested.connect(self._scratch.remove)
        card.duplicate_requested.connect(self._scratch.duplicate)
        card.move_requested.connect(self._move)
        card.fix_requested.connect(self.apply_fix)
        card.dragged.connect(self._show_drop_place)
        card.dropped.connect(self._drop)
        self._cards.append(card)
        self._list.add(card)

    @Slot(object)
    def apply_fix(self, fix: Fix) -> None:
        """Replace the steps by the repaired ones."""
        self._scratch.edit(fix.steps)

    @Slot(object)
    def _add_step(self, operation: Operation) -> None:
        place = self._scratch.add(operation, self._chosen)
        self.choose(place)
        self._area.ensureWidgetVisible(self._cards[place])

    @Slot(int, int)
    def _move(self, index: int, by: int) -> None:
        to = index + by
        if 0 <= to < len(self._scratch.pipeline.steps):
            self._scratch.move(index, to)
            self.choose(to)
            self._cards[to].setFocus()

    @Slot(int, int)
    def _show_drop_place(self, index: int, y: int) -> None:
        self._list.show_line(self._place_at(y))

    @Slot(int, int)
    def _drop(self, index: int, y: int) -> None:
        self._list.show_line(-1)
        place = self._place_at(y)
        self._move(index, place - index - (1 if place > index else 0))

    def _place_at(self, y: int) -> int:
        """Before which step the global ``y`` lies."""
        count = len(self._scratch.pipeline.steps)
        middles = [card.mapToGlobal(card.rect().center()).y() for card in self._cards[:count]]
        return sum(middle < y for middle in middles)

    @Slot(int)
    def _take_preset(self, row: int) -> None:
        experiment = self._session.experiment
        pipelines = [experiment.train_transforms, experiment.test_transforms, *(p.pipeline for p in PRESETS)]
        if row > 0:
            self._scratch.edit(pipelines[row - 1].steps)
        self._presets.setCurrentIndex(0)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Pipeline"))
        self._undo.set_texts(self.tr("Undo"), self.tr("Undo (Ctrl+Z)"))
        self._redo.set_texts(self.tr("Redo"), self.tr("Redo (Ctrl+Shift+Z)"))
        self._add.set_texts(self.tr("Add a step"), self.tr("Add a transform after the chosen step"))
        self._area.setAccessibleName(self.tr("Steps of the pipeline"))
        self._none.setText(self.tr("No steps. Add one with +, or take a preset."))
        self._for_training.set_texts(
            self.tr("For training"), self.tr("Make this the pipeline that images go through in training")
        )
        self._for_test.set_texts(
            self.tr("For test"),
            self.tr("Make this the pipeline that images go through when testing and predicting"),
        )
        self._presets.clear()
        self._presets.addItem(self.tr("Take a pipeline…"))
        self._presets.addItem(self.tr("From training"))
        self._presets.addItem(self.tr("From test"))
        self._presets.addItems([catalog_text(preset.label) for preset in PRESETS])
        self._presets.setAccessibleName(self.tr("Presets"))
        self._presets.setToolTip(self.tr("Begin with the experiment's pipeline or a usual one"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _DropList(QWidget):
    """The cards one below the other, and a line where a dragged one would go."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._cards: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 2, 0)
        self._layout.setSpacing(theme.SPACE)
        self._layout.addStretch(1)
        self._line = QFrame(self)
        self._line.setObjectName("drop_line")
        self._line.setFrameShape(QFrame.Shape.HLine)
        self._line.hide()

    def add(self, card: QWidget) -> None:
        """Put a card at the end."""
        self._layout.insertWidget(len(self._cards), card)
        self._cards.append(card)

    def show_line(self, place: int) -> None:
        """Draw the line before the card ``place``; -1: none."""
        self._line.setVisible(place >= 0)
        if place < 0:
            return
        shown = [card for card in self._cards if not card.isHidden()]
        y = shown[place].y() - theme.SPACE // 2 if place < len(shown) else shown[-1].geometry().bottom() + 3
        self._line.setGeometry(0, max(0, y - 1), self.width(), 3)
        self._line.raise_()
