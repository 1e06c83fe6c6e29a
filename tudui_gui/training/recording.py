"""Writing down what the events of a run say: ``metrics.csv``, ``steps.csv``, TensorBoard, ``run.json``."""

from __future__ import annotations

import csv
import io
import logging
import os
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, astuple, fields, replace
from pathlib import Path

from torch.utils.tensorboard import SummaryWriter

from tudui_gui.core.errors import StorageError, storage_error
from tudui_gui.core.files import write_text
from tudui_gui.datasets.sources import Dataset
from tudui_gui.training.control import Control
from tudui_gui.training.corrections import is_copy, named_in
from tudui_gui.training.events import (
    EpochEvaluated,
    Event,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
)
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.loop import fit
from tudui_gui.training.runs import (
    EXPERIMENT_FILE,
    METRICS_FILE,
    STEPS_FILE,
    EpochRow,
    RunStatus,
    StepRow,
    read_metrics,
    read_steps,
)

logger = logging.getLogger(__name__)

_FLUSH_SECONDS = 1.0


def run(
    experiment: Experiment | None,
    run_dir: Path,
    *,
    control: Control | None = None,
    resume: bool = False,
    data_root: Path | None = None,
    dataset: Dataset | None = None,
) -> Generator[Event, None, None]:
    """Train and write the run's folder: :func:`tudui_gui.training.loop.fit` seen through :func:`record`.

    Parameters and events are those of ``fit``. Put ``contextlib.closing`` around it, so that Ctrl+C and
    errors of the consumer leave a checkpoint at once.
    """
    if experiment is not None:
        experiment = (experiment.with_root(data_root) if data_root else experiment).with_absolute_root()
    events = fit(experiment, run_dir, control=control, resume=resume, data_root=data_root, dataset=dataset)
    return record(events, run_dir, experiment)


def record(
    events: Generator[Event, None, None], run_dir: Path, experiment: Experiment | None = None
) -> Generator[Event, None, None]:
    """Pass ``events`` on, each written down before it is seen.

    ``RUN_DIR`` gets ``experiment.toml`` (if ``experiment`` is given), ``metrics.csv`` (a row an epoch),
    ``steps.csv`` (a row a step), TensorBoard's event files and ``run.json``. Files of a run that goes on
    keep their rows up to where it begins. When a file cannot be written the events are closed, so that the
    loop keeps its checkpoint, and ``RunFailed`` ends the stream.
    """
    with ExitStack() as stack:
        stack.enter_context(closing(events))
        recorder = _Recorder(run_dir, experiment)
        try:
            for event in events:
                recorder.write(event)
                yield event
        except (OSError, StorageError) as cause:
            error = storage_error(run_dir, cause) if isinstance(cause, OSError) else cause
            events.close()
            recorder.give_up(str(error))
            yield RunFailed(str(error), error)
        finally:
            events.close()
            recorder.close()


class _Recorder:
    """The files of one run. Made before the first event; opens them at ``RunStarted``."""

    def __init__(self, run_dir: Path, experiment: Experiment | None) -> None:
        self._run_dir = run_dir
        self._experiment = experiment
        self._files = ExitStack()
        self._status: RunStatus | None = None
        self._metrics: list[EpochRow] = []
        self._step = 0
        self._flushed = 0.0

    def write(self, event: Event) -> None:
        """Write one event down. Raises ``OSError`` or ``StorageError``."""
        if isinstance(event, RunStarted):
            self._open(event)
        elif isinstance(event, StepDone):
            self._write_step(event)
        elif isinstance(event, EpochEvaluated):
            self._write_epoch(event)
        elif isinstance(event, RunFinished):
            self._set_status("finished")
        elif isinstance(event, RunStopped):
            self._set_status("stopped")
        elif isinstance(event, RunFailed):
            self._set_status("failed", event.message)

    def give_up(self, message: str) -> None:
        """Note a failure to write, if that can be written."""
        try:
            self._set_status("failed", message)
        except StorageError as error:
            logger.warning("%s", error)

    def close(self) -> None:
        """Close the files; a run without a closing event counts as stopped."""
        try:
            if self._status is not None and self._status.status == "running":
                self._set_status("stopped")
            self._files.close()
        except (OSError, StorageError) as error:
            logger.warning("The files of %s could not be closed: %s", self._run_dir, error)

    def _open(self, event: RunStarted) -> None:
        if self._experiment is not None:
            dataset = named_in(self._experiment.dataset, self._run_dir)
            write_text(self._run_dir / EXPERIMENT_FILE, replace(self._experiment, dataset=dataset).to_toml())
        self._step = event.first_step - 1
        self._metrics = [row for row in read_metrics(self._run_dir) if row.epoch < event.first_epoch]
        self._write_metrics()
        self._open_steps([row for row in read_steps(self._run_dir) if row.step < event.first_step])
        purge = event.first_step if event.first_step > 1 else None
        self._board = SummaryWriter(str(self._run_dir), purge_step=purge, flush_secs=10)
        self._files.callback(self._board.close)
        self._status = RunStatus("running", planned_epochs=event.epochs, process=os.getpid())
        self._set_status("running")

    def _open_steps(self, kept: list[StepRow]) -> None:
        path = self._run_dir / STEPS_FILE
        write_text(path, _csv_text(StepRow, kept))
        self._stream = self._files.enter_context(path.open("a", encoding="utf-8", newline=""))
        self._steps = csv.writer(self._stream, lineterminator="\n")

    def _write_step(self, event: StepDone) -> None:
        row = StepRow(**asdict(event))
        self._step = event.step
        self._steps.writerow(astuple(row))
        self._board.add_scalar("train_loss", event.loss, event.step)
        if time.monotonic() - self._flushed > _FLUSH_SECONDS:
            self._stream.flush()
            self._flushed = time.monotonic()

    def _write_epoch(self, event: EpochEvaluated) -> None:
        values = asdict(event)
        del values["confusion"]
        row = EpochRow(step=self._step, **values)
        self._metrics.append(row)
        self._stream.flush()
        self._write_metrics()
        for tag in ("train_accuracy", "test_loss", "test_accuracy", "train_seconds"):
            self._board.add_scalar(tag, values[tag], event.epoch)
        self._board.flush()
        self._set_status("running")

    def _write_metrics(self) -> None:
        write_text(self._run_dir / METRICS_FILE, _csv_text(EpochRow, self._metrics))

    def _set_status(self, status: str, message: str = "") -> None:
        if self._status is None and not self._is_new_folder():
            return  # what could not even start says nothing about the run that is there
        self._status = replace(
            self._status or RunStatus(status),
            status=status,
            message=message,
            epochs=len(self._metrics),
            best_accuracy=max((row.test_accuracy for row in self._metrics), default=None),
            seconds=sum(row.seconds for row in self._metrics),
        )
        self._status.write(self._run_dir)

    def _is_new_folder(self) -> bool:
        return self._run_dir.is_dir() and all(map(is_copy, self._run_dir.iterdir()))


def _csv_text(row: type[EpochRow] | type[StepRow], rows: Sequence[EpochRow | StepRow]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(row)])
    writer.writerows(astuple(each) for each in rows)
    return text.getvalue()
