"""Correcting a data set in its tab: flags, labels, images left out; undo, files, opening again."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import (
    LEFT,
    choose_action,
    choose_part,
    click_images,
    find,
    shown_page,
    text_of,
)
from tudui_gui.core import paths
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.corrections import corrections_file
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.corrections import COPY
from tudui_gui.training.events import RunFinished, RunStarted

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    with shown_page(qtbot, session, jobs) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part, count in (("train", 6), ("test", 3)):
        for name, color in (("ants", (200, 0, 0)), ("bees", (0, 0, 200))):
            (tmp_path / "pets" / part / name).mkdir(parents=True)
            for number in range(count):
                Image.new("RGB", (12, 12), color).save(tmp_path / "pets" / part / name / f"{number}.png")
    return tmp_path / "pets"


@pytest.fixture
def opened(page: DatasetsPage, session: Session, jobs: Jobs, folder: Path) -> Dataset:
    page.open_paths([folder])
    assert jobs.wait_idle()
    session.undo_stack.clear()
    assert session.dataset is not None
    return session.dataset


def corrected(session: Session) -> Dataset:
    assert session.dataset is not None
    return session.dataset


def press(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, key: Qt.Key, *rows: int) -> None:
    """Click the images, then press a key."""
    click_images(qtbot, page.browser.grid, *rows)
    qtbot.keyClick(page.browser.grid, key)
    assert jobs.wait_idle()


def undo(session: Session, jobs: Jobs, *, redo: bool = False) -> None:
    session.undo_stack.redo() if redo else session.undo_stack.undo()
    assert jobs.wait_idle()


def names(page: DatasetsPage) -> list[str]:
    image_set = page.browser.image_set
    assert image_set is not None
    return [image_set.name(int(index)) for index in page.browser.indices]


def tooltip(page: DatasetsPage, row: int) -> str:
    return str(page.browser.grid.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_flagging_is_kept_shown_and_undone(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset, folder: Path
) -> None:
    before, step = snapshot(folder), opened.step
    press(qtbot, page, jobs, Key.Key_F, 1, 4)
    file = corrections_file(step)
    flags = {"train/ants/1.png", "train/ants/4.png"}
    assert Edits.load(file).flags == corrected(session).edits.flags == flags
    assert file.parent == paths.home() / "edits"
    assert session.experiment.dataset == corrected(session).step == step.with_values(edits=str(file))
    assert corrected(session).train is opened.train
    assert page.browser.grid.selected == [1, 4]
    assert "Flagged" in tooltip(page, 4) and "Flagged" not in tooltip(page, 0)
    assert session.undo_stack.undoText() == "Flag images: 2"
    undo(session, jobs)
    assert corrected(session).edits == Edits.load(file) == Edits()
    assert session.experiment.dataset == step
    assert "Flagged" not in tooltip(page, 4)
    undo(session, jobs, redo=True)
    assert corrected(session).edits.flags == flags == Edits.load(file).flags
    assert session.experiment.dataset == corrected(session).step
    assert snapshot(folder) == before


def test_flagging_again_takes_the_flags_away(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    press(qtbot, page, jobs, Key.Key_F, 0)
    click_images(qtbot, page.browser.grid, 0, 2)
    qtbot.keyClick(page.browser.grid, Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.browser.grid, Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert page.browser.grid.current == 0
    choose_action(qtbot, page, "flag_images")
    assert jobs.wait_idle()
    assert corrected(session).edits == Edits()
    assert session.experiment.dataset.values["edits"] is None


def test_images_left_out_leave_their_part_and_come_back(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    press(qtbot, page, jobs, Key.Key_Delete, 2, 3)
    assert len(corrected(session).train) == 10 and len(corrected(session).parts["left_out"]) == 2
    assert "ants/2.png" not in names(page) and page.browser.grid.count == 10
    assert names(page)[page.browser.grid.current] == "ants/4.png"
    assert dict(page.classes.chart.rows) == {"ants": 4, "bees": 6}
    assert "10 images" in text_of(page, "batch_text")
    choose_part(qtbot, page, jobs, "Left out (2)")
    assert names(page) == ["ants/2.png", "ants/3.png"]
    assert "Left out" in tooltip(page, 0)
    press(qtbot, page, jobs, Key.Key_Backspace, 0)
    assert len(corrected(session).train) == 11
    press(qtbot, page, jobs, Key.Key_Delete, 0)
    assert "left_out" not in corrected(session).parts
    assert page.browser.image_set is corrected(session).train
    assert session.experiment.dataset.values["edits"] is None
    undo(session, jobs)
    undo(session, jobs)
    assert len(corrected(session).train) == 10


def test_labels_by_digit_menu_and_a_new_class(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    press(qtbot, page, jobs, Key.Key_1, 0, 1)
    assert dict(page.classes.chart.rows) == {"ants": 4, "bees": 8}
    assert "Label corrected, was ants" in tooltip(page, 1)
    click_images(qtbot, page.browser.grid, 1)
    qtbot.keyClick(page.browser.grid, Key.Key_L)
    field = find(page, QLineEdit, "label_field")
    assert field.hasFocus()
    qtbot.keyClicks(field, "wasps")
    assert find(page, QLabel, "label_field_hint").text() == "new class"
    qtbot.keyClick(field, Key.Key_Return)
    assert jobs.wait_idle()
    assert corrected(session).classes == ("ants", "bees", "wasps")
    assert dict(corrected(session).edits.labels) == {"train/ants/0.png": "bees", "train/ants/1.png": "wasps"}
    assert page.browser.grid.hasFocus() and not field.isVisible()
    press(qtbot, page, jobs, Key.Key_0, 0)
    assert dict(corrected(session).edits.labels) == {"train/ants/1.png": "wasps"}
    click_images(qtbot, page.browser.grid, 1)
    labels = find(page, QMenu, "label_menu")
    with qtbot.waitExposed(labels):
        labels.popup(page.mapToGlobal(QPoint(20, 20)))
    texts = [action.text() for action in labels.actions()]
    assert texts == ["ants\t0", "bees\t1", "wasps\t2", "", "As in the data set", "Class…"]
    qtbot.mouseClick(labels, LEFT, pos=labels.actionGeometry(labels.actions()[4]).center())
    assert jobs.wait_idle()
    assert corrected(session).edits == Edits() and corrected(session).classes == ("ants", "bees")


def test_escape_closes_the_line_without_a_change(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    click_images(qtbot, page.browser.grid, 1)
    qtbot.keyClick(page.browser.grid, Key.Key_L)
    field = find(page, QLineEdit, "label_field")
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Key.Key_Escape)
    assert jobs.wait_idle()
    assert not field.isVisible() and corrected(session) is opened and page.browser.grid.hasFocus()


def test_the_large_view_corrects_and_goes_on(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    grid, large = page.browser.grid, page.browser.large
    click_images(qtbot, grid, 0, 1, 2)
    qtbot.keyClick(grid, Key.Key_Space)
    assert jobs.wait_idle()
    view = find(page, type(large._view), "large_view_image")
    qtbot.keyClick(view, Key.Key_F)
    assert jobs.wait_idle()
    assert corrected(session).edits.flags == {"train/ants/2.png"}
    assert find(page, QToolButton, "large_view_flag").isChecked()
    assert "Flagged" in text_of(page, "large_view_facts")
    qtbot.mouseClick(find(page, QToolButton, "large_view_label"), LEFT)
    field = find(page, QLineEdit, "label_field")
    qtbot.keyClicks(field, "bees")
    qtbot.keyClick(field, Key.Key_Return)
    assert jobs.wait_idle()
    assert "bees   Flagged   Label corrected, was ants" in text_of(page, "large_view_facts")
    qtbot.mouseClick(find(page, QToolButton, "large_view_leave_out"), LEFT)
    assert jobs.wait_idle()
    assert large.isVisible() and large.item is not None
    assert large.item.name == "ants/3.png" and len(corrected(session).train) == 11
    assert not find(page, QToolButton, "large_view_leave_out").isChecked()


def test_only_flagged_images_are_shown(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    press(qtbot, page, jobs, Key.Key_F, 1, 8)
    qtbot.mouseClick(find(page, QToolButton, "flagged_filter"), LEFT)
    assert jobs.wait_idle()
    assert names(page) == ["ants/1.png", "bees/2.png"]
    press(qtbot, page, jobs, Key.Key_F, 0)
    assert names(page) == ["bees/2.png"]


def test_corrections_are_there_when_the_source_is_opened_again(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset, folder: Path
) -> None:
    press(qtbot, page, jobs, Key.Key_1, 0)
    edits = corrected(session).edits
    page.open_step(DATASETS.step("digits"))
    assert jobs.wait_idle()
    assert corrected(session).edits == Edits()
    page.open_paths([folder])
    assert jobs.wait_idle()
    assert corrected(session).edits == edits
    assert session.experiment.dataset.values["edits"] == str(corrections_file(opened.step))
    assert "was ants" in tooltip(page, 0)
    assert open_dataset(session.experiment.dataset).train.label_name(0) == "bees"


def test_undo_past_another_data_set_restores_that_one_with_its_corrections(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    press(qtbot, page, jobs, Key.Key_F, 0)
    page.open_step(DATASETS.step("digits"))
    assert jobs.wait_idle()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert jobs.wait_idle()
    assert session.experiment.dataset == corrected(session).step == opened.step
    assert corrected(session).edits == Edits() == Edits.load(corrections_file(opened.step))
    session.undo_stack.redo()
    session.undo_stack.redo()
    assert jobs.wait_idle()
    assert corrected(session).name == "digits"
    assert Edits.load(corrections_file(opened.step)).flags == {"train/ants/0.png"}


def test_corrections_not_used_by_an_experiment_are_not_lost_by_an_edit(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    kept = Edits().with_flags(["test/bees/0.png"], True)
    kept.save(corrections_file(opened.step))
    press(qtbot, page, jobs, Key.Key_F, 0)
    assert corrected(session).edits.flags == {"test/bees/0.png", "train/ants/0.png"}
    assert "taken up again" in page.banner.text
    undo(session, jobs)
    assert corrected(session).edits == Edits() and corrected(session).step == opened.step
    assert Edits.load(corrections_file(opened.step)) == kept


def block_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No folder can be made below the home: it is a file."""
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("TUDUI_HOME", str(blocked))


def test_an_edit_that_cannot_be_written_does_not_happen(
    qtbot: QtBot,
    page: DatasetsPage,
    session: Session,
    jobs: Jobs,
    opened: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    experiment = session.experiment
    block_home(monkeypatch, tmp_path)
    press(qtbot, page, jobs, Key.Key_Delete, 0)
    assert page.banner.isVisible() and "cannot be written" in page.banner.text
    assert session.dataset is opened and session.experiment == experiment
    assert not session.undo_stack.canUndo() and page.browser.grid.count == 12


def test_an_undo_that_cannot_be_written_leaves_the_edit_and_the_stack(
    qtbot: QtBot,
    page: DatasetsPage,
    session: Session,
    jobs: Jobs,
    opened: Dataset,
) -> None:
    press(qtbot, page, jobs, Key.Key_Delete, 0)
    before, folder = corrected(session), corrections_file(opened.step).parent
    shutil.move(folder, folder.with_name("away"))
    folder.write_text("", encoding="utf-8")
    undo(session, jobs)
    assert "cannot be written" in page.banner.text
    assert session.dataset is before and session.experiment.dataset == before.step
    assert session.undo_stack.canUndo() and not session.undo_stack.canRedo()
    folder.unlink()
    shutil.move(folder.with_name("away"), folder)
    undo(session, jobs)
    assert len(corrected(session).train) == 12 and session.experiment.dataset == opened.step


def test_every_training_image_left_out_and_taken_back(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    grid = page.browser.grid
    grid.setFocus()
    qtbot.keyClick(grid, Key.Key_Home)
    qtbot.keyClick(grid, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Key.Key_Delete)
    assert jobs.wait_idle()
    assert set(corrected(session).parts) == {"test", "left_out"}
    assert page.browser.image_set is corrected(session).test and grid.count == 6
    choose_part(qtbot, page, jobs, "Left out (12)")
    qtbot.keyClick(grid, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Key.Key_Home)
    qtbot.keyClick(grid, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    choose_action(qtbot, page, "leave_out_images")
    assert jobs.wait_idle()
    assert set(corrected(session).parts) == {"train", "test"} and corrected(session).edits == Edits()


def test_edits_in_quick_succession_are_all_made(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    keys = [opened.train.key(index) for index in range(4)]
    for key in keys:
        page.edit_images(lambda edits, key=key: edits.with_flags([key], True), f"flag {key}")
    assert jobs.wait_idle()
    assert corrected(session).edits.flags == set(keys)
    assert session.undo_stack.count() == 4
    for _ in range(4):
        session.undo_stack.undo()
    assert jobs.wait_idle()
    assert corrected(session).edits == Edits() and session.experiment.dataset == opened.step
    for _ in range(2):
        session.undo_stack.redo()
    assert jobs.wait_idle()
    assert corrected(session).edits.flags == set(keys[:2])


def test_undo_while_another_edit_is_being_made(
    page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    first, second = (opened.train.key(index) for index in (0, 1))
    page.edit_images(lambda edits: edits.with_flags([first], True), "first")
    assert jobs.wait_idle()
    page.edit_images(lambda edits: edits.with_flags([second], True), "second")
    session.undo_stack.undo()
    assert jobs.wait_idle()
    assert corrected(session).edits.flags == {second} == Edits.load(corrections_file(opened.step)).flags
    undo(session, jobs)
    assert corrected(session).edits == Edits()


def test_an_edit_while_the_split_changes_is_made_on_the_new_split(
    page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    key = opened.train.key(0)
    page.open_step(opened.step.with_values(split="random", split_seed=3))
    page.edit_images(lambda edits: edits.with_left_out([key], True), "leave out")
    assert jobs.wait_idle()
    assert corrected(session).step.values["split"] == "random"
    assert corrected(session).edits.left_out == {key}
    assert session.experiment.dataset == corrected(session).step


def test_a_cancelled_edit_did_not_happen(
    page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset, qtbot: QtBot
) -> None:
    gate, began = threading.Event(), threading.Event()

    def change(edits: Edits) -> Edits:
        began.set()
        gate.wait(20)
        return edits.with_flags(["train/ants/0.png"], True)

    with qtbot.waitSignal(jobs.job_started) as started:
        page.edit_images(change, "flag")
    assert began.wait(20)
    started.args[0].cancel()
    gate.set()
    assert jobs.wait_idle()
    assert session.dataset is opened and not corrections_file(opened.step).exists()


def test_an_edit_cancelled_after_it_was_written_counts(
    page: DatasetsPage,
    session: Session,
    jobs: Jobs,
    opened: Dataset,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(Edits):
        def save(self, path: Path) -> None:
            Edits.save(self, path)
            started.args[0].cancel()

    def change(edits: Edits) -> Edits:
        return Slow(edits.labels, frozenset({"train/ants/0.png"}), edits.left_out)

    with qtbot.waitSignal(jobs.job_started) as started:
        page.edit_images(change, "flag")
    assert jobs.wait_idle()
    assert corrected(session).edits.flags == {"train/ants/0.png"}
    assert session.undo_stack.count() == 1


def test_experiment_edits_and_corrections_undo_in_their_order(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    start = session.experiment
    session.set_experiment(start.with_value("training.epochs", 7), "epochs")
    press(qtbot, page, jobs, Key.Key_F, 0)
    session.set_experiment(session.experiment.with_value("seed", 9), "seed")
    final = session.experiment
    assert final.dataset.values["edits"] and final.seed == 9
    for _ in range(3):
        session.undo_stack.undo()
    assert jobs.wait_idle()
    assert session.experiment == start and corrected(session).edits == Edits()
    for _ in range(3):
        session.undo_stack.redo()
    assert jobs.wait_idle()
    assert session.experiment == final and corrected(session).edits.flags == {"train/ants/0.png"}


def test_training_gets_what_is_shown(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, opened: Dataset
) -> None:
    press(qtbot, page, jobs, Key.Key_Delete, 0)
    press(qtbot, page, jobs, Key.Key_1, 0)
    trained, shown = open_dataset(session.experiment.dataset), corrected(session)
    assert [trained.train.key(i) for i in range(len(trained.train))] == [
        shown.train.key(i) for i in range(len(shown.train))
    ]
    assert trained.train.labels.tolist() == shown.train.labels.tolist()


@pytest.mark.shared_data
def test_cifar10_one_image_left_out(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, shared_data: Path
) -> None:
    page.open_step(DATASETS.step("cifar10", root=str(shared_data)))
    assert jobs.wait_idle(60_000)
    first = page.browser.image_set
    assert first is not None
    key = first.key(1)
    press(qtbot, page, jobs, Key.Key_Delete, 1)
    assert len(corrected(session).train) == 49_999 and corrected(session).edits.left_out == {key}
    undo(session, jobs)
    assert len(corrected(session).train) == 50_000


@pytest.mark.shared_data
def test_hymenoptera_all_of_a_class_relabelled(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, shared_data: Path
) -> None:
    folder = shared_data / "hymenoptera_small"
    stats = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    page.open_paths([folder])
    assert jobs.wait_idle(60_000)
    page.browser.set_label(0)
    assert jobs.wait_idle()
    page.browser.grid.setFocus()
    page.browser.grid.make_current(0)
    qtbot.keyClick(page.browser.grid, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    count = page.browser.grid.count
    qtbot.keyClick(page.browser.grid, Key.Key_1)
    assert jobs.wait_idle()
    assert len(corrected(session).edits.labels) == count
    assert dict(page.classes.chart.rows)["ants"] == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == stats


def test_a_running_training_keeps_the_corrections_it_began_with(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, tmp_path: Path
) -> None:
    press(qtbot, page, jobs, Key.Key_Delete, 0, 1, 2)
    started: list[RunStarted] = []
    session.training.run_started.connect(started.append)
    with qtbot.waitSignal(session.training.run_started, timeout=60_000):
        session.training.start(session.experiment.with_value("training.epochs", 3), tmp_path / "run")
    with qtbot.waitSignal(session.training.run_ended, timeout=60_000) as ended:
        page.edit_images(lambda edits: edits.with_left_out(edits.left_out, False), "take back")
    assert jobs.wait_idle()
    assert isinstance(ended.args[0], RunFinished)
    assert started[0].train_images == 1438 - 3 and len(corrected(session).train) == 1438
    assert len(Edits.load(tmp_path / "run" / COPY).left_out) == 3
