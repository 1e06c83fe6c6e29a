"""Arithmetic: small tensors through any operation, each output number spelled out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.arithmetic_bar import ArithmeticBar
from tudui_gui.gui.tabs.layers.arithmetic_input import ArithmeticInput
from tudui_gui.gui.tabs.layers.arithmetic_story import ArithmeticStory
from tudui_gui.gui.tabs.layers.edits import StateEdit
from tudui_gui.gui.tabs.layers.tensor_box import Planes, TensorBox
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.workers import Jobs, Progress
from tudui_gui.layers.bench import BENCH, Worked, work
from tudui_gui.layers.bench_presets import BENCH_PRESETS
from tudui_gui.layers.bench_state import (
    BenchState,
    array_of,
    carried_over,
    first_state,
    fitted,
    nested,
    with_given_shape,
)
from tudui_gui.layers.gradients import Gradients, gradients
from tudui_gui.layers.spelling import Place
from tudui_gui.scripts.arithmetic_script import arithmetic_script

_FORM_WIDTH = 232
_NOTHING: Planes = np.zeros((1, 1, 0, 0), np.float32)


@dataclass(frozen=True, eq=False)
class Answer:
    """The result, and its gradients if they were wanted and there are any."""

    worked: Worked
    gradients: Gradients | None


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
        self._state = BENCH_PRESETS[0].state
        self._worked: Worked | None = None
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._apply(self._state)
        self.retranslate_ui()

    @property
    def worked(self) -> Worked | None:
        """What is shown."""
        return self._worked

    @property
    def state(self) -> BenchState:
        """What is worked."""
        return self._state

    def code(self) -> str:
        """The script that gives the output."""
        return arithmetic_script(self._state)

    def _make_widgets(self) -> None:
        self._card = Card("", "arithmetic_card")
        self.bar = ArithmeticBar()
        self._input_row = ArithmeticInput()
        self.input = TensorBox("arithmetic_input", "reference", editable=True)
        self.kernel = TensorBox("arithmetic_kernel", "series4", editable=True)
        self.bias = TensorBox("arithmetic_bias", "series4", editable=True)
        self.target = TensorBox("arithmetic_target", "series4", editable=True)
        self.output = TensorBox("arithmetic_output", "good")
        self._derived = {
            name: TensorBox(f"arithmetic_{name}_gradient", "series3") for name in ("input", "kernel", "bias")
        }
        self.form = ParameterForm("arithmetic")
        self._form_name = Label(role="muted")
        self.story = ArithmeticStory()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(theme.SPACE)
        top = Qt.AlignmentFlag.AlignTop
        weights = QVBoxLayout()
        for box in (self.kernel, self.bias, self.target):
            weights.addWidget(box)
        weights.addStretch(1)
        parameters = QVBoxLayout()
        parameters.addWidget(self._form_name)
        parameters.addWidget(self.form)
        parameters.addStretch(1)
        self.form.setFixedWidth(_FORM_WIDTH)
        grid.addWidget(self.input, 0, 0, top)
        grid.addLayout(weights, 0, 1)
        grid.addWidget(self.output, 0, 2, top)
        grid.addWidget(self._derived["input"], 1, 0, top)
        derived = QVBoxLayout()
        for name in ("kernel", "bias"):
            derived.addWidget(self._derived[name])
        grid.addLayout(derived, 1, 1)
        grid.setColumnStretch(3, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE)
        left.addLayout(grid)
        left.addWidget(self.story)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left, 1)
        row.addLayout(parameters)
        self._card.body.addWidget(self.bar)
        self._card.body.addWidget(self._input_row)
        self._card.body.addLayout(row, 1)
        area = QScrollArea()
        area.setWidget(self._card)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _connect(self) -> None:
        self.bar.operation_chosen.connect(self._choose_operation)
        self.bar.preset_chosen.connect(self._edit)
        self.bar.reset_requested.connect(self._put_back)
        self.bar.step_requested.connect(self._move)
        self.bar.gradients_toggled.connect(self._request)
        self._input_row.shape_requested.connect(self._change_shape)
        self._input_row.integer_requested.connect(self._change_type)
        self._input_row.seed_requested.connect(self._change_seed)
        self.form.step_changed.connect(self._change_step)
        self.input.values_edited.connect(self._change_input)
        self.kernel.values_edited.connect(self._change_kernel)
        self.bias.values_edited.connect(self._change_bias)
        self.target.values_edited.connect(self._change_target)
        self.output.place_chosen.connect(self._show_cell)
        self.output.plane_chosen.connect(self._show_cell)
        for box in (self.input, self.kernel, self.bias, self.target):
            box.text_refused.connect(self.story.show_refused)
        self.input.plane_chosen.connect(self._show_border)

    # -- edits ---------------------------------------------------------------------------------------------

    @Slot(str)
    def _choose_operation(self, name: str) -> None:
        if not name or name == self._state.name:
            return
        self._edit(carried_over(self._state, BENCH.find(name)))

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        before = self._state.step.values
        changed = next((name for name, value in step.values.items() if before[name] != value), "")
        self._edit(fitted(replace(self._state, step=step)), f"arithmetic.{changed}")

    @Slot(object)
    def _change_shape(self, shape: tuple[int, int, int, int]) -> None:
        self._edit(with_given_shape(self._state, shape), "arithmetic.shape")

    @Slot(bool)
    def _change_type(self, is_integer: bool) -> None:
        self._edit(replace(self._state, is_integer=is_integer))

    @Slot(int)
    def _change_seed(self, seed: int) -> None:
        self._edit(replace(self._state, seed=seed), "arithmetic.seed")

    @Slot(object)
    def _change_input(self, values: Planes) -> None:
        self._edit(replace(self._state, given=nested(values)))

    @Slot(object)
    def _change_kernel(self, values: Planes) -> None:
        self._edit(replace(self._state, kernel=nested(values)))

    @Slot(object)
    def _change_bias(self, values: Planes) -> None:
        self._edit(replace(self._state, bias=tuple(map(float, values.reshape(-1)))))

    @Slot(object)
    def _change_target(self, values: Planes) -> None:
        self._edit(fitted(replace(self._state, target=nested(values))))

    @Slot()
    def _put_back(self) -> None:
        self._edit(first_state(self._state.step.operation))

    @Slot(object)
    def _edit(self, state: BenchState, merge_key: str = "") -> None:
        if state != self._state:
            text = self.tr("change of the arithmetic")
            self._session.push_edit(StateEdit(text, self._apply, self._state, state, merge_key))
        else:  # what was typed comes to the same: show it as it is
            self._show_state()

    def _apply(self, state: BenchState) -> None:
        self._state = state
        self._show_state()
        self._request()
        self.code_changed.emit()

    def _show_state(self) -> None:
        state = self._state
        self.bar.show_operation(state.name)
        self._input_row.show_state(state)
        if state.step != self.form.step:
            self.form.set_step(state.step)
        has_form = bool(state.step.operation.parameters)
        self.form.setVisible(has_form)
        self._form_name.setVisible(has_form)
        self.input.set_values(array_of(state.given))
        bias = None if state.bias is None else nested([state.bias])
        for box, values in ((self.kernel, state.kernel), (self.bias, bias), (self.target, state.target)):
            box.setVisible(values is not None)
            box.set_values(_NOTHING if values is None else array_of(values))
        self._show_titles()

    # -- results -------------------------------------------------------------------------------------------

    @Slot()
    def _request(self) -> None:
        request = partial(_work, self._state, self.bar.shows_gradients)
        self._jobs.submit(request, done=self._show, failed=self._fail, key="layers.arithmetic")

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        self._worked = answer.worked
        self.output.set_values(answer.worked.output)
        self._show_gradients(answer.gradients)
        self.story.show_worked(answer.worked, answer.gradients)
        self.story.show_problem(None)
        self._mark_parameter("")
        self._show_titles()
        self._show_border()
        self._show_cell()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._worked = None
        self.bar.stop()
        self.output.set_values(_NOTHING)
        self._show_gradients(None)
        for box in (self.input, self.kernel):
            box.set_lit(())
        self.story.show_worked(None, None)
        self.story.show_problem(failure)
        self.story.show_cell(None)
        self._mark_parameter(str(failure.fields.get("parameter", "")))
        self._show_titles()

    def _mark_parameter(self, name: str) -> None:
        """Show at the parameter's own field that it is the one."""
        for parameter, field in self.form.fields.items():
            field.set_invalid(parameter == name)

    def _show_gradients(self, found: Gradients | None) -> None:
        values = {
            "input": None if found is None else found.given,
            "kernel": None if found is None else found.kernel,
            "bias": None if found is None or found.bias is None else found.bias.reshape(1, 1, 1, -1),
        }
        for name, numbers in values.items():
            self._derived[name].setVisible(numbers is not None)
            self._derived[name].set_values(_NOTHING if numbers is None else numbers)

    @Slot()
    def _show_border(self) -> None:
        worked = self._worked
        if worked is None:
            return
        rows, columns = worked.border
        padded = worked.padded(*self.input.plane) if rows or columns else None
        self.input.matrix.set_margin(rows, columns, padded)

    @Slot()
    def _show_cell(self) -> None:
        worked, place = self._worked, self.output.place
        if worked is None or not _is_inside(place, worked.output.shape):
            self.story.show_cell(None)
            return
        spelled = worked.spelled(place)
        self.story.show_cell(spelled)
        planes = {cell[:2] for cell in spelled.cells}
        if planes and self.input.plane not in planes:
            self.input.show_plane(*min(planes))
            self._show_border()
        self.input.set_lit(spelled.cells, spelled.winner)
        taken = {cell[:2] for cell in spelled.kernel_cells}
        if taken and self.kernel.plane not in taken:
            self.kernel.show_plane(*min(taken))
        self.kernel.set_lit(spelled.kernel_cells)

    @Slot(int)
    def _move(self, by: int) -> None:
        if self._worked is None:
            return
        shape = self._worked.output.shape
        size = int(np.prod(shape))
        at = (int(np.ravel_multi_index(self.output.place, shape)) + by) % size
        image, plane, row, column = map(int, np.unravel_index(at, shape))
        self.output.set_place((image, plane, row, column))
        self._show_cell()

    # -- texts ---------------------------------------------------------------------------------------------

    def _show_titles(self) -> None:
        state, worked = self._state, self._worked
        boxes = {
            self.input: (self.tr("input {rows} × {columns}"), array_of(state.given)),
            self.kernel: (self.tr("kernel {rows} × {columns}"), self.kernel.values),
            self.target: (self.tr("target {rows} × {columns}"), self.target.values),
            self.output: (self.tr("output {rows} × {columns}"), self.output.values),
        }
        for box, (text, values) in boxes.items():
            rows, columns = values.shape[2:]
            box.title.setText(text.format(rows=rows, columns=columns))
        self.bias.title.setText("bias")
        for name, box in self._derived.items():
            box.title.setText(self.tr("gradient of {name}").format(name=name))
        self.output.setVisible(worked is not None)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._card.set_title(self.tr("Arithmetic"))
        self._form_name.setText(self.tr("parameters"))
        edit = self.tr("Type a number to change a cell; arrow keys move")
        names = {
            self.input: self.tr("Input matrix"),
            self.kernel: self.tr("Kernel"),
            self.bias: self.tr("Bias"),
            self.target: self.tr("Target"),
        }
        for box, name in names.items():
            box.matrix.setAccessibleName(name)
            box.matrix.setToolTip(edit)
        self.output.matrix.setAccessibleName(self.tr("Output matrix"))
        self.output.matrix.setToolTip(self.tr("Hover a cell or move by arrow keys: its window and its sum"))
        for name, box in self._derived.items():
            text = self.tr("Gradient of {name}").format(name=name)
            box.matrix.setAccessibleName(text)
            box.matrix.setToolTip(text)
        image, channel = self.tr("Image of the batch"), self.tr("Channel")
        for box in (self.input, self.output, self._derived["input"]):
            box.set_plane_texts(image, channel)
        for box in (self.kernel, self._derived["kernel"]):
            box.set_plane_texts(self.tr("Output channel"), self.tr("Input channel"))
        for box in (self.bias, self.target, self._derived["bias"]):
            box.set_plane_texts(image, channel)
        self._show_titles()
        self._show_cell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _work(state: BenchState, wants_gradients: bool, token: CancelToken, progress: Progress) -> Answer:
    worked = work(state)
    can_derive = not state.is_integer and state.kind != "tensor"
    return Answer(worked, gradients(state) if wants_gradients and can_derive else None)


def _is_inside(place: Place, shape: tuple[int, ...]) -> bool:
    return all(0 <= at < size for at, size in zip(place, shape, strict=True))
