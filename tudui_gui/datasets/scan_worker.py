"""What a scan keeps of each image file; also the process that looks at files for it.

``python -c "from tudui_gui.datasets.scan_worker import serve; serve()"`` answers on standard output what it
is asked on standard input. A decoder that crashes on a hostile file ends that process alone.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.core.errors import ImageError
from tudui_gui.images.reading import read_image, silence_warnings

#: Fields along a side for brightness and for colour, and bytes of a digest.
SIDE, COARSE = 16, 4
DIGEST = 16

_TO_LUMA = (np.float32(0.299), np.float32(0.587), np.float32(0.114))
_TO_CHROMA = np.array([[-0.168736, 0.5], [-0.331264, -0.418688], [0.5, -0.081312]], np.float32)

# Large pictures are hashed in strips of so many pixels, to copy little at a time. The thumbnails of small
# ones are made together, which takes a third of the time.
_STRIP, _SMALL = 2**20, 2**12


@dataclass(frozen=True)
class Seen:
    """What is kept of the first ``n`` of some images.

    Attributes
    ----------
    digests : uint8, shape (n, 16)
        Equal exactly when size and RGB pixels are.
    sizes : int32, shape (n, 2)
        (width, height), upright; 0 for an image that cannot be read.
    luma : uint8, shape (n, 16 * 16)
        Brightness (ITU-R BT.601), the mean of each of 16 x 16 fields.
    chroma : int8, shape (n, 4 * 4 * 2)
        Cb and Cr around 0, the means of 4 x 4 fields.
    errors : tuple of (int, ImageError)
        Places of the images that cannot be read, and why.
    """

    digests: npt.NDArray[np.uint8]
    sizes: npt.NDArray[np.int32]
    luma: npt.NDArray[np.uint8]
    chroma: npt.NDArray[np.int8]
    errors: tuple[tuple[int, ImageError], ...] = ()

    def __len__(self) -> int:
        return len(self.digests)


def look_at_files(paths: Sequence[str], seconds: float, stopped: Callable[[], bool] | None = None) -> Seen:
    """Decode files, at least one, for at most about ``seconds``; the rest is for the next call."""
    end = time.monotonic() + seconds
    return look(len(paths), lambda at: read_image(Path(paths[at])).image, end, stopped)


def look(
    count: int,
    decode: Callable[[int], Image.Image],
    end: float,
    stopped: Callable[[], bool] | None = None,
) -> Seen:
    """What is kept of ``decode(0)``, ``decode(1)`` ... until ``time.monotonic()`` is past ``end``."""
    digests, sizes, errors = bytearray(), [], []
    thumbs = np.zeros((count, SIDE, SIDE, 3), np.uint8)
    small: dict[tuple[int, int], dict[int, bytes]] = {}
    for at in range(count):
        if at and (time.monotonic() > end or (stopped is not None and stopped())):
            break
        try:
            image = decode(at)
        except ImageError as error:
            errors.append((at, error))
            digests += bytes(DIGEST)
            sizes.append((0, 0))
            continue
        sizes.append(image.size)
        if image.width * image.height <= _SMALL:
            pixels = image.tobytes()
            digests += pixel_hash(image.size, pixels)
            small.setdefault(image.size, {})[at] = pixels
        else:
            digests += _digest_in_strips(image)
            thumbs[at] = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX))
    for (width, height), some in small.items():
        stacked = np.frombuffer(b"".join(some.values()), np.uint8).reshape(-1, height, width, 3)
        thumbs[list(some)] = field_means(stacked)
    return Seen(
        np.frombuffer(digests, np.uint8).reshape(-1, DIGEST),
        np.array(sizes, np.int32).reshape(-1, 2),
        *luma_and_chroma(thumbs[: len(sizes)]),
        tuple(errors),
    )


def luma_and_chroma(thumbs: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int8]]:
    """What :class:`Seen` keeps of thumbnails [n, SIDE, SIDE, 3]."""
    fields = thumbs.reshape(len(thumbs), SIDE * SIDE, 3).astype(np.float32)
    luma = sum(weight * fields[..., channel] for channel, weight in enumerate(_TO_LUMA))
    chroma = (_coarse_matrix() @ fields) @ _TO_CHROMA
    return np.rint(luma).astype(np.uint8), np.rint(chroma).clip(-127, 127).astype(np.int8).reshape(
        len(thumbs), COARSE**2 * 2
    )


@cache
def _coarse_matrix() -> npt.NDArray[np.float32]:
    """Matrix [COARSE**2, SIDE**2] that takes the means of larger fields."""
    one_side = np.repeat(np.eye(COARSE), SIDE // COARSE, axis=1) * (COARSE / SIDE)
    return np.kron(one_side, one_side).astype(np.float32)


def pixel_hash(size: tuple[int, int], pixels: bytes | memoryview) -> bytes:
    """The digest of an image of this (width, height), from its RGB bytes row by row."""
    made = hashlib.sha256(b"%d %d " % size)
    made.update(pixels)
    return made.digest()[:DIGEST]


def _digest_in_strips(image: Image.Image) -> bytes:
    width, height = image.size
    made = hashlib.sha256(b"%d %d " % image.size)
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        made.update(image.crop((0, top, width, min(top + rows, height))).tobytes())
    return made.digest()[:DIGEST]


def field_means(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Thumbnails [N, SIDE, SIDE, 3] of images [N, H, W, 3], as Pillow's BOX filter makes them (give or take
    1): means of the pixels whose centres lie in a field, or the nearest one."""
    rows, columns = (_mean_matrix(length) for length in images.shape[1:3])
    planes = images.transpose(0, 3, 1, 2).astype(np.float32)
    means = np.rint(rows @ planes @ columns.T)
    return means.astype(np.uint8).transpose(0, 2, 3, 1)


@cache
def _mean_matrix(length: int) -> npt.NDArray[np.float32]:
    """Matrix [SIDE, length] that takes the means along one side."""
    scale = length / SIDE
    reach = max(1.0, scale) / 2
    centres = (np.arange(SIDE) + 0.5) * scale
    distances = np.arange(length) + 0.5 - centres[:, None]
    weights = ((distances > -reach) & (distances <= reach)).astype(np.float32)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def serve() -> None:
    """Answer pickled ``(paths, seconds)`` with pickled :class:`Seen` until the input ends."""
    silence_warnings()
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    pickle.dump(None, answers)
    answers.flush()
    while True:
        try:
            paths, seconds = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(look_at_files(paths, seconds), answers, protocol=5)
        answers.flush()
