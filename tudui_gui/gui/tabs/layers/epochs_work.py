"""The runs and their checkpoints for the slider over epochs. Pure functions for pool threads."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from torch import nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import CheckpointError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui.checkpoints import ModelCache
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.tabs.layers.work_types import ModelLayer
from tudui_gui.gui.workers import Progress
from tudui_gui.training.checkpoint import FOLDER
from tudui_gui.training.kept import KeptCheckpoint, kept_checkpoints
from tudui_gui.training.runs import list_runs


@dataclass(frozen=True)
class RunOffer:
    """A run that has checkpoints."""

    name: str
    path: Path


def runs_work(token: CancelToken, progress: Progress) -> tuple[RunOffer, ...]:
    """The runs with a checkpoint, the newest first. Any pool thread."""
    found = []
    for run in list_runs():
        token.raise_if_cancelled()
        if _has_checkpoint(run.path / FOLDER):
            found.append(RunOffer(run.name, run.path))
    return tuple(found)


def _has_checkpoint(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name.endswith(".pt") for entry in entries)
    except OSError:  # a run that has not saved yet, or a folder that may not be read
        return False


@dataclass(frozen=True)
class RunCheckpoints:
    """What a run has kept, by epoch."""

    run: Path
    kept: tuple[KeptCheckpoint, ...]

    def place_of(self, path: Path | None) -> int | None:
        """Where a checkpoint stands; None if it is not of this run."""
        return next((place for place, each in enumerate(self.kept) if each.path == path), None)


def kept_work(run: Path, token: CancelToken, progress: Progress) -> RunCheckpoints:
    """The checkpoints of a run. Any pool thread."""
    return RunCheckpoints(run, kept_checkpoints(run))


@dataclass(frozen=True, eq=False)
class LoadedEpoch:
    """The model of a checkpoint."""

    kept: KeptCheckpoint
    model: OpenModel


def load_work(kept: KeptCheckpoint, cache: ModelCache, token: CancelToken, progress: Progress) -> LoadedEpoch:
    """The model of a checkpoint. Any pool thread.

    Raises ``CheckpointError`` naming the file, ``ModelError``, ``Cancelled``.
    """
    model = cache.load(kept.path)
    token.raise_if_cancelled()
    return LoadedEpoch(kept, model)


def layer_in(model: OpenModel, layer: str | None) -> ModelLayer:
    """The layer of that name; without one the first convolution, or the first module without children."""
    modules = dict(model.module.named_modules())
    if layer is not None and layer in modules:
        return ModelLayer(model, layer)
    convolutions = (name for name, module in modules.items() if isinstance(module, nn.Conv2d))
    leaves = (name for name, module in modules.items() if not any(module.children()))
    return ModelLayer(model, next(convolutions, next(leaves, "")))


def same_layer(model: OpenModel, wanted: ModelLayer) -> ModelLayer:
    """The layer of the same name in another checkpoint, with the kernels as they are there.

    Raises ``CheckpointError`` where it has none.
    """
    if wanted.layer not in dict(model.module.named_modules()):
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{model} has no layer {layer}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
            model=model.name,
            layer=wanted.layer,
        )
    return replace(wanted, model=model, edits=())
