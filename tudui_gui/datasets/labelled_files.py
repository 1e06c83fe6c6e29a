"""From files with the names of their labels to a collection: what all sources of a person's files share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.file_search import subfolders
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.sources import NO_LABEL, Collection, FileImageSet, shown

#: Names of the folders that a test part may have; the first that is there serves.
TEST_NAMES = ("test", "val")


@dataclass
class LabelledFiles:
    """The images of one part and the label of each.

    Attributes
    ----------
    folder : str
        Where the part lies below the root, such as ``"train"``; empty: it is the root.
    files : list of str
        Paths relative to ``folder``, with ``/``.
    labels : list of str or None
        One for each file; None: it has none.
    problems : list of DatasetProblem
        What was met while looking.
    classes : list of str or None
        Names of the class folders, sorted; None: the classes are those that :attr:`labels` name.
    """

    folder: str = ""
    files: list[str] = field(default_factory=list)
    labels: list[str | None] = field(default_factory=list)
    problems: list[DatasetProblem] = field(default_factory=list)
    classes: list[str] | None = None

    def add(self, files: Sequence[str], label: str | None) -> None:
        """Take in ``files``, all with the same label."""
        self.files += files
        self.labels += [label] * len(files)

    @property
    def has_labels(self) -> bool:
        """Whether any image has one."""
        return any(label is not None for label in self.labels)

    @property
    def origin(self) -> str:
        """What stands before a file's path to make it one below the root."""
        return f"{self.folder}/" if self.folder else ""


@dataclass(frozen=True)
class PartFolders:
    """Which folder below a root is which part. ``unused``: a second test part, which nothing uses."""

    train: str = ""
    test: str | None = None
    unused: str | None = None


def part_folders(root: Path, cancel: CancelToken) -> PartFolders:
    """``train`` and ``test`` (or ``val``) below ``root``; without ``train`` the root is one part.

    Raises
    ------
    DatasetError
        ``root`` cannot be read.
    """
    names = subfolders(root, cancel)
    if "train" not in names:
        return PartFolders()
    tests = [name for name in TEST_NAMES if name in names]
    return PartFolders("train", *tests)


def collection(
    root: Path,
    train: LabelledFiles,
    test: LabelledFiles | None = None,
    *,
    unlabelled: LabelledFiles | None = None,
    notes: Iterable[DatasetProblem] = (),
) -> Collection:
    """The collection of two parts, or of one; its classes are those of ``train``.

    Test images of a class that training does not have are left out, and named in a problem; so is a class
    that only training has.

    Parameters
    ----------
    root : Path
    train, test : LabelledFiles
        A test part without any label counts as none.
    unlabelled : LabelledFiles, optional
        Further images, none of which has a label.
    notes : iterable of DatasetProblem
        They come after the problems of the parts.
    """
    classes = train.classes
    if classes is None:
        classes = sorted({label for label in train.labels if label is not None})
    names = _display_names(classes)
    parts = [part for part in (train, test, unlabelled) if part is not None]
    problems = [problem for part in parts for problem in part.problems]
    if test is not None:
        problems += _mismatches(root, classes, test, {problem.path for problem in problems})
    tests = None if test is None else _image_set(root, classes, names, test)
    has_test = tests is not None and len(tests) > 0
    return Collection(
        shown(root.name or root),
        names,
        _image_set(root, classes, names, train),
        tests if has_test else None,
        _unlabelled(root, names, parts),
        (*problems, *notes),
        root if has_test else root / train.folder,
    )


def _display_names(classes: Sequence[str]) -> tuple[str, ...]:
    """The names as valid Unicode; those that become the same are numbered."""
    names = [shown(name) for name in classes]
    counts: Counter[str] = Counter()
    for place, name in enumerate(names):
        counts[name] += 1
        if counts[name] > 1:
            names[place] = f"{name} ({counts[name]})"
    return tuple(names)


def _image_set(
    root: Path, classes: Sequence[str], names: tuple[str, ...], part: LabelledFiles
) -> FileImageSet:
    numbers: dict[str | None, int] = {name: number for number, name in enumerate(classes)}
    labels = np.fromiter((numbers.get(label, NO_LABEL) for label in part.labels), np.int64, len(part.labels))
    files = [part.files[i] for i in np.flatnonzero(labels != NO_LABEL).tolist()]
    return FileImageSet(names, labels[labels != NO_LABEL], root / part.folder, files, origin=part.origin)


def _unlabelled(root: Path, names: tuple[str, ...], parts: Sequence[LabelledFiles]) -> FileImageSet | None:
    files = [
        f"{part.origin}{file}"
        for part in parts
        for file, label in zip(part.files, part.labels, strict=True)
        if label is None
    ]
    return FileImageSet(names, np.full(len(files), NO_LABEL), root, files) if files else None


def _mismatches(
    root: Path, classes: Sequence[str], test: LabelledFiles, reported: set[Path | None]
) -> list[DatasetProblem]:
    counts = Counter(label for label in test.labels if label is not None)
    folder, known = root / test.folder, frozenset(classes)
    part = shown(test.folder) or "test"
    missing = [
        DatasetProblem(_NOT_IN_TEST, {"name": shown(name), "part": part}, folder, kind="empty_class")
        for name in classes
        if counts and not counts[name] and folder / name not in reported
    ]
    unknown = [
        DatasetProblem(
            _NOT_IN_TRAIN,
            {"name": shown(name), "count": count},
            folder if test.classes is None else folder / name,
            kind="unknown_class",
        )
        for name, count in sorted(counts.items())
        if name not in known
    ]
    return missing + unknown


def unused(root: Path, name: str | None) -> list[DatasetProblem]:
    """The note that the folder ``name`` below ``root`` is not used, because there is a test folder."""
    if name is None:
        return []
    path = root / name
    return [DatasetProblem(_VAL_NOT_USED, {"path": shown(path)}, path, is_note=True, kind="unused")]


def no_images(folder: Path, remedy: str) -> DatasetError:
    """The error for a folder without any image."""
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} is a folder without images."), remedy=remedy, path=shown(folder)
    )


def no_train(root: Path, test_name: str, remedy: str) -> DatasetError:
    """The error for a test part without a training part."""
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has a folder {part} but no folder train."),
        remedy=remedy,
        path=shown(root),
        part=test_name,
    )


_NOT_IN_TEST = QT_TRANSLATE_NOOP("errors", "The class {name} is not in {part}.")
_NOT_IN_TRAIN = QT_TRANSLATE_NOOP(
    "errors", "The class {name} is not in train: its {count} test images are left out."
)
_VAL_NOT_USED = QT_TRANSLATE_NOOP("errors", "{path} is not used, because there is a test folder.")
