"""A data set as a table of its images, for spreadsheets and for opening again as source ``csv``."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.files import atomic_write
from tudui_gui.core.text import shown
from tudui_gui.datasets.corrections import original_labels
from tudui_gui.datasets.sources import Dataset, ImageSet

COLUMNS = ("path", "label", "part", "original_label", "flagged", "left_out")
_POLL = 512
#: What stands in the column ``part``. The source ``csv`` knows an image without a label by its empty label,
#: and leaves out a row without a part.
_PARTS = {"train": "train", "test": "test", "unlabelled": "train", "left_out": ""}


def write_listing(
    dataset: Dataset,
    path: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancel: CancelToken | None = None,
) -> None:
    """Write a CSV with a row for every image of every part, at once or not at all. Off the main thread.

    UTF-8 with a byte order mark, by which spreadsheet programs know it; commas, and lines that end in CR LF
    (RFC 4180). The columns are :data:`COLUMNS`:

    path
        Of the file: relative to the listing's folder if it lies below that, else absolute. For images
        without files their key in the source.
    label, original_label
        Names of the class as corrected and as the source has it; empty without one.
    part
        ``train`` or ``test``. Images without a label stand with ``train``; images left out in no part.
    flagged, left_out
        ``1`` or ``0``.

    The source ``csv`` reads the same parts and labels from it.

    Parameters
    ----------
    dataset : Dataset
    path : Path
    progress : callable, optional
        Called on this thread with (images done, images in all).
    cancel : CancelToken, optional

    Raises
    ------
    StorageError
    Cancelled
    """
    token, total, done = cancel or CancelToken(), sum(map(len, dataset.parts.values())), 0
    with atomic_write(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for row in _rows(dataset, path.absolute().parent):
            if done % _POLL == 0:
                token.raise_if_cancelled()
            table.writerow(row)
            done += 1
            if progress is not None:
                progress(done, total)
        text.detach()


def _rows(dataset: Dataset, folder: Path) -> Iterator[tuple[object, ...]]:
    edits = dataset.edits
    originals = original_labels(dataset, edits.labels)
    for part, image_set in dataset.parts.items():
        for index in range(len(image_set)):
            key, label = image_set.key(index), image_set.label_name(index)
            marks = (int(key in edits.flags), int(part == "left_out"))
            yield (_place(image_set, index, folder), label, _PARTS[part], originals.get(key, label), *marks)


def _place(image_set: ImageSet, index: int, folder: Path) -> str:
    path = image_set.path(index)
    if path is None:
        return shown(image_set.key(index))
    absolute, start = os.path.abspath(path), f"{folder}{os.sep}"  # noqa: PTH100 - 100,000 of them
    return shown(absolute[len(start) :].replace(os.sep, "/") if absolute.startswith(start) else absolute)
