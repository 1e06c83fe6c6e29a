"""Finding the images of a set that cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.sources import ImageSet


def scan_broken(
    image_set: ImageSet, progress: Callable[[int, int], None], cancel: CancelToken
) -> list[tuple[int, ImageError]]:
    """Decode every image and return (index, error) of those that fail; leave them out with ``without``.

    Parameters
    ----------
    image_set : ImageSet
    progress : callable
        Called on this thread with (images done, images in all) after each image.
    cancel : CancelToken

    Raises
    ------
    Cancelled
    """
    broken: list[tuple[int, ImageError]] = []
    for index in range(len(image_set)):
        cancel.raise_if_cancelled()
        try:
            image_set.image(index)
        except ImageError as error:
            broken.append((index, error))
        progress(index + 1, len(image_set))
    return broken
