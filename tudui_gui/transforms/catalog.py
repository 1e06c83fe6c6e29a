"""The transforms: torchvision's classic classes with their parameters, defaults and ranges.

Tags: ``random`` draws from PyTorch's generator; ``needs_tensor`` refuses PIL images;
``needs_pil`` refuses tensors; ``makes_tensor`` turns a PIL image into a tensor.
"""

from __future__ import annotations

from torchvision import transforms
from torchvision.transforms import InterpolationMode

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: Interpolations that torchvision has for PIL images alone.
PIL_INTERPOLATIONS = frozenset({"box", "hamming", "lanczos"})

_LARGEST = 8192
_RANDOM = frozenset({"random"})
_INTERPOLATIONS = {
    mode.value: (mode, f"transforms.InterpolationMode.{mode.name}")
    for mode in (
        InterpolationMode.NEAREST,
        InterpolationMode.NEAREST_EXACT,
        InterpolationMode.BILINEAR,
        InterpolationMode.BICUBIC,
        InterpolationMode.BOX,
        InterpolationMode.HAMMING,
        InterpolationMode.LANCZOS,
    )
}


def _interpolation(default: str) -> Choice:
    return Choice(
        name="interpolation",
        default=default,
        choices=tuple(_INTERPOLATIONS),
        objects=_INTERPOLATIONS,
        help=QT_TRANSLATE_NOOP(
            "catalog", "How new pixels are computed; box, hamming and lanczos work on PIL images alone."
        ),
    )


def _crop_size(default: int) -> IntegerOrPair:
    return IntegerOrPair(
        name="size",
        default=default,
        minimum=1,
        maximum=_LARGEST,
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "Size of the result: (height, width), or one number for a square."),
    )


def _probability() -> Real:
    return Real(
        name="p",
        default=0.5,
        minimum=0.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP("catalog", "Probability that it happens."),
    )


_ANTIALIAS = Flag(
    name="antialias",
    default=True,
    help=QT_TRANSLATE_NOOP("catalog", "Smooth when shrinking a tensor; PIL images are always smoothed."),
)
_FILL = Integer(
    name="fill",
    default=0,
    minimum=0,
    maximum=255,
    help=QT_TRANSLATE_NOOP(
        "catalog", "Value of the added pixels: 0 to 255 in a PIL image, 0 or 1 in a tensor."
    ),
)
_PADDING_MODE = Choice(
    name="padding_mode",
    default="constant",
    choices=("constant", "edge", "reflect", "symmetric"),
    help=QT_TRANSLATE_NOOP(
        "catalog", "What the border is made of: one value, the last pixel, or the mirrored image."
    ),
)
_PADDING_HELP = QT_TRANSLATE_NOOP(
    "catalog",
    "Pixels added at each border; a pair is (left and right, top and bottom), four go round from the left.",
)


def _jitter(name: str, maximum: float, text: str) -> Real:
    return Real(name=name, default=0.0, minimum=0.0, maximum=maximum, help=text)


_TO_TENSOR = Operation(
    name="ToTensor",
    target=transforms.ToTensor,
    qualname="transforms.ToTensor",
    tags=frozenset({"makes_tensor", "needs_pil"}),
    help=QT_TRANSLATE_NOOP(
        "catalog",
        "From a picture (height, width, channel), 0..255, to a float tensor (channel, height, width), 0..1.",
    ),
)

_NORMALIZE = Operation(
    name="Normalize",
    target=transforms.Normalize,
    qualname="transforms.Normalize",
    tags=frozenset({"needs_tensor"}),
    help=QT_TRANSLATE_NOOP("catalog", "For each channel: (value - mean) / std."),
    parameters=(
        Numbers(
            name="mean",
            default=(0.5, 0.5, 0.5),
            minimum=-1000.0,
            maximum=1000.0,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "What is subtracted, one number per channel."),
        ),
        Numbers(
            name="std",
            default=(0.5, 0.5, 0.5),
            minimum=1e-6,
            maximum=1000.0,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "What is divided by, one number per channel."),
        ),
        Flag(
            name="inplace",
            default=False,
            help=QT_TRANSLATE_NOOP("catalog", "Change the given tensor instead of making a new one."),
        ),
    ),
)

_RESIZE = Operation(
    name="Resize",
    target=transforms.Resize,
    qualname="transforms.Resize",
    help=QT_TRANSLATE_NOOP(
        "catalog",
        "Scale the picture; a single number is the length of the shorter edge and keeps the proportions.",
    ),
    parameters=(
        IntegerOrPair(
            name="size",
            default=(32, 32),
            minimum=1,
            maximum=_LARGEST,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "(height, width), or one number for the shorter edge."),
        ),
        _interpolation("bilinear"),
        Integer(
            name="max_size",
            default=None,
            minimum=1,
            maximum=_LARGEST,
            optional=True,
            help=QT_TRANSLATE_NOOP(
                "catalog", "Most the longer edge may have; only with a single number as size."
            ),
        ),
        _ANTIALIAS,
    ),
)

_RANDOM_CROP = Operation(
    name="RandomCrop",
    target=transforms.RandomCrop,
    qualname="transforms.RandomCrop",
    tags=_RANDOM,
    help=QT_TRANSLATE_NOOP("catalog", "Cut out a piece at a random place."),
    parameters=(
        _crop_size(32),
        IntegerOrPair(
            name="padding",
            default=None,
            minimum=0,
            maximum=_LARGEST,
            lengths=(2, 4),
            optional=True,
            help=_PADDING_HELP,
        ),
        Flag(
            name="pad_if_needed",
            default=False,
            help=QT_TRANSLATE_NOOP(
                "catalog", "Add a border to an image smaller than size instead of failing."
            ),
        ),
        _FILL,
        _PADDING_MODE,
    ),
)

_CENTER_CROP = Operation(
    name="CenterCrop",
    target=transforms.CenterCrop,
    qualname="transforms.CenterCrop",
    help=QT_TRANSLATE_NOOP("catalog", "Cut out the middle; a smaller image gets a black border."),
    parameters=(_crop_size(32),),
)

_FLIPS = (
    Operation(
        name="RandomHorizontalFlip",
        target=transforms.RandomHorizontalFlip,
        qualname="transforms.RandomHorizontalFlip",
        tags=_RANDOM,
        help=QT_TRANSLATE_NOOP("catalog", "Swap left and right, at random."),
        parameters=(_probability(),),
    ),
    Operation(
        name="RandomVerticalFlip",
        target=transforms.RandomVerticalFlip,
        qualname="transforms.RandomVerticalFlip",
        tags=_RANDOM,
        help=QT_TRANSLATE_NOOP("catalog", "Swap top and bottom, at random."),
        parameters=(_probability(),),
    ),
)

_GRAYSCALE = Operation(
    name="Grayscale",
    target=transforms.Grayscale,
    qualname="transforms.Grayscale",
    help=QT_TRANSLATE_NOOP("catalog", "Keep only the brightness: 0.299 red + 0.587 green + 0.114 blue."),
    parameters=(
        Choice(
            name="num_output_channels",
            default="1",
            choices=("1", "3"),
            objects={"1": (1, "1"), "3": (3, "3")},
            help=QT_TRANSLATE_NOOP("catalog", "1, or 3 equal channels for models that want RGB."),
        ),
    ),
)

_PAD = Operation(
    name="Pad",
    target=transforms.Pad,
    qualname="transforms.Pad",
    help=QT_TRANSLATE_NOOP("catalog", "Add a border."),
    parameters=(
        IntegerOrPair(
            name="padding",
            default=4,
            minimum=0,
            maximum=_LARGEST,
            lengths=(2, 4),
            written=Written.BY_POSITION,
            help=_PADDING_HELP,
        ),
        _FILL,
        _PADDING_MODE,
    ),
)

_COLOR_JITTER = Operation(
    name="ColorJitter",
    target=transforms.ColorJitter,
    qualname="transforms.ColorJitter",
    tags=_RANDOM,
    help=QT_TRANSLATE_NOOP(
        "catalog", "Change brightness, contrast, saturation and hue at random, in random order."
    ),
    parameters=(
        _jitter(
            "brightness",
            10.0,
            QT_TRANSLATE_NOOP("catalog", "The factor is drawn between 1 - value (at least 0) and 1 + value."),
        ),
        _jitter(
            "contrast",
            10.0,
            QT_TRANSLATE_NOOP("catalog", "The factor is drawn between 1 - value (at least 0) and 1 + value."),
        ),
        _jitter(
            "saturation",
            10.0,
            QT_TRANSLATE_NOOP("catalog", "The factor is drawn between 1 - value (at least 0) and 1 + value."),
        ),
        _jitter(
            "hue",
            0.5,
            QT_TRANSLATE_NOOP(
                "catalog", "The shift is drawn between -value and value; 0.5 is half the colour circle."
            ),
        ),
    ),
)

_RANDOM_ROTATION = Operation(
    name="RandomRotation",
    target=transforms.RandomRotation,
    qualname="transforms.RandomRotation",
    tags=_RANDOM,
    help=QT_TRANSLATE_NOOP("catalog", "Turn the picture by a random angle."),
    parameters=(
        Real(
            name="degrees",
            default=15.0,
            minimum=0.0,
            maximum=360.0,
            written=Written.BY_POSITION,
            help=QT_TRANSLATE_NOOP("catalog", "The angle is drawn between -degrees and degrees."),
        ),
        Choice(
            name="interpolation",
            default="nearest",
            choices=("nearest", "bilinear", "bicubic"),
            objects={word: _INTERPOLATIONS[word] for word in ("nearest", "bilinear", "bicubic")},
            help=QT_TRANSLATE_NOOP(
                "catalog", "How new pixels are computed; bicubic works on PIL images alone."
            ),
        ),
        Flag(
            name="expand",
            default=False,
            help=QT_TRANSLATE_NOOP("catalog", "Make the result large enough for the whole turned picture."),
        ),
        Numbers(
            name="center",
            default=None,
            minimum=0.0,
            maximum=float(_LARGEST),
            lengths=(2,),
            optional=True,
            help=QT_TRANSLATE_NOOP("catalog", "The point (x, y) to turn around; none is the middle."),
        ),
        _FILL,
    ),
)

_RANDOM_RESIZED_CROP = Operation(
    name="RandomResizedCrop",
    target=transforms.RandomResizedCrop,
    qualname="transforms.RandomResizedCrop",
    tags=_RANDOM,
    help=QT_TRANSLATE_NOOP(
        "catalog", "Cut out a piece of random place, area and proportions, then scale it to size."
    ),
    parameters=(
        _crop_size(224),
        Numbers(
            name="scale",
            default=(0.08, 1.0),
            minimum=0.001,
            maximum=1.0,
            lengths=(2,),
            help=QT_TRANSLATE_NOOP("catalog", "Smallest and largest share of the area."),
        ),
        Numbers(
            name="ratio",
            default=(3.0 / 4.0, 4.0 / 3.0),
            minimum=0.01,
            maximum=100.0,
            lengths=(2,),
            help=QT_TRANSLATE_NOOP("catalog", "Smallest and largest width divided by height."),
        ),
        _interpolation("bilinear"),
        _ANTIALIAS,
    ),
)

TRANSFORMS = Catalog(
    QT_TRANSLATE_NOOP("errors", "transform"),
    (
        _TO_TENSOR,
        _NORMALIZE,
        _RESIZE,
        _RANDOM_CROP,
        _CENTER_CROP,
        *_FLIPS,
        _GRAYSCALE,
        _PAD,
        _COLOR_JITTER,
        _RANDOM_ROTATION,
        _RANDOM_RESIZED_CROP,
    ),
)
