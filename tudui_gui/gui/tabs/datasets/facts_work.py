"""A quick look at some of the images, off the main thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui.workers import Progress

_LOOK_AT = 200

#: So many files at most are all looked at without being asked for.
AUTOMATIC = 500


@dataclass(frozen=True)
class Variety:
    """Sizes (width, height) and modes of ``looked_at`` of the images, the most frequent first."""

    sizes: tuple[tuple[tuple[int, int], int], ...]
    modes: tuple[tuple[str, int], ...]
    looked_at: int


def variety_work(image_set: ImageSet, token: CancelToken, progress: Progress) -> Variety:
    """Sizes and modes of up to 200 evenly spaced images; broken ones are passed over."""
    if not len(image_set):
        return Variety((), (), 0)
    array = image_set.uniform_array()
    count = 1 if array is not None else min(len(image_set), _LOOK_AT)
    sizes: Counter[tuple[int, int]] = Counter()
    modes: Counter[str] = Counter()
    for index in np.linspace(0, len(image_set) - 1, count).astype(int):
        token.raise_if_cancelled()
        try:
            item = image_set.item(int(index))
        except ImageError:
            continue
        sizes[item.size] += 1
        modes[item.mode] += 1
    looked_at = len(image_set) if array is not None else count
    if array is not None:
        sizes = Counter(dict.fromkeys(sizes, looked_at))
        modes = Counter(dict.fromkeys(modes, looked_at))
    return Variety(tuple(sizes.most_common()), tuple(modes.most_common()), looked_at)
