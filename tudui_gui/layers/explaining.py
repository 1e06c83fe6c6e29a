"""One number of a feature map told from the numbers it is made of, for the layers that can be told so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from tudui_gui.layers.pixel_sums import PixelSums, Window
from tudui_gui.layers.spelling import bracketed, number
from tudui_gui.layers.spelling_values import ACTIVATION_NAMES, activation_text
from tudui_gui.layers.spelling_windows import along

#: Terms of a Linear layer that are told one by one; the others are added up.
_MOST_TERMS = 8


@dataclass(frozen=True)
class Explained:
    """``value`` and where it comes from.

    Attributes
    ----------
    parts : tuple of (str, float)
        What is added up, each with its name: an input channel, an input's number, ``"bias"``. Empty where it
        is no sum.
    text : str
        The formula with its numbers, for what is no sum.
    value : float
    window : Window or None
        The part of the layer's input.
    winner : (y, x) or None
        Where a maximum was found.
    taken : ndarray of float32, (C, kh, kw), or None
        Of a convolution: the values that are multiplied with the weights.
    """

    value: float
    parts: tuple[tuple[str, float], ...] = ()
    text: str = ""
    window: Window | None = None
    winner: tuple[int, int] | None = None
    taken: NDArray[np.float32] | None = None


class Explainer:
    """Explains the numbers of one layer for one input. Holds copies; any thread.

    Parameters
    ----------
    module : nn.Module
    given : Tensor
        ``float32 [C, H, W]`` or ``[features]``: what goes into the module, without the batch.
    """

    def __init__(self, module: nn.Module, given: Tensor) -> None:
        self._module = module
        self._given = given.detach().cpu().clone()
        is_sum = isinstance(module, nn.Conv2d) and isinstance(module.padding, tuple)
        self._sums = PixelSums(module, self._given) if is_sum else None  # type: ignore[arg-type]
        weight = module.weight.detach().cpu() if isinstance(module, nn.Linear) else None
        self._weight = None if weight is None else weight.double().numpy()

    @property
    def can_explain(self) -> bool:
        """Whether there is anything to tell of this kind of layer."""
        module = self._module
        is_image = self._given.ndim == 3
        if isinstance(module, nn.Linear):
            return self._given.ndim == 1
        if isinstance(module, nn.MaxPool2d):
            return is_image and not module.return_indices
        if isinstance(module, nn.BatchNorm2d):
            # In training mode the statistics are those of the batch, which is not known here.
            return is_image and module.running_mean is not None and not module.training
        if isinstance(module, nn.AvgPool2d):
            return is_image
        return self._sums is not None or type(module).__name__ in ACTIVATION_NAMES

    def at(self, channel: int, y: int, x: int) -> Explained | None:
        """The number of map ``channel`` at row ``y`` and column ``x``; of a vector ``x`` is the place."""
        if not self.can_explain:
            return None
        if self._sums is not None:
            return self._convolved(self._sums, channel, y, x)
        module = self._module
        if isinstance(module, nn.Linear):
            return self._weighed(x)
        if isinstance(module, nn.MaxPool2d | nn.AvgPool2d):
            return self._pooled(module, channel, y, x)
        return self._valued(channel, y, x)

    def _convolved(self, sums: PixelSums, channel: int, y: int, x: int) -> Explained:
        spelled = sums.at(channel, y, x)
        parts = [(str(c), part) for c, part in zip(spelled.channels, spelled.parts, strict=True)]
        if spelled.bias is not None:
            parts.append(("bias", spelled.bias))
        taken = sums.values(channel, y, x)
        return Explained(spelled.value, tuple(parts), "", spelled.window, taken=taken)

    def _weighed(self, place: int) -> Explained:
        assert self._weight is not None
        products = self._weight[place] * self._given.double().numpy()
        largest = np.argsort(-np.abs(products))[:_MOST_TERMS]
        parts = [(f"x[{at}]", float(products[at])) for at in largest]
        if len(products) > _MOST_TERMS:
            parts.append(("…", float(products.sum() - products[largest].sum())))
        bias = self._module.bias
        if isinstance(bias, Tensor):
            parts.append(("bias", bias[place].item()))
        return Explained(sum(part for _, part in parts), tuple(parts))

    def _pooled(self, pool: nn.MaxPool2d | nn.AvgPool2d, channel: int, y: int, x: int) -> Explained:
        plane = self._given[channel].double().numpy()
        rows, columns = (self._places(pool, axis, at, plane.shape[axis]) for axis, at in enumerate((y, x)))
        inside = [
            (r, c) for r in rows for c in columns if 0 <= r < plane.shape[0] and 0 <= c < plane.shape[1]
        ]
        numbers = [float(plane[at]) for at in inside]
        window = Window(columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1)
        listed = ", ".join(map(number, numbers[:25])) + (", …" if len(numbers) > 25 else "")
        if isinstance(pool, nn.MaxPool2d):
            best = int(np.argmax(numbers))
            value = numbers[best]
            return Explained(value, (), f"max({listed}) = {number(value)}", window, inside[best])
        whole = len(rows) * len(columns)
        divisor = pool.divisor_override or (whole if pool.count_include_pad else len(inside))
        value = sum(numbers) / divisor
        return Explained(value, (), f"({listed}) Σ / {divisor} = {number(value)}", window)

    def _places(self, pool: nn.MaxPool2d | nn.AvgPool2d, axis: int, at: int, size: int) -> list[int]:
        kernel, stride = along(pool.kernel_size, axis), along(pool.stride, axis)
        padding, dilation = along(pool.padding, axis), along(getattr(pool, "dilation", 1), axis)
        first = at * stride - padding
        return [place for tap in range(kernel) if (place := first + tap * dilation) < size + padding]

    def _valued(self, channel: int, y: int, x: int) -> Explained:
        x_in = float(self._given[channel, y, x] if self._given.ndim == 3 else self._given[x])
        window = Window(x, y, 1, 1) if self._given.ndim == 3 else None
        if isinstance(self._module, nn.BatchNorm2d):
            value, text = _normalised(self._module, channel, x_in)
        else:
            name = type(self._module).__name__
            text, value = activation_text(name, x_in, _settings(self._module, channel))
        return Explained(value, (), f"{text} = {number(value)}", window)


def _settings(module: nn.Module, channel: int) -> Mapping[str, Any]:
    values = {
        name: getattr(module, name)
        for name in ("negative_slope", "alpha", "approximate", "beta", "threshold")
        if hasattr(module, name)
    }
    if isinstance(module, nn.PReLU):
        slopes = module.weight.detach()
        values["init"] = slopes[channel if len(slopes) > 1 else 0].item()
    return values


def _normalised(norm: nn.BatchNorm2d, channel: int, x: float) -> tuple[float, str]:
    """In evaluation mode, with the running statistics."""
    assert norm.running_mean is not None and norm.running_var is not None
    mean, variance = norm.running_mean[channel].item(), norm.running_var[channel].item()
    scale = norm.weight[channel].item() if norm.affine else 1.0
    shift = norm.bias[channel].item() if norm.affine else 0.0
    value = (x - mean) / math.sqrt(variance + norm.eps) * scale + shift
    text = f"({number(x)} - {bracketed(mean)}) / √({number(variance)} + {number(norm.eps)})"
    return value, f"{text}·{bracketed(scale)} + {bracketed(shift)}"
