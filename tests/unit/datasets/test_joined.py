"""Joined sets give what their parts give."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.datasets.samples import write_folder
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.joined import JoinedImageSet, joined
from tudui_gui.datasets.sources import NO_LABEL, ArrayImageSet, FileImageSet, ImageSet

CLASSES = ("ant", "bee")


def array_set(count: int, origin: str, size: int = 4, seed: int = 0) -> ArrayImageSet:
    random = np.random.RandomState(seed)
    pixels = random.randint(0, 256, (count, size, size + 1, 3)).astype(np.uint8)
    return ArrayImageSet(CLASSES, np.arange(count) % 2, pixels, origin=origin)


@pytest.fixture
def files(tmp_path: Path) -> ImageSet:
    write_folder(tmp_path, {"train/ant": 3, "train/bee": 2, "test/ant": 1, "test/bee": 1})
    return open_dataset(DATASETS.step("folder", root=str(tmp_path))).train


def facts(image_set: ImageSet, index: int) -> tuple[Any, ...]:
    return (
        np.asarray(image_set.image(index)).tobytes(),
        image_set.image(index).size,
        image_set.thumbnail(index, 4).tobytes(),
        image_set.name(index),
        image_set.path(index),
        image_set.labels[index],
        image_set.label_name(index),
        image_set.item(index).mode,
        image_set.item(index).size,
        image_set.item(index).name,
    )


def test_every_image_is_as_in_its_part(files: ImageSet) -> None:
    parts = [array_set(5, "train/"), files, array_set(2, "test/", size=7, seed=1)]
    whole = JoinedImageSet(parts)
    assert len(whole) == 12 and whole.classes == CLASSES
    places = [(part, index) for part in parts for index in range(len(part))]
    for number, (part, index) in enumerate(places):
        assert facts(whole, number) == facts(part, index)
        assert whole.key(number) == part.key(index)
        assert whole.item(number).index == number
        assert whole.item(number).label == part.labels[index]


def test_subsets_keep_order_and_repeat(files: ImageSet) -> None:
    whole = JoinedImageSet([array_set(5, "a/"), files])
    chosen = whole.subset([9, 0, 7, 0, 2])
    assert [facts(chosen, at) for at in range(5)] == [facts(whole, index) for index in (9, 0, 7, 0, 2)]
    again = chosen.subset([3, 1]).without([0])
    assert facts(again, 0) == facts(whole, 0)
    assert len(chosen.subset([])) == 0
    assert chosen.subset(np.array([1])).key(0) == whole.key(0)


def test_origins_keep_keys_apart(files: ImageSet) -> None:
    whole = JoinedImageSet([files, files], ["0/", "1/"])
    keys = [whole.key(index) for index in range(len(whole))]
    assert len(set(keys)) == 10
    assert keys[0] == "0/train/ant/000.png" and keys[5] == "1/train/ant/000.png"


def test_nested_joins_are_one(files: ImageSet) -> None:
    inner = JoinedImageSet([array_set(3, "train/"), files], ["0/", "1/"]).subset([4, 1, 2, 6])
    outer = JoinedImageSet([files.subset([0]), inner, array_set(2, "x/")], ["a/", "b/", "c/"])
    assert [outer.key(index) for index in range(len(outer))] == [
        "a/train/ant/000.png",
        "b/1/train/ant/001.png",
        "b/0/train/1",
        "b/0/train/2",
        "b/1/train/bee/000.png",
        "c/x/0",
        "c/x/1",
    ]
    assert facts(outer, 1) == facts(files, 1)
    assert not any(isinstance(each, JoinedImageSet) for each in outer._sets)


def test_images_are_found_by_key(files: ImageSet) -> None:
    whole = JoinedImageSet([array_set(20, "train/"), files, array_set(3, "train/")], ["0/", "1/", "2/"])
    mixed = whole.subset(np.random.RandomState(0).permutation(len(whole)))
    for image_set in (whole, mixed, mixed.subset([3, 3, 5])):
        every = [image_set.key(index) for index in range(len(image_set))]
        wanted = {*every[::2], "0/train/99", "0/train/x", "0/train/", "1/ant/999.png", "train/1", "", "0/"}
        expected = [(index, key) for index, key in enumerate(every) if key in wanted]
        assert image_set.keyed(wanted) == expected == ImageSet.keyed(image_set, wanted)
    assert whole.keyed(set()) == []


@pytest.mark.parametrize("key", ["train/" + "9" * 5000, "train/٣", "train/-1", "train/01", "train/1.0", "1"])
def test_a_key_that_is_no_number_of_an_image_is_not_found(key: str) -> None:
    assert array_set(20, "train/").keyed({key}) == []


def test_the_common_array_is_the_images(files: ImageSet) -> None:
    whole = JoinedImageSet([array_set(3000, "a/"), array_set(5, "b/", seed=1)])
    mixed = whole.subset(np.random.RandomState(0).permutation(3005))
    for image_set in (whole, mixed, mixed.subset([4])):
        array = image_set.uniform_array()
        assert array is not None and array.dtype == np.uint8
        assert array.shape == (len(image_set), 4, 5, 3)
        expected = np.stack([np.asarray(image_set.image(index)) for index in range(len(image_set))])
        assert np.array_equal(array, expected)
        assert array.transpose(0, 3, 1, 2).flags.c_contiguous and not array.flags.writeable
        assert image_set.uniform_array() is array


def test_only_sets_in_use_count_for_the_common_array(files: ImageSet) -> None:
    small, large = array_set(3, "a/"), array_set(3, "b/", size=9)
    whole = JoinedImageSet([small, large, files])
    assert whole.uniform_array() is None
    assert np.array_equal(whole.subset([3, 5]).uniform_array(), large.uniform_array()[[0, 2]])
    assert JoinedImageSet([small.subset([]), large]).uniform_array().shape == (3, 9, 10, 3)
    assert whole.subset([]).uniform_array() is None


def test_subsets_share_the_pixels() -> None:
    part = array_set(100, "a/")
    whole = JoinedImageSet([part, part], ["0/", "1/"])
    chosen = whole.subset(range(150)).relabelled(("x",), [0] * 150)
    assert all(each is part for each in chosen._sets)
    assert chosen.label_name(3) == "x" and chosen.classes == ("x",)


def test_relabelling_leaves_the_old_set_alone(files: ImageSet) -> None:
    whole = JoinedImageSet([files, array_set(2, "x/")])
    before = whole.labels.tolist()
    changed = whole.relabelled((*CLASSES, "wasp"), [2, NO_LABEL, *[0] * 5])
    assert changed.label_name(0) == "wasp" and changed.label_name(1) == ""
    assert changed.item(0).label == 2 and changed.item(1).label == NO_LABEL
    assert whole.labels.tolist() == before
    with pytest.raises(ValueError, match="read-only"):
        changed.labels[0] = 1


def test_it_travels_without_its_array_and_without_unused_images(files: ImageSet) -> None:
    whole = JoinedImageSet([array_set(5000, "a/"), files, array_set(50, "b/")], ["0/", "1/", "2/"])
    chosen = whole.subset([5, 4999, 5002, 5, 5050])
    chosen.uniform_array()
    text = pickle.dumps(chosen)
    assert len(text) < 5_000
    copy = pickle.loads(text)
    assert [copy.key(at) for at in range(5)] == [chosen.key(at) for at in range(5)]
    assert [facts(copy, at) for at in range(5)] == [facts(chosen, at) for at in range(5)]
    assert copy.labels.tolist() == chosen.labels.tolist() and not copy.labels.flags.writeable
    pixels = whole.subset([0, 1])
    array = pixels.uniform_array()
    copy = pickle.loads(pickle.dumps(pixels))
    assert copy._array is None and np.array_equal(copy.uniform_array(), array)


def test_every_set_travels(files: ImageSet) -> None:
    for image_set in (files, array_set(4, "a/"), files.subset([]), JoinedImageSet([files])):
        copy = pickle.loads(pickle.dumps(image_set))
        assert [copy.key(i) for i in range(len(copy))] == [image_set.key(i) for i in range(len(image_set))]


def test_other_classes_are_refused(files: ImageSet) -> None:
    with pytest.raises(ValueError, match="same classes"):
        JoinedImageSet([files, files.relabelled(("a", "b"), [0] * 5)])


def test_a_single_set_needs_no_join(files: ImageSet) -> None:
    assert joined([files]) is files
    assert joined([files], ["0/"]).key(0) == "0/train/ant/000.png"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no image")
    broken = FileImageSet(CLASSES, [0], tmp_path, ["broken.png"])
    with pytest.raises(ImageError, match=r"broken\.png"):
        JoinedImageSet([array_set(1, "a/"), broken]).image(1)
