"""A person's own images in other layouts than a folder per class: labels in text files, in names, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.file_search import Finder, named_and_counted, subfolders
from tudui_gui.datasets.folders import read_class_folders
from tudui_gui.datasets.labelled_files import (
    TEST_NAMES,
    LabelledFiles,
    collection,
    no_images,
    no_train,
    part_folders,
    unused,
)
from tudui_gui.datasets.name_patterns import label_finder
from tudui_gui.datasets.sources import Collection, shown
from tudui_gui.images.reading import IMAGE_SUFFIXES

_IMAGE_FOLDER = re.compile(r"(?P<stem>.*?)[ _-]?(images?|imgs?)", re.IGNORECASE | re.DOTALL)
_LABEL_FOLDER = re.compile(r"(?P<stem>.*?)[ _-]?(labels?)", re.IGNORECASE | re.DOTALL)
_TEXT_SUFFIXES = frozenset({".txt"})

#: A first line of more bytes is no class name.
_LONGEST_LABEL = 1000

_NAMES_PER_POLL = 4096


def open_paired_folders(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """Images in ``<class>_image`` and, named alike, text files with their labels in ``<class>_label``.

    The label is the first line of the file, without the spaces around it. The folders lie in ``root/train``
    and ``root/test`` (or ``root/val``), which may also be a folder per class, or directly below ``root``;
    there ``train_images``, ``train_labels`` and ``test_images``, ``test_labels`` are the parts. An image
    without a label file, or with one that is empty or not UTF-8, has no label: problem ``no_label``. A label
    file without an image is a problem ``no_image``.

    Raises
    ------
    DatasetError
        ``root`` unreadable, no such pair of folders, no image, or ``test`` without ``train``.
    Cancelled
    """
    names = subfolders(root, cancel)
    tests = [name for name in TEST_NAMES if name in names]
    if "train" not in names and tests:
        raise no_train(root, tests[0], _PAIRS)
    if "train" in names:
        folders = part_folders(root, cancel)
        train = _read_pairs(root, folders.train, cancel)
        test = None if folders.test is None else _read_test(root, folders.test, cancel)
        notes = unused(root, folders.unused)
    else:
        train, test = _parts_by_name(root, names, cancel)
        notes = []
    if not train.files:
        raise no_images(root / train.folder, _PAIRS)
    return collection(root, train, test, notes=notes)


def label_folders(names: Iterable[str]) -> dict[str, str]:
    """Of the folders ``names`` those with labels that have one with images beside them, by their stem."""
    names = list(names)
    images, labels = _by_stem(names, _IMAGE_FOLDER), _by_stem(names, _LABEL_FOLDER)
    return {stem: name for stem, name in labels.items() if stem in images}


def _by_stem(names: Iterable[str], form: re.Pattern[str]) -> dict[str, str]:
    found = {name: form.fullmatch(name) for name in names}
    return {match["stem"]: name for name, match in found.items() if match}


def _read_test(root: Path, folder: str, cancel: CancelToken) -> LabelledFiles:
    if label_folders(subfolders(root / folder, cancel)):
        return _read_pairs(root, folder, cancel)
    # The tutorial's practice set has pairs for training and a folder per class for validation.
    return read_class_folders(root, folder, cancel)


def _parts_by_name(
    root: Path, names: list[str], cancel: CancelToken
) -> tuple[LabelledFiles, LabelledFiles | None]:
    """Train and test from ``train_images``, ``test_images`` and so on, else all pairs as one part."""
    stems = label_folders(names)
    tests = [name for name in TEST_NAMES if name in stems]
    if "train" not in stems or not tests:
        return _read_pairs(root, "", cancel), None
    return _read_pairs(root, "", cancel, "train"), _read_pairs(root, "", cancel, tests[0])


def _read_pairs(root: Path, folder: str, cancel: CancelToken, only: str | None = None) -> LabelledFiles:
    """The images of all pairs of folders in ``root/folder``, or of the pair that begins with ``only``."""
    names = subfolders(root / folder, cancel)
    images, labels = _by_stem(names, _IMAGE_FOLDER), _by_stem(names, _LABEL_FOLDER)
    if not images.keys() & labels.keys():
        raise _no_pairs(root / folder)
    pairs = _Pairs(LabelledFiles(folder), Finder(root / folder, cancel))
    for stem in sorted({*images, *labels}) if only is None else [only]:
        pairs.take(images.get(stem), labels.get(stem))
    return pairs.part_with_problems()


class _Pairs:
    """Fills ``part`` from image folders and label folders."""

    def __init__(self, part: LabelledFiles, finder: Finder) -> None:
        self._part = part
        self._finder = finder
        self._unlabelled: dict[str, list[str]] = {}
        self._lonely: list[str] = []

    def take(self, image_folder: str | None, label_folder: str | None) -> None:
        """Take in the images of one folder with what their label files say; one of the two may be missing."""
        images = self._by_stem(image_folder)
        texts = dict(self._by_stem(label_folder, _TEXT_SUFFIXES))
        for stem, image in images:
            self._finder.cancel.raise_if_cancelled()
            text = texts.get(stem)
            label, reason = (None, _NO_FILE) if text is None else _read_label(self._finder.root / text)
            self._part.add([image], label)
            if reason is not None:
                self._unlabelled.setdefault(reason, []).append(image)
        self._lonely += [texts[stem] for stem in texts.keys() - {stem for stem, _ in images}]

    def _by_stem(
        self, folder: str | None, suffixes: frozenset[str] = IMAGE_SUFFIXES
    ) -> list[tuple[str, str]]:
        """(path below ``folder`` without ending, path) of its files."""
        if folder is None:
            return []
        files = self._finder.files(folder, suffixes=suffixes)
        return [(file[len(folder) + 1 :].rpartition(".")[0], file) for file in files]

    def part_with_problems(self) -> LabelledFiles:
        """The part, with what is odd about it."""
        root, problems = self._finder.root, self._part.problems
        problems += self._finder.problems
        for reason, images in self._unlabelled.items():
            problems += named_and_counted("no_label", reason, _OTHERS[reason], images, root)
        problems += named_and_counted("no_image", _NO_IMAGE, _OTHERS[_NO_IMAGE], sorted(self._lonely), root)
        return self._part


def _read_label(path: Path) -> tuple[str | None, str | None]:
    """The label in a text file, else why there is none."""
    try:
        with path.open("rb") as stream:
            line = stream.readline(_LONGEST_LABEL + 1)
        label = line.decode("utf-8-sig").partition("\r")[0].strip()
    except OSError:
        return None, _UNREADABLE
    except UnicodeDecodeError:
        return None, _NOT_UTF8
    if len(line) > _LONGEST_LABEL or "\0" in label:
        return None, _NOT_A_NAME
    return (label, None) if label else (None, _EMPTY)


def open_named_files(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """All images below ``root``, with the label that ``pattern`` finds in each name.

    With ``root/train`` and ``root/test`` (or ``root/val``) these are the parts. Images whose name does not
    fit have no label: problem ``no_label``.

    Raises
    ------
    DatasetError
        ``root`` unreadable, no image, or a pattern that is none: says why.
    Cancelled
    """
    find = label_finder(step.values["pattern"])
    folders = part_folders(root, cancel)
    if folders.test is None:
        train, test = _read_names(root, "", find, cancel), None
    else:
        train = _read_names(root, folders.train, find, cancel)
        test = _read_names(root, folders.test, find, cancel)
    if not train.files:
        raise no_images(root / train.folder, _ANY_IMAGES)
    return collection(root, train, test, notes=unused(root, folders.unused))


def _read_names(
    root: Path, folder: str, find: Callable[[str], str | None], cancel: CancelToken
) -> LabelledFiles:
    finder = Finder(root / folder, cancel)
    part = LabelledFiles(folder, finder.files())
    for number, file in enumerate(part.files):
        if number % _NAMES_PER_POLL == 0:
            cancel.raise_if_cancelled()
        part.labels.append(find(f"{part.origin}{file}"))
    misfits = [file for file, label in zip(part.files, part.labels, strict=True) if label is None]
    part.problems += finder.problems
    part.problems += named_and_counted("no_label", _MISFIT, _OTHERS[_MISFIT], misfits, finder.root)
    return part


def open_plain_folder(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """All images below ``root`` in one part: all of the class ``label``, or none has a label.

    Raises
    ------
    DatasetError
        ``root`` unreadable or without an image.
    Cancelled
    """
    subfolders(root, cancel)
    finder = Finder(root, cancel)
    whole = LabelledFiles()
    whole.add(finder.files(), step.values["label"] or None)
    if not whole.files:
        raise no_images(root, _ANY_IMAGES)
    return collection(root, whole, notes=finder.problems)


def _no_pairs(folder: Path) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has no folder of images with a folder of labels beside it."),
        remedy=_PAIRS,
        path=shown(folder),
    )


_PAIRS = QT_TRANSLATE_NOOP(
    "errors",
    "Expected: ants_image/*.jpg with ants_label/*.txt, so for each class, directly or in train and test.",
)
_ANY_IMAGES = QT_TRANSLATE_NOOP(
    "errors", "Choose a folder that holds JPEG, PNG, BMP, GIF, WebP or TIFF files."
)
_NO_FILE = QT_TRANSLATE_NOOP("errors", "{path} has no label file: it has no label.")
_EMPTY = QT_TRANSLATE_NOOP("errors", "{path} has no label: the first line of its label file is empty.")
_NOT_UTF8 = QT_TRANSLATE_NOOP("errors", "{path} has no label: its label file is not UTF-8.")
_NOT_A_NAME = QT_TRANSLATE_NOOP(
    "errors", "{path} has no label: the first line of its label file is no name of a class."
)
_UNREADABLE = QT_TRANSLATE_NOOP("errors", "{path} has no label: its label file cannot be read.")
_NO_IMAGE = QT_TRANSLATE_NOOP("errors", "{path} is a label file without an image.")
_MISFIT = QT_TRANSLATE_NOOP("errors", "{path} has no label: its name does not fit the pattern.")

#: For each problem how those beyond the first are told.
_OTHERS = {
    _NO_FILE: QT_TRANSLATE_NOOP("errors", "{count} more images have no label file."),
    _EMPTY: QT_TRANSLATE_NOOP("errors", "{count} more images have a label file whose first line is empty."),
    _NOT_UTF8: QT_TRANSLATE_NOOP("errors", "{count} more images have a label file that is not UTF-8."),
    _NOT_A_NAME: QT_TRANSLATE_NOOP("errors", "{count} more images have a label file without a name in it."),
    _UNREADABLE: QT_TRANSLATE_NOOP("errors", "{count} more images have a label file that cannot be read."),
    _NO_IMAGE: QT_TRANSLATE_NOOP("errors", "{count} more label files have no image."),
    _MISFIT: QT_TRANSLATE_NOOP("errors", "{count} more names do not fit the pattern."),
}
