"""Corrections are found again by what the source is, and never mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tudui_gui.core import paths
from tudui_gui.core.errors import DatasetError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.corrections import corrections_file, kept_edits, original_labels, with_kept_edits
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.selection import with_edits


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part, count in (("train", 3), ("test", 1)):
        for name in ("ants", "bees"):
            (tmp_path / "set" / part / name).mkdir(parents=True)
            for number in range(count):
                Image.new("RGB", (8, 8)).save(tmp_path / "set" / part / name / f"{number}.png")
    return tmp_path / "set"


def test_the_file_belongs_to_the_source_however_it_is_cut_and_from_wherever_it_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = DATASETS.step("folder", root=str(folder))
    file = corrections_file(step)
    assert file.parent == paths.home() / "edits"
    assert corrections_file(step.with_values(split="random", per_class=2)) == file
    monkeypatch.chdir(folder.parent)
    assert corrections_file(DATASETS.step("folder", root="set")) == file
    assert corrections_file(DATASETS.step("folder", root=str(folder / "train"))) != file
    assert corrections_file(DATASETS.step("digits")) != file


def test_kept_corrections_are_taken_up_unless_the_step_names_others(folder: Path, tmp_path: Path) -> None:
    step = DATASETS.step("folder", root=str(folder))
    assert with_kept_edits(step) is step
    Edits().save(corrections_file(step))
    assert with_kept_edits(step) is step
    edits = Edits().with_flags(["train/ants/0.png"], True)
    edits.save(corrections_file(step))
    kept = with_kept_edits(step)
    assert kept == step.with_values(edits=str(corrections_file(step)))
    assert open_dataset(kept).edits == kept_edits(step) == edits
    assert corrections_file(kept) == corrections_file(step)
    other = step.with_values(edits=str(tmp_path / "mine.json"))
    assert with_kept_edits(other) is other


def test_corrections_from_elsewhere_are_changed_in_a_file_of_their_own(folder: Path, tmp_path: Path) -> None:
    step = DATASETS.step("folder", root=str(folder))
    own = corrections_file(step.with_values(edits=str(tmp_path / "mine.json")))
    assert own not in (tmp_path / "mine.json", corrections_file(step))
    assert own.parent == paths.home() / "edits"


def test_corrections_that_cannot_be_read_say_what_to_do(folder: Path) -> None:
    step = DATASETS.step("folder", root=str(folder))
    corrections_file(step).parent.mkdir(parents=True)
    corrections_file(step).write_text("{", encoding="utf-8")
    with pytest.raises(DatasetError, match="Move the file away") as caught:
        with_kept_edits(step)
    assert caught.value.fields["path"] == str(corrections_file(step))


def test_original_labels_are_those_of_the_source(folder: Path) -> None:
    dataset = open_dataset(DATASETS.step("folder", root=str(folder)))
    edits = Edits().with_label(["train/ants/1.png", "test/bees/0.png"], "wasps")
    changed = with_edits(dataset, edits)
    assert changed.classes == ("ants", "bees", "wasps")
    expected = {"train/ants/1.png": "ants", "test/bees/0.png": "bees"}
    assert original_labels(changed, edits.labels) == expected
    assert original_labels(changed, ["nowhere"]) == {}
