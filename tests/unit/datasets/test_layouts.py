import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import ImageFolder

from tests.unit.datasets.samples import write_folder, write_image
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.paths import sample_data
from tudui_gui.datasets import file_search
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.file_search import NAMED_AT_MOST, list_images, sorted_names
from tudui_gui.datasets.sources import NO_LABEL, Dataset, ImageSet

links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
any_names = pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")


def opened(source: str, root: Path, **values: object) -> Dataset:
    return open_dataset(DATASETS.step(source, root=str(root), **values))


def labelled(image_set: ImageSet | None) -> dict[str, str]:
    """The label of each image by its key."""
    assert image_set is not None
    return {image_set.key(i): image_set.label_name(i) for i in range(len(image_set))}


def every_label(dataset: Dataset) -> dict[str, str]:
    return {key: name for part in dataset.parts.values() for key, name in labelled(part).items()}


def kinds(dataset: Dataset) -> list[str]:
    return [problem.kind for problem in dataset.problems]


def write_pair(root: Path, name: str, labels: dict[str, bytes | None]) -> None:
    """Images in ``<name>_image`` and their labels in ``<name>_label``; None: no label file."""
    for number, (stem, label) in enumerate(labels.items()):
        write_image(root / f"{name}_image" / f"{stem}.png", seed=number)
        (root / f"{name}_label").mkdir(exist_ok=True)
        if label is not None:
            (root / f"{name}_label" / f"{stem}.txt").write_bytes(label)


def tutorials_labels(folder: Path, name: str) -> dict[str, str]:
    """What the tutorial's ``MyData`` gives: both lists sorted, the label file's first line."""
    images = sorted(path.name for path in (folder / f"{name}_image").iterdir())
    texts = sorted(path.name for path in (folder / f"{name}_label").iterdir())
    labels = {}
    for image, text in zip(images, texts, strict=True):
        with (folder / f"{name}_label" / text).open() as stream:
            labels[f"{folder.name}/{name}_image/{image}"] = stream.readline().strip()
    return labels


@pytest.fixture
def hymenoptera(tmp_path: Path, shared_data: Path) -> Path:
    """The tutorial's practice set: label files for training, a folder per class for validation."""
    photos = shared_data / "hymenoptera_small"
    root = tmp_path / "practice"
    for name in ("ants", "bees"):
        shutil.copytree(photos / "train" / name, root / "train" / f"{name}_image")
        shutil.copytree(photos / "val" / name, root / "val" / name)
        (root / "train" / f"{name}_label").mkdir()
        for number, image in enumerate(sorted((photos / "train" / name).iterdir())):
            text = name + ("\n" if number % 2 else "")
            (root / "train" / f"{name}_label" / f"{image.stem}.txt").write_text(text)
    return root


@pytest.mark.shared_data
def test_the_tutorials_practice_set(hymenoptera: Path) -> None:
    dataset = opened("paired_folders", hymenoptera)
    theirs = {
        **tutorials_labels(hymenoptera / "train", "ants"),
        **tutorials_labels(hymenoptera / "train", "bees"),
    }
    assert labelled(dataset.train) == theirs and len(theirs) == 32
    validation = ImageFolder(str(hymenoptera / "val"))
    assert dataset.classes == tuple(validation.classes) == ("ants", "bees")
    assert dataset.test.labels.tolist() == validation.targets
    for index, (image, _) in enumerate(validation):
        assert np.array_equal(np.asarray(dataset.test.image(index)), np.asarray(image))
    assert dataset.problems == ()


@pytest.mark.shared_data
def test_real_photos_named_by_class(tmp_path: Path, shared_data: Path) -> None:
    photos = ImageFolder(str(shared_data / "hymenoptera_small" / "train"))
    theirs = {}
    for path, label in photos.samples:
        name = f"{photos.classes[label]}_{Path(path).name}"
        shutil.copy(path, tmp_path / name)
        theirs[name] = photos.classes[label]
    dataset = opened("named_files", tmp_path)
    assert every_label(dataset) == theirs and dataset.classes == ("ants", "bees")
    assert (len(dataset.train), len(dataset.test)) == (26, 6)


def test_label_files_of_every_shape(tmp_path: Path) -> None:
    texts = {
        "bom": b"\xef\xbb\xbfants",
        "crlf": b"ants\r\nbees\r\n",
        "cr": b"ants\rbees",
        "lines": b"ants\nbees",
        "plain": b"ants",
        "spaces": b"  ants \t\n",
        "script": "小土堆 的猫\n".encode(),
    }
    write_pair(tmp_path / "train", "x", texts)
    write_pair(tmp_path / "test", "x", {"one": b"ants", "two": "小土堆 的猫".encode()})
    dataset = opened("paired_folders", tmp_path)
    labels = {Path(key).stem: name for key, name in labelled(dataset.train).items()}
    assert labels == {**dict.fromkeys(texts, "ants"), "script": "小土堆 的猫"}
    assert dataset.classes == ("ants", "小土堆 的猫") and dataset.problems == ()


def test_images_without_label_and_labels_without_image(tmp_path: Path) -> None:
    bad = {"none": None, "empty": b"", "blank": b"\nants", "latin": "cäfé".encode("latin-1")}
    utf16 = {"wide": "ants".encode("utf-16"), "long": b"x" * 5000, "nul": b"a\0b"}
    good = {f"good{number}": b"ants" for number in range(5)}
    write_pair(tmp_path / "train", "ants", {**bad, **utf16, **good})
    (tmp_path / "train" / "ants_label" / "lonely.txt").write_bytes(b"ants")
    (tmp_path / "train" / "ants_label" / "folder.txt").mkdir()
    write_pair(tmp_path / "val", "ants", {"one": b"ants"})
    dataset = opened("paired_folders", tmp_path)
    assert len(dataset.train) == 5 and dataset.unlabelled is not None
    assert {Path(key).stem for key in labelled(dataset.unlabelled)} == {*bad, *utf16}
    assert dataset.unlabelled.labels.tolist() == [NO_LABEL] * 7
    texts = {problem.path.stem: str(problem) for problem in dataset.problems if problem.path}
    assert kinds(dataset) == ["no_label"] * 7 + ["no_image"]
    assert "has no label file" in texts["none"] and "not UTF-8" in texts["latin"]
    assert "is empty" in texts["empty"] and "is empty" in texts["blank"]
    assert "not UTF-8" in texts["wide"]
    assert "no name of a class" in texts["long"] and "no name of a class" in texts["nul"]
    assert (
        texts["lonely"]
        == f"{tmp_path / 'train' / 'ants_label' / 'lonely.txt'} is a label file without an image."
    )


def test_many_problems_are_named_up_to_a_bound_and_counted(tmp_path: Path) -> None:
    write_pair(tmp_path, "ants", {f"{number:02}": b"ants" for number in range(5)})
    for number in range(NAMED_AT_MOST + 7):
        (tmp_path / "ants_image" / f"more{number:03}.png").write_bytes(b"")
    dataset = opened("paired_folders", tmp_path)
    missing = [problem for problem in dataset.problems if problem.kind == "no_label"]
    assert len(missing) == NAMED_AT_MOST + 1 and "more000.png" in str(missing[0])
    assert str(missing[-1]) == "7 more images have no label file."
    assert len(dataset.parts["unlabelled"]) == NAMED_AT_MOST + 7


def test_pairs_lie_in_the_root_or_are_the_parts(tmp_path: Path) -> None:
    write_pair(tmp_path / "one", "ants", {f"{number}": b"ants" for number in range(5)})
    write_pair(tmp_path / "one", "bees", {f"{number}": b"bees" for number in range(5)})
    one = opened("paired_folders", tmp_path / "one")
    assert (len(one.train), len(one.test)) == (8, 2) and kinds(one) == ["split"]
    two = tmp_path / "two"
    for part, count in (("train", 3), ("test", 2)):
        for number in range(count):
            write_image(two / f"{part}_images" / f"{number}.png")
            (two / f"{part}_labels").mkdir(exist_ok=True)
            (two / f"{part}_labels" / f"{number}.txt").write_text("dog" if number else "cat")
    parts = opened("paired_folders", two)
    assert labelled(parts.train) == {
        "train_images/0.png": "cat",
        "train_images/1.png": "dog",
        "train_images/2.png": "dog",
    }
    assert labelled(parts.test) == {"test_images/0.png": "cat", "test_images/1.png": "dog"}


def test_a_class_known_in_one_part_only(tmp_path: Path) -> None:
    write_pair(tmp_path / "train", "x", {"1": b"ants", "2": b"bees"})
    write_pair(tmp_path / "test", "x", {"1": b"ants", "2": b"wasps", "3": b"wasps"})
    dataset = opened("paired_folders", tmp_path)
    assert dataset.classes == ("ants", "bees") and labelled(dataset.test) == {"test/x_image/1.png": "ants"}
    assert [str(problem) for problem in dataset.problems] == [
        "The class bees is not in test.",
        "The class wasps is not in train: its 2 test images are left out.",
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "no folder of images with a folder of labels"),
        (["ants/1.png"], "no folder of images with a folder of labels"),
        (["ants_image/1.png"], "no folder of images with a folder of labels"),
        (["ants_image/1.gif/", "ants_label/1.txt"], "without images"),
        (["test/ants_image/1.png", "test/ants_label/1.txt"], "no folder train"),
    ],
)
def test_what_is_no_pair_of_folders(tmp_path: Path, files: list[str], message: str) -> None:
    for file in files:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if file.endswith("/") else path.write_bytes(b"x")
    with pytest.raises(DatasetError, match=message) as caught:
        opened("paired_folders", tmp_path)
    assert str(tmp_path) in str(caught.value) and "ants_label" in str(caught.value)


def test_labels_in_names(tmp_path: Path) -> None:
    for name in ("cat_01", "cat_02", "dog_01", "deep/dog_02", "_x", "nothing", "IMG"):
        write_image(tmp_path / f"{name}.png")
    dataset = opened("named_files", tmp_path)
    assert every_label(dataset) == {
        "cat_01.png": "cat",
        "cat_02.png": "cat",
        "dog_01.png": "dog",
        "deep/dog_02.png": "dog",
        "_x.png": "",
        "nothing.png": "",
        "IMG.png": "",
    }
    unfit = [problem for problem in dataset.problems if problem.kind == "no_label"]
    assert [problem.path.name for problem in unfit if problem.path] == ["IMG.png", "_x.png", "nothing.png"]


def test_named_files_have_parts_and_patterns_with_folders(tmp_path: Path) -> None:
    for name in ("train/cat/1", "train/cat/2", "train/dog/1", "val/cat/1", "val/dog/1", "test/dog/1"):
        write_image(tmp_path / f"{name}.png")
    dataset = opened("named_files", tmp_path, pattern="{label}/*")
    assert labelled(dataset.train) == {
        "train/cat/1.png": "cat",
        "train/cat/2.png": "cat",
        "train/dog/1.png": "dog",
    }
    assert labelled(dataset.test) == {"test/dog/1.png": "dog"}
    assert kinds(dataset) == ["empty_class", "unused"]
    assert dataset.problems[1].path == tmp_path / "val" and dataset.problems[1].is_note


def test_a_pattern_that_nothing_fits_opens_all_without_labels(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a": 3})
    dataset = opened("named_files", tmp_path, pattern="{label}=*")
    assert (
        dataset.classes == ()
        and list(dataset.parts) == ["unlabelled"]
        and len(dataset.parts["unlabelled"]) == 3
    )


def test_a_plain_folder(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a": 3, "a/b": 2, ".hidden": 1})
    (tmp_path / "notes.txt").write_text("x")
    none = opened("plain_folder", tmp_path)
    assert list(none.parts) == ["unlabelled"] and none.classes == ()
    assert labelled(none.unlabelled) == dict.fromkeys(list_images(tmp_path, CancelToken()), "")
    ants = opened("plain_folder", tmp_path, label="ants")
    assert ants.classes == ("ants",) and (len(ants.train), len(ants.test)) == (4, 1)
    assert list_images(tmp_path, CancelToken()) == sorted(every_label(ants))


@pytest.mark.parametrize("source", ["plain_folder", "named_files"])
def test_a_folder_without_images(tmp_path: Path, source: str) -> None:
    (tmp_path / "x.jpg").mkdir()
    with pytest.raises(DatasetError, match="without images"):
        opened(source, tmp_path)
    with pytest.raises(DatasetError, match="cannot be read"):
        opened(source, tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="cannot be read"):
        list_images(tmp_path / "nowhere", CancelToken())


def test_the_drawn_set_is_the_same_in_its_three_layouts() -> None:
    folders = open_dataset(DATASETS.step("shapes"))
    pairs = open_dataset(DATASETS.step("shapes", layout="image_label_folders"))
    names = open_dataset(DATASETS.step("shapes", layout="file_names"))
    assert folders.name == pairs.name == names.name == "shapes"
    assert folders.classes == pairs.classes == names.classes == ("circle", "square", "star", "triangle")
    assert (len(pairs.train), len(pairs.test)) == (len(names.train), len(names.test)) == (40, 12)
    assert pairs.problems == names.problems == ()
    theirs = tutorials_labels(sample_data("shapes_with_label_files", "train"), "star")
    assert labelled(pairs.train).items() >= theirs.items() and set(theirs.values()) == {"star"}
    drawn = {
        (folders.train.label_name(i), Path(folders.train.name(i)).name): i for i in range(len(folders.train))
    }
    for few in (pairs.train, names.train):
        for index in range(len(few)):
            same = drawn[few.label_name(index), Path(few.name(index)).name]
            assert few.image(index).tobytes() == folders.train.image(same).tobytes()


def test_the_photographs() -> None:
    photos = open_dataset(DATASETS.step("photos")).parts["unlabelled"]
    from sklearn.datasets import load_sample_images

    for index, theirs in enumerate(load_sample_images().images):
        assert np.array_equal(np.asarray(photos.image(index)), theirs)
    assert [photos.name(0), photos.name(1), len(photos)] == ["china.jpg", "flower.jpg", 2]


@any_names
def test_names_of_any_kind_in_every_layout(tmp_path: Path) -> None:
    names = ["é", "小_土堆", "a\nb", "{0} {label}", os.fsdecode(b"\xff_1"), "*?[x]"]
    for name in names:
        write_image(tmp_path / "x_image" / f"{name}.png")
        (tmp_path / "x_label").mkdir(exist_ok=True)
        (tmp_path / "x_label" / f"{name}.txt").write_text("猫\n{x}" if name == "é" else "猫")
    paired = opened("paired_folders", tmp_path)
    assert paired.classes == ("猫",) and len(every_label(paired)) == 6
    named = opened("named_files", tmp_path / "x_image")
    assert set(every_label(named).values()) == {"", "小", "?"} and len(named.parts["unlabelled"]) == 4
    for dataset in (paired, named, opened("plain_folder", tmp_path)):
        for part in dataset.parts.values():
            for index in range(len(part)):
                assert part.image(index).size == (8, 6) and part.name(index).encode()
        for problem in dataset.problems:
            assert str(problem).encode()


@any_names
def test_class_names_that_look_the_same_stay_apart(tmp_path: Path) -> None:
    write_folder(tmp_path, {os.fsdecode(b"\xff"): 3, os.fsdecode(b"\xfe"): 3})
    dataset = opened("folder", tmp_path)
    assert dataset.classes == ("?", "? (2)") and set(every_label(dataset).values()) == {"?", "? (2)"}


@links
def test_link_loops_end_in_every_layout(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_folder(root, {"a": 5})
    (tmp_path / "outside.png").write_bytes(b"x")
    (root / "a" / "up").symlink_to(root, target_is_directory=True)
    (root / "a" / "parent").symlink_to(tmp_path, target_is_directory=True)
    (root / "dead.png").symlink_to("nowhere")
    dataset = opened("plain_folder", root)
    assert len(dataset.parts["unlabelled"]) == 5
    assert sorted(kinds(dataset)) == ["dead_link", "link_loop", "link_loop"]


def test_images_beside_the_class_folders_have_no_label(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 2, "train/b": 2, "train": 1, "test": 3, "val/a": 1, "val/b": 1})
    dataset = opened("folder", tmp_path)
    assert sorted(labelled(dataset.unlabelled)) == [
        *("test/000.png", "test/001.png", "test/002.png"),
        "train/000.png",
    ]
    assert sorted(labelled(dataset.test)) == ["val/a/000.png", "val/b/000.png"]
    assert kinds(dataset) == ["no_label"] * 4


def test_a_folder_that_vanishes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path, {"train/a": 3, "train/b": 3, "train/c": 1, "test/a": 1, "test/b": 1})
    scandir = os.scandir

    def vanishing(path: Path) -> object:
        if path == tmp_path / "train" / "a" and (tmp_path / "test").exists():
            monkeypatch.setattr(os, "scandir", scandir)
            shutil.rmtree(tmp_path / "train" / "b")
            shutil.rmtree(tmp_path / "test")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    with pytest.raises(DatasetError, match="test cannot be read"):
        opened("folder", tmp_path)
    write_folder(tmp_path, {"test/a": 1, "train/b": 1})
    monkeypatch.setattr(os, "scandir", vanishing)
    (tmp_path / "test" / "a" / "000.png").rename(tmp_path / "train" / "z.png")
    dataset = opened("plain_folder", tmp_path)
    assert sorted(labelled(dataset.unlabelled)) == [
        *(f"train/a/00{number}.png" for number in range(3)),
        *("train/c/000.png", "train/z.png"),
    ]


@pytest.mark.parametrize("source", ["folder", "plain_folder", "named_files"])
def test_a_long_listing_can_be_cancelled(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    for number in range(3000):
        (folder / f"x_{number}.png").touch()
    looked: list[None] = []

    class Impatient(CancelToken):
        def raise_if_cancelled(self) -> None:
            looked.append(None)
            if len(looked) == 4:
                self.cancel()
            super().raise_if_cancelled()

    with pytest.raises(Cancelled):
        open_dataset(DATASETS.step(source, root=str(tmp_path)), cancel=Impatient())
    assert len(looked) == 4


def test_sorting_in_pieces_is_sorting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_search, "_SORTED_AT_ONCE", 10)
    random = np.random.RandomState(3)
    for count in (0, 1, 10, 11, 25, 500):
        names = [f"{number}.png" for number in random.randint(0, count + 1, count)]
        assert sorted_names(names) == sorted(names)
