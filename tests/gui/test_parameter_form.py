"""The form made from an operation's parameters, filled in as a person does."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Real, Text
from tudui_gui.gui.widgets.operation_picker import OperationPicker
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.widgets.value_text import (
    format_value,
    parse_integers,
    parse_number,
    parse_numbers,
)

EVERYTHING = Operation(
    "Everything",
    dict,
    "everything",
    (
        Integer(name="count", default=3, minimum=1, maximum=99),
        Integer(name="limit", default=None, minimum=1, optional=True),
        Integer(name="seed", default=0, minimum=0, maximum=2**63 - 1),
        Real(name="lr", default=0.01, minimum=0.0),
        Flag(name="shuffle", default=True),
        Choice(name="mode", default="mean", choices=("mean", "sum")),
        IntegerOrPair(name="size", default=32, minimum=1),
        Numbers(name="mean", default=(0.5, 0.5, 0.5)),
        Text(name="root", default=None, is_folder=True, optional=True),
    ),
)


class Bench:
    def __init__(self, qtbot: QtBot, step: Step) -> None:
        self.qtbot = qtbot
        self.form = ParameterForm("test", step)
        self.steps: list[Step] = []
        self.form.step_changed.connect(self.steps.append)
        qtbot.addWidget(self.form)
        with qtbot.waitExposed(self.form):
            self.form.show()

    def child(self, kind: type, name: str) -> Any:
        found = self.form.findChild(kind, f"test_{name}")
        assert found is not None, name
        return found

    def type(self, name: str, text: str) -> None:
        line = self.child(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClick(line, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(line, text)

    def error(self, name: str) -> QLabel:
        return self.child(QLabel, f"{name}_error")


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot, EVERYTHING.step())


def test_every_parameter_has_its_kind_of_field(bench: Bench) -> None:
    kinds = {
        "count": QSpinBox,
        "limit": QLineEdit,
        "seed": QLineEdit,
        "lr": QLineEdit,
        "shuffle": QCheckBox,
        "mode": QComboBox,
        "size": QLineEdit,
        "mean": QLineEdit,
        "root": QLineEdit,
    }
    for name, kind in kinds.items():
        assert bench.child(kind, name).accessibleName() == name
    assert bench.form.is_valid


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("lr", "1e-4", 1e-4),
        ("lr", "0", 0.0),
        ("limit", "7", 7),
        ("seed", str(2**40), 2**40),
        ("size", "48", 48),
        ("size", "32, 48", (32, 48)),
        ("size", "(32,48)", (32, 48)),
        ("mean", "0.1, 0.2, 0.3", (0.1, 0.2, 0.3)),
        ("mean", "[0.5]", (0.5,)),
        ("mean", "0.1 0.2 0.3", (0.1, 0.2, 0.3)),
    ],
)
def test_typed_text_becomes_a_value(bench: Bench, name: str, text: str, value: Any) -> None:
    bench.type(name, text)
    assert bench.steps[-1].values[name] == value
    assert bench.form.step == bench.steps[-1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lr", "fast"),
        ("lr", "-1"),
        ("lr", "nan"),
        ("lr", ""),
        ("limit", "0"),
        ("size", "1, 2, 3"),
        ("size", "a, b"),
        ("mean", "0.1, 0.2"),
        ("mean", "0.1,, 0.3"),
    ],
)
def test_a_value_that_is_not_allowed_is_marked_and_not_sent(bench: Bench, name: str, text: str) -> None:
    bench.type(name, text)
    sent = len(bench.steps)
    assert not bench.form.is_valid
    assert bench.child(QLineEdit, name).property("invalid")
    assert bench.error(name).isVisible()
    assert name in bench.error(name).text()
    bench.child(QCheckBox, "shuffle").click()
    assert len(bench.steps) == sent


def test_putting_it_right_sends_the_step_and_takes_the_mark_away(bench: Bench) -> None:
    bench.type("lr", "x")
    bench.type("lr", "0.5")
    assert bench.steps[-1].values["lr"] == 0.5
    assert not bench.child(QLineEdit, "lr").property("invalid")
    assert bench.error("lr").isHidden()


def test_an_emptied_folder_is_none(qtbot: QtBot) -> None:
    bench = Bench(qtbot, EVERYTHING.step(root="/data"))
    bench.type("root", "")
    assert bench.steps[-1].values["root"] is None and bench.form.is_valid
    bench.type("root", "data")
    assert bench.steps[-1].values["root"] == "data"


def test_empty_is_none_where_none_is_allowed(bench: Bench) -> None:
    bench.type("limit", "5")
    bench.type("limit", "")
    assert bench.steps[-1].values["limit"] is None


def test_box_list_and_spin_box(bench: Bench, qtbot: QtBot) -> None:
    bench.child(QCheckBox, "shuffle").click()
    qtbot.keyClick(bench.child(QComboBox, "mode"), Qt.Key.Key_Down)
    qtbot.keyClick(bench.child(QSpinBox, "count"), Qt.Key.Key_Up)
    values = bench.steps[-1].values
    assert (values["shuffle"], values["mode"], values["count"]) == (False, "sum", 4)


def test_set_step_shows_without_sending(bench: Bench) -> None:
    changed = EVERYTHING.step(count=9, size=(1, 2), mean=(1.0,), lr=3e-5)
    bench.form.set_step(changed)
    assert bench.steps == []
    assert bench.form.step == changed
    assert bench.child(QLineEdit, "size").text() == "1, 2"
    assert float(bench.child(QLineEdit, "lr").text()) == 3e-5


def test_what_is_typed_is_not_rewritten_by_its_own_echo(bench: Bench) -> None:
    bench.form.step_changed.connect(bench.form.set_step)
    bench.type("lr", "0.050")
    assert bench.child(QLineEdit, "lr").text() == "0.050"
    assert bench.form.step is not None
    assert bench.form.step.values["lr"] == 0.05


def test_the_state_of_a_switched_off_step_is_kept(qtbot: QtBot) -> None:
    bench = Bench(qtbot, Step(EVERYTHING, EVERYTHING.step().values, enabled=False))
    bench.child(QCheckBox, "shuffle").click()
    assert not bench.steps[-1].enabled


def test_another_operation_brings_other_fields(bench: Bench) -> None:
    other = Operation("Other", dict, "other", (Flag(name="inplace", default=False),))
    bench.form.set_step(other.step())
    assert list(bench.form.fields) == ["inplace"]
    bench.form.set_step(None)
    assert bench.form.fields == {}


def scroll(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_changes_only_the_focused_field(bench: Bench) -> None:
    spin = bench.child(QSpinBox, "count")
    bench.child(QLineEdit, "lr").setFocus()
    scroll(spin)
    assert spin.value() == 3
    spin.setFocus()
    scroll(spin)
    assert spin.value() == 4


def test_tooltips_tell_default_and_range(bench: Bench) -> None:
    tip = bench.child(QLineEdit, "lr").toolTip()
    assert "0.01" in tip
    assert "0" in tip.split(":", 1)[1]


@pytest.mark.parametrize("value", [0.1, 1e-7, 1e22, 3.0, -0.0, 123456789.123])
def test_numbers_survive_being_shown(value: float) -> None:
    assert parse_number(format_value(value)) == value


def test_pairs_and_lists_survive_being_shown() -> None:
    assert parse_integers(format_value((3, 5))) == (3, 5)
    assert parse_integers(format_value(7)) == 7
    assert parse_numbers(format_value((0.1, 0.25))) == (0.1, 0.25)


def test_the_picker_finds_by_name_and_by_help(qtbot: QtBot) -> None:
    catalog = Catalog(
        "transform",
        [Operation("Resize", dict, "r", help="Scale"), Operation("Crop", dict, "c", help="Cut out")],
    )
    picker = OperationPicker(catalog, "add_step")
    qtbot.addWidget(picker)
    picked: list[str] = []
    picker.operation_picked.connect(lambda operation: picked.append(operation.name))
    picker.show()
    picker.open_list()
    search = picker.findChild(QLineEdit, "add_step_popup_search")
    assert search is not None
    qtbot.keyClicks(search, "cut")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert picked == ["Crop"]
    picker.open_list()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Up)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert picked == ["Crop", "Resize"]
