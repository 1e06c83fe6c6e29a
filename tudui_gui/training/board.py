"""Batches for TensorBoard."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from tudui_gui.core.errors import ImageError, storage_error
from tudui_gui.core.paths import home
from tudui_gui.core.text import QT_TRANSLATE_NOOP


def batches_folder() -> Path:
    """Where batches that were looked at are written: ``home()/tensorboard/batches``."""
    return home() / "tensorboard" / "batches"


def board_tag(name: str, part: str, epoch: int) -> str:
    """The tag of a data set's batches: ``NAME/PART/epoch_N``; their numbers, from 1, are its steps."""
    cleaned = re.sub(r"[^-\w.]", "_", name)
    return f"{cleaned}/{part}/epoch_{epoch}"


def write_batch(images: Tensor, folder: Path, tag: str, step: int) -> None:
    """Write a batch as ``SummaryWriter(folder).add_images(tag, images, step)`` does. Any thread.

    Parameters
    ----------
    images : tensor, shape (N, 1 or 3, H, W)
        Floating point: 0..1, cut off beyond; or uint8.
    folder : Path
        Made if it is not there; gets one more event file.
    tag, step
        TensorBoard's slider goes over the steps of a tag.

    Raises
    ------
    ImageError
        For any other shape.
    StorageError
        When the folder cannot be written.
    """
    if images.ndim != 4 or images.shape[1] not in (1, 3):
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "Values of shape {shape} cannot be shown as a picture."),
            remedy=QT_TRANSLATE_NOOP("errors", "A picture has 1 or 3 channels."),
            shape=tuple(images.shape),
        )
    try:
        with SummaryWriter(str(folder)) as writer:
            writer.add_images(tag, images, step)
    except OSError as cause:
        raise storage_error(folder, cause) from cause


def board_command(folder: Path) -> str:
    """The command that shows ``folder``, to be pasted into a terminal."""
    words = ["tensorboard", "--logdir", str(folder)]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
