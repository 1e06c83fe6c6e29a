"""A value that is a tuple of pictures: shown side by side, told by the first."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms

from tudui_gui.core.errors import ImageError
from tudui_gui.images.conversion import facts, pictures, to_uint8


def photo(width: int = 60, height: int = 50) -> Image.Image:
    return Image.effect_mandelbrot((width, height), (-3, -2.5, 2, 2.5), 9).convert("RGB")


@pytest.mark.parametrize(("crop", "count"), [(transforms.FiveCrop(40), 5), (transforms.TenCrop(40), 10)])
def test_facts_are_those_of_the_first_picture(crop: object, count: int) -> None:
    made = crop(photo())  # type: ignore[operator]
    told, first = facts(made), facts(made[0])
    assert told.count == count
    assert first.count == 1
    assert (told.kind, told.mode, told.shape, told.mean) == (first.kind, first.mode, first.shape, first.mean)
    assert np.array_equal(told.histogram, first.histogram)


def test_five_pictures_are_a_row_and_ten_are_two() -> None:
    tensor = transforms.functional.to_tensor(photo())
    five, ten = transforms.FiveCrop(40)(tensor), transforms.TenCrop(40)(tensor)
    row, sheet = to_uint8(five), to_uint8(ten)
    assert row.shape == (40, 5 * 40 + 4, 3)
    assert sheet.shape == (2 * 40 + 1, 5 * 40 + 4, 3)
    for place, tile in enumerate(ten):
        top, left = (place // 5) * 41, (place % 5) * 41
        assert np.array_equal(sheet[top : top + 40, left : left + 40], to_uint8(tile))
    assert np.array_equal(row, sheet[:40])
    assert not row[:, 40].any()


def test_pictures_of_different_sizes_and_kinds_stand_side_by_side() -> None:
    mixed = (photo(80, 40), torch.ones(1, 20, 30), np.full((10, 10), 7, np.uint8))
    sheet = to_uint8(mixed)
    assert sheet.shape == (40, 3 * 80 + 2, 3)
    assert (sheet[:20, 81:111] == 255).all()
    assert (sheet[:10, 162:172] == 7).all()
    assert not sheet[20:, 81:].any()
    assert sheet.flags["C_CONTIGUOUS"]


def test_one_picture_is_not_several() -> None:
    image = photo()
    assert pictures(image) == (image,)
    assert pictures((image, image)) == (image, image)
    assert np.array_equal(to_uint8((image,)), to_uint8(image))


def test_no_pictures_at_all_are_told() -> None:
    for look in (facts, to_uint8):
        with pytest.raises(ImageError, match="no pictures"):
            look(())
