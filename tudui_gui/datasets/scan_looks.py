"""What a scan keeps of every image of a data set: a digest, the size and a small thumbnail."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.scan_files import looks_at
from tudui_gui.datasets.scan_report import Report, ScanProgress
from tudui_gui.datasets.scan_worker import DIGEST, SIDE, Seen, field_means, look, pixel_hash
from tudui_gui.datasets.sources import ImageSet

Bytes = npt.NDArray[np.uint8]

#: Fields of the coarse colour picture along a side.
COLOUR_SIDE = 4

_CHUNK = 512
_TO_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_TO_CHROMA = np.array([[-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]], np.float32)


@dataclass(frozen=True, eq=False)
class Looks:
    """All images of some parts, one after another: 324 bytes an image.

    Attributes
    ----------
    starts : mapping
        Part -> number of its first image.
    digests : uint8, shape (N, 16)
        Equal exactly when size and RGB pixels are.
    sizes : int32, shape (N, 2)
        (width, height), upright.
    luma : uint8, shape (N, 16 * 16)
        Brightness of the thumbnail (ITU-R BT.601).
    chroma : int8, shape (N, 2 * 4 * 4)
        Cb and Cr of the thumbnail, coarser, around 0.
    errors : mapping of int to ImageError
        Why images cannot be read; their other values are 0.
    """

    starts: Mapping[str, int]
    digests: Bytes
    sizes: npt.NDArray[np.int32]
    luma: Bytes
    chroma: npt.NDArray[np.int8]
    errors: Mapping[int, ImageError]

    def __len__(self) -> int:
        return len(self.digests)

    @property
    def readable(self) -> npt.NDArray[np.bool_]:
        """Which images could be read, shape (N,)."""
        return self.sizes[:, 0] > 0

    def place(self, number: int) -> tuple[str, int]:
        """Part and index of an image."""
        part = next(name for name in reversed([*self.starts]) if self.starts[name] <= number)
        return part, int(number) - self.starts[part]


def look_at_parts(parts: Mapping[str, ImageSet], report: Report, cancel: CancelToken) -> Looks:
    """Look at every image of ``parts``, each decoded once.

    Images in memory go without Pillow. Raises ``Cancelled``.
    """
    starts, total = {}, 0
    for name, part in parts.items():
        starts[name] = total
        total += len(part)
    looks = Looks(
        starts,
        np.zeros((total, DIGEST), np.uint8),
        np.zeros((total, 2), np.int32),
        np.zeros((total, SIDE * SIDE), np.uint8),
        np.zeros((total, 2 * COLOUR_SIDE**2), np.int8),
        {},
    )
    done = 0
    for name, part in parts.items():
        for start, seen in _seen(part, cancel):
            _put(looks, starts[name] + start, seen)
            done += len(seen)
            report(ScanProgress("images", done, total))
    return looks


def _put(looks: Looks, start: int, seen: Seen) -> None:
    place = slice(start, start + len(seen))
    looks.digests[place], looks.sizes[place] = seen.digests, seen.sizes
    thumbs = seen.thumbs.astype(np.float32)
    looks.luma[place] = np.rint(thumbs @ _TO_LUMA).reshape(len(seen), -1)
    field = SIDE // COLOUR_SIDE
    coarse = thumbs.reshape(-1, COLOUR_SIDE, field, COLOUR_SIDE, field, 3).mean((2, 4))
    looks.chroma[place] = np.rint(coarse @ _TO_CHROMA.T).clip(-127, 127).reshape(len(seen), -1)
    assert isinstance(looks.errors, dict)
    looks.errors.update({start + at: error for at, error in seen.errors})


def _seen(part: ImageSet, cancel: CancelToken) -> Iterator[tuple[int, Seen]]:
    array = part.uniform_array()
    if array is not None:
        yield from _seen_in_memory(array, cancel)
        return
    paths = [part.path(index) for index in range(len(part))]
    if all(path is not None for path in paths):
        yield from looks_at([str(path) for path in paths], cancel)
        return
    start = 0
    while start < len(part):
        cancel.raise_if_cancelled()
        count, first = min(_CHUNK, len(part) - start), start
        seen = look(count, lambda at, first=first: part.image(first + at), time.monotonic() + 0.1)  # type: ignore[misc]
        yield start, seen
        start += len(seen)


def _seen_in_memory(array: Bytes, cancel: CancelToken) -> Iterator[tuple[int, Seen]]:
    size = (array.shape[2], array.shape[1])
    for start in range(0, len(array), _CHUNK):
        cancel.raise_if_cancelled()
        images = np.ascontiguousarray(array[start : start + _CHUNK])
        digests = b"".join(pixel_hash(size, image.data) for image in images)
        sizes = np.full((len(images), 2), size, np.int32)
        yield start, Seen(np.frombuffer(digests, np.uint8).reshape(-1, DIGEST), sizes, field_means(images))
