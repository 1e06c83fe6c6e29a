"""Orders of images: natural names, classes, sizes and dates of files."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.datasets.ordering import FILE_ORDERS, ORDERS, arranged, natural_key, sort_values
from tudui_gui.datasets.sources import FileImageSet

NAMES = ["img10.bmp", "IMG2.bmp", "img1.bmp", "other.bmp", "missing.bmp"]
SIDES = [5, 9, 2, 7]


@pytest.fixture
def images(tmp_path: Path) -> FileImageSet:
    for number, (name, side) in enumerate(zip(NAMES, SIDES, strict=False)):
        Image.new("RGB", (side, side)).save(tmp_path / name)
        os.utime(tmp_path / name, (0, 1_000_000 - number))
    return FileImageSet(["b", "a"], [1, 0, -1, 0, 1], tmp_path, NAMES, origin="train/")


def in_order(images: FileImageSet, order: str, *, descending: bool = False) -> list[int]:
    values = sort_values(images, order, ["train/img1.bmp", "train/missing.bmp"])
    return arranged(np.arange(len(images)), values, descending=descending).tolist()


def test_names_with_numbers_sort_as_people_do() -> None:
    names = ["10", "9a", "a", "a1b20", "A1B3", "", "2", "a-1", "二10", "二9"]
    expected = ["", "2", "9a", "10", "a", "A1B3", "a1b20", "a-1", "二9", "二10"]
    assert sorted(names, key=natural_key) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("source", [0, 1, 2, 3, 4]),
        ("name", [2, 1, 0, 4, 3]),
        ("class", [1, 3, 0, 4, 2]),
        ("bytes", [4, 2, 0, 3, 1]),
        ("pixels", [4, 2, 0, 3, 1]),
        ("date", [4, 3, 2, 1, 0]),
        ("flagged", [2, 4, 0, 1, 3]),
    ],
)
def test_each_order(images: FileImageSet, order: str, expected: list[int]) -> None:
    assert in_order(images, order) == expected
    assert order in ORDERS


def test_descending_keeps_equal_images_in_their_order(images: FileImageSet) -> None:
    assert in_order(images, "class", descending=True) == [2, 0, 4, 1, 3]
    assert in_order(images, "flagged", descending=True) == [0, 1, 3, 2, 4]


def test_only_the_chosen_images_are_sorted(images: FileImageSet) -> None:
    values = sort_values(images, "pixels")
    assert arranged(np.array([3, 1, 0]), values, descending=True).tolist() == [1, 3, 0]


@pytest.mark.parametrize("order", sorted(FILE_ORDERS))
def test_looking_at_files_tells_how_far_it_is_and_can_be_cancelled(images: FileImageSet, order: str) -> None:
    seen: list[tuple[int, int]] = []
    sort_values(images, order, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 5) for done in range(1, 6)]
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        sort_values(images, order, cancel=token)
