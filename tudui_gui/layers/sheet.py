"""All maps of a layer on one sheet, each with its caption."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.core.files import atomic_write
from tudui_gui.core.text import QT_TRANSLATE_NOOP

Pixels = NDArray[np.uint8]

#: Pixels of a sheet at most: maps are made smaller where there are many of them.
MOST_PIXELS = 48_000_000
_GAP, _MARGIN, _FONT_SIZE = 8, 16, 13
#: Widest and narrowest picture of a map; small maps are enlarged by whole numbers.
_WIDEST, _NARROWEST = 512, 72
_LEAST_SIDE = 8
_PAPER, _INK, _MUTED = (255, 255, 255), (30, 34, 42), (96, 104, 120)


@dataclass(frozen=True)
class SheetLayout:
    """Where everything on a sheet is, in pixels.

    Attributes
    ----------
    columns, rows : int
    map_width, map_height : int
        Of the picture of a map.
    line : int
        Height of a line of text.
    width, height : int
        Of the sheet.
    top : int
        Where the maps begin, below the title.
    """

    columns: int
    rows: int
    map_width: int
    map_height: int
    line: int
    width: int
    height: int
    top: int

    def place(self, number: int) -> tuple[int, int]:
        """(x, y) of the picture of map ``number``."""
        row, column = divmod(number, self.columns)
        x = _MARGIN + column * (self.map_width + _GAP)
        return x, self.top + row * (self.map_height + self.line + _GAP)


def sheet_layout(
    count: int, height: int, width: int, title: str = "", most: int = MOST_PIXELS
) -> SheetLayout:
    """The layout for ``count`` maps of ``height`` x ``width``, about as wide as high.

    Raises ``ImageError`` for maps without a pixel, and for so many that none could be seen.
    """
    if min(count, height, width) < 1:
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "There are no maps to make a picture of."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
        )
    scale = _scale(width)
    layout = _laid_out(count, height * scale, width * scale, title)
    while layout.width * layout.height > most:
        scale *= 0.98 * sqrt(most / (layout.width * layout.height))
        if max(height, width) * scale < _LEAST_SIDE:
            raise ImageError(
                QT_TRANSLATE_NOOP("errors", "{count} maps do not fit on a sheet of {most} megapixels."),
                remedy=QT_TRANSLATE_NOOP("errors", "Save the numbers instead (.npy)."),
                count=count,
                most=most // 1_000_000,
            )
        layout = _laid_out(count, height * scale, width * scale, title)
    return layout


def _scale(width: int) -> float:
    return ceil(_NARROWEST / width) if width < _NARROWEST else min(1.0, _WIDEST / width)


def _laid_out(count: int, height: float, width: float, title: str) -> SheetLayout:
    map_height, map_width = max(1, round(height)), max(1, round(width))
    line = (
        _FONT_SIZE + 5 if map_width >= _NARROWEST // 2 else 0
    )  # captions that could not be read are left out
    cell = (map_width + _GAP) / (map_height + line + _GAP)
    columns = min(count, max(1, round(sqrt(count / cell * 1.4))))
    rows = ceil(count / columns)
    sheet_width = 2 * _MARGIN + columns * (map_width + _GAP) - _GAP
    lines = title.count("\n") + 1 if title else 0
    top = _MARGIN + lines * (_FONT_SIZE + 5) + (_GAP if lines else 0)
    longest = max((len(text) for text in title.splitlines()), default=0)
    sheet_width = max(sheet_width, 2 * _MARGIN + ceil(longest * _FONT_SIZE * 0.62))
    sheet_height = top + rows * (map_height + line + _GAP) - _GAP + _MARGIN
    return SheetLayout(columns, rows, map_width, map_height, line, sheet_width, sheet_height, top)


def draw_sheet(
    layout: SheetLayout,
    pictures: Iterator[tuple[Pixels, str]],
    title: str = "",
    *,
    cancel: CancelToken | None = None,
    progress: Callable[[int], None] | None = None,
) -> Image.Image:
    """The sheet. Any thread.

    Parameters
    ----------
    layout : SheetLayout
    pictures : iterator of (ndarray of uint8 (H, W, 3), str)
        The coloured maps one after the other, each with its caption. A small one is enlarged without
        blurring its pixels, a large one is made smaller smoothly.
    title : str
        Lines above them; what does not fit is cut off.
    progress : callable, optional
        Told how many maps are drawn.

    Raises
    ------
    Cancelled
    """
    image = Image.new("RGB", (layout.width, layout.height), _PAPER)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(_FONT_SIZE)
    for number, text in enumerate(title.splitlines()):
        pen.text((_MARGIN, _MARGIN + number * (_FONT_SIZE + 5)), _drawable(text), _INK, font)
    for number, (pixels, caption) in enumerate(pictures):
        if cancel is not None:
            cancel.raise_if_cancelled()
        x, y = layout.place(number)
        image.paste(_fitted(pixels, layout), (x, y))
        if layout.line:
            _caption(pen, font, layout, (x, y + layout.map_height + 2), caption)
        if progress is not None:
            progress(number + 1)
    return image


def _fitted(pixels: Pixels, layout: SheetLayout) -> Image.Image:
    picture = Image.fromarray(pixels)
    size = (layout.map_width, layout.map_height)
    is_smaller = picture.width < size[0]
    method = Image.Resampling.NEAREST if is_smaller else Image.Resampling.BOX
    return picture if picture.size == size else picture.resize(size, method)


def _caption(
    pen: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    layout: SheetLayout,
    place: tuple[int, int],
    text: str,
) -> None:
    """The words of a caption that fit below the map."""
    words = _drawable(text).split(" ")
    while len(words) > 1 and pen.textlength(" ".join(words), font) > layout.map_width + _GAP // 2:
        words.pop()
    pen.text(place, " ".join(words), _MUTED, font)


def _drawable(text: str) -> str:
    """``text`` with only what Pillow's own font has: no Greek letters among others."""
    return text.replace("μ ", "").encode("latin-1", "replace").decode("latin-1")


def save_sheet(image: Image.Image, path: Path) -> None:
    """Write the sheet as PNG, atomically. Raises ``StorageError``."""
    with atomic_write(path) as stream:
        image.save(stream, "PNG")


def save_numbers(parts: Iterator[NDArray[np.floating]], shape: tuple[int, ...], path: Path) -> None:
    """Write maps as ``np.save(path, maps)`` does, a part of them after the other, atomically.

    Parameters
    ----------
    parts : iterator of ndarray of float32
        Which together, one below the other, are an array of ``shape``.
    shape : tuple of int
    path : Path

    Raises
    ------
    StorageError
        When the file cannot be written: a full disk, a folder one may not write to.
    """
    header = {"descr": "<f4", "fortran_order": False, "shape": shape}
    with atomic_write(path) as stream:
        np.lib.format.write_array_header_1_0(stream, header)
        for part in parts:
            stream.write(np.ascontiguousarray(part, "<f4").data)
