"""What a data set is: labelled images of two parts, in memory or in files.

A source opens as a :class:`Collection`; :func:`tudui_gui.datasets.selection.select` makes a :class:`Dataset`
of it: split, corrected and cut as its step says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.core.operations import Step
from tudui_gui.core.text import shown as shown
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.images.reading import read_image, read_thumbnail

#: Label of an image that has none.
NO_LABEL = -1
#: More digits than the number of an image can have: int64 holds all shorter ones.
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Item:
    """The facts about one image.

    Attributes
    ----------
    index, label : int
        Position in its :class:`ImageSet` and class index; :data:`NO_LABEL` for an image without one.
    path : Path or None
        The file, if the image comes from one.
    size : tuple of int
        (width, height) as stored.
    mode : str
        PIL mode as stored.
    name : str
        What to show: the file's path below its part of the set, or a number.
    notes : tuple of str
        What its conversion to RGB did, marked for translation in the context ``events``.
    """

    index: int
    label: int
    path: Path | None
    size: tuple[int, int]
    mode: str
    name: str
    notes: tuple[str, ...] = ()


class ImageSet(ABC):
    """Labelled images of one part of a data set. Immutable, picklable, usable from any thread.

    Parameters
    ----------
    classes : sequence of str
        Class names; a label is an index into them.
    labels : array of int64, shape (N,)
        :data:`NO_LABEL` for an image without one; the training and the test part have none of these.
    """

    def __init__(self, classes: Sequence[str], labels: npt.ArrayLike) -> None:
        self._classes = tuple(classes)
        self._labels = read_only(np.array(labels, dtype=np.int64))

    def __len__(self) -> int:
        return len(self._labels)

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names; a label is an index into them."""
        return self._classes

    @property
    def labels(self) -> npt.NDArray[np.int64]:
        """Class index of every image, shape (N,), read-only; :data:`NO_LABEL` where there is none."""
        return self._labels

    def label_name(self, index: int) -> str:
        """Name of the image's class; empty for an image without a label."""
        label = self._labels[index]
        return self._classes[label] if label != NO_LABEL else ""

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
    def key(self, index: int) -> str:
        """What the image is called in its source, whatever the split: what :class:`Edits` name; cheap."""

    def keyed(self, keys: AbstractSet[str]) -> list[tuple[int, str]]:
        """(index, key) of the images whose key is among ``keys``, in ascending order."""
        own = ((index, self.key(index)) for index in range(len(self)))
        return [(index, key) for index, key in own if key in keys]

    @abstractmethod
    def subset(self, indices: Iterable[int]) -> ImageSet:
        """The images at ``indices``, in that order."""

    @abstractmethod
    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> ImageSet:
        """The same images with other classes and labels; shares the pixels."""

    def thumbnail(self, index: int, side: int) -> Image.Image:
        """The image as PIL RGB for a square of ``side`` pixels: not smaller than that if it can be helped,
        and larger where decoding smaller saves nothing. Raises ``ImageError`` naming the file."""
        return self.image(index)

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
    origin : str
        Put before the number to make the key: ``"train/"`` where parts have numbers of their own.
    """

    def __init__(
        self,
        classes: Sequence[str],
        labels: npt.ArrayLike,
        array: npt.NDArray[np.uint8],
        *,
        mode: str = "RGB",
        numbers: npt.ArrayLike | None = None,
        origin: str = "",
    ) -> None:
        super().__init__(classes, labels)
        self._origin = origin
        if array.shape[:1] != self.labels.shape or array.shape[3:] != (3,) or array.dtype != np.uint8:
            raise ValueError(
                f"uint8 NHWC of {len(self)} RGB images expected, not {array.dtype} {array.shape}"
            )
        self._planes = read_only(np.ascontiguousarray(array.transpose(0, 3, 1, 2)))
        self._mode = mode
        self._numbers = read_only(np.arange(len(self)) if numbers is None else np.array(numbers))

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

    def key(self, index: int) -> str:
        """The number in the original collection, after ``origin``."""
        return f"{self._origin}{self._numbers[index]}"

    def keyed(self, keys: AbstractSet[str]) -> list[tuple[int, str]]:
        """(index, key) of the images whose key is among ``keys``; compares numbers, which is quick."""
        inner = (key.removeprefix(self._origin) for key in keys if key.startswith(self._origin))
        numbers = [int(text) for text in inner if text.isdecimal() and len(text) <= _LONGEST_NUMBER]
        found = np.flatnonzero(np.isin(self._numbers, numbers)).tolist()
        return [(index, key) for index in found if (key := self.key(index)) in keys]

    def subset(self, indices: Iterable[int]) -> ArrayImageSet:
        """The images at ``indices``, in that order, copied."""
        chosen = np.fromiter(indices, dtype=np.int64)
        planes, numbers = self._planes[chosen], self._numbers[chosen]
        return self._like(self.classes, self.labels[chosen], planes, numbers)

    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> ArrayImageSet:
        """The same images with other classes and labels; shares the pixels."""
        return self._like(classes, labels, self._planes, self._numbers)

    def _like(
        self,
        classes: Sequence[str],
        labels: npt.ArrayLike,
        planes: npt.NDArray[np.uint8],
        numbers: npt.NDArray[np.int64],
    ) -> ArrayImageSet:
        pixels = planes.transpose(0, 2, 3, 1)
        return ArrayImageSet(classes, labels, pixels, mode=self._mode, numbers=numbers, origin=self._origin)

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
        One path per image, relative to ``folder``, with ``/`` between its parts.
    origin : str
        Put before the path to make the key: where ``folder`` lies in the source, such as ``"train/"``.
    """

    def __init__(
        self,
        classes: Sequence[str],
        labels: npt.ArrayLike,
        folder: Path,
        files: Sequence[str],
        *,
        origin: str = "",
    ) -> None:
        super().__init__(classes, labels)
        self._folder = folder
        self._files = tuple(files)
        self._origin = origin

    @property
    def folder(self) -> Path:
        """The folder that names are relative to."""
        return self._folder

    def image(self, index: int) -> Image.Image:
        """Decode the file. Raises ``ImageError`` naming it."""
        return read_image(self.path(index)).image

    def thumbnail(self, index: int, side: int) -> Image.Image:
        """Decode the file, a JPEG only as large as needed. Raises ``ImageError`` naming it."""
        return read_thumbnail(self.path(index), side)

    def item(self, index: int) -> Item:
        """Decode the file for its facts. Raises ``ImageError`` naming it."""
        picture = read_image(self.path(index))
        label, name = int(self.labels[index]), self.name(index)
        return Item(index, label, self.path(index), picture.size, picture.mode, name, picture.notes)

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
        return FileImageSet(self.classes, self.labels[chosen], self._folder, files, origin=self._origin)

    def key(self, index: int) -> str:
        """The file's path below the source's root."""
        return f"{self._origin}{self._files[index]}"

    def keyed(self, keys: AbstractSet[str]) -> list[tuple[int, str]]:
        """(index, key) of the images whose key is among ``keys``; one look into a set per file."""
        wanted = {key.removeprefix(self._origin) for key in keys if key.startswith(self._origin)}
        found = [(index, file) for index, file in enumerate(self._files) if file in wanted]
        return [(index, f"{self._origin}{file}") for index, file in found]

    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> FileImageSet:
        """The same files with other classes and labels; touches none."""
        return FileImageSet(classes, labels, self._folder, self._files, origin=self._origin)


@dataclass(frozen=True)
class Collection:
    """What a source holds, before it is split, corrected and cut.

    Attributes
    ----------
    name : str
        What to show: the operation's name, or the folder's.
    classes : tuple of str
        Class names; a label is an index into them. Empty if nothing has a label.
    train : ImageSet
        The training part, or all labelled images when ``test`` is None.
    test : ImageSet or None
        None: the set comes in one part.
    unlabelled : ImageSet or None
        Images whose label is not known, with the same ``classes``.
    problems : tuple of DatasetProblem
    path : Path or None
        The folder it lies in.
    """

    name: str
    classes: tuple[str, ...]
    train: ImageSet
    test: ImageSet | None = None
    unlabelled: ImageSet | None = None
    problems: tuple[DatasetProblem, ...] = ()
    path: Path | None = None


@dataclass(frozen=True)
class Dataset:
    """A data set that is open, as training sees it.

    Attributes
    ----------
    name : str
        What to show: the operation's name, or the folder's.
    step : Step
        The step of ``DATASETS`` that it was opened with.
    classes : tuple of str
        Class names; a label is an index into them.
    train, test : ImageSet
        Every image has a label. Either may be empty: training refuses that in words, nothing else minds.
    problems : tuple of DatasetProblem
    unlabelled, left_out : ImageSet or None
        Images that no training sees: without a label, or left out by :attr:`edits`. None: there are none.
    edits : Edits
        The corrections that were applied.
    collection : Collection or None
        What it was made from, for :func:`~tudui_gui.datasets.selection.select` with other edits.
    """

    name: str
    step: Step
    classes: tuple[str, ...]
    train: ImageSet
    test: ImageSet
    problems: tuple[DatasetProblem, ...] = ()
    unlabelled: ImageSet | None = None
    left_out: ImageSet | None = None
    edits: Edits = Edits()  # noqa: RUF009 - frozen
    collection: Collection | None = field(default=None, repr=False, compare=False)

    @property
    def parts(self) -> dict[str, ImageSet]:
        """``train``, ``test``, ``unlabelled`` and ``left_out``, those that hold images, in this order."""
        named = {"train": self.train, "test": self.test}
        others = {"unlabelled": self.unlabelled, "left_out": self.left_out}
        every = {**named, **{name: part for name, part in others.items() if part is not None}}
        return {name: part for name, part in every.items() if len(part)}


def read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A view of ``array`` that nobody can write to."""
    view = array.view()
    view.flags.writeable = False
    return view
