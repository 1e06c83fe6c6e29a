"""Numbers made by a window: convolutions and pools.

Formulas: PyTorch's pages on Conv2d, ConvTranspose2d, MaxPool2d, AvgPool2d, LPPool2d, AdaptiveAvgPool2d.
"""

from __future__ import annotations

import itertools
from math import ceil, floor, prod
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from tudui_gui.layers.bench_state import array_of
from tudui_gui.layers.spelling import (
    Bench,
    Place,
    Spelled,
    bracketed,
    number,
    products,
    sum_of,
    sum_of_numbers,
)

_DIMENSIONS = {"Conv1d": 1, "Conv3d": 3}


def along(value: Any, axis: int) -> int:
    """The part of a parameter for one edge: it may be one number for all."""
    if isinstance(value, tuple):
        return int(value[axis] if len(value) > 1 else value[0])
    return int(value)


def spell_convolution(bench: Bench, place: Place) -> Spelled:
    """A number of Conv1d, Conv2d or Conv3d."""
    state, values = bench.state, bench.state.step.values
    kernel, count = array_of(state.kernel or ()), _DIMENSIONS.get(state.name, 2)
    image, plane, *at = place
    spot = at[-count:] if count < 3 else []
    depth_out = 1
    if count == 3:
        depth_out = bench.output.shape[1] // values["out_channels"]
        spot = [plane % depth_out, *at]
    channel = plane // depth_out
    inner = values["in_channels"] // values["groups"]
    first = channel // (values["out_channels"] // values["groups"]) * inner
    border = _Border(bench.given[image], values, count)
    lines, parts, cells, kernel_cells = [], [], [], []
    for slice_ in range(kernel.shape[1]):
        pairs = []
        for tap in itertools.product(*(range(size) for size in kernel.shape[4 - min(count, 2) :])):
            step = [slice_, *tap] if count == 3 else list(tap)
            source = [
                o * along(values["stride"], axis) + t * along(values["dilation"], axis)
                for axis, (o, t) in enumerate(zip(spot, step, strict=True))
            ]
            value, cell = border.value(first + slice_, source)
            weight_at = (channel, slice_, tap[0] if len(tap) > 1 else 0, tap[-1])
            pairs.append((value, float(kernel[weight_at])))
            cells.append((image, *cell))
            kernel_cells.append(weight_at)
        parts.append(sum(left * right for left, right in pairs))
        lines.append(f"{products(pairs)} = {number(parts[-1])}")
    return _summed(bench, channel, lines, parts, cells, kernel_cells)


def spell_transposed(bench: Bench, place: Place) -> Spelled:
    """A number of ConvTranspose2d: every input pixel whose window covers it puts its product there."""
    state, values = bench.state, bench.state.step.values
    kernel = array_of(state.kernel or ())
    image, channel, *at = place
    per_group = values["out_channels"] // values["groups"]
    inner = values["in_channels"] // values["groups"]
    first = channel // per_group * inner
    lines, parts, cells, kernel_cells = [], [], [], []
    for source in range(first, first + inner):
        pairs = []
        for tap in itertools.product(range(kernel.shape[2]), range(kernel.shape[3])):
            spot = [_before(at[axis], tap[axis], values, axis) for axis in (0, 1)]
            rows = bench.given.shape[2:]
            if any(p is None or not 0 <= p < size for p, size in zip(spot, rows, strict=True)):
                continue
            cell = (image, source, int(spot[0] or 0), int(spot[1] or 0))
            weight_at = (source, channel % per_group, *tap)
            pairs.append((float(bench.given[cell]), float(kernel[weight_at])))
            cells.append(cell)
            kernel_cells.append(weight_at)
        parts.append(sum(left * right for left, right in pairs))
        lines.append(f"{products(pairs)} = {number(parts[-1])}")
    return _summed(bench, channel, lines, parts, cells, kernel_cells)


def _before(at: int, tap: int, values: Any, axis: int) -> int | None:
    moved = at + along(values["padding"], axis) - tap * along(values["dilation"], axis)
    stride = along(values["stride"], axis)
    return moved // stride if moved % stride == 0 else None


def _summed(
    bench: Bench,
    channel: int,
    lines: list[str],
    parts: list[float],
    cells: list[Place],
    kernel_cells: list[Place],
) -> Spelled:
    bias = bench.state.bias[channel] if bench.state.bias else 0.0
    value = sum(parts) + bias
    if len(lines) == 1 and not bias:
        return Spelled(value, lines[0], (), tuple(cells), tuple(kernel_cells))
    terms = [number(part) for part in parts] + ([f"bias {bracketed(bias)}"] if bench.state.bias else [])
    total = f"{sum_of(terms)} = {number(value)}"
    return Spelled(value, total, tuple(lines), tuple(cells), tuple(kernel_cells))


class _Border:
    """The input of one image with the border that a convolution adds, whatever it is made of."""

    def __init__(self, given: Any, values: Any, count: int) -> None:
        self._given = given
        self._count = count
        self._padding = [along(values["padding"], axis) for axis in range(count)]
        shape = given.shape if count == 3 else given.shape[3 - count :]
        index = torch.arange(1, prod(shape) + 1, dtype=torch.float32).reshape(1, 1, *shape)
        mode = {"zeros": "constant"}.get(values["padding_mode"], values["padding_mode"])
        sides = [pad for pad in reversed(self._padding) for _ in (0, 1)]
        self._sources = functional.pad(index, sides, mode=mode)[0, 0].long().numpy()

    def value(self, channel: int, source: list[int]) -> tuple[float, tuple[int, int, int]]:
        """The value at a place of the padded input, and the place in the input (channel, row, column)."""
        found = int(self._sources[tuple(source)])
        cell = [at - pad for at, pad in zip(source, self._padding, strict=True)]
        if self._count == 3:
            planes = self._given.reshape(-1)
            return float(planes[found - 1]) if found else 0.0, (cell[0], cell[1], cell[2])
        plane = self._given[channel].reshape(-1)
        row = cell[0] if self._count == 2 else 0
        return float(plane[found - 1]) if found else 0.0, (channel, row, cell[-1])


def spell_pool(bench: Bench, place: Place) -> Spelled:
    """A number of MaxPool2d, AvgPool2d or LPPool2d."""
    values, (image, channel, row, column) = bench.state.step.values, place
    plane = bench.given[image, channel]
    taps = [_Taps(values, axis, at, plane.shape[axis]) for axis, at in enumerate((row, column))]
    places = [(r, c) for r in taps[0].places for c in taps[1].places]
    inside = [(r, c) for r, c in places if 0 <= r < plane.shape[0] and 0 <= c < plane.shape[1]]
    numbers = [float(plane[at]) for at in inside]
    cells = tuple((image, channel, r, c) for r, c in places)
    partial = taps[0].is_partial or taps[1].is_partial
    if bench.state.name == "MaxPool2d":
        return _maximum(bench, place, numbers, cells, partial)
    if bench.state.name == "AvgPool2d":
        counted = len(places) if values["count_include_pad"] else len(inside)
        divisor = values["divisor_override"] or counted
        value = sum(numbers) / divisor
        return Spelled(
            value, f"({sum_of_numbers(numbers)}) / {divisor} = {number(value)}", (), cells, (), None, partial
        )
    return _norm(values, numbers, cells, partial)


def _maximum(
    bench: Bench, place: Place, numbers: list[float], cells: tuple[Place, ...], partial: bool = False
) -> Spelled:
    image, channel = place[:2]
    winner = divmod(int(bench.extra[place]), bench.given.shape[3])
    value = max(numbers)
    text = f"max({', '.join(map(number, numbers))}) = {number(value)}"
    return Spelled(value, text, (), cells, (), (image, channel, *winner), partial)


def _norm(values: Any, numbers: list[float], cells: tuple[Place, ...], partial: bool) -> Spelled:
    power = values["norm_type"]
    window = along(values["kernel_size"], 0) * along(values["kernel_size"], 1)
    # PyTorch takes the mean of the powers over the pixels there are, times the size of a whole window.
    total = sum(value**power for value in numbers) / len(numbers) * window
    value = float(np.float64(total) ** (1.0 / power)) if total >= 0 else float("nan")
    terms = sum_of(f"{bracketed(each)}^{number(power)}" for each in numbers)
    share = "" if len(numbers) == window else f" · {window}/{len(numbers)}"
    return Spelled(
        value, f"(({terms}){share})^(1/{number(power)}) = {number(value)}", (), cells, (), None, partial
    )


class _Taps:
    """Where a window of a pooling layer reads along one edge."""

    def __init__(self, values: Any, axis: int, at: int, size: int) -> None:
        kernel, padding = along(values["kernel_size"], axis), along(values.get("padding", 0), axis)
        stride = kernel if values["stride"] is None else along(values["stride"], axis)
        dilation = along(values.get("dilation", 1), axis)
        first = at * stride - padding
        wanted = [first + tap * dilation for tap in range(kernel)]
        # With ceil_mode the last window may reach over the border; those places do not exist.
        self.places = [place for place in wanted if place < size + padding]
        self.is_partial = len(self.places) < len(wanted)


def spell_adaptive(bench: Bench, place: Place) -> Spelled:
    """A number of AdaptiveAvgPool2d or AdaptiveMaxPool2d: the windows share the input out evenly."""
    image, channel, *at = place
    plane = bench.given[image, channel]
    ranges = []
    for axis in (0, 1):
        size, parts = plane.shape[axis], bench.output.shape[2 + axis]
        ranges.append(range(floor(at[axis] * size / parts), ceil((at[axis] + 1) * size / parts)))
    return _of_ranges(bench, place, ranges[0], ranges[1], is_mean=bench.state.name == "AdaptiveAvgPool2d")


def spell_fractional(bench: Bench, place: Place) -> Spelled:
    """A number of FractionalMaxPool2d: where its windows begin was drawn."""
    values, (image, channel, row, column) = bench.state.step.values, place
    samples = torch.Generator().manual_seed(bench.state.seed)
    drawn = torch.rand(bench.given.shape[0], bench.given.shape[1], 2, generator=samples)[image, channel]
    starts = [
        _start(float(drawn[1 - axis]), at, bench.given.shape[2 + axis], bench.output.shape[2 + axis], size)
        for axis, (at, size) in enumerate(
            zip((row, column), (along(values["kernel_size"], axis) for axis in (0, 1)), strict=True)
        )
    ]
    rows, columns = (
        range(start, start + along(values["kernel_size"], axis)) for axis, start in enumerate(starts)
    )
    return _of_ranges(bench, place, rows, columns, is_mean=False)


def _start(sample: float, at: int, size: int, parts: int, kernel: int) -> int:
    """As in PyTorch's ``generate_intervals``, in float32."""
    if at == parts - 1:
        return size - kernel
    drawn = np.float32(sample)
    alpha = np.float32(size - kernel) / np.float32(parts - 1)
    return int((np.float32(at) + drawn) * alpha) - int(drawn * alpha)


def _of_ranges(bench: Bench, place: Place, rows: range, columns: range, *, is_mean: bool) -> Spelled:
    image, channel = place[:2]
    cells: tuple[Place, ...] = tuple((image, channel, r, c) for r in rows for c in columns)
    numbers = [float(bench.given[cell]) for cell in cells]
    if not is_mean:
        return _maximum(bench, place, numbers, cells)
    value = sum(numbers) / len(numbers)
    return Spelled(value, f"({sum_of_numbers(numbers)}) / {len(numbers)} = {number(value)}", (), cells)
