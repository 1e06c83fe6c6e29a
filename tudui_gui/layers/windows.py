"""Small matrices through a layer, each number of the result spelled out from the numbers it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.arithmetic import OutputSize, layer_output_size
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.fitting import explained_misfit

Matrix = NDArray[np.float32]
Cell = tuple[int, int]

#: Of the tutorial's page on convolution.
TUTORIAL_INPUT = ((1, 2, 0, 3, 1), (0, 1, 2, 3, 1), (1, 2, 1, 0, 0), (5, 2, 3, 1, 1), (2, 1, 0, 1, 1))
TUTORIAL_KERNEL = ((1, 2, 1), (0, 1, 0), (2, 1, 0))

_SHOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Conv2d": ("kernel_size", "stride", "padding", "dilation"),
        "MaxPool2d": ("kernel_size", "stride", "padding", "dilation", "ceil_mode"),
        "AvgPool2d": ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad"),
        "ReLU": (),
        "Sigmoid": (),
    }
)
_LARGEST_KERNEL = 5
_LARGEST_PADDING = 4


def _small(name: str) -> Operation:
    """A layer of the catalog with the parameters that mean something for one small channel."""
    operation = LAYERS.find(name)
    limits = {"kernel_size": _LARGEST_KERNEL, "padding": _LARGEST_PADDING, "dilation": 4, "stride": 8}
    parameters: list[Any] = [operation.parameter(parameter) for parameter in _SHOWN[name]]
    bounded = tuple(replace(p, maximum=limits[p.name]) if p.name in limits else p for p in parameters)
    return replace(operation, parameters=bounded)


#: The layers that can be worked by hand; only those tagged ``window`` have ``kernel_size`` and its kind.
SMALL_LAYERS = Catalog(QT_TRANSLATE_NOOP("errors", "layer"), [_small(name) for name in _SHOWN])


@dataclass(frozen=True)
class Spelled:
    """One number of the output.

    Attributes
    ----------
    cells : tuple of (row, column)
        The places of the input it is made of; those of the padding count from outside the matrix.
    text : str
        Such as ``"1·1 + 2·2 + 0·1 = 5"``.
    """

    cells: tuple[Cell, ...]
    text: str


@dataclass(frozen=True, eq=False)
class Worked:
    """A matrix, and what a layer makes of it.

    Attributes
    ----------
    step : Step
        Of :data:`SMALL_LAYERS`.
    given, kernel, output : ndarray
        ``float32``; ``kernel`` counts for Conv2d alone.
    sizes : tuple of two OutputSize, or None
        Height and width with their formulas, for layers with a window.
    """

    step: Step
    given: Matrix
    kernel: Matrix
    output: Matrix
    sizes: tuple[OutputSize, OutputSize] | None

    def spelled(self, row: int, column: int) -> Spelled:
        """How ``output[row, column]`` comes about. Microseconds."""
        value = float(self.output[row, column])
        if self.sizes is None:
            text = _activation(self.step.name, float(self.given[row, column]), value)
            return Spelled(((row, column),), text)
        cells = self._window(row, column)
        terms = [self._value(cell) for cell in cells]
        if self.step.name == "Conv2d":
            weights = self.kernel.ravel().tolist()
            products = (f"{number(t or 0.0)}·{number(w)}" for t, w in zip(terms, weights, strict=True))
            return Spelled(cells, f"{_sum_of(products)} = {number(value)}")
        if self.step.name == "MaxPool2d":
            inside = ", ".join(number(term) for term in terms if term is not None)
            return Spelled(cells, f"max({inside}) = {number(value)}")
        return Spelled(cells, self._mean(terms, value))

    def _mean(self, terms: list[float | None], value: float) -> str:
        counts_padding = self.step.values["count_include_pad"]
        counted = [term or 0.0 for term in terms if term is not None or counts_padding]
        return f"({_sum_of(map(number, counted))}) / {len(counted)} = {number(value)}"

    def _value(self, cell: Cell) -> float | None:
        rows, columns = self.given.shape
        inside = 0 <= cell[0] < rows and 0 <= cell[1] < columns
        return float(self.given[cell]) if inside else None

    def _window(self, row: int, column: int) -> tuple[Cell, ...]:
        rows, columns = (self._places(axis, place) for axis, place in enumerate((row, column)))
        return tuple((r, c) for r in rows for c in columns)

    def _places(self, axis: int, place: int) -> list[int]:
        names = ("kernel_size", "stride", "padding", "dilation")
        size, stride, padding, dilation = (along(self.step.values.get(name, 1), axis) for name in names)
        first = place * (size if stride is None else stride) - padding
        places = [first + tap * dilation for tap in range(size)]
        # With ceil_mode the last window may reach over the padding; those places do not exist.
        return [at for at in places if at < self.given.shape[axis] + padding]


def work(step: Step, given: Matrix, kernel: Matrix) -> Worked:
    """Put ``given`` through the layer. Any thread.

    Parameters
    ----------
    step : Step
        Of :data:`SMALL_LAYERS`.
    given : ndarray of float32, (H, W)
    kernel : ndarray of float32
        Shape ``kernel_size``; the weights of Conv2d, which has no bias here.

    Raises
    ------
    ModelError
        When the settings leave no output, or PyTorch refuses them.
    """
    sizes = None
    if "window" in step.operation.tags:
        sizes = layer_output_size(step, *given.shape)
    layer = _layer(step, kernel)
    with explained_misfit(layer), torch.no_grad():
        output: Tensor = layer(torch.from_numpy(given)[None, None])
    return Worked(step, given, kernel, output[0, 0].numpy(), sizes)


def _layer(step: Step, kernel: Matrix) -> nn.Module:
    if step.name != "Conv2d":
        layer: nn.Module = step.build()
        return layer
    size = kernel_shape(step)
    if kernel.shape != size:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The kernel has shape {given}, but kernel_size is {expected}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Make them equal."),
            given=str(kernel.shape),
            expected=str(size),
        )
    conv: nn.Conv2d = step.build(in_channels=1, out_channels=1, bias=False)
    conv.weight.data = torch.from_numpy(kernel)[None, None]
    return conv


def kernel_shape(step: Step) -> tuple[int, int]:
    """Rows and columns of the window."""
    return along(step.values["kernel_size"], 0), along(step.values["kernel_size"], 1)


def along(value: Any, axis: int) -> Any:
    """The height's (axis 0) or width's (axis 1) part of a parameter that may be a pair."""
    return value[axis] if isinstance(value, tuple) else value


def number(value: float) -> str:
    """At most four significant digits: ``"3"``, ``"-0.5"``, ``"0.7311"``."""
    return f"{value:.4g}"


def _sum_of(terms: Any) -> str:
    return " + ".join(f"({term})" if term.startswith("-") else term for term in terms)


def _activation(name: str, given: float, value: float) -> str:
    if name == "ReLU":
        return f"max(0, {number(given)}) = {number(value)}"
    shown = f"({number(given)})" if given < 0 else number(given)
    return f"1 / (1 + exp(-{shown})) = {number(value)}"
