"""Forms of steps: sliders, containers with steps of their own, and every entry of the catalog."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pipeline_bench import Bench, shown_card
from tests.gui.transforms_page import LEFT
from tudui_gui.core.number_parameters import RealOrPair
from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Integer, Real
from tudui_gui.gui.session import Session
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.widgets.step_box import StepBox
from tudui_gui.gui.widgets.value_slider import Scale, ValueSlider, scale_of
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.batch_catalog import BATCH_TRANSFORMS
from tudui_gui.transforms.catalog import TRANSFORMS

step = TRANSFORMS.step
KEY, HELD = Qt.Key, Qt.KeyboardModifier
ENTRIES = [*TRANSFORMS.values(), *BATCH_TRANSFORMS.values()]


@pytest.fixture
def bench(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[Bench]:
    with shown_card(qtbot, session, jobs) as made:
        yield made


@pytest.mark.parametrize("operation", ENTRIES, ids=[each.name for each in ENTRIES])
def test_every_entry_has_a_form_that_keeps_its_values(qtbot: QtBot, operation: Operation) -> None:
    form = ParameterForm("test", operation.step(), with_sliders=True)
    qtbot.addWidget(form)
    sent = []
    form.step_changed.connect(sent.append)
    for name, field in form.fields.items():
        parameter = operation.parameter(name)
        assert parameter.check(field.value()) == operation.step().values[name]
        assert (field.slider is None) == (scale_of(parameter) is None)
        field.edited.emit()
    assert sent == [] and form.is_valid


def test_a_dragged_slider_sends_every_value_and_is_one_undo(bench: Bench) -> None:
    bench.show(step("RandomHorizontalFlip"), step("ToTensor"))
    seen = []
    bench.scratch.pipeline_changed.connect(lambda pipeline: seen.append(pipeline.steps[0].values["p"]))
    bench.drag_slider("step_0_p_slider", 0.6, 0.7, 0.9)
    assert len(seen) == 3 and seen == sorted(seen) and seen[-1] == pytest.approx(0.9, abs=0.02)
    assert all(value == round(value, 2) for value in seen)
    assert float(bench.find(QLineEdit, "step_0_p").text()) == seen[-1]
    assert bench.edits == 1
    bench.drag_slider("step_0_p_slider", 0.3)
    assert bench.edits == 2
    bench.session.undo_stack.undo()
    assert bench.steps[0].values["p"] == seen[2]
    bench.session.undo_stack.undo()
    assert bench.steps[0].values["p"] == 0.5


def test_dragging_there_and_back_is_no_edit(bench: Bench) -> None:
    bench.show(step("RandomHorizontalFlip"))
    slider = bench.find(ValueSlider, "step_0_p_slider")
    bench.drag_slider("step_0_p_slider", 0.9, 0.5)
    assert slider.value() == pytest.approx(50_000, abs=1500)
    if bench.steps[0].values["p"] == 0.5:
        assert bench.edits == 0


def test_typing_in_two_fields_is_two_edits(bench: Bench) -> None:
    bench.show(step("ColorJitter"))
    bench.type_into("step_0_brightness", "0.5")
    bench.type_into("step_0_contrast", "0.25")
    bench.type_into("step_0_contrast", "0.75")
    assert bench.edits == 2
    bench.session.undo_stack.undo()
    values = bench.steps[0].values
    assert (values["brightness"], values["contrast"]) == (0.5, 0.0)


def test_typing_again_after_leaving_the_field_is_another_edit(bench: Bench) -> None:
    bench.show(step("ColorJitter"))
    bench.type_into("step_0_brightness", "0.5")
    bench.focus("step_0")
    bench.type_into("step_0_brightness", "0.9")
    assert bench.edits == 2


def test_slider_by_keyboard(bench: Bench) -> None:
    bench.show(step("Resize", size=8000), step("RandomRotation", degrees=15))
    bench.focus("step_0_size_slider")
    bench.key(KEY.Key_Right)
    assert bench.steps[0].values["size"] == 8001
    bench.key(KEY.Key_PageDown)
    assert bench.steps[0].values["size"] == 7991
    bench.focus("step_1_degrees_slider")
    bench.key(KEY.Key_Right)
    assert bench.steps[1].values["degrees"] == 16
    bench.key(KEY.Key_Home)
    assert bench.steps[1].values["degrees"] == 0


def test_a_pair_of_equal_numbers_stays_a_pair_and_unequal_ones_have_no_slider(bench: Bench) -> None:
    bench.show(step("Resize", size=(512, 512)), step("Resize", size=(512, 256)))
    assert not bench.find(QWidget, "step_1_size_slider").isVisible()
    bench.focus("step_0_size_slider")
    bench.key(KEY.Key_Left)
    assert bench.steps[0].values["size"] == (511, 511)
    bench.type_into("step_1_size", "300")
    assert bench.find(QWidget, "step_1_size_slider").isVisible()


def test_a_number_in_brackets_stays_a_list_of_one(bench: Bench) -> None:
    bench.show(step("Pad", fill=(7,)))
    assert bench.find(QLineEdit, "step_0_fill").text() == "[7]"
    bench.type_into("step_0_padding", "3")
    assert bench.steps[0].values["fill"] == (7,)


@pytest.mark.parametrize(
    ("parameter", "scale"),
    [
        (Real(name="x", default=0.0, minimum=0.0, maximum=1.0), Scale(0.0, 1.0, False)),
        (Integer(name="x", default=0, minimum=1, maximum=9), Scale(1, 9, True)),
        (RealOrPair(name="x", default=0.0, minimum=0.0, maximum=2.0), Scale(0.0, 2.0, False)),
        (Real(name="x", default=0.0, minimum=0.0), None),
        (Integer(name="x", default=0, maximum=3), None),
    ],
)
def test_which_numbers_have_a_slider(parameter: Real | Integer | RealOrPair, scale: Scale | None) -> None:
    assert scale_of(parameter) == scale


@pytest.mark.parametrize("scale", [Scale(0, 1, False), Scale(1, 8192, True), Scale(0.0, 2000.0, False)])
def test_every_place_of_a_slider_is_a_value_within_its_ends(scale: Scale) -> None:
    values = [scale.value(tick) for tick in range(0, 100_001, 500)]
    assert values == sorted(values) and (values[0], values[-1]) == (scale.minimum, scale.maximum)
    assert all(
        scale.tick(value) == pytest.approx(scale.tick(scale.value(scale.tick(value)))) for value in values
    )


def test_a_container_shows_its_steps_with_forms_of_their_own(bench: Bench) -> None:
    bench.show(step("RandomApply", transforms=[step("ColorJitter", brightness=0.5), step("GaussianBlur")]))
    assert bench.find(QLabel, "step_0_transforms_0_title").text() == "ColorJitter"
    bench.type_into("step_0_transforms_0_brightness", "0.75")
    inner = bench.steps[0].values["transforms"]
    assert inner == (step("ColorJitter", brightness=0.75), step("GaussianBlur"))
    assert bench.card.chosen == 0 and bench.edits == 1
    bench.type_into("step_0_p", "0.9")
    assert bench.edits == 2
    bench.session.undo_stack.undo()
    bench.session.undo_stack.undo()
    assert bench.find(QLineEdit, "step_0_transforms_0_brightness").text() == "0.5"


def test_steps_of_a_container_are_added_removed_moved_and_switched(bench: Bench) -> None:
    bench.show(step("RandomChoice"))
    bench.click("step_0_transforms_add")
    search = bench.find(QLineEdit, "step_0_transforms_add_popup_search")
    bench.qtbot.keyClicks(search, "invert")
    bench.qtbot.keyClick(search, KEY.Key_Return)
    assert inner_names(bench) == ["RandomHorizontalFlip", "RandomVerticalFlip", "RandomInvert"]
    bench.key(KEY.Key_Up, HELD.AltModifier)
    assert inner_names(bench) == ["RandomHorizontalFlip", "RandomInvert", "RandomVerticalFlip"]
    bench.key(KEY.Key_Space)
    assert [each.enabled for each in bench.steps[0].values["transforms"]] == [True, False, True]
    bench.key(KEY.Key_Delete)
    bench.key(KEY.Key_D, HELD.ControlModifier)
    assert inner_names(bench) == ["RandomHorizontalFlip", "RandomVerticalFlip", "RandomVerticalFlip"]
    assert bench.names == ["RandomChoice"] and bench.edits == 5
    for _ in range(5):
        bench.session.undo_stack.undo()
    assert bench.steps == (step("RandomChoice"),)


def inner_names(bench: Bench) -> list[str]:
    return [each.name for each in bench.steps[0].values["transforms"]]


def test_a_container_within_a_container(bench: Bench) -> None:
    inner = step("RandomApply", transforms=[step("Pad", padding=2)])
    bench.show(step("Compose", transforms=[step("ToTensor"), inner]), step("Resize"))
    bench.type_into("step_0_transforms_1_transforms_0_padding", "5")
    changed = bench.steps[0].values["transforms"][1].values["transforms"][0]
    assert changed == step("Pad", padding=5)
    bench.scratch.move(0, 1)
    assert bench.find(QLineEdit, "step_1_transforms_1_transforms_0_padding").text() == "5"


def test_a_value_that_is_not_allowed_within_a_container_changes_nothing(bench: Bench) -> None:
    bench.show(step("RandomApply", transforms=[step("Pad", padding=2)]))
    bench.type_into("step_0_transforms_0_padding", "-1")
    assert bench.steps[0].values["transforms"] == (step("Pad", padding=2),)
    assert bench.find(QLabel, "step_0_transforms_0_padding_error").isVisible()


def test_clicking_a_step_of_a_container_chooses_the_container(bench: Bench) -> None:
    bench.show(step("Resize"), step("RandomOrder"))
    bench.card.choose(0)
    box = bench.find(StepBox, "step_1_transforms_1")
    bench.qtbot.mouseClick(box, LEFT, pos=box.rect().topLeft() + box.rect().center() * 0.02)
    assert bench.card.chosen == 1


def test_kinds_of_parameters_have_their_controls(bench: Bench) -> None:
    bench.show(step("ToDtype"), step("AutoAugment"), step("AugMix"))
    for place in range(3):
        bench.card.choose(place)
        if bench.find(QWidget, f"step_{place}_more").isVisible():
            bench.click(f"step_{place}_more")
    dtype = bench.find(QComboBox, "step_0_dtype")
    assert [dtype.itemText(row) for row in range(3)] == ["float32", "float64", "float16"]
    dtype.setFocus()
    bench.key(KEY.Key_Down)
    assert bench.steps[0].values["dtype"] == "float64"
    assert isinstance(dtype.view(), QAbstractItemView)
    bench.find(QCheckBox, "step_0_scale").click()
    assert bench.steps[0].values["scale"] is True
    assert bench.find(QLineEdit, "step_1_fill").placeholderText() == "None"
    assert bench.find(QSpinBox, "step_2_severity").value() == 3
