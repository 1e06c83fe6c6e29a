"""A run's folder: what is written, and what happens when it cannot be."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tests.unit.training.builders import epochs, losses, make_dataset, make_experiment
from tudui_gui.core.errors import storage_error
from tudui_gui.training import recording
from tudui_gui.training.checkpoint import Checkpoint, checkpoint_path
from tudui_gui.training.control import Control
from tudui_gui.training.events import EpochEvaluated, RunFailed, RunFinished, RunStopped, StepDone
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.recording import run
from tudui_gui.training.runs import RunStatus, read_metrics, read_run, read_steps

DATASET = make_dataset()
EXPERIMENT = make_experiment()


def test_rows_are_the_events(tmp_path: Path) -> None:
    events = list(run(EXPERIMENT, tmp_path, dataset=DATASET))
    rows = read_metrics(tmp_path)
    assert [(r.epoch, r.train_loss, r.train_accuracy, r.test_loss, r.test_accuracy) for r in rows] == [
        row[:5] for row in epochs(events)
    ]
    assert [row.step for row in rows] == [4, 8]
    assert [(row.epoch, row.step, row.loss, row.lr) for row in read_steps(tmp_path)] == losses(events)


def test_the_experiment_is_written_with_an_absolute_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    experiment = make_experiment(dataset={"source": "cifar10", "root": "here"})
    list(run(experiment, tmp_path / "run", dataset=DATASET))
    written = Experiment.load(tmp_path / "run" / "experiment.toml")
    assert written == experiment.with_root(tmp_path / "here")
    assert Checkpoint.load(checkpoint_path(tmp_path / "run")).experiment == written


def test_tensorboard_reads_the_scalars(tmp_path: Path) -> None:
    events = list(run(EXPERIMENT, tmp_path, dataset=DATASET))
    board = EventAccumulator(str(tmp_path))
    board.Reload()
    train = [(scalar.step, scalar.value) for scalar in board.Scalars("train_loss")]
    assert train == [(step, pytest.approx(loss, rel=1e-6)) for _, step, loss, _ in losses(events)]
    accuracy = [(scalar.step, scalar.value) for scalar in board.Scalars("test_accuracy")]
    assert accuracy == [(row[0], pytest.approx(row[4])) for row in epochs(events)]


def test_a_row_is_written_before_its_event_is_seen(tmp_path: Path) -> None:
    with closing(run(EXPERIMENT, tmp_path, dataset=DATASET)) as events:
        for event in events:
            if isinstance(event, EpochEvaluated):
                assert read_metrics(tmp_path)[-1].epoch == event.epoch
                assert read_steps(tmp_path)[-1].step == 4 * event.epoch


def test_status_of_each_ending(tmp_path: Path) -> None:
    list(run(EXPERIMENT, tmp_path / "finished", dataset=DATASET))
    with closing(run(EXPERIMENT, tmp_path / "closed", dataset=DATASET)) as events:
        next(event for event in events if isinstance(event, StepDone))
        assert read_run(tmp_path / "closed").status == "running"
    control = Control()
    control.stop()
    stopped = list(run(EXPERIMENT, tmp_path / "stopped", dataset=DATASET, control=control))
    assert isinstance(stopped[-1], RunStopped)
    (tmp_path / "failed").mkdir()
    list(run(EXPERIMENT, tmp_path / "failed", dataset=make_dataset(size=28)))
    statuses = {name: read_run(tmp_path / name) for name in ("finished", "closed", "stopped", "failed")}
    assert {name: found.status for name, found in statuses.items()} == {
        "finished": "finished",
        "closed": "stopped",
        "stopped": "stopped",
        "failed": "failed",
    }
    assert statuses["finished"].epochs == statuses["finished"].planned_epochs == 2
    assert statuses["closed"].can_resume and not statuses["finished"].can_resume
    assert "[3, 28, 28]" in RunStatus.read(tmp_path / "failed").message


def test_resume_that_fails_says_nothing_about_the_run(tmp_path: Path) -> None:
    list(run(EXPERIMENT, tmp_path, dataset=DATASET))
    before = (tmp_path / "run.json").read_text()
    again = list(run(EXPERIMENT, tmp_path, dataset=DATASET))
    assert isinstance(again[-1], RunFailed)
    assert (tmp_path / "run.json").read_text() == before


def test_failing_to_write_ends_the_run_with_a_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        if path.name == "metrics.csv" and text.count("\n") > 1:
            raise storage_error(path, OSError(28, "No space left on device"))
        write(path, text)

    write = recording.write_text
    monkeypatch.setattr(recording, "write_text", full)
    events = list(run(EXPERIMENT, tmp_path, dataset=DATASET))
    assert isinstance(events[-1], RunFailed)
    assert "metrics.csv" in events[-1].message
    assert sum(isinstance(event, RunFailed | RunFinished | RunStopped) for event in events) == 1
    assert Checkpoint.load(checkpoint_path(tmp_path)).progress.step == 4
    assert json.loads((tmp_path / "run.json").read_text())["status"] == "failed"


def test_a_folder_that_cannot_be_made_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    events = list(run(EXPERIMENT, tmp_path / "file" / "run", dataset=DATASET))
    assert [type(event) for event in events] == [RunFailed]
    assert "file" in events[-1].message
