"""Ten thousands of points as one picture: stamped by numpy, coloured by a table.

Qt needs 0.1 s for 50,000 antialiased points; this takes a few milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from tudui_gui.gui import theme

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Shapes of points, by the number in :attr:`Points.markers`.
MARKERS = ("disk", "triangle", "square", "cross")

#: Radii in logical pixels.
_SMALLEST, _LARGEST = 1.5, 4.5
#: Opacity of a point's inside and edge, and of those that stand back.
_FULL, _EDGE, _PALE, _PALE_EDGE = 0.9, 0.5, 0.16, 0.08
_OUTLINE = 255


@dataclass(frozen=True, eq=False)
class Points:
    """What is drawn.

    Attributes
    ----------
    places : ndarray of float64, shape (N, 2)
    labels : ndarray of int64, shape (N,)
        Class of each point, below 0: none.
    markers : ndarray of uint8, shape (N,)
        Index into :data:`MARKERS`.
    outlined : ndarray of bool, shape (N,)
    """

    places: Floats
    labels: NDArray[np.int64]
    markers: NDArray[np.uint8]
    outlined: Bools

    @classmethod
    def none(cls) -> Points:
        """No point."""
        return cls(np.zeros((0, 2)), np.zeros(0, np.int64), np.zeros(0, np.uint8), np.zeros(0, bool))

    def __len__(self) -> int:
        return len(self.labels)


def color_of(label: int) -> QColor:
    """The colour of a class: those of the theme in turn, so that classes 0, 10, 20 ... share one."""
    tokens = theme.tokens()
    return QColor(tokens.classes[label % len(tokens.classes)] if label >= 0 else tokens.no_class)


def radius_for(count: int, area: float) -> float:
    """Radius in logical pixels of ``count`` points that share ``area`` logical pixels; halves are kept."""
    wanted = round(math.sqrt(area / max(1, count))) / 2
    return min(_LARGEST, max(_SMALLEST, wanted))


def paint_points(points: Points, places: Floats, size: tuple[int, int], pale: Bools, radius: float) -> QImage:
    """The points on a transparent picture.

    Parameters
    ----------
    points : Points
    places : ndarray of float64, shape (N, 2)
        Of each point, in pixels from the picture's left upper corner; those outside are left out.
    size : tuple of int
        (width, height) in pixels.
    pale : ndarray of bool, shape (N,)
        Points that stand back, below the others.
    radius : float
        In pixels.
    """
    width, height = size
    margin = int(np.ceil(radius)) + 2
    canvas = np.zeros((height + 2 * margin, width + 2 * margin), np.uint8)
    columns, rows = np.rint(places).astype(np.int64).T + margin
    inside = (columns >= margin) & (columns < width + margin) & (rows >= margin) & (rows < height + margin)
    flat = rows * canvas.shape[1] + columns
    colors = _color_numbers(points.labels)
    for stands_back in (True, False):
        chosen = inside & (pale == stands_back)
        for marker in np.unique(points.markers[chosen]):
            of_kind = np.flatnonzero(chosen & (points.markers == marker))
            _stamp(canvas, flat[of_kind], 4 * colors[of_kind] + 2 * stands_back, MARKERS[marker], radius)
    ringed = flat[inside & points.outlined & ~pale]
    for offset in _offsets("ring", radius + 1, canvas.shape[1])[0]:
        canvas.reshape(-1)[ringed + offset] = _OUTLINE
    return _image(canvas[margin : margin + height, margin : margin + width])


def _color_numbers(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """0: no class; else 1 + place in the theme's colours."""
    return np.where(labels >= 0, labels % len(theme.tokens().classes) + 1, 0)


def _stamp(
    canvas: NDArray[np.uint8],
    flat: NDArray[np.int64],
    numbers: NDArray[np.int64],
    marker: str,
    radius: float,
) -> None:
    """Write ``numbers + 2`` (edge) and ``numbers + 1`` (inside) around each place.

    All edges lie below; of points that overlap the later one is on top, as numpy assigns the last value.
    """
    pixels = canvas.reshape(-1)
    inner, edge = _offsets(marker, radius, canvas.shape[1])
    for offsets, kind in ((edge, 2), (inner, 1)):
        values = (numbers + kind).astype(np.uint8)
        pixels[flat[:, None] + np.array(offsets, np.int64)] = values[:, None]


@cache
def _offsets(marker: str, radius: float, stride: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Offsets of the pixels that a marker covers, and of those that its edge crosses."""
    reach = int(np.ceil(radius)) + 1
    fine = (np.arange((2 * reach + 1) * 8) + 0.5) / 8 - reach - 0.5
    x, y = np.meshgrid(fine, fine)
    covered = _is_covered(marker, x / radius, y / radius, 1 / radius)
    share = covered.reshape(2 * reach + 1, 8, 2 * reach + 1, 8).mean(axis=(1, 3))
    inner, edge = share > 0.7, (share > 0.25) & (share <= 0.7)
    return tuple(_flat(inner, reach, stride)), tuple(_flat(edge, reach, stride))


def _flat(mask: Bools, reach: int, stride: int) -> list[int]:
    rows, columns = np.nonzero(mask)
    offsets: list[int] = ((rows - reach) * stride + columns - reach).tolist()
    return offsets


def _is_covered(marker: str, x: Floats, y: Floats, pixel: float) -> Bools:
    """Whether a point lies in a marker of radius 1."""
    distance = np.hypot(x, y)
    covered = {
        "disk": distance <= 1,
        "ring": (distance <= 1) & (distance > 1 - max(1.2 * pixel, 0.25)),
        "triangle": (y <= 0.8) & (np.abs(x) <= (y + 1.3) * 0.56),
        "square": np.maximum(np.abs(x), np.abs(y)) <= 0.85,
        "cross": (np.abs(np.abs(x) - np.abs(y)) <= max(0.4, 1.2 * pixel)) & (distance <= 1.15),
    }
    found: Bools = covered[marker]
    return found


def _image(canvas: NDArray[np.uint8]) -> QImage:
    colors = _table()[canvas]
    height, width = colors.shape
    return QImage(colors.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _table() -> NDArray[np.uint32]:
    """Premultiplied ARGB of each number on the canvas, shape (256,)."""
    tokens = theme.tokens()
    table = np.zeros(256, np.uint32)
    for place, name in enumerate((tokens.no_class, *tokens.classes)):
        for kind, alpha in enumerate((_FULL, _EDGE, _PALE, _PALE_EDGE)):
            table[4 * place + 1 + kind] = _premultiplied(name, alpha)
    table[_OUTLINE] = _premultiplied(tokens.text, 1.0)
    return table


def _premultiplied(name: str, alpha: float) -> int:
    color = QColor(name)
    red, green, blue = (round(value * alpha) for value in (color.red(), color.green(), color.blue()))
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue


def inside(outline: Floats, places: Floats) -> Bools:
    """Which of ``places`` (N, 2) lie in the closed polygon ``outline`` (M, 2), by the even-odd rule."""
    found = np.zeros(len(places), dtype=bool)
    if len(outline) < 3:
        return found
    low, high = outline.min(axis=0), outline.max(axis=0)
    near = np.flatnonzero(((places >= low) & (places <= high)).all(axis=1))
    x, y = places[near].T
    odd = np.zeros(len(near), dtype=bool)
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y0 != y1:
            crosses = (y0 > y) != (y1 > y)
            odd ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    found[near] = odd
    return found
