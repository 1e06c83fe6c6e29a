"""The switch between the cards below the stages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSplitter, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import find
from tests.gui.draws_window import shown
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.lower_area import DRAWS, FOLDER, MIX, LowerArea, StagesSplitter
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton


def made(session: Session) -> QSplitter:
    splitter = StagesSplitter(Qt.Orientation.Vertical)
    splitter.addWidget(QWidget())
    splitter.addWidget(LowerArea(session, {key: Card(object_name=key) for key in (DRAWS, MIX, FOLDER)}))
    return splitter


@pytest.fixture
def window(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[QSplitter]:
    with shown(qtbot, jobs, made(session), 700, 640) as splitter:
        yield splitter


def area(window: QSplitter) -> LowerArea:
    return find(window, LowerArea, "transforms_lower_area")


def visible(window: QSplitter) -> list[str]:
    return [key for key in (DRAWS, MIX, FOLDER) if find(window, Card, key).isVisible()]


def test_starts_with_the_draws(window: QSplitter) -> None:
    assert visible(window) == [DRAWS] and area(window).key == DRAWS


def test_one_card_at_a_time_by_mouse_and_keys(qtbot: QtBot, window: QSplitter) -> None:
    told: list[str] = []
    area(window).key_chosen.connect(told.append)
    qtbot.mouseClick(find(window, QPushButton, "transforms_lower_switch_mix"), LEFT)
    assert visible(window) == [MIX]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert visible(window) == [FOLDER] and told == [MIX, FOLDER]
    assert QApplication.focusWidget().objectName() == "transforms_lower_switch_folder"


def test_card_and_height_come_back(qtbot: QtBot, window: QSplitter, session: Session, jobs: Jobs) -> None:
    qtbot.mouseClick(find(window, QPushButton, "transforms_lower_switch_mix"), LEFT)
    session.preferences.set("transforms.lower_height", 333)
    with shown(qtbot, jobs, made(session), 700, 640) as again:
        assert visible(again) == [MIX]
        assert again.sizes()[1] == pytest.approx(333, abs=2)


def test_an_unknown_word_shows_the_first(session: Session, window: QSplitter) -> None:
    area(window).show_card("gone")
    assert visible(window) == [DRAWS]


def test_a_low_window_leaves_room_for_the_stages(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    session.preferences.set("transforms.lower_height", 600)
    with shown(qtbot, jobs, made(session), 700, 500) as low:
        assert low.sizes()[0] >= 190


def test_folds_to_its_switch_and_back(qtbot: QtBot, window: QSplitter, session: Session) -> None:
    before = window.sizes()
    qtbot.mouseClick(find(window, QToolButton, "transforms_lower_fold"), LEFT)
    assert visible(window) == [] and window.sizes()[1] < 80
    assert find(window, QPushButton, "transforms_lower_switch_mix").isVisible()
    assert session.preferences.get("transforms.lower_folded", False)
    qtbot.mouseClick(find(window, QToolButton, "transforms_lower_fold"), LEFT)
    assert visible(window) == [DRAWS] and window.sizes() == before


@pytest.mark.parametrize("key", [DRAWS, MIX])
def test_choosing_a_card_unfolds(qtbot: QtBot, window: QSplitter, key: str) -> None:
    area(window).set_folded(True)
    qtbot.mouseClick(find(window, QPushButton, f"transforms_lower_switch_{key}"), LEFT)
    assert visible(window) == [key] and not area(window).is_folded


def test_folded_comes_back_folded(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    session.preferences.set("transforms.lower_folded", True)
    with shown(qtbot, jobs, made(session), 700, 640) as again:
        assert visible(again) == [] and again.sizes()[1] < 80


def test_a_lower_window_takes_from_the_lower_area_first(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    with shown(qtbot, jobs, made(session), 700, 800) as splitter:
        high = splitter.sizes()[1]
        splitter.resize(700, 570)
        qtbot.waitUntil(lambda: splitter.sizes()[1] < high)
        assert splitter.sizes()[0] >= 340
