"""Numbers about an image set: images per class, mean and standard deviation per channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.sources import ImageSet

_LEVELS = np.arange(256, dtype=np.float64) / 255
_CHUNK = 512

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class ChannelMeanStd:
    """Mean and standard deviation of red, green and blue over all pixels, on the scale 0..1 of ``ToTensor``.

    ``std`` is the population's (divided by the number of pixels), as ``numpy.std`` gives it.
    """

    mean: tuple[float, float, float]
    std: tuple[float, float, float]


def class_counts(image_set: ImageSet) -> npt.NDArray[np.int64]:
    """Images per class, shape (classes,), in the order of ``image_set.classes``."""
    return np.bincount(image_set.labels, minlength=len(image_set.classes)).astype(np.int64)


def channel_mean_std(
    image_set: ImageSet,
    cancel: CancelToken,
    progress: Callable[[int, int], None] | None = None,
) -> ChannelMeanStd:
    """Mean and standard deviation per channel over every pixel of a set, in float64.

    The pixels are counted by value, so the result does not depend on the order and no precision is lost.
    Large images weigh more than small ones, by their number of pixels.

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
    for pixels in _chunks(image_set):
        cancel.raise_if_cancelled()
        for channel in range(3):
            histogram[channel] += np.bincount(pixels[..., channel].ravel(), minlength=256)
        done += len(pixels)
        if progress is not None:
            progress(done, len(image_set))
    return _from_histogram(histogram)


def _chunks(image_set: ImageSet) -> Iterator[Pixels]:
    """All pixels as uint8 NHWC, a few images at a time."""
    array = image_set.uniform_array()
    if array is None:
        for index in range(len(image_set)):
            yield np.asarray(image_set.image(index))[None]
    else:
        for start in range(0, len(array), _CHUNK):
            yield array[start : start + _CHUNK]


def _from_histogram(histogram: npt.NDArray[np.int64]) -> ChannelMeanStd:
    weights = histogram / histogram.sum(axis=1, keepdims=True)
    mean = weights @ _LEVELS
    variance = (weights * (_LEVELS - mean[:, None]) ** 2).sum(axis=1)
    red, green, blue = mean.tolist()
    std_red, std_green, std_blue = np.sqrt(variance).tolist()
    return ChannelMeanStd((red, green, blue), (std_red, std_green, std_blue))
