"""Reading ``.pth`` files without ever running what is inside them."""

from __future__ import annotations

import pickle
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from tudui_gui.core.errors import CheckpointError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_LONGEST_LINE = 200
_ZIP_MAGIC = b"PK\x03\x04"

# A file of another pickle protocol is read or refused; what torch says to its developers helps nobody here.
warnings.filterwarnings("ignore", message="Detected pickle protocol", category=UserWarning)


def read_torch_file(path: Path) -> dict[str, Any]:
    """The dict stored in a file of ``torch.save``, on the CPU. Nothing in the file is executed.

    Raises
    ------
    CheckpointError
        When the file is missing, cut off, of another format, or holds anything but plain data and tensors.
    """
    _check_is_file(path)
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as cause:
        # Damaged files end in RuntimeError, OSError, EOFError, KeyError ... by where the damage is.
        raise _diagnose(path, cause) from cause
    if not isinstance(content, dict):
        raise _no_weights(path, f"type: {type(content).__name__}")
    return content


def load_weights(path: Path) -> dict[str, Tensor]:
    """The ``state_dict`` of a checkpoint of this program, or of a file of ``torch.save(model.state_dict())``.

    A dict with a ``"model"`` or ``"state_dict"`` entry that is a state_dict gives that entry.

    Raises
    ------
    CheckpointError
        As :func:`read_torch_file`, and when there are no weights inside.
    """
    content = read_torch_file(path)
    for candidate in (content, content.get("model"), content.get("state_dict")):
        if isinstance(candidate, Mapping) and _is_state_dict(candidate):
            return dict(candidate)
    raise _no_weights(path, "keys: " + ", ".join(str(key) for key in list(content)[:8]))


def load_into(model: nn.Module, weights: Mapping[str, Tensor], path: Path) -> None:
    """``model.load_state_dict(weights)``.

    Raises
    ------
    CheckpointError
        When names or shapes differ, or they are no dict; PyTorch's message is the detail.
    """
    try:
        model.load_state_dict(weights)
    except (RuntimeError, TypeError) as cause:  # TypeError: they are no dict
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "The weights in {path} do not belong to the model {model}."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Choose the model and the number of classes they were saved with."
            ),
            detail="\n".join(_cut(line) for line in str(cause).splitlines()),
            path=str(path),
            model=type(model).__name__,
        ) from cause


def _cut(line: str) -> str:
    """A line of PyTorch's that names every layer of a large network, short enough to be shown."""
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"


def _is_state_dict(value: Mapping[Any, Any]) -> bool:
    return (
        all(isinstance(key, str) for key in value)
        and any(isinstance(item, Tensor) for item in value.values())
        and all(isinstance(item, Tensor) or key.endswith("_extra_state") for key, item in value.items())
    )


def _check_is_file(path: Path) -> None:
    if path.is_file():
        _check_is_readable(path)
        return
    what = (
        QT_TRANSLATE_NOOP("errors", "{path} is a folder, not a file with weights.")
        if path.is_dir()
        else QT_TRANSLATE_NOOP("errors", "There is no file {path}.")
    )
    raise CheckpointError(
        what, remedy=QT_TRANSLATE_NOOP("errors", "Choose a .pt or .pth file."), path=str(path)
    )


def _check_is_readable(path: Path) -> None:
    try:
        with path.open("rb"):
            return
    except OSError as cause:
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be read."),
            remedy=QT_TRANSLATE_NOOP("errors", "Check that you may read it."),
            detail=cause.strerror or str(cause),
            path=str(path),
        ) from cause


def _diagnose(path: Path, cause: Exception) -> CheckpointError:
    detail = str(cause).strip().split("\n")[0] or type(cause).__name__
    if path.stat().st_size == 0:
        return CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{path} is empty."), remedy=_COPY_AGAIN, path=str(path)
        )
    with path.open("rb") as stream:
        starts_as_zip = stream.read(4) == _ZIP_MAGIC
    if starts_as_zip and not zipfile.is_zipfile(path):
        return CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{path} is cut off or damaged."),
            remedy=_COPY_AGAIN,
            detail=detail,
            path=str(path),
        )
    if isinstance(cause, pickle.UnpicklingError) and "Weights only" in str(cause) and starts_as_zip:
        return _more_than_weights(path, cause)
    # Torch's advice on pickles is to let them run code.
    return _unreadable(path, "" if "Weights only" in detail else detail)


_COPY_AGAIN = QT_TRANSLATE_NOOP("errors", "Copy or download it again.")


def _more_than_weights(path: Path, cause: Exception) -> CheckpointError:
    return CheckpointError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{path} holds Python objects, not only weights. It was not opened, because they could run code.",
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Save it again with torch.save(model.state_dict(), path)."),
        detail=_offending_global(str(cause)),
        path=str(path),
    )


def _offending_global(message: str) -> str:
    """PyTorch's line naming the class, without its advice to switch the protection off."""
    lines = [line.strip() for line in message.splitlines()]
    told = next((line for line in lines if "GLOBAL" in line), lines[0] if lines else "")
    return told.partition(" Please use")[0]


def _unreadable(path: Path, detail: str) -> CheckpointError:
    return CheckpointError(
        QT_TRANSLATE_NOOP("errors", "{path} is not a file of torch.save, or it is damaged."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose a .pt or .pth file."),
        detail=detail,
        path=str(path),
    )


def _no_weights(path: Path, detail: str) -> CheckpointError:
    return CheckpointError(
        QT_TRANSLATE_NOOP("errors", "{path} holds no model weights."),
        remedy=QT_TRANSLATE_NOOP(
            "errors",
            "Choose a checkpoint of this program, or a file of torch.save(model.state_dict(), path).",
        ),
        detail=detail,
        path=str(path),
    )
