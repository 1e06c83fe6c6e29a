"""Entries that mirror, turn and bend: the same picture, its points elsewhere."""

from __future__ import annotations

from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.number_parameters import RealOrPair
from tudui_gui.core.parameters import Flag, Numbers, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.entries_common import (
    BENDING,
    CLASSIC,
    MODERN,
    center,
    classic,
    fill,
    interpolation,
    modern,
    probability,
)


def _degrees() -> RealOrPair:
    return RealOrPair(
        name="degrees",
        default=15.0,
        minimum=0.0,
        maximum=360.0,
        pair_minimum=-360.0,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "The angle is drawn between -degrees and degrees, or between the two numbers of a pair; "
            "counterclockwise is positive in RandomRotation, clockwise in RandomAffine.",
        ),
    )


RANDOM_HORIZONTAL_FLIP = classic(
    transforms.RandomHorizontalFlip,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Swap left and right, at random."),
    probability(),
)

RANDOM_VERTICAL_FLIP = classic(
    transforms.RandomVerticalFlip,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Swap top and bottom, at random."),
    probability(),
)

RANDOM_ROTATION = classic(
    transforms.RandomRotation,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Turn the picture by a random angle."),
    _degrees(),
    interpolation(CLASSIC, "nearest", BENDING),
    Flag(
        name="expand",
        default=False,
        help=QT_TRANSLATE_NOOP("catalog", "Make the result large enough for the whole turned picture."),
    ),
    center(),
    fill(),
)

RANDOM_AFFINE = classic(
    transforms.RandomAffine,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Turn, shift, scale and shear the picture at random, all in one go."),
    _degrees(),
    Numbers(
        name="translate",
        default=None,
        minimum=0.0,
        maximum=1.0,
        lengths=(2,),
        optional=True,
        help=QT_TRANSLATE_NOOP(
            "catalog", "The most it is shifted to either side: (share of the width, share of the height)."
        ),
    ),
    Numbers(
        name="scale",
        default=None,
        minimum=0.01,
        maximum=16.0,
        lengths=(2,),
        optional=True,
        help=QT_TRANSLATE_NOOP("catalog", "Smallest and largest factor; none does not scale."),
    ),
    RealOrPair(
        name="shear",
        default=None,
        minimum=0.0,
        maximum=89.0,
        pair_minimum=-89.0,
        lengths=(2, 4),
        optional=True,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Angle in degrees by which upright edges are slanted: drawn between -shear and shear, or between "
            "the two numbers of a pair; two further numbers slant level edges too.",
        ),
    ),
    interpolation(CLASSIC, "nearest", BENDING),
    fill(),
    center(),
)

RANDOM_PERSPECTIVE = modern(
    v2.RandomPerspective,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Move the four corners inwards at random, as if seen from the side."),
    Real(
        name="distortion_scale",
        default=0.5,
        minimum=0.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP(
            "catalog", "How far a corner may move: 1 is up to the middle of the picture, 0 not at all."
        ),
    ),
    probability(),
    interpolation(MODERN, "bilinear", BENDING),
    fill(),
)

ELASTIC_TRANSFORM = modern(
    v2.ElasticTransform,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Bend the picture as if seen through water: each point moves a little."),
    RealOrPair(
        name="alpha",
        default=50.0,
        minimum=0.0,
        maximum=2000.0,
        help=QT_TRANSLATE_NOOP("catalog", "How far points move; a pair is (across, down)."),
    ),
    RealOrPair(
        name="sigma",
        default=5.0,
        minimum=0.0,
        maximum=100.0,
        help=QT_TRANSLATE_NOOP(
            "catalog", "How smooth it is: neighbours within about this many pixels move alike."
        ),
    ),
    interpolation(MODERN, "bilinear", BENDING),
    fill(),
)
