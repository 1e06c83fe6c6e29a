"""What lies in a folder, by directory entries alone and never more than a bounded number of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tudui_gui.datasets.file_search import is_folder, sorted_names
from tudui_gui.datasets.layouts import label_folders
from tudui_gui.datasets.table_layout import TABLE_SUFFIXES
from tudui_gui.images.reading import IMAGE_SUFFIXES

#: Entries that are looked at in the folder itself and, all together, below it.
_ENTRIES = 200_000
_ENTRIES_BELOW = 20_000
_FOLDERS_BELOW = 200


@dataclass(frozen=True)
class Contents:
    """Sorted names of the visible entries of a folder.

    Attributes
    ----------
    path : Path
    folders, images, tables : tuple of str
        What is a folder, ends like an image, ends like a CSV.
    """

    path: Path
    folders: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    @classmethod
    def of(cls, path: Path) -> Contents:
        """What is in ``path``; nothing when it cannot be read."""
        found: dict[str, list[str]] = {"folders": [], "images": [], "tables": []}
        for kind, name in islice(_entries(path), _ENTRIES):
            if kind in found:
                found[kind].append(name)
        return cls(path, **{kind: tuple(sorted_names(names)) for kind, names in found.items()})

    def has_label_files(self) -> bool:
        """Whether there is a folder of text files beside a folder of images."""
        folders = (self.path / name for name in label_folders(self.folders).values())
        return any(
            kind == "texts" for folder in folders for kind, _ in islice(_entries(folder), _ENTRIES_BELOW)
        )

    def folders_with_images(self, at_most: int = 2) -> list[str]:
        """Names of the first folders with an image in or below them."""
        found = (name for name in self.folders[:_FOLDERS_BELOW] if any(_images_below(self.path / name)))
        return list(islice(found, at_most))

    def images_within(self) -> list[str]:
        """Names of images in the folders below, from as many folders as may be."""
        return sorted_names(list(islice(_images_below(self.path), _ENTRIES_BELOW)))


def _entries(folder: Path) -> Iterator[tuple[str, str]]:
    """(kind, name) of each visible entry: ``folders``, ``images``, ``tables``, ``texts`` or ``others``."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name[0] != ".":
                    yield _kind(entry), entry.name
    except OSError:  # opening it will say why
        return


def _kind(entry: os.DirEntry[str]) -> str:
    if is_folder(entry):
        return "folders"
    suffix = entry.name[entry.name.rfind(".") :].lower()
    if suffix in IMAGE_SUFFIXES:
        return "images"
    if suffix in TABLE_SUFFIXES:
        return "tables"
    return "texts" if suffix == ".txt" else "others"


def _images_below(folder: Path) -> Iterator[str]:
    """Names of images in and below ``folder``, the nearest folders first; bounded: links may go round."""
    pending = [folder]
    left = _ENTRIES_BELOW
    for _ in range(_FOLDERS_BELOW):
        if not pending or left <= 0:
            return
        inner = pending.pop(0)
        for kind, name in islice(_entries(inner), left):
            left -= 1
            if kind == "images":
                yield name
            elif kind == "folders" and len(pending) < _FOLDERS_BELOW:
                pending.append(inner / name)
