"""The part of a script that opens the data set.

A plain set is opened by torchvision's own class, in the few lines a person would write. All others go through
lists of entries: what the source holds, then split, corrections and cut, as ``datasets.selection`` does them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import open_dataset, root_of
from tudui_gui.datasets.concatenation import CONCAT
from tudui_gui.datasets.file_search import subfolders
from tudui_gui.datasets.labelled_files import TEST_NAMES
from tudui_gui.datasets.sources import Dataset
from tudui_gui.scripts import torchvision_text
from tudui_gui.scripts.selection_text import IMAGES, JOINED, functions_for, is_selected, selecting
from tudui_gui.scripts.source_text import PICTURES, file_source
from tudui_gui.scripts.text import reading

_IS_PICTURE = '''\
ROOT = {root!r}


def is_picture(path):
    """Whether the name is that of a picture; hidden files and folders do not count."""
    parts = Path(path).relative_to(ROOT).parts
    return parts[-1].lower().endswith(PICTURES) and not any(part.startswith(".") for part in parts)
'''

_OPEN_TWO_FOLDERS = """\
train_data = datasets.ImageFolder({train}, train_transform, {options})
test_data = datasets.ImageFolder({test}, test_transform, {options})
classes = train_data.classes
assert test_data.classes == classes, "training and test have different classes"
"""

_OPEN_ONE_FOLDER = """\
train_data = datasets.ImageFolder({root}, train_transform, {options})
test_data = datasets.ImageFolder({root}, test_transform, {options})
classes = train_data.classes
train_indices, test_indices = split(np.array(train_data.targets))
train_data, test_data = Subset(train_data, train_indices), Subset(test_data, test_indices)
"""

_OPEN_ENTRIES = """\
train_data = Images(train, classes, train_transform)
test_data = Images(test, classes, test_transform)
"""

#: What ``ImageFolder`` would refuse, or take for something else.
_ODD = frozenset({"empty_class", "unknown_class", "unreadable", "link_loop", "dead_link", "missing_file"})

#: Sources of the program's own pictures, all of 8 bits.
_EIGHT_BITS = frozenset({"shapes", "photos"})


@dataclass(frozen=True)
class DataText:
    """Python text that opens a data set.

    Attributes
    ----------
    definitions : tuple of str
        Functions and classes for the top of the script.
    opening : str
        Lines that make ``train_data``, ``test_data`` and ``classes``, given both transforms.
    first_step : str
        Text of a step to put before both transforms, or nothing.
    labels : str
        Text of the labels of ``train_data``.
    has_entries : bool
        Whether ``opening`` makes ``unlabelled`` too: entries for ``Images``.
    """

    definitions: tuple[str, ...]
    opening: str
    first_step: str = ""
    labels: str = ""
    has_entries: bool = False


def data_text(
    step: Step, data_root: Path | None = None, *, dataset: Dataset | None = None, with_labels: bool = False
) -> DataText:
    """The text for a data set of ``DATASETS``; paths in it are absolute. Looks which folders there are.

    Parameters
    ----------
    step : Step
    data_root : Path, optional
        Where data lie when the step names no root.
    dataset : Dataset, optional
        What ``step`` opened as; without it, nothing is taken to be odd.
    with_labels : bool
        Whether :attr:`DataText.labels` are needed.

    Raises
    ------
    DatasetError
        A folder or a CSV that the text depends on cannot be read.
    """
    is_odd = dataset is not None and any(problem.kind in _ODD for problem in dataset.problems)
    if not is_selected(step) and not is_odd:
        plain = _plain_text(step, data_root)
        if plain is not None and (plain.labels or not with_labels):
            return plain
    return _entries_text(step, data_root)


def needs_a_look(step: Step) -> bool:
    """Whether the short text depends on what lies in a folder, which opening it tells."""
    is_plain = step.name == "folder" and not is_selected(step)
    return is_plain and os.path.isdir(root_of(step))  # noqa: PTH112 - Path.is_dir raises for long names


def looked_at(step: Step) -> Dataset | None:
    """The data set, opened, if its text depends on that. Reads directories. Raises ``DatasetError``."""
    return open_dataset(step) if needs_a_look(step) else None


def _plain_text(step: Step, data_root: Path | None) -> DataText | None:
    """The short text; None: there is none."""
    root = root_of(step, data_root)
    if step.name in torchvision_text.NAMES:
        definitions, opening, labels = torchvision_text.opening(step, root)
        if torchvision_text.is_in_files(step.name):
            definitions = (reading(None), *definitions)
        first_step = "transforms.Grayscale(3)" if torchvision_text.is_grey(step.name) else ""
        return DataText(definitions, opening, first_step, labels)
    if step.name == "folder" or (step.name == "shapes" and step.values["layout"] == "class_folders"):
        return _image_folder_text(step, root)
    return None


def _image_folder_text(step: Step, root: Path) -> DataText | None:
    """``ImageFolder``; None where it would not find what the application finds."""
    names = subfolders(root, CancelToken()) if root.is_dir() else []
    tests = [name for name in TEST_NAMES if name in names]
    train = root / "train" if "train" in names else root
    parts = [train, *(root / name for name in tests)]
    if len(parts) > 2 or (tests and train == root) or any(map(_has_hidden_folders, parts)):
        return None
    definitions: tuple[str, ...] = (reading(None),)
    options = "loader=read_rgb"
    if step.name not in _EIGHT_BITS:
        definitions = (PICTURES, reading(None, is_deep=True), _IS_PICTURE.format(root=str(root)))
        options += ", is_valid_file=is_picture"
    if tests:
        opening = _OPEN_TWO_FOLDERS.format(train=repr(str(train)), test=repr(str(parts[1])), options=options)
        return DataText(definitions, opening, labels="train_data.targets")
    opening = _OPEN_ONE_FOLDER.format(root=repr(str(train)), options=options)
    labels = "np.array(train_data.dataset.targets)[train_indices]"
    return DataText((torchvision_text.SPLIT_INDICES, *definitions), opening, labels=labels)


def _has_hidden_folders(folder: Path) -> bool:
    """Whether ``ImageFolder`` would take a hidden folder for a class."""
    return folder.is_dir() and any(path.is_dir() for path in folder.glob(".*"))


def _entries_text(step: Step, data_root: Path | None) -> DataText:
    found = _Sources(data_root)
    lines = found.lines(step)
    definitions = (*found.readers(), *found.functions, *functions_for(lines), IMAGES)
    return DataText(_once(definitions), f"{lines}{_OPEN_ENTRIES}", "", "train_data.labels", True)


class _Sources:
    """Writes the lines for a source, and those within it, and remembers which functions they call."""

    def __init__(self, data_root: Path | None) -> None:
        self.functions: list[str] = []
        self._data_root = data_root
        self._has_files = self._has_numbers = self._is_deep = False

    def lines(self, step: Step, number: str = "") -> str:
        """Lines that make ``classes``, ``train``, ``test`` and ``unlabelled``, after selection."""
        if step.name == CONCAT:
            return f"{self._joined(step, number)}{selecting(step, True)}"
        root = root_of(step, self._data_root)
        if step.name not in torchvision_text.NAMES:
            return self._in_files(step, root)
        is_in_files = torchvision_text.is_in_files(step.name)
        self._has_files |= is_in_files
        self._has_numbers |= not is_in_files
        functions, lines = torchvision_text.finding(step, root)
        self.functions += functions
        return f"{lines}unlabelled = []\n{selecting(step, step.name != 'digits')}"

    def readers(self) -> tuple[str, ...]:
        """The functions that read a picture."""
        files = (reading(None, is_deep=self._is_deep),)
        if not self._has_files:
            return (torchvision_text.READ_NUMBERED,)
        if self._has_numbers:
            return (*files, torchvision_text.READ_EITHER)
        return tuple(text.replace("def read_rgb(path)", "def read_picture(path)") for text in files)

    def _in_files(self, step: Step, root: Path) -> str:
        self._has_files = True
        self._is_deep |= step.name not in _EIGHT_BITS
        functions, call = file_source(step, root)
        self.functions += functions
        lines = f"classes, train, test, unlabelled = {call}\n"
        one_part = step.name in ("plain_folder", "photos")
        return f"{lines}{selecting(step, False if one_part else None)}"

    def _joined(self, step: Step, number: str) -> str:
        name = f"sources{number}"
        lines = f"{name} = []\n"
        for place, source in enumerate(step.values["sources"]):
            lines += f"{self.lines(source, f'{number}_{place}')}"
            lines += f"{name}.append((classes, train, test, unlabelled))\n"
        self.functions.append(JOINED)
        return f"{lines}classes, train, test, unlabelled = joined({name})\n"


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
