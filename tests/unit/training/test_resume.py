"""A run that was stopped anywhere and resumed gives bit for bit what it would have given."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.unit.training.builders import csv_without_times, epochs, losses, make_dataset, make_table
from tudui_gui.core.operations import Operation
from tudui_gui.models.zoo import MODELS
from tudui_gui.training.checkpoint import Checkpoint, checkpoint_path
from tudui_gui.training.control import Control
from tudui_gui.training.events import EpochEvaluated, Event, RunFinished, RunStarted, RunStopped, StepDone
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.recording import run


class Small(nn.Module):
    """Dropout and BatchNorm: a model with random numbers and with buffers."""

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Flatten(),
            nn.Dropout(0.5),
            nn.Linear(8 * 15 * 15, num_classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


# With random transforms, shuffling and an optimiser with memory: everything that has a state.
TABLE = make_table(
    transforms={
        "train": [
            {"name": "RandomCrop", "size": 32, "padding": 4},
            {"name": "RandomHorizontalFlip"},
            {"name": "ToTensor"},
        ]
    },
    model={"name": "small"},
    optimizer={"name": "Adam", "lr": 0.001},
)
EXPERIMENT: Experiment  # set by the fixture that puts "small" into the catalog
DATASET = make_dataset()
# Two epochs of four steps and two test batches.
CALLS = 12


class StopAtCall(Control):
    """Stops when the loop asks for the n-th time."""

    def __init__(self, call: int) -> None:
        super().__init__()
        self.left = call

    def raise_if_cancelled(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.stop()
        super().raise_if_cancelled()


@pytest.fixture(scope="module", autouse=True)
def small_model() -> Iterator[None]:
    global EXPERIMENT
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(
            MODELS._operations, "small", Operation("small", Small, "Small", tags=frozenset({"input_32"}))
        )
        EXPERIMENT = Experiment.from_dict(TABLE)
        yield


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Path]:
    run_dir = tmp_path_factory.mktemp("uninterrupted") / "run"
    return list(run(EXPERIMENT, run_dir, dataset=DATASET)), run_dir


def scramble() -> None:
    """Another process would have other generator states."""
    torch.manual_seed(99)
    np.random.seed(99)
    random.seed(99)


def assert_same_run(events: list[Event], run_dir: Path, expected: tuple[list[Event], Path]) -> None:
    assert losses(events) == losses(expected[0])
    assert epochs(events) == epochs(expected[0])
    for name in ("metrics.csv", "steps.csv"):
        assert csv_without_times(run_dir / name) == csv_without_times(expected[1] / name)
    for name in ("last.pt", "best.pt", "epoch_1.pt", "epoch_2.pt"):
        assert_same_checkpoint(checkpoint_path(run_dir, name), checkpoint_path(expected[1], name))


def assert_same_checkpoint(one: Path, other: Path) -> None:
    first, second = Checkpoint.load(one), Checkpoint.load(other)
    torch.testing.assert_close(first.model, second.model, rtol=0, atol=0)
    torch.testing.assert_close(first.optimizer, second.optimizer, rtol=0, atol=0)
    torch.testing.assert_close(first.random["torch"], second.random["torch"], rtol=0, atol=0)
    assert torch.equal(first.order, second.order)
    seconds = {"seconds", "train_seconds"}
    assert {k: v for k, v in asdict(first.progress).items() if k not in seconds} == {
        k: v for k, v in asdict(second.progress).items() if k not in seconds
    }


@pytest.mark.parametrize("call", range(1, CALLS + 1))
def test_stop_anywhere_and_resume(call: int, tmp_path: Path, uninterrupted: tuple[list[Event], Path]) -> None:
    before = list(run(EXPERIMENT, tmp_path / "run", dataset=DATASET, control=StopAtCall(call)))
    assert isinstance(before[-1], RunStopped)
    assert sum(isinstance(event, RunStopped | RunFinished) for event in before) == 1
    scramble()
    after = list(run(None, tmp_path / "run", dataset=DATASET, resume=True))
    assert isinstance(after[-1], RunFinished)
    assert_same_run(before + after, tmp_path / "run", uninterrupted)


@pytest.mark.parametrize("wanted", [RunStarted, StepDone, EpochEvaluated])
def test_close_at_an_event_and_resume(
    wanted: type, tmp_path: Path, uninterrupted: tuple[list[Event], Path]
) -> None:
    before: list[Event] = []
    with closing(run(EXPERIMENT, tmp_path / "run", dataset=DATASET)) as events:
        for event in events:
            before.append(event)
            if isinstance(event, wanted):
                break
    scramble()
    after = list(run(None, tmp_path / "run", dataset=DATASET, resume=True))
    assert_same_run(before + after, tmp_path / "run", uninterrupted)


def test_stopped_twice(tmp_path: Path, uninterrupted: tuple[list[Event], Path]) -> None:
    events = list(run(EXPERIMENT, tmp_path / "run", dataset=DATASET, control=StopAtCall(2)))
    for _ in range(2):
        scramble()
        control = StopAtCall(4)
        events += list(run(None, tmp_path / "run", dataset=DATASET, control=control, resume=True))
    scramble()
    events += list(run(None, tmp_path / "run", dataset=DATASET, resume=True))
    assert_same_run(events, tmp_path / "run", uninterrupted)


def test_rows_after_the_checkpoint_are_dropped(
    tmp_path: Path, uninterrupted: tuple[list[Event], Path]
) -> None:
    """A killed process leaves rows of steps that its last checkpoint does not know."""
    run_dir = tmp_path / "run"
    list(run(EXPERIMENT, run_dir, dataset=DATASET))
    checkpoint_path(run_dir, "epoch_1.pt").replace(checkpoint_path(run_dir))
    list(run(None, run_dir, dataset=DATASET, resume=True))
    for name in ("metrics.csv", "steps.csv"):
        assert csv_without_times(run_dir / name) == csv_without_times(uninterrupted[1] / name)


def test_a_finished_run_can_be_given_more_epochs(tmp_path: Path) -> None:
    longer = EXPERIMENT.with_value("training.epochs", 2)
    list(run(EXPERIMENT.with_value("training.epochs", 1), tmp_path / "a", dataset=DATASET))
    resumed = list(run(longer, tmp_path / "a", dataset=DATASET, resume=True))
    straight = list(run(longer, tmp_path / "b", dataset=DATASET))
    assert losses(resumed) == losses(straight)[4:]
    assert epochs(resumed) == epochs(straight)[1:]


def test_resuming_a_finished_run_finishes_at_once(
    tmp_path: Path, uninterrupted: tuple[list[Event], Path]
) -> None:
    list(run(EXPERIMENT, tmp_path / "run", dataset=DATASET))
    events = list(run(None, tmp_path / "run", dataset=DATASET, resume=True))
    assert [type(event) for event in events] == [RunStarted, RunFinished]
    assert events[-1].test_accuracy == uninterrupted[0][-1].test_accuracy
