"""Events as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tudui_gui.core.errors import TrainingError
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
    to_json,
)

HERE = Path("runs/x")


def test_every_event_has_its_name_and_fields() -> None:
    events = [
        RunStarted(HERE, 10, 5, 99, "cpu", ("a", "b"), 3, 2),
        StepDone(1, 1, 0.5, 0.01, 100.0),
        EpochEvaluated(1, 0.5, 0.6, 0.7, 1.0, 1.5, 0.8, ((1, 0), (0, 1))),
        CheckpointSaved(HERE / "last.pt", 1, 3),
        RunFinished(0.7, 2.0, HERE),
        RunStopped(HERE, None, 1, 2),
        RunFailed("bad", TrainingError("bad")),
    ]
    wanted = {
        "run_started": {"train_images", "test_images", "parameters", "device", "run_dir"},
        "step": {"epoch", "step", "loss", "lr", "images_per_second"},
        "epoch": {"epoch", "train_loss", "test_loss", "test_accuracy", "train_seconds", "seconds"},
        "checkpoint": {"path"},
        "finished": {"test_accuracy", "seconds", "run_dir"},
        "stopped": {"run_dir", "checkpoint"},
        "failed": {"message"},
    }
    lines = [json.loads(json.dumps(to_json(event), allow_nan=False)) for event in events]
    assert [line["event"] for line in lines] == list(wanted)
    for line in lines:
        assert wanted[line["event"]] <= line.keys()
    assert lines[-1] == {"event": "failed", "message": "bad"}


def test_json_has_no_nan() -> None:
    assert to_json(StepDone(1, 1, float("nan"), 0.01, float("inf")))["loss"] is None
