"""How a CSV of paths and labels is to be read: its separator, its first line, and what its columns are.

Comma, semicolon or tab; UTF-8 with or without byte order mark; with or without a first line of column names.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TextIO

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.batches import unreadable
from tudui_gui.datasets.sources import shown
from tudui_gui.images.reading import IMAGE_SUFFIXES

#: Endings of the files that count as tables.
TABLE_SUFFIXES = frozenset({".csv", ".tsv"})

#: What a part may be called in a table.
PARTS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("test", "testing"), "test"),
    **dict.fromkeys(("val", "valid", "validation"), "val"),
}

_SEPARATORS = ",;\t"
_SAMPLE_ROWS = 50
_SAMPLE_CHARACTERS = 65_536

#: Column names that say what a column is, in lower case.
_PATH_NAMES = frozenset(
    {"path", "file", "filename", "file_name", "filepath", "file_path", "name", "id"}
    | {"image", "image_path", "image_id", "image_name", "img", "img_path"}
)
_LABEL_NAMES = frozenset(
    {"label", "labels", "class", "class_name", "category", "target", "species", "breed", "y"}
)
_PART_NAMES = frozenset({"part", "split", "set", "subset", "phase", "partition", "data set"})


@dataclass(frozen=True)
class TableLayout:
    """How a CSV is to be read.

    Attributes
    ----------
    separator : str
        ``","``, ``";"`` or a tab.
    has_header : bool
        Whether the first line holds the names of the columns.
    columns : tuple of str
        Names of the columns; ``"1"``, ``"2"`` ... without a header.
    path, label, part : int or None
        Numbers of the columns, from 0; None: there is none.
    rows : tuple of tuple of str
        The first rows below the header, for a preview.
    """

    separator: str
    has_header: bool
    columns: tuple[str, ...]
    path: int
    label: int | None = None
    part: int | None = None
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)


def read_layout(
    path: Path,
    *,
    path_column: str | None = None,
    label_column: str | None = None,
    part_column: str | None = None,
) -> TableLayout:
    """Look at the beginning of a CSV. Off the main thread.

    A column not given is found: for the paths the one whose entries end like images, else the one that is
    called so; for labels and parts by its name (parts also only if most of what it holds is ``train``,
    ``test`` or ``val``), for labels without such a name the first other column. The first line holds
    column names if its entry in the column of paths does not end like an image.

    Parameters
    ----------
    path : Path
    path_column, label_column, part_column : str, optional
        Name of a column, or its number from 1.

    Raises
    ------
    DatasetError
        The file cannot be read, is empty or no UTF-8 text; a given column is not there; none holds paths.
    """
    with table_text(path) as stream:
        sample = stream.read(_SAMPLE_CHARACTERS)
    if "\0" in sample:
        raise _no_table(path)
    separator, rows = _parsed(sample)
    if not sample.strip(f'{_SEPARATORS}" \r\n') or not rows:
        raise empty_table(path)
    columns = _Columns(path, rows)
    return columns.layout(separator, path_column, label_column, part_column)


def _parsed(sample: str) -> tuple[str, list[list[str]]]:
    """The separator that gives most columns, and the first rows that are not blank."""
    if len(sample) == _SAMPLE_CHARACTERS:  # the last line may be cut off in the middle
        sample = sample[: sample.rfind("\n") + 1] or sample
    tables = {sign: _first_rows(sample, sign) for sign in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda sign: min(map(len, tables[sign]), default=0))
    return best, tables[best]


def _first_rows(sample: str, separator: str) -> list[list[str]]:
    lines = io.StringIO(sample, newline="")
    try:
        rows = (row for row in csv.reader(lines, delimiter=separator) if any(map(str.strip, row)))
        return list(itertools.islice(rows, _SAMPLE_ROWS))
    except csv.Error:  # quotes that this separator does not fit
        return []


class _Columns:
    """Finds the columns of a table from its first rows."""

    def __init__(self, path: Path, rows: list[list[str]]) -> None:
        self._path = path
        self._width = max(map(len, rows))
        self._rows = [[cell.strip() for cell in row] + [""] * (self._width - len(row)) for row in rows]
        self._first = [cell.lower() for cell in self._rows[0]]

    def layout(
        self, separator: str, path_column: str | None, label_column: str | None, part_column: str | None
    ) -> TableLayout:
        """The layout, given the columns a person named."""
        paths = self._given(path_column) if path_column else self._paths()
        has_header = not _is_image_name(self._first[paths])
        below = self._rows[1:] if has_header else self._rows
        parts = self._given(part_column) if part_column else self._parts(below)
        labels = self._given(label_column) if label_column else self._labels({paths, parts}, has_header)
        names = self._rows[0] if has_header else [str(number + 1) for number in range(self._width)]
        rows = tuple(map(tuple, below))
        return TableLayout(separator, has_header, tuple(names), paths, labels, parts, rows)

    def _given(self, column: str) -> int:
        wanted = column.strip().lower()
        if wanted in self._first:
            return self._first.index(wanted)
        if wanted.isdecimal() and 1 <= int(wanted) <= self._width:
            return int(wanted) - 1
        raise _no_column(self._path, column, self._rows[0])

    def _paths(self) -> int:
        counts = [sum(_is_image_name(row[column]) for row in self._rows) for column in range(self._width)]
        if max(counts) > 0:
            return counts.index(max(counts))
        named = self._called(_PATH_NAMES)
        if named is None:
            raise _no_paths(self._path, self._rows[0])
        return named

    def _parts(self, below: list[list[str]]) -> int | None:
        column = self._called(_PART_NAMES)
        if column is None:
            return None
        found = [cell for row in below if (cell := row[column].lower())]
        # A few odd entries make their rows bad; not to heed the others would mix training and test.
        return column if found and 2 * sum(cell in PARTS for cell in found) > len(found) else None

    def _labels(self, taken: set[int | None], has_header: bool) -> int | None:
        named = self._called(_LABEL_NAMES) if has_header else None
        free = (column for column in range(self._width) if column not in taken)
        return named if named is not None and named not in taken else next(free, None)

    def _called(self, names: frozenset[str]) -> int | None:
        return next((number for number, cell in enumerate(self._first) if cell in names), None)


def _is_image_name(text: str) -> bool:
    return PurePosixPath(text.strip()).suffix.lower() in IMAGE_SUFFIXES


@contextmanager
def table_text(path: Path) -> Iterator[TextIO]:
    """The file as text. Raises ``DatasetError`` for all that is wrong with it, here or while it is read."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise _no_table(path)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except OSError as cause:
        raise unreadable(path, cause) from cause
    except (UnicodeDecodeError, csv.Error) as cause:
        raise _no_table(path, str(cause)) from cause


def _no_table(path: Path, detail: str = "") -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} is not a table of UTF-8 text."),
        remedy=QT_TRANSLATE_NOOP("errors", "In a spreadsheet program, save it as CSV UTF-8."),
        detail=detail,
        path=shown(path),
    )


def empty_table(path: Path) -> DatasetError:
    """The error for a table without a row for an image."""
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} lists no images."), remedy=EXPECTED, path=shown(path)
    )


def _no_paths(path: Path, columns: Sequence[str]) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has no column of paths to images; its columns are {columns}."),
        remedy=EXPECTED,
        path=shown(path),
        columns=_listed(columns),
    )


def _no_column(path: Path, column: str, columns: Sequence[str]) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has no column {column}; its columns are {columns}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Give the name of a column, or its number from 1."),
        path=shown(path),
        column=column,
        columns=_listed(columns),
    )


def _listed(columns: Sequence[str]) -> str:
    """The names, shortened."""
    return ", ".join(name[:40] for name in columns[:20])


EXPECTED = QT_TRANSLATE_NOOP(
    "errors",
    "Expected: one line for each image, such as ants/001.jpg,ants; the first line may name the columns.",
)
