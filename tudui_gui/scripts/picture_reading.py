"""How scripts read a picture: the way the application read it, by either reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tudui_gui.images.reading import OPENCV, PIL, Picture
from tudui_gui.scripts.text import header_of, path_text, read_text

# Pillow itself warns of larger pictures, and refuses those twice as large.
_PILLOWS_LIMIT = 89_478_485

_NO_FILE = "# The picture is in no file: save it there first.\n"
_ANY_SIZE = "Image.MAX_IMAGE_PIXELS = None  # Pillow would refuse so large a picture"

_READ_BGR = '''\
def read_bgr(path, flag=cv2.IMREAD_COLOR):
    """What cv2.imread gives, for a name in any script: uint8 (height, width, 3), blue first."""
    return cv2.imdecode(np.fromfile(path, dtype=np.uint8), flag)
'''


@dataclass(frozen=True)
class PictureFile:
    """A picture as a script finds it again.

    Attributes
    ----------
    path : Path or None
        None for one in no file: the script names ``image.png`` to be replaced.
    reader : str
        ``"PIL"`` or ``"OpenCV"``.
    frame : int
        Which of the file's pictures, from 0.
    reduction : int
        1, or 2, 4, 8: so much less of each edge is decoded.
    """

    path: Path | None
    reader: str = PIL
    frame: int = 0
    reduction: int = 1

    @classmethod
    def of(cls, picture: Picture) -> PictureFile:
        """Where ``picture`` was read."""
        return cls(picture.path, picture.reader, picture.frame, picture.reduction)

    @property
    def expression(self) -> str:
        """Python text that reads it with what :func:`definitions` defines."""
        path = path_text(self.path)
        if self.reader != OPENCV:
            extra = {"frame": (self.frame, 0), "reduction": (self.reduction, 1)}
            given = "".join(f", {name}={value}" for name, (value, usual) in extra.items() if value != usual)
            return f"read_rgb({path}{given})"
        flag = "" if self.reduction == 1 else f", cv2.IMREAD_REDUCED_COLOR_{self.reduction}"
        return f"{'read_bgr' if self.needs_bytes else 'cv2.imread'}({path}{flag})"

    @property
    def needs_bytes(self) -> bool:
        """Whether ``cv2.imread`` might not find it: on Windows it takes no names in other scripts."""
        return self.reader == OPENCV and not path_text(self.path).isascii()


def definitions(files: Sequence[PictureFile]) -> str:
    """Python text of what the expressions of ``files`` call, and of what has to be known beforehand."""
    by_pillow = [file for file in files if file.reader != OPENCV]
    parts = []
    headers = [header_of(file.path) for file in by_pillow]
    if any(header.pixels > _PILLOWS_LIMIT for header in headers):
        parts.append(f"{_ANY_SIZE}\n")
    if by_pillow:
        parts.append(
            read_text(
                is_deep=any(header.is_deep for header in headers),
                frames=any(file.frame for file in by_pillow),
                reductions=any(file.reduction > 1 for file in by_pillow),
                keyed=any(header.keyed for header in headers),
            )
        )
    if any(file.needs_bytes for file in files):
        parts.append(_READ_BGR)
    return "\n\n".join(parts)


def remark(files: Sequence[PictureFile]) -> str:
    """A comment for pictures in no file; empty if all are in files."""
    return _NO_FILE if any(file.path is None for file in files) else ""
