"""The script of a data set, run in an interpreter of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.scripts.dataset_script import dataset_script


def pictures(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        Image.new("RGB", (5, 7), (number, 0, 0)).save(folder / f"{number}.png")


def two_parts(root: Path) -> Step:
    """An empty class, and a class that only the test part has: ImageFolder alone would fail or renumber."""
    pictures(root / "train" / "b", 2)
    pictures(root / "train" / "c", 3)
    pictures(root / "train" / "none", 0)
    pictures(root / "test" / "a", 1)
    pictures(root / "test" / "c", 2)
    return DATASETS.step("folder", root=str(root))


def one_part(root: Path) -> Step:
    pictures(root / "a", 5)
    pictures(root / "b", 10)
    pictures(root / "none", 0)
    return DATASETS.step("folder", root=str(root))


@pytest.mark.parametrize("make", [None, one_part, two_parts], ids=["digits", "one part", "two parts"])
def test_prints_what_the_data_set_holds(make: object, tmp_path: Path) -> None:
    step = make(tmp_path / "root") if callable(make) else DATASETS.step("digits")
    dataset = open_dataset(step)
    ran = subprocess.run(
        [sys.executable, "-c", dataset_script(dataset)], capture_output=True, text=True, check=True
    )
    width, height = dataset.train.image(0).size
    label = dataset.classes[dataset.train.labels[0]]
    assert ran.stdout.splitlines() == [
        f"train: {len(dataset.train)} test: {len(dataset.test)}",
        f"classes: {len(dataset.classes)} {' '.join(dataset.classes)}",
        f"first: {(3, height, width)} torch.float32 {label}",
    ]
    assert "tudui" not in dataset_script(dataset)
