"""The script of every source opens the same images with the same labels in the same parts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from torchvision import datasets

from tests.unit.datasets.samples import md5, small_cifar, small_mnist, write_files, write_folder, write_image
from tests.unit.datasets.test_layouts import write_pair
from tests.unit.datasets.test_torchvision_sets import SETS, placed
from tests.unit.scripts.comparing import check_scripts
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.sources import Dataset
from tudui_gui.scripts.data import looked_at
from tudui_gui.scripts.dataset_script import dataset_script

pytestmark = pytest.mark.slow


def odd_images(folder: Path) -> None:
    """Images that not every reader takes for the same pixels, and files that are none."""
    write_image(folder / ".hidden.png")
    write_image(folder / ".thumbnails" / "small.png")
    (folder / "notes.txt").write_text("no image")
    (folder / "x.jpg").mkdir()
    write_image(folder / "deeper" / "down" / "É 图.PNG", seed=77)
    write_image(folder / "animated.gif", seed=78)
    deep = np.random.RandomState(3).randint(0, 65536, (6, 8), dtype=np.uint16)
    Image.fromarray(deep).save(folder / "deep.png")
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.fromarray(deep.astype(np.uint8)).convert("RGB").save(folder / "turned.jpg", exif=turned)
    Image.fromarray((deep % 7).astype(np.uint8)).convert("P").save(folder / "palette.png")
    if os.name != "nt":
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        (folder / "up").symlink_to(folder.parent.parent, target_is_directory=True)
        (folder / "dead.png").symlink_to("nowhere.png")


def class_folders(root: Path) -> Step:
    counts = {"train/b": 4, "train/a": 6, "train/none": 0, "test/a": 3, "test/only test": 2, ".git/x": 1}
    write_folder(root, counts)
    odd_images(root / "train" / "a")
    write_image(root / "train" / "loose.png", seed=5)
    write_image(root / "test" / "loose.png", seed=6)
    write_folder(root, {"val/a": 2})
    return DATASETS.step("folder", root=str(root))


def unlabelled_test(root: Path) -> Step:
    write_folder(root, {"train/a": 6, "train/b": 4, "val/a": 2, "val/b": 1})
    write_image(root / "test" / "unknown.png", seed=9)
    return DATASETS.step("folder", root=str(root))


def tidy(root: Path) -> Step:
    write_folder(root, {"train/a": 6, "train/b": 4, "val/a": 2, "val/b": 1})
    write_image(root / "train" / "a" / ".hidden.png")
    write_image(root / "train" / "b" / ".cache" / "x.png")
    write_image(root / "val" / "b" / "x.tga", seed=4)
    return DATASETS.step("folder", root=str(root))


def one_part(root: Path) -> Step:
    write_folder(root, {"a": 6, "b": 7, ".ipynb_checkpoints": 1})
    return DATASETS.step("folder", root=str(root))


def label_files(root: Path) -> Step:
    write_pair(
        root / "train",
        "ants",
        {"1": b"ants\n", "2": b"ants", "3": b"\xef\xbb\xbf ants \r\nmore", "4": b"bees", "5": None, "6": b""},
    )
    write_pair(root / "train", "bees", {"1": b"bees", "2": b"\xff\xfe", "3": b"a\0b", "4": b"x" * 1001})
    (root / "train" / "bees_label" / "lonely.txt").write_text("bees")
    write_image(root / "train" / "no_labels_image" / "1.png", seed=40)
    write_folder(root, {"val/ants": 2, "val/bees": 3, "val/wasps": 1})
    return DATASETS.step("paired_folders", root=str(root))


def label_files_by_part(root: Path) -> Step:
    write_pair(root, "train", {str(number): b"ab"[number % 2 : number % 2 + 1] for number in range(8)})
    write_pair(root, "test", {"1": b"a", "2": b"b", "3": b"c"})
    return DATASETS.step("paired_folders", root=str(root))


def label_files_in_one_part(root: Path) -> Step:
    write_pair(root, "cat", dict.fromkeys("12345", b"cat"))
    write_pair(root, "dog", dict.fromkeys("12345", b"dog\n"))
    return DATASETS.step("paired_folders", root=str(root))


def names(root: Path) -> Step:
    listed = ("red_panda_1", "red_panda_22", "cat_3", "cat_4", "misfit", "cat_x", "deeper/cat_5", " _6")
    for number, name in enumerate(listed):
        write_image(root / "train" / f"{name}.png", seed=number)
        write_image(root / "val" / f"{name}.png", seed=50 + number)
    write_image(root / "val" / "dog_1.png")
    return DATASETS.step("named_files", root=str(root), pattern="{label}_#")


def names_with_folders(root: Path) -> Step:
    for number in range(12):
        write_image(root / ("x", "y")[number % 2] / f"day {number // 4}" / f"{number}.png", seed=number)
    return DATASETS.step("named_files", root=str(root), pattern="day {label}/*")


TABLE = """\
what;where;set
cat;1.png;train
dog; 2.png ;training
cat;3.png;Test
dog;4.png;val
;5.png;train
cat;nowhere.png;train
dog;1.png;test
dog;6.png;holiday
dog;
bird;7.png;test
dog;..\\other\\8.png;train
cat;./9.png;train

cat;../other/8.png;train
"""


def table(root: Path) -> Step:
    for number in range(1, 10):
        write_image(root / ("other" if number == 8 else "tables") / f"{number}.png", seed=number)
    (root / "tables" / "list.csv").write_text(TABLE, encoding="utf-8-sig")
    return DATASETS.step("csv", root=str(root), file="tables/list.csv", part_column="set")


def table_in_one_part(root: Path) -> Step:
    write_folder(root, {"a": 10})
    lines = [f'"a/{number:03}.png","the ""{number % 2}"" one"' for number in range(10)]
    (root / "list.csv").write_text("\n".join(lines))
    return DATASETS.step("csv", root=str(root))


def of_one_class(root: Path) -> Step:
    write_folder(root, {"": 7, "deeper": 3})
    return DATASETS.step("plain_folder", root=str(root), label="ants")


def without_label(root: Path) -> Step:
    write_folder(root, {"": 7})
    return DATASETS.step("plain_folder", root=str(root))


OWN = {
    make.__name__: make
    for make in (
        *(class_folders, unlabelled_test, tidy, one_part, label_files, label_files_by_part),
        *(label_files_in_one_part, names, names_with_folders, table, table_in_one_part),
        *(of_one_class, without_label),
    )
}

SELECTIONS: dict[str, dict[str, Any]] = {
    "own": {},
    "stratified": {"split": "stratified", "test_share": 0.35, "split_seed": 4},
    "random": {"split": "random", "test_share": 0.5, "split_seed": 11, "per_class": 3},
    "few": {"per_class": 2, "split_seed": 6},
}


def every_key(dataset: Dataset) -> list[str]:
    return [part.key(index) for part in dataset.parts.values() for index in range(len(part))]


def with_edits(step: Step, path: Path) -> Step:
    """Corrections of images of every part: new classes, others left out, labels for those without."""
    keys = every_key(open_dataset(step))
    given = {
        key: ("new", "also new", "a")[number // 3 % 3] for number, key in enumerate(keys) if number % 3 == 1
    }
    Edits({**given, "gone": "nothing"}, frozenset(keys[::5]), frozenset(keys[2::7])).save(path)
    return step.with_values(edits=str(path))


def selected(step: Step, folder: Path) -> Iterator[tuple[str, Step]]:
    for name, values in SELECTIONS.items():
        yield name, step.with_values(**values)
    corrected = with_edits(step, folder / "edits.json")
    yield "edits", corrected
    yield (
        "edits and all",
        corrected.with_values(split="stratified", test_share=0.5, split_seed=3, per_class=3),
    )


def opened(steps: dict[str, Step]) -> dict[str, Dataset]:
    return {name: open_dataset(step) for name, step in steps.items()}


def test_own_files_of_every_layout(tmp_path: Path) -> None:
    steps = {}
    for name, make in OWN.items():
        root = tmp_path / f"{name} of 图"
        root.mkdir()
        step = make(root)
        (tmp_path / f"edits {name}").mkdir()
        for selection, chosen in selected(step, tmp_path / f"edits {name}"):
            steps[f"{name}, {selection}"] = chosen
    assert check_scripts(opened(steps), tmp_path) >= len(steps)


def test_several_sources_as_one(tmp_path: Path) -> None:
    corrected = with_edits(class_folders(tmp_path / "x"), tmp_path / "inner.json")
    inner = DATASETS.step(
        "concat",
        sources=[corrected.with_values(per_class=4), table(tmp_path / "t"), without_label(tmp_path / "w")],
        split="random",
    )
    digits = DATASETS.step("digits", per_class=3)
    fake = DATASETS.step("fake", size=9, test_size=4, image_size=[8, 6], num_classes=3)
    joined = DATASETS.step("concat", sources=[digits, with_edits(inner, tmp_path / "mid.json"), fake])
    files = DATASETS.step("concat", sources=[corrected, of_one_class(tmp_path / "o")])
    numbers = DATASETS.step("concat", sources=[digits, fake], split="stratified")
    outer = with_edits(joined, tmp_path / "outer.json").with_values(per_class=6, split="stratified")
    steps = {"joined": joined, "files": files, "numbers": numbers, "outer": outer}
    assert check_scripts(opened(steps), tmp_path) >= len(steps)


def test_bundled_sources(tmp_path: Path) -> None:
    layouts = DATASETS.find("shapes").parameter("layout").choices
    steps = {layout: DATASETS.step("shapes", layout=layout) for layout in layouts}
    steps["few shapes"] = steps["file_names"].with_values(split="stratified", per_class=3, split_seed=2)
    steps["photos"] = DATASETS.step("photos")
    Edits({"china.jpg": "temple", "flower.jpg": "flower"}).save(tmp_path / "photos.json")
    steps["labelled photos"] = DATASETS.step("photos", edits=str(tmp_path / "photos.json"))
    steps["digits"] = DATASETS.step("digits")
    steps["few digits"] = with_edits(DATASETS.step("digits", per_class=5), tmp_path / "digits.json")
    fake = DATASETS.step("fake", size=30, test_size=12, image_size=[20, 30], num_classes=4, random_offset=5)
    steps |= {"fake": fake, "few fake": fake.with_values(split="random", test_share=0.3, per_class=4)}
    assert check_scripts(opened(steps), tmp_path) >= len(steps)


def small_stl10(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    kind, random = datasets.STL10, np.random.RandomState(8)
    files = {
        "train_X.bin": random.randint(0, 256, (12, 3 * 96 * 96)).astype(np.uint8).tobytes(),
        "train_y.bin": (np.arange(12) % 10 + 1).astype(np.uint8).tobytes(),
        "unlabeled_X.bin": b"",
        "test_X.bin": random.randint(0, 256, (5, 3 * 96 * 96)).astype(np.uint8).tobytes(),
        "test_y.bin": np.arange(5, 10).astype(np.uint8).tobytes(),
        "class_names.txt": "\n".join(f"class{number}" for number in range(10)).encode(),
    }
    for attribute in ("train_list", "test_list"):
        listed = [[name, md5(files[name])] for name, _ in getattr(kind, attribute)]
        monkeypatch.setattr(kind, attribute, listed)
    return {f"{kind.base_folder}/{name}": content for name, content in files.items()}


#: What the samples change in torchvision's classes.
_CHANGED = {
    "CIFAR10": ("train_list", "test_list", "meta"),
    "STL10": ("train_list", "test_list"),
    "SVHN": ("split_list",),
    "Flowers102": ("_file_dict",),
}


def same_changes() -> str:
    """Python text that gives torchvision's classes the checksums of the samples."""
    lines = ["from torchvision import datasets"]
    for kind, attributes in _CHANGED.items():
        for name in attributes:
            lines.append(f"datasets.{kind}.{name} = {getattr(getattr(datasets, kind), name)!r}")
    return "\n".join(lines)


def test_torchvisions_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "data"
    write_files(root, small_cifar(datasets.CIFAR10, monkeypatch))
    write_files(root, small_stl10(monkeypatch))
    for kind in ("MNIST", "FashionMNIST"):
        write_files(root, {f"{kind}/raw/{name}": content for name, content in small_mnist().items()})
    for name in SETS:
        placed(name, root, monkeypatch)
    turned = root / "oxford-iiit-pet" / "images" / "Abyssinian_0.jpg"
    exif = Image.Exif()
    exif[0x0112] = 8
    with Image.open(turned) as image:
        image.save(turned, exif=exif)
    steps = {}
    for name in ("cifar10", "stl10", "mnist", "fashion_mnist", *SETS):
        values = SETS[name][1] if name in SETS else {}
        step = DATASETS.step(name, root=str(root), **values)
        steps[name] = step
        steps[f"{name} few"] = step.with_values(split="stratified", test_share=0.4, per_class=2)
        steps[f"{name} edits"] = with_edits(step, tmp_path / f"{name}.json")
    sets = opened(steps)
    assert check_scripts(sets, tmp_path, same_changes()) >= len(sets)
    assert dataset_script(sets["cifar10"]).count("\n") < 20
    (root / "flowers-102" / "jpg" / "image_00003.jpg").unlink()
    turned.unlink()
    gaps = opened({name: steps[name] for name in ("flowers102", "oxford_iiit_pet")})
    assert all(dataset.problems[0].kind == "missing_file" for dataset in gaps.values())
    assert check_scripts(gaps, tmp_path, same_changes()) >= len(gaps)


def test_a_root_that_no_folder_can_be_called_needs_no_look() -> None:
    for root in ("x" * 5000, "x" * 300):
        assert looked_at(DATASETS.step("folder", root=root)) is None
