"""What can be wrong with an image file, and what a person can do about it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown

#: What is said of a file whose pixels cannot be decoded.
DAMAGED = QT_TRANSLATE_NOOP("errors", "{path} is damaged or cut off.")
_GET_AGAIN = QT_TRANSLATE_NOOP("errors", "Get the file again.")


def _text(path: Path | None) -> str:
    return "<image data>" if path is None else shown(path)


def not_an_image(path: Path | None) -> ImageError:
    """No format that can be read."""
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} is not an image that can be read."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose a JPEG, PNG, BMP, GIF, WebP or TIFF file."),
        path=_text(path),
    )


def empty(path: Path | None) -> ImageError:
    """A file without a byte."""
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} is empty: 0 bytes."), remedy=_GET_AGAIN, path=_text(path)
    )


def damaged(path: Path | None, cause: Exception) -> ImageError:
    """What a decoder met."""
    if isinstance(cause, MemoryError):
        return no_memory(path)
    return ImageError(
        DAMAGED,
        remedy=_GET_AGAIN,
        detail=str(cause) or type(cause).__name__,
        path=_text(path),
    )


def no_memory(path: Path | None) -> ImageError:
    """A picture for which the machine's memory is too small."""
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "There is not enough memory to open {path}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Make it smaller in an image editor, or close other programs."),
        path=_text(path),
    )


def no_such_picture(path: Path | None, frame: int) -> ImageError:
    """A file that does not hold so many pictures; ``frame`` counts from 0."""
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} holds no picture number {number}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose a smaller number."),
        path=_text(path),
        number=frame + 1,
    )


def not_reducible(path: Path | None, kind: str) -> ImageError:
    """A format whose pictures are decoded as a whole."""
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} ({format}) can only be opened as a whole."),
        remedy=QT_TRANSLATE_NOOP("errors", "JPEG files alone can be opened reduced."),
        path=_text(path),
        format=kind,
    )


def check_size(size: tuple[int, int], path: Path | None, max_pixels: int) -> None:
    """Raise ``ImageError`` for (width, height) of more than ``max_pixels``."""
    width, height = size
    if width * height > max_pixels:
        raise ImageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{path} is too large: {width} x {height} are {pixels:,} pixels, the limit is {limit:,}.",
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Make it smaller in an image editor."),
            path=_text(path),
            width=width,
            height=height,
            pixels=width * height,
            limit=max_pixels,
        )


def check_is_file(status: os.stat_result, path: Path) -> None:
    """Raise ``ImageError`` for a folder, a pipe and the like."""
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} is a folder, not an image."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a file inside it."),
            path=_text(path),
        )
    if not stat.S_ISREG(status.st_mode):
        raise not_an_image(path)


def unreadable(path: Path, cause: OSError | ValueError) -> ImageError:
    """What the system said when the file was opened."""
    if isinstance(cause, PermissionError):
        return ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} may not be read."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Allow reading in the file's properties, or copy it elsewhere."
            ),
            path=_text(path),
        )
    if isinstance(cause, FileNotFoundError | NotADirectoryError):
        return ImageError(
            QT_TRANSLATE_NOOP("errors", "{path} does not exist."),
            remedy=QT_TRANSLATE_NOOP("errors", "It may have been moved, renamed or deleted."),
            path=_text(path),
        )
    return ImageError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be read."),
        remedy=QT_TRANSLATE_NOOP("errors", "Check the drive and the file's name."),
        detail=str(cause),
        path=_text(path),
    )
