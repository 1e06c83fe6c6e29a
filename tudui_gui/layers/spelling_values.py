"""Numbers made of one value, of a row of values, or of their mean and variance.

Formulas: PyTorch's pages on the activations, Softmax, BatchNorm2d, LayerNorm, GroupNorm, Linear, Dropout.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tudui_gui.layers.bench_state import array_of
from tudui_gui.layers.spelling import (
    Bench,
    Place,
    Spelled,
    bracketed,
    number,
    products,
    sum_of_numbers,
)

_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805

#: Text (without the result) and value of an activation at ``x``.
_Formula = Callable[[float, Mapping[str, Any]], tuple[str, float]]


def _exp(x: float) -> float:
    return math.exp(x) if x < 700 else math.inf


def _sigmoid(x: float) -> float:
    return 1 / (1 + _exp(-x))


def _softplus(x: float, beta: float = 1.0, threshold: float = 20.0) -> float:
    return x if x * beta > threshold else math.log1p(_exp(beta * x)) / beta


def _clipped(low: float, high: float) -> _Formula:
    def formula(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
        return f"min(max({number(low)}, {number(x)}), {number(high)})", min(max(low, x), high)

    return formula


def _sloped(parameter: str) -> _Formula:
    def formula(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
        slope = values[parameter]
        return (f"{number(slope)}·{bracketed(x)}", slope * x) if x < 0 else (number(x), x)

    return formula


def _elu(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    alpha = values["alpha"]
    return (number(x), x) if x > 0 else (f"{number(alpha)}·(exp({number(x)}) - 1)", alpha * math.expm1(x))


def _selu(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    scale, alpha = number(_SELU_SCALE), number(_SELU_ALPHA)
    if x > 0:
        return f"{scale}·{number(x)}", _SELU_SCALE * x
    return f"{scale}·{alpha}·(exp({number(x)}) - 1)", _SELU_SCALE * _SELU_ALPHA * math.expm1(x)


def _gelu(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    if values["approximate"] == "tanh":
        inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
        text = f"0.5·{bracketed(x)}·(1 + tanh(√(2/π)·({number(x)} + 0.044715·{bracketed(x)}³)))"
        return text, 0.5 * x * (1 + math.tanh(inner))
    return f"{bracketed(x)}·Φ({number(x)})", 0.5 * x * (1 + math.erf(x / math.sqrt(2)))


def _silu(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"{bracketed(x)} / (1 + exp(-{bracketed(x)}))", x * _sigmoid(x)


def _mish(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"{bracketed(x)}·tanh(log(1 + exp({number(x)})))", x * math.tanh(_softplus(x))


def _logistic(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"1 / (1 + exp(-{bracketed(x)}))", _sigmoid(x)


def _hard_sigmoid(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"min(max(0, {number(x)}/6 + 0.5), 1)", min(max(0.0, x / 6 + 0.5), 1.0)


def _tanh(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"tanh({number(x)})", math.tanh(x)


def _soft_plus(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    beta, threshold = values["beta"], values["threshold"]
    if x * beta > threshold:
        return number(x), x
    inner = number(x) if beta == 1 else f"{number(beta)}·{bracketed(x)}"
    text = f"log(1 + exp({inner}))" + ("" if beta == 1 else f" / {number(beta)}")
    return text, _softplus(x, beta, threshold)


def _soft_sign(x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"{bracketed(x)} / (1 + |{number(x)}|)", x / (1 + abs(x))


_FORMULAS: Mapping[str, _Formula] = {
    "ReLU": lambda x, values: (f"max(0, {number(x)})", max(0.0, x)),
    "ReLU6": _clipped(0.0, 6.0),
    "LeakyReLU": _sloped("negative_slope"),
    "PReLU": _sloped("init"),
    "ELU": _elu,
    "SELU": _selu,
    "GELU": _gelu,
    "SiLU": _silu,
    "Mish": _mish,
    "Sigmoid": _logistic,
    "Hardsigmoid": _hard_sigmoid,
    "Tanh": _tanh,
    "Softplus": _soft_plus,
    "Softsign": _soft_sign,
}


#: Activations with a formula for one value.
ACTIVATION_NAMES = frozenset(_FORMULAS)


def activation_text(name: str, x: float, values: Mapping[str, Any]) -> tuple[str, float]:
    """The formula of the activation ``name`` with ``x`` put in, and its value in float64."""
    return _FORMULAS[name](x, values)


def spell_activation(bench: Bench, place: Place) -> Spelled:
    """A number of an activation; Softmax and LogSoftmax look at all values along ``dim``."""
    if bench.state.name in ("Softmax", "LogSoftmax"):
        return _spell_softmax(bench, place)
    text, value = _FORMULAS[bench.state.name](float(bench.given[place]), bench.state.step.values)
    return Spelled(value, f"{text} = {number(value)}", (), (place,))


def _spell_softmax(bench: Bench, place: Place) -> Spelled:
    axis = bench.state.step.values["dim"] % 4
    cells = [
        (*place[:axis], at, *place[axis + 1 :])  # one for each value along dim
        for at in range(bench.given.shape[axis])
    ]
    numbers = [float(bench.given[cell]) for cell in cells]
    x, largest = float(bench.given[place]), max(numbers)
    total = sum(_exp(each - largest) for each in numbers)
    powers = " + ".join(f"exp({number(each)})" for each in numbers)
    if bench.state.name == "Softmax":
        value = _exp(x - largest) / total
        text = f"exp({number(x)}) / ({powers})"
    else:
        value = x - largest - math.log(total)
        text = f"{number(x)} - log({powers})"
    return Spelled(value, f"{text} = {number(value)}", (), tuple(cells))  # type: ignore[arg-type]


def spell_norm(bench: Bench, place: Place) -> Spelled:
    """A number of a normalisation in training mode: fresh scale 1 and shift 0, statistics of this input."""
    values = bench.state.step.values
    cells = _normalised_together(bench, place)
    numbers = np.array([bench.given[cell] for cell in cells], np.float64)
    mean, variance = float(numbers.mean()), float(numbers.var())
    x, eps = float(bench.given[place]), values["eps"]
    value = (x - mean) / math.sqrt(variance + eps)
    text = f"({number(x)} - {bracketed(mean)}) / √({number(variance)} + {number(eps)}) = {number(value)}"
    lines = (
        f"mean = ({sum_of_numbers(numbers.tolist())}) / {len(numbers)} = {number(mean)}",
        f"var = Σ (x - mean)² / {len(numbers)} = {number(variance)}",
    )
    return Spelled(value, text, lines, tuple(cells))


def _normalised_together(bench: Bench, place: Place) -> list[Place]:
    values, shape = bench.state.step.values, bench.given.shape
    image, channel = place[:2]
    images: range | tuple[int, ...] = (image,)
    channels: range | tuple[int, ...] = (channel,)
    if bench.state.name == "BatchNorm2d":
        images = range(shape[0])
    elif bench.state.name == "GroupNorm":
        size = shape[1] // values["num_groups"]
        channels = range(channel // size * size, (channel // size + 1) * size)
    elif bench.state.name == "LayerNorm":
        return _last_dimensions(values["normalized_shape"], shape, place)
    rows, columns = range(shape[2]), range(shape[3])
    return [(n, c, row, column) for n in images for c in channels for row in rows for column in columns]


def _last_dimensions(normalized: Any, shape: tuple[int, ...], place: Place) -> list[Place]:
    count = len(normalized) if isinstance(normalized, tuple) else 1
    kept = 4 - count
    ranges = [range(at, at + 1) for at in place[:kept]] + [range(size) for size in shape[kept:]]
    return [(n, c, r, w) for n in ranges[0] for c in ranges[1] for r in ranges[2] for w in ranges[3]]


def spell_linear(bench: Bench, place: Place) -> Spelled:
    """A number of Linear: a row of the input times a row of the weights, plus the bias."""
    image, channel, row, column = place
    weights = array_of(bench.state.kernel or ())[0, 0, column]
    numbers = bench.given[image, channel, row]
    pairs = [(float(x), float(w)) for x, w in zip(numbers, weights, strict=True)]
    bias = bench.state.bias[column] if bench.state.bias else 0.0
    value = sum(x * w for x, w in pairs) + bias
    text = products(pairs) + (f" + bias {bracketed(bias)}" if bench.state.bias else "")
    cells = tuple((image, channel, row, at) for at in range(len(pairs)))
    taken = tuple((0, 0, column, at) for at in range(len(pairs)))
    return Spelled(value, f"{text} = {number(value)}", (), cells, taken)


def spell_dropout(bench: Bench, place: Place) -> Spelled:
    """A number of Dropout: dropped, or kept and scaled up. ``extra`` is 1 where it is kept."""
    p, x = bench.state.step.values["p"], float(bench.given[place])
    if not bench.extra[place]:
        return Spelled(0.0, f"{bracketed(x)}·0 = 0", (), (place,))
    value = x / (1 - p)
    return Spelled(value, f"{number(x)} / (1 - {number(p)}) = {number(value)}", (), (place,))
