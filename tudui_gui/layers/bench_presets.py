"""The tutorial's examples, to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.bench_catalog import BENCH
from tudui_gui.layers.bench_state import BenchState, first_state, fitted, nested


@dataclass(frozen=True)
class BenchPreset:
    """A named state; ``label`` is marked for translation in the context ``catalog``."""

    name: str
    label: str
    state: BenchState


_SIGNS = ((1.0, -0.5), (-1.0, 3.0))
_WEIGHTS = ((1, 0, -1, 2, 0), (0, 1, 1, 0, -2), (2, 1, 0, 0, 1))


def _preset(
    name: str, label: str, operation: str, given: Sequence[Sequence[float]] | None = None, **values: Any
) -> BenchPreset:
    first = first_state(BENCH.find(operation))
    state = replace(first, step=first.step.with_values(**values))
    if given is not None:
        state = replace(state, given=nested(given))
    return BenchPreset(name, label, fitted(state))


def _linear() -> BenchPreset:
    label = QT_TRANSLATE_NOOP("catalog", "Linear: 5 numbers to 3, a matrix product")
    preset = _preset("linear", label, "Linear", ((1, 2, 3, 4, 5),))
    return replace(preset, state=replace(preset.state, kernel=nested(_WEIGHTS), bias=(0.5, 0.0, -1.0)))


#: Input and kernel of the tutorial's page on convolution unless another input is given.
BENCH_PRESETS = (
    _preset("conv", QT_TRANSLATE_NOOP("catalog", "Convolution"), "Conv2d"),
    _preset("conv_stride", QT_TRANSLATE_NOOP("catalog", "Convolution, stride 2"), "Conv2d", stride=2),
    _preset("conv_padding", QT_TRANSLATE_NOOP("catalog", "Convolution, padding 1"), "Conv2d", padding=1),
    _preset("pool_ceil", QT_TRANSLATE_NOOP("catalog", "Max pooling, ceil_mode"), "MaxPool2d", ceil_mode=True),
    _preset("pool_floor", QT_TRANSLATE_NOOP("catalog", "Max pooling"), "MaxPool2d"),
    _preset("relu", QT_TRANSLATE_NOOP("catalog", "ReLU of 2 x 2 numbers"), "ReLU", _SIGNS),
    _preset("sigmoid", QT_TRANSLATE_NOOP("catalog", "Sigmoid of 2 x 2 numbers"), "Sigmoid", _SIGNS),
    _linear(),
    _preset("l1", QT_TRANSLATE_NOOP("catalog", "L1 loss, mean"), "L1Loss"),
    _preset("l1_sum", QT_TRANSLATE_NOOP("catalog", "L1 loss, sum"), "L1Loss", reduction="sum"),
    _preset("mse", QT_TRANSLATE_NOOP("catalog", "MSE loss"), "MSELoss"),
    _preset(
        "cross_entropy", QT_TRANSLATE_NOOP("catalog", "Cross entropy of three classes"), "CrossEntropyLoss"
    ),
)
