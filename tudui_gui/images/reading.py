"""From any image file to RGB pixels: the only way in, for looking, training and predicting."""

from __future__ import annotations

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
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.file_errors import (
    check_is_file,
    check_size,
    damaged,
    empty,
    no_such_picture,
    not_an_image,
    not_reducible,
    unreadable,
)
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
SIDEWAYS = frozenset({5, 6, 7, 8})

# Where Pillow looks for the orientation in files other than TIFF; asking it in vain takes as long as decoding
# an icon.
_EXIF_PLACES = frozenset({"exif", "Raw profile type exif", "XML:com.adobe.xmp", "xmp"})

#: Notes of a :class:`Picture`.
TURNED = QT_TRANSLATE_NOOP("events", "The picture was turned upright as its EXIF data says.")
FIRST_OF_SEVERAL = QT_TRANSLATE_NOOP("events", "The file holds several pictures; the first was taken.")
_EXIF_DAMAGED = QT_TRANSLATE_NOOP("events", "Its EXIF data is damaged and was ignored.")

#: Formats whose decoder can leave out pixels: at a half, a quarter or an eighth of width and height.
REDUCIBLE = frozenset({"JPEG", "MPO"})
# Their pictures do not build on each other.
_APART = frozenset({"TIFF", "MPO"})

#: Who decodes.
PIL, OPENCV = "PIL", "OpenCV"


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
    reader : str
        :data:`PIL` or :data:`OPENCV`.
    frame : int
        Which of the file's pictures it is, from 0.
    reduction : int
        1, or that only every 2nd, 4th or 8th row and column was decoded, as ``Image.draft`` does it.
    """

    image: Image.Image
    path: Path | None
    format: str
    mode: str
    size: tuple[int, int]
    notes: tuple[str, ...] = ()
    reader: str = PIL
    frame: int = 0
    reduction: int = 1


@dataclass(frozen=True)
class _Wanted:
    """What of a file is wanted: its first picture unless ``frame`` says another."""

    max_pixels: int
    side: int | None = None
    frame: int | None = None
    reduction: int = 1


def is_image_path(path: Path) -> bool:
    """Whether the name ends like an image's; the file is not opened."""
    return path.suffix.lower() in IMAGE_SUFFIXES


def read_image(
    source: Path | bytes, *, max_pixels: int = 200_000_000, frame: int | None = None, reduction: int = 1
) -> Picture:
    """Read a file, or a file's content, as RGB. Any thread; nothing is cached.

    EXIF orientation is applied (torchvision's loader does not do that); :func:`tudui_gui.images.rgb.to_rgb`
    says how colours and bit depths are converted. Of several pictures in a file the first is taken. Of
    pictures with more than :data:`HUGE_PIXELS` only one is decoded at a time, the other threads wait.

    Parameters
    ----------
    source : Path or bytes
    max_pixels : int
        Larger images are refused before anything is decoded.
    frame : int, optional
        Another of several pictures, from 0, as ``Image.seek`` gives it; those before it are decoded too where
        each is drawn over the last.
    reduction : int
        2, 4 or 8 decodes that much less of each edge; for the formats of :data:`REDUCIBLE`.

    Raises
    ------
    ImageError
        When the file is missing, a folder, empty, not an image, damaged, too large or may not be read, or
        holds fewer pictures.
    Cancelled
        Before or after decoding, or while waiting, when the work that this thread heeds was cancelled.
    """
    wanted = _Wanted(max_pixels, None, frame, reduction)
    if isinstance(source, bytes):
        return _read(BytesIO(source), len(source), None, wanted)
    return _read_path(source if isinstance(source, Path) else Path(source), wanted)


def _read_path(path: Path, wanted: _Wanted) -> Picture:
    with opened(path) as (stream, length):
        return _read(stream, length, path, wanted)


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The file's bytes and their number; what the system refuses is an ``ImageError``."""
    raise_if_cancelled_here()
    try:
        status = path.stat()
        check_is_file(status, path)
        if status.st_size <= _READ_AT_ONCE:
            yield BytesIO(path.read_bytes()), status.st_size
        else:
            with path.open("rb") as stream:
                yield stream, status.st_size
    except (OSError, ValueError) as cause:
        raise unreadable(path, cause) from cause


def read_thumbnail(path: Path, side: int, *, max_pixels: int = 200_000_000) -> Image.Image:
    """A file as RGB for a square of ``side`` pixels, upright; JPEG is decoded only as large as that needs.

    The longer edge has at least ``side`` pixels, or as many as the file has; what is far larger than needed
    is made smaller at once, so that no one copies hundreds of megabytes for a small square. Any thread.

    Raises
    ------
    ImageError, Cancelled
        As :func:`read_image`.
    """
    image = _read_path(path, _Wanted(max_pixels, side)).image
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
        check_is_file(path.stat(), path)
        with path.open("rb") as stream:
            return open_header(stream, path).size
    except (OSError, ValueError) as cause:
        raise unreadable(path, cause) from cause


def _read(stream: IO[bytes], length: int, path: Path | None, wanted: _Wanted) -> Picture:
    if length == 0:
        raise empty(path)
    image = open_header(stream, path)
    kind, mode = image.format or "", image.mode
    if wanted.frame:
        seek(image, wanted.frame, path)
        mode = image.mode if kind == "TIFF" else mode
    check_size(reduced(image.size, wanted.reduction), path, wanted.max_pixels)
    turns_itself = kind == "TIFF"
    turn, exif_notes = orientation(image) if turns_itself else (1, ())
    # A TIFF states its size as it will be once it has turned itself while loading.
    size = image.size[::-1] if turn in SIDEWAYS else image.size
    _leave_out(image, path, wanted)
    with turn_to_decode(image.size):
        load_notes = _load(image, path)
        if not turns_itself:
            turn, exif_notes = orientation(image)
            if turn in _TURNS:
                image = image.transpose(_TURNS[turn])
        rgb, colour_notes = to_rgb(image)
    raise_if_cancelled_here()
    notes = (*exif_notes, *(load_notes if wanted.frame is None else ()), *colour_notes)
    return Picture(rgb, path, kind, mode, size, notes, PIL, wanted.frame or 0, wanted.reduction)


def open_header(stream: IO[bytes], path: Path | None) -> Image.Image:
    """The image with nothing decoded yet. Raises ``ImageError``."""
    try:
        with _quiet():
            return Image.open(stream, formats=_known_formats())
    except UnidentifiedImageError as cause:
        raise not_an_image(path) from cause
    except Exception as cause:  # Pillow's readers meet damaged headers with errors of any kind.
        raise damaged(path, cause) from cause


def seek(image: Image.Image, frame: int, path: Path | None) -> None:
    """Go to another picture of the file, one after the other, so that it can be cancelled on the way.

    Raises
    ------
    ImageError
        When there is none, or one on the way is damaged.
    Cancelled
    """
    for number in (frame,) if image.format in _APART else range(1, frame + 1):
        raise_if_cancelled_here()
        try:
            with _quiet() if image.format == "TIFF" else nullcontext():
                image.seek(number)
        except EOFError as cause:
            raise no_such_picture(path, frame) from cause
        except Exception as cause:  # As in load.
            raise damaged(path, cause) from cause


def reduced(size: tuple[int, int], reduction: int) -> tuple[int, int]:
    """(width, height) of what is decoded of a picture of ``size``."""
    width, height = size
    return -(-width // reduction), -(-height // reduction)


def _leave_out(image: Image.Image, path: Path | None, wanted: _Wanted) -> None:
    """Tell the decoder what it need not decode."""
    width, height = image.size
    if wanted.side is not None:
        edges = (wanted.side * edge // max(width, height) for edge in (width, height))
        image.draft(None, tuple(max(1, edge) for edge in edges))  # type: ignore[arg-type]
    if wanted.reduction > 1:
        if image.format not in REDUCIBLE:
            raise not_reducible(path, image.format or "")
        image.draft(None, (width // wanted.reduction, height // wanted.reduction))


def turn_to_decode(size: tuple[int, int]) -> AbstractContextManager[None]:
    """Wait until a picture of (width, height) may be decoded. Raises ``Cancelled`` while it waits."""
    width, height = size
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
        raise damaged(path, cause) from cause
    return (FIRST_OF_SEVERAL,) if several else ()


def orientation(image: Image.Image) -> tuple[int, tuple[str, ...]]:
    """EXIF orientation, 1 if there is none, and the notes it makes."""
    if image.format != "TIFF" and not _EXIF_PLACES & image.info.keys():
        return 1, ()
    try:
        with _quiet():
            turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # Damaged EXIF data makes Pillow fail in many ways; the pixels are sound.
        return 1, (_EXIF_DAMAGED,)
    return (turn, (TURNED,)) if turn in _TURNS else (1, ())


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
