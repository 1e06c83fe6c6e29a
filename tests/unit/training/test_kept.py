"""Which checkpoints of a run there are, by epoch."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
import torch

from tests.unit.training.builders import make_dataset, make_experiment
from tudui_gui.training.control import Control
from tudui_gui.training.events import StepDone
from tudui_gui.training.kept import kept_checkpoints
from tudui_gui.training.recording import run
from tudui_gui.training.runs import read_metrics

DATASET = make_dataset()


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of three epochs."""
    folder = tmp_path_factory.mktemp("runs") / "noise-1"
    list(run(make_experiment(training={"epochs": 3, "batch_size": 16}), folder, dataset=DATASET))
    return folder


def epoch_of(path: Path) -> int:
    """After which epoch a checkpoint was written, by what it says itself."""
    progress = torch.load(path, weights_only=True)["progress"]
    assert progress["batch"] == 0
    return int(progress["epoch"]) - 1


def test_every_epoch_of_a_run_once_and_in_order(run_dir: Path) -> None:
    kept = kept_checkpoints(run_dir)
    assert [each.epoch for each in kept] == [1, 2, 3]
    assert [epoch_of(each.path) for each in kept] == [1, 2, 3]
    assert [each.accuracy for each in kept] == [row.test_accuracy for row in read_metrics(run_dir)]
    best = [each.epoch for each in kept if each.is_best]
    assert best == [epoch_of(run_dir / "checkpoints" / "best.pt")]
    assert [each.epoch for each in kept if each.is_last] == [3]


def test_a_run_that_keeps_best_and_last_alone(tmp_path: Path) -> None:
    settings = {"epochs": 3, "batch_size": 16, "keep_epochs": False}
    list(run(make_experiment(training=settings), tmp_path, dataset=DATASET))
    kept = kept_checkpoints(tmp_path)
    files = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert files == ["best.pt", "last.pt"]
    assert [each.epoch for each in kept] == sorted({epoch_of(each.path) for each in kept})
    assert kept[-1].is_last
    assert sum(each.is_best for each in kept) == 1


def test_a_run_stopped_within_an_epoch_has_one_checkpoint_more(tmp_path: Path) -> None:
    control = Control()
    with closing(run(make_experiment(), tmp_path, control=control, dataset=DATASET)) as events:
        for event in events:
            if isinstance(event, StepDone) and event.epoch == 2:
                control.stop()
    kept = kept_checkpoints(tmp_path)
    assert [(each.epoch, each.path.name) for each in kept] == [(1, "epoch_1.pt"), (None, "last.pt")]
    assert kept[1].is_last
    assert kept[1].accuracy is None


def test_copies_instead_of_links_are_seen_as_the_same(run_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(run_dir, tmp_path / "copy")
    assert len(kept_checkpoints(tmp_path / "copy")) == 3


def test_nothing_that_is_no_checkpoint(run_dir: Path, tmp_path: Path) -> None:
    assert kept_checkpoints(tmp_path / "gone") == ()
    folder = tmp_path / "odd" / "checkpoints"
    folder.mkdir(parents=True)
    for name in ("epoch_x.pt", "epoch_1.pt.tmp", ".epoch_2.pt", "notes.txt"):
        (folder / name).write_text("")
    assert kept_checkpoints(tmp_path / "odd") == ()
    (folder / "epoch_12.pt").write_bytes(b"")
    (folder / "epoch_2.pt").write_bytes(b"")
    kept = kept_checkpoints(tmp_path / "odd")
    assert [(each.epoch, each.accuracy) for each in kept] == [(2, None), (12, None)]
