"""Presets of a person: kept, taken, renamed, removed and had back, with the mouse and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.pipeline_bench import Bench, shown_card
from tudui_gui.gui.session import Session
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms import user_presets
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
KEY = Qt.Key
OTHER = Pipeline((step("ToTensor"),))


@pytest.fixture
def bench(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[Bench]:
    with shown_card(qtbot, session, jobs) as made:
        yield made


def open_panel(bench: Bench) -> QListWidget:
    bench.click("preset_menu")
    assert bench.jobs.wait_idle()
    found = bench.find(QListWidget, "preset_list")
    assert found.window().isVisible()
    return found


def press(bench: Bench, name: str) -> None:
    bench.click(name)
    assert bench.jobs.wait_idle()


def save_as(bench: Bench, name: str) -> None:
    line = bench.find(QLineEdit, "preset_name")
    line.selectAll()
    bench.qtbot.keyClicks(line, name)
    bench.qtbot.keyClick(line, KEY.Key_Return)
    assert bench.jobs.wait_idle()


def kept() -> dict[str, Pipeline]:
    return {preset.name: preset.pipeline for preset in user_presets.load().presets}


def test_saving_and_taking(bench: Bench) -> None:
    pipeline = bench.scratch.pipeline
    open_panel(bench)
    save_as(bench, "mine")
    assert kept() == {"mine": pipeline}
    assert "mine" in bench.find(QLabel, "preset_notice").text()
    bench.scratch.edit(OTHER.steps)
    combo = bench.find(QComboBox, "pipeline_presets")
    row = combo.findText("mine")
    combo.setCurrentIndex(row)
    combo.activated.emit(row)
    assert bench.scratch.pipeline == pipeline
    assert bench.session.undo_stack.undoText() == "Take a preset"


def test_a_name_that_is_taken_is_asked_about(bench: Bench) -> None:
    user_presets.save("mine", OTHER)
    open_panel(bench)
    save_as(bench, "mine")
    assert kept() == {"mine": OTHER}
    assert "'mine'" in bench.find(QLabel, "preset_notice").text()
    press(bench, "preset_overwrite")
    assert kept() == {"mine": bench.scratch.pipeline}
    assert not bench.find(QPushButton, "preset_overwrite").isVisible()


def test_what_is_no_name_is_told(bench: Bench) -> None:
    open_panel(bench)
    save_as(bench, "  ")
    assert "no name" in bench.find(QLabel, "preset_notice").text() and kept() == {}
    assert not bench.find(QPushButton, "preset_overwrite").isVisible()


def test_renaming_by_f2(bench: Bench) -> None:
    user_presets.save("mine", OTHER)
    user_presets.save("other", OTHER)
    found = open_panel(bench)
    rename(bench, found, 0, "best")
    assert set(kept()) == {"best", "other"}
    rename(bench, found, 0, "other")
    assert set(kept()) == {"best", "other"}
    assert "'other'" in bench.find(QLabel, "preset_notice").text()
    assert [found.item(row).text() for row in range(2)] == ["best", "other"]


def rename(bench: Bench, found: QListWidget, row: int, name: str) -> None:
    found.setFocus()
    found.setCurrentRow(row)
    bench.qtbot.keyClick(found, KEY.Key_F2)
    editor = found.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    bench.qtbot.keyClicks(editor, name)
    with bench.qtbot.waitSignal(found.itemChanged):
        bench.qtbot.keyClick(editor, KEY.Key_Return)
    assert bench.jobs.wait_idle()


def test_removing_and_having_it_back(bench: Bench) -> None:
    user_presets.save("mine", OTHER)
    found = open_panel(bench)
    found.setFocus()
    bench.qtbot.keyClick(found, KEY.Key_Delete)
    assert bench.jobs.wait_idle()
    assert kept() == {} and bench.find(QLabel, "preset_none").isVisible()
    press(bench, "preset_restore")
    assert kept() == {"mine": OTHER}


def test_enter_takes_the_chosen_one(bench: Bench) -> None:
    user_presets.save("mine", OTHER)
    found = open_panel(bench)
    found.setFocus()
    bench.qtbot.keyClick(found, KEY.Key_Return)
    assert bench.scratch.pipeline == OTHER and not found.window().isVisible()


def test_a_damaged_file_is_named(bench: Bench) -> None:
    user_presets.save("mine", OTHER).path.with_name("bad.toml").write_text("name = 3")
    notices = []
    bench.session.notice.connect(notices.append)
    bench.card._presets.store.reload()
    assert bench.jobs.wait_idle()
    assert "bad.toml" in notices[0].text and notices[0].is_warning
    open_panel(bench)
    assert "bad.toml" in bench.find(QLabel, "preset_problems").text()
    assert len(notices) == 1 and bench.find(QListWidget, "preset_list").count() == 1


def test_a_cancelled_operation_does_not_stop_the_next(bench: Bench) -> None:
    store = bench.card._presets.store
    store.save("first", OTHER)
    assert store._job is not None
    store._job.cancel()
    store.save("second", OTHER)
    assert bench.jobs.wait_idle()
    assert "second" in kept()
    assert store.presets.named("second") is not None
