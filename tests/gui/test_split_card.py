"""Splitting and cutting the open data set from the left column of the Datasets tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.datasets.splitting import stratified_split
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets import create
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton


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


def find(page: QWidget, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def unfold(qtbot: QtBot, page: QWidget) -> None:
    heading = find(page, QToolButton, "split_group_fold")
    heading.setFocus()
    qtbot.keyClick(heading, Qt.Key.Key_Space)


def choose(qtbot: QtBot, page: QWidget, row: int) -> None:
    combo = find(page, QComboBox, "selection_split")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(row):
        qtbot.keyClick(combo, Qt.Key.Key_Down)


def retype(qtbot: QtBot, page: QWidget, name: str, text: str) -> None:
    line = find(page, QLineEdit, name)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def parts(session: Session) -> tuple[int, int]:
    assert session.dataset is not None
    return len(session.dataset.train), len(session.dataset.test)


def test_the_split_is_folded_but_says_what_it_is(qtbot: QtBot, page: DatasetsPage) -> None:
    assert find(page, QLabel, "split_group_fact").text() == "1,438 + 359"
    assert not find(page, QWidget, "selection_form").isVisible()
    unfold(qtbot, page)
    assert find(page, QWidget, "selection_form").isVisible()
    assert find(page, QLabel, "split_counts").text().split() == ["training", "1,438", "test", "359"]


def test_share_and_seed_are_out_of_reach_while_the_split_is_the_sources_own(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs
) -> None:
    unfold(qtbot, page)
    share, seed = find(page, QLineEdit, "selection_test_share"), find(page, QSpinBox, "selection_split_seed")
    assert not share.isEnabled() and not seed.isEnabled()
    assert "Choose stratified or random" in share.toolTip()
    choose(qtbot, page, 1)
    assert share.isEnabled() and seed.isEnabled()
    assert "Choose stratified or random" not in share.toolTip()
    choose(qtbot, page, 0)
    retype(qtbot, page, "selection_per_class", "5")
    assert seed.isEnabled() and not share.isEnabled()  # the seed draws those five


def test_another_share_is_that_of_a_stratified_split_and_one_undo_step(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    assert session.dataset is not None and session.dataset.collection is not None
    labels, before = session.dataset.collection.train.labels, session.experiment
    unfold(qtbot, page)
    choose(qtbot, page, 1)
    qtbot.waitUntil(lambda: session.experiment.dataset.values["split"] == "stratified")
    count = session.undo_stack.count()
    for text in ("0.5", "0.3"):
        retype(qtbot, page, "selection_test_share", text)
        qtbot.waitUntil(lambda text=text: session.experiment.dataset.values["test_share"] == float(text))
    train, test = stratified_split(labels, 0.3, 0)
    assert parts(session) == (len(train), len(test))
    assert session.dataset is not None
    np.testing.assert_array_equal(session.dataset.test.labels, labels[test])
    assert session.dataset.step == session.experiment.dataset
    qtbot.waitUntil(lambda: page.browser.grid.count == len(train))
    assert session.undo_stack.count() == count + 1
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert jobs.wait_idle()
    assert session.experiment == before and parts(session) == (1438, 359)
    assert find(page, QComboBox, "selection_split").currentText() == "own"


def test_so_many_of_each_class(qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs) -> None:
    unfold(qtbot, page)
    retype(qtbot, page, "selection_per_class", "7")
    qtbot.waitUntil(lambda: parts(session) == (70, 70))
    assert session.dataset is not None
    assert np.bincount(session.dataset.train.labels).tolist() == [7] * 10
    assert find(page, QLabel, "split_group_fact").text() == "70 + 70"
    assert session.experiment.train_transforms.steps[0].name == "ToTensor"  # no Resize was put in
    retype(qtbot, page, "selection_per_class", "0")
    assert "at least 1" in find(page, QLabel, "selection_per_class_error").text()
    assert parts(session) == (70, 70)


def test_files_are_not_looked_for_again(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, tmp_path: Path
) -> None:
    for name in ("cat", "dog"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(10):
            Image.new("RGB", (8, 8)).save(tmp_path / "pets" / name / f"{number}.png")
    page.open_paths([tmp_path / "pets"])
    assert jobs.wait_idle()
    assert parts(session) == (16, 4)
    (tmp_path / "pets").rename(tmp_path / "elsewhere")
    unfold(qtbot, page)
    choose(qtbot, page, 2)
    retype(qtbot, page, "selection_test_share", "0.5")
    qtbot.waitUntil(lambda: parts(session) == (10, 10))
    assert not page.banner.isVisible()


def test_a_split_in_the_experiment_is_shown(page: DatasetsPage, session: Session, jobs: Jobs) -> None:
    step = session.experiment.dataset.with_values(split="random", test_share=0.25, split_seed=3)
    session.set_experiment(session.experiment.with_value("dataset", step.to_dict("source")))
    assert jobs.wait_idle()
    assert find(page, QComboBox, "selection_split").currentText() == "random"
    assert find(page, QLineEdit, "selection_test_share").text() == "0.25"
    assert find(page, QSpinBox, "selection_split_seed").value() == 3
    assert parts(session) == (1797 - 449, 449)
