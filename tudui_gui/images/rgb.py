"""The one conversion of any PIL image to 8-bit RGB."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_SIXTEEN_BIT = QT_TRANSLATE_NOOP("events", "16-bit values were scaled to 8 bit (divided by 257).")
_UNIT = QT_TRANSLATE_NOOP("events", "Values from 0 to 1 were scaled to 0 to 255.")
_STRETCHED = QT_TRANSLATE_NOOP("events", "The smallest value became black, the largest white.")
_KEPT = QT_TRANSLATE_NOOP("events", "Values from 0 to 255 were kept.")
_NO_NUMBERS = QT_TRANSLATE_NOOP("events", "Values that are no finite numbers became black.")
_ALPHA = QT_TRANSLATE_NOOP("events", "Transparency was dropped.")
_PALETTE = QT_TRANSLATE_NOOP("events", "Palette colours were looked up.")
_CMYK = QT_TRANSLATE_NOOP("events", "CMYK was converted to RGB without a colour profile.")
_GRAY = QT_TRANSLATE_NOOP("events", "The gray channel was repeated for red, green and blue.")
_OTHER = QT_TRANSLATE_NOOP("events", "The colours were converted to RGB.")

_NOTES = {
    "1": (_GRAY,),
    "L": (_GRAY,),
    "LA": (_ALPHA, _GRAY),
    "P": (_PALETTE,),
    "PA": (_PALETTE, _ALPHA),
    "RGBA": (_ALPHA,),
    "CMYK": (_CMYK,),
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
    """
    if image.mode == "RGB":
        return image, ()
    if image.mode == "F" or image.mode.startswith("I"):
        gray, notes = _to_eight_bits(np.asarray(image), whole=image.mode != "F", wide=image.mode != "I")
        return Image.fromarray(gray).convert("RGB"), (*notes, _GRAY)
    # A palette's transparency as bytes makes Pillow warn; dropped, the colours are the same.
    image.info.pop("transparency", None)
    try:
        return image.convert("RGB"), _NOTES.get(image.mode, (_OTHER,))
    except ValueError as cause:
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "Images of mode {mode} cannot be converted to RGB."),
            remedy=QT_TRANSLATE_NOOP("errors", "Save it as RGB in an image editor."),
            detail=str(cause),
            mode=image.mode,
        ) from cause


def _to_eight_bits(
    values: NDArray[np.generic], whole: bool, wide: bool
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Scale gray ``values`` [H, W] to ``uint8``; ``wide`` whole numbers use all 16 bits for certain."""
    numbers = values.astype(np.float64)
    finite = np.isfinite(numbers)
    notes = () if finite.all() else (_NO_NUMBERS,)
    low, high = (numbers[finite].min(), numbers[finite].max()) if finite.any() else (0.0, 0.0)
    scale, note = _scale(low, high, whole, wide)
    offset = low if note is _STRETCHED else 0.0
    scaled = np.where(finite, (np.where(finite, numbers, 0.0) - offset) * scale, 0.0)
    return np.rint(scaled).clip(0, 255).astype(np.uint8), (note, *notes)


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
