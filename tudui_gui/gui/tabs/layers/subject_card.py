"""Which layer: a fresh one with parameters, or one inside the open model."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Integer
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui import theme
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.feature_maps import layer_names

#: The seed as an operation, so that it gets a field.
_WEIGHTS = Operation(
    "weights",
    dict,
    "dict",
    (
        Integer(
            name="seed",
            default=0,
            minimum=0,
            maximum=2**31 - 1,
            help=QT_TRANSLATE_NOOP("catalog", "torch.manual_seed before the layer is made: its weights."),
        ),
    ),
)


@dataclass(frozen=True)
class SubjectState:
    """What is chosen: ``kind`` is ``"layer"`` or ``"model"``, ``layer`` a dotted name (``""``: the first)."""

    kind: str
    step: Step
    seed: int
    layer: str


def first_state() -> SubjectState:
    """The tutorial's: ``Conv2d(3, 6, 3)``."""
    return SubjectState("layer", LAYERS.step("Conv2d"), 0, "")


class SubjectCard(Card):
    """Shows a :class:`SubjectState`; asks for another one at a person's edit.

    Signals
    -------
    edit_requested(object, str)
        The new state, and a key by which edits in a row become one.
    """

    edit_requested = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "layers_subject_card", parent)
        self._state = first_state()
        self._model: OpenModel | None = None
        self._steps: dict[str, Step] = {}
        self.switch = SegmentedSwitch("layer_subject", ("layer", "model"))
        self.type_combo = _combo("layer_type")
        self.type_combo.addItems(list(LAYERS))
        self.form = ParameterForm("layer")
        self.seed_form = ParameterForm("layer", _WEIGHTS.step())
        self.choice = _combo("layer_choice")
        self._choice_name = Label(role="muted")
        self._model_name = Label(role="muted", object_name="layers_model_name")
        self._model_name.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._layer_page())
        self._stack.addWidget(self._model_page())
        for widget in (self.switch, self._stack):
            self.body.addWidget(widget)
        self.body.setStretchFactor(self._stack, 1)
        self._connect()
        self.show_state(self._state)
        self.retranslate_ui()

    @property
    def state(self) -> SubjectState:
        """What is shown."""
        return self._state

    @property
    def model(self) -> OpenModel | None:
        """The open model whose layers are offered."""
        return self._model

    def show_state(self, state: SubjectState) -> None:
        """Show ``state`` without asking for an edit."""
        self._state = state
        self._steps[state.step.name] = state.step
        self.switch.set_key(state.kind)
        with QSignalBlocker(self.type_combo):
            self.type_combo.setCurrentText(state.step.name)
        if state.step != self.form.step:
            self.form.set_step(state.step)
        self.form.setVisible(bool(state.step.operation.parameters))
        self.seed_form.set_step(_WEIGHTS.step(seed=state.seed))
        self.seed_form.setVisible(
            bool(state.step.operation.tags & {"weights"}) or state.step.name == "Dropout"
        )
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(max(0, self.choice.findData(state.layer)))
        self._show_page()

    def set_model(self, model: OpenModel | None) -> None:
        """Offer the layers of ``model``."""
        self._model = model
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for name, kind in layer_names(model.module) if model else []:
                self.choice.addItem(f"{name} · {kind}" if name else kind, name)
            self.choice.setCurrentIndex(max(0, self.choice.findData(self._state.layer)))
        self._show_model_name()
        self._show_page()

    @property
    def chosen_layer(self) -> str:
        """Dotted name of the layer that is chosen in the open model."""
        return str(self.choice.currentData() or "")

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Layer"))
        self.switch.set_texts(
            {
                "layer": (self.tr("One layer"), self.tr("A layer with fresh weights (torch.nn)")),
                "model": (self.tr("Of a model"), self.tr("A layer inside the open model (a forward hook)")),
            }
        )
        self.type_combo.setAccessibleName(self.tr("Kind of layer"))
        for index, operation in enumerate(LAYERS.values()):
            tip = f"{operation.qualname}\n{catalog_text(operation.help)}"
            self.type_combo.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self.type_combo.setToolTip(self.tr("The kind of layer (torch.nn)"))
        self._choice_name.setText(self.tr("Layer"))
        self.choice.setAccessibleName(self.tr("Layer of the model"))
        self.choice.setToolTip(self.tr("The layer whose output is shown; names as in model.named_modules()"))
        self._show_model_name()

    def _layer_page(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.type_combo, self.form, self.seed_form):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _model_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._model_name, 0, 0, 1, 2)
        grid.addWidget(self._choice_name, 1, 0)
        grid.addWidget(self.choice, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        return page

    def _connect(self) -> None:
        self.switch.key_chosen.connect(self._choose_kind)
        self.type_combo.currentTextChanged.connect(self._choose_type)
        self.form.step_changed.connect(self._change_step)
        self.seed_form.step_changed.connect(self._change_seed)
        self.choice.currentIndexChanged.connect(self._choose_layer)

    def _show_page(self) -> None:
        self._stack.setCurrentIndex(0 if self._state.kind == "layer" else 1)

    def _show_model_name(self) -> None:
        model = self._model
        self._choice_name.setVisible(model is not None)
        self.choice.setVisible(model is not None)
        if model is None:
            self._model_name.setText(self.tr("No model is open."))
            return
        shape = "×".join(map(str, model.input_shape))
        self._model_name.setText(self.tr("{name}, input {shape}").format(name=model.name, shape=shape))

    @Slot(str)
    def _choose_kind(self, kind: str) -> None:
        self.edit_requested.emit(replace(self._state, kind=kind), "")

    @Slot(str)
    def _choose_type(self, name: str) -> None:
        step = self._steps.get(name) or LAYERS.step(name)
        self.edit_requested.emit(replace(self._state, step=step), "")

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        before = self._state.step.values
        changed = next((name for name, value in step.values.items() if before.get(name) != value), "")
        self.edit_requested.emit(replace(self._state, step=step), f"{step.name}.{changed}")

    @Slot(object)
    def _change_seed(self, step: Step) -> None:
        self.edit_requested.emit(replace(self._state, seed=step.values["seed"]), "seed")

    @Slot()
    def _choose_layer(self) -> None:
        self.edit_requested.emit(replace(self._state, layer=self.chosen_layer), "layer")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _combo(object_name: str) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    return combo
