"""Entries that change what a picture is: PIL image, tensor, type of the numbers, and their scale."""

from __future__ import annotations

from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.parameters import Choice, Flag, Numbers, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.entries_common import classic, dtype, modern

#: Modes that ``ToPILImage`` can be told to make, of 1, 2, 3 and 4 channels.
_MODES = ("L", "I;16", "I", "F", "LA", "RGB", "YCbCr", "HSV", "RGBA", "CMYK", "RGBX")

TO_TENSOR = classic(
    transforms.ToTensor,
    "kind:type makes_tensor needs_pil",
    QT_TRANSLATE_NOOP(
        "catalog",
        "From a picture (height, width, channel), 0..255, to a float tensor (channel, height, width), 0..1.",
    ),
    hint=QT_TRANSLATE_NOOP(
        "catalog",
        "torchvision's v2 advises ToImage followed by ToDtype(torch.float32, scale=True); the values are the "
        "same.",
    ),
)

PIL_TO_TENSOR = classic(
    transforms.PILToTensor,
    "kind:type makes_tensor needs_pil",
    QT_TRANSLATE_NOOP(
        "catalog",
        "From a picture to a tensor (channel, height, width) of the same whole numbers; nothing is scaled.",
    ),
    hint=QT_TRANSLATE_NOOP(
        "catalog", "ToTensor divides by 255 as well; after this step Normalize still needs floats."
    ),
)

CONVERT_IMAGE_DTYPE = classic(
    transforms.ConvertImageDtype,
    "kind:type needs_tensor",
    QT_TRANSLATE_NOOP(
        "catalog", "Another type for a tensor's numbers, scaled so that white stays white: 255 becomes 1.0."
    ),
    dtype(QT_TRANSLATE_NOOP("catalog", "The type of the result.")),
    hint=QT_TRANSLATE_NOOP("catalog", "torchvision's v2 advises ToDtype with scale=True instead."),
)

TO_PIL_IMAGE = classic(
    transforms.ToPILImage,
    "kind:type needs_tensor makes_pil",
    QT_TRANSLATE_NOOP(
        "catalog",
        "From a tensor (channel, height, width) or an array (height, width, channel) to a picture; floats "
        "are multiplied by 255.",
    ),
    Choice(
        name="mode",
        default=None,
        choices=_MODES,
        optional=True,
        help=QT_TRANSLATE_NOOP(
            "catalog", "PIL's mode of the picture; none takes it from the number of channels and their type."
        ),
    ),
)

NORMALIZE = classic(
    transforms.Normalize,
    "kind:type needs_tensor",
    QT_TRANSLATE_NOOP("catalog", "For each channel: (value - mean) / std."),
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
)

TO_IMAGE = modern(
    v2.ToImage,
    "kind:type makes_tensor",
    QT_TRANSLATE_NOOP(
        "catalog",
        "From a picture, array or tensor to a tensor that knows it is an image; its numbers stay the same.",
    ),
    hint=QT_TRANSLATE_NOOP(
        "catalog", "Follow it by ToDtype(torch.float32, scale=True) to get what ToTensor gives."
    ),
)

TO_DTYPE = modern(
    v2.ToDtype,
    "kind:type",
    QT_TRANSLATE_NOOP(
        "catalog", "Another type for a tensor's numbers; a PIL image passes through unchanged."
    ),
    dtype(QT_TRANSLATE_NOOP("catalog", "The type of the result.")),
    Flag(
        name="scale",
        default=False,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Scale the numbers so that white stays white: 255 becomes 1.0. Without it 255 becomes 255.0.",
        ),
    ),
)

TO_PURE_TENSOR = modern(
    v2.ToPureTensor,
    "kind:type",
    QT_TRANSLATE_NOOP("catalog", "Let a tensor forget that it is an image; the numbers stay as they are."),
)

IDENTITY = modern(
    v2.Identity,
    "kind:type",
    QT_TRANSLATE_NOOP("catalog", "Change nothing; one of the choices of RandomChoice, for example."),
)
