"""What a data set is: labelled images of two parts, in memory or in files.

A source opens as a :class:`Collection`; :func:`tudui_gui.datasets.selection.select` makes a :class:`Dataset`
of it: split, corrected and cut as its step says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tudui_gui.core.operations import Step
from tudui_gui.datasets.edits import Edits
from tudui_gui.images.reading import read_image, read_thumbnail

#: Label of an image that has none.
NO_LABEL = -1


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
    kind : str
        A stable word for what it is, such as ``"empty_class"``, ``"no_label"``, ``"no_image"``,
        ``"missing_file"``, ``"unreadable"``, ``"link_loop"``, ``"dead_link"``,
        ``"unknown_class"``, ``"split"``.
    """

    what: str
    fields: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    is_note: bool = False
    kind: str = ""

    def __str__(self) -> str:
        return self.what.format(**self.fields)


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
        self._labels = _read_only(np.array(labels, dtype=np.int64))

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

    def key(self, index: int) -> str:
        """The number in the original collection, after ``origin``."""
        return f"{self._origin}{self._numbers[index]}"

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

    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> FileImageSet:
        """The same files with other classes and labels; touches none."""
        return FileImageSet(classes, labels, self._folder, self._files, origin=self._origin)


class JoinedImageSet(ImageSet):
    """Images of several sets as one.

    Parameters
    ----------
    sets : sequence of ImageSet
        Not empty, all with the same classes.
    origins : sequence of str
        Put before the keys of each set.
    """

    def __init__(self, sets: Sequence[ImageSet], origins: Sequence[str] | None = None) -> None:
        labels = np.concatenate([each.labels for each in sets])
        super().__init__(sets[0].classes, labels)
        self._sets = tuple(sets)
        self._origins = tuple(origins or [""] * len(sets))
        self._set_numbers = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
        self._inner = np.concatenate([np.arange(len(each)) for each in sets])
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

    def subset(self, indices: Iterable[int]) -> JoinedImageSet:
        """The images at ``indices``, in that order; copies no pixels."""
        chosen = np.fromiter(indices, dtype=np.int64)
        changed = self.relabelled(self.classes, self.labels[chosen])
        changed._set_numbers, changed._inner = self._set_numbers[chosen], self._inner[chosen]
        return changed

    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> JoinedImageSet:
        """The same images with other classes and labels."""
        changed = copy(self)
        ImageSet.__init__(changed, classes, labels)
        changed._array = None
        return changed

    def uniform_array(self) -> npt.NDArray[np.uint8] | None:
        """All images as uint8 NHWC RGB, copied once and kept, when every set has them so and of one size."""
        if self._array is None:
            arrays = [each.uniform_array() for each in self._sets]
            present = [array for array in arrays if array is not None]
            if len(present) < len(arrays) or len({array.shape[1:] for array in present}) > 1:
                return None
            starts = np.cumsum([0, *(len(array) for array in present[:-1])])
            planes = np.concatenate([array.transpose(0, 3, 1, 2) for array in present])
            self._array = _read_only(planes[starts[self._set_numbers] + self._inner].transpose(0, 2, 3, 1))
        return self._array

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_array": None}

    def _found(self, index: int) -> tuple[ImageSet, int]:
        return self._sets[self._set_numbers[index]], int(self._inner[index])


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
        Every image has a label. Both are empty when nothing in the source has one.
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


def shown(path: Path | str) -> str:
    """A path or file name as text that any window and file takes: names need not be valid Unicode."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view
