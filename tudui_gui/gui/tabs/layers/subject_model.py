"""A module inside an open model or a checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QWidget
from torch import nn

from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.tabs.layers.subject_state import SubjectState
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named


class ModelPage(QWidget):
    """Chooses a model among the open ones, and one of its modules.

    Signals
    -------
    layer_chosen(str)
        A person chose another module, by its dotted name.
    model_chosen(int)
        The place of another model among those given to :meth:`show_models`.
    file_chosen(str)
        A checkpoint to be opened.
    """

    layer_chosen = Signal(str)
    model_chosen = Signal(int)
    file_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: OpenModel | None = None
        self._first = ""
        self.models = _combo("layers_model_choice")
        self.choice = _combo("layer_choice")
        self._open = Button("layers_open_checkpoint", "folder-open-outline")
        self._choice_name = Label(role="muted")
        self._model_name = Label(role="muted", object_name="layers_model_name")
        self._model_name.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.models, 0, 0, 1, 2)
        grid.addWidget(self._model_name, 1, 0, 1, 2)
        grid.addWidget(self._choice_name, 2, 0)
        grid.addWidget(self.choice, 2, 1)
        grid.addWidget(self._open, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)
        self.models.currentIndexChanged.connect(self._choose_model)
        self.choice.currentIndexChanged.connect(self._choose_layer)
        self._open.clicked.connect(self._choose_file)
        self.retranslate_ui()

    @property
    def chosen_layer(self) -> str:
        """Dotted name of the module that is chosen; ``""`` is the model itself."""
        return str(self.choice.currentData() or "")

    def layer_of(self, state: SubjectState) -> str:
        """The module that ``state`` means: the first without children where the model has no such one."""
        is_known = state.layer is not None and self.choice.findData(state.layer) >= 0
        return str(state.layer) if is_known else self._first

    def show_models(self, models: Sequence[OpenModel], current: OpenModel | None) -> None:
        """Offer ``models``, and the modules of ``current``."""
        self._model = current
        with QSignalBlocker(self.models):
            self.models.clear()
            self.models.addItems([model.name for model in models])
            self.models.setCurrentIndex(next((i for i, each in enumerate(models) if each is current), -1))
        self.models.setVisible(len(models) > 1)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for name, kind in _modules(current):
                self.choice.addItem(f"{name} · {kind}" if name else kind, name)
        self._first = "" if current is None else _first_leaf(current.module)
        self._show_model()

    def show_state(self, state: SubjectState) -> None:
        """Show ``state`` without saying so."""
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(max(0, self.choice.findData(self.layer_of(state))))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setToolTip(self.tr("The open models, the newest last"))
        self._choice_name.setText(self.tr("Layer"))
        self.choice.setAccessibleName(self.tr("Layer of the model"))
        self.choice.setToolTip(self.tr("The layer whose output is shown; names as in model.named_modules()"))
        self._open.set_texts(
            self.tr("Open a checkpoint…"), self.tr("Look into a checkpoint of a run, or another .pth file")
        )
        self._show_model()

    def _show_model(self) -> None:
        model = self._model
        self._choice_name.setVisible(model is not None)
        self.choice.setVisible(model is not None)
        if model is None:
            self._model_name.setText(self.tr("No model is open."))
            return
        shape = "×".join(map(str, model.input_shape))
        self._model_name.setText(self.tr("{name}, input {shape}").format(name=model.name, shape=shape))

    @Slot()
    def _choose_layer(self) -> None:
        self.layer_chosen.emit(self.chosen_layer)

    @Slot(int)
    def _choose_model(self, place: int) -> None:
        self.model_chosen.emit(place)

    @Slot()
    def _choose_file(self) -> None:
        kinds = self.tr("Models ({patterns})").format(patterns="*.pt *.pth")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a checkpoint"), "", kinds)
        if name:
            self.file_chosen.emit(name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _modules(model: OpenModel | None) -> list[tuple[str, str]]:
    """(dotted name, class name) of every module, the model itself first."""
    if model is None:
        return []
    return [(name, type(module).__name__) for name, module in model.module.named_modules()]


def _first_leaf(module: nn.Module) -> str:
    return next((name for name, each in module.named_modules() if not any(each.children())), "")


def _combo(object_name: str) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    return combo
