"""What a scan keeps of every image of a data set: a digest, the size and a small thumbnail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.scan_files import looks_at
from tudui_gui.datasets.scan_report import Report, ScanProgress
from tudui_gui.datasets.scan_worker import (
    COARSE,
    DIGEST,
    SIDE,
    Seen,
    field_means,
    luma_and_chroma,
    pixel_hash,
)
from tudui_gui.datasets.sources import ImageSet

Bytes = npt.NDArray[np.uint8]

_CHUNK = 512


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
    chroma : int8, shape (N, 4 * 4 * 2)
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
        np.zeros((total, COARSE**2 * 2), np.int8),
        {},
    )
    done = 0
    for start, seen in _seen(parts, starts, cancel):
        _put(looks, start, seen)
        done += len(seen)
        report(ScanProgress("images", done, total))
    return looks


def _put(looks: Looks, start: int, seen: Seen) -> None:
    place = slice(start, start + len(seen))
    looks.digests[place], looks.sizes[place] = seen.digests, seen.sizes
    looks.luma[place], looks.chroma[place] = seen.luma, seen.chroma
    assert isinstance(looks.errors, dict)
    looks.errors.update({start + at: error for at, error in seen.errors})


def _seen(
    parts: Mapping[str, ImageSet], starts: Mapping[str, int], cancel: CancelToken
) -> Iterator[tuple[int, Seen]]:
    """What is kept of all images: those in memory first."""
    others = []
    for name, part in parts.items():
        array = part.uniform_array()
        if array is None:
            others.append(name)
            continue
        for start, seen in _seen_in_memory(array, cancel):
            yield starts[name] + start, seen
    for (number, start), seen in looks_at([parts[name] for name in others], cancel):
        yield starts[others[number]] + start, seen


def _seen_in_memory(array: Bytes, cancel: CancelToken) -> Iterator[tuple[int, Seen]]:
    size = (array.shape[2], array.shape[1])
    for start in range(0, len(array), _CHUNK):
        cancel.raise_if_cancelled()
        images = np.ascontiguousarray(array[start : start + _CHUNK])
        digests = b"".join(pixel_hash(size, image.data) for image in images)
        sizes = np.full((len(images), 2), size, np.int32)
        luma, chroma = luma_and_chroma(field_means(images))
        yield start, Seen(np.frombuffer(digests, np.uint8).reshape(-1, DIGEST), sizes, luma, chroma)
