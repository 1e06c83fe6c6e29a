"""The checkpoints that a run has kept, by epoch."""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from tudui_gui.training.checkpoint import BEST, FOLDER, LAST
from tudui_gui.training.runs import EpochRow, RunStatus, read_metrics

_EPOCH_FILE = re.compile(r"epoch_(\d{1,6})\.pt")


@dataclass(frozen=True)
class KeptCheckpoint:
    """A checkpoint of a run.

    Attributes
    ----------
    path : Path
    epoch : int or None
        After which it was written, from 1; None for one written within an epoch, or where nobody knows.
    accuracy : float or None
        Of that epoch on the test images, 0 to 1, as ``metrics.csv`` has it.
    is_best, is_last : bool
        Whether it is the same as ``best.pt``, and as ``last.pt``.
    """

    path: Path
    epoch: int | None
    accuracy: float | None = None
    is_best: bool = False
    is_last: bool = False


def kept_checkpoints(run_dir: Path) -> tuple[KeptCheckpoint, ...]:
    """The checkpoints in a run's folder by epoch; each once, though ``best.pt`` and ``last.pt`` are copies.

    Reads the names, their sizes and ``metrics.csv``, no checkpoint. What cannot be read is left out.
    """
    folder = run_dir / FOLDER
    metrics = {row.epoch: row for row in read_metrics(run_dir)}
    numbers = _numbers(folder)
    best = _best_epoch(metrics)
    found = [KeptCheckpoint(path, epoch, _accuracy(metrics, epoch), epoch == best) for epoch, path in numbers]
    if best is not None and best not in dict(numbers):
        found += _copy(folder / BEST, best, metrics, is_best=True)
    found.sort(key=lambda kept: kept.epoch or 0)
    is_finished = RunStatus.read(run_dir).status == "finished"
    return _with_last(found, folder / LAST, max(metrics, default=None) if is_finished else None, metrics)


def _numbers(folder: Path) -> list[tuple[int, Path]]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except OSError:  # no checkpoint yet, or a folder that may not be read: there is nothing to offer
        return []
    matches = [(name, _EPOCH_FILE.fullmatch(name)) for name in names]
    return sorted((int(match[1]), folder / name) for name, match in matches if match)


def _best_epoch(metrics: dict[int, EpochRow]) -> int | None:
    """The first of those with the highest accuracy: a run keeps the older one of two that are equal."""
    return max(metrics, key=lambda epoch: (metrics[epoch].test_accuracy, -epoch), default=None)


def _accuracy(metrics: dict[int, EpochRow], epoch: int | None) -> float | None:
    row = None if epoch is None else metrics.get(epoch)
    return None if row is None else row.test_accuracy


def _copy(path: Path, epoch: int | None, metrics: dict[int, EpochRow], **marks: bool) -> list[KeptCheckpoint]:
    return [KeptCheckpoint(path, epoch, _accuracy(metrics, epoch), **marks)] if path.is_file() else []


def _with_last(
    found: list[KeptCheckpoint], path: Path, epoch: int | None, metrics: dict[int, EpochRow]
) -> tuple[KeptCheckpoint, ...]:
    """``last.pt`` marks the checkpoint that it is a copy of, or is one more, written after ``epoch``."""
    if not path.is_file():
        return tuple(found)
    for place in reversed(range(len(found))):
        kept = found[place]
        if (kept.is_best or kept is found[-1]) and _is_same(kept.path, path):
            found[place] = replace(kept, is_last=True)
            return tuple(found)
    return (*found, *_copy(path, epoch, metrics, is_last=True))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two files are one, or copies, by the checksums that they hold of their contents."""
    try:
        if one.samefile(other):
            return True
        return one.stat().st_size == other.stat().st_size and _checksums(one) == _checksums(other)
    except (OSError, zipfile.BadZipFile):  # gone meanwhile, or damaged, which opening it will tell
        return False


def _checksums(path: Path) -> list[tuple[str, int]]:
    with zipfile.ZipFile(path) as archive:
        return [(record.filename.partition("/")[2], record.CRC) for record in archive.infolist()]
