"""Training in a thread of its own."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.threads import REPORT_INTERVAL, STACK_SIZE, let_window_go_first
from tudui_gui.training.control import Control
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    Event,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
)
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.recording import run

if TYPE_CHECKING:
    from tudui_gui.datasets.sources import Dataset


class TrainingController(QObject):
    """One training at a time, in a thread of its own. Main thread only.

    Signals
    -------
    run_started(object)
        The ``RunStarted`` event.
    steps_done(object)
        A list of ``StepDone``, in order, at most about 20 times a second.
    epoch_evaluated(object)
        An ``EpochEvaluated`` event.
    checkpoint_saved(object)
        A ``CheckpointSaved`` event.
    run_ended(object)
        The closing event (``RunFinished``, ``RunStopped`` or ``RunFailed``), or a :class:`Failure` when the
        loop itself broke. The state is ``"idle"`` by then: a new run may start at once.
    state_changed(str)
        ``"idle"``, ``"running"``, ``"paused"`` or ``"stopping"``.
    """

    run_started = Signal(object)
    steps_done = Signal(object)
    epoch_evaluated = Signal(object)
    checkpoint_saved = Signal(object)
    run_ended = Signal(object)
    state_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = "idle"
        self._thread: QThread | None = None
        self._worker: TrainingWorker | None = None
        self._ending: object = None
        self._run_dir: Path | None = None

    @property
    def state(self) -> str:
        """``"idle"``, ``"running"``, ``"paused"`` or ``"stopping"``."""
        return self._state

    @property
    def is_active(self) -> bool:
        """Whether a run occupies the thread (running, paused or stopping)."""
        return self._state != "idle"

    @property
    def run_dir(self) -> Path | None:
        """The folder of the running or last run."""
        return self._run_dir

    def start(self, experiment: Experiment, run_dir: Path, dataset: Dataset | None = None) -> None:
        """Train ``experiment`` from the beginning into ``run_dir``. Raises ``RuntimeError`` if active.

        ``dataset``, if given, is the experiment's data set, already open.
        """
        self._launch(TrainingWorker(experiment, run_dir, dataset=dataset))

    def resume(self, run_dir: Path) -> None:
        """Go on with the run in ``run_dir`` from its last checkpoint. Raises ``RuntimeError`` if active."""
        self._launch(TrainingWorker(None, run_dir, resume=True))

    def pause(self) -> None:
        """Hold after the current step."""
        if self._state == "running" and self._worker is not None:
            self._worker.control.pause()
            self._set_state("paused")

    def unpause(self) -> None:
        """Go on after :meth:`pause`."""
        if self._state == "paused" and self._worker is not None:
            self._worker.control.unpause()
            self._set_state("running")

    def stop(self) -> None:
        """End after the current step; the run leaves a checkpoint it can be resumed from."""
        if self.is_active and self._worker is not None:
            self._worker.control.stop()
            self._set_state("stopping")

    def _launch(self, worker: TrainingWorker) -> None:
        if self.is_active:
            raise RuntimeError("a training is running already")
        self._run_dir = worker.run_dir
        self._ending = None
        self._thread = QThread(self)
        self._thread.setStackSize(STACK_SIZE)
        self._worker = worker
        worker.moveToThread(self._thread)
        self._connect(self._thread, worker)
        self._set_state("running")
        self._thread.start(QThread.Priority.LowPriority)

    def _connect(self, thread: QThread, worker: TrainingWorker) -> None:
        thread.started.connect(worker.run)
        worker.steps_done.connect(self.steps_done)
        worker.event_happened.connect(self._forward)
        worker.returned.connect(thread.quit)
        thread.finished.connect(self._finish)

    @Slot(object)
    def _forward(self, event: object) -> None:
        if isinstance(event, RunStarted):
            self.run_started.emit(event)
        elif isinstance(event, EpochEvaluated):
            self.epoch_evaluated.emit(event)
        elif isinstance(event, CheckpointSaved):
            self.checkpoint_saved.emit(event)
        elif isinstance(event, RunFinished | RunStopped | RunFailed | Failure):
            self._ending = event

    @Slot()
    def _finish(self) -> None:
        thread, self._thread = self._thread, None
        worker, self._worker = self._worker, None
        if thread is None or worker is None:
            return
        thread.wait()
        worker.deleteLater()
        thread.deleteLater()
        self._set_state("idle")
        self.run_ended.emit(self._ending)

    def _set_state(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


class TrainingWorker(QObject):
    """Consumes the event stream of a run in its thread. Parentless, so that it can move there.

    Signals
    -------
    steps_done(object)
        A list of ``StepDone``.
    event_happened(object)
        Any other event, or a :class:`Failure`.
    returned()
        The stream has ended.
    """

    steps_done = Signal(object)
    event_happened = Signal(object)
    returned = Signal()

    def __init__(
        self,
        experiment: Experiment | None,
        run_dir: Path,
        *,
        resume: bool = False,
        dataset: Dataset | None = None,
    ) -> None:
        super().__init__()
        self.control = Control()
        self.run_dir = run_dir
        self._experiment = experiment
        self._resume = resume
        self._dataset = dataset
        self._steps: list[StepDone] = []
        self._last_sent = 0.0

    @Slot()
    def run(self) -> None:
        """Train to the end. In the worker's thread."""
        let_window_go_first()
        try:
            self._consume()
        except Exception as error:
            self.event_happened.emit(Failure.of(error))
        self._send_steps()
        self.returned.emit()

    def _consume(self) -> None:
        events = run(
            self._experiment,
            self.run_dir,
            control=self.control,
            resume=self._resume,
            dataset=self._dataset,
        )
        with closing(events):
            for event in events:
                self._handle(event)

    def _handle(self, event: Event) -> None:
        if not isinstance(event, StepDone):
            self._send_steps()
            self.event_happened.emit(event)
            return
        self._steps.append(event)
        if time.monotonic() - self._last_sent >= REPORT_INTERVAL:
            self._send_steps()

    def _send_steps(self) -> None:
        if self._steps:
            steps, self._steps = self._steps, []
            self._last_sent = time.monotonic()
            self.steps_done.emit(steps)
