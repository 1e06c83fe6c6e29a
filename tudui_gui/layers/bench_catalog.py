"""What can be worked by hand: layers, losses and tensor tools, with ranges for small tensors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Parameter
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.loss_catalog import LOSS_CATALOG
from tudui_gui.layers.tensor_tools import TENSOR_TOOLS

#: Longest edge of the input, and the most channels and images.
LONGEST_EDGE = 12
MOST_CHANNELS = 8
MOST_IMAGES = 4

_LARGEST = {
    "kernel_size": 7,
    "padding": 4,
    "output_padding": 3,
    "dilation": 4,
    "stride": 8,
    "in_channels": MOST_CHANNELS,
    "out_channels": MOST_CHANNELS,
    "num_features": MOST_CHANNELS,
    "num_channels": MOST_CHANNELS,
    "num_groups": MOST_CHANNELS,
    "num_parameters": MOST_CHANNELS,
    "groups": MOST_CHANNELS,
    "in_features": LONGEST_EDGE,
    "out_features": LONGEST_EDGE,
    "normalized_shape": LONGEST_EDGE,
    "unflattened_size": LONGEST_EDGE,
    "output_size": LONGEST_EDGE,
    "size": 2 * LONGEST_EDGE,
    "scale_factor": 4.0,
    "upscale_factor": 4,
    "divisor_override": 144,
    "norm_type": 8.0,
}
#: To begin with; only of parameters that are written whatever their value is.
_FIRST: dict[str, dict[str, Any]] = {
    "Conv2d": {"in_channels": 1, "out_channels": 1},
    "ConvTranspose2d": {"in_channels": 1, "out_channels": 1},
    "AdaptiveAvgPool2d": {"output_size": 2},
    "AdaptiveMaxPool2d": {"output_size": 2},
    "BatchNorm2d": {"num_features": 1},
    "InstanceNorm2d": {"num_features": 1},
    "GroupNorm": {"num_groups": 1, "num_channels": 1},
    "LayerNorm": {"normalized_shape": 5},
    "Softmax": {"dim": -1},
    "LogSoftmax": {"dim": -1},
    "Linear": {"in_features": 5, "out_features": 3},
    "Unflatten": {"dim": 3, "unflattened_size": (5, -1)},
}


def _small(operation: Operation) -> Operation:
    first = _FIRST.get(operation.name, {})
    parameters = tuple(_bounded(operation, parameter, first) for parameter in operation.parameters)
    return replace(operation, parameters=parameters)


def _bounded(operation: Operation, parameter: Parameter, first: dict[str, Any]) -> Parameter:
    changes: dict[str, Any] = {}
    if parameter.name in _LARGEST:
        changes["maximum"] = _LARGEST[parameter.name]
    if operation.name == "Conv3d" and parameter.name == "in_channels":
        changes["maximum"] = 1  # the input's channels are its depth
    if parameter.name in first:
        changes["default"] = first[parameter.name]
    return replace(parameter, **changes) if changes else parameter


#: Of the layers, losses and tensor tools, under the same names.
BENCH = Catalog(
    QT_TRANSLATE_NOOP("errors", "operation"),
    [_small(operation) for catalog in (LAYERS, LOSS_CATALOG, TENSOR_TOOLS) for operation in catalog.values()],
)


def kind(operation: Operation) -> str:
    """Its group: conv, pool, pad, activation, norm, linear, shape, dropout, loss or tensor."""
    return next(tag.removeprefix("kind:") for tag in operation.tags if tag.startswith("kind:"))
