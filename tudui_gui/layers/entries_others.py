"""Normalisation, dropout, linear layers, and layers that only move numbers."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.entries_common import (
    AFFINE,
    BIAS,
    INPLACE,
    LARGEST_WINDOW,
    MOST_CHANNELS,
    count,
    epsilon,
    layer,
    momentum,
    spread,
    track_running_stats,
)

_NORM = ("weights", "kind:norm")
_CHANNELS = QT_TRANSLATE_NOOP("catalog", "Channels of the input.")
_P = Real(
    name="p",
    default=0.5,
    minimum=0.0,
    maximum=1.0,
    help=QT_TRANSLATE_NOOP("catalog", "Probability that a value becomes 0."),
)

NORMS: tuple[Operation, ...] = (
    layer(
        "BatchNorm2d",
        nn.BatchNorm2d,
        QT_TRANSLATE_NOOP(
            "catalog", "Give each channel mean 0 and variance 1, then a learned scale and shift."
        ),
        count("num_features", 3, _CHANNELS),
        epsilon(),
        momentum(optional=True),
        AFFINE,
        track_running_stats(True),
        tags=_NORM,
    ),
    layer(
        "LayerNorm",
        nn.LayerNorm,
        QT_TRANSLATE_NOOP(
            "catalog", "Mean 0 and variance 1 over the last dimensions of each image by itself."
        ),
        IntegerOrPair(
            name="normalized_shape",
            default=32,
            minimum=1,
            maximum=MOST_CHANNELS,
            lengths=(1, 2, 3),
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "Sizes of the last dimensions, which are normalised together."),
        ),
        epsilon(),
        Flag(
            name="elementwise_affine",
            default=True,
            help=QT_TRANSLATE_NOOP("catalog", "Learn a scale and a shift for each place."),
        ),
        Flag(
            name="bias",
            default=True,
            help=QT_TRANSLATE_NOOP("catalog", "Learn the shift too, not only the scale."),
        ),
        tags=_NORM,
    ),
    layer(
        "GroupNorm",
        nn.GroupNorm,
        QT_TRANSLATE_NOOP(
            "catalog", "Mean 0 and variance 1 over groups of channels of each image by itself."
        ),
        count("num_groups", 3, QT_TRANSLATE_NOOP("catalog", "Groups; must divide num_channels.")),
        count("num_channels", 3, _CHANNELS),
        epsilon(),
        AFFINE,
        tags=_NORM,
    ),
    layer(
        "InstanceNorm2d",
        nn.InstanceNorm2d,
        QT_TRANSLATE_NOOP("catalog", "Mean 0 and variance 1 for each channel of each image by itself."),
        count("num_features", 3, _CHANNELS),
        epsilon(),
        momentum(optional=False),
        Flag(
            name="affine",
            default=False,
            help=QT_TRANSLATE_NOOP("catalog", "Learn a scale and a shift per channel."),
        ),
        track_running_stats(False),
        tags=("kind:norm",),
    ),
)

DROPOUTS: tuple[Operation, ...] = (
    layer(
        "Dropout",
        nn.Dropout,
        QT_TRANSLATE_NOOP("catalog", "In training, set values to 0 at random and scale the rest up."),
        _P,
        INPLACE,
        tags=("random", "kind:dropout"),
    ),
    layer(
        "Dropout2d",
        nn.Dropout2d,
        QT_TRANSLATE_NOOP("catalog", "In training, set whole channels to 0 at random and scale the rest up."),
        _P,
        INPLACE,
        tags=("random", "kind:dropout"),
    ),
)

LINEAR = layer(
    "Linear",
    nn.Linear,
    QT_TRANSLATE_NOOP("catalog", "Each output is a learned weighted sum of all inputs."),
    count("in_features", 1024, QT_TRANSLATE_NOOP("catalog", "Numbers per image that come in.")),
    count("out_features", 10, QT_TRANSLATE_NOOP("catalog", "Numbers per image that go out.")),
    BIAS,
    tags=("weights", "kind:linear"),
)


def _dimension(name: str, default: int, text: str, written: Written = Written.IF_CHANGED) -> Integer:
    return Integer(name=name, default=default, minimum=-5, maximum=4, written=written, help=text)


SHAPES: tuple[Operation, ...] = (
    layer(
        "Flatten",
        nn.Flatten,
        QT_TRANSLATE_NOOP("catalog", "Put the dimensions from start_dim to end_dim into one."),
        _dimension(
            "start_dim", 1, QT_TRANSLATE_NOOP("catalog", "First dimension; 1 leaves the batch alone.")
        ),
        _dimension("end_dim", -1, QT_TRANSLATE_NOOP("catalog", "Last dimension; -1 is the very last.")),
        tags=("kind:shape",),
    ),
    layer(
        "Unflatten",
        nn.Unflatten,
        QT_TRANSLATE_NOOP("catalog", "Split one dimension into several."),
        _dimension(
            "dim", 1, QT_TRANSLATE_NOOP("catalog", "The dimension that is split."), Written.BY_POSITION
        ),
        IntegerOrPair(
            name="unflattened_size",
            default=(1, -1),
            minimum=-1,
            maximum=MOST_CHANNELS,
            lengths=(2, 3, 4),
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "The sizes it becomes; -1 is worked out from the others."),
        ),
        tags=("kind:shape",),
    ),
    layer(
        "Upsample",
        nn.Upsample,
        QT_TRANSLATE_NOOP("catalog", "Make images larger, or smaller, by repeating or mixing pixels."),
        spread(
            "size",
            None,
            QT_TRANSLATE_NOOP("catalog", "Size of the result; then scale_factor must be none."),
            optional=True,
        ),
        Real(
            name="scale_factor",
            default=2.0,
            minimum=0.05,
            maximum=64.0,
            optional=True,
            written=Written.BY_NAME,
            help=QT_TRANSLATE_NOOP("catalog", "How many times larger the result is; none if size is given."),
        ),
        Choice(
            name="mode",
            default="nearest",
            choices=("nearest", "bilinear", "bicubic"),
            help=QT_TRANSLATE_NOOP("catalog", "How new pixels are computed."),
        ),
        Choice(
            name="align_corners",
            default="none",
            choices=("none", "true", "false"),
            objects={"none": (None, "None"), "true": (True, "True"), "false": (False, "False")},
            help=QT_TRANSLATE_NOOP(
                "catalog", "Whether the corner pixels stay where they are; only for bilinear and bicubic."
            ),
        ),
        tags=("kind:shape",),
    ),
    layer(
        "PixelShuffle",
        nn.PixelShuffle,
        QT_TRANSLATE_NOOP("catalog", "Spread r * r channels over an image that is r times larger."),
        Integer(
            name="upscale_factor",
            default=2,
            minimum=1,
            maximum=LARGEST_WINDOW,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "The r; channels must divide by r * r."),
        ),
        tags=("kind:shape",),
    ),
    layer(
        "Identity",
        nn.Identity,
        QT_TRANSLATE_NOOP("catalog", "Give the input as it is."),
        tags=("kind:shape",),
    ),
)
