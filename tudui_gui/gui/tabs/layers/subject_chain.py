"""A chain of layers: add, remove, move, switch on and off, each with its form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.operations import Operation, Step
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.layers.subject_state import (
    SubjectState,
    with_layer_changed,
    with_layer_copied,
    with_layer_moved,
    with_layer_removed,
    with_layer_switched,
)
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.operation_picker import OperationPicker
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.widgets.step_box import StepBox
from tudui_gui.gui.widgets.step_list import StepList
from tudui_gui.layers.catalog import LAYERS


class LayerBox(StepBox):
    """A layer of the chain: numbers without sliders, which would range over thousands of channels."""

    def _make_widgets(self) -> None:
        super()._make_widgets()
        self._form = ParameterForm(self.objectName())


class ChainPage(QWidget):
    """Shows the chain of a :class:`SubjectState`; asks for another state at a person's edit.

    Signals
    -------
    edit_requested(object, str)
        The new state, and a key by which edits in a row become one.
    layer_wanted(object)
        An ``Operation`` to be put at the end.
    place_chosen(str)
        Another layer to look at, as in ``SubjectState.place``.
    """

    edit_requested = Signal(object, str)
    layer_wanted = Signal(object)
    place_chosen = Signal(str)

    def __init__(self, state: SubjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.steps = StepList("chain_layer", LayerBox)
        self.add = OperationPicker(LAYERS, "chain_add")
        self._add_text = Label(role="muted")
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self._add_text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.steps)
        column.addLayout(row)
        self.add.operation_picked.connect(self._want)
        self.steps.chosen.connect(self._choose)
        self.steps.step_changed.connect(self._change)
        self.steps.toggle_requested.connect(self._toggle)
        self.steps.remove_requested.connect(self._remove)
        self.steps.duplicate_requested.connect(self._copy)
        self.steps.move_requested.connect(self._move)
        self.retranslate_ui()

    def show_state(self, state: SubjectState) -> None:
        """Show ``state`` without asking for an edit."""
        self._state = state
        self.steps.show_steps(state.steps)
        self.steps.choose(int(state.place) if state.place else len(state.steps) - 1)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.add.set_texts(self.tr("Add a layer"), self.tr("Put a layer at the end (nn.Sequential)"))
        self._add_text.setText(self.tr("Add a layer"))

    @Slot(object)
    def _want(self, operation: Operation) -> None:
        self.layer_wanted.emit(operation)

    @Slot(int)
    def _choose(self, place: int) -> None:
        last = len(self._state.steps) - 1
        if place != (int(self._state.place) if self._state.place else last):
            self.place_chosen.emit(str(place) if place < last else "")

    @Slot(int, object, str)
    def _change(self, place: int, step: Step, key: str) -> None:
        self.edit_requested.emit(with_layer_changed(self._state, place, step), f"{place} {key}")

    @Slot(int)
    def _toggle(self, place: int) -> None:
        self.edit_requested.emit(with_layer_switched(self._state, place), "")

    @Slot(int)
    def _remove(self, place: int) -> None:
        self.edit_requested.emit(with_layer_removed(self._state, place), "")

    @Slot(int)
    def _copy(self, place: int) -> None:
        self.edit_requested.emit(with_layer_copied(self._state, place), "")

    @Slot(int, int)
    def _move(self, place: int, to: int) -> None:
        self.edit_requested.emit(with_layer_moved(self._state, place, to), "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
