import os
import time

import pytest

from tudui_gui.core.errors import DatasetError
from tudui_gui.datasets.name_patterns import label_finder, preview_names, suggest_pattern


@pytest.mark.parametrize(
    ("pattern", "path", "label"),
    [
        ("{label}_*", "cat_01.jpg", "cat"),
        ("{label}_*", "deep/down/cat_01.jpg", "cat"),
        ("{label}_*", "red_panda_01.jpg", "red"),
        ("{label}_#", "red_panda_01.jpg", "red_panda"),
        ("{label}_#", "cat_x.jpg", None),
        ("{label}_#", "cat_1x.jpg", None),
        ("{label}_??", "cat_01.jpg", "cat"),
        ("{label}_??", "cat_001.jpg", None),
        ("{label}.*", "cat.0.jpg", "cat"),
        ("{label}.*", "cat.jpg", None),
        ("{label}#", "cat12.jpg", "cat"),
        ("{label}#", "cat2_12.jpg", "cat2_"),
        ("#-{label}", "12-cat.tar.png", "cat.tar"),
        ("*_{label}", "a_b_cat.png", "b_cat"),
        ("*_*_{label}", "a_b_cat.png", "cat"),
        ("img_{label}_#", "img_cat_7.png", "cat"),
        ("{label}", "cat.png", "cat"),
        ("{label}", "cat", "cat"),
        ("{label}/*", "train/cat/001.png", "cat"),
        ("{label}/*", "001.png", None),
        ("{label}/*/#", "cat/side/7.png", "cat"),
        ("{label}/*/#", "cat/7.png", None),
        ("*/{label}_*", "a/b/cat_1.png", "cat"),
        ("{label}_*", "_01.jpg", None),
        ("{label}_*", "  _01.jpg", None),
        ("{label}_*", "猫 咪_1\n2.jpg", "猫 咪"),
        ("{label}(+)*", "cat(+)1.png", "cat"),
        ("{label}_*", os.fsdecode(b"\xff_1.png"), os.fsdecode(b"\xff")),
    ],
)
def test_what_a_pattern_finds(pattern: str, path: str, label: str | None) -> None:
    assert label_finder(pattern)(path) == label


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "say once where the label is"),
        ("*_*", "say once where the label is"),
        ("{label}_{label}", "say once where the label is"),
        ("{Label}_*", "say once where the label is"),
        ("{label}_{number}", "braces"),
        ("{label}_{*}", "braces"),
        ("{label}*", "between the label and a"),
        ("*{label}", "between the label and a"),
        ("/{label}", "between two names"),
        ("a//{label}", "between two names"),
    ],
)
def test_what_is_no_pattern(pattern: str, reason: str) -> None:
    with pytest.raises(DatasetError, match=reason) as caught:
        label_finder(pattern)
    assert repr(pattern) in str(caught.value) and "{label}_* for cat_01.jpg" in str(caught.value)


def test_no_pattern_takes_long() -> None:
    name = "a" * 250
    began = time.perf_counter()
    assert label_finder("*a" * 20 + "_{label}b")(name) is None
    assert label_finder("{label}a" + "*a" * 20 + "b")(name) is None
    assert label_finder("#" * 30 + "x{label}")("1" * 250) is None
    assert time.perf_counter() - began < 1


def test_a_preview_counts_all_and_shows_the_first() -> None:
    names = [f"cat_{number}.png" for number in range(5)] + ["x.png", "dog_1.png"]
    preview = preview_names(names, "{label}_*", 2)
    assert preview.rows == (("cat_0.png", "cat"), ("cat_1.png", "cat"))
    assert preview.classes == {"cat": 5, "dog": 1} and (preview.matched, preview.total) == (6, 7)
    assert preview_names(names, "{label}_*").rows[5] == ("x.png", None)
    assert preview_names([], "{label}_*").total == 0
    with pytest.raises(DatasetError):
        preview_names(names, "{label")


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("{}_{:02}.png", "{label}_#"),
        ("{}-{}.png", "{label}-#"),
        ("{}.{}.jpg", "{label}.#"),
        ("{} {}.jpg", "{label} #"),
        ("{}{:03}.jpg", "{label}#"),
        ("a/b/{}_{}.jpg", "{label}_#"),
        ("{}_{}x.jpg", "{label}_*"),
    ],
)
def test_a_pattern_is_guessed(form: str, pattern: str) -> None:
    names = [form.format(animal, number) for animal in ("cat", "red_panda", "dog") for number in range(9)]
    assert suggest_pattern(names) == pattern


def test_labels_last_are_guessed() -> None:
    assert suggest_pattern([f"{n:03}_{a}.png" for n in range(9) for a in ("cat", "dog")]) == "#_{label}"


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["a_1.png"],
        [f"IMG_{number:04}.jpg" for number in range(20)] + [f"DSC_{number:04}.jpg" for number in range(20)],
        [f"2024010{day}_{number}.jpg" for day in range(3) for number in range(9)],
        [f"{number:08x}_{number * 7919:010x}.jpg" for number in range(1000, 1040)],
        [f"{number:05}.png" for number in range(50)],
    ],
)
def test_no_pattern_is_guessed_from_names_that_tell_nothing(names: list[str]) -> None:
    assert suggest_pattern(names) is None


@pytest.mark.shared_data
def test_no_pattern_is_guessed_from_real_photos(shared_data) -> None:
    photos = (shared_data / "hymenoptera_small").rglob("*.jpg")
    assert suggest_pattern([path.name for path in photos]) is None
