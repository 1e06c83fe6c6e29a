"""Small tensors through any operation of the catalogs, each number of the result spelled out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from tudui_gui.layers.arithmetic import OutputSize
from tudui_gui.layers.bench_catalog import BENCH
from tudui_gui.layers.bench_checks import check, sizes_of
from tudui_gui.layers.bench_run import run
from tudui_gui.layers.bench_state import Array, BenchState, array_of
from tudui_gui.layers.spelling import Bench, Place, Spelled
from tudui_gui.layers.spelling_losses import spell_loss
from tudui_gui.layers.spelling_moves import spell_mixture, spell_move
from tudui_gui.layers.spelling_values import spell_activation, spell_dropout, spell_linear, spell_norm
from tudui_gui.layers.spelling_windows import (
    along,
    spell_adaptive,
    spell_convolution,
    spell_fractional,
    spell_pool,
    spell_transposed,
)
from tudui_gui.layers.tensor_tools import Memory

T = TypeVar("T", bound=np.generic)

__all__ = ["BENCH", "Worked", "work"]

_BY_NAME: Mapping[str, Callable[[Bench, Place], Spelled]] = {
    "ConvTranspose2d": spell_transposed,
    "AdaptiveAvgPool2d": spell_adaptive,
    "AdaptiveMaxPool2d": spell_adaptive,
    "FractionalMaxPool2d": spell_fractional,
    "MaxUnpool2d": spell_move,
}
_BY_KIND: Mapping[str, Callable[[Bench, Place], Spelled]] = {
    "conv": spell_convolution,
    "pool": spell_pool,
    "pad": spell_move,
    "activation": spell_activation,
    "norm": spell_norm,
    "linear": spell_linear,
    "shape": spell_move,
    "dropout": spell_dropout,
    "loss": spell_loss,
    "tensor": spell_move,
}


_BORDERED = frozenset({"Conv2d", "MaxPool2d", "AvgPool2d"})


@dataclass(frozen=True, eq=False)
class Worked:
    """What an operation makes of the small tensors.

    Attributes
    ----------
    state : BenchState
    given, output : ndarray of float32, (N, C, H, W)
        ``output`` is torch's result, four deep: leading ones are added, more dimensions are put together.
    shape : tuple of int
        The result's shape as torch has it.
    sizes : tuple of OutputSize
        Of height and width (Conv1d: length; Conv3d: depth too), for operations with a formula.
    memory : Memory or None
        Of a tensor tool.
    extra : ndarray of int64
        As in :class:`~tudui_gui.layers.bench_run.Ran`, four deep.
    """

    state: BenchState
    given: Array
    output: Array
    shape: tuple[int, ...]
    sizes: tuple[OutputSize, ...]
    memory: Memory | None
    extra: NDArray[np.int64]

    @property
    def border(self) -> tuple[int, int]:
        """Rows and columns that the operation adds around each plane before its window moves."""
        padding = self.state.step.values.get("padding", 0)
        if self.state.name == "Conv1d":
            return 0, along(padding, 0)
        if self.state.name not in _BORDERED:
            return 0, 0
        return along(padding, 0), along(padding, 1)

    def padded(self, image: int, channel: int) -> Array:
        """A plane of the input with its border, (H + 2 rows, W + 2 columns); -inf around a MaxPool2d."""
        rows, columns = self.border
        plane = torch.from_numpy(self.given[image, channel])[None, None]
        sides = (columns, columns, rows, rows)
        mode = str(self.state.step.values.get("padding_mode", "zeros"))
        if mode != "zeros":
            return functional.pad(plane, sides, mode=mode)[0, 0].numpy()
        value = float("-inf") if self.state.name == "MaxPool2d" else 0.0
        return functional.pad(plane, sides, value=value)[0, 0].numpy()

    def spelled(self, place: Place) -> Spelled:
        """How ``output[place]`` comes about. Well below a millisecond; any thread."""
        spell = _BY_NAME.get(self.state.name) or _BY_KIND[self.state.kind]
        if self.state.name == "Upsample" and not self.extra.size:
            spell = spell_mixture
        return spell(self, place)


def work(state: BenchState) -> Worked:
    """Run the operation. Any thread.

    Raises
    ------
    ModelError
        When the settings do not go together (field ``parameter`` names where), or PyTorch refuses the input
        (``detail`` is its message).
    """
    check(state)
    ran = run(state)
    output = ran.output.float().numpy()
    extra = ran.extra if not ran.extra.size else _four_deep(state, ran.extra)
    return Worked(
        state,
        array_of(state.given),
        np.ascontiguousarray(_four_deep(state, output)),
        tuple(ran.output.shape),
        sizes_of(state),
        ran.memory,
        extra,
    )


def _four_deep(state: BenchState, values: NDArray[T]) -> NDArray[T]:
    if state.name == "Conv1d":
        return values[:, :, None]
    if values.ndim > 4:
        return values.reshape(values.shape[0], -1, *values.shape[-2:])
    return values.reshape((1,) * (4 - values.ndim) + values.shape)
