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
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.transfer import UnreachableError, fetch, md5_of
from tudui_gui.datasets.unpacking import unpack_files

_SECONDS_BETWEEN_REPORTS = 0.1


@dataclass(frozen=True)
class RemoteFile:
    """A file to fetch and what becomes of it.

    Attributes
    ----------
    url : str
    md5 : str
        Hexadecimal checksum of the file.
    name : str
        File name, ending in ``.tar.gz`` or ``.gz``.
    folder : str
        Where it is unpacked, relative to the root of the data.
    unpacked : str
        Name of the file or folder that unpacking gives there.
    other_urls : tuple of str
        Tried in turn when ``url`` fails.
    """

    url: str
    md5: str
    name: str
    folder: str
    unpacked: str
    other_urls: tuple[str, ...] = ()


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


def files_of(step: Step) -> tuple[RemoteFile, ...]:
    """The files of a step tagged ``download``, from torchvision's class attributes; else ()."""
    if "download" not in step.operation.tags:
        return ()
    kind: Any = step.operation.target
    if hasattr(kind, "resources"):
        return tuple(_idx_file(kind, name, md5) for name, md5 in kind.resources)
    return (RemoteFile(kind.url, kind.tgz_md5, kind.filename, "", kind.base_folder),)


def _idx_file(kind: Any, name: str, md5: str) -> RemoteFile:
    first, *others = (urljoin(mirror, name) for mirror in kind.mirrors)
    folder = f"{kind.__name__}/raw"
    return RemoteFile(first, md5, name, folder, name.removesuffix(".gz"), tuple(others))


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
    mirror : str, optional
        Address of a folder to fetch the files from by their names, instead of torchvision's addresses.

    Raises
    ------
    DatasetError, StorageError, Cancelled
        As :func:`download_files`.
    """
    files = files_of(step)
    if mirror is not None:
        files = tuple(_from_mirror(file, mirror) for file in files)
    download_files(files, root, progress=progress, cancel=cancel)


def _from_mirror(file: RemoteFile, mirror: str) -> RemoteFile:
    return RemoteFile(f"{mirror.rstrip('/')}/{file.name}", file.md5, file.name, file.folder, file.unpacked)


def download_files(files: Sequence[RemoteFile], root: Path, *, progress: Report, cancel: CancelToken) -> None:
    """Fetch, check and unpack ``files`` below ``root``.

    A file that a person has put into its place, or that an earlier attempt has fetched, is used if its
    checksum is right.

    Raises
    ------
    DatasetError
        No connection (names addresses and the place to put files by hand), an answer that is not the file, a
        wrong checksum (the ``.part`` is deleted), an archive that cannot be unpacked.
    StorageError
        A file cannot be written, for example on a full disk.
    Cancelled
        Only ``.part`` files are left.
    """
    packed = []
    for number, file in enumerate(files, start=1):
        reporter = _Reporter(Progress(file.name, 0, None, 0.0, None, number, len(files)), progress)
        packed.append(_fetched(file, root, reporter, cancel))

    def report(index: int, done: int, total: int) -> None:
        name = files[index].name
        progress(Progress(name, done, total, 0.0, None, index + 1, len(files), unpacking=True))

    places = [root / file.folder / file.unpacked for file in files]
    unpack_files(list(zip(packed, places, strict=True)), root, report, cancel)


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


def _fetched(file: RemoteFile, root: Path, report: _Reporter, cancel: CancelToken) -> Path:
    """The packed file with the right checksum: put there by a person, or fetched."""
    place = root / file.folder / file.name
    if place.is_file() and md5_of(place, cancel) == file.md5:
        return place
    part = place.with_name(f"{file.name}.part")
    if part.is_file() and md5_of(part, cancel) == file.md5:
        return part
    if _fetch_from_any(file, part, report, cancel) != file.md5:
        part.unlink(missing_ok=True)
        raise _wrong_checksum(file, place)
    return part


def _fetch_from_any(file: RemoteFile, part: Path, report: _Reporter, cancel: CancelToken) -> str:
    failures = []
    for url in (file.url, *file.other_urls):
        try:
            return fetch(url, part, report, cancel)
        except UnreachableError as failure:
            failures.append(f"{url}: {failure}")
    raise DatasetError(
        QT_TRANSLATE_NOOP("errors", "{file} could not be fetched from {url}."),
        remedy=QT_TRANSLATE_NOOP(
            "errors",
            "Check the network and download again: it goes on where it stopped. Or fetch the file by other "
            "means, put it into {path} and download again.",
        ),
        detail="\n".join(failures),
        file=file.name,
        url=", ".join((file.url, *file.other_urls)),
        path=str(part.parent),
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
