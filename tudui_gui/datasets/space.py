"""Free space on a disk, looked at before much is written."""

from __future__ import annotations

import shutil
from pathlib import Path

from tudui_gui.core.errors import StorageError, storage_error
from tudui_gui.core.text import QT_TRANSLATE_NOOP


def bytes_text(count: int) -> str:
    """``count`` bytes in words, such as ``"5.3 GB"`` (10^9 bytes) or ``"0.4 MB"``."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"


def require_space(name: str, folder: Path, needed: int) -> None:
    """Make sure that ``needed`` bytes are free on the disk of ``folder``, which need not exist yet.

    Raises
    ------
    StorageError
        With both numbers, naming ``name``; or when the disk does not say.
    """
    there = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as cause:
        raise storage_error(folder, cause) from cause
    if free < needed:
        raise StorageError(
            QT_TRANSLATE_NOOP(
                "errors", "{name} needs {needed} in {path}, with all that is unpacked; {free} are free."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Free {missing}, or choose a data folder on another disk."),
            name=name,
            path=str(folder),
            needed=bytes_text(needed),
            free=bytes_text(free),
            missing=bytes_text(needed - free),
        )
