import os
import shutil
import time
from pathlib import Path

import pytest

from tests.unit.datasets.samples import write_folder, write_image
from tests.unit.datasets.test_layouts import every_label, write_pair
from tudui_gui.core.paths import sample_data
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.recognition import candidates, recognise


def readings(folder: Path) -> list[str]:
    return [step.name for step in candidates(folder)]


@pytest.mark.shared_data
def test_real_folders(shared_data: Path) -> None:
    assert recognise(shared_data) == DATASETS.step("cifar10", root=str(shared_data))
    batches = shared_data / "cifar-10-batches-py"
    assert recognise(batches) == DATASETS.step("cifar10", root=str(shared_data))
    photos = shared_data / "hymenoptera_small"
    assert recognise(photos) == DATASETS.step("folder", root=str(photos))
    assert recognise(photos / "train") == DATASETS.step("folder", root=str(photos / "train"))
    ants = photos / "train" / "ants"
    assert candidates(ants)[0] == DATASETS.step("plain_folder", root=str(ants))
    assert candidates(ants)[-1] == DATASETS.step("plain_folder", root=str(ants), label="ants")


def test_the_drawn_layouts() -> None:
    assert readings(sample_data("shapes")) == ["folder", "named_files", "plain_folder"]
    assert readings(sample_data("shapes_with_label_files"))[0] == "paired_folders"
    named = sample_data("shapes_named")
    assert recognise(named) == DATASETS.step("named_files", root=str(named), pattern="{label}_#")
    assert len(every_label(open_dataset(recognise(named)))) == 52


def test_the_tutorials_practice_set_in_all_its_layouts(tmp_path: Path) -> None:
    for name in ("ants", "bees"):
        write_pair(tmp_path / "train", name, {str(number): name.encode() for number in range(3)})
        write_folder(tmp_path, {f"val/{name}": 2})
    assert readings(tmp_path)[:2] == ["paired_folders", "folder"]
    assert recognise(tmp_path / "train").name == "paired_folders"
    assert recognise(tmp_path / "val").name == "folder"
    shutil.rmtree(tmp_path / "train" / "bees_label")
    shutil.rmtree(tmp_path / "train" / "ants_label")
    assert recognise(tmp_path).name == "folder"


def test_folders_of_masks_are_no_label_files(tmp_path: Path) -> None:
    write_folder(tmp_path, {"image": 3, "label": 3})
    assert recognise(tmp_path).name == "folder"


def test_a_table_among_the_images(tmp_path: Path) -> None:
    write_folder(tmp_path, {"images": 4})
    (tmp_path / "other.csv").write_text("epoch,loss\n1,0.5\n")
    (tmp_path / "damaged.csv").write_bytes(b"\xff\xfe\0")
    assert readings(tmp_path) == ["plain_folder", "folder", "named_files"]
    (tmp_path / "labels.csv").write_text("images/000.png,cat\nimages/001.png,dog\n")
    assert candidates(tmp_path)[0] == DATASETS.step("csv", root=str(tmp_path), file="labels.csv")
    assert recognise(tmp_path / "labels.csv") == DATASETS.step("csv", root=str(tmp_path), file="labels.csv")
    lines = "".join(f"00{n}.png,{n % 2}\n" for n in range(4))
    (tmp_path / "labels.csv").write_text(f"image,label\n{lines}")
    within = recognise(tmp_path)
    assert within == DATASETS.step("csv", root=str(tmp_path / "images"), file="../labels.csv")
    opened = open_dataset(within.with_values(split="random", test_share=0.5))
    assert every_label(opened) == {f"00{n}.png": str(n % 2) for n in range(4)}
    write_folder(tmp_path, {"more": 1})
    assert readings(tmp_path)[:2] == ["folder", "csv"]


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        (["a/1", "b/1"], ["folder", "plain_folder", "named_files"]),
        (["a/deep/1", "b/deep/1"], ["folder", "plain_folder", "named_files"]),
        (["cats/1"], ["folder", "plain_folder", "named_files"]),
        (["images/1"], ["plain_folder", "folder", "named_files"]),
        (["1", "2"], ["plain_folder", "named_files", "plain_folder"]),
        (["train/1", "test/2"], ["plain_folder", "named_files", "plain_folder"]),
        (["test/a/1", "test/b/2"], ["plain_folder", "named_files"]),
        (["train/a/1", "train/b/1", "test/2"], ["folder", "plain_folder", "named_files"]),
        (
            [f"{name}_{number}" for name in ("cat", "dog") for number in range(4)],
            ["named_files", "plain_folder", "plain_folder"],
        ),
        ([], ["folder"]),
    ],
)
def test_other_folders(tmp_path: Path, images: list[str], expected: list[str]) -> None:
    for name in images:
        write_image(tmp_path / f"{name}.png")
    assert readings(tmp_path) == expected
    for step in candidates(tmp_path) if images else ():
        open_dataset(step.with_values(split="random", test_share=0.5))


def test_what_is_no_folder_is_left_to_its_opener(tmp_path: Path) -> None:
    assert readings(tmp_path / "nowhere") == ["folder"]
    assert readings(write_image(tmp_path / "x.png")) == ["folder"]
    (tmp_path / "x.csv").mkdir()
    assert readings(tmp_path / "x.csv") == ["folder"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_go_round_and_odd_names(tmp_path: Path) -> None:
    folder = tmp_path / "小\n{x}"
    folder.mkdir()
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to("self")
    (folder / os.fsdecode(b"\xff")).mkdir()
    assert readings(folder) == ["folder"]
    write_image(folder / "x.jpg" / "1.png")
    assert readings(folder)[0] == "folder"


def test_no_file_but_a_table_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3000):
        (tmp_path / f"{'cat' if number % 2 else 'dog'}_{number}.png").touch()
    monkeypatch.setattr(Path, "open", lambda *args, **kwargs: pytest.fail("a file was opened"))
    began = time.perf_counter()
    assert recognise(tmp_path).values["pattern"] == "{label}_#"
    assert time.perf_counter() - began < 1
