"""The only array <-> QImage code.

A ``QImage`` does not own the buffer it is made from, so every function here returns an image that
owns a copy; the stride is always passed because rows may be padded. All functions may run on any thread.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tudui_gui.images import opencv

Pixels = NDArray[np.uint8]

#: Names accepted by :func:`colorize`.
COLOR_MAPS = ("viridis", "gray")


def to_qimage(pixels: Pixels) -> QImage:
    """An image that owns its pixels.

    Parameters
    ----------
    pixels : ndarray of uint8, (H, W), (H, W, 1), (H, W, 3) or (H, W, 4)
        Gray, RGB or RGBA (not premultiplied).
    """
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3):
        raise ValueError(f"uint8 of shape (H, W[, C]) is needed, not {pixels.dtype} of {pixels.shape}")
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    formats = {
        1: QImage.Format.Format_Grayscale8,
        3: QImage.Format.Format_RGB888,
        4: QImage.Format.Format_RGBA8888,
    }
    if channels not in formats:
        raise ValueError(f"1, 3 or 4 channels are needed, not {channels}")
    buffer = np.ascontiguousarray(pixels)
    height, width = buffer.shape[:2]
    return QImage(buffer.data, width, height, channels * width, formats[channels]).copy()


def from_qimage(image: QImage) -> Pixels:
    """RGB pixels of ``image``, uint8 of shape (H, W, 3), owning their memory. Alpha is dropped."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width, stride = rgb.height(), rgb.width(), rgb.bytesPerLine()
    rows = np.frombuffer(rgb.constBits(), np.uint8, stride * height).reshape(height, stride)
    return rows[:, : width * 3].reshape(height, width, 3).copy()


def shrink(image: QImage, side: int) -> QImage:
    """``image`` with its longer side at most ``side`` pixels; smaller ones are returned as they are."""
    if max(image.width(), image.height()) <= side:
        return image
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return image.scaled(side, side, keep, Qt.TransformationMode.SmoothTransformation)


def colorize(
    values: NDArray[np.floating], name: str = "viridis", low: float | None = None, high: float | None = None
) -> Pixels:
    """Colours of a map of numbers.

    Parameters
    ----------
    values : ndarray of float, (H, W)
        Not-a-number is shown as black, infinities as the ends.
    name : str
        One of :data:`COLOR_MAPS`.
    low, high : float, optional
        Values of the first and the last colour; by default the finite minimum and maximum.

    Returns
    -------
    ndarray of uint8, (H, W, 3)
    """
    finite = values[np.isfinite(values)]
    low = float(finite.min()) if low is None and finite.size else (low or 0.0)
    high = float(finite.max()) if high is None and finite.size else (high or 0.0)
    scale = 255.0 / (high - low) if high > low else 0.0
    with np.errstate(invalid="ignore", over="ignore"):
        levels = (np.nan_to_num(values, nan=low, posinf=high, neginf=low) - low) * scale
    colors: Pixels = color_table(name)[np.clip(levels, 0, 255).astype(np.uint8)]
    colors[np.isnan(values)] = 0
    return colors


@cache
def color_table(name: str) -> Pixels:
    """The 256 colours of a colour map, uint8 of shape (256, 3)."""
    if name == "gray":
        return np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    if name not in COLOR_MAPS:
        raise ValueError(f"no colour map {name!r}; there are {COLOR_MAPS}")
    return opencv.viridis()
