"""The jobs behind the choice of a layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.file_search import list_images
from tudui_gui.datasets.name_patterns import NamePreview, preview_names
from tudui_gui.datasets.recognition import candidates
from tudui_gui.gui.workers import Progress


def candidates_work(path: Path, token: CancelToken, progress: Progress) -> tuple[Step, ...]:
    """Every reading of ``path`` that makes sense, best first."""
    return candidates(path)


def names_work(root: Path, token: CancelToken, progress: Progress) -> tuple[Path, Sequence[str]]:
    """``root``, and the names of the images below it. Raises ``DatasetError``."""
    return root, list_images(root, token)


def preview_work(names: Sequence[str], pattern: str, token: CancelToken, progress: Progress) -> NamePreview:
    """What ``pattern`` yields. Raises ``DatasetError`` when it is none."""
    return preview_names(names, pattern)
