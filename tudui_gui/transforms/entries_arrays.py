"""The entry for pictures as OpenCV holds them: numpy arrays (height, width, channel), blue first."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from torchvision import transforms

from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images import opencv


def by_cvt_color(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``cv2.cvtColor(image, cv2.COLOR_BGR2RGB)``. Raises ``TypeError`` for anything but an array."""
    return opencv.bgr_to_rgb(_array(image))


def by_slicing(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``image[..., ::-1].copy()``; without the copy, PyTorch refuses the array's negative stride.

    Raises
    ------
    TypeError
        For anything but an array.
    """
    return _array(image)[..., ::-1].copy()


def _array(image: Any) -> NDArray[np.uint8]:
    if not isinstance(image, np.ndarray):
        raise TypeError(f"a numpy array (height, width, 3) is needed, not {type(image).__name__}")
    return image


#: The two ways to write it; their pixels are the same.
_WAYS = {
    "cvtColor": (by_cvt_color, "lambda image: cv2.cvtColor(image, cv2.COLOR_BGR2RGB)"),
    "slice": (by_slicing, "lambda image: image[..., ::-1].copy()"),
}

BGR_TO_RGB = Operation(
    name="BGRToRGB",
    target=transforms.Lambda,
    qualname="transforms.Lambda",
    parameters=(
        Choice(
            name="lambd",
            default="cvtColor",
            choices=tuple(_WAYS),
            objects=_WAYS,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP(
                "catalog",
                "How it is written: OpenCV's cvtColor, or a slice that runs backwards; the pixels are the "
                "same.",
            ),
        ),
    ),
    help=QT_TRANSLATE_NOOP(
        "catalog",
        "Put the channels of an array that OpenCV read (blue, green, red) into the order that models expect: "
        "red, green, blue.",
    ),
    tags=frozenset({"needs_array", "kind:array"}),
    hint=QT_TRANSLATE_NOOP(
        "catalog",
        "cv2.imread keeps an old order of channels, blue first, but ToTensor and ToPILImage take the first "
        "for red. Put this step first; transforms of pictures need ToPILImage after it.",
    ),
    aliases=("BGR->RGB", "BGR2RGB", "cv2.cvtColor", "transforms.Lambda", "OpenCV"),
)
