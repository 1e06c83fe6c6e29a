"""A pipeline pasted as Python text, and copied as it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.pipeline_bench import Bench, shown_card
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.paste_panel import PastePanel
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.parsing import parse_pipeline
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
KEY, HELD = Qt.Key, Qt.KeyboardModifier
TEXT = "trans = transforms.Compose([transforms.Resize((512, 512)), transforms.ToTensor()])"
STEPS = (step("Resize", size=(512, 512)), step("ToTensor"))
SEVERAL = "d = {\n 'train': T.Compose([T.RandomCrop(9)]),\n 'val': T.Compose([T.CenterCrop(9)]),\n}"
WRONG = "T.Compose([\n    T.Resize(9),\n    T.Sharpen(3),\n    T.Resize(9, mode=1),\n])"


@pytest.fixture
def bench(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[Bench]:
    with shown_card(qtbot, session, jobs) as made:
        yield made


def panel_of(bench: Bench) -> PastePanel:
    panel = bench.find(PastePanel, "paste_panel")
    assert panel.isVisible()
    return panel


def paste_into(bench: Bench, text: str) -> PastePanel:
    """Open the panel and paste as a person does."""
    bench.click("pipeline_paste")
    panel = panel_of(bench)
    QApplication.clipboard().setText(text)
    editor = bench.find(QPlainTextEdit, "paste_text")
    bench.qtbot.keyClick(editor, KEY.Key_V, HELD.ControlModifier)
    bench.qtbot.waitUntil(lambda: not panel._rest.isActive())
    assert bench.jobs.wait_idle()
    return panel


def test_pasting_into_the_panel_and_using_it(bench: Bench) -> None:
    before = bench.steps
    panel = paste_into(bench, TEXT)
    assert bench.find(QLabel, "paste_found").text() == "Resize → ToTensor"
    assert bench.steps == before
    bench.click("paste_use")
    assert bench.steps == STEPS and not panel.isVisible()
    bench.session.undo_stack.undo()
    assert bench.steps == before


def test_each_line_that_cannot_be_taken_over_is_marked_and_told(bench: Bench) -> None:
    before = bench.steps
    panel = paste_into(bench, WRONG)
    problems = bench.find(QListWidget, "paste_problems")
    texts = [problems.item(row).text() for row in range(problems.count())]
    assert len(texts) == 2 and "Line 3: T.Sharpen" in texts[0] and "Line 4" in texts[1] and "mode" in texts[1]
    assert panel.marked_lines == [3, 4]
    assert not bench.find(QPushButton, "paste_use").isEnabled()
    problems.setCurrentRow(1)
    assert bench.find(QPlainTextEdit, "paste_text").textCursor().blockNumber() == 3
    bench.qtbot.keyClick(problems, KEY.Key_Return, HELD.ControlModifier)
    assert bench.steps == before and panel.isVisible()


def test_the_line_of_text_that_is_no_python(bench: Bench) -> None:
    panel = paste_into(bench, "t = T.Resize(9)\nt = (")
    assert panel.marked_lines == [2]
    assert "not Python" in bench.find(QListWidget, "paste_problems").item(0).text()


def test_several_pipelines_are_asked_about(bench: Bench) -> None:
    paste_into(bench, SEVERAL)
    choice = bench.find(QComboBox, "paste_choice")
    assert choice.isVisible()
    assert [choice.itemText(row) for row in range(2)] == ["d['train'] (line 2)", "d['val'] (line 3)"]
    choice.setFocus()
    bench.key(KEY.Key_Up)
    bench.click("paste_use")
    assert bench.names == ["RandomCrop"]


def test_ctrl_v_on_the_list_takes_what_is_certain(bench: Bench) -> None:
    QApplication.clipboard().setText(TEXT)
    bench.focus("step_1")
    bench.key(KEY.Key_V, HELD.ControlModifier)
    assert bench.jobs.wait_idle()
    assert bench.steps == STEPS and bench.edits == 1
    assert not bench.find(PastePanel, "paste_panel").isVisible()


@pytest.mark.parametrize("text", [SEVERAL, WRONG, "hello"])
def test_ctrl_v_of_anything_else_opens_the_panel_with_the_text(bench: Bench, text: str) -> None:
    before = bench.steps
    QApplication.clipboard().setText(text)
    bench.focus("step_1")
    bench.key(KEY.Key_V, HELD.ControlModifier)
    assert bench.jobs.wait_idle()
    assert panel_of(bench) is not None and bench.steps == before
    assert bench.find(QPlainTextEdit, "paste_text").toPlainText() == text


def test_ctrl_v_on_an_empty_list(bench: Bench) -> None:
    bench.show()
    QApplication.clipboard().setText(TEXT)
    bench.focus("pipeline_list")
    bench.key(KEY.Key_V, HELD.ControlModifier)
    assert bench.jobs.wait_idle()
    assert bench.steps == STEPS


def test_pictures_and_files_on_the_clipboard_are_not_for_the_list(bench: Bench) -> None:
    before = bench.steps
    picture, files = QMimeData(), QMimeData()
    picture.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    files.setUrls([QUrl.fromLocalFile("/a.png")])
    bench.focus("step_1")
    for data in (picture, files):
        QApplication.clipboard().setMimeData(data)
        bench.key(KEY.Key_V, HELD.ControlModifier)
    assert bench.jobs.is_idle and bench.steps == before


def test_what_is_copied_can_be_pasted(bench: Bench) -> None:
    bench.show(step("RandomApply", transforms=[step("Pad")]), step("GaussianNoise"), step("ToDtype"))
    bench.click("pipeline_copy")
    text = QApplication.clipboard().text()
    assert "import" in text and parse_pipeline(text) == Pipeline(bench.steps)
    bench.focus("step_0")
    QApplication.clipboard().clear()
    bench.key(KEY.Key_C, HELD.ControlModifier)
    assert QApplication.clipboard().text() == text


def test_ctrl_enter_uses_and_escape_leaves_the_text(bench: Bench) -> None:
    panel = paste_into(bench, TEXT)
    editor = bench.find(QPlainTextEdit, "paste_text")
    bench.qtbot.keyClick(editor, KEY.Key_Escape)
    assert not panel.isVisible() and bench.steps != STEPS
    bench.click("pipeline_paste")
    assert bench.jobs.wait_idle()
    bench.qtbot.keyClick(editor, KEY.Key_Return, HELD.ControlModifier)
    assert bench.steps == STEPS
