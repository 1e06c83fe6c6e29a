"""Which layer: a fresh one with parameters, one of a chain, or one inside an open model."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Integer
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui import theme
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.tabs.layers.subject_chain import ChainPage
from tudui_gui.gui.tabs.layers.subject_model import ModelPage
from tudui_gui.gui.tabs.layers.subject_state import SubjectState, first_state, with_step
from tudui_gui.gui.tabs.layers.work import Subject
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.layers.catalog import LAYERS

_KINDS = ("layer", "chain", "model")
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


class SubjectCard(Card):
    """Shows a :class:`SubjectState`; asks for another one at a person's edit.

    Signals
    -------
    edit_requested(object, str)
        The new state, and a key by which edits in a row become one.
    kind_of_layer_chosen(str)
        Another kind of single layer, by its name in ``LAYERS``.
    layer_wanted(object)
        An ``Operation`` to be put at the chain's end.
    place_chosen(str)
        Another layer of the chain to look at.
    model_chosen()
        A person chose another one of the open models.
    file_chosen(str)
        A checkpoint to be opened.
    """

    edit_requested = Signal(object, str)
    kind_of_layer_chosen = Signal(str)
    layer_wanted = Signal(object)
    place_chosen = Signal(str)
    model_chosen = Signal()
    file_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "layers_subject_card", parent)
        self._state = first_state()
        self._models: list[OpenModel] = []
        self._model: OpenModel | None = None
        self._steps: dict[str, Step] = {}
        self.switch = SegmentedSwitch("layer_subject", _KINDS)
        self.type_combo = named(QComboBox(), "layer_type")
        self.type_combo.addItems(list(LAYERS))
        self.type_combo.setMinimumContentsLength(8)
        self.form = ParameterForm("layer")
        self.seed_form = ParameterForm("layer", _WEIGHTS.step())
        self.chain_seed_form = ParameterForm("chain", _WEIGHTS.step())
        self.chain = ChainPage(self._state)
        self.models = ModelPage()
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(self.type_combo, self.form, self.seed_form))
        self._stack.addWidget(_scrolled(self.chain, self.chain_seed_form))
        self._stack.addWidget(self.models)
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

    @property
    def subject(self) -> Subject | None:
        """What is to be computed; None where no model is open."""
        return self._state.subject(self._model, self.models.layer_of(self._state))

    def remembered(self, name: str) -> Step | None:
        """The layer ``name`` with the values it had when it was last chosen."""
        return self._steps.get(name)

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
        seed = _WEIGHTS.step(seed=state.seed)
        for form in (self.seed_form, self.chain_seed_form):
            form.set_step(seed)
        self.seed_form.setVisible(_needs_seed(state.step))
        if state.kind == "chain":
            self.chain.show_state(state)
        self.models.show_state(state)
        self._stack.setCurrentIndex(_KINDS.index(state.kind))

    def set_models(self, models: list[OpenModel], current: OpenModel | None) -> None:
        """Offer ``models``, and the layers of ``current``."""
        self._models = list(models)
        self._show_model(current)

    def _show_model(self, current: OpenModel | None) -> None:
        if current is not self._model:
            self._model = current
            self._state = replace(self._state, model_edits=())
        self.models.show_models(self._models, current)
        self.models.show_state(self._state)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Layer"))
        self.switch.set_texts(
            {
                "layer": (self.tr("Layer"), self.tr("One layer with fresh weights (torch.nn)")),
                "chain": (self.tr("Chain"), self.tr("Layers one after the other (nn.Sequential)")),
                "model": (self.tr("Model"), self.tr("A layer inside an open model (a forward hook)")),
            }
        )
        self.type_combo.setAccessibleName(self.tr("Kind of layer"))
        for index, operation in enumerate(LAYERS.values()):
            tip = f"{operation.qualname}\n{catalog_text(operation.help)}"
            self.type_combo.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self.type_combo.setToolTip(self.tr("The kind of layer (torch.nn)"))

    def _connect(self) -> None:
        self.switch.key_chosen.connect(self._choose_kind)
        self.type_combo.currentTextChanged.connect(self.kind_of_layer_chosen)
        self.form.step_changed.connect(self._change_step)
        for form in (self.seed_form, self.chain_seed_form):
            form.step_changed.connect(self._change_seed)
        self.chain.edit_requested.connect(self._change_chain)
        self.chain.layer_wanted.connect(self.layer_wanted)
        self.chain.place_chosen.connect(self.place_chosen)
        self.models.layer_chosen.connect(self._choose_layer)
        self.models.model_chosen.connect(self._choose_model)
        self.models.file_chosen.connect(self.file_chosen)

    @Slot(str)
    def _choose_kind(self, kind: str) -> None:
        self.edit_requested.emit(replace(self._state, kind=kind), "")

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        before = self._state.step.values
        changed = next((name for name, value in step.values.items() if before.get(name) != value), "")
        self.edit_requested.emit(with_step(self._state, step), f"{step.name}.{changed}")

    @Slot(object)
    def _change_seed(self, step: Step) -> None:
        self.edit_requested.emit(replace(self._state, seed=step.values["seed"]), "seed")

    @Slot(object, str)
    def _change_chain(self, state: SubjectState, merge_key: str) -> None:
        self.edit_requested.emit(state, merge_key and f"chain.{merge_key}")

    @Slot(str)
    def _choose_layer(self, name: str) -> None:
        self.edit_requested.emit(replace(self._state, layer=name), "layer")

    @Slot(int)
    def _choose_model(self, place: int) -> None:
        if 0 <= place < len(self._models):
            self._show_model(self._models[place])
            self.model_chosen.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _needs_seed(step: Step) -> bool:
    return bool(step.operation.tags & {"weights", "random"}) or step.name == "FractionalMaxPool2d"


def _scrolled(*widgets: QWidget) -> QScrollArea:
    inside = QWidget()
    inside.setProperty("role", "scrolled")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 6, 0)
    column.setSpacing(theme.SPACE)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
