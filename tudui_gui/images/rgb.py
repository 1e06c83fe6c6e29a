"""The one conversion of any PIL image to 8-bit RGB."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tudui_gui.core.cancellation import raise_if_cancelled_here
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_SIXTEEN_BIT = QT_TRANSLATE_NOOP("events", "16-bit values were scaled to 8 bit (divided by 257).")
_UNIT = QT_TRANSLATE_NOOP("events", "Values from 0 to 1 were scaled to 0 to 255.")
_STRETCHED = QT_TRANSLATE_NOOP("events", "The smallest value became black, the largest white.")
_KEPT = QT_TRANSLATE_NOOP("events", "Values from 0 to 255 were kept.")
_NO_NUMBERS = QT_TRANSLATE_NOOP("events", "Values that are no finite numbers became black.")
DROPPED_ALPHA = QT_TRANSLATE_NOOP("events", "Transparency was dropped.")
LOOKED_UP = QT_TRANSLATE_NOOP("events", "Palette colours were looked up.")
FROM_CMYK = QT_TRANSLATE_NOOP("events", "CMYK was converted to RGB without a colour profile.")
REPEATED_GRAY = QT_TRANSLATE_NOOP("events", "The gray channel was repeated for red, green and blue.")
_OTHER = QT_TRANSLATE_NOOP("events", "The colours were converted to RGB.")

#: Values of deep pictures that are converted in one go.
_STRIP = 2**22

_NOTES = {
    "1": (REPEATED_GRAY,),
    "L": (REPEATED_GRAY,),
    "LA": (DROPPED_ALPHA, REPEATED_GRAY),
    "P": (LOOKED_UP,),
    "PA": (LOOKED_UP, DROPPED_ALPHA),
    "RGBA": (DROPPED_ALPHA,),
    "CMYK": (FROM_CMYK,),
}


def to_rgb(image: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """A loaded ``image`` as 8-bit RGB, and notes on what that took.

    Modes of up to 8 bits are converted as ``Image.convert("RGB")`` does, which is what torchvision's loader
    calls: transparency is dropped, not blended, and colour profiles are not applied. That call would clip
    modes of more bits; they are scaled to 0..255 instead and repeated for the three channels: ``I;16`` by
    1/257; ``I`` and ``F`` by their values (0..1 for ``F``, 0..255 and, for ``I``, 0..65535 as they are
    meant; anything else from the smallest to the largest).

    Raises
    ------
    ImageError
        When Pillow has no conversion from the image's mode.
    Cancelled
        While deep values are scaled, a strip at a time.
    """
    # A palette's transparency as bytes makes Pillow warn; dropped, the colours are the same.
    has_key = image.info.pop("transparency", None) is not None
    notes = mode_notes(image.mode, has_key)
    if image.mode == "RGB":
        return image, notes
    if image.mode == "F" or image.mode.startswith("I"):
        gray, scaled = _to_eight_bits(np.asarray(image), whole=image.mode != "F", wide=image.mode != "I")
        return Image.fromarray(gray).convert("RGB"), (*scaled, *notes)
    try:
        return image.convert("RGB"), notes
    except ValueError as cause:
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "Images of mode {mode} cannot be converted to RGB."),
            remedy=QT_TRANSLATE_NOOP("errors", "Save it as RGB in an image editor."),
            detail=str(cause),
            mode=image.mode,
        ) from cause


def mode_notes(mode: str, has_key: bool = False) -> tuple[str, ...]:
    """What becomes of colours and transparency; ``has_key``: one colour, or entries of a palette, are
    transparent."""
    known = () if mode == "RGB" else (REPEATED_GRAY,) if mode[0] in "IF" else _NOTES.get(mode, (_OTHER,))
    return (DROPPED_ALPHA, *known) if has_key and DROPPED_ALPHA not in known else known


def _to_eight_bits(
    values: NDArray[np.generic], whole: bool, wide: bool
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Scale gray ``values`` [H, W] to ``uint8``; ``wide`` whole numbers use all 16 bits for certain.

    Strip by strip: as a whole, double precision would take eight times the memory.
    """
    rows = max(1, _STRIP // max(1, values.shape[1]))
    strips = [slice(top, top + rows) for top in range(0, len(values), rows)]
    low, high, is_finite = _range([values[strip] for strip in strips])
    scale, note = _scale(low, high, whole, wide)
    offset = low if note is _STRETCHED else 0.0
    result = np.empty(values.shape, np.uint8)
    for strip in strips:
        raise_if_cancelled_here()
        result[strip] = _scaled(values[strip], scale, offset)
    return result, (note,) if is_finite else (note, _NO_NUMBERS)


def _range(strips: list[NDArray[np.generic]]) -> tuple[float, float, bool]:
    """The smallest and the largest finite value (0 where there is none), and whether all are finite."""
    lows, highs, is_finite = [], [], True
    for strip in strips:
        finite = np.isfinite(strip)
        numbers = strip[finite].astype(np.float64)
        is_finite &= len(numbers) == strip.size
        if len(numbers):
            lows.append(float(numbers.min()))
            highs.append(float(numbers.max()))
    return min(lows, default=0.0), max(highs, default=0.0), is_finite


def _scaled(values: NDArray[np.generic], scale: float, offset: float) -> NDArray[np.uint8]:
    numbers = values.astype(np.float64)
    finite = np.isfinite(numbers)
    scaled = np.where(finite, (np.where(finite, numbers, 0.0) - offset) * scale, 0.0)
    return np.rint(scaled).clip(0, 255).astype(np.uint8)


def _scale(low: float, high: float, whole: bool, wide: bool) -> tuple[float, str]:
    if whole and wide:
        return 1 / 257, _SIXTEEN_BIT
    if low >= 0 and not whole and high <= 1:
        return 255.0, _UNIT
    if low >= 0 and high <= 255:
        return 1.0, _KEPT
    if low >= 0 and whole and high <= 65535:
        return 1 / 257, _SIXTEEN_BIT
    return 255 / (high - low) if high > low else 0.0, _STRETCHED
