"""The single import of OpenCV, and its channel order.

On Linux ``import cv2`` points Qt at its own Qt 5 plugins, with which Qt 6 cannot start: this module undoes
that, so cv2 is imported here and nowhere else.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_NAMES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_BEFORE = {name: os.environ.get(name) for name in _NAMES}

import cv2  # noqa: E402


def restore_environment(before: dict[str, str | None]) -> None:
    """Put the two variables back to ``before``; values that point into cv2 itself are dropped."""
    own = os.path.dirname(cv2.__file__)  # noqa: PTH120 - compared as text with what cv2 wrote
    for name, value in before.items():
        if value is None or value.startswith(own):
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


restore_environment(_BEFORE)

# What it complains of is told where it was asked, not on the terminal.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

_COLOUR = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}

#: The version that is installed, such as ``"4.10.0"``.
VERSION: str = cv2.__version__


def imread(path: Path, reduction: int = 1) -> NDArray[np.uint8] | None:
    """What ``cv2.imread`` gives: ``uint8 [H, W, 3]``, blue first; None where it cannot read the file.

    ``reduction`` is 1, 2, 4 or 8 (``cv2.IMREAD_REDUCED_COLOR_2`` ...). Names that ``cv2.imread`` cannot open,
    on Windows all that are not ASCII, go the usual way round: ``np.fromfile`` and ``cv2.imdecode``.
    """
    name, flag = str(path), _COLOUR[reduction]
    try:
        pixels = (
            cv2.imread(name, flag) if _can_open(name) else cv2.imdecode(np.fromfile(name, np.uint8), flag)
        )
    except (cv2.error, OSError):
        return None
    return None if pixels is None else np.asarray(pixels, dtype=np.uint8)


def _can_open(name: str) -> bool:
    if os.name == "nt":
        return name.isascii()
    return all(not "\ud800" <= letter <= "\udfff" for letter in name)  # bytes that are no text


def bgr_to_rgb(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``cv2.cvtColor(image, cv2.COLOR_BGR2RGB)``. Raises OpenCV's error for anything but such an array."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def smaller(array: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """An array [H, W, C] made smaller: each pixel the mean of ``factor`` times ``factor`` of them.

    Rows and columns that do not fill a whole pixel are left out; of an edge shorter than ``factor`` all
    are one.
    """
    height, width = (min(edge, edge // factor * factor) or edge for edge in array.shape[:2])
    size = max(1, width // factor), max(1, height // factor)
    return np.asarray(cv2.resize(array[:height, :width], size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def viridis() -> NDArray[np.uint8]:
    """The 256 colours of the viridis colour map, ``uint8 [256, 3]``, RGB."""
    return _color_map(cv2.COLORMAP_VIRIDIS)


def magma() -> NDArray[np.uint8]:
    """The 256 colours of the magma colour map, ``uint8 [256, 3]``, RGB."""
    return _color_map(cv2.COLORMAP_MAGMA)


def _color_map(number: int) -> NDArray[np.uint8]:
    levels = np.arange(256, dtype=np.uint8)[:, None]
    return np.ascontiguousarray(cv2.applyColorMap(levels, number)[:, 0, ::-1], dtype=np.uint8)


def colored(levels: NDArray[np.uint8], table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``table[levels]``, several times faster.

    Parameters
    ----------
    levels : ndarray of uint8, (H, W)
    table : ndarray of uint8, (256, 3)

    Returns
    -------
    ndarray of uint8, (H, W, 3)
    """
    if not levels.size:
        return np.zeros((*levels.shape, 3), np.uint8)
    return np.asarray(cv2.applyColorMap(levels, np.ascontiguousarray(table)[:, None]), dtype=np.uint8)


def to_bgr(image: Image.Image) -> NDArray[np.uint8]:
    """An RGB image as OpenCV holds it: ``uint8 [H, W, 3]``, blue first."""
    return np.asarray(cv2.cvtColor(np.asarray(image.convert("RGB")), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def from_bgr(array: NDArray[np.uint8]) -> Image.Image:
    """OpenCV's ``uint8 [H, W, 3]``, blue first, as an RGB image."""
    return Image.fromarray(cv2.cvtColor(np.ascontiguousarray(array), cv2.COLOR_BGR2RGB))


def interleaved(planes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``[C, H, W]`` as a contiguous, writable ``[H, W, C]``, in the memory of ``planes`` if it lies so."""
    pixels = planes.transpose(1, 2, 0)
    if planes.size == 0 or pixels.flags.c_contiguous:
        return np.require(pixels, requirements=["C", "W"])
    return np.asarray(cv2.merge([np.ascontiguousarray(plane) for plane in planes]), dtype=np.uint8)


def count_levels(pixels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How often each value occurs: five times faster than ``numpy.bincount``, and exact.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (rows, columns)
        Rows may lie apart in memory.

    Returns
    -------
    ndarray of int64, shape (256,)
    """
    counts = np.zeros(256, dtype=np.int64)
    # OpenCV counts in float32, which holds whole numbers up to 2**24.
    rows = max(1, 2**24 // max(1, pixels.shape[1]))
    for start in range(0, len(pixels), rows):
        found = cv2.calcHist([pixels[start : start + rows]], [0], None, [256], [0, 256])
        counts += found.reshape(-1).astype(np.int64)
    return counts
