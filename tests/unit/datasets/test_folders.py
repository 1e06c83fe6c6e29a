import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import ImageFolder

from tests.unit.datasets.samples import write_folder, write_image
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError, ImageError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.scan import scan
from tudui_gui.datasets.sources import Dataset

links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def opened(root: Path) -> Dataset:
    return open_dataset(DATASETS.step("folder", root=str(root)))


def names(dataset: Dataset) -> list[str]:
    return [dataset.train.name(index) for index in range(len(dataset.train))]


def test_images_labels_and_order_are_image_folders(tmp_path: Path) -> None:
    write_folder(
        tmp_path, {"train/b": 3, "train/a": 2, "train/a/x": 1, "train/a/x y": 1, "test/a": 1, "test/b": 1}
    )
    write_image(tmp_path / "train" / "a" / "Z.JPG")
    dataset = opened(tmp_path)
    theirs = ImageFolder(str(tmp_path / "train"))
    assert dataset.classes == tuple(theirs.classes)
    assert [str(dataset.train.path(index)) for index in range(len(dataset.train))] == [
        p for p, _ in theirs.samples
    ]
    assert dataset.train.labels.tolist() == theirs.targets
    assert dataset.problems == () and dataset.name == tmp_path.name


@pytest.mark.shared_data
def test_real_photos_are_image_folders(shared_data: Path) -> None:
    root = shared_data / "hymenoptera_small"
    dataset = opened(root)
    theirs = ImageFolder(str(root / "val"))
    assert len(dataset.test) == len(theirs) > 0
    for index, (image, label) in enumerate(theirs):
        assert np.array_equal(np.asarray(dataset.test.image(index)), np.asarray(image))
        assert dataset.test.labels[index] == label


def test_val_serves_as_test_and_is_noted_when_unused(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 2, "val/a": 3})
    assert len(opened(tmp_path).test) == 3
    write_folder(tmp_path, {"test/a": 1})
    dataset = opened(tmp_path)
    assert len(dataset.test) == 1
    assert [problem.is_note for problem in dataset.problems] == [True]
    assert dataset.problems[0].path == tmp_path / "val"


@pytest.mark.parametrize("below", ["", "train/"])
def test_one_part_is_split_and_says_so(tmp_path: Path, below: str) -> None:
    write_folder(tmp_path, {f"{below}a": 10, f"{below}b": 5})
    dataset = opened(tmp_path)
    assert (len(dataset.train), len(dataset.test)) == (12, 3)
    assert np.bincount(dataset.test.labels).tolist() == [2, 1]
    assert "12 images are for training and 3 for test" in str(dataset.problems[-1])
    assert names(opened(tmp_path)) == names(dataset)


def test_an_empty_class_is_kept_and_named(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 2, "train/empty": 0, "test/a": 1, "test/empty": 0})
    dataset = opened(tmp_path)
    assert dataset.classes == ("a", "empty")
    assert [problem.path for problem in dataset.problems] == [
        tmp_path / "train" / "empty",
        tmp_path / "test" / "empty",
    ]


def test_classes_of_only_one_part_are_named(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 2, "train/b": 2, "test/b": 1, "test/unknown": 4})
    dataset = opened(tmp_path)
    assert dataset.classes == ("a", "b") and len(dataset.test) == 1
    texts = [str(problem) for problem in dataset.problems]
    assert texts == [
        "The class a is not in test.",
        "The class unknown is not in train: its 4 test images are left out.",
    ]


def test_what_is_no_image_is_ignored(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 1, "test/a": 1, "train/.hidden": 1})
    for name in ("notes.txt", ".hidden.png", "Thumbs.db"):
        (tmp_path / "train" / "a" / name).write_bytes(b"x")
    write_image(tmp_path / "train" / "a" / "folder.jpg" / "inside.png")
    dataset = opened(tmp_path)
    assert names(dataset) == ["a/000.png", "a/folder.jpg/inside.png"] and dataset.problems == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_names_in_any_script(tmp_path: Path) -> None:
    for name in ("é.png", "小土堆.png", "a\nb.png", "{0} {path}.png", os.fsdecode(b"\xff.png")):
        write_image(tmp_path / "train" / "猫\n{x}" / name)
    write_folder(tmp_path, {"test/猫\n{x}": 1})
    dataset = opened(tmp_path)
    assert dataset.classes == ("猫\n{x}",) and len(dataset.train) == 5
    for index in range(5):
        dataset.train.image(index)
        assert dataset.train.name(index).encode()
    for path in (tmp_path / "train").rglob("*.png"):
        path.write_bytes(b"broken")
    report = scan(dataset, progress=lambda state: None, cancel=CancelToken())
    broken = [finding for finding in report.findings if finding.kind == "unreadable"]
    assert len(broken) == 5 and all(map(str, report.findings))


@pytest.mark.parametrize(
    ("folders", "message"),
    [
        ([], "has no folder per class"),
        (["train/a", "test/a"], "without images"),
        (["a", "b"], "without images"),
        (["test/a"], "no folder train"),
        (["train", "test"], "has no folder per class"),
    ],
)
def test_a_folder_that_is_no_data_set(tmp_path: Path, folders: list[str], message: str) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(DatasetError, match=message) as caught:
        opened(tmp_path)
    assert str(tmp_path) in str(caught.value) and "train/<class>" in str(caught.value)


def test_other_wrong_roots(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cannot be read"):
        opened(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="cannot be read"):
        opened(write_image(tmp_path / "file.png"))


def test_a_folder_with_too_few_images_opens_all_the_same(tmp_path: Path) -> None:
    dataset = opened(write_folder(tmp_path, {"a": 2, "b": 1}))
    assert (len(dataset.train), len(dataset.test)) == (3, 0)
    assert [problem.kind for problem in dataset.problems] == ["too_few"]


@links
def test_link_loops_and_dead_links_are_left_out(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 2, "train/b": 1, "test/a": 1, "test/b": 1})
    folder = tmp_path / "train" / "a"
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "self.png").symlink_to("self.png")
    (folder / "dead.png").symlink_to("nowhere.png")
    (tmp_path / "train" / "linked").symlink_to(tmp_path / "train" / "b", target_is_directory=True)
    dataset = opened(tmp_path)
    assert names(dataset) == ["a/000.png", "a/001.png", "b/000.png", "linked/000.png"]
    left_out = {problem.path.name for problem in dataset.problems if problem.path}
    assert left_out >= {"loop", "up", "self.png", "dead.png"}


def test_an_unreadable_class_folder_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path, {"train/a": 1, "train/locked": 1, "test/a": 1, "test/locked": 1})
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if Path(path) == tmp_path / "train" / "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    dataset = opened(tmp_path)
    assert "locked cannot be read and is left out: Permission denied" in str(dataset.problems[0])
    assert dataset.classes == ("a", "locked") and len(dataset.train) == 1


def test_broken_and_vanished_images_are_found_late_and_left_out(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 4, "test/a": 1})
    (tmp_path / "train" / "a" / "001.png").write_bytes(b"no image")
    (tmp_path / "train" / "a" / "003.png").write_bytes(b"")
    dataset = opened(tmp_path)
    (tmp_path / "train" / "a" / "002.png").unlink()
    report = scan(dataset, progress=lambda state: None, cancel=CancelToken())
    broken = {finding.images[0][1]: finding for finding in report.findings if finding.images}
    assert sorted(broken) == [1, 2, 3]
    assert "001.png" in str(broken[1]) and "002.png" in str(broken[2])
    with pytest.raises(ImageError, match=r"003\.png"):
        dataset.train.item(3)
    whole = dataset.train.without(broken)
    assert [whole.name(0), len(whole)] == ["a/000.png", 1]
    assert pickle.loads(pickle.dumps(whole)).image(0).size == (8, 6)


def test_scanning_can_be_cancelled(tmp_path: Path) -> None:
    dataset = opened(write_folder(tmp_path, {"train/a": 3, "test/a": 1}))
    token = CancelToken()
    with pytest.raises(Cancelled):
        scan(dataset, progress=lambda state: token.cancel(), cancel=token)
    with pytest.raises(Cancelled):
        open_dataset(dataset.step, cancel=token)
