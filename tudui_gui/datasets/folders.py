"""A folder per class: finding the images and naming what is odd, without opening a file.

Files come in the order of ``torchvision.datasets.ImageFolder``: classes sorted by name, within a class sorted
by folder and file name. Unlike there, hidden files are left out and all ``IMAGE_SUFFIXES`` count as images.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.batches import unreadable
from tudui_gui.datasets.sources import Collection, DatasetProblem, FileImageSet, shown
from tudui_gui.images.reading import IMAGE_SUFFIXES

_SUFFIXES = tuple(IMAGE_SUFFIXES)


@dataclass
class _Part:
    """What lies in one part (train, test): class name -> files relative to ``folder``."""

    folder: Path
    files: dict[str, list[str]] = field(default_factory=dict)
    problems: list[DatasetProblem] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.files.values()))


def open_folder(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The images below ``root``, a folder per class.

    ``root/train/<class>/*`` with ``root/test`` or ``root/val``; with no test part, or with class folders
    directly below ``root``, the set comes in one part. A class without images, a class missing from one
    part, test images of a class unknown in training (left out), folders that cannot be read, link loops and
    dead links become problems.

    Raises
    ------
    DatasetError
        ``root`` missing or unreadable, no class folder, no image, or ``test`` without ``train``.
    Cancelled
    """
    subfolders = _class_folders(root)
    test_name = next((name for name in ("test", "val") if name in subfolders), None)
    if "train" not in subfolders and test_name is not None:
        raise _no_train(root, test_name)
    train = _scan_part(root / "train" if "train" in subfolders else root, cancel)
    if train.count == 0:
        raise _no_images(train.folder)
    test = None if test_name is None else _scan_part(root / test_name, cancel)
    return _collection(root, train, test)


def _collection(root: Path, train: _Part, test: _Part | None) -> Collection:
    classes = tuple(train.files)
    whole, problems = _image_set(root, classes, train), train.problems
    if test is None:
        return Collection(
            shown(root.name or root), whole.classes, whole, problems=tuple(problems), path=train.folder
        )
    tests = _image_set(root, classes, test)
    if len(tests) == 0:
        raise _no_images(test.folder)
    problems = [*problems, *test.problems, *_mismatches(train, test)]
    if (root / "val").is_dir() and test.folder.name == "test":
        problems.append(_note(_VAL_NOT_USED, root / "val"))
    return Collection(
        shown(root.name or root), whole.classes, whole, tests, problems=tuple(problems), path=root
    )


def _image_set(root: Path, classes: tuple[str, ...], part: _Part) -> FileImageSet:
    labelled = [(label, file) for label, name in enumerate(classes) for file in part.files.get(name, ())]
    return FileImageSet(
        [shown(name) for name in classes],
        [label for label, _ in labelled],
        part.folder,
        [file for _, file in labelled],
        origin="" if part.folder == root else f"{part.folder.name}/",
    )


def _mismatches(train: _Part, test: _Part) -> list[DatasetProblem]:
    only_train = [
        DatasetProblem(
            _NOT_IN_TEST, {"name": shown(name), "part": test.folder.name}, test.folder, kind="empty_class"
        )
        for name in train.files
        if name not in test.files
    ]
    only_test = [
        DatasetProblem(
            _NOT_IN_TRAIN,
            {"name": shown(name), "count": len(files)},
            test.folder / name,
            kind="unknown_class",
        )
        for name, files in test.files.items()
        if name not in train.files
    ]
    return only_train + only_test


def _scan_part(folder: Path, cancel: CancelToken) -> _Part:
    part = _Part(folder)
    for name in _class_folders(folder):
        found = _scan_class(part, name, cancel)
        part.files[name] = [f"{below}/{file}" for below, file in sorted(found)]
        if not found:
            part.problems.append(
                DatasetProblem(_EMPTY_CLASS, {"name": shown(name)}, folder / name, kind="empty_class")
            )
    return part


def _scan_class(part: _Part, name: str, cancel: CancelToken) -> list[tuple[str, str]]:
    """(folder relative to the part, file name) of every image below one class folder."""
    found: list[tuple[str, str]] = []
    # Each pending folder comes with the real paths of the folders it lies in: meeting one again is a loop.
    top = Path(os.path.realpath(part.folder))
    pending = [(name, frozenset(map(str, (top, *top.parents))))]
    while pending:
        cancel.raise_if_cancelled()
        relative, above = pending.pop()
        folder = part.folder / relative
        real = os.path.realpath(folder)
        if real in above:
            part.problems.append(
                DatasetProblem(_LINK_LOOP, {"path": shown(folder)}, folder, kind="link_loop")
            )
            continue
        try:
            files, subfolders = _entries(part, folder)
        except OSError as cause:
            fields = {"path": shown(folder), "reason": cause.strerror or str(cause)}
            part.problems.append(DatasetProblem(_UNREADABLE, fields, folder, kind="unreadable"))
            continue
        found += [(relative, file) for file in files]
        pending += [(f"{relative}/{sub}", above | {real}) for sub in subfolders]
    return found


def _entries(part: _Part, folder: Path) -> tuple[list[str], list[str]]:
    """Names of the images and of the folders in ``folder``; no file is looked at but links."""
    files, subfolders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _leads_to(entry.is_dir):
                subfolders.append(entry.name)
            elif entry.name.lower().endswith(_SUFFIXES):
                if _leads_to(entry.is_file):
                    files.append(entry.name)
                elif entry.is_symlink():
                    path = folder / entry.name
                    part.problems.append(
                        DatasetProblem(_DEAD_LINK, {"path": shown(path)}, path, kind="dead_link")
                    )
    return files, subfolders


def _class_folders(folder: Path) -> list[str]:
    """Sorted names of the visible folders in ``folder``; raises ``DatasetError`` when there are none."""
    try:
        with os.scandir(folder) as entries:
            visible = (entry for entry in entries if not entry.name.startswith("."))
            names = sorted(entry.name for entry in visible if _leads_to(entry.is_dir))
    except OSError as cause:
        raise unreadable(folder, cause) from cause
    if not names:
        raise _no_class_folders(folder)
    return names


def _leads_to(is_kind: Callable[[], bool]) -> bool:
    try:
        return is_kind()
    except OSError:  # a link to itself
        return False


def _note(what: str, path: Path, **fields: object) -> DatasetProblem:
    return DatasetProblem(what, {"path": shown(path), **fields}, path, is_note=True, kind="unused")


def _no_class_folders(folder: Path) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has no folder per class."),
        remedy=_LAYOUT,
        path=shown(folder),
    )


def _no_images(folder: Path) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} is a folder without images."),
        remedy=_LAYOUT,
        path=shown(folder),
    )


def _no_train(root: Path, test_name: str) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has a folder {part} but no folder train."),
        remedy=_LAYOUT,
        path=shown(root),
        part=test_name,
    )


_LAYOUT = QT_TRANSLATE_NOOP(
    "errors", "Expected: train/<class>/*.jpg and test/<class>/*.jpg (or val), or <class>/*.jpg directly."
)
_EMPTY_CLASS = QT_TRANSLATE_NOOP("errors", "The class {name} has no images.")
_NOT_IN_TEST = QT_TRANSLATE_NOOP("errors", "The class {name} is not in {part}.")
_NOT_IN_TRAIN = QT_TRANSLATE_NOOP(
    "errors", "The class {name} is not in train: its {count} test images are left out."
)
_LINK_LOOP = QT_TRANSLATE_NOOP("errors", "{path} leads back to a folder it lies in; it is left out.")
_DEAD_LINK = QT_TRANSLATE_NOOP("errors", "{path} is a link that leads nowhere; it is left out.")
_UNREADABLE = QT_TRANSLATE_NOOP("errors", "{path} cannot be read and is left out: {reason}.")
_VAL_NOT_USED = QT_TRANSLATE_NOOP("errors", "{path} is not used, because there is a test folder.")
