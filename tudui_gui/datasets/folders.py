"""A folder per class: finding the images and naming what is odd, without opening a file.

Files come in the order of ``torchvision.datasets.ImageFolder``: classes sorted by name, within a class sorted
by folder and file name. Unlike there, hidden files are left out and all ``IMAGE_SUFFIXES`` count as images.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.file_search import Finder, named_and_counted, subfolders
from tudui_gui.datasets.labelled_files import (
    TEST_NAMES,
    LabelledFiles,
    collection,
    no_images,
    no_train,
    unused,
)
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.sources import Collection, shown


def open_folder(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The images below ``root``, a folder per class.

    ``root/train/<class>/*`` with ``root/test`` or ``root/val``; with no test part, or with class folders
    directly below ``root``, the set comes in one part. Images beside the class folders have no label. A class
    without images, a class missing from one part, test images of a class unknown in training (left out),
    folders that cannot be read, link loops and dead links become problems.

    Raises
    ------
    DatasetError
        ``root`` missing or unreadable, no class folder, no image, or ``test`` without ``train``.
    Cancelled
    """
    names = subfolders(root, cancel)
    tests = [name for name in TEST_NAMES if name in names]
    if "train" not in names and tests:
        raise no_train(root, tests[0], _LAYOUT)
    train = read_class_folders(root, "train" if "train" in names else "", cancel)
    if not train.classes:
        raise _no_class_folders(root / train.folder)
    if not train.has_labels:
        raise no_images(root / train.folder, _LAYOUT)
    test, unlabelled = _test_parts(root, tests, cancel)
    read = {part.folder for part in (test, unlabelled) if part is not None}
    notes = [note for name in tests if name not in read for note in unused(root, name)]
    return collection(root, train, test, unlabelled=unlabelled, notes=notes)


def read_class_folders(root: Path, folder: str, cancel: CancelToken) -> LabelledFiles:
    """The images in the class folders of ``root/folder``, and those beside them, which have no label.

    Raises
    ------
    DatasetError
        The folder cannot be read.
    Cancelled
    """
    classes = subfolders(root / folder, cancel)
    part = LabelledFiles(folder, classes=classes)
    finder = Finder(root / folder, cancel)
    empty: list[DatasetProblem] = []
    for name in classes:
        found = finder.files(name)
        part.add(found, name)
        if not found:
            fields = {"name": shown(name)}
            empty.append(DatasetProblem(_EMPTY_CLASS, fields, finder.root / name, kind="empty_class"))
    loose = finder.files(deep=False)
    part.add(loose, None)
    part.problems += finder.problems + empty
    part.problems += named_and_counted("no_label", _LOOSE, _MORE_LOOSE, loose, finder.root)
    return part


def _test_parts(
    root: Path, names: Sequence[str], cancel: CancelToken
) -> tuple[LabelledFiles | None, LabelledFiles | None]:
    """The first of the folders ``names`` with a folder per class, and one before it with images alone."""
    unlabelled = None
    for name in names:
        part = read_class_folders(root, name, cancel)
        if part.has_labels:
            return part, unlabelled
        if part.classes:
            raise no_images(root / name, _LAYOUT)
        if not part.files:
            raise _no_class_folders(root / name)
        unlabelled = unlabelled or part
    return None, unlabelled


def _no_class_folders(folder: Path) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has no folder per class."),
        remedy=_LAYOUT,
        path=shown(folder),
    )


_LAYOUT = QT_TRANSLATE_NOOP(
    "errors", "Expected: train/<class>/*.jpg and test/<class>/*.jpg (or val), or <class>/*.jpg directly."
)
_EMPTY_CLASS = QT_TRANSLATE_NOOP("errors", "The class {name} has no images.")
_LOOSE = QT_TRANSLATE_NOOP("errors", "{path} lies in no class folder: it has no label.")
_MORE_LOOSE = QT_TRANSLATE_NOOP("errors", "{count} more images lie in no class folder: they have no label.")
