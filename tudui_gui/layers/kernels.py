"""Well-known kernels of image processing, of any size from 3 on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import comb

import numpy as np
from numpy.typing import NDArray

from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

Kernel = NDArray[np.float64]
_SMALLEST = 3


def _binomial(size: int) -> Kernel:
    return np.array([comb(size - 1, place) for place in range(size)], np.float64)


def _slope(size: int) -> Kernel:
    """Right minus left, smoothed to ``size`` numbers: ``[-1, 0, 1]`` for 3."""
    return np.convolve(_binomial(size - 2), np.array([-1.0, 0.0, 1.0]))


def _centred(small: Kernel, height: int, width: int) -> Kernel:
    made = np.zeros((height, width))
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    made[top : top + small.shape[0], left : left + small.shape[1]] = small
    return made


def _identity(height: int, width: int) -> Kernel:
    return _centred(np.ones((1, 1)), height, width)


def _box(height: int, width: int) -> Kernel:
    return np.full((height, width), 1.0 / (height * width))


def _gaussian(height: int, width: int) -> Kernel:
    made = np.outer(_binomial(height), _binomial(width))
    smooth: Kernel = made / made.sum()
    return smooth


def _sobel_x(height: int, width: int) -> Kernel:
    return np.outer(_binomial(height), _slope(width))


def _sobel_y(height: int, width: int) -> Kernel:
    return np.outer(_slope(height), _binomial(width))


def _laplace(height: int, width: int) -> Kernel:
    return _centred(np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]), height, width)


def _sharpen(height: int, width: int) -> Kernel:
    return _identity(height, width) - _laplace(height, width)


def _emboss(height: int, width: int) -> Kernel:
    return _centred(np.array([[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]]), height, width)


#: Stable name -> (label marked for translation in the context ``catalog``, maker, smallest edge).
_FILTERS: Mapping[str, tuple[str, Callable[[int, int], Kernel], int]] = {
    "identity": (QT_TRANSLATE_NOOP("catalog", "Identity"), _identity, 1),
    "box": (QT_TRANSLATE_NOOP("catalog", "Box blur"), _box, 1),
    "gaussian": (QT_TRANSLATE_NOOP("catalog", "Gaussian blur"), _gaussian, 1),
    "sobel_x": (QT_TRANSLATE_NOOP("catalog", "Sobel, vertical edges"), _sobel_x, _SMALLEST),
    "sobel_y": (QT_TRANSLATE_NOOP("catalog", "Sobel, horizontal edges"), _sobel_y, _SMALLEST),
    "laplace": (QT_TRANSLATE_NOOP("catalog", "Laplace"), _laplace, _SMALLEST),
    "sharpen": (QT_TRANSLATE_NOOP("catalog", "Sharpen"), _sharpen, _SMALLEST),
    "emboss": (QT_TRANSLATE_NOOP("catalog", "Emboss"), _emboss, _SMALLEST),
}
#: Stable name -> label marked for translation in the context ``catalog``.
FILTERS: Mapping[str, str] = {name: label for name, (label, _, _) in _FILTERS.items()}


def kernel_of(name: str, channels: int, height: int, width: int) -> NDArray[np.float32]:
    """Weights of one output map, (channels, height, width): the kernel on the mean of the channels.

    For what ``nn.Conv2d`` does (no flipping). Raises ``ModelError`` where the kernel is too small for it.
    """
    _, make, smallest = _FILTERS[name]
    if min(height, width) < smallest:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{kernel} needs a kernel of at least {size} x {size}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Make kernel_size larger."),
            kernel=name,
            size=smallest,
            parameter="kernel_size",
        )
    plane = make(height, width) / channels
    return np.repeat(plane[None], channels, axis=0).astype(np.float32)
