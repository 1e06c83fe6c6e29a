"""One pixel of a convolution's output as the sum it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Window:
    """The part of the input that a pixel is made of, in pixels of the input; it can reach over the border.

    ``width`` and ``height`` count from the first to the last column and row, with the gaps of a dilation.
    """

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class PixelSum:
    """``value = sum(parts) + bias``.

    Attributes
    ----------
    channels : tuple of int
        The input channels the window is taken from (all of them unless ``groups`` > 1).
    parts : tuple of float
        For each of them, the sum of input times weight over the window.
    bias : float or None
        None when the layer has none.
    window : Window
    """

    channels: tuple[int, ...]
    parts: tuple[float, ...]
    bias: float | None
    window: Window

    @property
    def value(self) -> float:
        """The output pixel."""
        return sum(self.parts) + (self.bias or 0.0)


class PixelSums:
    """Spells out any output pixel of ``conv`` for the image ``given``. Holds copies; any thread.

    Computed in float64: it differs from PyTorch's float32 by rounding alone (about 1e-6 of the values).

    Parameters
    ----------
    conv : nn.Conv2d
        With ``padding`` given in numbers.
    given : Tensor, (C, H, W)
    """

    def __init__(self, conv: nn.Conv2d, given: Tensor) -> None:
        self._weight: NDArray[np.float32] = conv.weight.detach().cpu().numpy().copy()
        self._bias = None if conv.bias is None else conv.bias.detach().cpu().numpy().copy()
        self._padding = (int(conv.padding[0]), int(conv.padding[1]))
        self._stride, self._dilation = conv.stride, conv.dilation
        self._per_group = conv.out_channels // conv.groups
        self._padded = _padded(conv, given, self._padding)

    def at(self, channel: int, y: int, x: int) -> PixelSum:
        """The sum at row ``y`` and column ``x`` of the output's ``channel``. Microseconds."""
        weight = self._weight[channel].astype(np.float64)
        first = channel // self._per_group * len(weight)
        parts = (self.values(channel, y, x) * weight).sum(axis=(1, 2))
        return PixelSum(
            channels=tuple(range(first, first + len(weight))),
            parts=tuple(parts.tolist()),
            bias=None if self._bias is None else float(self._bias[channel]),
            window=self.window(y, x),
        )

    def values(self, channel: int, y: int, x: int) -> NDArray[np.float32]:
        """What the weights of ``channel`` are multiplied with, (C, kh, kw): the window, its border too."""
        count = len(self._weight[channel])
        first = channel // self._per_group * count
        taken: NDArray[np.float32] = self._padded[first : first + count][self._slices(y, x)]
        return taken

    def window(self, y: int, x: int) -> Window:
        """The part of the input that row ``y`` and column ``x`` of the output is made of."""
        height, width = (self._reach(axis) for axis in (0, 1))
        top = y * self._stride[0] - self._padding[0]
        left = x * self._stride[1] - self._padding[1]
        return Window(left, top, width, height)

    def _reach(self, axis: int) -> int:
        return int(self._dilation[axis] * (self._weight.shape[2 + axis] - 1) + 1)

    def _slices(self, y: int, x: int) -> tuple[slice, slice, slice]:
        rows, columns = (
            slice(start, start + self._reach(axis), self._dilation[axis])
            for axis, start in enumerate((y * self._stride[0], x * self._stride[1]))
        )
        return slice(None), rows, columns


def _padded(conv: nn.Conv2d, given: Tensor, padding: tuple[int, int]) -> NDArray[np.float32]:
    mode = "constant" if conv.padding_mode == "zeros" else conv.padding_mode
    sides = (padding[1], padding[1], padding[0], padding[0])
    padded: NDArray[np.float32] = (
        functional.pad(given.detach().cpu()[None], sides, mode=mode)[0].numpy().copy()
    )
    return padded
