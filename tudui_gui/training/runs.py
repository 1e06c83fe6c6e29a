"""The folders of runs: making, listing and reading them."""

from __future__ import annotations

import csv
import json
import logging
import math
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from tudui_gui.core import paths
from tudui_gui.core.errors import storage_error
from tudui_gui.core.files import write_text
from tudui_gui.training.checkpoint import FOLDER, LAST
from tudui_gui.training.experiment import Experiment

logger = logging.getLogger(__name__)

EXPERIMENT_FILE = "experiment.toml"
METRICS_FILE = "metrics.csv"
STEPS_FILE = "steps.csv"
STATUS_FILE = "run.json"

#: Values of ``Run.status``; ``interrupted``: its process ended without a word, ``unknown``: damaged folder.
STATUSES = ("running", "finished", "stopped", "failed", "interrupted", "unknown")


@dataclass(frozen=True)
class RunStatus:
    """What ``run.json`` holds."""

    status: str
    epochs: int = 0
    planned_epochs: int = 0
    best_accuracy: float | None = None
    seconds: float = 0.0
    message: str = ""
    process: int = 0

    def write(self, run_dir: Path) -> None:
        """Write ``run.json``. Raises ``StorageError``."""
        write_text(run_dir / STATUS_FILE, json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def read(cls, run_dir: Path) -> RunStatus:
        """What is known of a run; status ``unknown`` when the file is missing or damaged."""
        try:
            content = json.loads((run_dir / STATUS_FILE).read_text(encoding="utf-8"))
            status = cls(**content)
            if status.status not in STATUSES:
                raise ValueError(status.status)
        except (OSError, ValueError, TypeError) as cause:
            logger.info("%s has no readable status: %s", run_dir, cause)
            return cls("unknown")
        if status.status == "running" and not _is_alive(status.process):
            return cls(**{**content, "status": "interrupted"})
        return status


@dataclass(frozen=True)
class Run:
    """A run's folder at a glance.

    Attributes
    ----------
    status : str
        One of :data:`STATUSES`.
    best_accuracy : float or None
        Highest test accuracy so far, 0 to 1.
    epochs : int
        Epochs done, of ``planned_epochs``.
    seconds : float
        Time of those epochs.
    modified : float
        Time of the last change, seconds since 1970.
    can_resume : bool
        Whether there is a checkpoint and something left to do.
    """

    name: str
    path: Path
    status: str
    best_accuracy: float | None
    epochs: int
    planned_epochs: int
    seconds: float
    modified: float
    can_resume: bool


@dataclass(frozen=True)
class EpochRow:
    """A row of ``metrics.csv``."""

    epoch: int
    step: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    train_seconds: float
    seconds: float


@dataclass(frozen=True)
class StepRow:
    """A row of ``steps.csv``."""

    epoch: int
    step: int
    loss: float
    lr: float
    images_per_second: float


def new_run_dir(experiment: Experiment | str, root: Path | None = None) -> Path:
    """Make the folder ``ROOT/DATASET-MODEL-N`` with the first free N.

    Parameters
    ----------
    experiment : Experiment or str
        Named after its data set and model, or the beginning of the name itself.
    root : Path, optional
        Default ``core.paths.runs_root()``.

    Raises
    ------
    StorageError
    """
    root = paths.runs_root() if root is None else root
    name = experiment if isinstance(experiment, str) else f"{experiment.dataset.name}-{experiment.model.name}"
    stem = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "run"
    try:
        root.mkdir(parents=True, exist_ok=True)
        number = 1 + max((_number(path.name, stem) for path in root.iterdir()), default=0)
        while True:
            try:
                (root / f"{stem}-{number}").mkdir()
                return root / f"{stem}-{number}"
            except FileExistsError:  # another process was faster
                number += 1
    except OSError as cause:
        raise storage_error(root, cause) from cause


def list_runs(root: Path | None = None) -> list[Run]:
    """Every run under ``root``, the newest first; a damaged folder is listed as ``unknown``. Reads files."""
    root = paths.runs_root() if root is None else root
    try:
        folders = [path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as cause:
        logger.warning("The runs in %s cannot be listed: %s", root, cause)
        return []
    return sorted((read_run(folder) for folder in folders), key=lambda run: run.modified, reverse=True)


def read_run(run_dir: Path) -> Run:
    """The run in a folder, whatever its state."""
    status = RunStatus.read(run_dir)
    is_over = status.status in ("finished", "running")
    return Run(
        name=run_dir.name,
        path=run_dir,
        status=status.status,
        best_accuracy=status.best_accuracy,
        epochs=status.epochs,
        planned_epochs=status.planned_epochs,
        seconds=status.seconds,
        modified=_modified(run_dir),
        can_resume=not is_over and (run_dir / FOLDER / LAST).is_file(),
    )


def read_metrics(run_dir: Path) -> list[EpochRow]:
    """The rows of ``metrics.csv`` in order; a damaged row and what follows it is left out."""
    return _read_rows(run_dir / METRICS_FILE, EpochRow)


def read_steps(run_dir: Path) -> list[StepRow]:
    """The rows of ``steps.csv`` in order; a damaged row and what follows it is left out."""
    return _read_rows(run_dir / STEPS_FILE, StepRow)


def _read_rows(path: Path, row: type[Any]) -> list[Any]:
    rows: list[Any] = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for values in csv.DictReader(stream):
                rows.append(_parse_row(row, values))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as cause:
        logger.warning("%s is damaged after %d rows: %s", path, len(rows), cause)
    return rows


def _parse_row(row: type[Any], values: Mapping[str, str]) -> Any:
    parsed = {
        name: int(values[name]) if kind == "int" else float(values[name])
        for name, kind in row.__annotations__.items()
    }
    if not all(math.isfinite(value) for value in parsed.values()):
        raise ValueError(values)
    return row(**parsed)


def _number(name: str, stem: str) -> int:
    found = re.fullmatch(re.escape(stem) + r"-(\d{1,9})", name)
    return int(found[1]) if found else 0


def _modified(run_dir: Path) -> float:
    for path in (run_dir / STATUS_FILE, run_dir):
        try:
            return path.stat().st_mtime
        except OSError:  # not there: ask the next one
            continue
    return 0.0


def _is_alive(process: int) -> bool:
    return process == os.getpid() or (process > 0 and psutil.pid_exists(process))
