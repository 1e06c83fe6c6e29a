"""Editing the list of steps: with the mouse, with the keyboard, and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pipeline_bench import Bench, shown_card
from tests.gui.transforms_page import LEFT
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.step_card import StepCard
from tudui_gui.gui.widgets.step_box import StepBox
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.catalog import TRANSFORMS

step = TRANSFORMS.step
KEY, HELD = Qt.Key, Qt.KeyboardModifier
FOUR = ["Resize", "RandomCrop", "ToTensor", "Normalize"]


@pytest.fixture
def bench(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[Bench]:
    with shown_card(qtbot, session, jobs) as made:
        yield made


def test_everything_by_keyboard(bench: Bench) -> None:
    bench.focus("step_0")
    bench.key(KEY.Key_Down)
    assert bench.card.chosen == 1
    bench.key(KEY.Key_Down, HELD.AltModifier)
    assert bench.names == ["Resize", "ToTensor", "RandomCrop", "Normalize"]
    bench.key(KEY.Key_D, HELD.ControlModifier)
    assert bench.names == ["Resize", "ToTensor", "RandomCrop", "RandomCrop", "Normalize"]
    bench.key(KEY.Key_Space)
    assert [each.enabled for each in bench.steps] == [True, True, True, False, True]
    bench.key(KEY.Key_Delete)
    bench.key(KEY.Key_Up, HELD.AltModifier)
    assert bench.names == ["Resize", "ToTensor", "Normalize", "RandomCrop"]
    assert bench.card.chosen == 2


def test_every_edit_can_be_undone_and_done_again(bench: Bench) -> None:
    bench.card.choose(1)
    bench.click("step_1_toggle")
    bench.find(QAction, "step_1_down").trigger()
    bench.find(QAction, "step_0_duplicate").trigger()
    bench.click("step_3_remove")
    after = bench.scratch.pipeline
    assert bench.edits == 4
    for _ in range(4):
        bench.click("pipeline_undo")
    assert bench.names == FOUR and bench.steps[1].enabled
    for _ in range(4):
        bench.click("pipeline_redo")
    assert bench.scratch.pipeline == after
    assert bench.session.undo_stack.undoText() == "Remove RandomCrop"


def test_insert_opens_the_list_of_transforms(bench: Bench) -> None:
    bench.focus("step_1")
    bench.card.choose(1)
    bench.key(KEY.Key_Insert)
    search = bench.find(QLineEdit, "add_step_popup_search")
    bench.qtbot.keyClicks(search, "v2.gaussianno")
    bench.qtbot.keyClick(search, KEY.Key_Return)
    assert bench.names == ["Resize", "RandomCrop", "GaussianNoise", "ToTensor", "Normalize"]
    assert bench.card.chosen == 2 and bench.find(QWidget, "step_2").hasFocus()


def test_dragging_upwards_by_the_handle(bench: Bench) -> None:
    handle, target = bench.find(QWidget, "step_2_handle"), bench.find(QWidget, "step_0")
    goal = handle.mapFromGlobal(target.mapToGlobal(QPoint(5, 2)))
    bench.qtbot.mousePress(handle, LEFT, pos=QPoint(5, 5))
    bench.qtbot.mouseMove(handle, goal)
    assert bench.find(QWidget, "drop_line").isVisible()
    bench.qtbot.mouseRelease(handle, LEFT, pos=goal)
    assert bench.names == ["ToTensor", "Resize", "RandomCrop", "Normalize"]
    assert not bench.find(QWidget, "drop_line").isVisible()


def test_a_box_goes_with_its_step(bench: Bench) -> None:
    boxes = dict(zip(FOUR, bench.card._list.boxes, strict=True))
    bench.type_into("step_3_mean", "0.1, 0.2, oh")
    bench.scratch.move(3, 0)
    moved = bench.card._list.boxes
    assert [box is boxes[name] for box, name in zip(moved, bench.names, strict=True)] == [True] * 4
    assert bench.find(QLineEdit, "step_0_mean").text() == "0.1, 0.2, oh"
    assert bench.card.findChild(QLineEdit, "step_3_mean") is None
    assert bench.find(QLineEdit, "step_0_mean").hasFocus()


def test_a_removed_step_takes_no_other_with_it(bench: Bench) -> None:
    boxes = bench.card._list.boxes
    bench.scratch.remove(1)
    assert bench.card._list.boxes == (boxes[0], *boxes[2:])
    assert [box.objectName() for box in bench.card._list.boxes] == ["step_0", "step_1", "step_2"]
    bench.session.undo_stack.undo()
    assert bench.card._list.boxes == boxes


def test_the_keyboard_goes_from_the_top_to_the_bottom_after_a_move(bench: Bench) -> None:
    bench.scratch.move(3, 0)
    bench.focus("step_0")
    seen = []
    for _ in range(40):
        bench.key(KEY.Key_Tab)
        focused = bench.card.focusWidget()
        if isinstance(focused, StepCard):
            seen.append(focused.objectName())
        if focused is bench.find(QWidget, "step_3"):
            break
    assert seen == ["step_1", "step_2", "step_3"]


def test_all_boxes_keep_their_names_in_step_with_their_places(bench: Bench) -> None:
    bench.show(*(step(name) for name in ("RandomOrder", "ToTensor", "Resize")))
    bench.scratch.move(0, 2)
    for place, box in enumerate(bench.card._list.boxes):
        named = [each.objectName() for each in box.findChildren(QWidget) if each.objectName()]
        own = [name for name in named if not name.startswith("qt_")]
        assert own and all(name.startswith(f"step_{place}_") for name in own)


def test_the_advice_of_the_chosen_step_is_told(bench: Bench) -> None:
    advice = bench.find(QLabel, "step_2_advice")
    bench.card.choose(0)
    assert not advice.isVisible()
    bench.card.choose(2)
    assert advice.isVisible() and "ToImage" in advice.text()


def test_going_into_a_field_chooses_its_step(bench: Bench) -> None:
    bench.card.choose(0)
    bench.qtbot.mouseClick(bench.find(QLineEdit, "step_3_mean"), LEFT)
    assert bench.card.chosen == 3


def test_removing_the_last_steps_leaves_an_empty_list(bench: Bench) -> None:
    bench.focus("step_0")
    for _ in range(4):
        bench.key(KEY.Key_Delete)
    assert bench.steps == () and bench.card.chosen == -1
    assert bench.find(QLabel, "pipeline_empty").isVisible()


def test_many_steps_come_and_go(bench: Bench) -> None:
    many = tuple(operation.step() for operation in TRANSFORMS.values())
    bench.show(*many)
    assert [box.step for box in bench.card._list.boxes] == list(many)
    bench.scratch.edit(tuple(reversed(many)))
    assert [box.step for box in bench.card._list.boxes] == list(reversed(many))
    bench.scratch.edit(many[:1])
    visible = [each for each in bench.card.findChildren(StepBox) if not each.isHidden() and each.isVisible()]
    assert visible[0].step == many[0]
    bench.session.undo_stack.undo()
    assert [box.step for box in bench.card._list.boxes] == list(reversed(many))
