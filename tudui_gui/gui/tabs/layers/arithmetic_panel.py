"""Arithmetic: a small matrix through a layer, each output number spelled out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.edits import StateEdit
from tudui_gui.gui.translations import catalog_text, describe
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.matrix_view import MatrixView
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.workers import Jobs, Progress
from tudui_gui.layers.windows import (
    SMALL_LAYERS,
    TUTORIAL_INPUT,
    TUTORIAL_KERNEL,
    Matrix,
    Worked,
    along,
    kernel_shape,
    work,
)
from tudui_gui.scripts.arithmetic_script import arithmetic_script

_PLAY_MS = 900
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class ArithmeticState:
    """What is worked: the layer, the input and the kernel."""

    step: Step
    given: Rows
    kernel: Rows


def tutorial_state() -> ArithmeticState:
    """The tutorial's convolution."""
    return ArithmeticState(SMALL_LAYERS.step("Conv2d"), TUTORIAL_INPUT, TUTORIAL_KERNEL)


class ArithmeticPanel(QWidget):
    """The Arithmetic mode. Main thread only.

    Signals
    -------
    code_changed()
        :meth:`code` would return something else.
    """

    code_changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._state = tutorial_state()
        self._worked: Worked | None = None
        self._problem: Failure | None = None
        self._cell = (0, 0)
        self._timer = QTimer(self, interval=_PLAY_MS)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._apply(self._state)
        self.retranslate_ui()

    @property
    def worked(self) -> Worked | None:
        """What is shown."""
        return self._worked

    def code(self) -> str:
        """The script that gives the output matrix."""
        return arithmetic_script(self._state.step, _matrix(self._state.given), _matrix(self._state.kernel))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._card.set_title(self.tr("Arithmetic"))
        self.operation.setAccessibleName(self.tr("Operation"))
        self.operation.setToolTip(self.tr("The layer the matrix goes through (torch.nn)"))
        for index, operation in enumerate(SMALL_LAYERS.values()):
            tip = catalog_text(operation.help)
            self.operation.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self._previous.set_texts(self.tr("Previous output cell"))
        self._next.set_texts(self.tr("Next output cell"))
        self._reset.set_texts(
            self.tr("Tutorial's numbers"), self.tr("Put the tutorial's input, kernel and parameters back")
        )
        self._names["parameters"].setText(self.tr("parameters"))
        edit = self.tr("Type a number to change a cell; arrow keys move")
        self.input.setAccessibleName(self.tr("Input matrix"))
        self.input.setToolTip(edit)
        self.kernel.setAccessibleName(self.tr("Kernel"))
        self.kernel.setToolTip(edit)
        self.output.setAccessibleName(self.tr("Output matrix"))
        self.output.setToolTip(self.tr("Hover a cell or move by arrow keys: its window and its sum"))
        self._show_playing()
        self._show_sizes()
        self._show_problem()

    def _make_widgets(self) -> None:
        self._card = Card("", "arithmetic_card")
        self.operation = named(QComboBox(), "arithmetic_operation")
        self.operation.addItems(list(SMALL_LAYERS))
        self._previous = IconButton("skip-previous", "arithmetic_previous")
        self._play = IconButton("play", "arithmetic_play", "accent")
        self._next = IconButton("skip-next", "arithmetic_next")
        self._reset = Button("arithmetic_reset", "restore", "link")
        self.input = MatrixView("arithmetic_input", "reference", editable=True)
        self.kernel = MatrixView("arithmetic_kernel", "series4", editable=True)
        self.output = MatrixView("arithmetic_output", "good")
        self.form = ParameterForm("arithmetic")
        self._names = {name: Label(role="muted") for name in ("input", "kernel", "output", "parameters")}
        self._sum = Label(role="mono", object_name="arithmetic_sum")
        self._formula = Label(role="mono", object_name="arithmetic_formula")
        self._problem_label = Label(role="error", object_name="arithmetic_problem")
        for label in (self._sum, self._formula, self._problem_label):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        for control in (self._reset, self.operation, self._previous, self._play, self._next):
            self._card.add_to_header(control)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(theme.SPACE)
        self.form.setFixedWidth(220)
        columns = {"input": self.input, "kernel": self.kernel, "output": self.output, "parameters": self.form}
        for column, (name, widget) in enumerate(columns.items()):
            grid.addWidget(self._names[name], 0, column)
            grid.addWidget(widget, 1, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(columns), 1)
        for label in (self._problem_label, self._sum, self._formula):
            self._card.body.addWidget(label)
        self._card.body.insertLayout(0, grid)
        self._card.body.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._card)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(area)

    def _connect(self) -> None:
        self.operation.currentTextChanged.connect(self._choose_operation)
        self.form.step_changed.connect(self._change_step)
        self.input.values_edited.connect(self._change_input)
        self.kernel.values_edited.connect(self._change_kernel)
        self.output.cell_chosen.connect(self._choose_cell)
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._play.clicked.connect(self._toggle_play)
        self._reset.clicked.connect(self._put_back)
        self._timer.timeout.connect(self._go_on)

    @Slot(str)
    def _choose_operation(self, name: str) -> None:
        shared = {p.name: p for p in SMALL_LAYERS.find(name).parameters}
        kept = {key: value for key, value in self._state.step.values.items() if key in shared}
        self._edit(_fitted(replace(self._state, step=SMALL_LAYERS.step(name, **kept))))

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        before = self._state.step.values
        changed = next((name for name, value in step.values.items() if before[name] != value), "")
        self._edit(_fitted(replace(self._state, step=step)), f"arithmetic.{changed}")

    @Slot(object)
    def _change_input(self, values: Matrix) -> None:
        self._edit(replace(self._state, given=_rows(values)))

    @Slot(object)
    def _change_kernel(self, values: Matrix) -> None:
        self._edit(replace(self._state, kernel=_rows(values)))

    @Slot()
    def _put_back(self) -> None:
        self._edit(tutorial_state())

    def _edit(self, state: ArithmeticState, merge_key: str = "") -> None:
        if state != self._state:
            text = self.tr("change of the arithmetic")
            self._session.push_edit(StateEdit(text, self._apply, self._state, state, merge_key))

    def _apply(self, state: ArithmeticState) -> None:
        self._state = state
        with QSignalBlocker(self.operation):
            self.operation.setCurrentText(state.step.name)
        if state.step != self.form.step:
            self.form.set_step(state.step)
        self.input.set_values(_matrix(state.given))
        self.kernel.set_values(_matrix(state.kernel))
        is_conv = state.step.name == "Conv2d"
        has_form = bool(state.step.operation.parameters)
        self.kernel.setVisible(is_conv)
        self._names["kernel"].setVisible(is_conv)
        self.form.setVisible(has_form)
        self._names["parameters"].setVisible(has_form)
        request = partial(_work, state)
        self._jobs.submit(request, done=self._show, failed=self._fail, key="layers.arithmetic")
        self.code_changed.emit()

    @Slot(object)
    def _show(self, worked: Worked) -> None:
        self._worked = worked
        self._problem = None
        self.output.set_values(worked.output)
        self._set_margin(worked.step)
        self._cell = self.output.current
        self._show_sizes()
        self._show_cell()
        self._show_problem()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._worked = None
        self._problem = failure
        self._timer.stop()
        self.output.set_values(np.zeros((0, 0)))
        self.input.set_lit(())
        self.kernel.set_lit(())
        self._show_playing()
        self._show_sizes()
        self._show_cell()
        self._show_problem()

    def _set_margin(self, step: Step) -> None:
        padding = step.values.get("padding", 0)
        rows, columns = along(padding, 0), along(padding, 1)
        self.input.set_margin(rows, rows, columns, columns, "-∞" if step.name == "MaxPool2d" else "0")

    @Slot(int, int)
    def _choose_cell(self, row: int, column: int) -> None:
        self._cell = (row, column)
        self._show_cell()

    def _show_cell(self) -> None:
        if self._worked is None:
            self._sum.setText("")
            return
        spelled = self._worked.spelled(*self._cell)
        self._sum.setText(spelled.text)
        self._sum.setAccessibleName(spelled.text)
        self.input.set_lit(spelled.cells)

    def _show_sizes(self) -> None:
        worked = self._worked
        texts = {
            "input": (self.tr("input {rows} × {columns}"), _matrix(self._state.given).shape),
            "kernel": (self.tr("kernel {rows} × {columns}"), _matrix(self._state.kernel).shape),
            "output": (self.tr("output {rows} × {columns}"), worked.output.shape if worked else (0, 0)),
        }
        for name, (text, (rows, columns)) in texts.items():
            self._names[name].setText(text.format(rows=rows, columns=columns))
        for widget in (self.output, self._names["output"]):
            widget.setVisible(worked is not None)
        lines = []
        if worked is not None and worked.sizes is not None:
            lines = [f"{name}_out = {size.formula}" for name, size in zip("HW", worked.sizes, strict=True)]
        self._formula.setText("\n".join(lines))
        self._formula.setVisible(bool(lines))

    def _show_problem(self) -> None:
        self._problem_label.setText("" if self._problem is None else describe(self._problem))
        self._problem_label.setVisible(self._problem is not None)

    @Slot()
    def _go_back(self) -> None:
        self._move(-1)

    @Slot()
    def _go_on(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        if self._worked is None:
            return
        columns = self._worked.output.shape[1]
        place = (self._cell[0] * columns + self._cell[1] + by) % self._worked.output.size
        self._cell = divmod(place, columns)
        self.output.set_current(*self._cell)
        self._show_cell()

    @Slot()
    def _toggle_play(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
        elif self._worked is not None:
            self._timer.start()
        self._show_playing()

    def _show_playing(self) -> None:
        playing = self._timer.isActive()
        self._play.set_icon("pause" if playing else "play")
        self._play.set_texts(self.tr("Pause") if playing else self.tr("Walk over all output cells"))

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        self._show_playing()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _work(state: ArithmeticState, token: CancelToken, progress: Progress) -> Worked:
    return work(state.step, _matrix(state.given), _matrix(state.kernel))


def _fitted(state: ArithmeticState) -> ArithmeticState:
    """``state`` with a kernel of the size that its layer says; new places are 0."""
    if "kernel_size" not in state.step.values:
        return state
    before = _matrix(state.kernel)
    rows, columns = kernel_shape(state.step)
    kernel = np.zeros((rows, columns), np.float32)
    common = before[:rows, :columns]
    kernel[: common.shape[0], : common.shape[1]] = common
    return replace(state, kernel=_rows(kernel))


def _matrix(rows: Rows) -> Matrix:
    return np.array(rows, np.float32)


def _rows(matrix: Matrix) -> Rows:
    return tuple(tuple(float(value) for value in row) for row in matrix)
