"""The layers with a window that slides: convolutions and pools; and the borders around images."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.entries_common import (
    BIAS,
    CEIL_MODE,
    GROUPS,
    LARGEST_WINDOW,
    PADDING_MODE,
    RETURN_INDICES,
    count,
    dilation,
    kernel_size,
    layer,
    output_size,
    padding,
    spread,
    stride,
)

_CONV = ("window", "weights", "kind:conv")
_POOL = ("window", "kind:pool")
_IN_RGB = count("in_channels", 3, QT_TRANSLATE_NOOP("catalog", "Channels of the input: 3 for RGB."))
_IN_ONE = count("in_channels", 1, QT_TRANSLATE_NOOP("catalog", "Channels of the input."))


def _out(default: int) -> Integer:
    text = QT_TRANSLATE_NOOP("catalog", "Channels of the output: how many windows are learned.")
    return count("out_channels", default, text)


CONVOLUTIONS = (
    layer(
        "Conv2d",
        nn.Conv2d,
        QT_TRANSLATE_NOOP("catalog", "Slide learned windows over the image; each makes one output channel."),
        _IN_RGB,
        _out(6),
        kernel_size(3),
        stride(1),
        padding(),
        dilation(),
        GROUPS,
        BIAS,
        PADDING_MODE,
        tags=_CONV,
    ),
    layer(
        "Conv1d",
        nn.Conv1d,
        QT_TRANSLATE_NOOP("catalog", "Slide learned windows along a sequence [N, C, L]."),
        _IN_ONE,
        _out(1),
        kernel_size(3, 1),
        stride(1, 1),
        padding(1),
        dilation(1),
        GROUPS,
        BIAS,
        PADDING_MODE,
        tags=(*_CONV, "dimensions:1"),
    ),
    layer(
        "Conv3d",
        nn.Conv3d,
        QT_TRANSLATE_NOOP("catalog", "Slide learned windows through a volume [N, C, D, H, W]."),
        _IN_ONE,
        _out(1),
        kernel_size(3, 3),
        stride(1, 3),
        padding(3),
        dilation(3),
        GROUPS,
        BIAS,
        PADDING_MODE,
        tags=(*_CONV, "dimensions:3"),
    ),
    layer(
        "ConvTranspose2d",
        nn.ConvTranspose2d,
        QT_TRANSLATE_NOOP(
            "catalog", "Put a learned window down at each pixel and add up: makes images larger."
        ),
        _IN_RGB,
        _out(6),
        kernel_size(3),
        stride(1),
        spread(
            "padding",
            0,
            QT_TRANSLATE_NOOP("catalog", "Pixels taken away from each border of the result."),
            minimum=0,
        ),
        spread(
            "output_padding",
            0,
            QT_TRANSLATE_NOOP("catalog", "Pixels added at the right and lower border of the result."),
            minimum=0,
        ),
        GROUPS,
        BIAS,
        dilation(),
        Choice(
            name="padding_mode",
            default="zeros",
            choices=("zeros",),
            help=QT_TRANSLATE_NOOP("catalog", "Only zeros: there is no border to fill."),
        ),
        tags=_CONV,
    ),
)

POOLS = (
    layer(
        "MaxPool2d",
        nn.MaxPool2d,
        QT_TRANSLATE_NOOP("catalog", "Keep the largest value of each window."),
        kernel_size(3),
        stride(None),
        padding(),
        dilation(),
        RETURN_INDICES,
        CEIL_MODE,
        tags=_POOL,
    ),
    layer(
        "AvgPool2d",
        nn.AvgPool2d,
        QT_TRANSLATE_NOOP("catalog", "Keep the mean of each window."),
        kernel_size(3),
        stride(None),
        padding(),
        CEIL_MODE,
        Flag(
            name="count_include_pad",
            default=True,
            help=QT_TRANSLATE_NOOP("catalog", "Count the zeros of the border in the mean."),
        ),
        Integer(
            name="divisor_override",
            default=None,
            minimum=1,
            maximum=LARGEST_WINDOW**2,
            optional=True,
            help=QT_TRANSLATE_NOOP("catalog", "Divide the sum by this instead of the number of values."),
        ),
        tags=_POOL,
    ),
    layer(
        "LPPool2d",
        nn.LPPool2d,
        QT_TRANSLATE_NOOP(
            "catalog", "The p-norm of each window: 1 is the sum, 2 the length, large p nearly the maximum."
        ),
        Real(
            name="norm_type",
            default=2.0,
            minimum=1.0,
            maximum=16.0,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "The p of the norm."),
        ),
        kernel_size(3),
        stride(None),
        CEIL_MODE,
        tags=_POOL,
    ),
    layer(
        "FractionalMaxPool2d",
        nn.FractionalMaxPool2d,
        QT_TRANSLATE_NOOP(
            "catalog", "Keep the largest value of windows whose places are drawn at random to fit a size."
        ),
        kernel_size(2),
        output_size(optional=True),
        Real(
            name="output_ratio",
            default=0.5,
            minimum=0.01,
            maximum=0.99,
            optional=True,
            written=Written.BY_NAME,
            help=QT_TRANSLATE_NOOP(
                "catalog", "Size of the result as a share of the input's; none if output_size is given."
            ),
        ),
        RETURN_INDICES,
        tags=("window", "random", "kind:pool"),
    ),
    layer(
        "AdaptiveAvgPool2d",
        nn.AdaptiveAvgPool2d,
        QT_TRANSLATE_NOOP("catalog", "Average to a given output size, whatever the input's size is."),
        output_size(),
        tags=("kind:pool",),
    ),
    layer(
        "AdaptiveMaxPool2d",
        nn.AdaptiveMaxPool2d,
        QT_TRANSLATE_NOOP(
            "catalog", "Keep the largest values so that the output has a given size, whatever the input's is."
        ),
        output_size(),
        RETURN_INDICES,
        tags=("kind:pool",),
    ),
    layer(
        "MaxUnpool2d",
        nn.MaxUnpool2d,
        QT_TRANSLATE_NOOP(
            "catalog", "Put the maxima of a MaxPool2d back to where they were; the rest becomes 0."
        ),
        kernel_size(2),
        stride(None),
        padding(),
        tags=("window", "needs_indices", "kind:pool"),
    ),
)


def _border(default: int = 1) -> IntegerOrPair:
    return IntegerOrPair(
        name="padding",
        default=default,
        minimum=0,
        maximum=LARGEST_WINDOW,
        lengths=(4,),
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "Pixels of border: one number, or (left, right, top, bottom)."),
    )


PADS = (
    layer(
        "ZeroPad2d",
        nn.ZeroPad2d,
        QT_TRANSLATE_NOOP("catalog", "A border of zeros."),
        _border(),
        tags=("kind:pad",),
    ),
    layer(
        "ConstantPad2d",
        nn.ConstantPad2d,
        QT_TRANSLATE_NOOP("catalog", "A border of one value."),
        _border(),
        Real(
            name="value",
            default=0.0,
            minimum=-1e6,
            maximum=1e6,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "The value of the border."),
        ),
        tags=("kind:pad",),
    ),
    layer(
        "ReflectionPad2d",
        nn.ReflectionPad2d,
        QT_TRANSLATE_NOOP("catalog", "A mirrored border; the outermost pixel is not repeated."),
        _border(),
        tags=("kind:pad",),
    ),
    layer(
        "ReplicationPad2d",
        nn.ReplicationPad2d,
        QT_TRANSLATE_NOOP("catalog", "A border that repeats the outermost pixel."),
        _border(),
        tags=("kind:pad",),
    ),
    layer(
        "CircularPad2d",
        nn.CircularPad2d,
        QT_TRANSLATE_NOOP("catalog", "A border taken from the opposite side, as if the image went round."),
        _border(),
        tags=("kind:pad",),
    ),
)

WINDOWS: tuple[Operation, ...] = (*CONVOLUTIONS, *POOLS, *PADS)
