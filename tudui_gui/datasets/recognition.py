"""What a folder holds: which sources of ``DATASETS`` could read it, and which sets are on disk."""

from __future__ import annotations

import os
from pathlib import Path

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, root_of
from tudui_gui.datasets.contents import Contents
from tudui_gui.datasets.labelled_files import TEST_NAMES
from tudui_gui.datasets.name_patterns import DEFAULT_PATTERN, suggest_pattern
from tudui_gui.datasets.remote_files import first_folders, is_complete
from tudui_gui.datasets.sources import shown
from tudui_gui.datasets.table_layout import TABLE_SUFFIXES, read_layout
from tudui_gui.datasets.torchvision_sets import variants

#: A single folder with such a name is no class.
_GENERIC = frozenset(
    {"data", "dataset", "image", "images", "img", "imgs", "photos", "pictures", "jpg", "jpeg", "png"}
)
_TABLES_READ = 5
_FOLDERS_TRIED = 20


def recognise(folder: Path) -> Step:
    """The best reading of ``folder``: the first of :func:`candidates`.

    Reads directory entries, and the beginning of a CSV; call it off the main thread.
    """
    return candidates(folder)[0]


def candidates(folder: Path) -> tuple[Step, ...]:
    """Every reading of ``folder`` that could make sense, best first; never empty.

    Torchvision's own layouts, images with label files, a folder per class (two at least), a CSV, labels in
    the file names, all images without labels; then the readings that fit less well. Reads directory entries,
    and the beginning of a CSV; call it off the main thread.

    Parameters
    ----------
    folder : Path
        A folder, or a CSV file.
    """
    if folder.suffix.lower() in TABLE_SUFFIXES and folder.is_file():
        return (DATASETS.step("csv", root=str(folder.parent), file=folder.name),)
    found = [*_torchvision_sets(folder), *_own_layouts(folder)]
    return tuple(dict.fromkeys(found)) or (DATASETS.step("folder", root=str(folder)),)


def downloadable() -> list[str]:
    """Names of the data sets that torchvision downloads."""
    return [name for name, operation in DATASETS.items() if "download" in operation.tags]


def is_on_disk(step: Step) -> bool:
    """Whether everything ``step`` downloads lies below its root. Off the main thread."""
    return is_complete(step, root_of(step))


def _own_layouts(folder: Path) -> list[Step]:
    contents = Contents.of(folder)
    train = Contents.of(folder / "train") if "train" in contents.folders else contents
    names = train.images or train.images_within()
    if not names:
        return []
    root, pattern = str(folder), suggest_pattern(names)
    by_class, plain = DATASETS.step("folder", root=root), DATASETS.step("plain_folder", root=root)
    named = DATASETS.step("named_files", root=root, pattern=pattern or DEFAULT_PATTERN)
    # Folders for test alone are refused.
    has_parts = train is not contents or not any(name in contents.folders for name in TEST_NAMES)
    classes = train.folders_with_images() if has_parts else []
    is_class = len(classes) > 1 or (bool(classes) and classes[0].lower() not in _GENERIC)
    readings = [
        (has_parts and train.has_label_files(), DATASETS.step("paired_folders", root=root)),
        (len(classes) > 1, by_class),
        *((True, table) for table in _tables(contents)),
        (is_class, by_class),
        (pattern is not None, named),
        (True, plain),
        (bool(classes), by_class),
        (True, named),
        (not train.folders, plain.with_values(label=shown(folder.name))),
    ]
    return [step for makes_sense, step in readings if makes_sense]


def _tables(contents: Contents) -> list[Step]:
    """The tables in a folder that list images in it, or in one of its folders."""
    return [step for name in contents.tables[:_TABLES_READ] if (step := _table(contents, name)) is not None]


def _table(contents: Contents, name: str) -> Step | None:
    folder = contents.path
    try:
        layout = read_layout(folder / name)
    except DatasetError:  # some other table
        return None
    paths = [row[layout.path].replace("\\", "/") for row in layout.rows]
    if any(_is_file(folder / path) for path in paths):
        return DATASETS.step("csv", root=str(folder), file=name)
    for inner in contents.folders[:_FOLDERS_TRIED]:
        if any(_is_file(folder / inner / path) for path in paths):
            return DATASETS.step("csv", root=str(folder / inner), file=f"../{name}")
    return None


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for names that are too long


def _torchvision_sets(folder: Path) -> list[Step]:
    """The downloadable sets that lie in ``folder``, as their root or as their own folder."""
    found = []
    for root in (folder, folder.parent):
        steps = [step for name in downloadable() for step in variants(DATASETS.step(name, root=str(root)))]
        found += [
            step
            for step in steps
            if (root == folder or folder.name in first_folders(step)) and is_on_disk(step)
        ]
    return found
