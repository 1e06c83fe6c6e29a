"""The values of stages, pixel by pixel, without another copy of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Held, Pixels
from tudui_gui.transforms.pipeline import size_of
from tudui_gui.transforms.problems import build_step

#: ``pixel(y, x)``: a picture, array or tensor of one pixel.
PixelSource = Callable[[int, int], Pixels]

#: Steps whose result at a pixel depends on that pixel alone.
_POINTWISE = frozenset(
    {"ToTensor", "PILToTensor", "ToImage", "ToPureTensor", "ConvertImageDtype", "ToDtype", "Identity"}
    | {"Normalize", "Grayscale", "RGB", "BGRToRGB"}
)


class PixelValues:
    """``values[y, x]`` as of the array [H, W] or [H, W, C], each fetched when it is asked for. Any thread.

    Attributes
    ----------
    pixel : callable
        ``pixel(y, x)``: a picture, array or tensor of one pixel.
    shape : tuple of int
        (height, width) or (height, width, channels).
    dtype : numpy.dtype
    """

    def __init__(self, size: tuple[int, int], pixel: PixelSource) -> None:
        self.pixel = pixel
        first = _by_place(pixel(0, 0))
        self.shape = (*size, *first.shape[2:])
        self.dtype = first.dtype

    def __getitem__(self, place: tuple[int, int]) -> NDArray[np.generic]:
        value: NDArray[np.generic] = _by_place(self.pixel(*place))[0, 0]
        return value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[np.generic]:
        height, width = self.shape[:2]
        return np.array([[self[y, x] for x in range(width)] for y in range(height)], dtype or self.dtype)


#: What the probe reads, [H, W] or [H, W, C].
Values = NDArray[np.generic] | PixelValues


def probed(value: Held | None) -> Values | None:
    """The values by row and column, in the memory of ``value``; None of several pictures, and of none."""
    size = size_of(value)
    if value is None or isinstance(value, tuple) or size is None or 0 in size:
        return None
    return PixelValues(size, pixel_source(value)) if isinstance(value, Image.Image) else _by_place(value)


def pixel_source(value: Pixels) -> PixelSource:
    """The pixels of ``value``, each as a step takes it."""
    if isinstance(value, Image.Image):
        return lambda y, x: value.crop((x, y, x + 1, y + 1))
    if isinstance(value, Tensor):
        return lambda y, x: value[..., y : y + 1, x : x + 1].clone()
    return lambda y, x: value[y : y + 1, x : x + 1].copy()


def pointwise(step: Step, before: PixelSource, size: tuple[int, int]) -> PixelValues | None:
    """What ``step`` makes of the pixels ``before`` it, bit for bit as of the whole picture.

    None for a step whose result at a pixel depends on others, or on chance.
    """
    if step.enabled and step.name not in _POINTWISE:
        return None
    if not step.enabled:
        return PixelValues(size, before)
    transform = build_step(step)
    return PixelValues(size, lambda y, x: transform(before(y, x)))


def _by_place(value: Pixels) -> NDArray[np.generic]:
    if not isinstance(value, Tensor):
        return np.asarray(value)
    array: NDArray[np.generic] = value.detach().cpu().numpy()
    return array if array.ndim == 2 else np.moveaxis(array, -3, -1)
