"""An image file as ``cv2.imread`` gives it: blue first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tudui_gui.core.cancellation import raise_if_cancelled_here
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.images.file_errors import DAMAGED, check_size
from tudui_gui.images.inspection import FileFacts, inspect
from tudui_gui.images.opencv import VERSION, from_bgr, imread, to_bgr
from tudui_gui.images.reading import (
    FIRST_OF_SEVERAL,
    HUGE_PIXELS,
    OPENCV,
    TURNED,
    Picture,
    read_image,
    reduced,
    turn_to_decode,
)
from tudui_gui.images.rgb import REPEATED_GRAY, mode_notes

_UPPER_BITS = QT_TRANSLATE_NOOP("events", "OpenCV kept the upper 8 of 16 bits (divided by 256).")
_FILLED_UP = QT_TRANSLATE_NOOP(
    "events", "The file is damaged or cut off; cv2.imread does not say so and fills up what is missing."
)
_NO_FILE = QT_TRANSLATE_NOOP(
    "events", "It is in no file: these are the pixels that cv2.imread gives for a PNG file of it."
)

Bgr = NDArray[np.uint8]


def read_bgr(path: Path, *, max_pixels: int = 200_000_000, reduction: int = 1) -> tuple[Picture, Bgr]:
    """The array that ``cv2.imread(path)`` returns, and the same picture as RGB. Any thread.

    OpenCV drops transparency, turns the picture as its EXIF data says, takes the first of several pictures
    and keeps the upper half of 16 bits; ``Picture.notes`` says which of it happened. Names in any script can
    be read. What OpenCV decodes of a JPEG may differ by a few levels from what Pillow does.

    Parameters
    ----------
    path : Path
    max_pixels : int
        Larger images are refused before anything is decoded.
    reduction : int
        As for :func:`tudui_gui.images.reading.read_image`.

    Returns
    -------
    Picture
    ndarray
        ``uint8 [H, W, 3]``, blue first.

    Raises
    ------
    ImageError
        As :func:`~tudui_gui.images.reading.read_image`, and where ``cv2.imread`` returns None.
    Cancelled
    """
    facts = inspect(path)
    check_size(reduced(facts.size, reduction), path, max_pixels)
    with turn_to_decode(reduced(facts.size, reduction)):
        array = imread(path, reduction)
        trouble = _trouble(path, facts)
        if array is None:
            raise trouble or _not_decoded(path, facts)
        notes = (*_notes(facts), *((_FILLED_UP,) if trouble and trouble.what == DAMAGED else ()))
        image = from_bgr(array)
    raise_if_cancelled_here()
    picture = Picture(image, path, facts.format, facts.mode, facts.size, notes, OPENCV, 0, reduction)
    return picture, array


def as_bgr(picture: Picture) -> tuple[Picture, Bgr]:
    """What OpenCV would hold of a picture that is in no file: its RGB pixels, blue first."""
    read = Picture(
        picture.image, None, picture.format, picture.mode, picture.size, (*picture.notes, _NO_FILE), OPENCV
    )
    return read, to_bgr(picture.image)


def _notes(facts: FileFacts) -> tuple[str, ...]:
    turned = (TURNED,) if facts.is_turned else ()
    several = (FIRST_OF_SEVERAL,) if facts.frames > 1 else ()
    is_deep = facts.mode.startswith("I;16")
    colours = (_UPPER_BITS, REPEATED_GRAY) if is_deep else mode_notes(facts.mode, facts.has_key)
    return (*turned, *several, *colours)


def _trouble(path: Path, facts: FileFacts) -> ImageError | None:
    """What Pillow says of a file that OpenCV may take without a word; it is not asked of a huge one."""
    if facts.pixels > HUGE_PIXELS:
        return None
    try:
        read_image(path)
    except ImageError as error:
        return error
    return None


def _not_decoded(path: Path, facts: FileFacts) -> ImageError:
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "OpenCV {version} cannot read {path} ({format}, mode {mode})."),
        remedy=QT_TRANSLATE_NOOP("errors", "Read it with PIL, or save it as PNG."),
        detail="cv2.imread(...) is None",
        version=VERSION,
        path=shown(path),
        format=facts.format,
        mode=facts.mode,
    )
