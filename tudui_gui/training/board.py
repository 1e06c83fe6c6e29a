"""Batches, and what a pipeline makes of a picture, for TensorBoard."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from tudui_gui.core.errors import ImageError, storage_error
from tudui_gui.core.paths import home
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.conversion import Held, pictures
from tudui_gui.transforms.folder_saving import as_array


def batches_folder() -> Path:
    """Where batches that were looked at are written: ``home()/tensorboard/batches``."""
    return home() / "tensorboard" / "batches"


def board_tag(name: str, part: str, epoch: int) -> str:
    """The tag of a data set's batches: ``NAME/PART/epoch_N``; their numbers, from 1, are its steps."""
    return f"{cleaned(name)}/{part}/epoch_{epoch}"


def cleaned(name: str) -> str:
    """``name`` with only what a tag may hold; a slash would divide it."""
    return re.sub(r"[^-\w.]", "_", name)


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
        raise _no_picture(images)
    with _writer(folder) as writer:
        writer.add_images(tag, images, step)


@dataclass(frozen=True, eq=False)
class BoardPicture:
    """A picture, array or tensor, or several of one kind, under a tag.

    Attributes
    ----------
    tag : str
    value : PIL image, ndarray, Tensor, or a tuple of them
    step : int
        TensorBoard's slider goes over the steps of a tag.
    """

    tag: str
    value: Held
    step: int = 0

    @property
    def dataformats(self) -> str:
        """The order of the axes as ``add_image`` is told: ``"HWC"``, ``"HW"`` or ``"CHW"``.

        Of several pictures, for ``add_images``: ``"NHWC"`` ...
        """
        each = pictures(self.value)
        axes = "CHW" if isinstance(each[0], Tensor) else "HWC"
        axes = axes if self._arrays()[0].ndim == 3 else "HW"
        return f"N{axes}" if isinstance(self.value, tuple) else axes

    def write(self, writer: SummaryWriter) -> None:
        """Hand it to ``writer.add_image``, several to ``add_images``. Raises ``ImageError``."""
        arrays, axes = self._arrays(), self.dataformats
        for array in arrays:
            if array.ndim not in (2, 3) or (
                array.ndim == 3 and array.shape[axes[-3:].index("C")] not in (1, 3)
            ):
                raise _no_picture(array)
        if isinstance(self.value, tuple):
            writer.add_images(self.tag, np.stack(arrays), self.step, dataformats=axes)
        else:
            writer.add_image(self.tag, arrays[0], self.step, dataformats=axes)

    def _arrays(self) -> list[NDArray[np.generic]]:
        return [as_array(each) for each in pictures(self.value)]


def call_text(tag: str, dataformats: str, step: str = "") -> str:
    """The call that writes pictures, as Python: its tag, and the order of the axes.

    ``dataformats`` begins with N for several; ``step`` is Python text, empty for step 0.
    """
    several = "s" if dataformats.startswith("N") else ""
    given = f", {step}" if step else ""
    return f'add_image{several}("{tag}", ...{given}, dataformats="{dataformats}")'


def layers_folder() -> Path:
    """Where feature maps are written: ``home()/tensorboard/layers``; each time a run of its own."""
    return home() / "tensorboard" / "layers"


def transforms_folder() -> Path:
    """Where what pipelines give is written: ``home()/tensorboard/transforms``; each time a run of its own."""
    return home() / "tensorboard" / "transforms"


def new_run(folder: Path, name: str) -> Path:
    """A folder below ``folder`` that is not there yet, named after ``name`` and the time."""
    moment = time.strftime("%Y%m%d-%H%M%S")
    names = (f"{name}_{moment}{f'_{number}' if number else ''}" for number in itertools.count())
    return next(folder / each for each in names if not (folder / each).exists())


def write_pictures(shown: Iterable[BoardPicture], folder: Path) -> None:
    """Write pictures into one new event file in ``folder``. Any thread.

    Raises
    ------
    ImageError
        One has not 1 or 3 channels.
    StorageError
        When the folder cannot be written.
    """
    with _writer(folder) as writer:
        for each in shown:
            each.write(writer)


@contextmanager
def _writer(folder: Path) -> Iterator[SummaryWriter]:
    try:
        with SummaryWriter(str(folder)) as writer:
            yield writer
    except OSError as cause:
        raise storage_error(folder, cause) from cause


def _no_picture(values: Tensor | NDArray[np.generic]) -> ImageError:
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "Values of shape {shape} cannot be shown as a picture."),
        remedy=QT_TRANSLATE_NOOP("errors", "A picture has 1 or 3 channels."),
        shape=tuple(values.shape),
    )


def board_command(folder: Path) -> str:
    """The command that shows ``folder``, to be pasted into a terminal."""
    words = ["tensorboard", "--logdir", str(folder)]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
