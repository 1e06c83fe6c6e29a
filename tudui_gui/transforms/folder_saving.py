"""What a pipeline gives, as the content of a file."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torchvision.transforms import functional

from tudui_gui.images.conversion import Pixels, to_uint8
from tudui_gui.images.rgb import to_rgb

#: Modes that each format keeps as they are; others become RGB.
_MODES = {
    "PNG": frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}),
    "JPEG": frozenset({"L", "RGB"}),
}

# Of the nine levels one is four times as fast as the usual six, for files a tenth larger.
_PNG_LEVEL = 1


def encoded(value: Pixels, kind: str, quality: int = 95) -> bytes:
    """``value`` as the content of a ``"png"``, ``"jpeg"``, ``"npy"`` or ``"pt"`` file. Any thread.

    Parameters
    ----------
    value : PIL image, ndarray (H, W[, C]) or Tensor ([C,] H, W)
        ``npy`` and ``pt`` keep its numbers, dtype and order of axes: of a PIL image uint8 (H, W[, C]) in
        ``npy`` and, as ``pil_to_tensor`` does, uint8 (C, H, W) in ``pt``. Of a tensor a picture keeps what
        ``torchvision.utils.save_image`` would: times 255, rounded, cut off at 0 and 255.
    kind : str
    quality : int
        Of JPEG.

    Raises
    ------
    ImageError
        The value is no picture of 1 or 3 channels, and is to be one.
    """
    stream = BytesIO()
    if kind == "npy":
        np.save(stream, as_array(value), allow_pickle=False)
    elif kind == "pt":
        torch.save(as_tensor(value), stream)
    elif kind == "png":
        _suited(as_picture(value), "PNG").save(stream, "PNG", compress_level=_PNG_LEVEL)
    else:
        _suited(as_picture(value), "JPEG").save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def as_picture(value: Pixels) -> Image.Image:
    """``value`` as a PIL image; one channel becomes mode ``L``. Raises ``ImageError``."""
    if isinstance(value, Image.Image):
        return value
    if isinstance(value, Tensor):
        value = _bytes_of(value.detach().as_subclass(Tensor))
    pixels = to_uint8(value)
    channels = 1 if value.ndim == 2 else value.shape[0 if isinstance(value, Tensor) else -1]
    return Image.fromarray(pixels[..., 0] if channels == 1 else pixels)


def as_array(value: Pixels) -> NDArray[np.generic]:
    """``value`` as a numpy array with its own numbers; numpy has no bfloat16, which becomes float32."""
    if isinstance(value, Tensor):
        tensor = value.detach().as_subclass(Tensor)
        return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy()
    return np.asarray(value)


def as_tensor(value: Pixels) -> Tensor:
    """``value`` as a plain tensor in memory of its own."""
    if isinstance(value, Image.Image):
        return torch.as_tensor(functional.pil_to_tensor(value))
    if isinstance(value, Tensor):
        return value.detach().as_subclass(Tensor).clone(memory_format=torch.contiguous_format)
    return torch.from_numpy(np.array(value))


def _bytes_of(tensor: Tensor) -> Tensor:
    if tensor.dtype == torch.uint8:
        return tensor
    scaled = torch.nan_to_num(tensor.float()).mul_(255).add_(0.5)
    return scaled.clamp_(0, 255).to(torch.uint8)


def _suited(image: Image.Image, file_format: str) -> Image.Image:
    return image if image.mode in _MODES[file_format] else to_rgb(image)[0]
