"""Choosing a model: the zoo with its parameters, the input, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Integer, IntegerOrPair
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.models.work import BuildRequest
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.models.zoo import MODELS, input_shape
from tudui_gui.prediction.class_names import numbered

MODEL_SUFFIXES = (".pt", ".pth")
_ROW_HEIGHT = 26

#: The images and outputs as an operation, so that they get a form.
_INPUT = Operation(
    "input",
    dict,
    "dict",
    (
        Integer(
            name="classes",
            default=10,
            minimum=1,
            maximum=100_000,
            help=QT_TRANSLATE_NOOP("catalog", "Outputs of the last layer, one a class."),
        ),
        Integer(
            name="channels",
            default=3,
            minimum=1,
            maximum=64,
            help=QT_TRANSLATE_NOOP("catalog", "Channels of the image that is sent through."),
        ),
        IntegerOrPair(
            name="size",
            default=32,
            minimum=1,
            maximum=1024,
            help=QT_TRANSLATE_NOOP("catalog", "Size of that image: one number, or (height, width)."),
        ),
    ),
)


class ChoiceCard(Card):
    """The zoo, a model's parameters, and what goes in and out.

    Signals
    -------
    model_chosen()
        A person chose another model or changed a value; :meth:`request` has it.
    file_chosen(object)
        A ``Path`` to open.
    """

    model_chosen = Signal()
    file_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", "model_choice_card", parent)
        self._session = session
        self._is_count_chosen = False
        self.zoo = named(QListWidget(), "model_zoo")
        for name in MODELS:
            QListWidgetItem(name, self.zoo).setSizeHint(QSize(0, _ROW_HEIGHT))
        self.form = ParameterForm("model")
        self.input_form = ParameterForm("model_input", _INPUT.step())
        self._input_name = Label(role="title")
        self._open = Button("open_model_file", "folder-open-outline")
        self._lay_out()
        self.zoo.currentTextChanged.connect(self._choose)
        self.form.step_changed.connect(self._change_step)
        self.input_form.step_changed.connect(self._change_input)
        self._open.clicked.connect(self._choose_file)
        session.dataset_changed.connect(self._on_dataset)
        self.show_step(session.experiment.model)
        self._on_dataset(session.dataset)
        self.retranslate_ui()

    @property
    def step(self) -> Step:
        """The chosen model of the zoo with its values."""
        return self.form.step or MODELS.step("tudui")

    def request(self) -> BuildRequest:
        """What to build."""
        values = self._input_values()
        size = values["size"]
        height, width = size if isinstance(size, tuple) else (size, size)
        return BuildRequest(
            step=self.step,
            classes=self._class_names(values["classes"]),
            input_shape=(values["channels"], height, width),
            seed=self._session.experiment.seed,
        )

    def show_step(self, step: Step) -> None:
        """Show a model of the zoo without sending :attr:`model_chosen`."""
        with QSignalBlocker(self.zoo):
            self.zoo.setCurrentRow(list(MODELS).index(step.name))
        self.form.set_step(step)
        self.form.setVisible(bool(step.operation.parameters))
        channels, height, width = input_shape(step)
        size = height if height == width else (height, width)
        values = {**self._input_values(), "channels": channels, "size": size}
        self.input_form.set_step(_INPUT.step(**values))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Models"))
        self.zoo.setAccessibleName(self.tr("Models to choose from"))
        self.zoo.setToolTip(self.tr("Networks to build, with random weights"))
        for index, operation in enumerate(MODELS.values()):
            self.zoo.item(index).setToolTip(f"{operation.qualname}\n{catalog_text(operation.help)}")
        self._input_name.setText(self.tr("Outputs and input"))
        self._open.set_texts(
            self.tr("Open file…"),
            self.tr("Open a checkpoint or a state_dict (torch.load, weights_only=True)"),
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.form, self._input_name, self.input_form):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._open)
        self.zoo.setMaximumHeight(len(MODELS) * _ROW_HEIGHT + 4)
        self.body.addWidget(self.zoo, 3)
        self.body.addWidget(area, 2)

    def _input_values(self) -> dict[str, Any]:
        return dict((self.input_form.step or _INPUT.step()).values)

    def _class_names(self, count: int) -> tuple[str, ...]:
        dataset = self._session.dataset
        if dataset is not None and len(dataset.classes) == count:
            return tuple(dataset.classes)
        return tuple(numbered(count))

    @Slot(str)
    def _choose(self, name: str) -> None:
        if name:
            self.show_step(MODELS.step(name))
            self.model_chosen.emit()

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        self.model_chosen.emit()

    @Slot(object)
    def _change_input(self, step: Step) -> None:
        self._is_count_chosen = True
        self.model_chosen.emit()

    @Slot(object)
    def _on_dataset(self, dataset: object) -> None:
        """A model made for the open data set has as many outputs as that has classes."""
        current = self._session.dataset
        if current is not None and current.classes and not self._is_count_chosen:
            values = {**self._input_values(), "classes": len(current.classes)}
            self.input_form.set_step(_INPUT.step(**values))

    @Slot()
    def _choose_file(self) -> None:
        kinds = self.tr("Model files ({patterns})").format(patterns="*.pt *.pth")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a model file"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
