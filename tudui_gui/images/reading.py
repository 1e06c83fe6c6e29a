"""From any image file to RGB pixels: the only way in, for looking, training and predicting."""

from __future__ import annotations

import os
import stat
import threading
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import ExifTags, Image, UnidentifiedImageError

from tudui_gui.core.cancellation import raise_if_cancelled_here
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.rgb import to_rgb

#: Endings of the files that a folder scan and a file dialog take for images, in lower case.
IMAGE_SUFFIXES = frozenset(
    {
        *(".avif", ".bmp", ".dib", ".gif", ".ico", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg"),
        *(".pbm", ".pcx", ".pgm", ".png", ".pnm", ".ppm", ".tga", ".tif", ".tiff", ".webp"),
    }
)

# Formats that run other programs (EPS) or are no pictures are left out.
_FORMATS = (
    *("JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF", "PPM"),
    *("MPO", "AVIF", "JPEG2000", "ICO", "TGA", "PCX", "DIB"),
)

# Files of so many bytes are read as a whole: Pillow asks for a header in many small pieces.
_READ_AT_ONCE = 2**20

# A thumbnail that is so many times as large as the square it is for is good enough to be made smaller again.
_ENOUGH = 4

#: Pictures of more pixels are decoded one at a time: each takes hundreds of megabytes.
HUGE_PIXELS = 50_000_000
_HUGE_LOCK = threading.Lock()
_POLL_SECONDS = 0.05

# Pillow's own guard warns or fails at a size of its own; read_image checks its limit before decoding.
Image.MAX_IMAGE_PIXELS = None

# Filters of warnings are one list for all threads.
_QUIET_LOCK = threading.Lock()
_is_silent = False

# How to turn a picture upright, by its EXIF orientation; 1 is upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset({5, 6, 7, 8})

# Where Pillow looks for the orientation in files other than TIFF; asking it in vain takes as long as decoding
# an icon.
_EXIF_PLACES = frozenset({"exif", "Raw profile type exif", "XML:com.adobe.xmp", "xmp"})

_TURNED = QT_TRANSLATE_NOOP("events", "The picture was turned upright as its EXIF data says.")
_EXIF_DAMAGED = QT_TRANSLATE_NOOP("events", "Its EXIF data is damaged and was ignored.")
_FIRST_FRAME = QT_TRANSLATE_NOOP("events", "The file holds several pictures; the first was taken.")
_NOT_AN_IMAGE = QT_TRANSLATE_NOOP("errors", "{path} is not an image that can be read.")
_OTHER_FILE = QT_TRANSLATE_NOOP("errors", "Choose a JPEG, PNG, BMP, GIF, WebP or TIFF file.")


@dataclass(frozen=True)
class Picture:
    """An image file's pixels as RGB, and what the file itself was.

    Attributes
    ----------
    image : PIL.Image.Image
        Mode ``RGB``, fully loaded, upright.
    path : Path or None
        The file; ``None`` for bytes.
    format : str
        Pillow's name of the file format, such as ``"JPEG"``.
    mode : str
        The file's own mode, such as ``"CMYK"``.
    size : tuple of int
        (width, height) in the file, before it was turned upright.
    notes : tuple of str
        What the conversion did, marked for translation in the context ``events``.
    """

    image: Image.Image
    path: Path | None
    format: str
    mode: str
    size: tuple[int, int]
    notes: tuple[str, ...] = ()


def is_image_path(path: Path) -> bool:
    """Whether the name ends like an image's; the file is not opened."""
    return path.suffix.lower() in IMAGE_SUFFIXES


def read_image(source: Path | bytes, *, max_pixels: int = 200_000_000) -> Picture:
    """Read a file, or a file's content, as RGB. Any thread; nothing is cached.

    EXIF orientation is applied (torchvision's loader does not do that); :func:`tudui_gui.images.rgb.to_rgb`
    says how colours and bit depths are converted. Of several pictures in a file the first is taken. Of
    pictures with more than :data:`HUGE_PIXELS` only one is decoded at a time, the other threads wait.

    Parameters
    ----------
    source : Path or bytes
    max_pixels : int
        Larger images are refused before anything is decoded.

    Raises
    ------
    ImageError
        When the file is missing, a folder, empty, not an image, damaged, too large or may not be read.
    Cancelled
        Before or after decoding, or while waiting, when the work that this thread heeds was cancelled.
    """
    if isinstance(source, bytes):
        return _read(BytesIO(source), len(source), None, max_pixels)
    return _read_path(source if isinstance(source, Path) else Path(source), max_pixels)


def _read_path(path: Path, max_pixels: int, side: int | None = None) -> Picture:
    raise_if_cancelled_here()
    try:
        status = path.stat()
        _check_is_file(status, path)
        if status.st_size <= _READ_AT_ONCE:
            return _read(BytesIO(path.read_bytes()), status.st_size, path, max_pixels, side)
        with path.open("rb") as stream:
            return _read(stream, status.st_size, path, max_pixels, side)
    except (OSError, ValueError) as cause:
        raise _unreadable(path, cause) from cause


def read_thumbnail(path: Path, side: int, *, max_pixels: int = 200_000_000) -> Image.Image:
    """A file as RGB for a square of ``side`` pixels, upright; JPEG is decoded only as large as that needs.

    The longer edge has at least ``side`` pixels, or as many as the file has; what is far larger than needed
    is made smaller at once, so that no one copies hundreds of megabytes for a small square. Any thread.

    Raises
    ------
    ImageError, Cancelled
        As :func:`read_image`.
    """
    image = _read_path(path, max_pixels, side).image
    factor = max(image.size) // (_ENOUGH * side)
    return image.reduce(tuple(min(factor, edge) for edge in image.size)) if factor > 1 else image  # type: ignore[arg-type]


def read_size(path: Path) -> tuple[int, int]:
    """(width, height) as the file's header states them; nothing is decoded. Any thread.

    Raises
    ------
    ImageError
        When the file is missing, a folder or not an image; damaged pixels are not noticed.
    """
    try:
        _check_is_file(path.stat(), path)
        with path.open("rb") as stream:
            return _open(stream, path).size
    except (OSError, ValueError) as cause:
        raise _unreadable(path, cause) from cause


def _check_is_file(status: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} is a folder, not an image."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a file inside it."),
            path=_shown(path),
        )
    if not stat.S_ISREG(status.st_mode):
        raise ImageError(_NOT_AN_IMAGE, remedy=_OTHER_FILE, path=_shown(path))


def _read(
    stream: IO[bytes], length: int, path: Path | None, max_pixels: int, side: int | None = None
) -> Picture:
    if length == 0:
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} is empty: 0 bytes."),
            remedy=QT_TRANSLATE_NOOP("errors", "Get the file again."),
            path=_shown(path),
        )
    image = _open(stream, path)
    kind, mode = image.format or "", image.mode
    _check_size(image.size, path, max_pixels)
    turns_itself = kind == "TIFF"
    orientation, exif_notes = _orientation(image) if turns_itself else (1, ())
    # A TIFF states its size as it will be once it has turned itself while loading.
    size = image.size[::-1] if orientation in _SIDEWAYS else image.size
    if side is not None:
        image.draft(None, tuple(max(1, side * edge // max(size)) for edge in image.size))  # type: ignore[arg-type]
    with _turn_of(image):
        load_notes = _load(image, path)
        if not turns_itself:
            orientation, exif_notes = _orientation(image)
            if orientation in _TURNS:
                image = image.transpose(_TURNS[orientation])
        rgb, colour_notes = to_rgb(image)
    raise_if_cancelled_here()
    return Picture(rgb, path, kind, mode, size, (*exif_notes, *load_notes, *colour_notes))


def _open(stream: IO[bytes], path: Path | None) -> Image.Image:
    try:
        with _quiet():
            return Image.open(stream, formats=_known_formats())
    except UnidentifiedImageError as cause:
        raise ImageError(_NOT_AN_IMAGE, remedy=_OTHER_FILE, path=_shown(path)) from cause
    except Exception as cause:  # Pillow's readers meet damaged headers with errors of any kind.
        raise _damaged(path, cause) from cause


def _check_size(size: tuple[int, int], path: Path | None, max_pixels: int) -> None:
    width, height = size
    if width * height > max_pixels:
        raise ImageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{path} is too large: {width} x {height} are {pixels:,} pixels, the limit is {limit:,}.",
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Make it smaller in an image editor."),
            path=_shown(path),
            width=width,
            height=height,
            pixels=width * height,
            limit=max_pixels,
        )


def _turn_of(image: Image.Image) -> AbstractContextManager[None]:
    width, height = image.size
    return _one_huge_at_a_time() if width * height > HUGE_PIXELS else nullcontext()


@contextmanager
def _one_huge_at_a_time() -> Iterator[None]:
    while not _HUGE_LOCK.acquire(timeout=_POLL_SECONDS):
        raise_if_cancelled_here()
    try:
        raise_if_cancelled_here()
        yield
    finally:
        _HUGE_LOCK.release()


def _load(image: Image.Image, path: Path | None) -> tuple[str, ...]:
    # Only TIFF parses metadata, and may warn, while it decodes; the others decode side by side in threads.
    try:
        with _quiet() if image.format == "TIFF" else nullcontext():
            several = getattr(image, "is_animated", False)
            image.load()
    except Exception as cause:  # Pillow's decoders meet damaged data with errors of any kind.
        raise _damaged(path, cause) from cause
    return (_FIRST_FRAME,) if several else ()


def _orientation(image: Image.Image) -> tuple[int, tuple[str, ...]]:
    """EXIF orientation, 1 if there is none, and the notes it makes."""
    if image.format != "TIFF" and not _EXIF_PLACES & image.info.keys():
        return 1, ()
    try:
        with _quiet():
            orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # Damaged EXIF data makes Pillow fail in many ways; the pixels are sound.
        return 1, (_EXIF_DAMAGED,)
    return (orientation, (_TURNED,)) if orientation in _TURNS else (1, ())


def silence_warnings() -> None:
    """Drop all warnings of this process from now on, without the care that each file takes otherwise."""
    global _is_silent
    warnings.simplefilter("ignore")
    _is_silent = True


@contextmanager
def _quiet() -> Iterator[None]:
    """Drop warnings about metadata; held only for headers, which are read in well under a millisecond."""
    if _is_silent:
        yield
        return
    with _QUIET_LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@cache
def _known_formats() -> tuple[str, ...]:
    Image.init()
    return tuple(name for name in _FORMATS if name in Image.OPEN)


def _unreadable(path: Path, cause: OSError | ValueError) -> ImageError:
    if isinstance(cause, PermissionError):
        return ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} may not be read."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Allow reading in the file's properties, or copy it elsewhere."
            ),
            path=_shown(path),
        )
    if isinstance(cause, FileNotFoundError | NotADirectoryError):
        return ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} does not exist."),
            remedy=QT_TRANSLATE_NOOP("errors", "It may have been moved, renamed or deleted."),
            path=_shown(path),
        )
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be read."),
        remedy=QT_TRANSLATE_NOOP("errors", "Check the drive and the file's name."),
        detail=str(cause),
        path=_shown(path),
    )


def _damaged(path: Path | None, cause: Exception) -> ImageError:
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} is damaged or cut off."),
        remedy=QT_TRANSLATE_NOOP("errors", "Get the file again."),
        detail=str(cause) or type(cause).__name__,
        path=_shown(path),
    )


def _shown(path: Path | None) -> str:
    """The path as text that any terminal and file takes: names need not be valid Unicode."""
    return "<image data>" if path is None else str(path).encode("utf-8", "replace").decode("utf-8")
