"""The activations."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Integer, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.entries_common import INPLACE, layer

_ACTIVATION = ("activation", "kind:activation")
_DIM = Integer(
    name="dim",
    default=1,
    minimum=-4,
    maximum=3,
    written=Written.BY_NAME,
    help=QT_TRANSLATE_NOOP("catalog", "Dimension that adds up to 1; 1 is the classes or channels."),
)
_APPROXIMATE = Choice(
    name="approximate",
    default="none",
    choices=("none", "tanh"),
    help=QT_TRANSLATE_NOOP("catalog", "Exact, or a faster formula with tanh."),
)
_BETA = Real(
    name="beta",
    default=1.0,
    minimum=0.01,
    maximum=100.0,
    help=QT_TRANSLATE_NOOP("catalog", "How sharp the bend is."),
)
_THRESHOLD = Real(
    name="threshold",
    default=20.0,
    minimum=0.0,
    maximum=1000.0,
    help=QT_TRANSLATE_NOOP("catalog", "Where beta * x is larger, the result is x itself."),
)
_PARAMETERS = Integer(
    name="num_parameters",
    default=1,
    minimum=1,
    maximum=65_536,
    help=QT_TRANSLATE_NOOP("catalog", "One slope for all channels, or as many as there are channels."),
)


def _slope(name: str, default: float, text: str) -> Real:
    return Real(name=name, default=default, minimum=0.0, maximum=1000.0, help=text)


ACTIVATIONS: tuple[Operation, ...] = (
    layer(
        "ReLU",
        nn.ReLU,
        QT_TRANSLATE_NOOP("catalog", "Negative values become 0."),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "ReLU6",
        nn.ReLU6,
        QT_TRANSLATE_NOOP("catalog", "Negative values become 0, values above 6 become 6."),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "LeakyReLU",
        nn.LeakyReLU,
        QT_TRANSLATE_NOOP("catalog", "Negative values are multiplied by a small slope."),
        _slope(
            "negative_slope", 0.01, QT_TRANSLATE_NOOP("catalog", "What negative values are multiplied by.")
        ),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "PReLU",
        nn.PReLU,
        QT_TRANSLATE_NOOP("catalog", "As LeakyReLU, with a slope that is learned."),
        _PARAMETERS,
        _slope("init", 0.25, QT_TRANSLATE_NOOP("catalog", "The slope to begin with.")),
        tags=("activation", "weights", "kind:activation"),
    ),
    layer(
        "ELU",
        nn.ELU,
        QT_TRANSLATE_NOOP("catalog", "Negative values bend towards -alpha: alpha * (exp(x) - 1)."),
        _slope("alpha", 1.0, QT_TRANSLATE_NOOP("catalog", "What large negative values come near to.")),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "SELU",
        nn.SELU,
        QT_TRANSLATE_NOOP(
            "catalog", "As ELU, scaled so that mean 0 and variance 1 are kept from layer to layer."
        ),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "GELU",
        nn.GELU,
        QT_TRANSLATE_NOOP("catalog", "x times the share of a normal distribution below x."),
        _APPROXIMATE,
        tags=_ACTIVATION,
    ),
    layer(
        "SiLU",
        nn.SiLU,
        QT_TRANSLATE_NOOP("catalog", "x * sigmoid(x)."),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "Mish",
        nn.Mish,
        QT_TRANSLATE_NOOP("catalog", "x * tanh(softplus(x))."),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "Sigmoid",
        nn.Sigmoid,
        QT_TRANSLATE_NOOP("catalog", "Squeeze every value into 0..1: 1 / (1 + exp(-x))."),
        tags=_ACTIVATION,
    ),
    layer(
        "Hardsigmoid",
        nn.Hardsigmoid,
        QT_TRANSLATE_NOOP(
            "catalog", "Sigmoid of straight lines: 0 below -3, 1 above 3, x / 6 + 0.5 between."
        ),
        INPLACE,
        tags=_ACTIVATION,
    ),
    layer(
        "Tanh",
        nn.Tanh,
        QT_TRANSLATE_NOOP("catalog", "Squeeze every value into -1..1."),
        tags=_ACTIVATION,
    ),
    layer(
        "Softplus",
        nn.Softplus,
        QT_TRANSLATE_NOOP("catalog", "A smooth ReLU: log(1 + exp(beta * x)) / beta."),
        _BETA,
        _THRESHOLD,
        tags=_ACTIVATION,
    ),
    layer(
        "Softsign",
        nn.Softsign,
        QT_TRANSLATE_NOOP("catalog", "x / (1 + |x|)."),
        tags=_ACTIVATION,
    ),
    layer(
        "Softmax",
        nn.Softmax,
        QT_TRANSLATE_NOOP("catalog", "Make positive numbers that add up to 1: exp(x) / sum of exp(x)."),
        _DIM,
        tags=_ACTIVATION,
    ),
    layer(
        "LogSoftmax",
        nn.LogSoftmax,
        QT_TRANSLATE_NOOP("catalog", "The logarithm of Softmax, computed without rounding it to 0."),
        _DIM,
        tags=_ACTIVATION,
    ),
)
