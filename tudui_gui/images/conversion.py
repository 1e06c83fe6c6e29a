"""Pictures, arrays and tensors: as pixels to show, and as facts to read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.opencv import count_levels, interleaved
from tudui_gui.images.rgb import to_rgb

#: Bins of each histogram.
BINS = 64

#: Values looked at in one go: few enough to stay in the processor's cache.
_PIECE = 2**16

#: Modes of which ``Image.histogram`` counts every band.
_BYTE_MODES = frozenset({"L", "P", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "HSV"})

#: Pictures in a row where several are shown: ``FiveCrop`` one row, ``TenCrop`` two.
_COLUMNS = 5

#: A picture in any of its forms.
Pixels = Image.Image | NDArray[np.generic] | Tensor

#: What a stage of a pipeline can hold: a picture, or after ``FiveCrop`` and ``TenCrop`` a tuple of them.
Held = Pixels | tuple[Pixels, ...]

_Value = TypeVar("_Value", bound=np.generic)


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
    count : int
        Number of pictures; of more than one, all else is said of the first.
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
    count: int = 1

    @property
    def mode_or_dtype(self) -> str:
        """The mode of a PIL image, the dtype of the others."""
        return self.mode or self.dtype

    @property
    def channels(self) -> int:
        """Number of channels."""
        return len(self.mean)


def pictures(value: Held) -> tuple[Pixels, ...]:
    """The pictures of a stage's value: ``value`` itself, or those of a tuple."""
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def to_uint8(value: Held) -> NDArray[np.uint8]:
    """``value`` as it is shown: ``uint8 [H, W, 3]``, contiguous, perhaps in the memory of ``value``. Any
    thread.

    A tensor [3, H, W], [1, H, W] or [H, W] and an array [H, W, 3], [H, W, 1] or [H, W] are shown as
    TensorBoard's ``add_image`` shows them: ``uint8`` as it is, anything else times 255, cut off at 0 and 255,
    fractions dropped. A single channel is repeated. PIL images are converted by ``rgb.to_rgb``. Several
    pictures stand side by side, five in a row.

    Raises
    ------
    ImageError
        For any other shape, and for a tuple without pictures.
    """
    if isinstance(value, tuple | list):
        return _side_by_side([to_uint8(each) for each in value])
    if isinstance(value, Image.Image):
        return np.require(to_rgb(value)[0], np.uint8, ["C", "W"])
    array = _array(value)
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3 or array.shape[0] not in (1, 3):
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "Values of shape {shape} cannot be shown as a picture."),
            remedy=QT_TRANSLATE_NOOP("errors", "A picture has 1 or 3 channels."),
            shape=tuple(value.shape),
        )
    return interleaved(np.broadcast_to(_as_bytes(array), (3, *array.shape[1:])))


def _side_by_side(tiles: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Rows of five, each tile at the top left of its place, black between and beyond."""
    if not tiles:
        raise ImageError(QT_TRANSLATE_NOOP("errors", "There are no pictures to show."))
    columns, rows = min(len(tiles), _COLUMNS), math.ceil(len(tiles) / _COLUMNS)
    height, width = (max(tile.shape[axis] for tile in tiles) for axis in (0, 1))
    gap = max(1, min(height, width) // 40)
    sheet = np.zeros((rows * (height + gap) - gap, columns * (width + gap) - gap, 3), np.uint8)
    for index, tile in enumerate(tiles):
        top, left = (index // _COLUMNS) * (height + gap), (index % _COLUMNS) * (width + gap)
        sheet[top : top + tile.shape[0], left : left + tile.shape[1]] = tile
    return sheet


def _array(value: NDArray[np.generic] | Tensor) -> NDArray[np.generic]:
    """Channels first. In numpy from here on: torch's threads would wait for those of a running training."""
    if isinstance(value, Tensor):
        return plain_array(value)
    return value.transpose(2, 0, 1) if value.ndim == 3 else value


def plain_array(tensor: Tensor) -> NDArray[Any]:
    """``tensor`` as numpy has it, in its memory where that can be; half precision as ``float32``."""
    plain = tensor.detach().cpu()
    return (plain.float() if plain.dtype in (torch.bfloat16, torch.float16) else plain).numpy()


def _as_bytes(array: NDArray[np.generic]) -> NDArray[np.uint8]:
    if array.dtype == np.uint8:
        return array.view(np.uint8)
    made = np.empty(array.shape, np.uint8)
    room = np.empty(_PIECE, np.float32)
    for source, target in zip(_pieces(array.reshape(-1)), _pieces(made.reshape(-1)), strict=True):
        scaled = room[: len(source)]
        np.multiply(source, np.float32(255), out=scaled, dtype=np.float32, casting="unsafe")
        np.fmax(scaled, np.float32(0), out=scaled)  # also of what is no number
        target[:] = np.minimum(scaled, np.float32(255), out=scaled)
    return made


def facts(value: Held) -> Facts:
    """What ``value`` is and holds; about 3 ms for 768x512 pixels. Any thread.

    Raises
    ------
    ImageError
        For a tuple without pictures.
    """
    if isinstance(value, tuple | list):
        if not value:
            raise ImageError(QT_TRANSLATE_NOOP("errors", "There are no pictures to show."))
        return replace(facts(value[0]), count=len(value))
    if isinstance(value, Image.Image):
        shape, kind = (value.height, value.width), "PIL.Image"
        if value.mode in _BYTE_MODES and value.width * value.height > 0:
            counts = np.array(value.histogram(), np.int64).reshape(-1, 256)
            return Facts(kind, value.mode, "uint8", shape, *_counted(counts))
        array = np.asarray(value.convert("L") if value.mode == "1" else value)
        return Facts(kind, value.mode, str(array.dtype), shape, *_numbers(_array(array)))
    kind = "Tensor" if isinstance(value, Tensor) else "ndarray"
    return Facts(kind, "", str(value.dtype), tuple(value.shape), *_numbers(_array(value)))


_Numbers = tuple[float, float, tuple[float, ...], tuple[float, ...], NDArray[np.int64], NDArray[np.float64]]


def _numbers(array: NDArray[np.generic]) -> _Numbers:
    rows = array.reshape(1, -1) if array.ndim < 3 else np.moveaxis(array, -3, 0).reshape(array.shape[-3], -1)
    if rows.shape[1] == 0:
        unknown = (math.nan,) * len(rows)
        counts = np.zeros((len(rows), BINS), np.int64)
        return math.nan, math.nan, unknown, unknown, counts, np.linspace(0, 1, BINS + 1)
    return _byte_numbers(rows) if rows.dtype == np.uint8 else _wide_numbers(rows)


def _byte_numbers(rows: NDArray[np.generic]) -> _Numbers:
    return _counted(np.array([_occurrences(row.view(np.uint8)) for row in rows]))


def _counted(counts: NDArray[np.int64]) -> _Numbers:
    """Everything follows from how often each of the 256 values occurs, [channels, 256]."""
    values, total = np.arange(256), counts[0].sum()
    mean = counts @ values / total
    std = np.sqrt((counts * (values - mean[:, None]) ** 2).sum(axis=1) / total)
    present = np.flatnonzero(counts.any(axis=0))
    low, high = float(present[0]), float(present[-1])
    histogram = counts.reshape(len(counts), BINS, -1).sum(axis=2)
    return low, high, tuple(mean.tolist()), tuple(std.tolist()), histogram, np.linspace(0, 256, BINS + 1)


def _occurrences(values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How often each of 0 to 255 occurs."""
    return sum((count_levels(piece[None]) for piece in _pieces(values)), np.zeros(256, np.int64))


def _pieces(values: NDArray[_Value]) -> Iterator[NDArray[_Value]]:
    for start in range(0, len(values), _PIECE):
        yield values[start : start + _PIECE]


def _wide_numbers(rows: NDArray[np.generic]) -> _Numbers:
    numbers: NDArray[np.floating] = rows.astype(_float_type(rows.dtype), copy=False)
    low, high = float(numbers.min()), float(numbers.max())
    # Infinite values make mean and std NaN, which is what they are.
    with np.errstate(invalid="ignore", over="ignore"):
        mean = numbers.mean(axis=1)
        std = np.array([_spread(row, centre) for row, centre in zip(numbers, mean, strict=True)])
    histogram, edges = _histogram(numbers, low, high)
    return low, high, tuple(mean.tolist()), tuple(std.tolist()), histogram, edges


def _float_type(dtype: np.dtype[np.generic]) -> type[np.floating]:
    return np.float32 if dtype == np.float32 else np.float64


def _spread(row: NDArray[np.floating], centre: np.floating) -> float:
    squares = 0.0
    for piece in _pieces(row):
        away = piece - centre
        squares += float(np.dot(away, away))
    return math.sqrt(squares / len(row))


def _histogram(
    rows: NDArray[np.floating], low: float, high: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    parts = list(rows)
    if not (math.isfinite(low) and math.isfinite(high)):
        parts = [row[np.isfinite(row)] for row in rows]
        finite = np.concatenate(parts)
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts = [_count(part, low, high) for part in parts]
    return np.array(counts, dtype=np.int64), np.linspace(low, high, BINS + 1)


def _count(values: NDArray[np.floating], low: float, high: float) -> NDArray[np.int64]:
    """What ``torch.histc`` counts."""
    start, scale = values.dtype.type(low), values.dtype.type(BINS / (high - low))
    counts, room = np.zeros(256, np.int64), np.empty(_PIECE, values.dtype)
    for piece in _pieces(values):
        bins = np.subtract(piece, start, out=room[: len(piece)])
        whole = np.multiply(bins, scale, out=bins).astype(np.uint8)
        counts += count_levels(np.minimum(whole, BINS - 1, out=whole)[None])
    return counts[:BINS]
