"""Pictures of many maps in one pass, and the grid that asks for them row by row."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tudui_gui.gui.imaging import (
    COLOR_MAPS,
    INF_COLOR,
    NAN_COLOR,
    Coloring,
    color_images,
    color_table,
    colorize,
    from_qimage,
    to_qimage,
)
from tudui_gui.gui.widgets.virtual_map_grid import VirtualMapGrid
from tudui_gui.images import opencv

MAPS = np.random.default_rng(0).normal(size=(5, 6, 7)).astype(np.float32)
RANGES = np.stack([MAPS.min(axis=(1, 2)), MAPS.max(axis=(1, 2))], axis=1)


@pytest.mark.parametrize("name", COLOR_MAPS)
def test_many_maps_have_the_colours_of_each(name: str) -> None:
    images = color_images(MAPS, RANGES, Coloring(name))
    for values, image in zip(MAPS, images, strict=True):
        assert np.array_equal(from_qimage(image), colorize(values, name))


def test_the_quick_table_is_the_table() -> None:
    levels = np.random.default_rng(1).integers(0, 256, (9, 4)).astype(np.uint8)
    for name in COLOR_MAPS:
        assert np.array_equal(opencv.colored(levels, color_table(name)), color_table(name)[levels])
    assert opencv.colored(levels[:0], color_table("gray")).shape == (0, 4, 3)


def test_the_middle_of_blue_and_red_is_light() -> None:
    table = color_table("blue-red").astype(int)
    assert table[0, 2] > table[0, 0] and table[255, 0] > table[255, 2]
    assert table[128].min() > 240


@pytest.mark.parametrize("gamma", [0.25, 0.5, 0.7])
def test_contrast_is_a_power_of_the_place_in_the_range(gamma: float) -> None:
    (image,) = color_images(MAPS[:1], RANGES[:1], Coloring("gray", gamma))
    place = (MAPS[0] - RANGES[0, 0]) / (RANGES[0, 1] - RANGES[0, 0])
    expected = place.astype(np.float64) ** gamma * 255
    assert np.abs(from_qimage(image)[..., 0] - expected).max() <= 1.01


def test_a_symmetric_contrast_is_a_power_of_the_distance_from_0() -> None:
    largest = np.abs(MAPS[0]).max()
    (image,) = color_images(MAPS[:1], np.array([[-largest, largest]]), Coloring("gray", 0.5, True))
    distance = MAPS[0].astype(np.float64) / largest
    expected = (0.5 + 0.5 * np.sign(distance) * np.sqrt(np.abs(distance))) * 255
    assert np.abs(from_qimage(image)[..., 0] - expected).max() <= 1.01


def test_what_is_no_number_has_its_own_colours() -> None:
    maps = MAPS.copy()
    maps[1, 2, 3], maps[1, 0, 0], maps[1, 5, 6] = np.nan, np.inf, -np.inf
    images = color_images(maps, RANGES, Coloring("gray"), odd=[1])
    pixels = from_qimage(images[1])
    assert tuple(pixels[2, 3]) == NAN_COLOR
    assert tuple(pixels[0, 0]) == tuple(pixels[5, 6]) == INF_COLOR
    assert np.array_equal(from_qimage(images[0]), colorize(maps[0], "gray"))


def test_places_without_a_number_are_black() -> None:
    (image,) = color_images(MAPS[:1], RANGES[:1], Coloring("viridis"), blank=3)
    pixels = from_qimage(image)
    assert not pixels[5, 4:].any() and pixels[5, 3].any()


def test_a_map_of_one_value_has_the_first_colour() -> None:
    (image,) = color_images(np.full((1, 2, 2), 3.0, np.float32), np.array([[3.0, 3.0]]), Coloring())
    assert np.array_equal(from_qimage(image)[0, 0], color_table("viridis")[0])


class Rows:
    """Gray squares that say which row they are."""

    def __init__(self, count: int, size: tuple[int, int] = (10, 10)) -> None:
        self.count = count
        self.size = size

    def caption(self, row: int) -> str:
        return f"row {row}"

    def color_range(self, row: int) -> tuple[float, float]:
        return float(row), float(row + 1)


def square(row: int) -> QImage:
    return to_qimage(np.full((10, 10, 3), 40 + row % 200, np.uint8))


@pytest.fixture
def grid(qtbot: QtBot) -> VirtualMapGrid:
    made = VirtualMapGrid("grid")
    qtbot.addWidget(made)
    made.resize(420, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_only_rows_in_sight_are_asked_for(qtbot: QtBot, grid: VirtualMapGrid) -> None:
    with qtbot.waitSignal(grid.rows_needed) as needed:
        grid.show_rows(Rows(1000))
    asked = needed.args[0]
    assert asked[0] == 0 and len(asked) < 30
    assert set(asked) <= set(grid.visible_rows)
    assert grid.model().index(700, 0).data() == "row 700"
    assert grid.color_range(3) == (3.0, 4.0)


def test_given_pictures_are_shown_and_not_asked_for(qtbot: QtBot, grid: VirtualMapGrid) -> None:
    grid.show_rows(Rows(4), {row: square(row) for row in range(3)})
    with qtbot.waitSignal(grid.rows_needed) as needed:
        grid.viewport().update()
    assert needed.args[0] == [3]
    grid.put_images({3: square(3)})
    place = grid.visualRect(grid.model().index(3, 0))
    shown = from_qimage(grid.viewport().grab(place).toImage())
    assert (shown == 43).all(axis=2).any()


def test_scrolling_asks_for_what_comes_into_sight(qtbot: QtBot, grid: VirtualMapGrid) -> None:
    with qtbot.waitSignal(grid.rows_needed):
        grid.show_rows(Rows(1000))
    with qtbot.waitSignal(grid.rows_needed) as needed:
        grid.scrollToBottom()
    assert needed.args[0][-1] == 999


def test_old_pictures_stay_until_there_are_new_ones(qtbot: QtBot, grid: VirtualMapGrid) -> None:
    grid.show_rows(Rows(2), {row: square(row) for row in range(2)})
    with qtbot.waitSignal(grid.rows_needed) as needed:
        grid.drop_images()
    assert needed.args[0] == [0, 1]
    place = grid.visualRect(grid.model().index(1, 0))
    assert (from_qimage(grid.viewport().grab(place).toImage()) == 41).all(axis=2).any()


def test_the_current_map_stays_where_it_can(qtbot: QtBot, grid: VirtualMapGrid) -> None:
    chosen: list[int] = []
    grid.map_selected.connect(chosen.append)
    grid.show_rows(Rows(50), {row: square(row) for row in range(50)})
    grid.setFocus()
    grid.select(5)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    grid.show_rows(Rows(20), {row: square(row) for row in range(20)})
    assert grid.current == 6
    grid.show_rows(Rows(3), {row: square(row) for row in range(3)})
    assert chosen[:2] == [5, 6] and chosen[-1] == -1
    grid.show_rows(None)
    assert grid.count == 0
