"""The only array <-> QImage code.

A ``QImage`` does not own the buffer it is made from, so every function here returns an image that
owns a copy; the stride is always passed because rows may be padded. All functions may run on any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tudui_gui.images import opencv

Pixels = NDArray[np.uint8]

#: Names accepted by :func:`colorize`.
COLOR_MAPS = ("viridis", "magma", "gray", "blue-red")
#: The ends and the middle of the colour map for values below and above 0.
_BLUE_RED = ((0, (33, 102, 172)), (128, (247, 247, 247)), (255, (178, 24, 43)))
#: Colours of what is no number; no colour map has them.
NAN_COLOR, INF_COLOR = (255, 0, 255), (0, 255, 255)


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
    if name == "blue-red":
        places = [place for place, _ in _BLUE_RED]
        edges = np.array([color for _, color in _BLUE_RED])
        planes = [np.interp(np.arange(256), places, edges[:, plane]) for plane in range(3)]
        table: Pixels = np.rint(np.stack(planes, axis=1)).astype(np.uint8)
        return table
    return opencv.magma() if name == "magma" else opencv.viridis()


@dataclass(frozen=True)
class Coloring:
    """How numbers become colours.

    Attributes
    ----------
    color_map : str
        One of :data:`COLOR_MAPS`.
    gamma : float
        The place between the first and the last colour to this power; below 1 dim values are lit up.
    is_symmetric : bool
        The power is taken of the distance from the middle.
    """

    color_map: str = "viridis"
    gamma: float = 1.0
    is_symmetric: bool = False


def color_images(
    maps: NDArray[np.floating],
    ranges: NDArray[np.floating],
    coloring: Coloring,
    odd: Sequence[int] = (),
    blank: int = 0,
) -> list[QImage]:
    """Pictures of many maps of numbers in one pass.

    Parameters
    ----------
    maps : ndarray of float, (C, H, W)
    ranges : ndarray of float, (C, 2)
        Values of the first and the last colour of each map.
    coloring : Coloring
    odd : sequence of int
        The maps that hold NaN (shown in :data:`NAN_COLOR`) or infinities (in :data:`INF_COLOR`).
    blank : int
        Places at the end of each map where there is no number at all, shown in black.
    """
    count, height, width = maps.shape
    levels = np.empty(maps.shape, np.uint8)
    room = np.empty((height, width), np.float32)
    strange = set(odd)
    for index, values in enumerate(maps):
        low, high = ranges[index].tolist()
        known = np.nan_to_num(values, nan=low, posinf=low, neginf=low) if index in strange else values
        levels[index] = _levels(known, low, high, coloring, room)
    colors = opencv.colored(levels.reshape(count * height, width), color_table(coloring.color_map))
    pictures = colors.reshape(count, height, width, 3)
    for index in strange:
        pictures[index][np.isnan(maps[index])] = NAN_COLOR
        pictures[index][np.isinf(maps[index])] = INF_COLOR
    if blank:
        pictures.reshape(count, height * width, 3)[:, -blank:] = 0
    return [to_qimage(picture) for picture in pictures]


def _levels(
    values: NDArray[np.floating], low: float, high: float, coloring: Coloring, room: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Numbers 0..255, in ``room``."""
    if not high > low:
        room.fill(0.0)
        return room
    np.subtract(values, low, out=room, casting="same_kind")
    if coloring.gamma == 1.0:
        np.multiply(room, 255.0 / (high - low), out=room)
        return np.clip(room, 0.0, 255.0, out=room)
    np.multiply(room, 1.0 / (high - low), out=room)
    np.clip(room, 0.0, 1.0, out=room)
    if coloring.is_symmetric:
        apart = 2.0 * room - 1.0
        room[:] = 0.5 + 0.5 * np.copysign(_power(np.abs(apart), coloring.gamma), apart)
    else:
        room[:] = _power(room, coloring.gamma)
    return np.multiply(room, 255.0, out=room)


def _power(values: NDArray[np.float32], gamma: float) -> NDArray[np.float32]:
    """``values ** gamma``; a root, which is quick, where that will do."""
    roots = {0.5: 1, 0.25: 2}.get(gamma)
    if roots is None:
        powered: NDArray[np.float32] = np.power(values, gamma, dtype=np.float32)
        return powered
    for _ in range(roots):
        values = np.sqrt(values)
    return values
