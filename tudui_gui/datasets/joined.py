"""Images of several sets as one: parts that are split anew, sources that are concatenated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.datasets.sources import ImageSet, Item, read_only

Indices = npt.NDArray[np.int64]

#: So many images at once are copied into the common array: the rest of the memory is the array itself.
_COPIED_AT_ONCE = 1024


class JoinedImageSet(ImageSet):
    """Images of several sets as one.

    Holds the sets themselves and, for each image, which set it is of and where there: subsets copy no
    pixels. Sets that are joined themselves are taken apart.

    Parameters
    ----------
    sets : sequence of ImageSet
        Not empty, all with the same classes.
    origins : sequence of str
        Put before the keys of each set.
    """

    def __init__(self, sets: Sequence[ImageSet], origins: Sequence[str] | None = None) -> None:
        if any(each.classes != sets[0].classes for each in sets):
            raise ValueError("sets with the same classes expected")
        super().__init__(sets[0].classes, np.concatenate([each.labels for each in sets]))
        origins = [""] * len(sets) if origins is None else origins
        pieces = [_Pieces.of(each, origin) for each, origin in zip(sets, origins, strict=True)]
        starts = accumulate((len(each.sets) for each in pieces), initial=0)
        self._sets = tuple(image_set for each in pieces for image_set in each.sets)
        self._origins = tuple(origin for each in pieces for origin in each.origins)
        self._set_numbers = np.concatenate(
            [start + each.numbers for start, each in zip(starts, pieces, strict=False)]
        )
        self._inner = np.concatenate([each.inner for each in pieces])
        self._array: npt.NDArray[np.uint8] | None = None

    def image(self, index: int) -> Image.Image:
        """As in the set it comes from."""
        image_set, inner = self._found(index)
        return image_set.image(inner)

    def thumbnail(self, index: int, side: int) -> Image.Image:
        """As in the set it comes from."""
        image_set, inner = self._found(index)
        return image_set.thumbnail(inner, side)

    def item(self, index: int) -> Item:
        """As in the set it comes from, with this set's index and label."""
        image_set, inner = self._found(index)
        return replace(image_set.item(inner), index=index, label=int(self.labels[index]))

    def name(self, index: int) -> str:
        """As in the set it comes from."""
        image_set, inner = self._found(index)
        return image_set.name(inner)

    def path(self, index: int) -> Path | None:
        """As in the set it comes from."""
        image_set, inner = self._found(index)
        return image_set.path(inner)

    def key(self, index: int) -> str:
        """The key in the set it comes from, after that set's origin."""
        image_set, inner = self._found(index)
        return f"{self._origins[self._set_numbers[index]]}{image_set.key(inner)}"

    def keyed(self, keys: AbstractSet[str]) -> list[tuple[int, str]]:
        """(index, key) of the images whose key is among ``keys``, in ascending order; asks each set."""
        found: list[tuple[int, str]] = []
        for number, (image_set, origin) in enumerate(zip(self._sets, self._origins, strict=True)):
            wanted = {key.removeprefix(origin) for key in keys if key.startswith(origin)}
            named = dict(image_set.keyed(wanted))
            mine = np.flatnonzero(self._set_numbers == number)
            hits = mine[np.isin(self._inner[mine], list(named))].tolist()
            found += [(index, f"{origin}{named[int(self._inner[index])]}") for index in hits]
        return sorted(found)

    def subset(self, indices: Iterable[int]) -> JoinedImageSet:
        """The images at ``indices``, in that order; copies no pixels."""
        chosen = np.fromiter(indices, dtype=np.int64)
        return self._like(self.classes, self.labels[chosen], self._set_numbers[chosen], self._inner[chosen])

    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> JoinedImageSet:
        """The same images with other classes and labels."""
        return self._like(classes, labels, self._set_numbers, self._inner)

    def uniform_array(self) -> npt.NDArray[np.uint8] | None:
        """All images as uint8 NHWC RGB, read-only, when every set has them so and of one size; else None.

        Copied at the first call and kept.
        """
        if self._array is None:
            self._array = self._gathered()
        return self._array

    def __getstate__(self) -> dict[str, Any]:
        """Only images that are in use travel to another process."""
        sets, inner = list(self._sets), self._inner.copy()
        for number, image_set in enumerate(sets):
            mine = np.flatnonzero(self._set_numbers == number)
            used, places = np.unique(inner[mine], return_inverse=True)
            if len(used) < len(image_set):
                sets[number] = image_set.subset(used)
                inner[mine] = places
        return {**self.__dict__, "_array": None, "_sets": tuple(sets), "_inner": inner}

    def _gathered(self) -> npt.NDArray[np.uint8] | None:
        numbers = np.unique(self._set_numbers).tolist()
        arrays = {number: self._sets[number].uniform_array() for number in numbers}
        present = {number: array for number, array in arrays.items() if array is not None}
        sizes = {array.shape[1:3] for array in present.values()}
        if len(present) < len(arrays) or len(sizes) != 1:
            return None
        planes = np.empty((len(self), 3, *sizes.pop()), dtype=np.uint8)
        for number, array in present.items():
            mine = np.flatnonzero(self._set_numbers == number)
            for at in range(0, len(mine), _COPIED_AT_ONCE):
                places = mine[at : at + _COPIED_AT_ONCE]
                planes[places] = array.transpose(0, 3, 1, 2)[self._inner[places]]
        return read_only(planes.transpose(0, 2, 3, 1))

    def _like(
        self, classes: Sequence[str], labels: npt.ArrayLike, set_numbers: Indices, inner: Indices
    ) -> JoinedImageSet:
        made = JoinedImageSet.__new__(JoinedImageSet)
        ImageSet.__init__(made, classes, labels)
        made._sets, made._origins = self._sets, self._origins
        made._set_numbers, made._inner = set_numbers, inner
        made._array = None
        return made

    def _found(self, index: int) -> tuple[ImageSet, int]:
        return self._sets[self._set_numbers[index]], int(self._inner[index])


@dataclass(frozen=True)
class _Pieces:
    """The sets that hold the images of one set, and where each image lies."""

    sets: Sequence[ImageSet]
    origins: Sequence[str]
    numbers: Indices
    inner: Indices

    @classmethod
    def of(cls, image_set: ImageSet, origin: str) -> _Pieces:
        if isinstance(image_set, JoinedImageSet):
            origins = [origin + each for each in image_set._origins]
            return cls(image_set._sets, origins, image_set._set_numbers, image_set._inner)
        count = len(image_set)
        return cls([image_set], [origin], np.zeros(count, dtype=np.int64), np.arange(count))


def joined(sets: Sequence[ImageSet], origins: Sequence[str] | None = None) -> ImageSet:
    """The images of ``sets`` as one set; a single one without origins is returned as it is."""
    return sets[0] if len(sets) == 1 and origins is None else JoinedImageSet(sets, origins)
