"""Training for real in its thread: events, pause, stop, resume."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from tudui_gui.gui.session import Session
from tudui_gui.gui.training_thread import TrainingController
from tudui_gui.training.checkpoint import Checkpoint
from tudui_gui.training.events import EpochEvaluated, RunFailed, RunFinished, RunStarted, RunStopped, StepDone
from tudui_gui.training.experiment import Experiment

STEPS_PER_EPOCH = 23


class Listener:
    """Everything a controller said, in order."""

    def __init__(self, training: TrainingController) -> None:
        self.training = training
        self.events: list[Any] = []
        self.bunches: list[list[StepDone]] = []
        self.states: list[str] = []
        self.threads: set[QThread] = set()
        for signal in (training.run_started, training.epoch_evaluated, training.checkpoint_saved):
            signal.connect(self.events.append)
        training.run_ended.connect(self._end)
        training.steps_done.connect(self._steps)
        training.state_changed.connect(self.states.append)

    def _steps(self, steps: list[StepDone]) -> None:
        self.bunches.append(steps)
        self.threads.add(QThread.currentThread())

    def _end(self, event: object) -> None:
        assert self.training.state == "idle"
        self.events.append(event)

    @property
    def steps(self) -> list[int]:
        return [step.step for bunch in self.bunches for step in bunch]


@pytest.fixture
def training(session: Session) -> TrainingController:
    return session.training


@pytest.fixture
def heard(training: TrainingController) -> Listener:
    return Listener(training)


def epochs(session: Session, count: int) -> Experiment:
    return session.experiment.with_value("training.epochs", count)


def test_a_run_goes_from_start_to_finish(
    qtbot: QtBot, session: Session, training: TrainingController, heard: Listener, tmp_path: Path
) -> None:
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.start(epochs(session, 1), tmp_path / "run")
    assert isinstance(heard.events[0], RunStarted)
    assert isinstance(heard.events[-1], RunFinished)
    assert [type(event) for event in heard.events].count(EpochEvaluated) == 1
    assert heard.steps == list(range(1, STEPS_PER_EPOCH + 1))
    assert heard.states == ["running", "idle"]
    assert heard.threads == {QThread.currentThread()}
    assert not training.is_active


def test_stop_leaves_a_checkpoint_that_resumes(
    qtbot: QtBot, session: Session, training: TrainingController, heard: Listener, tmp_path: Path
) -> None:
    run_dir = tmp_path / "run"
    with qtbot.waitSignal(training.steps_done, timeout=60_000):
        training.start(epochs(session, 2), run_dir)
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.stop()
    stopped = heard.events[-1]
    assert isinstance(stopped, RunStopped)
    assert Checkpoint.load(stopped.checkpoint).experiment == epochs(session, 2)
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.resume(run_dir)
    assert isinstance(heard.events[-1], RunFinished)
    assert heard.steps == list(range(1, 2 * STEPS_PER_EPOCH + 1))


def test_pause_holds_and_unpause_goes_on(
    qtbot: QtBot, session: Session, training: TrainingController, heard: Listener, tmp_path: Path
) -> None:
    with qtbot.waitSignal(training.steps_done, timeout=60_000):
        training.start(epochs(session, 1), tmp_path / "run")
    training.pause()
    assert training.state == "paused"
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.unpause()
    assert heard.states == ["running", "paused", "running", "idle"]
    assert heard.steps == list(range(1, STEPS_PER_EPOCH + 1))


def test_a_paused_run_can_be_stopped(
    qtbot: QtBot, session: Session, training: TrainingController, heard: Listener, tmp_path: Path
) -> None:
    with qtbot.waitSignal(training.steps_done, timeout=60_000):
        training.start(epochs(session, 1), tmp_path / "run")
    training.pause()
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.stop()
    assert isinstance(heard.events[-1], RunStopped)


def test_one_training_at_a_time(
    qtbot: QtBot, session: Session, training: TrainingController, tmp_path: Path
) -> None:
    training.start(epochs(session, 1), tmp_path / "run")
    with pytest.raises(RuntimeError, match="already"):
        training.start(epochs(session, 1), tmp_path / "other")
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.stop()


def test_a_run_that_cannot_start_ends_with_its_reason(
    qtbot: QtBot, session: Session, training: TrainingController, heard: Listener, tmp_path: Path
) -> None:
    experiment = epochs(session, 1).with_value("dataset.source", "folder")
    experiment = experiment.with_value("dataset.root", str(tmp_path / "nothing"))
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.start(experiment, tmp_path / "run")
    assert isinstance(heard.events[-1], RunFailed)
    assert "nothing" in heard.events[-1].message
    with qtbot.waitSignal(training.run_ended, timeout=60_000):
        training.start(epochs(session, 1), tmp_path / "next")
    assert isinstance(heard.events[-1], RunFinished)
