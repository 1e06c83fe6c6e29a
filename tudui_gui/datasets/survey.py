"""What one pass over all images of a set can tell: channels, sizes, modes, classes, broken files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.passes import in_chunks
from tudui_gui.datasets.sources import NO_LABEL, ImageSet
from tudui_gui.datasets.statistics import ChannelMeanStd, Histogram, from_histogram, histogram_of
from tudui_gui.images.reading import read_image

Sums = npt.NDArray[np.int64]
Pixels = npt.NDArray[np.uint8]

#: Images in memory of one size up to this are averaged as they are.
LARGEST_OWN_SIZE = 96
_SIDES = (64, 32, 16)
#: Pixels of all mean images together: sums and squares take 48 bytes of each.
_MOST_PIXELS = 2**20
_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class ClassMeans:
    """What the images of each class look like on the average.

    Every image is first brought to :attr:`size` as :func:`means_size` says.

    Attributes
    ----------
    size : tuple of int
        (width, height) in pixels.
    counts : ndarray of int64, shape (classes,)
        Images that were averaged.
    mean, std : ndarray of float64, shape (classes, height, width, 3)
        0..1, the population's standard deviation; not-a-number for a class without images.
    """

    size: tuple[int, int]
    counts: npt.NDArray[np.int64]
    mean: npt.NDArray[np.float64]
    std: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Unreadable:
    """An image that was passed over, and why."""

    index: int
    error: ImageError


@dataclass(frozen=True, eq=False)
class Survey:
    """What the images of a set are.

    Attributes
    ----------
    statistics : ChannelMeanStd or None
        As :func:`~tudui_gui.datasets.statistics.channel_mean_std`, of the images that can be read; None:
        there is none.
    sizes : tuple of ((width, height), count)
        As stored, the most frequent first.
    modes : tuple of (str, count)
        PIL modes as stored, the most frequent first.
    classes : ClassMeans
    unreadable : tuple of Unreadable
    looked_at : int
        Images in all, with the unreadable ones.
    """

    statistics: ChannelMeanStd | None
    sizes: tuple[tuple[tuple[int, int], int], ...]
    modes: tuple[tuple[str, int], ...]
    classes: ClassMeans
    unreadable: tuple[Unreadable, ...]
    looked_at: int


def means_size(image_set: ImageSet) -> tuple[int, int]:
    """(width, height) that images are averaged at.

    Images in memory of one size of at most 96 pixels keep it. Others are resized by Pillow (bilinear, which
    averages when it shrinks; the aspect ratio is not kept) to a square: of 64 pixels for up to 256 classes,
    32 for up to 1,024, else 16.
    """
    array = image_set.uniform_array()
    if array is not None and max(array.shape[1:3]) <= LARGEST_OWN_SIZE:
        return array.shape[2], array.shape[1]
    side = next((s for s in _SIDES if s * s * len(image_set.classes) <= _MOST_PIXELS), _SIDES[-1])
    return side, side


def survey(
    image_set: ImageSet, cancel: CancelToken, progress: Callable[[int, int], None] | None = None
) -> Survey:
    """Look at every image once; those that cannot be read are named and passed over.

    Files are decoded by several threads.

    Parameters
    ----------
    image_set : ImageSet
    cancel : CancelToken
    progress : callable, optional
        Called on this thread with (images done, images in all).

    Raises
    ------
    Cancelled
    """
    seen = _Seen(image_set)
    looks = _looks(image_set, seen.size, cancel)
    done = 0
    for look in looks:
        done += seen.add(look)
        if progress is not None:
            progress(done, len(image_set))
    return seen.result()


@dataclass
class _Look:
    """What was seen of a few images."""

    histogram: Histogram
    sizes: Counter[tuple[int, int]]
    modes: Counter[str]
    pixels: Pixels
    labels: npt.NDArray[np.int64]
    unreadable: list[Unreadable] = field(default_factory=list)


class _Seen:
    """Sums that grow."""

    def __init__(self, image_set: ImageSet) -> None:
        self._image_set = image_set
        self.size = means_size(image_set)
        shape = (len(image_set.classes), self.size[1], self.size[0], 3)
        self._sums: Sums = np.zeros(shape, np.int64)
        self._squares: Sums = np.zeros(shape, np.int64)
        self._counts = np.zeros(len(image_set.classes), np.int64)
        self._histogram: Histogram = np.zeros((3, 256), np.int64)
        self._sizes: Counter[tuple[int, int]] = Counter()
        self._modes: Counter[str] = Counter()
        self._unreadable: list[Unreadable] = []

    def add(self, look: _Look) -> int:
        """Add what was seen; the number of images it was of."""
        self._histogram += look.histogram
        self._sizes += look.sizes
        self._modes += look.modes
        self._unreadable += look.unreadable
        for label in np.unique(look.labels[look.labels != NO_LABEL]):
            pixels = look.pixels[look.labels == label]
            self._counts[label] += len(pixels)
            self._sums[label] += pixels.sum(axis=0, dtype=np.uint32)
            # 16 bits hold the square of a byte, 32 the sum of 65,536 of them.
            wide = pixels.astype(np.uint16)
            self._squares[label] += np.square(wide, out=wide).sum(axis=0, dtype=np.uint32)
        return len(look.labels) + len(look.unreadable)

    def result(self) -> Survey:
        """All of it."""
        return Survey(
            from_histogram(self._histogram) if self._histogram.any() else None,
            tuple(self._sizes.most_common()),
            tuple(self._modes.most_common()),
            self._means(),
            tuple(self._unreadable),
            len(self._image_set),
        )

    def _means(self) -> ClassMeans:
        counts = self._counts.reshape(-1, 1, 1, 1)
        with np.errstate(invalid="ignore"):
            mean = self._sums / counts / 255
            # Whole numbers to the last moment: no small difference of large ones.
            std = np.sqrt((self._squares * counts - self._sums**2).astype(np.float64)) / counts / 255
        return ClassMeans(self.size, self._counts, mean, std)


def _looks(image_set: ImageSet, size: tuple[int, int], cancel: CancelToken) -> Iterator[_Look]:
    array = image_set.uniform_array()
    if array is None or size != (array.shape[2], array.shape[1]):
        yield from in_chunks(lambda chunk: _look_at(image_set, size, chunk), range(len(image_set)), cancel)
        return
    mode = image_set.item(0).mode if len(array) else ""
    # Class by class: a few long sums are faster than many short ones.
    order = np.argsort(image_set.labels, kind="stable")
    for start in range(0, len(order), _AT_ONCE):
        cancel.raise_if_cancelled()
        chosen = order[start : start + _AT_ONCE]
        pixels = array.transpose(0, 3, 1, 2)[chosen].transpose(0, 2, 3, 1)
        count = len(chosen)
        labels = image_set.labels[chosen]
        yield _Look(histogram_of(pixels), Counter({size: count}), Counter({mode: count}), pixels, labels)


def _look_at(image_set: ImageSet, size: tuple[int, int], indices: Sequence[int]) -> _Look:
    found = _Look(
        np.zeros((3, 256), np.int64), Counter(), Counter(), np.empty((0, *size, 3), np.uint8), np.arange(0)
    )
    small, labels = [], []
    for index in indices:
        try:
            image, stored_size, mode = _read(image_set, index)
        except ImageError as error:
            found.unreadable.append(Unreadable(index, error))
            continue
        found.histogram += histogram_of(np.asarray(image)[None])
        found.sizes[stored_size] += 1
        found.modes[mode] += 1
        small.append(np.asarray(image.resize(size, Image.Resampling.BILINEAR)))
        labels.append(image_set.labels[index])
    if small:
        found.pixels, found.labels = np.stack(small), np.array(labels)
    return found


def _read(image_set: ImageSet, index: int) -> tuple[Image.Image, tuple[int, int], str]:
    """The image with its size and mode as stored; a file is decoded once."""
    path = image_set.path(index)
    if path is None:
        item = image_set.item(index)
        return image_set.image(index), item.size, item.mode
    picture = read_image(path)
    return picture.image, picture.size, picture.mode
