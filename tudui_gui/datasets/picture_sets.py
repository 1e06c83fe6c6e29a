"""Flowers102, OxfordIIITPet, Food101 and Imagenette as torchvision lays them out under a root folder.

Classes, labels and order are those of torchvision's classes. Pixels are read as everywhere in the program,
by ``images.reading``: unlike torchvision's loader that turns a picture upright as its EXIF data says.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.batches import damaged, read_mat, require_files, unreadable
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.remote_files import files_of
from tudui_gui.datasets.sources import Collection, FileImageSet, shown

#: Path below the folder of the images, and class index.
Listed = list[tuple[str, int]]


def open_flowers(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """Flowers102 from ``root``: ``train`` and ``test`` as its ``setid.mat`` says; ``val`` is not used.

    Raises ``DatasetError`` naming the file at fault.
    """
    kind: Any = step.operation.target
    folder = _required(step, root)
    labels_file, parts_file = (kind._file_dict[key] for key in ("label", "setid"))
    labels = read_mat(folder / labels_file[0], labels_file[1], cancel)
    parts = read_mat(folder / parts_file[0], parts_file[1], cancel)
    try:
        numbers = labels["labels"].reshape(-1).astype(int) - 1
        train, test, unused = (
            [(f"image_{number:05}.jpg", int(numbers[number - 1])) for number in parts[key].reshape(-1)]
            for key in ("trnid", "tstid", "valid")
        )
    except (KeyError, IndexError, ValueError) as cause:
        raise damaged(folder / parts_file[0], str(cause)) from cause
    note = DatasetProblem(
        _VAL_NOT_USED, {"dataset": step.name, "count": len(unused)}, is_note=True, kind="unused"
    )
    return _Reading(step, folder / "jpg", kind.classes, cancel).collection(train, test, [note])


def open_pets(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """OxfordIIITPet from ``root``: ``trainval`` for training, ``test`` for test; the class is the breed.

    Raises ``DatasetError`` naming the file at fault.
    """
    folder = _required(step, root)
    files = [folder / "annotations" / name for name in ("trainval.txt", "test.txt")]
    train, test = (_pet_list(file) for file in files)
    breeds = sorted({(label, file.rsplit("_", 1)[0]) for file, label in (*train, *test)})
    if [label for label, _ in breeds] != list(range(len(breeds))):
        raise damaged(files[0], "not one name for each label")
    classes = [" ".join(word.title() for word in name.split("_")) for _, name in breeds]
    return _Reading(step, folder / "images", classes, cancel).collection(train, test, [])


def _pet_list(file: Path) -> Listed:
    try:
        rows = [line.split() for line in _text(file).splitlines()]
        return [(f"{name}.jpg", int(label) - 1) for name, label, _, _ in rows]
    except ValueError as cause:
        raise damaged(file, str(cause)) from cause


def open_food(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """Food101 from ``root``, its parts as ``meta/train.json`` and ``meta/test.json`` list them.

    Raises ``DatasetError`` naming the file at fault.
    """
    folder = _required(step, root) / "food-101"
    require_files(step, root, folder, ("images", "meta"))
    files = [folder / "meta" / name for name in ("train.json", "test.json")]
    classes = sorted(_food_list(files[0]))
    train, test = (_food_labels(file, classes) for file in files)
    return _Reading(step, folder / "images", classes, cancel).collection(train, test, [])


def _food_list(file: Path) -> dict[str, list[str]]:
    try:
        table = json.loads(_text(file))
    except ValueError as cause:
        raise damaged(file, str(cause)) from cause
    is_right = isinstance(table, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) for name in names) for names in table.values()
    )
    if not is_right or not table:
        raise damaged(file)
    return dict(table)


def _food_labels(file: Path, classes: Sequence[str]) -> Listed:
    labels = {name: label for label, name in enumerate(classes)}
    try:
        return [
            (f"{name}.jpg", labels[class_name])
            for class_name, names in _food_list(file).items()
            for name in names
        ]
    except KeyError as cause:
        raise damaged(file, str(cause)) from cause


def open_imagenette(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """Imagenette from ``root``: ``train`` for training and ``val`` for test; of a class's names the first.

    Raises ``DatasetError`` naming the file at fault.
    """
    kind: Any = step.operation.target
    folder = _required(step, root) / files_of(step)[0].unpacked[0]
    require_files(step, root, folder, ("train", "val"))
    ids = sorted(name for name in _names(folder / "train") if (folder / "train" / name).is_dir())
    unknown = [name for name in ids if name not in kind._WNID_TO_CLASS]
    if unknown or not ids:
        raise damaged(folder / "train", ", ".join(map(shown, unknown)))
    classes = [kind._WNID_TO_CLASS[name][0] for name in ids]
    train, test = (_jpegs(folder / part, ids, cancel) for part in ("train", "val"))
    note = DatasetProblem(_VAL_FOR_TEST, {"dataset": step.name}, is_note=True, kind="split")
    return _Reading(step, folder, classes, cancel).collection(train, test, [note])


def _jpegs(part: Path, ids: Sequence[str], cancel: CancelToken) -> Listed:
    listed = []
    for label, folder in enumerate(ids):
        cancel.raise_if_cancelled()
        names = sorted(name for name in _names(part / folder) if name.lower().endswith(".jpeg"))
        listed += [(f"{part.name}/{folder}/{name}", label) for name in names]
    return listed


class _Reading:
    """Makes a collection of listed files, of which some may be missing."""

    def __init__(self, step: Step, folder: Path, classes: Sequence[str], cancel: CancelToken) -> None:
        self._step = step
        self._folder = folder
        self._classes = tuple(classes)
        self._cancel = cancel
        self._present: dict[str, frozenset[str]] = {}

    def collection(self, train: Listed, test: Listed, notes: Sequence[DatasetProblem]) -> Collection:
        """``notes`` come after the problems with files. Raises ``DatasetError`` if a part has none left."""
        missing = [file for file, _ in (*train, *test) if not self._is_present(file)]
        problems = [*(self._missing(missing) if missing else ()), *notes]
        opened, tests = self._image_set(train), self._image_set(test)
        return Collection(
            self._step.name, self._classes, opened, tests, problems=tuple(problems), path=self._folder
        )

    def _image_set(self, listed: Listed) -> FileImageSet:
        here = [(file, label) for file, label in listed if self._is_present(file)]
        labels = [label for _, label in here]
        if not here or not 0 <= min(labels) <= max(labels) < len(self._classes):
            raise damaged(self._folder)
        return FileImageSet(self._classes, labels, self._folder, [file for file, _ in here])

    def _is_present(self, file: str) -> bool:
        """Whether the directory has it: one look at each directory, none at the file."""
        below, _, name = file.rpartition("/")
        if below not in self._present:
            self._cancel.raise_if_cancelled()
            folder = self._folder / below
            self._present[below] = frozenset(_names(folder) if folder.is_dir() else ())
        return name in self._present[below]

    def _missing(self, files: Sequence[str]) -> list[DatasetProblem]:
        fields = {"dataset": self._step.name, "count": len(files), "path": shown(self._folder / files[0])}
        return [DatasetProblem(_MISSING, fields, self._folder / files[0], kind="missing_file")]


def _required(step: Step, root: Path) -> Path:
    """The folder of the set's files, which are all there. Raises ``DatasetError``."""
    files = files_of(step)
    folder = root / files[0].folder
    require_files(step, root, folder, [name for file in files for name in file.unpacked])
    return folder


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names, not paths: there are 100,000 of them
    except OSError as cause:
        raise unreadable(folder, cause) from cause


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as cause:
        raise damaged(file, str(cause)) from cause
    except OSError as cause:
        raise unreadable(file, cause) from cause


_VAL_NOT_USED = QT_TRANSLATE_NOOP(
    "errors", "{dataset} has a part val of {count} images, which is not used: there are train and test."
)
_VAL_FOR_TEST = QT_TRANSLATE_NOOP("errors", "{dataset} has no part test: its part val is for test.")
_MISSING = QT_TRANSLATE_NOOP(
    "errors", "{dataset} lists {count} images that are missing and are left out; the first is {path}."
)
