"""Image view, thumbnail grid and feature map grid, used by mouse, wheel and keys."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.gui.imaging import color_table, from_qimage
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.map_grid import FeatureMapGrid
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid


def ctrl_wheel(widget: QWidget, at: QPointF, turns: int = 1) -> None:
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@pytest.fixture
def view(qtbot: QtBot) -> ImageView:
    made = ImageView()
    qtbot.addWidget(made)
    made.resize(200, 100)
    with qtbot.waitExposed(made):
        made.show()
    return made


def numbered(height: int, width: int) -> np.ndarray:
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = np.arange(width)
    pixels[..., 1] = np.arange(height)[:, None]
    return pixels


def test_the_probe_tells_the_pixel_under_the_pointer(view: ImageView, qtbot: QtBot) -> None:
    view.set_image(numbered(10, 20))
    seen: list[tuple[int, int, object]] = []
    view.pixel_hovered.connect(lambda x, y, values: seen.append((x, y, values)))
    for x, y in ((0, 0), (19, 9), (7, 3)):
        qtbot.mouseMove(view, view.pixel_rect(x, y).center().toPoint())
        assert seen[-1][:2] == (x, y)
        np.testing.assert_array_equal(seen[-1][2], [x, y, 0])
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert seen[-1] == (-1, -1, None)


def test_the_probe_reports_the_given_values(view: ImageView, qtbot: QtBot) -> None:
    values = np.arange(200, dtype=np.float32).reshape(10, 20) / 7
    view.set_image(numbered(10, 20), values)
    seen: list[np.ndarray] = []
    view.pixel_hovered.connect(lambda x, y, probed: seen.append(probed))
    qtbot.mouseMove(view, view.pixel_rect(4, 5).center().toPoint())
    assert seen[-1] == values[5, 4]


def test_a_click_names_its_pixel_and_a_drag_does_not(view: ImageView, qtbot: QtBot) -> None:
    view.set_image(numbered(10, 20))
    clicks: list[tuple[int, int]] = []
    view.pixel_clicked.connect(lambda x, y: clicks.append((x, y)))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.pixel_rect(3, 2).center().toPoint())
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    qtbot.mouseMove(view, QPoint(90, 60))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    assert clicks[0] == (3, 2)


def test_pixels_stay_sharp_when_enlarged(view: ImageView) -> None:
    checker = np.indices((2, 4)).sum(axis=0) % 2 * 255
    view.set_image(checker.astype(np.uint8))
    shown = from_qimage(view.grab().toImage())
    assert set(np.unique(shown[1:-1, 1:-1])) == {0, 255}


def test_ctrl_wheel_zooms_about_the_pointer(view: ImageView) -> None:
    view.set_image(numbered(10, 20))
    at = view.pixel_rect(15, 2).center()
    ctrl_wheel(view, at, 4)
    assert view.zoom > 1.5
    assert view.pixel_at(at) == (15, 2)
    view.fit()
    assert view.zoom == 1.0


def test_the_keyboard_zooms_and_pans(view: ImageView, qtbot: QtBot) -> None:
    view.set_image(numbered(10, 20))
    middle = QPointF(100, 50)
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    before = view.pixel_at(middle)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    after = view.pixel_at(middle)
    assert before is not None and after is not None
    assert after[0] > before[0]
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0


def test_linked_views_zoom_together(view: ImageView, qtbot: QtBot) -> None:
    other = ImageView("other")
    qtbot.addWidget(other)
    other.resize(300, 300)
    view.set_image(numbered(10, 20))
    other.set_image(numbered(40, 80))
    view.link(other)
    ctrl_wheel(view, QPointF(150, 30), 3)
    assert other.zoom == view.zoom > 1
    other.fit()
    assert view.zoom == 1.0


def test_large_images_are_shrunk_once_and_zoom_is_kept_for_the_same_size(view: ImageView) -> None:
    view.set_image(np.zeros((2000, 3000, 3), np.uint8))
    view.grab()
    ctrl_wheel(view, QPointF(100, 50), 2)
    zoom = view.zoom
    view.set_image(np.ones((2000, 3000, 3), np.uint8))
    assert view.zoom == zoom > 1
    view.set_image(np.ones((20, 30, 3), np.uint8))
    assert view.zoom == 1.0
    view.set_image(None)
    assert view.pixel_at(QPointF(100, 50)) is None


# -- thumbnails ----------------------------------------------------------------------------------------------


class Source:
    """A loader that notes what it was asked for."""

    def __init__(self, side: int = 32) -> None:
        self.asked: list[int] = []
        self.threads: set[int] = set()
        self.side = side
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, index: int) -> np.ndarray:
        self.gate.wait(10)
        self.asked.append(index)
        self.threads.add(threading.get_ident())
        if index % 10 == 3:
            raise OSError("broken")
        return np.full((self.side, self.side, 3), index % 256, np.uint8)


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[ThumbnailGrid]:
    made = ThumbnailGrid("dataset_grid")
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.stop()


def test_only_what_is_near_is_decoded_off_the_main_thread(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    source = Source()
    began = time.perf_counter()
    grid.set_source(100_000, source, str)
    assert time.perf_counter() - began < 0.5
    assert grid.count == 100_000
    qtbot.waitUntil(lambda: grid.is_loaded(0) and grid.is_loaded(5))
    grid.select(99_999)
    qtbot.waitUntil(lambda: grid.is_loaded(99_999), timeout=10_000)
    assert len(source.asked) < 500
    assert threading.get_ident() not in source.threads


def test_visible_images_come_before_the_others(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    source = Source()
    source.gate.clear()
    grid.set_source(10_000, source)
    last = grid.model().index(9_999, 0)
    qtbot.waitUntil(lambda: grid.visualRect(last).isValid())
    grid.select(5_000)
    middle = grid.model().index(5_000, 0)
    qtbot.waitUntil(lambda: grid.viewport().rect().contains(grid.visualRect(middle)))
    QCoreApplication.processEvents()
    source.gate.set()
    qtbot.waitUntil(lambda: grid.is_loaded(5_000), timeout=10_000)
    assert sum(index < 1_000 for index in source.asked) <= 2


def test_results_of_an_earlier_source_are_dropped(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    old, new = Source(), Source()
    old.gate.clear()
    grid.set_source(100, old)
    QCoreApplication.processEvents()
    grid.set_source(5, new)
    old.gate.set()
    qtbot.waitUntil(lambda: grid.is_loaded(4))
    grid.stop()
    QCoreApplication.processEvents()
    assert not grid.is_loaded(50)


def test_broken_images_do_not_hold_up_the_others(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.set_source(30, Source())
    qtbot.waitUntil(lambda: all(grid.is_loaded(index) for index in range(20)))
    assert not grid.grab().isNull()


def test_keys_move_open_and_ask_for_the_large_view(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.set_source(50, Source(), str)
    current: list[int] = []
    large: list[int] = []
    opened: list[int] = []
    grid.current_changed.connect(current.append)
    grid.large_view_requested.connect(large.append)
    grid.index_activated.connect(opened.append)
    grid.select(0)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert current == [0, 1]
    assert large == opened == [1]


def test_a_click_selects(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.set_source(50, Source())
    place = grid.visualRect(grid.model().index(2, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.current == 2
    assert grid.selected == [2]


def test_ctrl_wheel_makes_thumbnails_larger(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.set_source(500, Source())
    before = grid.zoom
    ctrl_wheel(grid.viewport(), QPointF(100, 100))
    assert grid.zoom > before
    qtbot.waitUntil(lambda: grid.is_loaded(0))


def test_dragging_out_gives_the_file_or_the_pixels(grid: ThumbnailGrid, qtbot: QtBot, tmp_path: Path) -> None:
    model = grid.model()
    grid.set_source(3, Source(), str, lambda index: tmp_path / f"{index}.png")
    data = model.mimeData([model.index(1, 0)])
    assert [url.toLocalFile() for url in data.urls()] == [str(tmp_path / "1.png")]
    grid.set_source(3, Source(), str)
    qtbot.waitUntil(lambda: grid.is_loaded(1))
    data = model.mimeData([model.index(1, 0)])
    assert data.hasImage()
    np.testing.assert_array_equal(from_qimage(QImage(data.imageData())), np.full((32, 32, 3), 1))


def test_a_closed_grid_is_collected(qtbot: QtBot) -> None:
    grid = ThumbnailGrid()
    grid.set_source(10, Source())
    grid.stop()
    gone = weakref.ref(grid)
    grid.deleteLater()
    del grid
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


# -- feature maps --------------------------------------------------------------------------------------------


@pytest.fixture
def maps(qtbot: QtBot) -> FeatureMapGrid:
    made = FeatureMapGrid()
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_maps_are_coloured_each_or_all_by_one_range(maps: FeatureMapGrid) -> None:
    values = np.stack([np.linspace(0, 1, 16), np.linspace(0, 4, 16)]).reshape(2, 4, 4).astype(np.float32)
    maps.set_maps(values, ["0", "1"])
    assert maps.color_range(0) == (0.0, 1.0)
    maps.set_common_range(True)
    assert maps.color_range(0) == (0.0, 4.0)
    maps.set_color_map("gray")
    place = maps.visualRect(maps.model().index(1, 0))
    shown = from_qimage(maps.viewport().grab(place).toImage())
    assert (shown == 255).all(axis=2).any()
    maps.set_color_map("viridis")
    shown = from_qimage(maps.viewport().grab(place).toImage())
    assert (shown == color_table("viridis")[255]).all(axis=2).any()


def test_clicks_and_keys_choose_a_map(maps: FeatureMapGrid, qtbot: QtBot) -> None:
    maps.set_maps(np.random.default_rng(0).normal(size=(8, 5, 5)).astype(np.float32))
    chosen: list[int] = []
    maps.map_selected.connect(chosen.append)
    place = maps.visualRect(maps.model().index(2, 0)).center()
    qtbot.mouseClick(maps.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(maps, Qt.Key.Key_Right)
    assert chosen == [2, 3]
    maps.set_maps(np.zeros((8, 5, 5), np.float32))
    assert maps.current == 3
    maps.set_maps(np.zeros((2, 5, 5), np.float32))
    assert chosen[-1] == -1


def test_maps_that_are_not_finite_are_shown(maps: FeatureMapGrid) -> None:
    maps.set_maps(np.full((3, 4, 4), np.nan, np.float32))
    maps.set_common_range(True)
    assert not maps.grab().isNull()
    with pytest.raises(ValueError, match="shape"):
        maps.set_maps(np.zeros((4, 4), np.float32))


def test_only_one_map_is_current(maps: FeatureMapGrid) -> None:
    assert maps.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection
