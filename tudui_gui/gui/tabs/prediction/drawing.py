"""A drawing as the kind of picture a model was trained on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tudui_gui.gui.widgets.sketch_pad import Stroke, render
from tudui_gui.images.reading import Picture

#: scikit-learn's digits: every one is 8 rows high and up to 6 columns wide, with about this mean of 0..16.
_DIGIT_MEAN = 4.9
_DIGIT_EXTENT = (24.0, 32.0)
_DIGIT_PENS = tuple(np.arange(2.5, 9.1, 0.5))

_PLAIN_SIDE = 224


def draw(strokes: Sequence[Stroke], dataset: str, name: str = "") -> Picture:
    """The strokes in white on black, placed, sized and as thick as the images of ``dataset``. Any thread.

    Parameters
    ----------
    strokes : sequence of Stroke
    dataset : str
        Name of the data set the model was trained on: ``"digits"``, ``"mnist"``, or any other.
    """
    makers = {"digits": _as_digit, "mnist": _as_mnist}
    grey = makers.get(dataset, _as_picture)(strokes)
    image = Image.fromarray(grey)
    if dataset == "digits":  # as datasets.digits enlarges them
        image = image.resize((32, 32), Image.Resampling.BILINEAR)
    return Picture(image.convert("RGB"), None, "", "L", image.size)


def _as_digit(strokes: Sequence[Stroke]) -> NDArray[np.uint8]:
    """8x8, made as the data were: a 32x32 bitmap, then the ink in each block of 4x4 pixels, 0 to 16.

    The data's bitmaps had their strokes normalised (NISTIR 5469, 1994), so that all digits hold about as much
    ink; the pen is chosen for that.
    """
    candidates = [_blocks(render(strokes, 32, extent=_DIGIT_EXTENT, pen=float(pen))) for pen in _DIGIT_PENS]
    values = min(candidates, key=lambda blocks: abs(float(blocks.mean()) - _DIGIT_MEAN))
    return ((values * 255 + 8) // 16).astype(np.uint8)


def _blocks(bitmap: NDArray[np.uint8]) -> NDArray[np.int64]:
    is_ink = bitmap.reshape(8, 4, 8, 4) >= 128
    return np.asarray(is_ink.sum(axis=(1, 3)), np.int64)


def _as_mnist(strokes: Sequence[Stroke]) -> NDArray[np.uint8]:
    """28x28: the digit in a box of 20x20 pixels, its centre of mass in the middle (LeCun et al., 1998)."""
    grey = render(strokes, 28, extent=(20, 20), pen=2.5)
    rows, columns = np.indices(grey.shape)
    total = max(1.0, float(grey.sum()))
    shift = [round(13.5 - float((at * grey).sum()) / total) for at in (rows, columns)]
    limited = [int(np.clip(by, -4, 4)) for by in shift]
    return np.roll(grey, limited, axis=(0, 1))


def _as_picture(strokes: Sequence[Stroke]) -> NDArray[np.uint8]:
    return render(strokes, _PLAIN_SIDE, extent=(180, 180), pen=14)
