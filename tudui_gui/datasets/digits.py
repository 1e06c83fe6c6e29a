"""scikit-learn's bundled handwritten digits, read without importing scikit-learn (that takes a second)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.sources import ArrayImageSet, Collection

_CLASSES = tuple("0123456789")
_SIZE = 32


def open_digits(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The 1,797 digits as RGB 32x32, in one part.

    The 8x8 values 0..16 become ``(255 * value + 8) // 16``, then PIL scales the picture to 32x32 with
    ``BILINEAR`` and the grey is repeated in red, green and blue. An image's name is its number in the
    collection.

    Raises
    ------
    DatasetError
        When scikit-learn's file is missing or damaged.
    """
    values, labels = _read_digits()
    pixels = ((values.astype(np.int64) * 255 + 8) // 16).astype(np.uint8)
    images = np.stack([_enlarged(grey) for grey in pixels])
    whole = ArrayImageSet(_CLASSES, labels, images, mode="L")
    return Collection(step.name, _CLASSES, whole)


def _enlarged(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    large = Image.fromarray(grey).resize((_SIZE, _SIZE), Image.Resampling.BILINEAR)
    return np.asarray(large.convert("RGB"))


def _read_digits() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Values uint8 (1797, 8, 8) in 0..16 and labels (1797,), the numbers of ``load_digits``."""
    path = _digits_file()
    try:
        table = np.loadtxt(path, delimiter=",", dtype=np.int64)
        return table[:, :64].reshape(-1, 8, 8).astype(np.uint8), table[:, 64]
    except (OSError, ValueError, EOFError, IndexError) as cause:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "The bundled digits at {path} cannot be read."),
            remedy=QT_TRANSLATE_NOOP("errors", "Install scikit-learn again."),
            detail=str(cause),
            path=str(path),
        ) from cause


def _digits_file() -> Path:
    spec = importlib.util.find_spec("sklearn")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("sklearn")
    return folder / "datasets" / "data" / "digits.csv.gz"
