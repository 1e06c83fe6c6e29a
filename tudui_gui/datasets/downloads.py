"""Fetching the files of torchvision's data sets, resumable, into torchvision's layout.

A file is written to ``NAME.part`` beside its place, checked against torchvision's MD5 and unpacked into a
temporary folder; only when everything is unpacked is it renamed into place. Interrupted at any time, this
leaves at most ``.part`` files, from which the next attempt goes on.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.remote_files import RemoteFile, files_of, from_mirror
from tudui_gui.datasets.space import require_space
from tudui_gui.datasets.transfer import UnreachableError, fetch, md5_of
from tudui_gui.datasets.unpacking import Packed, unpack_files

_SECONDS_BETWEEN_REPORTS = 0.1


@dataclass(frozen=True)
class Progress:
    """How far a download is.

    Attributes
    ----------
    file : str
        The file being fetched or unpacked.
    bytes_done, bytes_total : int, int or None
        Of this file; the total is None while the server has not told it.
    bytes_per_second : float
        Since the transfer of this file began; 0 before anything came.
    seconds_left : float or None
        For this file, at that speed.
    number, count : int
        This is file ``number`` (from 1) of ``count``.
    unpacking : bool
        True once the file is fetched and is being unpacked; bytes are of the packed file.
    """

    file: str
    bytes_done: int
    bytes_total: int | None
    bytes_per_second: float
    seconds_left: float | None
    number: int = 1
    count: int = 1
    unpacking: bool = False


Report = Callable[[Progress], None]


def download(
    step: Step, root: Path, *, progress: Report, cancel: CancelToken, mirror: str | None = None
) -> None:
    """Fetch the files of ``step`` into torchvision's layout below ``root``. Blocks; any thread.

    Parameters
    ----------
    step : Step
        Of ``DATASETS``, tagged ``download``.
    root : Path
        ``catalog.root_of(step)``.
    progress : callable
        Called on this thread, about ten times a second.
    cancel : CancelToken
        Takes effect within a fraction of a second, even while the network says nothing.
    mirror : str, optional
        Address of a folder to fetch the files from by their names, instead of torchvision's addresses.

    Raises
    ------
    DatasetError, StorageError, Cancelled
        As :func:`download_files`.
    """
    files = files_of(step)
    if mirror is not None:
        files = tuple(from_mirror(file, mirror) for file in files)
    download_files(files, root, progress=progress, cancel=cancel)


def download_files(files: Sequence[RemoteFile], root: Path, *, progress: Report, cancel: CancelToken) -> None:
    """Fetch, check and unpack ``files`` below ``root``.

    A file that a person has put into its place, or that an earlier attempt has fetched, is used if its
    checksum is right; when all are there, nothing is asked of the network.

    Raises
    ------
    DatasetError
        No connection (names files, addresses and the place to put them by hand), an answer that is not the
        file, a wrong checksum (the ``.part`` is deleted), an archive that cannot be unpacked.
    StorageError
        There is no room for all of it, or a file cannot be written, for example on a full disk.
    Cancelled
        Only ``.part`` files are left.
    """
    _Download(files, root, progress, cancel).run()


class _Download:
    def __init__(
        self, files: Sequence[RemoteFile], root: Path, progress: Report, cancel: CancelToken
    ) -> None:
        self._files = files
        self._root = root
        self._progress = progress
        self._cancel = cancel

    def run(self) -> None:
        archives = [self._fetched(index) for index in range(len(self._files))]
        packed = [
            Packed(archive, self._root / file.folder, file.unpacked)
            for archive, file in zip(archives, self._files, strict=True)
        ]
        reporters = [self._reporter(index, unpacking=True) for index in range(len(packed))]

        def report(index: int, done: int, total: int) -> None:
            reporters[index](done, total)

        unpack_files(packed, self._root, report, self._cancel)

    def _place(self, file: RemoteFile) -> Path:
        return self._root / file.folder / file.name

    def _reporter(self, index: int, *, unpacking: bool = False) -> _Reporter:
        name, count = self._files[index].name, len(self._files)
        start = Progress(name, 0, None, 0.0, None, index + 1, count, unpacking)
        return _Reporter(start, self._progress)

    def _fetched(self, index: int) -> Path:
        """The packed file with the right checksum: put there by a person, or fetched."""
        file = self._files[index]
        place = self._place(file)
        is_there = place.is_file()
        if is_there and md5_of(place, self._cancel) == file.md5:
            return place
        part = place.with_name(f"{file.name}.part")
        if part.is_file() and md5_of(part, self._cancel) == file.md5:
            return part
        notes = [f"{place}: its checksum is not {file.md5}"] if is_there else []
        if self._fetch_from_any(index, part, notes) != file.md5:
            part.unlink(missing_ok=True)
            raise _wrong_checksum(file, place)
        return part

    def _fetch_from_any(self, index: int, part: Path, notes: list[str]) -> str:
        file = self._files[index]
        report, reserve = self._reporter(index), partial(self._reserve, index)
        for url in (file.url, *file.other_urls):
            try:
                return fetch(url, part, report, self._cancel, reserve)
            except UnreachableError as failure:
                notes.append(f"{url}: {failure}")
        raise _unreachable([file, *self._later(index)], part.parent, notes)

    def _later(self, index: int) -> list[RemoteFile]:
        """The files after this one that are not in their place."""
        return [file for file in self._files[index + 1 :] if not self._place(file).is_file()]

    def _reserve(self, index: int, done: int, total: int | None) -> None:
        """See that there is room for the rest of this file, for the others, and for all of them unpacked."""
        file = self._files[index]
        whole = file.size if total is None else total
        packed = max(0, whole - done) + sum(other.size for other in self._later(index))
        unpacked = sum(other.unpacked_size for other in self._files if other.is_packed)
        if file.is_packed and not file.unpacked_size:
            unpacked += whole
        require_space(file.name, self._root, packed + unpacked)


class _Reporter:
    """Turns byte counts of one file into :class:`Progress`, a few times a second."""

    def __init__(self, start: Progress, progress: Report) -> None:
        self._start = start
        self._progress = progress
        self._begun: tuple[float, int] | None = None
        self._last = -math.inf

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        self._begun = self._begun or (now, done)
        if now - self._last < _SECONDS_BETWEEN_REPORTS and done != total:
            return
        self._last = now
        seconds = now - self._begun[0]
        speed = (done - self._begun[1]) / seconds if seconds > 0 else 0.0
        left = (total - done) / speed if speed > 0 and total is not None else None
        self._progress(
            replace(
                self._start, bytes_done=done, bytes_total=total, bytes_per_second=speed, seconds_left=left
            )
        )


def _unreachable(files: Sequence[RemoteFile], folder: Path, notes: Sequence[str]) -> DatasetError:
    """Nothing came from any address of the first of ``files``, all of which are missing in ``folder``."""
    others = [f"{other.name}: {other.url}" for other in files[1:]]
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{file} could not be fetched from {url}."),
        remedy=QT_TRANSLATE_NOOP(
            "errors",
            "Check the network and download again: it goes on where it stopped. Or fetch {files} by other "
            "means, put what you fetched into {path} and download again: that needs no network.",
        ),
        detail="\n".join([*notes, *others]),
        file=files[0].name,
        files=", ".join(file.name for file in files),
        url=", ".join((files[0].url, *files[0].other_urls)),
        path=str(folder),
    )


def _wrong_checksum(file: RemoteFile, place: Path) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{file} from {url} has a wrong checksum and was deleted."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Download again, or fetch the file by other means and put it into {path}."
        ),
        file=file.name,
        url=file.url,
        path=str(place.parent),
    )
