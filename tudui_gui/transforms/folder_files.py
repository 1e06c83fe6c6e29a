"""The image files of a folder that a pipeline is applied to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.images.reading import IMAGE_SUFFIXES

_ENTRIES_PER_POLL = 512


@dataclass(frozen=True)
class FoundFiles:
    """What :func:`find_images` found.

    Attributes
    ----------
    files : tuple of str
        Relative to the folder, with ``/``; sorted by folder, then by name, as ``ImageFolder`` does.
    unreadable : tuple of (str, str)
        Sub-folders that cannot be listed, each with the system's reason.
    """

    files: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...] = ()


def find_images(
    root: Path, *, deep: bool = True, without: Path | None = None, cancel: CancelToken | None = None
) -> FoundFiles:
    """The files below ``root`` whose ending is one of ``IMAGE_SUFFIXES``; none of them is opened.

    Hidden files and folders are left out; links are followed, but not in circles.

    Parameters
    ----------
    root : Path
    deep : bool
        Whether to look into sub-folders.
    without : Path, optional
        A folder below that is left out.
    cancel : CancelToken, optional

    Raises
    ------
    ImageError
        When ``root`` itself cannot be listed.
    Cancelled
    """
    search = _Search(root, without, cancel)
    pending = [("", frozenset[str]())]
    while pending:
        relative, above = pending.pop()
        inner = search.look(relative)
        real = os.path.realpath(root / relative)
        if deep:
            pending += [(each, above | {real}) for each in inner if search.is_new(each, above | {real})]
    return FoundFiles(
        tuple(name for relative in sorted(search.names) for name in search.names[relative]),
        tuple(search.unreadable),
    )


class _Search:
    def __init__(self, root: Path, without: Path | None, cancel: CancelToken | None) -> None:
        self.names: dict[str, list[str]] = {}
        self.unreadable: list[tuple[str, str]] = []
        self._root = root
        self._without = None if without is None else os.path.realpath(without)
        self._cancel = cancel

    def is_new(self, relative: str, above: frozenset[str]) -> bool:
        """Whether the folder is none of those it lies in, nor the one to be left out."""
        real = os.path.realpath(self._root / relative)
        return real not in above and real != self._without

    def look(self, relative: str) -> list[str]:
        """List one folder; returns its sub-folders."""
        files: list[str] = []
        inner: list[str] = []
        try:
            with os.scandir(self._root / relative) as entries:
                for number, entry in enumerate(entries):
                    if self._cancel is not None and number % _ENTRIES_PER_POLL == 0:
                        self._cancel.raise_if_cancelled()
                    self._sort_in(entry, f"{relative}/{entry.name}" if relative else entry.name, files, inner)
        except OSError as cause:
            self._report(relative, cause)
        self.names[relative] = sorted(files)
        return inner

    def _sort_in(self, entry: os.DirEntry[str], path: str, files: list[str], inner: list[str]) -> None:
        if entry.name.startswith("."):
            return
        try:
            if entry.is_dir():
                inner.append(path)
            elif os.path.splitext(entry.name)[1].lower() in IMAGE_SUFFIXES and entry.is_file():  # noqa: PTH122
                files.append(path)
        except OSError as cause:  # a link to itself
            self.unreadable.append((path, cause.strerror or str(cause)))

    def _report(self, relative: str, cause: OSError) -> None:
        reason = cause.strerror or str(cause)
        if relative:
            self.unreadable.append((relative, reason))
            return
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "The folder {path} cannot be read."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a folder of images that you may read."),
            detail=reason,
            path=shown(self._root),
        ) from cause
