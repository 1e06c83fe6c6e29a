"""The browser of the Datasets tab: parts, filters, orders, selection, the large view, copies."""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import (
    LEFT,
    choose,
    choose_action,
    click_images,
    find,
    shown_page,
    text_of,
)
from tudui_gui.datasets import ordering
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.listing import COLUMNS
from tudui_gui.gui import revealing
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.workers import Jobs

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    with shown_page(qtbot, session, jobs) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Names in the wrong order of the alphabet, sizes and dates that differ."""
    sides = {"img10.png": 9, "img2.png": 5, "img1.png": 20}
    for part in ("train", "test"):
        for name in ("ants", "bees"):
            (tmp_path / "set" / part / name).mkdir(parents=True)
            for number, (file, side) in enumerate(sides.items()):
                path = tmp_path / "set" / part / name / file
                Image.new("RGB", (side, side), (10 * number, 0, 0)).save(path)
                os.utime(path, (0, 1_000_000 + number))
    return tmp_path / "set"


def open_folder(page: DatasetsPage, jobs: Jobs, folder: Path) -> None:
    page.open_paths([folder])
    assert jobs.wait_idle()


def names(page: DatasetsPage) -> list[str]:
    image_set = page.browser.image_set
    assert image_set is not None
    return [image_set.name(int(index)) for index in page.browser.indices]


def sort_by(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, *actions: str) -> None:
    for action in actions:
        choose_action(qtbot, page, action)
    assert jobs.wait_idle()


def test_orders_by_the_menu(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, folder: Path) -> None:
    open_folder(page, jobs, folder)
    source = names(page)
    assert source == [f"{name}/img{number}.png" for name in ("ants", "bees") for number in (1, 10, 2)]
    sort_by(qtbot, page, jobs, "sort_name")
    assert names(page) == [f"{name}/img{number}.png" for name in ("ants", "bees") for number in (1, 2, 10)]
    sort_by(qtbot, page, jobs, "sort_pixels")
    assert [name.split("/")[1] for name in names(page)] == ["img2.png"] * 2 + ["img10.png"] * 2 + [
        "img1.png"
    ] * 2
    sort_by(qtbot, page, jobs, "sort_date", "sort_descending")
    assert [name.split("/")[1] for name in names(page)][::2] == ["img1.png", "img2.png", "img10.png"]
    sort_by(qtbot, page, jobs, "sort_descending", "sort_source")
    assert names(page) == source


def test_selection_and_current_image_survive_another_order(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, folder: Path
) -> None:
    open_folder(page, jobs, folder)
    click_images(qtbot, page.browser.grid, 4, 1)
    chosen = {names(page)[row] for row in (4, 1)}
    assert chosen == {"bees/img10.png", "ants/img10.png"}
    sort_by(qtbot, page, jobs, "sort_bytes", "sort_descending")
    assert {names(page)[row] for row in page.browser.grid.selected} == chosen
    assert names(page)[page.browser.grid.current] == "ants/img10.png"
    assert session.dataset is not None
    assert session.current_image == (session.dataset.train, 1)
    qtbot.keyClicks(find(page, QLineEdit, "name_filter"), "bees")
    assert jobs.wait_idle()
    assert [names(page)[row] for row in page.browser.grid.selected] == ["bees/img10.png"]


def test_orders_of_files_are_not_offered_for_images_in_memory(page: DatasetsPage) -> None:
    enabled = {order for order in ordering.ORDERS if find(page, QAction, f"sort_{order}").isEnabled()}
    assert enabled == set(ordering.ORDERS) - ordering.FILE_ORDERS


def test_a_cancelled_order_leaves_all_as_it_was(
    qtbot: QtBot,
    page: DatasetsPage,
    jobs: Jobs,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_folder(page, jobs, folder)
    before, gate = names(page), threading.Event()

    def slow(path: Path) -> float:
        gate.wait(20)
        return 0.0

    monkeypatch.setattr(ordering, "_pixels", slow)
    monkeypatch.setattr(ordering, "_POLL", 1)
    with qtbot.waitSignal(jobs.job_started) as started:
        choose_action(qtbot, page, "sort_pixels")
    started.args[0].cancel()
    gate.set()
    assert jobs.wait_idle()
    assert names(page) == before
    assert find(page, QAction, "sort_source").isChecked()


def test_only_unlabelled_images(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, tmp_path: Path
) -> None:
    for number in range(3):
        Image.new("L", (6, 4), 90).save(tmp_path / f"{number}.png")
    page.open_step(DATASETS.step("plain_folder", root=str(tmp_path)))
    assert jobs.wait_idle()
    assert session.dataset is not None and set(session.dataset.parts) == {"unlabelled"}
    assert not text_of(page, "mean_std_problem")
    combo = find(page, QComboBox, "split_choice")
    assert [combo.itemText(row) for row in range(combo.count())] == ["Without label (3)"]
    grid = page.browser.grid
    assert grid.count == 3
    assert grid.model().index(0, 0).data() == "—"
    assert "no label" in grid.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    grid.setFocus()
    grid.select(1)
    qtbot.keyClick(grid, Key.Key_Space)
    assert jobs.wait_idle()
    assert "no label" in text_of(page, "large_view_facts")
    assert "The gray channel was repeated" in text_of(page, "large_view_notes")
    sort_by(qtbot, page, jobs, "sort_class", "sort_name")
    assert grid.count == 3


def test_images_of_another_part_are_selected_and_filters_dropped(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    assert session.dataset is not None
    choose(qtbot, find(page, QComboBox, "class_filter"), 4)
    assert jobs.wait_idle()
    page.browser.select_in("test", [300, 7, 120])
    assert jobs.wait_idle()
    assert page.browser.image_set is session.dataset.test
    assert page.browser.label == -1 and page.browser.grid.count == len(session.dataset.test)
    assert page.browser.indices[page.browser.grid.selected].tolist() == [7, 120, 300]
    assert page.browser.grid.current == 7
    assert page.classes.chart.rows[3][1] == int((session.dataset.test.labels == 3).sum())
    page.browser.select_in("nowhere", [1])
    assert jobs.wait_idle()
    assert page.browser.grid.selected == [7, 120, 300]


def test_filters_that_hide_none_of_them_stay(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    assert session.dataset is not None
    choose(qtbot, find(page, QComboBox, "class_filter"), 4)
    assert jobs.wait_idle()
    threes = np.flatnonzero(session.dataset.train.labels == 3)[[5, 9]]
    page.browser.select_in("train", threes.tolist())
    assert jobs.wait_idle()
    assert page.browser.label == 3
    assert page.browser.grid.selected == [5, 9]


def test_lasso_in_the_embedding_selects_in_the_grid(page: DatasetsPage, jobs: Jobs) -> None:
    page.embedding.selection_requested.emit("train", [3, 2])
    assert jobs.wait_idle()
    assert page.browser.grid.selected == [2, 3]


def test_copy_one_image_and_several(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, folder: Path
) -> None:
    open_folder(page, jobs, folder)
    assert session.dataset is not None
    train, grid = session.dataset.train, page.browser.grid
    click_images(qtbot, grid, 2)
    qtbot.keyClick(grid, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert jobs.wait_idle()
    data = QGuiApplication.clipboard().mimeData()
    np.testing.assert_array_equal(from_qimage(QImage(data.imageData())), np.asarray(train.image(2)))
    assert [Path(url.toLocalFile()) for url in data.urls()] == [train.path(2)]
    assert data.text() == train.name(2)
    click_images(qtbot, grid, 0, 3)
    choose_action(qtbot, page, "copy_images")
    assert jobs.wait_idle()
    data = QGuiApplication.clipboard().mimeData()
    assert not data.hasImage()
    assert [Path(url.toLocalFile()) for url in data.urls()] == [train.path(0), train.path(3)]
    assert data.text() == f"{train.name(0)}\n{train.name(3)}"


def test_reveal_opens_the_folder_of_a_file_alone(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(revealing.sys, "platform", "linux")
    monkeypatch.setattr(revealing.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page.browser.grid.select(0)
    assert not find(page, QAction, "reveal_image").isEnabled()
    open_folder(page, jobs, folder)
    page.browser.grid.select(0)
    choose_action(qtbot, page, "reveal_image")
    assert opened == [str(folder / "train" / "ants")]


def test_export_writes_the_listing(
    qtbot: QtBot,
    page: DatasetsPage,
    jobs: Jobs,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    open_folder(page, jobs, folder)
    page.browser.grid.select(0)
    listing = tmp_path / "listing.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(listing), ""))
    choose_action(qtbot, page, "export_listing")
    assert jobs.wait_idle()
    with listing.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 13 and rows[1][:3] == ["set/train/ants/img1.png", "ants", "train"]
    listing.unlink()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(folder / "train" / "ants"), ""))
    choose_action(qtbot, page, "export_listing")
    assert jobs.wait_idle()
    assert page.banner.isVisible() and "cannot be written" in page.banner.text


def test_buttons_open_the_menus(qtbot: QtBot, page: DatasetsPage) -> None:
    page.browser.grid.select(0)
    for button, menu in (("send_image_button", "send_menu"), ("image_menu_button", "image_menu")):
        shown = find(page, QMenu, menu)
        with qtbot.waitExposed(shown):
            qtbot.mouseClick(find(page, QToolButton, button), LEFT)
        shown.close()


def test_the_large_view_takes_the_place_of_grid_and_filters(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs
) -> None:
    page.browser.show_index("test", 5)
    assert jobs.wait_idle()
    assert page.browser.large.isVisible() and not page.browser.bar.isVisible()
    assert page.browser.image_set is not None
    assert page.browser.large.item == page.browser.image_set.item(5)
    qtbot.keyClick(find(page, QWidget, "large_view_image"), Key.Key_Escape)
    assert page.browser.grid.isVisible() and page.browser.bar.isVisible()
    assert page.browser.grid.current == 5


@pytest.mark.shared_data
def test_cifar10_in_another_order(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, shared_data: Path) -> None:
    page.open_step(DATASETS.step("cifar10", root=str(shared_data)))
    assert jobs.wait_idle(60_000)
    image_set = page.browser.image_set
    assert image_set is not None and len(image_set) == 50_000
    sort_by(qtbot, page, jobs, "sort_class")
    labels = image_set.labels[page.browser.indices]
    assert (np.diff(labels) >= 0).all() and len(labels) == 50_000
    sort_by(qtbot, page, jobs, "sort_name", "sort_descending")
    numbers = [int(image_set.name(int(index))) for index in page.browser.indices[:100]]
    assert numbers == list(range(49_999, 49_899, -1))


def test_a_large_image_has_the_whole_middle_of_a_low_window(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, folder: Path
) -> None:
    open_folder(page, jobs, folder)
    page.resize(1000, 600)
    browser, lower = page.browser, page.lower_area
    qtbot.waitUntil(lambda: lower.isVisible() and browser.height() < 400)
    before = browser.height()
    browser.grid.select(0)
    qtbot.keyClick(browser.grid, Key.Key_Space)
    qtbot.waitUntil(lambda: not lower.isVisible() and browser.height() > before + 100)
    qtbot.keyClick(browser.large, Key.Key_Escape)
    qtbot.waitUntil(lambda: lower.isVisible() and abs(browser.height() - before) < 10)
