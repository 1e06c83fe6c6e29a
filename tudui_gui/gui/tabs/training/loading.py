"""Work of the tab that runs off the main thread."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFile

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import StorageError
from tudui_gui.core.files import write_text
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui.tabs.training.curves import Curves
from tudui_gui.gui.workers import Progress
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.runs import STATUS_FILE, Run, list_runs, read_metrics, read_steps

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LoadedRun:
    """A run with its points."""

    run: Run
    curves: Curves


def read_runs(token: CancelToken, progress: Progress) -> list[Run]:
    """Every run, the newest first."""
    return list_runs()


def read_curves(runs: Sequence[Run], token: CancelToken, progress: Progress) -> list[LoadedRun]:
    """The points of ``runs``, in their order."""
    loaded = []
    for run in runs:
        token.raise_if_cancelled()
        loaded.append(LoadedRun(run, curves_of(run.path)))
    return loaded


def curves_of(run_dir: Path) -> Curves:
    """The points of the run in ``run_dir``, as far as its files have them."""
    steps, epochs = read_steps(run_dir), read_metrics(run_dir)
    return Curves(
        [row.step for row in steps],
        [row.loss for row in steps],
        [row.step for row in epochs],
        [row.test_loss for row in epochs],
        [row.train_accuracy for row in epochs],
        [row.test_accuracy for row in epochs],
    )


def discard_unbegun(run_dir: Path) -> None:
    """Remove the folder of a run that failed before it began; one that holds more than that fact stays."""
    try:
        if {path.name for path in run_dir.iterdir()} <= {STATUS_FILE}:
            (run_dir / STATUS_FILE).unlink(missing_ok=True)
            run_dir.rmdir()
    except OSError as cause:
        logger.warning("%s cannot be removed: %s", run_dir, cause)


def read_experiment(path: Path, token: CancelToken, progress: Progress) -> Experiment:
    """The experiment in a TOML file. Raises ``ExperimentError``."""
    return Experiment.load(path)


def write_experiment(experiment: Experiment, path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write ``experiment`` as TOML; returns ``path``. Raises ``StorageError``."""
    write_text(path, experiment.to_toml())
    return path


def move_to_bin(run_dir: Path, token: CancelToken, progress: Progress) -> Path:
    """Move a run's folder to the system's bin; returns ``run_dir``. Raises ``StorageError``."""
    if not QFile.moveToTrash(str(run_dir)):
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be moved to the bin."),
            remedy=QT_TRANSLATE_NOOP("errors", "Delete the folder yourself if you no longer need it."),
            path=str(run_dir),
        )
    return run_dir
