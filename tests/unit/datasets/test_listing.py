"""The listing of a data set: what it says, and that the same parts come back from it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from PIL import Image

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import StorageError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.listing import COLUMNS, write_listing
from tudui_gui.datasets.selection import with_edits
from tudui_gui.datasets.sources import Dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Names with a comma, quotes, a line break and Chinese; two corrections and an image left out."""
    root = tmp_path / "资料"
    names = ["a,b.png", '"quoted".png', "3.png", "蚂蚁.png"]
    if sys.platform != "win32":
        names = [*names, "two\nlines.png"]
    else:
        names = [name.replace('"', "'") for name in names]
    for part, chosen in (("train", names), ("test", ["x.png"])):
        for label in ("ants", "bees"):
            (root / part / label).mkdir(parents=True)
            for name in chosen:
                Image.new("RGB", (4, 4)).save(root / part / label / name)
    opened = open_dataset(DATASETS.step("folder", root=str(root)))
    edits = opened.edits.with_label(["train/ants/3.png"], "黄蜂, wasps").with_flags(["test/ants/x.png"], True)
    return with_edits(opened, edits.with_left_out(["train/bees/3.png", "train/bees/a,b.png"], True))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_image_has_a_row(dataset: Dataset, tmp_path: Path) -> None:
    listing = tmp_path / "资料" / "listing.csv"
    write_listing(dataset, listing)
    assert listing.read_bytes().startswith(b"\xef\xbb\xbfpath,label,part,")
    rows = {row["path"]: row for row in rows_of(listing)}
    assert len(rows) == sum(map(len, dataset.parts.values()))
    assert tuple(rows["train/ants/3.png"]) == COLUMNS
    assert tuple(rows["train/ants/3.png"].values())[1:] == ("黄蜂, wasps", "train", "ants", "0", "0")
    assert tuple(rows["test/ants/x.png"].values())[1:] == ("ants", "test", "ants", "1", "0")
    assert tuple(rows["train/bees/3.png"].values())[1:] == ("bees", "", "bees", "0", "1")


@pytest.mark.parametrize("folder", ["资料", "elsewhere"])
def test_the_same_parts_come_back_from_it(dataset: Dataset, tmp_path: Path, folder: str) -> None:
    listing = tmp_path / folder / "listing.csv"
    write_listing(dataset, listing)
    again = open_dataset(DATASETS.step("csv", root=str(listing)))
    for part in ("train", "test"):
        before, after = dataset.parts[part], again.parts[part]
        expected = {before.path(i): before.label_name(i) for i in range(len(before))}
        assert {after.path(i): after.label_name(i) for i in range(len(after))} == expected
    assert again.left_out is None
    assert sum(problem.kind == "bad_row" for problem in again.problems) == 2


def test_images_without_a_label_come_back_without_one(tmp_path: Path) -> None:
    for number in range(3):
        Image.new("RGB", (4, 4)).save(tmp_path / f"{number}.png")
    dataset = open_dataset(DATASETS.step("plain_folder", root=str(tmp_path)))
    assert set(dataset.parts) == {"unlabelled"}
    listing = tmp_path / "listing.csv"
    write_listing(dataset, listing)
    assert [row["label"] for row in rows_of(listing)] == [""] * 3
    again = open_dataset(DATASETS.step("csv", root=str(listing)))
    assert {name: len(part) for name, part in again.parts.items()} == {"unlabelled": 3}


def test_images_without_files_are_called_by_their_key(tmp_path: Path) -> None:
    dataset = open_dataset(DATASETS.step("digits"))
    seen: list[tuple[int, int]] = []
    write_listing(dataset, tmp_path / "digits.csv", progress=lambda done, total: seen.append((done, total)))
    rows = rows_of(tmp_path / "digits.csv")
    assert [row["path"] for row in rows[:3]] == [dataset.train.key(index) for index in range(3)]
    assert len(rows) == 1797 and seen[-1] == (1797, 1797)


def test_cancelled_or_refused_it_leaves_what_was_there(dataset: Dataset, tmp_path: Path) -> None:
    listing = tmp_path / "listing.csv"
    listing.write_text("before", encoding="utf-8")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_listing(dataset, listing, cancel=token)
    assert listing.read_text(encoding="utf-8") == "before"
    assert not list(tmp_path.glob(".*"))
    with pytest.raises(StorageError):
        write_listing(dataset, listing / "below a file.csv")
