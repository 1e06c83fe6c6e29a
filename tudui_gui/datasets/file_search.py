"""Finding files below a folder by name, without opening one, and naming what is odd on the way.

Files come in the order of ``torchvision.datasets.ImageFolder``: sorted by folder, then by file name. Hidden
files and folders (a name that begins with a full stop) are left out; links are followed, but not in circles.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.batches import unreadable
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.sources import shown
from tudui_gui.images.reading import IMAGE_SUFFIXES

#: So many problems of one kind are named one by one; the others are counted.
NAMED_AT_MOST = 50

#: Directory entries between two looks at the cancel token.
_ENTRIES_PER_POLL = 1024

_SORTED_AT_ONCE = 10_000


@dataclass(frozen=True)
class _Folder:
    """A folder to look into. ``above``: the real paths of those it lies in; meeting one again is a loop."""

    relative: str
    real: str
    above: frozenset[str]

    def inner(self, entry: os.DirEntry[str]) -> _Folder:
        relative = f"{self.relative}/{entry.name}" if self.relative else entry.name
        # Resolving a path costs more than listing a small folder.
        real = os.path.realpath(entry.path) if entry.is_symlink() else str(Path(self.real, entry.name))
        return _Folder(relative, real, self.above | {self.real})


class Finder:
    """Looks for files below ``root`` and keeps what it could not follow as :attr:`problems`.

    Parameters
    ----------
    root : Path
    cancel : CancelToken
        Polled every thousand entries or so.
    """

    def __init__(self, root: Path, cancel: CancelToken) -> None:
        self.root = root
        self.cancel = cancel
        self.problems: list[DatasetProblem] = []

    def files(
        self, below: str = "", *, suffixes: frozenset[str] = IMAGE_SUFFIXES, deep: bool = True
    ) -> list[str]:
        """Paths relative to the root, with ``/``, of the files whose ending is one of ``suffixes``.

        Parameters
        ----------
        below : str
            Folder relative to the root to look in.
        suffixes : frozenset of str
            In lower case, with the full stop.
        deep : bool
            Whether to look into its subfolders too.
        """
        found: dict[str, list[str]] = {}
        pending = [self._start(below)]
        while pending:
            folder = pending.pop()
            names, inner = self._look(folder, suffixes)
            found[folder.relative] = sorted_names(names)
            pending += inner if deep else ()
        return [
            f"{relative}/{name}" if relative else name
            for relative in sorted(found)
            for name in found[relative]
        ]

    def _start(self, below: str) -> _Folder:
        top = Path(os.path.realpath(self.root))
        real = os.path.realpath(top / below)
        outside = map(str, (top, *top.parents) if below else top.parents)
        return _Folder(below, real, frozenset(outside))

    def _look(self, folder: _Folder, suffixes: frozenset[str]) -> tuple[list[str], list[_Folder]]:
        path = self.root / folder.relative
        if folder.real in folder.above:
            self._report(_LINK_LOOP, path, "link_loop")
            return [], []
        try:
            return self._entries(folder, path, suffixes)
        except OSError as cause:
            self._report(_UNREADABLE, path, "unreadable", reason=cause.strerror or str(cause))
            return [], []

    def _entries(
        self, folder: _Folder, path: Path, suffixes: frozenset[str]
    ) -> tuple[list[str], list[_Folder]]:
        files: list[str] = []
        inner: list[_Folder] = []
        with os.scandir(path) as entries:
            for number, entry in enumerate(entries):
                if number % _ENTRIES_PER_POLL == 0:
                    self.cancel.raise_if_cancelled()
                name = entry.name
                if name[0] == ".":
                    continue
                if is_folder(entry):
                    inner.append(folder.inner(entry))
                elif name[name.rfind(".") :].lower() in suffixes:
                    if _is_file(entry):
                        files.append(name)
                    elif entry.is_symlink():
                        self._report(_DEAD_LINK, path / name, "dead_link")
        return files, inner

    def _report(self, what: str, path: Path, kind: str, **fields: object) -> None:
        self.problems.append(DatasetProblem(what, {"path": shown(path), **fields}, path, kind=kind))


def list_images(root: Path, cancel: CancelToken) -> list[str]:
    """Paths relative to ``root``, with ``/``, of every image below it, sorted by folder and name.

    Raises
    ------
    DatasetError
        ``root`` cannot be read.
    Cancelled
    """
    subfolders(root, cancel)
    return Finder(root, cancel).files()


def sorted_names(names: Sequence[str]) -> list[str]:
    """As ``sorted``, in pieces: one sort of a million names would hold up all other threads meanwhile."""
    if len(names) <= _SORTED_AT_ONCE:
        return sorted(names)
    pieces = len(names) // _SORTED_AT_ONCE + 1
    sample = sorted(names[:: len(names) // (50 * pieces) + 1])
    bounds = sample[:: len(sample) // pieces]
    buckets: list[list[str]] = [[] for _ in range(len(bounds) + 1)]
    for name in names:
        buckets[bisect_right(bounds, name)].append(name)
    return [name for bucket in buckets for name in sorted(bucket)]


def subfolders(folder: Path, cancel: CancelToken) -> list[str]:
    """Sorted names of the visible folders in ``folder``. Raises ``DatasetError`` when it cannot be read."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number % _ENTRIES_PER_POLL == 0:
                    cancel.raise_if_cancelled()
                if entry.name[0] != "." and is_folder(entry):
                    found.append(entry.name)
    except OSError as cause:
        raise unreadable(folder, cause) from cause
    return sorted_names(found)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether ``entry`` is a folder or a link to one; whatever its name ends in."""
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def named_and_counted(
    kind: str, what: str, others: str, files: Sequence[str], folder: Path, **fields: object
) -> list[DatasetProblem]:
    """A problem for each of ``files``, relative to ``folder``, up to :data:`NAMED_AT_MOST` of them.

    Parameters
    ----------
    kind : str
    what : str
        Template with ``{path}`` for one file.
    others : str
        Template with ``{count}`` for all those not named.
    """
    named = [
        DatasetProblem(what, {"path": shown(folder / file), **fields}, folder / file, kind=kind)
        for file in files[:NAMED_AT_MOST]
    ]
    rest = len(files) - len(named)
    if rest:
        named.append(DatasetProblem(others, {"count": rest, **fields}, folder, kind=kind))
    return named


_LINK_LOOP = QT_TRANSLATE_NOOP("errors", "{path} leads back to a folder it lies in; it is left out.")
_DEAD_LINK = QT_TRANSLATE_NOOP("errors", "{path} is a link that leads nowhere; it is left out.")
_UNREADABLE = QT_TRANSLATE_NOOP("errors", "{path} cannot be read and is left out: {reason}.")
