"""The left column of the Datasets tab: finding, opening, reading and putting together sources."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.corrections import corrections_file
from tudui_gui.datasets.edits import Edits
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets import create
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.tabs.datasets.recent import from_preferences, to_preferences
from tudui_gui.gui.tabs.datasets.texts import size_text
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    made = create(session, jobs)
    assert isinstance(made, DatasetsPage)
    made.resize(1024, 600)
    with qtbot.waitExposed(made):
        made.show()
    assert jobs.wait_idle()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    for grid in made.findChildren(ThumbnailGrid):
        grid.stop()
    made.close()
    made.deleteLater()


def images(folder: Path, names: list[str]) -> Path:
    folder.mkdir(parents=True)
    for number, name in enumerate(names):
        Image.new("RGB", (12, 10 + number), (20 * number, 90, 120)).save(folder / name)
    return folder


@pytest.fixture
def ants(tmp_path: Path) -> Path:
    return images(tmp_path / "train" / "ants", [f"{number:03}.png" for number in range(8)])


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    return images(tmp_path / "train" / "bees", [f"{number:03}.png" for number in range(6)])


@pytest.fixture
def in_names(tmp_path: Path) -> Path:
    names = [f"{name}_{number}.png" for name in ("cat", "red_panda") for number in range(5)]
    return images(tmp_path / "animals", names)


def find(page: QWidget, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def source_list(page: QWidget) -> QListWidget:
    return find(page, QListWidget, "dataset_sources")


def line(page: QWidget, title: str) -> str:
    return str(source_list(page).findItems(title, Qt.MatchFlag.MatchExactly)[0].data(ACCESSIBLE))


def click(qtbot: QtBot, page: QWidget, title: str) -> None:
    sources = source_list(page)
    item = sources.findItems(title, Qt.MatchFlag.MatchExactly)[0]
    sources.scrollToItem(item)
    qtbot.mouseClick(sources.viewport(), LEFT, pos=sources.visualItemRect(item).center())


def opened(session: Session) -> Step:
    assert session.dataset is not None
    return session.dataset.step


def add_folder(page: QWidget, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    find(page, QAction, "add_folder_action").trigger()


def choose_layout(qtbot: QtBot, page: QWidget, text: str) -> None:
    combo = find(page, QComboBox, "layout_choice")
    assert combo.isVisible()
    row = combo.findText(text)
    assert row >= 0, [combo.itemText(i) for i in range(combo.count())]
    combo.setFocus()
    key = Qt.Key.Key_Down if row > combo.currentIndex() else Qt.Key.Key_Up
    while combo.currentIndex() != row:
        qtbot.keyClick(combo, key)


# -- the list ------------------------------------------------------------------------------------------------


def test_everything_the_catalog_offers_is_listed_under_headings(page: DatasetsPage) -> None:
    listed = {source.step.name for source in page.sources.card.list.sources}
    offered = {name for name, each in DATASETS.items() if each.tags & {"bundled", "download"}}
    assert listed == offered and {"digits", "photos", "fake", "kmnist", "food101"} <= listed
    titles = [source.title for source in page.sources.card.list.sources]
    assert len(set(titles)) == len(titles) >= 18
    assert {"EMNIST letters", "EMNIST digits", "Shapes", "Shapes, label files"} <= set(titles)
    headings = [item.text() for item in map(source_list(page).item, range(source_list(page).count()))]
    assert [text for text in headings if text not in titles] == ["Bundled", "From torchvision"]


def test_the_keyboard_goes_past_headings_and_opens(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    sources = source_list(page)
    sources.setFocus()
    qtbot.keyClick(sources, Qt.Key.Key_Home)
    seen = []
    for _ in page.sources.card.list.sources:
        current = page.sources.card.list.current
        assert current is not None
        seen.append(current.title)
        qtbot.keyClick(sources, Qt.Key.Key_Down)
    assert seen == [source.title for source in page.sources.card.list.sources]
    back = []
    for _ in seen:
        current = page.sources.card.list.current
        assert current is not None
        back.append(current.title)
        qtbot.keyClick(sources, Qt.Key.Key_Up)
    assert back == seen[::-1]
    qtbot.keyClick(sources, Qt.Key.Key_End)
    qtbot.keyClick(sources, Qt.Key.Key_Home)
    qtbot.keyClick(sources, Qt.Key.Key_Down)
    qtbot.keyClick(sources, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    assert opened(session) == DATASETS.step("shapes")


def test_a_heading_is_nothing_to_click(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, session: Session
) -> None:
    sources = source_list(page)
    qtbot.mouseClick(sources.viewport(), LEFT, pos=sources.visualItemRect(sources.item(0)).center())
    assert jobs.wait_idle()
    assert opened(session).name == "digits"
    assert page.sources.card.list.current is not None


def test_lines_say_where_the_files_are_and_how_much_there_is_to_fetch(page: DatasetsPage) -> None:
    assert line(page, "Digits") == "Digits, bundled"
    assert line(page, "CIFAR10") == "CIFAR10, not downloaded, 170 MB"
    assert size_text(2_640_000_000) == "2.6 GB" and size_text(31_000_000) == "31 MB"
    assert size_text(29_000) == "29 kB"


def test_only_what_is_missing_can_be_downloaded(qtbot: QtBot, page: DatasetsPage) -> None:
    button = find(page, QWidget, "download_button")
    assert not button.isVisible()
    click(qtbot, page, "SVHN")
    assert button.isVisible() and button.text() == "Download SVHN"
    click(qtbot, page, "Digits")
    assert not button.isVisible()


# -- opening one's own ---------------------------------------------------------------------------------------


def test_a_folder_is_opened_from_the_menu_and_remembered_as_a_whole_step(
    page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(in_names))
    find(page, QAction, "open_folder_action").trigger()
    assert jobs.wait_idle()
    step = opened(session)
    assert (step.name, step.values["pattern"]) == ("named_files", "{label}_#")
    assert session.dataset is not None and session.dataset.classes == ("cat", "red_panda")
    assert session.experiment.dataset == step
    kept = session.preferences.get("datasets.recent", [])
    assert from_preferences(kept) == [step]
    assert line(page, "animals").startswith("animals, ")


def test_a_table_is_opened_from_the_menu(
    page: DatasetsPage, session: Session, jobs: Jobs, ants: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = ants.parent / "labels.csv"
    rows = [f"ants/{number:03}.png,{'even' if number % 2 == 0 else 'odd'}" for number in range(8)]
    table.write_text("path,label\n" + "\n".join(rows) + "\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    find(page, QAction, "open_csv_action").trigger()
    assert jobs.wait_idle()
    assert opened(session).name == "csv"
    assert session.dataset is not None and session.dataset.classes == ("even", "odd")
    assert page.accepts(table) and not page.accepts(ants / "000.png")
    assert find(page, QLabel, "open_name").text() == "labels.csv"


def test_steps_of_another_version_and_old_lists_of_folders_are_read() -> None:
    step = DATASETS.step("named_files", root="/数据", pattern="{label}-*", split="random")
    entries = ["/a", *to_preferences([step]), {"source": "gone"}, {"source": "folder", "depth": 3}, 7, ""]
    assert from_preferences(entries) == [DATASETS.step("folder", root="/a"), step]
    assert to_preferences([DATASETS.step("folder", root="/not\udcff unicode")]) == []


def test_what_was_opened_before_comes_back_and_can_be_removed(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path, ants: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    click(qtbot, page, "Digits")
    assert jobs.wait_idle()
    assert opened(session).name == "digits"
    click(qtbot, page, "animals")
    assert jobs.wait_idle()
    assert opened(session).values["pattern"] == "{label}_#"
    find(page, QAction, "forget_source_action").trigger()
    assert not source_list(page).findItems("animals", Qt.MatchFlag.MatchExactly)
    assert session.preferences.get("datasets.recent", ["not written"]) == []


def test_a_folder_read_in_several_ways_is_listed_once(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    choose_layout(qtbot, page, "without labels")
    assert jobs.wait_idle()
    assert [step.name for step in page.sources.card.recent] == ["plain_folder"]


def test_the_open_source_is_read_again(
    page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    count = session.undo_stack.count()
    Image.new("RGB", (9, 9)).save(in_names / "owl_0.png")
    find(page, QAction, "reread_source_action").trigger()
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.classes == ("cat", "owl", "red_panda")
    assert find(page, QLabel, "name_preview_fit").text().startswith("11 of 11 names fit")
    assert session.undo_stack.count() == count


def test_the_menu_of_a_line(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, in_names: Path) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    sources = source_list(page)
    for title, expected in (
        ("animals", ["Read the files again", "Remove from this list"]),
        ("Shapes", ["Add Shapes"]),
        ("SVHN", ["Download SVHN"]),
    ):
        item = sources.findItems(title, Qt.MatchFlag.MatchExactly)[0]
        sources.scrollToItem(item)
        sources.customContextMenuRequested.emit(sources.visualItemRect(item).center())
        menu = find(page, QWidget, "source_menu")
        assert [action.text() for action in menu.actions()] == expected
        menu.close()
        menu.setObjectName("")
    assert page.sources.card.list.current is not None


@pytest.mark.parametrize("damage", ["vanished", "empty"])
def test_what_cannot_be_opened_is_named_and_the_open_set_stays(
    page: DatasetsPage, session: Session, jobs: Jobs, ants: Path, damage: str
) -> None:
    before, count = session.experiment, page.browser.grid.count
    folder = ants.parent / damage
    if damage == "empty":
        folder.mkdir()
    page.sources.open_path(folder)
    assert jobs.wait_idle()
    assert str(folder) in page.banner.text and page.banner.isVisible()
    assert session.experiment == before and page.browser.grid.count == count
    assert find(page, QLabel, "open_name").text() == "Digits"


def test_kept_corrections_are_applied(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    step = DATASETS.step("named_files", root=str(in_names), pattern="{label}_#")
    Edits().with_left_out(["cat_0.png"], True).save(corrections_file(step))
    page.open_paths([in_names])
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.left_out is not None
    assert [session.dataset.left_out.key(0)] == ["cat_0.png"]
    assert session.experiment.dataset.values["edits"] == str(corrections_file(step))
    assert session.dataset.step == session.experiment.dataset


def test_kept_corrections_of_the_first_set_are_applied(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    Edits().with_left_out(["3"], True).save(corrections_file(DATASETS.step("digits")))
    page = create(session, jobs)
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.left_out is not None
    assert session.experiment.dataset == session.dataset.step
    assert len(session.dataset.train) + len(session.dataset.test) == 1796
    jobs.cancel_all()
    assert jobs.wait_idle()
    for grid in page.findChildren(ThumbnailGrid):
        grid.stop()
    page.deleteLater()


def test_a_change_elsewhere_does_not_stop_an_opening(
    page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    session.set_experiment(session.experiment.with_value("seed", 5))
    assert jobs.wait_idle()
    assert opened(session).name == "named_files" and session.experiment.seed == 5


# -- how it is read ------------------------------------------------------------------------------------------


def test_another_reading_is_opened_at_once(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    combo = find(page, QComboBox, "layout_choice")
    assert combo.currentText() == "label in the file name"
    choose_layout(qtbot, page, "without labels")
    assert jobs.wait_idle()
    assert session.dataset is not None and list(session.dataset.parts) == ["unlabelled"]
    assert session.experiment.dataset.name == "plain_folder"
    label = find(page, QLineEdit, "layout_label")
    label.setFocus()
    qtbot.keyClicks(label, "animal")
    qtbot.waitUntil(lambda: session.dataset is not None and session.dataset.classes == ("animal",))
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert jobs.wait_idle()
    assert opened(session).name == "named_files"
    assert combo.currentText() == "label in the file name"


def test_a_pattern_shows_what_it_yields_while_it_is_typed(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    fit, names = find(page, QLabel, "name_preview_fit"), find(page, QListWidget, "name_preview_list")
    assert fit.text().startswith("10 of 10 names fit; classes: 2")
    assert names.item(0).text() == "cat_0.png → cat"
    pattern = find(page, QLineEdit, "layout_pattern")
    pattern.setFocus()
    pattern.selectAll()
    qtbot.keyClicks(pattern, "red_{label}_#")
    qtbot.waitUntil(lambda: fit.text().startswith("5 of 10 names fit; classes: 1"))
    assert names.item(0).text() == "cat_0.png  –"
    qtbot.waitUntil(lambda: session.dataset is not None and session.dataset.classes == ("panda",))
    assert pattern.text() == "red_{label}_#" and pattern.hasFocus()


def test_a_pattern_that_is_none_says_so_in_place(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    before = session.experiment
    pattern, problem = find(page, QLineEdit, "layout_pattern"), find(page, QLabel, "layout_problem")
    pattern.setFocus()
    pattern.selectAll()
    qtbot.keyClicks(pattern, "cat_#")
    qtbot.waitUntil(problem.isVisible)
    assert "it must say once where the label is" in problem.text()
    assert "label" not in page.banner.text
    assert session.experiment == before and pattern.text() == "cat_#"
    pattern.selectAll()
    qtbot.keyClicks(pattern, "{label}_#")
    qtbot.waitUntil(lambda: not problem.isVisible())


def test_the_layout_of_the_bundled_shapes_is_a_field(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    click(qtbot, page, "Shapes, label files")
    assert jobs.wait_idle()
    assert opened(session).values["layout"] == "image_label_folders"
    assert not find(page, QComboBox, "layout_choice").isVisible()
    field = find(page, QComboBox, "layout_layout")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: opened(session).values["layout"] == "file_names")
    current = page.sources.card.list.current
    assert current is not None and current.title == "Shapes, labels in names" and current.is_open


# -- several as one ------------------------------------------------------------------------------------------


def test_ants_and_bees(
    qtbot: QtBot,
    page: DatasetsPage,
    session: Session,
    jobs: Jobs,
    ants: Path,
    bees: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.open_paths([ants])
    assert jobs.wait_idle()
    add_folder(page, bees, monkeypatch)
    assert jobs.wait_idle()
    dataset = session.dataset
    assert dataset is not None and dataset.classes == ("ants", "bees")
    assert len(dataset.train) + len(dataset.test) == 14
    assert [step.values["label"] for step in opened(session).values["sources"]] == ["ants", "bees"]
    assert find(page, QLabel, "open_name").text() == "ants + bees"
    assert type(session.experiment).from_toml(session.experiment.to_toml()) == session.experiment
    label = find(page, QLineEdit, "joined_label_1")
    label.selectAll()
    qtbot.keyClicks(label, "wasps")
    qtbot.keyClick(label, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.classes == ("ants", "wasps")
    qtbot.mouseClick(find(page, QToolButton, "joined_remove_0"), LEFT)
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.classes == ("wasps",)
    assert opened(session).values["root"] == str(bees)


def test_folders_dropped_together_are_put_together(
    page: DatasetsPage, session: Session, jobs: Jobs, ants: Path, bees: Path
) -> None:
    page.open_paths([ants, bees])
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.classes == ("ants", "bees")


def test_a_listed_source_is_added_to_the_open_one(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    step = session.experiment.dataset.with_values(per_class=2)
    session.set_experiment(session.experiment.with_value("dataset", step.to_dict("source")))
    assert jobs.wait_idle()
    sources = source_list(page)
    sources.setCurrentItem(sources.findItems("Shapes", Qt.MatchFlag.MatchExactly)[0])
    action = find(page, QAction, "add_current_action")
    assert action.isVisible() and action.text() == "Add Shapes"
    action.trigger()
    assert jobs.wait_idle()
    assert session.dataset is not None
    assert session.dataset.classes == (*map(str, range(10)), "circle", "square", "star", "triangle")
    assert len(session.dataset.train) == 28  # two of each class, as before
    joined = opened(session).values["sources"]
    assert [each.name for each in joined] == ["digits", "shapes"]
    assert all(each.values["per_class"] is None for each in joined)
    assert line(page, "Digits + Shapes").startswith("Digits + Shapes")


def test_what_cannot_be_added_leaves_the_open_one(
    page: DatasetsPage, session: Session, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.experiment
    (tmp_path / "nothing").mkdir()
    add_folder(page, tmp_path / "nothing", monkeypatch)
    assert jobs.wait_idle()
    assert "nothing" in page.banner.text
    assert session.experiment == before and opened(session).name == "digits"


@pytest.mark.shared_data
def test_the_tutorials_ants_and_bees(
    page: DatasetsPage, session: Session, jobs: Jobs, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train = shared_data / "hymenoptera_small" / "train"
    page.open_paths([train / "ants"])
    assert jobs.wait_idle()
    add_folder(page, train / "bees", monkeypatch)
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.classes == ("ants", "bees")
    found = sum(1 for name in ("ants", "bees") for _ in (train / name).glob("*.jpg"))
    assert len(session.dataset.train) + len(session.dataset.test) == found


# -- room ----------------------------------------------------------------------------------------------------


def test_nothing_stands_over_anything_in_a_small_window(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, in_names: Path
) -> None:
    page.open_paths([in_names])
    assert jobs.wait_idle()
    page.sources.open_card.split.group.set_folded(False)
    page.sources.card.downloads.set_downloading("mnist")
    page.show_failure(TuduiError("something"))
    qtbot.waitUntil(lambda: page.banner.height() > 20 and page.banner.isVisible())
    card, lower = page.sources.card, page.sources.open_card
    qtbot.waitUntil(lambda: 0 < card.geometry().bottom() < lower.geometry().top())
    assert lower.geometry().bottom() <= page.sources.rect().bottom()
    shown = [card.list, card.downloads, find(page, QWidget, "data_root_label")]
    for above, below in itertools.pairwise(shown):
        bottom = above.mapTo(page, QPoint(0, above.height())).y()
        assert bottom <= below.mapTo(page, QPoint(0, 0)).y() + 1
    assert card.list.height() >= 90
    page.sources.open_card.split.group.set_fact("50,000 + 10,000")
    area = find(page, QScrollArea, "open_area")
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert area.widget().width() == area.viewport().width()  # nothing is cut off at the right
