"""What the browser computes off the main thread: which images to show in which order, copies, listings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.corrections import original_labels
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.listing import write_listing
from tudui_gui.datasets.ordering import FILE_ORDERS, Values, arranged, sort_values
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui.imaging import to_qimage
from tudui_gui.gui.workers import Progress

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Filters:
    """Which images of a part are wanted, and in which order.

    Attributes
    ----------
    label : int
        Only this class; -1: every one.
    text : str
        Only images whose name contains this.
    only_flagged : bool
    order : str
        One of ``ordering.ORDERS``.
    descending : bool
    """

    label: int = -1
    text: str = ""
    only_flagged: bool = False
    order: str = "source"
    descending: bool = False


@dataclass(frozen=True, eq=False)
class Followed:
    """Images to find again: those selected, the current one (-1: the first of them), and its row before."""

    image_set: ImageSet
    selected: Indices
    current: int = -1
    row: int = 0


@dataclass(frozen=True, eq=False)
class Request:
    """What the grid is to show; ``keeps_place``: the same images as before, more or less."""

    dataset: Dataset
    image_set: ImageSet
    filters: Filters
    followed: Followed | None = None
    keeps_place: bool = False
    opens_large: bool = False


@dataclass(frozen=True, eq=False)
class Arranged:
    """What the grid shows.

    Attributes
    ----------
    request : Request
    indices : ndarray of int64
        Into the request's ``image_set``, in order.
    rows : ndarray of int64
        Places in ``indices`` of the images that were to be found again.
    current : int
        The place of the current one, -1: none.
    originals : mapping of str to str
        What the source calls the images with a corrected label, by key.
    """

    request: Request
    indices: Indices
    rows: Indices
    current: int
    originals: Mapping[str, str]


@dataclass(eq=False)
class KnownValues:
    """Numbers to sort by that were computed before: headers of 100,000 files are read once."""

    _sets: dict[str, tuple[ImageSet, Values]] = field(default_factory=dict)
    _files: dict[str, dict[str, float]] = field(default_factory=dict)

    def of(self, request: Request, token: CancelToken, progress: Progress) -> Values:
        """The number of each image of the request's set. Raises ``Cancelled``."""
        image_set, order = request.image_set, request.filters.order
        report = partial(_report, progress)
        if order == "flagged":
            return sort_values(image_set, order, request.dataset.edits.flags, cancel=token)
        known = self._sets.get(order)
        if known is not None and known[0] is image_set:
            return known[1]
        if order in FILE_ORDERS:
            values = self._of_files(image_set, order, report, token)
        else:
            values = sort_values(image_set, order, cancel=token)
        self._sets[order] = (image_set, values)
        return values

    def _of_files(
        self, image_set: ImageSet, order: str, report: Callable[[int, int], None], token: CancelToken
    ) -> Values:
        known = self._files.setdefault(order, {})
        keys = [image_set.key(index) for index in range(len(image_set))]
        missing = [index for index, key in enumerate(keys) if key not in known]
        values = sort_values(image_set.subset(missing), order, progress=report, cancel=token)
        known.update((keys[index], float(value)) for index, value in zip(missing, values, strict=True))
        return np.array([known[key] for key in keys])


def arrange_work(request: Request, known: KnownValues, token: CancelToken, progress: Progress) -> Arranged:
    """The wanted images in the wanted order, and where those to be found again are. Raises ``Cancelled``."""
    filters, indices = request.filters, _filtered(request)
    if filters.order != "source" or filters.descending:
        values = known.of(request, token, progress)
        indices = arranged(indices, values, descending=filters.descending)
    rows, current = _found(request, indices)
    originals = original_labels(request.dataset, request.dataset.edits.labels)
    return Arranged(request, indices, rows, current, originals)


def _filtered(request: Request) -> Indices:
    image_set, filters = request.image_set, request.filters
    indices = np.arange(len(image_set))
    if filters.label >= 0:
        indices = np.flatnonzero(image_set.labels == filters.label)
    if filters.only_flagged:
        flagged = [index for index, _ in image_set.keyed(request.dataset.edits.flags)]
        indices = np.intersect1d(indices, np.array(flagged, dtype=np.int64))
    wanted = filters.text.casefold()
    if wanted:
        chosen = [i for i in indices if wanted in image_set.name(int(i)).casefold()]
        indices = np.array(chosen, dtype=np.int64)
    return indices


def _found(request: Request, indices: Indices) -> tuple[Indices, int]:
    """The rows of the followed images that are still there; if none is, the row that took their place."""
    followed = request.followed
    if followed is None or not len(indices):
        return np.arange(0), -1
    selected, current = _followed_indices(request.image_set, followed)
    places = np.full(len(request.image_set), -1, dtype=np.int64)
    places[indices] = np.arange(len(indices))
    rows = np.sort(places[selected][places[selected] >= 0])
    if current >= 0 and places[current] >= 0:
        return rows, int(places[current])
    if len(rows):
        return rows, int(rows[0])
    if followed.current < 0 and not len(followed.selected):
        return rows, -1
    row = min(followed.row, len(indices) - 1)
    return np.array([row] if request.keeps_place else [], dtype=np.int64), row if request.keeps_place else -1


def _followed_indices(image_set: ImageSet, followed: Followed) -> tuple[Indices, int]:
    """Indices into ``image_set`` of the followed images: found by their keys if they were in another set."""
    if followed.image_set is image_set:
        return followed.selected, followed.current
    wanted = frozenset(keys_of(followed.image_set, followed.selected))
    current = followed.image_set.key(followed.current) if followed.current >= 0 else None
    sought = wanted if current is None else wanted | {current}
    places = {key: index for index, key in image_set.keyed(sought)}
    found = [index for key, index in places.items() if key in wanted]
    return np.array(found, dtype=np.int64), -1 if current is None else places.get(current, -1)


# -- corrections -------------------------------------------------------------------------------------------

Change = Callable[[Edits], Edits]


def keys_of(image_set: ImageSet, indices: Sequence[int] | Indices) -> list[str]:
    """The keys of some images; off the main thread where they can be many."""
    return [image_set.key(int(index)) for index in indices]


def flagging(image_set: ImageSet, indices: Indices, flagged: bool) -> Change:
    """The change that flags images, or takes their flags away."""
    return lambda edits: edits.with_flags(keys_of(image_set, indices), flagged)


def leaving_out(image_set: ImageSet, indices: Indices, left_out: bool) -> Change:
    """The change that leaves images out, or takes them back."""
    return lambda edits: edits.with_left_out(keys_of(image_set, indices), left_out)


def labelling(dataset: Dataset, image_set: ImageSet, indices: Indices, name: str | None) -> Change:
    """The change that puts images into a class; None, or the class of the source, undoes a correction."""

    def change(edits: Edits) -> Edits:
        keys = keys_of(image_set, indices)
        originals = original_labels(dataset, keys)
        same = [key for key in keys if originals.get(key) == name]
        return edits.with_label(keys, name).with_label(same, None)

    return change


# -- out of the program ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Copied:
    """What goes to the clipboard: pixels of a single image, files, names."""

    image: QImage | None
    urls: list[QUrl]
    names: tuple[str, ...]


def copy_work(image_set: ImageSet, indices: Indices, token: CancelToken, progress: Progress) -> Copied:
    """Read what is to be copied. Raises ``ImageError`` for a single image that cannot be read."""
    image = to_qimage(np.asarray(image_set.image(int(indices[0])))) if len(indices) == 1 else None
    paths = (image_set.path(int(index)) for index in indices)
    urls = [QUrl.fromLocalFile(str(path)) for path in paths if path is not None]
    names = tuple(image_set.name(int(index)) for index in indices)
    return Copied(image, urls, names)


def export_work(dataset: Dataset, path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write the listing. Raises ``StorageError``."""
    write_listing(dataset, path, progress=partial(_report, progress), cancel=token)
    return path


def _report(progress: Progress, done: int, total: int) -> None:
    text = QCoreApplication.translate("BrowserWork", "{done:,} of {total:,} images")
    progress(done / max(1, total), text.format(done=done, total=total))
