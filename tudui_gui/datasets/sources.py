"""What a data set is: labelled images of two parts, in memory or in files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.core.operations import Step
from tudui_gui.images.reading import read_image

#: Seed of the fixed split of data sets that come in one part.
SPLIT_SEED = 0


@dataclass(frozen=True)
class Item:
    """The facts about one image.

    Attributes
    ----------
    index, label : int
        Position in its :class:`ImageSet` and class index.
    path : Path or None
        The file, if the image comes from one.
    size : tuple of int
        (width, height) as stored.
    mode : str
        PIL mode as stored.
    name : str
        What to show: the file's path below its part of the set, or a number.
    """

    index: int
    label: int
    path: Path | None
    size: tuple[int, int]
    mode: str
    name: str


@dataclass(frozen=True)
class DatasetProblem:
    """Something a person should know about a data set that could be opened all the same.

    Attributes
    ----------
    what : str
        English template, marked with ``QT_TRANSLATE_NOOP("errors", ...)``.
    fields : mapping
        Values for the template.
    path : Path or None
        The file or folder it is about.
    is_note : bool
        True for plain information, such as how the set was split.
    """

    what: str
    fields: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    is_note: bool = False

    def __str__(self) -> str:
        return self.what.format(**self.fields)


class ImageSet(ABC):
    """Labelled images of one part of a data set. Immutable, picklable, usable from any thread.

    Parameters
    ----------
    classes : sequence of str
        Class names; a label is an index into them.
    labels : array of int64, shape (N,)
    """

    def __init__(self, classes: Sequence[str], labels: npt.ArrayLike) -> None:
        self._classes = tuple(classes)
        self._labels = _read_only(np.array(labels, dtype=np.int64))

    def __len__(self) -> int:
        return len(self._labels)

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names; a label is an index into them."""
        return self._classes

    @property
    def labels(self) -> npt.NDArray[np.int64]:
        """Class index of every image, shape (N,), read-only."""
        return self._labels

    @abstractmethod
    def image(self, index: int) -> Image.Image:
        """The image as PIL RGB. May decode a file. Raises ``ImageError`` naming the file."""

    @abstractmethod
    def item(self, index: int) -> Item:
        """The facts about an image. May decode a file. Raises ``ImageError`` naming the file."""

    @abstractmethod
    def name(self, index: int) -> str:
        """What to show as the image's name; cheap."""

    @abstractmethod
    def path(self, index: int) -> Path | None:
        """The image's file, or None when it comes from memory; cheap."""

    @abstractmethod
    def subset(self, indices: Iterable[int]) -> ImageSet:
        """The images at ``indices``, in that order."""

    def without(self, indices: Iterable[int]) -> ImageSet:
        """The set without the images at ``indices``, order kept."""
        kept = np.ones(len(self), dtype=bool)
        kept[list(indices)] = False
        return self.subset(np.flatnonzero(kept).tolist())

    def uniform_array(self) -> npt.NDArray[np.uint8] | None:
        """All images as uint8 NHWC RGB, read-only, when they are in memory and of one size; else None."""
        return None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__.copy()

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Pickling forgets that an array is read-only.
        self.__dict__.update(state)
        for value in state.values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False


class ArrayImageSet(ImageSet):
    """Images held in one array.

    Parameters
    ----------
    classes, labels
        As in :class:`ImageSet`.
    array : uint8, shape (N, height, width, 3)
        RGB, 0..255. Kept as NCHW in memory: not copied if it is the transposed view of such an array.
    mode : str
        PIL mode of the source before it was made RGB.
    numbers : array of int, shape (N,), optional
        Number of each image in the original collection, shown as its name.
    """

    def __init__(
        self,
        classes: Sequence[str],
        labels: npt.ArrayLike,
        array: npt.NDArray[np.uint8],
        *,
        mode: str = "RGB",
        numbers: npt.ArrayLike | None = None,
    ) -> None:
        super().__init__(classes, labels)
        if array.shape[:1] != self.labels.shape or array.shape[3:] != (3,) or array.dtype != np.uint8:
            raise ValueError(
                f"uint8 NHWC of {len(self)} RGB images expected, not {array.dtype} {array.shape}"
            )
        self._planes = _read_only(np.ascontiguousarray(array.transpose(0, 3, 1, 2)))
        self._mode = mode
        self._numbers = _read_only(np.arange(len(self)) if numbers is None else np.array(numbers))

    def image(self, index: int) -> Image.Image:
        """A copy of the pixels as PIL RGB; never fails."""
        return Image.fromarray(self._planes[index].transpose(1, 2, 0))

    def item(self, index: int) -> Item:
        """The facts about an image; cheap."""
        height, width = self._planes.shape[2:]
        return Item(index, int(self.labels[index]), None, (width, height), self._mode, self.name(index))

    def name(self, index: int) -> str:
        """The image's number in the original collection."""
        return str(self._numbers[index])

    def path(self, index: int) -> Path | None:
        """None: there is no file."""
        return None

    def subset(self, indices: Iterable[int]) -> ArrayImageSet:
        """The images at ``indices``, in that order, copied."""
        chosen = np.fromiter(indices, dtype=np.int64)
        return ArrayImageSet(
            self.classes,
            self.labels[chosen],
            self._planes[chosen].transpose(0, 2, 3, 1),
            mode=self._mode,
            numbers=self._numbers[chosen],
        )

    def uniform_array(self) -> npt.NDArray[np.uint8]:
        """All images as uint8 NHWC RGB, read-only: a view of NCHW memory, no copy."""
        return self._planes.transpose(0, 2, 3, 1)


class FileImageSet(ImageSet):
    """Images in files, decoded when asked for.

    Parameters
    ----------
    classes, labels
        As in :class:`ImageSet`.
    folder : Path
        The folder that ``files`` are relative to.
    files : sequence of str
        One relative path per image.
    """

    def __init__(
        self, classes: Sequence[str], labels: npt.ArrayLike, folder: Path, files: Sequence[str]
    ) -> None:
        super().__init__(classes, labels)
        self._folder = folder
        self._files = tuple(files)

    @property
    def folder(self) -> Path:
        """The folder that names are relative to."""
        return self._folder

    def image(self, index: int) -> Image.Image:
        """Decode the file. Raises ``ImageError`` naming it."""
        return read_image(self.path(index)).image

    def item(self, index: int) -> Item:
        """Decode the file for its facts. Raises ``ImageError`` naming it."""
        picture = read_image(self.path(index))
        label = int(self.labels[index])
        return Item(index, label, self.path(index), picture.size, picture.mode, self.name(index))

    def name(self, index: int) -> str:
        """The file's path below :attr:`folder`."""
        return shown(self._files[index])

    def path(self, index: int) -> Path:
        """The file."""
        return self._folder / self._files[index]

    def subset(self, indices: Iterable[int]) -> FileImageSet:
        """The images at ``indices``, in that order; touches no file."""
        chosen = np.fromiter(indices, dtype=np.int64)
        files = [self._files[index] for index in chosen]
        return FileImageSet(self.classes, self.labels[chosen], self._folder, files)


@dataclass(frozen=True)
class Dataset:
    """A data set that is open.

    Attributes
    ----------
    name : str
        What to show: the operation's name, or the folder's.
    step : Step
        The step of ``DATASETS`` that it was opened with.
    classes : tuple of str
        Class names; a label is an index into them.
    train, test : ImageSet
    problems : tuple of DatasetProblem
    """

    name: str
    step: Step
    classes: tuple[str, ...]
    train: ImageSet
    test: ImageSet
    problems: tuple[DatasetProblem, ...] = ()


def split_indices(labels: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The fixed stratified 80/20 split of a set that comes in one part.

    Of the ``n`` images of each class, taken in ascending order of label, those at the first ``(n + 2) // 5``
    places of ``RandomState(SPLIT_SEED).permutation(n)`` are for test; one ``RandomState`` serves all classes.
    ``RandomState`` is frozen by numpy's compatibility policy, so the split is the same with every version.

    Parameters
    ----------
    labels : array of int64, shape (N,)

    Returns
    -------
    train, test : list of int
        Ascending indices.
    """
    random = np.random.RandomState(SPLIT_SEED)
    is_test = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        is_test[members[random.permutation(len(members))[: (len(members) + 2) // 5]]] = True
    return np.flatnonzero(~is_test).tolist(), np.flatnonzero(is_test).tolist()


def shown(path: Path | str) -> str:
    """A path or file name as text that any window and file takes: names need not be valid Unicode."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view
