"""Entries that cut out, enlarge or shrink: another height and width."""

from __future__ import annotations

from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.number_parameters import Integers, RealOrPair
from tudui_gui.core.parameters import Flag, Integer, IntegerOrPair, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.entries_common import (
    ANTIALIAS,
    CLASSIC,
    LARGEST,
    MODERN,
    PADDING_MODE,
    classic,
    crop_size,
    fill,
    interpolation,
    modern,
    padding,
    probability,
    smallest_and_largest,
)


def _longest_edge(text: str) -> Integer:
    return Integer(name="max_size", default=None, minimum=1, maximum=LARGEST, optional=True, help=text)


def _edge(name: str, default: int, text: str) -> Integer:
    return Integer(
        name=name, default=default, minimum=1, maximum=LARGEST, written=Written.BY_POSITION, help=text
    )


RESIZE = classic(
    transforms.Resize,
    "kind:geometry",
    QT_TRANSLATE_NOOP(
        "catalog",
        "Scale the picture; a single number is the length of the shorter edge and keeps the proportions.",
    ),
    IntegerOrPair(
        name="size",
        default=(32, 32),
        minimum=1,
        maximum=LARGEST,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "(height, width), or one number for the shorter edge."),
    ),
    interpolation(CLASSIC, "bilinear"),
    _longest_edge(
        QT_TRANSLATE_NOOP("catalog", "Most the longer edge may have; only with a single number as size.")
    ),
    ANTIALIAS,
)

RANDOM_CROP = classic(
    transforms.RandomCrop,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Cut out a piece at a random place."),
    crop_size(32),
    padding(None),
    Flag(
        name="pad_if_needed",
        default=False,
        help=QT_TRANSLATE_NOOP("catalog", "Add a border to an image smaller than size instead of failing."),
    ),
    fill(),
    PADDING_MODE,
)

CENTER_CROP = classic(
    transforms.CenterCrop,
    "kind:geometry",
    QT_TRANSLATE_NOOP("catalog", "Cut out the middle; a smaller image gets a black border."),
    crop_size(32),
)

RANDOM_RESIZED_CROP = classic(
    transforms.RandomResizedCrop,
    "kind:geometry random",
    QT_TRANSLATE_NOOP(
        "catalog", "Cut out a piece of random place, area and proportions, then scale it to size."
    ),
    crop_size(224),
    smallest_and_largest(
        "scale",
        (0.08, 1.0),
        0.001,
        1.0,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest share of the area."),
    ),
    smallest_and_largest(
        "ratio",
        (3.0 / 4.0, 4.0 / 3.0),
        0.01,
        100.0,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest width divided by height."),
    ),
    interpolation(CLASSIC, "bilinear"),
    ANTIALIAS,
)

FIVE_CROP = classic(
    transforms.FiveCrop,
    "kind:geometry several",
    QT_TRANSLATE_NOOP(
        "catalog", "Cut out the four corners and the middle: a tuple of five pictures, in this order."
    ),
    crop_size(32),
    hint=QT_TRANSLATE_NOOP(
        "catalog",
        "Made for testing: the model judges all five and the mean of its answers counts. Most classic steps "
        "take no tuple.",
    ),
)

TEN_CROP = classic(
    transforms.TenCrop,
    "kind:geometry several",
    QT_TRANSLATE_NOOP(
        "catalog",
        "The four corners and the middle, then the same five of the mirrored picture: a tuple of ten.",
    ),
    crop_size(32),
    Flag(
        name="vertical_flip",
        default=False,
        help=QT_TRANSLATE_NOOP("catalog", "Mirror top and bottom instead of left and right."),
    ),
    hint=QT_TRANSLATE_NOOP(
        "catalog",
        "Made for testing: the model judges all ten and the mean of its answers counts. Most classic steps "
        "take no tuple.",
    ),
)

PAD = classic(
    transforms.Pad,
    "kind:geometry",
    QT_TRANSLATE_NOOP("catalog", "Add a border."),
    padding(4),
    fill(),
    PADDING_MODE,
)

RANDOM_ZOOM_OUT = modern(
    v2.RandomZoomOut,
    "kind:geometry random",
    QT_TRANSLATE_NOOP(
        "catalog",
        "Put the picture somewhere on a larger, empty canvas, so that everything on it gets smaller.",
    ),
    fill(),
    smallest_and_largest(
        "side_range",
        (1.0, 4.0),
        1.0,
        16.0,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest factor for the canvas's height and width."),
    ),
    probability(),
)

SCALE_JITTER = modern(
    v2.ScaleJitter,
    "kind:geometry random",
    QT_TRANSLATE_NOOP(
        "catalog", "Fit the picture into target_size, then scale it by a random factor; proportions are kept."
    ),
    Integers(
        name="target_size",
        default=(224, 224),
        minimum=1,
        maximum=LARGEST,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP(
            "catalog", "The size that factor 1 fits into; torchvision takes (width, height)."
        ),
    ),
    smallest_and_largest(
        "scale_range",
        (0.1, 2.0),
        0.01,
        16.0,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest factor."),
    ),
    interpolation(MODERN, "bilinear"),
    ANTIALIAS,
)

RANDOM_RESIZE = modern(
    v2.RandomResize,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Scale the picture so that its shorter edge gets a random length."),
    _edge("min_size", 192, QT_TRANSLATE_NOOP("catalog", "Smallest length of the shorter edge.")),
    _edge("max_size", 320, QT_TRANSLATE_NOOP("catalog", "One more than the largest length that is drawn.")),
    interpolation(MODERN, "bilinear"),
    ANTIALIAS,
)

RANDOM_SHORTEST_SIZE = modern(
    v2.RandomShortestSize,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Scale the picture so that its shorter edge gets one of a few lengths."),
    IntegerOrPair(
        name="min_size",
        default=(192, 224, 256),
        minimum=1,
        maximum=LARGEST,
        lengths=(),
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "The lengths to choose from, or a single one."),
    ),
    _longest_edge(QT_TRANSLATE_NOOP("catalog", "Most the longer edge may have.")),
    interpolation(MODERN, "bilinear"),
    ANTIALIAS,
)

RANDOM_ERASING = modern(
    v2.RandomErasing,
    "kind:geometry random",
    QT_TRANSLATE_NOOP("catalog", "Overwrite a random rectangle, so that no single detail decides."),
    probability(),
    smallest_and_largest(
        "scale",
        (0.02, 0.33),
        0.0,
        1.0,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest share of the area."),
    ),
    smallest_and_largest(
        "ratio",
        (0.3, 3.3),
        0.01,
        100.0,
        QT_TRANSLATE_NOOP("catalog", "Smallest and largest height divided by width."),
    ),
    RealOrPair(
        name="value",
        default=0.0,
        minimum=-1000.0,
        maximum=1000.0,
        lengths=(1, 3),
        words=("random",),
        help=QT_TRANSLATE_NOOP(
            "catalog", "What is written there: one number, one per channel, or random for noise."
        ),
    ),
    Flag(
        name="inplace",
        default=False,
        help=QT_TRANSLATE_NOOP("catalog", "Change the given tensor instead of making a new one."),
    ),
    hint=QT_TRANSLATE_NOOP(
        "catalog", "Usually the last step: after Normalize, 0 is the mean colour; before it, 0 is black."
    ),
)
