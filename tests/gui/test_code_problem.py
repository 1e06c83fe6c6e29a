"""Where no script is possible the Code dock says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.test_main_window import Open, open_window, plain_pages
from tudui_gui.core.errors import DatasetError
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.widgets.code_panel import CodePanel

__all__ = ["open_window", "plain_pages"]


def no_table(root: Path) -> DatasetError:
    return DatasetError("{path} holds no CSV file.", remedy="Choose another one.", path=str(root))


def text_of(panel: CodePanel) -> QPlainTextEdit:
    text = panel.findChild(QPlainTextEdit, "code_text")
    assert text is not None
    return text


def test_the_panel_says_why_there_is_no_script(qtbot: QtBot, tmp_path: Path) -> None:
    panel = CodePanel()
    qtbot.addWidget(panel)
    usual = text_of(panel).placeholderText()
    panel.set_code("import torch\n")
    panel.show_problem(Failure.of(no_table(tmp_path)))
    assert panel.code == ""
    assert text_of(panel).placeholderText() == f"{tmp_path} holds no CSV file. Choose another one."
    copy = panel.findChild(QPushButton, "code_copy")
    assert copy is not None and not copy.isEnabled()
    panel.retranslate_ui()
    assert str(tmp_path) in text_of(panel).placeholderText()
    panel.set_code("")
    assert text_of(panel).placeholderText() == usual


def test_the_window_goes_on_with_the_next_page(
    open_window: Open, plain_pages: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    page = window.page("training_tab")
    assert page is not None

    def fail() -> str:
        raise no_table(tmp_path)

    monkeypatch.setattr(page, "code", fail)
    window.code_dock.show()
    window.show_page("training_tab")
    qtbot.waitUntil(lambda: "no CSV" in text_of(window.code_panel).placeholderText())
    window.show_page("layers_tab")
    qtbot.waitUntil(lambda: window.code_panel.code == "# layers_tab\n")
