"""scikit-learn's two bundled photographs, found without importing scikit-learn (that takes a second)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.sources import NO_LABEL, Collection, FileImageSet, shown

NAMES = ("china.jpg", "flower.jpg")


def open_photos(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """``china.jpg`` and ``flower.jpg``, 640x427, without labels.

    Raises
    ------
    DatasetError
        A file is missing.
    """
    folder = photos_folder()
    for name in NAMES:
        if not (folder / name).is_file():
            raise DatasetError(
                QT_TRANSLATE_NOOP("errors", "The bundled photograph {path} is missing."),
                remedy=QT_TRANSLATE_NOOP("errors", "Install scikit-learn again."),
                path=shown(folder / name),
            )
    none, both = (FileImageSet((), [NO_LABEL] * len(names), folder, names) for names in ((), NAMES))
    return Collection(step.name, (), none, unlabelled=both, path=folder)


def photos_folder() -> Path:
    """Where scikit-learn keeps them."""
    spec = importlib.util.find_spec("sklearn")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("sklearn")
    return folder / "datasets" / "images"
