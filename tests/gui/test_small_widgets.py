"""Banner, cards, drop area, bars, facts, histogram, code and log panels."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tudui_gui.core.errors import ImageError, ParameterError
from tudui_gui.core.text import Phrase
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.notifier import LogEntry
from tudui_gui.gui.widgets.banner import Banner
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.code_panel import CodePanel
from tudui_gui.gui.widgets.drop_area import DropArea
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.log_panel import LogPanel
from tudui_gui.gui.widgets.probability_bars import ProbabilityBars
from tudui_gui.gui.widgets.tag import Tag


class Helper(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    @Slot()
    def call(self) -> None:
        self.calls += 1


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_a_banner_says_what_went_wrong_and_what_to_do(banner: Banner) -> None:
    assert banner.isHidden()
    banner.show_failure(ParameterError("Resize", "size", 0, Phrase("a whole number")))
    assert not banner.isHidden()
    assert banner.text == str(ParameterError("Resize", "size", 0, Phrase("a whole number")))
    banner.show_failure(Failure("{a} is {b}", "Do {c}.", "raw", {"a": 1, "b": 2, "c": 3}))
    assert banner.text == "1 is 2 Do 3.\nraw"


def test_a_banners_button_acts_once_and_takes_it_away(banner: Banner, qtbot: QtBot) -> None:
    helper = Helper()
    banner.show_notice("Put ToTensor before it?", "Put it there", helper.call)
    button = banner.findChild(QPushButton, "banner_action")
    assert button is not None and button.text() == "Put it there"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert helper.calls == 1
    assert banner.isHidden()


def test_a_banner_can_be_closed(banner: Banner, qtbot: QtBot) -> None:
    banner.show_failure(ImageError("{path} is broken", path="a.png"))
    close = banner.findChild(QToolButton, "banner_close")
    assert close is not None and close.accessibleName()
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_html_in_a_message_is_shown_as_it_is(banner: Banner) -> None:
    banner.show_notice("<b>not bold</b>")
    label = banner.findChild(QLabel, "banner_text")
    assert label is not None and label.textFormat() == Qt.TextFormat.PlainText


def test_a_card_has_a_title_and_places(qtbot: QtBot) -> None:
    card = Card("Input")
    qtbot.addWidget(card)
    tag = Tag("[1, 3, 32, 32]")
    card.add_to_header(tag)
    card.set_title("Output")
    assert card.accessibleName() == "Output"
    assert not tag.isHidden()
    tag.set_text("")
    assert tag.isHidden()


def test_an_empty_state_offers_a_button(qtbot: QtBot) -> None:
    state = EmptyState("image-outline", "no_data")
    qtbot.addWidget(state)
    state.set_texts("Nothing is open.", "Open the bundled digits")
    button = state.findChild(QPushButton, "no_data_action")
    assert button is not None
    with qtbot.waitSignal(state.action_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    state.set_texts("Nothing.")
    assert button.isHidden()


def drop(area: DropArea, data: QMimeData) -> tuple[bool, bool]:
    """Whether entering and dropping were accepted."""
    action, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(area, enter)
    event = QDropEvent(QPointF(5, 5), action, data, buttons, keys)
    event.setAccepted(False)
    QApplication.sendEvent(area, event)
    return enter.isAccepted(), event.isAccepted()


@pytest.fixture
def area(qtbot: QtBot) -> DropArea:
    made = DropArea("prediction_drop_area", accepts=lambda path: path.suffix == ".png")
    made.set_texts("Drop images here", "or click")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_drop_area_takes_the_files_it_accepts(area: DropArea, tmp_path: Path) -> None:
    got: list[list[Path]] = []
    area.paths_dropped.connect(got.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a b.png", "c.txt", "数.png")])
    assert drop(area, data) == (True, True)
    assert got == [[tmp_path / "a b.png", tmp_path / "数.png"]]
    assert area.property("hot") is False


def test_a_drop_area_refuses_the_rest(area: DropArea) -> None:
    got: list[list[Path]] = []
    area.paths_dropped.connect(got.append)
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png"), QUrl.fromLocalFile("/tmp/c.txt")])
    assert drop(area, data) == (False, False)
    assert got == []


def test_an_image_without_a_file_can_be_dropped_and_pasted(area: DropArea, qtbot: QtBot) -> None:
    got: list[QImage] = []
    area.image_dropped.connect(got.append)
    image = QImage(3, 2, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    assert drop(area, data) == (True, True)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(area, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [picture.size() for picture in got] == [image.size()] * 2


def test_bars_show_rows_and_take_clicks_and_keys(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    rows = [("bird", 0.41), ("a very long name of a class, much too long", 0.24), ("cat", 0.0)]
    bars.set_rows(rows)
    bars.resize(240, bars.sizeHint().height())
    bars.show()
    assert bars.rows == tuple(rows)
    assert "bird 41.0 %" in bars.accessibleName()
    clicked: list[int] = []
    bars.row_clicked.connect(clicked.append)
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, bars.height() - 5))
    qtbot.keyClick(bars, Qt.Key.Key_Up)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert clicked == [2, 1]
    assert not bars.grab().isNull()


def test_facts_are_aligned(qtbot: QtBot) -> None:
    facts = FactsStrip()
    qtbot.addWidget(facts)
    facts.set_facts([("mean", "0.47"), ("std", "0.23"), ("", "float32")])
    assert facts.text() == "mean  0.47\nstd   0.23\nfloat32"


@pytest.mark.parametrize("counts", [np.arange(10), np.ones((3, 20), int), np.zeros((1, 5), int), None])
def test_histograms_of_any_kind_are_painted(qtbot: QtBot, counts: np.ndarray | None) -> None:
    view = HistogramView()
    qtbot.addWidget(view)
    view.set_counts(counts, -1.0, 1.0)
    view.resize(160, 80)
    assert not view.grab().isNull()


def test_the_code_panel_copies_and_saves(qtbot: QtBot, tmp_path: Path) -> None:
    panel = CodePanel()
    qtbot.addWidget(panel)
    text = 'import torch\n# 注释\nx = torch.zeros(1)  # "quoted"\n"""doc\nstring"""\n'
    panel.set_code(text)
    assert panel.code == text
    copy = panel.findChild(QPushButton, "code_copy")
    assert copy is not None
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    panel.save(tmp_path / "script.py")
    assert (tmp_path / "script.py").read_text("utf-8") == text
    with qtbot.waitSignal(panel.failed) as failed:
        panel.save(tmp_path / "script.py" / "below.py")
    assert "below.py" in str(failed.args[0])
    panel.set_code("")
    assert not copy.isEnabled()


def test_the_log_keeps_entries_in_order(qtbot: QtBot) -> None:
    panel = LogPanel()
    qtbot.addWidget(panel)
    for level, text in ((logging.INFO, "one"), (logging.ERROR, "two\nlines")):
        panel.add(LogEntry(level, text))
    assert panel.text == "one\ntwo\nlines"
    clear = panel.findChild(QPushButton, "log_clear")
    assert clear is not None
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert panel.text == ""


def test_the_log_stays_short(qtbot: QtBot) -> None:
    panel = LogPanel()
    qtbot.addWidget(panel)
    for number in range(5_100):
        panel.add(LogEntry(logging.INFO, str(number)))
    text = panel.findChild(QPlainTextEdit, "log_text")
    assert text is not None and text.blockCount() == 5_000
    assert panel.text.endswith("5099")
