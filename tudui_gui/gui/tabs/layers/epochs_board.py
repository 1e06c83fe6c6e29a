"""The same layer and picture of every checkpoint of a run, for TensorBoard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.checkpoints import ModelCache
from tudui_gui.gui.tabs.layers.epochs_work import same_layer
from tudui_gui.gui.tabs.layers.export_work import (
    BoardRun,
    ShownMaps,
    calls_of,
    input_pictures,
    maps_picture,
)
from tudui_gui.gui.tabs.layers.work import ModelLayer, compute
from tudui_gui.gui.workers import Progress
from tudui_gui.training.board import cleaned, layers_folder, new_run, write_pictures
from tudui_gui.training.kept import KeptCheckpoint


def epochs_board_work(
    shown: ShownMaps,
    epochs: Sequence[KeptCheckpoint],
    cache: ModelCache,
    token: CancelToken,
    progress: Progress,
) -> BoardRun:
    """Write the maps of each checkpoint under one tag, the epoch as step. Any pool thread.

    One written within an epoch, whose number nobody knows, is left out. Nothing is written where a
    checkpoint cannot be read. Raises ``TuduiError``, ``Cancelled``.
    """
    subject = shown.result.request.subject
    assert isinstance(subject, ModelLayer)
    text = QCoreApplication.translate("MapsExport", "Epoch {number}")
    written = input_pictures(shown)
    for done, kept in enumerate(epochs):
        token.raise_if_cancelled()
        if kept.epoch is None:
            continue
        progress(done / len(epochs), text.format(number=kept.epoch))
        there = same_layer(cache.load(kept.path), subject)
        result = compute(replace(shown.result.request, subject=there, ready=None), token, progress)
        written.append(maps_picture(replace(shown, result=result), kept.epoch, token, progress))
    folder = new_run(layers_folder(), f"epochs_{cleaned(shown.layer)}")
    write_pictures(written, folder)
    return BoardRun(folder, calls_of(written))
