"""A CSV of paths and labels as a data set."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TextIO

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.file_search import NAMED_AT_MOST, Finder, named_and_counted, subfolders
from tudui_gui.datasets.labelled_files import TEST_NAMES, LabelledFiles, collection
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.sources import Collection, shown
from tudui_gui.datasets.table_layout import (
    EXPECTED,
    PARTS,
    TABLE_SUFFIXES,
    TableLayout,
    empty_table,
    read_layout,
    table_text,
)

_ROWS_PER_POLL = 512


def open_csv(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The images that a CSV lists, in its order, with the labels it gives them.

    A path is looked for below the CSV's folder, then below ``root``. With a column of parts the rows
    ``train`` are for training and ``test`` (or ``val``) for test. Files that are not there are left out:
    problem ``missing_file``; so are lines without a path or with an unknown part (``bad_row``), and a file's
    second line (``listed_twice``). A row without a label is an image without one: ``no_label``.

    Raises
    ------
    DatasetError
        ``root`` or the CSV missing, unreadable, empty or no table; no column of paths; none of the files is
        there; rows for test but none for training.
    Cancelled
    """
    values = step.values
    table = table_path(root, values["file"], cancel)
    columns = {name: values[name] for name in ("path_column", "label_column", "part_column")}
    layout = read_layout(table, **columns)
    rows = _Rows(table, root if root.is_dir() else root.parent, layout)
    with table_text(table) as stream:
        rows.read(stream, cancel)
    return rows.collection()


def table_path(root: Path, file: str | None, cancel: CancelToken) -> Path:
    """The CSV: ``file`` below ``root``, or ``root`` itself, or the only one in ``root``.

    Raises
    ------
    DatasetError
        ``root`` cannot be read, or there is none or several in it.
    """
    if file:
        return root / Path(file).expanduser()
    if root.is_file():
        return root
    subfolders(root, cancel)
    names = Finder(root, cancel).files(suffixes=TABLE_SUFFIXES, deep=False)
    if len(names) == 1:
        return root / names[0]
    raise _no_single_table(root, names)


class _Rows:
    """Takes in the rows of a table; the files are relative to ``root``."""

    def __init__(self, table: Path, root: Path, layout: TableLayout) -> None:
        self._table = table
        self._root = root
        self._layout = layout
        self._parts: dict[str, LabelledFiles] = {}
        self._seen: set[str] = set()
        self._missing: list[str] = []
        self._twice: list[str] = []
        self._bad: list[int] = []
        # Where paths may start from, relative to the root.
        self._starts = list(dict.fromkeys([_start(table.parent, root), ""]))

    def read(self, stream: TextIO, cancel: CancelToken) -> None:
        """Take in every row. Raises ``csv.Error`` for what is no CSV."""
        reader = csv.reader(stream, delimiter=self._layout.separator)
        rows = ((reader.line_num, row) for row in reader if any(map(str.strip, row)))
        for number, (line, row) in enumerate(rows):
            if number % _ROWS_PER_POLL == 0:
                cancel.raise_if_cancelled()
            if number > 0 or not self._layout.has_header:
                self._take(line, row)

    def _take(self, line: int, row: Sequence[str]) -> None:
        layout = self._layout
        path, label = _cell(row, layout.path), _cell(row, layout.label)
        part = "train" if layout.part is None else PARTS.get(_cell(row, layout.part).lower())
        if not path or part is None:
            self._bad.append(line)
            return
        file = self._find(path)
        if file is None:
            self._missing.append(path)
        elif file in self._seen:
            self._twice.append(file)
        else:
            self._seen.add(file)
            self._parts.setdefault(part, LabelledFiles()).add([file], label or None)

    def _find(self, path: str) -> str | None:
        """Where the file ``path`` is, relative to the root if it lies below it."""
        if "//" in path or "./" in path:  # the same file may be written in several ways
            path = str(PurePath(path))
        spellings = (path, path.replace("\\", "/")) if "\\" in path else (path,)
        for start in self._starts:
            for spelling in spellings:
                # Ten times as fast as Path; and Path.is_file raises for names that are too long.
                file = os.path.join(start, spelling)  # noqa: PTH118
                if os.path.isfile(os.path.join(self._root, file)):  # noqa: PTH113, PTH118
                    return file.removeprefix(f"{self._root}{os.sep}").replace(os.sep, "/")
        return None

    def collection(self) -> Collection:
        """What the rows describe. Raises ``DatasetError``."""
        if not self._seen:
            raise _nothing_there(self._table, self._missing) if self._missing else empty_table(self._table)
        tests = [name for name in TEST_NAMES if name in self._parts]
        if "train" not in self._parts:
            raise _no_training_rows(self._table, tests[0])
        train = self._parts["train"]
        test = self._parts[tests[0]] if tests else None
        train.problems += self._problems()
        notes = [self._unused(name) for name in tests[1:]]
        return collection(self._root, train, test, notes=[*notes, *self._without_label([train, test])])

    def _problems(self) -> list[DatasetProblem]:
        root = self._root
        lines = [
            DatasetProblem(_BAD_ROW, {"path": shown(self._table), "line": line}, self._table, kind="bad_row")
            for line in self._bad[:NAMED_AT_MOST]
        ]
        rest = len(self._bad) - len(lines)
        if rest:
            fields = {"path": shown(self._table), "count": rest}
            lines.append(DatasetProblem(_MORE_BAD_ROWS, fields, self._table, kind="bad_row"))
        missing = named_and_counted("missing_file", _MISSING, _MORE_MISSING, self._missing, root)
        twice = named_and_counted("listed_twice", _TWICE, _MORE_TWICE, self._twice, root)
        return [*missing, *lines, *twice]

    def _without_label(self, parts: Sequence[LabelledFiles | None]) -> list[DatasetProblem]:
        if self._layout.label is None:
            fields = {"path": shown(self._table)}
            return [DatasetProblem(_NO_LABELS, fields, self._table, is_note=True, kind="no_label")]
        files = [
            file
            for part in parts
            if part is not None
            for file, label in zip(part.files, part.labels, strict=True)
            if label is None
        ]
        return named_and_counted("no_label", _NO_LABEL, _MORE_NO_LABEL, files, self._root)

    def _unused(self, name: str) -> DatasetProblem:
        fields = {"path": shown(self._table), "part": name, "count": len(self._parts[name].files)}
        return DatasetProblem(_PART_UNUSED, fields, self._table, is_note=True, kind="unused")


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _start(folder: Path, root: Path) -> str:
    """``folder`` as seen from ``root``; empty for the root itself."""
    try:
        relative = os.path.relpath(folder, root)
    except ValueError:  # another drive
        return str(folder)
    return "" if relative == "." else relative


def _no_single_table(root: Path, names: Sequence[str]) -> DatasetError:
    if not names:
        return DatasetError(
            QT_TRANSLATE_NOOP("errors", "{path} holds no CSV file."), remedy=EXPECTED, path=shown(root)
        )
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} holds several CSV files: {names}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Say which one in file."),
        path=shown(root),
        names=shown(", ".join(names[:10])),
    )


def _nothing_there(table: Path, missing: Sequence[str]) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "None of the {count} files that {path} lists is there, such as {first}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose as root the folder that its paths start from."),
        path=shown(table),
        count=len(missing),
        first=shown(missing[0]),
    )


def _no_training_rows(table: Path, part: str) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has rows for {part} but none for train."),
        remedy=QT_TRANSLATE_NOOP("errors", "Call some rows train, or choose another column of parts."),
        path=shown(table),
        part=part,
    )


_MISSING = QT_TRANSLATE_NOOP("errors", "{path} is listed, but there is no such file; it is left out.")
_MORE_MISSING = QT_TRANSLATE_NOOP("errors", "{count} more files are listed but not there.")
_TWICE = QT_TRANSLATE_NOOP("errors", "{path} is listed more than once; the first line counts.")
_MORE_TWICE = QT_TRANSLATE_NOOP("errors", "{count} more lines list a file again.")
_BAD_ROW = QT_TRANSLATE_NOOP("errors", "{path}, line {line}: no path or no known part; it is left out.")
_MORE_BAD_ROWS = QT_TRANSLATE_NOOP("errors", "{path}: {count} more lines have no path or no known part.")
_NO_LABEL = QT_TRANSLATE_NOOP("errors", "{path} is listed without a label.")
_MORE_NO_LABEL = QT_TRANSLATE_NOOP("errors", "{count} more images are listed without a label.")
_NO_LABELS = QT_TRANSLATE_NOOP("errors", "{path} has no column of labels: no image has one.")
_PART_UNUSED = QT_TRANSLATE_NOOP(
    "errors", "{path}: the {count} rows for {part} are not used, because there are rows for test."
)
