"""Arrays and images: the only place where one becomes the other."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tudui_gui.gui.imaging import color_table, colorize, from_qimage, shrink, to_qimage


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 1), (5, 7, 3), (5, 7, 4), (1, 1, 3), (3, 1001, 3)])
def test_every_pixel_arrives(qtbot: QtBot, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    if len(shape) == 3 and shape[2] == 4:
        pixels[..., 3] = 255
    image = to_qimage(pixels)
    assert (image.width(), image.height()) == (shape[1], shape[0])
    rgb = np.broadcast_to(pixels.reshape(*shape[:2], -1)[..., :3], (*shape[:2], 3))
    np.testing.assert_array_equal(from_qimage(image), rgb)


def test_views_with_odd_strides_are_copied(qtbot: QtBot) -> None:
    base = np.random.default_rng(1).integers(0, 256, (20, 30, 3), np.uint8)
    view = base[::-2, 3:20:3, ::-1]
    np.testing.assert_array_equal(from_qimage(to_qimage(view)), view)


def test_the_image_owns_its_pixels(qtbot: QtBot) -> None:
    class Owned(np.ndarray):
        pass

    pixels = np.full((64, 64, 3), 200, np.uint8).view(Owned)
    alive = weakref.ref(pixels)
    image = to_qimage(pixels)
    del pixels
    gc.collect()
    assert alive() is None
    assert image.pixelColor(63, 63) == QColor(200, 200, 200)


@pytest.mark.parametrize(
    "pixels", [np.zeros((2, 2), np.float32), np.zeros((2, 2, 2), np.uint8), np.zeros(4, np.uint8)]
)
def test_other_arrays_are_refused(pixels: np.ndarray) -> None:
    with pytest.raises(ValueError, match="needed"):
        to_qimage(pixels)


def test_shrink_keeps_the_aspect_and_leaves_small_ones(qtbot: QtBot) -> None:
    large = QImage(400, 100, QImage.Format.Format_RGB888)
    large.fill(0)
    assert (shrink(large, 100).width(), shrink(large, 100).height()) == (100, 25)
    assert shrink(large, 400) is large


def test_colorize_spans_the_table() -> None:
    values = np.array([[0.0, 0.5, 1.0]])
    np.testing.assert_array_equal(colorize(values, "gray")[0, :, 0], [0, 127, 255])
    table = color_table("viridis")
    np.testing.assert_array_equal(colorize(values)[0, [0, 2]], table[[0, 255]])
    assert tuple(table[0]) == (68, 1, 84)


def test_colorize_takes_a_given_range() -> None:
    np.testing.assert_array_equal(colorize(np.array([[-5.0, 2.0]]), "gray", 0.0, 4.0)[0, :, 0], [0, 127])


def test_colorize_shows_not_a_number_as_black_and_infinities_as_ends() -> None:
    values = np.array([[np.nan, -np.inf, np.inf, 0.0, 1.0]])
    np.testing.assert_array_equal(colorize(values, "gray")[0, :, 0], [0, 0, 255, 0, 255])


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.full((2, 3), np.nan), np.full((1, 1), 7.5)])
def test_colorize_of_constant_maps(values: np.ndarray) -> None:
    assert colorize(values).shape == (*values.shape, 3)


def test_an_unknown_colour_map_is_named() -> None:
    with pytest.raises(ValueError, match="jet"):
        color_table("jet")
