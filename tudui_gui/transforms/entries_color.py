"""Entries that change colours and sharpness and leave every point where it is."""

from __future__ import annotations

from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.number_parameters import RealOrPair
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.entries_common import classic, modern, probability, smallest_and_largest

_FACTOR = QT_TRANSLATE_NOOP(
    "catalog",
    "The factor is drawn between 1 - value (at least 0) and 1 + value, or between the two numbers of a pair.",
)
_LARGEST_FACTOR = 10.0


def _jitter(name: str) -> RealOrPair:
    return RealOrPair(name=name, default=0.0, minimum=0.0, maximum=_LARGEST_FACTOR, help=_FACTOR)


def _factors(name: str, low: float, high: float) -> Numbers:
    text = QT_TRANSLATE_NOOP("catalog", "Smallest and largest factor; 1 changes nothing.")
    return smallest_and_largest(name, (low, high), 0.0, _LARGEST_FACTOR, text)


GRAYSCALE = classic(
    transforms.Grayscale,
    "kind:color",
    QT_TRANSLATE_NOOP("catalog", "Keep only the brightness: 0.299 red + 0.587 green + 0.114 blue."),
    Choice(
        name="num_output_channels",
        default="1",
        choices=("1", "3"),
        objects={"1": (1, "1"), "3": (3, "3")},
        help=QT_TRANSLATE_NOOP("catalog", "1, or 3 equal channels for models that want RGB."),
    ),
)

RANDOM_GRAYSCALE = classic(
    transforms.RandomGrayscale,
    "kind:color random",
    QT_TRANSLATE_NOOP(
        "catalog", "Keep only the brightness, at random; the number of channels stays the same."
    ),
    probability(0.1),
)

COLOR_JITTER = classic(
    transforms.ColorJitter,
    "kind:color random",
    QT_TRANSLATE_NOOP(
        "catalog", "Change brightness, contrast, saturation and hue at random, in random order."
    ),
    _jitter("brightness"),
    _jitter("contrast"),
    _jitter("saturation"),
    RealOrPair(
        name="hue",
        default=0.0,
        minimum=0.0,
        maximum=0.5,
        pair_minimum=-0.5,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "The shift is drawn between -value and value, or between the two numbers of a pair; 0.5 is half "
            "the colour circle.",
        ),
    ),
)

GAUSSIAN_BLUR = modern(
    v2.GaussianBlur,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Blur: each pixel becomes a weighted mean of its neighbourhood."),
    IntegerOrPair(
        name="kernel_size",
        default=5,
        minimum=1,
        maximum=999,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Width and height of the neighbourhood in pixels, odd; a pair is (width, height)."
        ),
    ),
    RealOrPair(
        name="sigma",
        default=(0.1, 2.0),
        minimum=0.001,
        maximum=1000.0,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Standard deviation of the weights in pixels: drawn between two numbers, or just one."
        ),
    ),
)

GAUSSIAN_NOISE = modern(
    v2.GaussianNoise,
    "kind:color random needs_tensor",
    QT_TRANSLATE_NOOP("catalog", "Add a random number to each value, as a camera does in the dark."),
    Real(
        name="mean",
        default=0.0,
        minimum=-1.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP("catalog", "Mean of the added numbers; 1 is the way from black to white."),
    ),
    Real(
        name="sigma",
        default=0.1,
        minimum=0.0,
        maximum=10.0,
        help=QT_TRANSLATE_NOOP(
            "catalog", "Standard deviation of the added numbers; 1 is the way from black to white."
        ),
    ),
    Flag(
        name="clip",
        default=True,
        help=QT_TRANSLATE_NOOP("catalog", "Cut off what is darker than black or brighter than white."),
    ),
    hint=QT_TRANSLATE_NOOP("catalog", "Put it before Normalize: it takes values from 0 to 1, or bytes."),
)

RANDOM_ADJUST_SHARPNESS = modern(
    v2.RandomAdjustSharpness,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Sharpen or blur, at random."),
    Real(
        name="sharpness_factor",
        default=2.0,
        minimum=0.0,
        maximum=100.0,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "0 blurs, 1 changes nothing, more sharpens."),
    ),
    probability(),
)

RANDOM_AUTOCONTRAST = modern(
    v2.RandomAutocontrast,
    "kind:color random",
    QT_TRANSLATE_NOOP(
        "catalog", "Stretch each channel so that its darkest value becomes black and its brightest white."
    ),
    probability(),
)

RANDOM_EQUALIZE = modern(
    v2.RandomEqualize,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Spread each channel's values so that all occur about equally often."),
    probability(),
)

RANDOM_INVERT = modern(
    v2.RandomInvert,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Make the negative: black becomes white."),
    probability(),
)

RANDOM_POSTERIZE = modern(
    v2.RandomPosterize,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Keep only the first bits of each value, so that few shades remain."),
    Integer(
        name="bits",
        default=4,
        minimum=0,
        maximum=8,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "Bits kept in each channel; 8 changes nothing."),
    ),
    probability(),
)

RANDOM_SOLARIZE = modern(
    v2.RandomSolarize,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Make the negative of the bright pixels alone."),
    Real(
        name="threshold",
        default=128.0,
        minimum=0.0,
        maximum=255.0,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Values from here on are inverted: 0 to 255 in a picture, 0 to 1 in a tensor of floats.",
        ),
    ),
    probability(),
)

RANDOM_PHOTOMETRIC_DISTORT = modern(
    v2.RandomPhotometricDistort,
    "kind:color random",
    QT_TRANSLATE_NOOP(
        "catalog",
        "Change brightness, contrast, saturation, hue and the order of the channels, each at random.",
    ),
    _factors("brightness", 0.875, 1.125),
    _factors("contrast", 0.5, 1.5),
    _factors("saturation", 0.5, 1.5),
    smallest_and_largest(
        "hue",
        (-0.05, 0.05),
        -0.5,
        0.5,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest shift; 0.5 is half the colour circle."),
    ),
    Real(
        name="p",
        default=0.5,
        minimum=0.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP("catalog", "Probability of each of the five changes."),
    ),
)

RANDOM_CHANNEL_PERMUTATION = modern(
    v2.RandomChannelPermutation,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Put the channels in a random order: red may become blue."),
)

RGB = modern(
    v2.RGB,
    "kind:color",
    QT_TRANSLATE_NOOP(
        "catalog", "Make three equal channels of one; a picture that has three stays as it is."
    ),
)

JPEG = modern(
    v2.JPEG,
    "kind:color random",
    QT_TRANSLATE_NOOP("catalog", "Save as JPEG and read again, with the blocks and fringes that leaves."),
    IntegerOrPair(
        name="quality",
        default=50,
        minimum=1,
        maximum=100,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP(
            "catalog", "JPEG's quality, or the smallest and largest from which it is drawn; less is worse."
        ),
    ),
)
