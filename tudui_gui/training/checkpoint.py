"""Checkpoints: everything a run needs to go on, and everything a prediction needs to be right."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import torch
from torch import Tensor

from tudui_gui.core.errors import CheckpointError, TuduiError, storage_error
from tudui_gui.core.files import atomic_write
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.models.files import read_torch_file
from tudui_gui.training.events import StepDone
from tudui_gui.training.experiment import Experiment

FORMAT = "tudui-checkpoint"
VERSION = 1

#: Folder of a run that holds its checkpoints, and the file a run resumes from.
FOLDER = "checkpoints"
LAST = "last.pt"
BEST = "best.pt"


@dataclass
class Progress:
    """How far a run is: in ``epoch`` (from 1), after ``batch`` batches of it, after ``step`` steps in all.

    ``loss_sum``, ``correct``, ``seen`` and ``train_seconds`` belong to the epoch under way; ``correct`` is
    up to date once :attr:`unreported` is filled. ``unreported`` are steps done whose event nobody has seen
    yet.
    """

    epoch: int = 1
    batch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    correct: int = 0
    seen: int = 0
    train_seconds: float = 0.0
    seconds: float = 0.0
    best_accuracy: float = -1.0
    best_epoch: int = 0
    test_accuracy: float = 0.0
    unreported: list[StepDone] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for the file."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Progress:
        """The inverse of :meth:`to_dict`."""
        unreported = [StepDone(**step) for step in values["unreported"]]
        return cls(**{**values, "unreported": unreported})


@dataclass(frozen=True)
class Checkpoint:
    """A moment of a run.

    Attributes
    ----------
    experiment : Experiment
    classes : tuple of str
    image_size : tuple of int
        (height, width) of the data set's images before the transforms.
    input_shape : tuple of int
        (channels, height, width) the test transforms give.
    model : dict
        ``state_dict`` of the model.
    optimizer : dict
        ``state_dict`` of the optimiser.
    progress : Progress
    random : dict
        As ``randomness.random_state()`` gives it.
    order : Tensor
        State of the shuffling generator at the start of the epoch, uint8.
    """

    experiment: Experiment
    classes: tuple[str, ...]
    image_size: tuple[int, int]
    input_shape: tuple[int, ...]
    model: dict[str, Tensor]
    optimizer: dict[str, Any]
    progress: Progress
    random: dict[str, Any]
    order: Tensor

    def save(self, path: Path) -> None:
        """Write the file atomically, for ``torch.load(weights_only=True)``. Raises ``StorageError``."""
        content = {
            "format": FORMAT,
            "version": VERSION,
            "experiment": self.experiment.to_toml(),
            "classes": list(self.classes),
            "image_size": list(self.image_size),
            "input_shape": list(self.input_shape),
            "model": self.model,
            "optimizer": self.optimizer,
            "epoch": self.progress.epoch,
            "step": self.progress.step,
            "best_accuracy": self.progress.best_accuracy,
            "progress": self.progress.to_dict(),
            "random": self.random,
            "order": self.order,
        }
        with atomic_write(path) as stream:
            noted = _NotingStream(stream)
            try:
                torch.save(content, cast(IO[bytes], noted))
            except RuntimeError as cause:
                raise storage_error(path, noted.error or OSError(str(cause))) from cause

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read a checkpoint on the CPU; nothing in the file is executed.

        The corrections of its data are looked for in the run's folder first, where :func:`corrections.keep`
        puts them, then beside the checkpoint.

        Raises
        ------
        CheckpointError
            When the file is missing, damaged, of another format or of a newer version.
        """
        content = read_torch_file(path)
        check_format(content, path)
        try:
            experiment = Experiment.from_toml(content["experiment"])
            return cls(
                experiment=experiment.with_files_in(path.parent.parent, path.parent),
                classes=tuple(content["classes"]),
                image_size=(int(content["image_size"][0]), int(content["image_size"][1])),
                input_shape=tuple(content["input_shape"]),
                model=content["model"],
                optimizer=content["optimizer"],
                progress=Progress.from_dict(content["progress"]),
                random=content["random"],
                order=content["order"],
            )
        except (LookupError, TypeError, AttributeError, ValueError) as cause:
            raise _incomplete(path, repr(cause)) from cause
        except TuduiError as cause:
            raise _incomplete(path, str(cause)) from cause


class _NotingStream(io.RawIOBase):
    """Writes to a stream and keeps why that failed: torch ends such a write with numbers of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            return self._stream.write(data)
        except OSError as error:
            self.error = error
            raise


def is_checkpoint(content: dict[str, Any]) -> bool:
    """Whether ``content`` (of ``read_torch_file``) claims to be a checkpoint of this program."""
    return content.get("format") == FORMAT


def check_format(content: dict[str, Any], path: Path) -> None:
    """Raise ``CheckpointError`` unless ``content`` is a checkpoint this version can read."""
    if not is_checkpoint(content):
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{path} is not a checkpoint of this program."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a .pt file from the checkpoints folder of a run."),
            path=str(path),
        )
    version = content.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise CheckpointError(
            QT_TRANSLATE_NOOP(
                "errors", "{path} has checkpoint version {version}; this program reads up to {known}."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Install a newer version of the program."),
            path=str(path),
            version=repr(version),
            known=VERSION,
        )


def checkpoint_path(run_dir: Path, name: str = LAST) -> Path:
    """``RUN_DIR/checkpoints/NAME``."""
    return run_dir / FOLDER / name


def duplicate(source: Path, target: Path) -> None:
    """Make ``target`` the same file as ``source``, atomically; a hard link where the file system has them.

    Files here are only ever replaced as a whole, so that a link stays what it was.

    Raises
    ------
    StorageError
    """
    temporary = target.with_name(f".{target.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        try:
            os.link(source, temporary)
        except OSError:  # no hard links here, such as on FAT
            shutil.copyfile(source, temporary)
        temporary.replace(target)
    except OSError as cause:
        raise storage_error(target, cause) from cause


def _incomplete(path: Path, detail: str) -> CheckpointError:
    return CheckpointError(
        QT_TRANSLATE_NOOP("errors", "The checkpoint {path} is incomplete."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose another checkpoint of the run."),
        detail=detail,
        path=str(path),
    )
