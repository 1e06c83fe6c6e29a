"""The training loop: a generator of events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tudui_gui.datasets.sources import Dataset
from tudui_gui.training.control import Control
from tudui_gui.training.events import Event
from tudui_gui.training.experiment import Experiment


def fit(
    experiment: Experiment,
    run_dir: Path,
    *,
    control: Control | None = None,
    resume: bool = False,
    data_root: Path | None = None,
    dataset: Dataset | None = None,
) -> Iterator[Event]:
    """Train. See :func:`tudui_gui.training.recording.run` for the same with files written."""
    raise NotImplementedError
