"""Pictures, arrays and tensors: as pixels to show, and as facts to read."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.rgb import to_rgb

#: Bins of each histogram.
BINS = 64

#: What a stage of a pipeline can hold.
Pixels = Image.Image | NDArray[np.generic] | Tensor


@dataclass(frozen=True, eq=False)
class Facts:
    """What can be said of a picture, array or tensor.

    Attributes
    ----------
    kind : str
        ``"PIL.Image"``, ``"ndarray"`` or ``"Tensor"``.
    mode : str
        A PIL image's mode, such as ``"RGB"``; empty for the others.
    dtype : str
        Such as ``"uint8"`` or ``"torch.float32"``.
    shape : tuple of int
        As PyTorch or numpy state it; a PIL image's (height, width).
    minimum, maximum : float
        Over all values; NaN when there is one, or when there are no values.
    mean, std : tuple of float
        Per channel. ``std`` is the population's: divided by the number of values, as
        ``torch.std(..., unbiased=False)`` does.
    histogram : ndarray
        ``int64 [channels, 64]``, counts of the finite values.
    edges : ndarray
        ``float64 [65]``: 0 to 256 for 8-bit values, 0 to 1 for others inside it, else from the smallest to
        the largest finite value. A value on an edge counts above it, the last edge below it.
    """

    kind: str
    mode: str
    dtype: str
    shape: tuple[int, ...]
    minimum: float
    maximum: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    histogram: NDArray[np.int64]
    edges: NDArray[np.float64]

    @property
    def mode_or_dtype(self) -> str:
        """The mode of a PIL image, the dtype of the others."""
        return self.mode or self.dtype

    @property
    def channels(self) -> int:
        """Number of channels."""
        return len(self.mean)


def to_uint8(value: Pixels) -> NDArray[np.uint8]:
    """``value`` as it is shown: ``uint8 [H, W, 3]``, contiguous, perhaps in the memory of ``value``. Any
    thread.

    A tensor [3, H, W], [1, H, W] or [H, W] and an array [H, W, 3], [H, W, 1] or [H, W] are shown as
    TensorBoard's ``add_image`` shows them: ``uint8`` as it is, anything else times 255, cut off at 0 and 255,
    fractions dropped. A single channel is repeated. PIL images are converted by ``rgb.to_rgb``.

    Raises
    ------
    ImageError
        For any other shape.
    """
    if isinstance(value, Image.Image):
        return np.array(to_rgb(value)[0], dtype=np.uint8)
    tensor = value.detach().cpu() if isinstance(value, Tensor) else _channels_first(value)
    if tensor.ndim == 2:
        tensor = tensor.unsqueeze(0)
    if tensor.ndim != 3 or tensor.shape[0] not in (1, 3):
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "Values of shape {shape} cannot be shown as a picture."),
            remedy=QT_TRANSLATE_NOOP("errors", "A picture has 1 or 3 channels."),
            shape=tuple(value.shape),
        )
    pixels = _as_bytes(tensor).expand(3, -1, -1)
    return np.ascontiguousarray(pixels.permute(1, 2, 0).numpy())


def _channels_first(array: NDArray[np.generic]) -> Tensor:
    tensor = torch.from_numpy(np.require(array, requirements=["C", "W"]))
    return tensor.permute(2, 0, 1) if tensor.ndim == 3 else tensor


def _as_bytes(tensor: Tensor) -> Tensor:
    if tensor.dtype == torch.uint8:
        return tensor
    scaled = tensor.to(torch.float32) * 255
    return scaled.nan_to_num_(nan=0.0, posinf=255.0, neginf=0.0).clamp_(0, 255).to(torch.uint8)


def facts(value: Pixels) -> Facts:
    """What ``value`` is and holds; about 5 ms for 768x512 pixels. Any thread."""
    if isinstance(value, Image.Image):
        array = np.asarray(value.convert("L") if value.mode == "1" else value)
        numbers = _numbers(_channels_first(array))
        return Facts("PIL.Image", value.mode, str(array.dtype), (value.height, value.width), *numbers)
    if isinstance(value, Tensor):
        tensor = value.detach().cpu()
        return Facts("Tensor", "", str(value.dtype), tuple(value.shape), *_numbers(tensor))
    return Facts("ndarray", "", str(value.dtype), tuple(value.shape), *_numbers(_channels_first(value)))


_Numbers = tuple[float, float, tuple[float, ...], tuple[float, ...], NDArray[np.int64], NDArray[np.float64]]


def _numbers(tensor: Tensor) -> _Numbers:
    rows = tensor.reshape(1, -1) if tensor.ndim < 3 else tensor.movedim(-3, 0).reshape(tensor.shape[-3], -1)
    if rows.shape[1] == 0:
        empty = (float("nan"),) * len(rows)
        return (
            np.nan,
            np.nan,
            empty,
            empty,
            np.zeros((len(rows), BINS), np.int64),
            np.linspace(0, 1, BINS + 1),
        )
    return _byte_numbers(rows) if rows.dtype == torch.uint8 else _wide_numbers(rows)


def _byte_numbers(rows: Tensor) -> _Numbers:
    """Everything follows from how often each of the 256 values occurs."""
    counts = np.array([np.bincount(row, minlength=256) for row in rows.numpy()], dtype=np.int64)
    values = np.arange(256)
    mean = counts @ values / rows.shape[1]
    variance = (counts * (values - mean[:, None]) ** 2).sum(axis=1) / rows.shape[1]
    present = np.flatnonzero(counts.any(axis=0))
    histogram = counts.reshape(len(counts), BINS, -1).sum(axis=2)
    edges = np.linspace(0, 256, BINS + 1)
    std = np.sqrt(variance)
    return float(present[0]), float(present[-1]), tuple(mean.tolist()), tuple(std.tolist()), histogram, edges


def _wide_numbers(rows: Tensor) -> _Numbers:
    numbers = rows if rows.is_floating_point() else rows.to(torch.float64)
    low, high = _range(numbers)
    # Two plain passes: torch.std_mean gives the same three times slower.
    mean = numbers.mean(dim=1, keepdim=True)
    std = (numbers - mean).square_().mean(dim=1).sqrt_()
    histogram, edges = _histogram(numbers, low, high)
    return low, high, tuple(mean.flatten().tolist()), tuple(std.tolist()), histogram, edges


def _histogram(rows: Tensor, low: float, high: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    parts = list(rows)
    if not (math.isfinite(low) and math.isfinite(high)):
        parts = [row[row.isfinite()] for row in rows]
        low, high = _range(torch.cat(parts))
    if low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts = [_count(part, low, high) for part in parts]
    return torch.stack(counts).numpy(), np.linspace(low, high, BINS + 1)


def _range(values: Tensor) -> tuple[float, float]:
    if values.numel() == 0:
        return 0.0, 1.0
    low, high = values.aminmax()
    return float(low), float(high)


def _count(values: Tensor, low: float, high: float) -> Tensor:
    """What ``torch.histc`` counts, three times faster."""
    bins = ((values - low) * (BINS / (high - low))).to(torch.int32).clamp_(0, BINS - 1)
    return torch.bincount(bins, minlength=BINS)
