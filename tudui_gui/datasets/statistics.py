"""Numbers about an image set: images per class, mean and standard deviation per channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.passes import in_chunks
from tudui_gui.datasets.sources import NO_LABEL, ImageSet
from tudui_gui.images.opencv import count_levels

_LEVELS = np.arange(256, dtype=np.float64) / 255
#: Images in memory that are counted between two looks at the cancel token.
_AT_ONCE = 4096

Pixels = npt.NDArray[np.uint8]
#: How often each value occurs in each channel, int64 (3, 256).
Histogram = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ChannelMeanStd:
    """Mean and standard deviation of red, green and blue over all pixels, on the scale 0..1 of ``ToTensor``.

    ``std`` is the population's (divided by the number of pixels), as ``numpy.std`` gives it.
    """

    mean: tuple[float, float, float]
    std: tuple[float, float, float]


def class_counts(image_set: ImageSet) -> npt.NDArray[np.int64]:
    """Images per class, shape (classes,), in the order of ``image_set.classes``; no label counts nowhere."""
    labels = image_set.labels[image_set.labels != NO_LABEL]
    return np.bincount(labels, minlength=len(image_set.classes)).astype(np.int64)


def channel_mean_std(
    image_set: ImageSet,
    cancel: CancelToken,
    progress: Callable[[int, int], None] | None = None,
) -> ChannelMeanStd:
    """Mean and standard deviation per channel over every pixel of a set, in float64.

    The pixels are counted by value, so the result does not depend on the order and no precision is lost.
    Large images weigh more than small ones, by their number of pixels. Files are decoded by several threads.
    :func:`tudui_gui.datasets.survey.survey` gives the same of the images that can be read.

    Parameters
    ----------
    image_set : ImageSet
        Not empty.
    cancel : CancelToken
    progress : callable, optional
        Called on this thread with (images done, images in all).

    Raises
    ------
    ImageError
        A file cannot be read.
    Cancelled
    """
    histogram = np.zeros((3, 256), dtype=np.int64)
    done = 0
    for counted, counts in _counted(image_set, cancel):
        histogram += counts
        done += counted
        if progress is not None:
            progress(done, len(image_set))
    return from_histogram(histogram)


def _counted(image_set: ImageSet, cancel: CancelToken) -> Iterator[tuple[int, Histogram]]:
    """(images, histogram) of a few images at a time."""
    array = image_set.uniform_array()
    if array is None:
        yield from in_chunks(lambda chunk: _of_files(image_set, chunk), range(len(image_set)), cancel)
        return
    for start in range(0, len(array), _AT_ONCE):
        cancel.raise_if_cancelled()
        part = array[start : start + _AT_ONCE]
        yield len(part), histogram_of(part)


def _of_files(image_set: ImageSet, indices: Sequence[int]) -> tuple[int, Histogram]:
    found = [histogram_of(np.asarray(image_set.image(index))[None]) for index in indices]
    return len(found), np.sum(found, axis=0)


def histogram_of(pixels: Pixels) -> Histogram:
    """How often each value occurs in each channel of uint8 NHWC images."""
    planes = pixels.transpose(3, 0, 1, 2)
    # The planes of images in memory lie together, so that nothing is copied.
    return np.stack([count_levels(plane.reshape(len(pixels), -1)) for plane in planes])


def from_histogram(histogram: Histogram) -> ChannelMeanStd:
    """Mean and standard deviation of pixels that were counted; of at least one."""
    weights = histogram / histogram.sum(axis=1, keepdims=True)
    mean = weights @ _LEVELS
    variance = (weights * (_LEVELS - mean[:, None]) ** 2).sum(axis=1)
    red, green, blue = mean.tolist()
    std_red, std_green, std_blue = np.sqrt(variance).tolist()
    return ChannelMeanStd((red, green, blue), (std_red, std_green, std_blue))
