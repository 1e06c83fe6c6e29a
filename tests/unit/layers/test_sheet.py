"""All maps of a layer on one sheet, and in one file of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ImageError, StorageError
from tudui_gui.layers.sheet import MOST_PIXELS, Pixels, draw_sheet, save_numbers, save_sheet, sheet_layout


def plain(count: int, height: int, width: int) -> Iterator[tuple[Pixels, str]]:
    """Pictures of one colour each."""
    for number in range(count):
        yield np.full((height, width, 3), 5 + number % 250, np.uint8), f"{number} μ +0.12"


@pytest.mark.parametrize(
    ("count", "height", "width"), [(1, 224, 224), (6, 30, 30), (64, 112, 80), (7, 1, 32)]
)
def test_every_map_lies_whole_and_alone_in_its_place(count: int, height: int, width: int) -> None:
    layout = sheet_layout(count, height, width, "Conv2d(3, 6)\nflower.jpg")
    sheet = np.asarray(draw_sheet(layout, plain(count, height, width), "Conv2d(3, 6)\nflower.jpg"))
    assert sheet.shape == (layout.height, layout.width, 3)
    for number in range(count):
        x, y = layout.place(number)
        found = sheet[y : y + layout.map_height, x : x + layout.map_width]
        assert found.shape == (layout.map_height, layout.map_width, 3)
        assert (found == 5 + number % 250).all()
    assert (sheet[-4:] == 255).all()
    captions = sheet[y + layout.map_height + 1 : y + layout.map_height + layout.line]
    assert captions.min() < 200


def test_small_maps_are_enlarged_without_blurring() -> None:
    layout = sheet_layout(1, 5, 5)
    values = np.random.default_rng(0).integers(0, 256, (5, 5, 3), dtype=np.uint8)
    x, y = layout.place(0)
    sheet = np.asarray(draw_sheet(layout, iter([(values, "")])))
    factor = layout.map_width // 5
    assert factor * 5 == layout.map_width
    expected = values.repeat(factor, 0).repeat(factor, 1)
    assert np.array_equal(sheet[y : y + layout.map_height, x : x + layout.map_width], expected)


def test_thousands_of_large_maps_stay_within_the_limit() -> None:
    layout = sheet_layout(4096, 224, 224)
    assert layout.width * layout.height <= MOST_PIXELS
    assert layout.map_width > 60
    with pytest.raises(ImageError, match="100000 maps do not fit"):
        sheet_layout(100_000, 64, 64, most=1_000_000)
    with pytest.raises(ImageError, match="no maps"):
        sheet_layout(0, 8, 8)


def test_drawing_can_be_cancelled() -> None:
    token = CancelToken()
    done: list[int] = []

    def note(number: int) -> None:
        done.append(number)
        if number == 2:
            token.cancel()

    with pytest.raises(Cancelled):
        draw_sheet(sheet_layout(9, 8, 8), plain(9, 8, 8), cancel=token, progress=note)
    assert done == [1, 2]


def test_the_sheet_is_a_png(tmp_path: Path) -> None:
    image = draw_sheet(sheet_layout(2, 8, 8), plain(2, 8, 8), "图片.png")
    save_sheet(image, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as again:
        assert again.format == "PNG"
        assert np.array_equal(np.asarray(again), np.asarray(image))


def test_numbers_are_what_numpy_saves(tmp_path: Path) -> None:
    maps = np.random.default_rng(0).normal(size=(5, 3, 4)).astype(np.float32)
    maps[2, 1, 1] = np.nan
    save_numbers(iter([maps[:2], maps[2:4], maps[4:]]), maps.shape, tmp_path / "maps.npy")
    assert np.array_equal(np.load(tmp_path / "maps.npy"), maps, equal_nan=True)
    np.save(tmp_path / "numpy.npy", maps)
    assert (tmp_path / "maps.npy").read_bytes() == (tmp_path / "numpy.npy").read_bytes()


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    maps = np.zeros((1, 2, 2), np.float32)
    with pytest.raises(StorageError, match="cannot be written"):
        save_numbers(iter([maps]), maps.shape, tmp_path / "file" / "maps.npy")
    with pytest.raises(StorageError):
        save_sheet(Image.new("RGB", (8, 8)), tmp_path / "file" / "sheet.png")

    def full_disk() -> Iterator[np.ndarray]:
        yield maps
        raise OSError(28, "No space left on device")

    (tmp_path / "maps.npy").write_text("before")
    with pytest.raises(StorageError, match="No space left on device"):
        save_numbers(full_disk(), (2, 2, 2), tmp_path / "maps.npy")
    assert (tmp_path / "maps.npy").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "maps.npy"]
