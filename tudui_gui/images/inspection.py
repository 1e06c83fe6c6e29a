"""What an image file holds, by its header: asked before anything large is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

import psutil
from PIL import Image

from tudui_gui.images.file_errors import empty
from tudui_gui.images.reading import OPENCV, PIL, REDUCIBLE, open_header, opened, orientation, reduced, seek

#: Pictures of more pixels are opened only after a question.
ASKED_PIXELS = 100_000_000

#: Share of the free memory that one picture may take.
_SHARE = 0.8

#: Bytes a pixel for its facts, its values as the probe reads them, and what is shown (measured).
_LOOKING = 9

#: Bytes of a pixel in Pillow's memory; four for the modes that are not here.
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}


@dataclass(frozen=True)
class FileFacts:
    """One picture of a file, as the header states it.

    Attributes
    ----------
    format : str
        Pillow's name, such as ``"GIF"``.
    mode : str
    size : tuple of int
        (width, height), before it is turned upright.
    frames : int
        How many pictures the file holds.
    is_turned : bool
        Its EXIF data says that it is not stored upright.
    has_key : bool
        One colour, or entries of the palette, are transparent.
    """

    format: str
    mode: str
    size: tuple[int, int]
    frames: int
    is_turned: bool = False
    has_key: bool = False

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.size[0] * self.size[1]

    @property
    def is_huge(self) -> bool:
        """Whether a person is asked before it is opened."""
        return self.pixels > ASKED_PIXELS

    def memory(self, reader: str = PIL, reduction: int = 1) -> int:
        """Bytes that reading the picture and looking at it step by step take at the most, about."""
        width, height = reduced(self.size, reduction)
        own = 3 if reader == OPENCV else 0 if self.mode == "RGB" else _BYTES.get(self.mode, 4)
        turned = 4 if self.is_turned and reader == PIL else 0
        # Pillow's RGB takes four bytes a pixel.
        per_pixel = own + turned + 4 + _LOOKING
        return width * height * per_pixel

    @property
    def reduction(self) -> int:
        """The least reduction that makes it small enough not to ask; 1 where its format has none."""
        if self.format not in REDUCIBLE:
            return 1
        sizes = {by: reduced(self.size, by) for by in (1, 2, 4, 8)}
        enough = (by for by, (width, height) in sizes.items() if width * height <= ASKED_PIXELS)
        return next(enough, 8)


def inspect(source: Path | bytes, frame: int = 0) -> FileFacts:
    """Look at a file's header, and count its pictures. Any thread; nothing is decoded up to picture 0.

    Raises
    ------
    ImageError
        As :func:`tudui_gui.images.reading.read_image`, but for damaged pixels.
    Cancelled
    """
    if isinstance(source, bytes):
        return _facts(BytesIO(source), len(source), None, frame)
    with opened(source) as (stream, length):
        return _facts(stream, length, source, frame)


def _facts(stream: IO[bytes], length: int, path: Path | None, frame: int) -> FileFacts:
    if length == 0:
        raise empty(path)
    image = open_header(stream, path)
    frames = _count(image)
    if frame:
        seek(image, frame, path)
    turn, _ = orientation(image)
    has_key = "transparency" in image.info
    return FileFacts(image.format or "", image.mode, image.size, frames, turn != 1, has_key)


def _count(image: Image.Image) -> int:
    try:
        return max(1, getattr(image, "n_frames", 1))
    except Exception:  # A damaged later picture: reading it will say so, the first may be sound.
        return 1


def free_memory() -> int:
    """Bytes that a picture may take on this machine now."""
    return int(_SHARE * psutil.virtual_memory().available)
