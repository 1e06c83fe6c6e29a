"""Finding a transform: by its names, by words of its help, in groups."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from tudui_gui.gui.widgets.operation_picker import OperationPicker
from tudui_gui.gui.widgets.operation_search import Entry, group_text
from tudui_gui.transforms.catalog import TRANSFORMS


class Search:
    """An open list of all transforms."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.picked: list[str] = []
        self.picker = OperationPicker(TRANSFORMS, "add_step")
        qtbot.addWidget(self.picker)
        self.picker.operation_picked.connect(lambda operation: self.picked.append(operation.name))
        self.picker.show()
        self.picker.open_list()
        self.line = self.child(QLineEdit, "add_step_popup_search")
        self.list = self.child(QListWidget, "add_step_popup_list")

    def child(self, kind: type, name: str):
        found = self.picker.findChild(kind, name)
        assert found is not None
        return found

    def type(self, text: str) -> None:
        self.line.clear()
        self.qtbot.keyClicks(self.line, text)

    @property
    def rows(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    @property
    def about(self) -> str:
        return self.child(QLabel, "add_step_popup_about").text()


@pytest.fixture
def search(qtbot: QtBot) -> Search:
    return Search(qtbot)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("resize", "Resize"),
        ("transforms.Resize", "Resize"),
        ("v2.Resize", "Resize"),
        ("v2.ToTensor", "ToTensor"),
        ("transforms.GaussianBlur", "GaussianBlur"),
        ("v2.gaussianblur", "GaussianBlur"),
        ("horizontal flip", "RandomHorizontalFlip"),
        ("cv2", "BGRToRGB"),
        ("(value - mean)", "Normalize"),
        ("trivial", "TrivialAugmentWide"),
    ],
)
def test_found_by_both_names_and_by_words(search: Search, text: str, first: str) -> None:
    search.type(text)
    assert search.list.currentItem().text() == first
    search.qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert search.picked == [first]


@pytest.mark.parametrize("name", TRANSFORMS)
def test_every_entry_is_found_by_all_its_names(name: str) -> None:
    entries = [Entry.of(operation) for operation in TRANSFORMS.values()]
    for wanted in (name, TRANSFORMS[name].qualname, *TRANSFORMS[name].aliases):
        found = [entry.operation.name for entry in entries if entry.rank(wanted) is not None]
        assert name in found


def test_all_entries_stand_under_their_groups(search: Search) -> None:
    kinds = list(dict.fromkeys(Entry.of(operation).group for operation in TRANSFORMS.values()))
    headings = [group_text(kind) for kind in kinds]
    assert "" not in kinds and len(search.rows) == len(TRANSFORMS) + len(kinds)
    assert [row for row in search.rows if row not in TRANSFORMS] == headings
    assert all(heading not in kinds for heading in headings)


def test_the_arrows_leave_out_the_headings(search: Search) -> None:
    seen = {search.list.currentItem().text()}
    for _ in range(len(TRANSFORMS)):
        search.qtbot.keyClick(search.line, Qt.Key.Key_Down)
        seen.add(search.list.currentItem().text())
    assert seen == set(TRANSFORMS)
    search.qtbot.keyClick(search.line, Qt.Key.Key_PageUp)
    assert search.list.currentRow() == len(search.rows) - 1 - 8 - headings_below(search)


def headings_below(search: Search) -> int:
    """Headings among the last rows that the page jumped over."""
    below = search.rows[search.list.currentRow() :]
    return sum(row not in TRANSFORMS for row in below)


def test_what_the_entry_does_and_what_v2_advises_is_told(search: Search) -> None:
    search.type("ToTensor")
    assert search.about.startswith("transforms.ToTensor")
    assert TRANSFORMS["ToTensor"].help in search.about and "ToImage" in search.about


def test_nothing_found_picks_nothing(search: Search) -> None:
    search.type("nothing of the kind")
    assert search.rows == [] and search.about == ""
    search.qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert search.picked == []
