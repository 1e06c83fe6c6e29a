"""The layers: PyTorch's classes with their parameters, defaults and ranges."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Parameter, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_MOST_CHANNELS = 65_536
_LARGEST_WINDOW = 1024

_INPLACE = Flag(
    name="inplace",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "Overwrite the input to save memory; the result is the same."),
)
_BIAS = Flag(
    name="bias", default=True, help=QT_TRANSLATE_NOOP("catalog", "Add a learned number per output channel.")
)
_CEIL_MODE = Flag(
    name="ceil_mode",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "Keep the windows that reach over the border: round the size up."),
)


def _count(name: str, default: int, text: str) -> Integer:
    return Integer(
        name=name,
        default=default,
        minimum=1,
        maximum=_MOST_CHANNELS,
        written=Written.BY_POSITION,
        help=text,
    )


def _kernel_size(default: int) -> IntegerOrPair:
    return IntegerOrPair(
        name="kernel_size",
        default=default,
        minimum=1,
        maximum=_LARGEST_WINDOW,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "Size of the window: one number, or (height, width)."),
    )


def _stride(default: int | None) -> IntegerOrPair:
    text = (
        QT_TRANSLATE_NOOP("catalog", "Pixels the window moves on; none is kernel_size.")
        if default is None
        else QT_TRANSLATE_NOOP("catalog", "Pixels the window moves on.")
    )
    return IntegerOrPair(
        name="stride",
        default=default,
        minimum=1,
        maximum=_LARGEST_WINDOW,
        optional=default is None,
        help=text,
    )


_PADDING = IntegerOrPair(
    name="padding",
    default=0,
    minimum=0,
    maximum=_LARGEST_WINDOW,
    help=QT_TRANSLATE_NOOP("catalog", "Pixels added at each border before the window moves."),
)
_DILATION = IntegerOrPair(
    name="dilation",
    default=1,
    minimum=1,
    maximum=_LARGEST_WINDOW,
    help=QT_TRANSLATE_NOOP("catalog", "Distance between the window's points; 1 is a solid window."),
)


def _layer(
    name: str, target: type[nn.Module], text: str, *parameters: Parameter, tags: frozenset[str] = frozenset()
) -> Operation:
    return Operation(
        name=name, target=target, qualname=f"nn.{name}", parameters=parameters, help=text, tags=tags
    )


_WINDOW = frozenset({"window"})
_ACTIVATION = frozenset({"activation"})
_WEIGHTS = frozenset({"weights"})

_CONV2D = _layer(
    "Conv2d",
    nn.Conv2d,
    QT_TRANSLATE_NOOP("catalog", "Slide learned windows over the image; each makes one output channel."),
    _count("in_channels", 3, QT_TRANSLATE_NOOP("catalog", "Channels of the input: 3 for RGB.")),
    _count(
        "out_channels",
        6,
        QT_TRANSLATE_NOOP("catalog", "Channels of the output: how many windows are learned."),
    ),
    _kernel_size(3),
    _stride(1),
    _PADDING,
    _DILATION,
    Integer(
        name="groups",
        default=1,
        minimum=1,
        maximum=_MOST_CHANNELS,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Parts the channels are split into; it must divide both channel counts."
        ),
    ),
    _BIAS,
    Choice(
        name="padding_mode",
        default="zeros",
        choices=("zeros", "reflect", "replicate", "circular"),
        help=QT_TRANSLATE_NOOP("catalog", "What the added border is made of."),
    ),
    tags=_WINDOW | _WEIGHTS,
)

_MAX_POOL2D = _layer(
    "MaxPool2d",
    nn.MaxPool2d,
    QT_TRANSLATE_NOOP("catalog", "Keep the largest value of each window."),
    _kernel_size(3),
    _stride(None),
    _PADDING,
    _DILATION,
    Flag(
        name="return_indices",
        default=False,
        help=QT_TRANSLATE_NOOP("catalog", "Also give the place of each maximum, for MaxUnpool2d."),
    ),
    _CEIL_MODE,
    tags=_WINDOW,
)

_AVG_POOL2D = _layer(
    "AvgPool2d",
    nn.AvgPool2d,
    QT_TRANSLATE_NOOP("catalog", "Keep the mean of each window."),
    _kernel_size(3),
    _stride(None),
    _PADDING,
    _CEIL_MODE,
    Flag(
        name="count_include_pad",
        default=True,
        help=QT_TRANSLATE_NOOP("catalog", "Count the zeros of the border in the mean."),
    ),
    Integer(
        name="divisor_override",
        default=None,
        minimum=1,
        maximum=_LARGEST_WINDOW**2,
        optional=True,
        help=QT_TRANSLATE_NOOP("catalog", "Divide the sum by this instead of the number of values."),
    ),
    tags=_WINDOW,
)

_ADAPTIVE_AVG_POOL2D = _layer(
    "AdaptiveAvgPool2d",
    nn.AdaptiveAvgPool2d,
    QT_TRANSLATE_NOOP("catalog", "Average to a given output size, whatever the input's size is."),
    IntegerOrPair(
        name="output_size",
        default=1,
        minimum=1,
        maximum=_LARGEST_WINDOW,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "Size of the result: one number, or (height, width)."),
    ),
)

_ACTIVATIONS = (
    _layer(
        "ReLU",
        nn.ReLU,
        QT_TRANSLATE_NOOP("catalog", "Negative values become 0."),
        _INPLACE,
        tags=_ACTIVATION,
    ),
    _layer(
        "Sigmoid",
        nn.Sigmoid,
        QT_TRANSLATE_NOOP("catalog", "Squeeze every value into 0..1: 1 / (1 + exp(-x))."),
        tags=_ACTIVATION,
    ),
    _layer(
        "Tanh", nn.Tanh, QT_TRANSLATE_NOOP("catalog", "Squeeze every value into -1..1."), tags=_ACTIVATION
    ),
    _layer(
        "LeakyReLU",
        nn.LeakyReLU,
        QT_TRANSLATE_NOOP("catalog", "Negative values are multiplied by a small slope."),
        Real(
            name="negative_slope",
            default=0.01,
            minimum=0.0,
            maximum=1000.0,
            help=QT_TRANSLATE_NOOP("catalog", "What negative values are multiplied by."),
        ),
        _INPLACE,
        tags=_ACTIVATION,
    ),
    _layer(
        "Softmax",
        nn.Softmax,
        QT_TRANSLATE_NOOP("catalog", "Make positive numbers that add up to 1: exp(x) / sum of exp(x)."),
        Integer(
            name="dim",
            default=1,
            minimum=-4,
            maximum=3,
            written=Written.BY_NAME,
            help=QT_TRANSLATE_NOOP("catalog", "Dimension that adds up to 1; 1 is the classes or channels."),
        ),
        tags=_ACTIVATION,
    ),
)

_LINEAR = _layer(
    "Linear",
    nn.Linear,
    QT_TRANSLATE_NOOP("catalog", "Each output is a learned weighted sum of all inputs."),
    _count("in_features", 1024, QT_TRANSLATE_NOOP("catalog", "Numbers per image that come in.")),
    _count("out_features", 10, QT_TRANSLATE_NOOP("catalog", "Numbers per image that go out.")),
    _BIAS,
    tags=_WEIGHTS,
)

_FLATTEN = _layer(
    "Flatten",
    nn.Flatten,
    QT_TRANSLATE_NOOP("catalog", "Put the dimensions from start_dim to end_dim into one."),
    Integer(
        name="start_dim",
        default=1,
        minimum=-4,
        maximum=3,
        help=QT_TRANSLATE_NOOP("catalog", "First dimension; 1 leaves the batch alone."),
    ),
    Integer(
        name="end_dim",
        default=-1,
        minimum=-4,
        maximum=3,
        help=QT_TRANSLATE_NOOP("catalog", "Last dimension; -1 is the very last."),
    ),
)

_BATCH_NORM2D = _layer(
    "BatchNorm2d",
    nn.BatchNorm2d,
    QT_TRANSLATE_NOOP("catalog", "Give each channel mean 0 and variance 1, then a learned scale and shift."),
    _count("num_features", 3, QT_TRANSLATE_NOOP("catalog", "Channels of the input.")),
    Real(
        name="eps",
        default=1e-5,
        minimum=0.0,
        maximum=1.0,
        decimals=8,
        help=QT_TRANSLATE_NOOP("catalog", "Added to the variance so that nothing is divided by 0."),
    ),
    Real(
        name="momentum",
        default=0.1,
        minimum=0.0,
        maximum=1.0,
        optional=True,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Weight of the newest batch in the running mean; none is a plain mean."
        ),
    ),
    Flag(
        name="affine",
        default=True,
        help=QT_TRANSLATE_NOOP("catalog", "Learn a scale and a shift per channel."),
    ),
    Flag(
        name="track_running_stats",
        default=True,
        help=QT_TRANSLATE_NOOP("catalog", "Remember mean and variance of training for evaluation."),
    ),
    tags=_WEIGHTS,
)

_DROPOUT = _layer(
    "Dropout",
    nn.Dropout,
    QT_TRANSLATE_NOOP("catalog", "In training, set values to 0 at random and scale the rest up."),
    Real(
        name="p",
        default=0.5,
        minimum=0.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP("catalog", "Probability that a value becomes 0."),
    ),
    _INPLACE,
)

#: Tags: ``window`` slides over the image, ``activation`` works on each value alone (Softmax: along ``dim``),
#: ``weights`` has something to learn.
LAYERS = Catalog(
    QT_TRANSLATE_NOOP("errors", "layer"),
    (
        _CONV2D,
        _MAX_POOL2D,
        _AVG_POOL2D,
        _ADAPTIVE_AVG_POOL2D,
        *_ACTIVATIONS,
        _LINEAR,
        _FLATTEN,
        _BATCH_NORM2D,
        _DROPOUT,
    ),
)
