"""The Arithmetic mode: every operation of the catalogs in the window, compared with torch called directly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from tests.unit.layers.test_bench import called_directly
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.arithmetic_panel import ArithmeticPanel
from tudui_gui.gui.widgets.matrix_view import MatrixView
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.bench import BENCH, work
from tudui_gui.layers.bench_presets import BENCH_PRESETS
from tudui_gui.layers.bench_state import array_of, first_state, fitted, nested, with_given_shape
from tudui_gui.layers.gradients import gradients

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[ArithmeticPanel]:
    made = ArithmeticPanel(session, jobs)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    assert jobs.wait_idle()
    yield made
    assert jobs.wait_idle()
    session.undo_stack.clear()


def text(panel: ArithmeticPanel, name: str) -> str:
    label = panel.findChild(QLabel, f"arithmetic_{name}")
    assert label is not None
    return label.text() if not label.isHidden() else ""


def choose(panel: ArithmeticPanel, jobs: Jobs, name: str) -> None:
    panel.bar.operation.setCurrentIndex(panel.bar.operation.findText(name))
    assert jobs.wait_idle()


def test_every_operation_shows_torchs_numbers_and_spells_them_out(panel: ArithmeticPanel, jobs: Jobs) -> None:
    shown = 0
    for name, operation in BENCH.items():
        panel._edit(first_state(operation))
        assert jobs.wait_idle()
        assert panel.bar.operation.currentText() == name and text(panel, "problem") == ""
        if "kind:tensor" not in operation.tags and name != "KLDivLoss":  # torch warns of its default
            expected = called_directly(panel.state).detach()
            assert np.array_equal(panel.output.values.reshape(expected.shape), expected.numpy()), name
        last = tuple(size - 1 for size in panel.output.values.shape)
        panel.output.set_place(last)
        panel._show_cell()
        value = float(panel.output.values[last])
        assert text(panel, "sum").endswith(f"= {value + 0.0:.4g}"), name
        assert set(panel.input.matrix.lit) <= {cell[2:] for cell in work(panel.state).spelled(last).cells}
        shown += 1
    assert shown == len(BENCH) > 50


def test_every_example_can_be_chosen(panel: ArithmeticPanel, jobs: Jobs) -> None:
    combo = panel.findChild(QComboBox, "arithmetic_presets")
    for row, preset in enumerate(BENCH_PRESETS, 1):
        combo.setCurrentIndex(row)
        combo.activated.emit(row)
        assert jobs.wait_idle()
        assert panel.state == preset.state and combo.currentIndex() == 0
        assert np.array_equal(panel.output.values, work(preset.state).output)


def test_hovering_lights_the_window_and_the_kernel(qtbot: QtBot, panel: ArithmeticPanel) -> None:
    view = panel.output.matrix
    qtbot.mouseMove(view, view.cell_rect(1, 2).center().toPoint())
    assert text(panel, "sum") == "2·1 + 3·2 + 1·1 + 1·0 + 0·1 + 0·0 + 3·2 + 1·1 + 1·0 = 16"
    assert panel.input.matrix.lit == {(row, column) for row in (1, 2, 3) for column in (2, 3, 4)}
    assert panel.kernel.matrix.lit == {(row, column) for row in range(3) for column in range(3)}
    assert text(panel, "formula").startswith("H_out = floor((5 + 2*0 - 1*(3 - 1) - 1) / 1) + 1 = 3")


def test_several_channels_and_images(qtbot: QtBot, panel: ArithmeticPanel, jobs: Jobs) -> None:
    for name, value in (("images", 2), ("channels", 3), ("rows", 6), ("columns", 4)):
        panel.findChild(QSpinBox, f"arithmetic_{name}").setValue(value)
        assert jobs.wait_idle()
    assert array_of(panel.state.given).shape == (2, 3, 6, 4)
    assert panel.state.step.values["in_channels"] == 3
    panel.form.set_value("out_channels", 2)
    assert jobs.wait_idle()
    state = fitted(replace(panel.state, step=panel.state.step.with_values(out_channels=2)))
    panel._edit(replace(state, bias=(0.5, -2.0)))
    assert jobs.wait_idle()
    spins = [panel.findChild(QSpinBox, f"arithmetic_output_plane_{axis}") for axis in (0, 1)]
    assert all(spin.isVisible() for spin in spins)
    spins[0].setValue(1)
    spins[1].setValue(1)
    assert panel.output.plane == (1, 1) and panel.input.plane[0] == 1 and panel.kernel.plane[0] == 1
    lines = text(panel, "lines").splitlines()
    parts = [float(line.rsplit("= ", 1)[1]) for line in lines]
    total = float(panel.output.values[1, 1, 0, 0])
    assert len(lines) == 3 and sum(parts) - 2.0 == pytest.approx(total, abs=1e-3)
    assert "bias (-2)" in text(panel, "sum")


def test_letters_and_empty_cells_are_told_where_they_are(qtbot: QtBot, panel: ArithmeticPanel) -> None:
    view = panel.kernel.matrix
    for typed in ("abc", "", "1e999", "nan"):
        place = view.cell_rect(2, 1).center().toPoint()
        qtbot.mouseClick(view, LEFT, pos=place)
        qtbot.mouseDClick(view, LEFT, pos=place)
        editor = view.findChild(QLineEdit, "arithmetic_kernel_editor")
        editor.setText(typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert f"“{typed}”" in text(panel, "refused") and "row 2, column 1" in text(panel, "refused")
        assert panel.state == BENCH_PRESETS[0].state
        editor.setParent(None)


def test_a_typed_kernel_changes_the_output_and_can_be_undone(
    qtbot: QtBot, panel: ArithmeticPanel, jobs: Jobs, session: Session
) -> None:
    view = panel.kernel.matrix
    qtbot.mouseClick(view, LEFT, pos=view.cell_rect(0, 0).center().toPoint())
    qtbot.keyClicks(view, "-")
    editor = view.findChild(QLineEdit, "arithmetic_kernel_editor")
    qtbot.keyClicks(editor, "2.5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    assert array_of(panel.state.kernel)[0, 0, 0, 0] == -2.5
    expected = called_directly(panel.state).detach().numpy()
    assert np.array_equal(panel.output.values, expected)
    session.undo_stack.undo()
    assert jobs.wait_idle()
    assert panel.output.values[0, 0].tolist() == [[10, 12, 12], [18, 16, 16], [13, 9, 3]]


def test_gradients_on_demand(qtbot: QtBot, panel: ArithmeticPanel, jobs: Jobs) -> None:
    shown = panel.findChild(MatrixView, "arithmetic_input_gradient")
    assert not shown.isVisible()
    qtbot.mouseClick(panel.findChild(QPushButton, "arithmetic_gradients"), LEFT)
    assert jobs.wait_idle()
    found = gradients(panel.state)
    assert shown.isVisible() and np.array_equal(shown.values, found.given[0, 0])
    assert np.array_equal(
        panel.findChild(MatrixView, "arithmetic_kernel_gradient").values, found.kernel[0, 0]
    )
    assert text(panel, "derived").endswith(f"{found.result:.6g}")
    choose(panel, jobs, "CrossEntropyLoss")
    given = torch.tensor([[0.1, 0.2, 0.3]], requires_grad=True)
    torch.nn.functional.cross_entropy(given, torch.tensor([1])).backward()
    assert shown.values == pytest.approx(given.grad.numpy(), abs=1e-7)
    choose(panel, jobs, "view")
    assert not shown.isVisible() and text(panel, "problem") == ""


@pytest.mark.parametrize(
    ("name", "changes", "parameter"),
    [("Conv2d", {"kernel_size": 7}, "kernel_size"), ("GroupNorm", {"num_groups": 3}, "num_groups")],
)
def test_what_is_impossible_is_said_at_its_parameter(
    panel: ArithmeticPanel, jobs: Jobs, name: str, changes: dict[str, int], parameter: str
) -> None:
    choose(panel, jobs, name)
    state = panel.state
    panel._edit(fitted(replace(state, step=state.step.with_values(**changes))))
    assert jobs.wait_idle()
    assert text(panel, "problem") and not panel.output.isVisible() and text(panel, "sum") == ""
    invalid = {key for key, field in panel.form.fields.items() if field.editor.property("invalid")}
    assert invalid == {parameter}
    panel._edit(state)
    assert jobs.wait_idle()
    assert text(panel, "problem") == "" and panel.output.isVisible()


def test_whole_numbers_are_refused_in_torchs_words(panel: ArithmeticPanel, jobs: Jobs) -> None:
    choose(panel, jobs, "Softmax")
    panel.findChild(QCheckBox, "arithmetic_integer").setChecked(True)
    assert jobs.wait_idle()
    with pytest.raises(RuntimeError) as said:
        torch.nn.Softmax(dim=-1)(torch.ones(1, 1, 5, 5, dtype=torch.long))
    assert str(said.value) in text(panel, "problem") and "float32" in text(panel, "problem")


def test_pooling_shows_which_cell_won_and_the_window_over_the_border(
    panel: ArithmeticPanel, jobs: Jobs
) -> None:
    choose(panel, jobs, "MaxPool2d")
    state = panel.state
    panel._edit(replace(state, step=state.step.with_values(ceil_mode=True)))
    assert jobs.wait_idle()
    panel.output.set_place((0, 0, 1, 1))
    panel._show_cell()
    assert text(panel, "sum") == "max(1, 0, 0, 1, 1) = 1" or text(panel, "sum") == "max(1, 1, 1, 1) = 1"
    assert panel.input.matrix._winner is not None and "ceil_mode" in text(panel, "lines")
    assert panel.output.values[0, 0].tolist() == [[2, 3], [5, 1]]


def test_the_memory_of_a_transposed_tensor(panel: ArithmeticPanel, jobs: Jobs) -> None:
    choose(panel, jobs, "transpose")
    assert "stride (1, 5)" in text(panel, "shape") and "0 5 10 15 20 1" in text(panel, "shape")
    panel._edit(replace(panel.state, step=BENCH.step("view", given="x.transpose(-2, -1)")))
    assert jobs.wait_idle()
    assert "reshape" in text(panel, "problem") and "contiguous()" in text(panel, "problem")
    choose(panel, jobs, "reshape")
    assert "copied" in text(panel, "shape")


def test_the_walk_goes_over_all_planes(qtbot: QtBot, panel: ArithmeticPanel, jobs: Jobs) -> None:
    panel._edit(with_given_shape(first_state(BENCH.find("ReLU")), (1, 2, 1, 2)))
    assert jobs.wait_idle()
    places = []
    for _ in range(5):
        places.append(panel.output.place)
        panel.bar.step_requested.emit(1)
    assert places == [(0, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0), (0, 1, 0, 1), (0, 0, 0, 0)]
    speed = panel.findChild(QComboBox, "arithmetic_speed")
    speed.setCurrentIndex(speed.count() - 1)
    panel.output.set_place((0, 0, 0, 0))
    play = panel.findChild(type(panel.bar._play), "arithmetic_play")
    qtbot.mouseClick(play, LEFT)
    qtbot.waitUntil(lambda: panel.output.place == (0, 1, 0, 0))
    qtbot.mouseClick(play, LEFT)
    assert not panel.bar._timer.isActive()


def test_carrying_numbers_from_one_operation_to_the_next(panel: ArithmeticPanel, jobs: Jobs) -> None:
    changed = replace(panel.state, given=nested(np.arange(25).reshape(5, 5)))
    choose(panel, jobs, "MaxPool2d")
    panel._edit(replace(panel.state, given=changed.given))
    choose(panel, jobs, "AvgPool2d")
    assert panel.state.given == changed.given
    choose(panel, jobs, "L1Loss")
    assert panel.state == first_state(BENCH.find("L1Loss"))
    view = panel.target.matrix
    assert view.isVisible() and not panel.kernel.isVisible() and view.mapTo(panel, QPoint(0, 0)).x() > 0
