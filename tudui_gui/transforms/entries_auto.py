"""Entries that choose among many operations: the policies found by search, and their simpler successors."""

from __future__ import annotations

from torchvision.transforms import AutoAugmentPolicy, v2

from tudui_gui.core.parameters import Choice, Flag, Integer, Real
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.entries_common import BENDING, MODERN, fill, interpolation, modern

_BYTES = QT_TRANSLATE_NOOP("catalog", "Put it before ToTensor: it is made for pictures and tensors of bytes.")


def _bins() -> Integer:
    return Integer(
        name="num_magnitude_bins",
        default=31,
        minimum=2,
        maximum=1000,
        help=QT_TRANSLATE_NOOP("catalog", "Into how many levels the strength of an operation is divided."),
    )


AUTO_AUGMENT = modern(
    v2.AutoAugment,
    "kind:auto random",
    QT_TRANSLATE_NOOP(
        "catalog", "One of 25 pairs of operations that a search found to be good for a data set."
    ),
    Choice(
        name="policy",
        default="imagenet",
        choices=tuple(policy.value for policy in AutoAugmentPolicy),
        objects={
            policy.value: (policy, f"v2.AutoAugmentPolicy.{policy.name}") for policy in AutoAugmentPolicy
        },
        help=QT_TRANSLATE_NOOP("catalog", "The data set that the pairs were found on."),
    ),
    interpolation(MODERN, "nearest", BENDING),
    fill(is_optional=True),
    hint=_BYTES,
)

RAND_AUGMENT = modern(
    v2.RandAugment,
    "kind:auto random",
    QT_TRANSLATE_NOOP("catalog", "A few operations at random, all of the same strength."),
    Integer(
        name="num_ops",
        default=2,
        minimum=0,
        maximum=20,
        help=QT_TRANSLATE_NOOP("catalog", "How many operations follow one another."),
    ),
    Integer(
        name="magnitude",
        default=9,
        minimum=0,
        maximum=999,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Their strength: a level from 0, less than the number of levels there are."
        ),
    ),
    _bins(),
    interpolation(MODERN, "nearest", BENDING),
    fill(is_optional=True),
    hint=_BYTES,
)

TRIVIAL_AUGMENT_WIDE = modern(
    v2.TrivialAugmentWide,
    "kind:auto random",
    QT_TRANSLATE_NOOP("catalog", "A single operation of random strength; there is nothing to tune."),
    _bins(),
    interpolation(MODERN, "nearest", BENDING),
    fill(is_optional=True),
    hint=_BYTES,
)

AUG_MIX = modern(
    v2.AugMix,
    "kind:auto random",
    QT_TRANSLATE_NOOP(
        "catalog",
        "Several chains of operations, their results and the picture itself mixed by random weights.",
    ),
    Integer(
        name="severity",
        default=3,
        minimum=1,
        maximum=10,
        help=QT_TRANSLATE_NOOP(
            "catalog", "The strength of each operation is drawn from this many levels of 10."
        ),
    ),
    Integer(
        name="mixture_width",
        default=3,
        minimum=1,
        maximum=16,
        help=QT_TRANSLATE_NOOP("catalog", "Number of chains."),
    ),
    Integer(
        name="chain_depth",
        default=-1,
        minimum=-1,
        maximum=16,
        help=QT_TRANSLATE_NOOP("catalog", "Operations in a chain; -1 and 0 draw 1 to 3 for each chain."),
    ),
    Real(
        name="alpha",
        default=1.0,
        minimum=0.01,
        maximum=100.0,
        help=QT_TRANSLATE_NOOP("catalog", "The larger, the more alike are the weights of the mixture."),
    ),
    Flag(
        name="all_ops",
        default=True,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Whether brightness, colour, contrast and sharpness are among them."
        ),
    ),
    interpolation(MODERN, "bilinear", BENDING),
    fill(is_optional=True),
    hint=_BYTES,
)
