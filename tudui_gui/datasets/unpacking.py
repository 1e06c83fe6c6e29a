"""Unpacking archives so that a cancelled or failed attempt leaves nothing half done."""

from __future__ import annotations

import gzip
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError, storage_error
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_CHUNK = 1 << 20

# Far above what any of torchvision's sets needs, far below what fills a disk by surprise.
_MOST_TIMES_LARGER = 20
_ALWAYS_ALLOWED_BYTES = 100_000_000
_MOST_FILES = 1_000_000

# Bit of a zip member's flags.
_ENCRYPTED = 1

#: Called with (index of the archive, bytes read of it, its size).
UnpackReport = Callable[[int, int, int], None]

# What damaged, foreign and hostile archives make the standard library raise; OSErrors of the disk are others.
_BAD_ARCHIVE = (
    *(tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError),
    *(ValueError, NotImplementedError),
    *(FileExistsError, NotADirectoryError, IsADirectoryError),
)


@dataclass(frozen=True)
class Packed:
    """A file that was fetched, and what becomes of it.

    Attributes
    ----------
    archive : Path
        Its name, without ``.part``, tells the kind: ``.tar.gz`` and ``.tgz`` hold ``names`` at their top;
        ``.gz`` is the one file of ``names``; ``.zip`` has a folder ``gzip`` of ``.gz`` files, which all are
        unpacked; anything else is ``names`` itself.
    folder : Path
        Where it goes.
    names : tuple of str
        What must be in ``folder`` afterwards.
    """

    archive: Path
    folder: Path
    names: tuple[str, ...]

    @property
    def kind(self) -> str:
        """``"tar"``, ``"gz"``, ``"zip"``, or ``""`` for a file that stays as it is."""
        name = self.archive.name.removesuffix(".part")
        endings = {".tar.gz": "tar", ".tgz": "tar", ".gz": "gz", ".zip": "zip"}
        return next((kind for ending, kind in endings.items() if name.endswith(ending)), "")


def unpack_files(files: Sequence[Packed], root: Path, report: UnpackReport, cancel: CancelToken) -> None:
    """Unpack each archive to its place, all or none, and delete those whose name ends in ``.part``.

    Only plain files are unpacked: links, devices and empty folders are left out.

    Parameters
    ----------
    files : sequence of Packed
    root : Path
        Where the temporary folder is made: the disk of all places.

    Raises
    ------
    DatasetError
        An archive is damaged, has a name that leads out of its folder, grows beyond all measure, or holds
        something else.
    StorageError, Cancelled
    """
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".unpacking-") as temporary:
            _unpack_all(files, Path(temporary), report, cancel)
    except OSError as cause:
        raise storage_error(root, cause) from cause


def _unpack_all(files: Sequence[Packed], temporary: Path, report: UnpackReport, cancel: CancelToken) -> None:
    names = []
    for index, file in enumerate(files):
        folder = temporary / str(index)
        folder.mkdir()
        names.append(_unpack(file, folder, partial(report, index), cancel))
    for index, file in enumerate(files):
        for name in names[index]:
            _move(temporary / str(index) / name, file.folder / name, temporary / f"old{index}" / name)
        if file.archive.suffix == ".part":
            _drop(file)


def _drop(file: Packed) -> None:
    if file.kind:
        file.archive.unlink()
    else:
        file.archive.replace(file.folder / file.names[0])


def _unpack(file: Packed, folder: Path, report: Callable[[int, int], None], cancel: CancelToken) -> list[str]:
    """Unpack into ``folder``; the names in it that are to be moved to their place."""
    if not file.kind:
        return []
    size = file.archive.stat().st_size
    try:
        with file.archive.open("rb") as raw:

            def step() -> None:
                cancel.raise_if_cancelled()
                # Read to its end it may still hold much: only the last report says that all is done.
                report(max(0, min(raw.tell(), size - 1)), size)

            target = _Target(folder, max(_ALWAYS_ALLOWED_BYTES, size * _MOST_TIMES_LARGER), step)
            _UNPACKERS[file.kind](raw, target, file.names)
            report(size, size)
    except _BAD_ARCHIVE as cause:
        raise _not_unpackable(file.archive, str(cause)) from cause
    for name in file.names:
        if not (folder / name).exists():
            raise _not_unpackable(file.archive, name)
    return [path.name for path in folder.iterdir()] if file.kind == "zip" else list(file.names)


class _Target:
    """The folder that one archive is unpacked into, and how much may still go there."""

    def __init__(self, folder: Path, most_bytes: int, step: Callable[[], None]) -> None:
        self._folder = folder.resolve()
        self._bytes_left = most_bytes
        self._files_left = _MOST_FILES
        self._step = step

    def write(self, source: IO[bytes] | gzip.GzipFile, name: str) -> None:
        """Copy ``source`` to the file ``name``; raises ``ValueError`` for what an archive should not hold."""
        place = self.place(name)
        self._files_left -= 1
        if self._files_left < 0:
            raise ValueError(f"more than {_MOST_FILES} files")
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as target:
            while chunk := source.read(_CHUNK):
                self._bytes_left -= len(chunk)
                if self._bytes_left < 0:
                    raise ValueError("it grows beyond all measure")
                target.write(chunk)
                self._step()

    def place(self, name: str) -> Path:
        """The file ``name`` below the folder."""
        place = (self._folder / name).resolve()
        if not place.is_relative_to(self._folder) or place == self._folder:
            raise ValueError(f"{name} leaves the folder")
        return place


def _untar(raw: IO[bytes], target: _Target, names: tuple[str, ...]) -> None:
    with tarfile.open(fileobj=raw, mode="r:gz") as tar:
        for member in tar:
            # Links are not unpacked at all. tarfile's own filters came with Python 3.11.4 only.
            source = tar.extractfile(member) if member.isfile() else None
            if source is not None:
                with source:
                    target.write(source, member.name)


def _gunzip(raw: IO[bytes], target: _Target, names: tuple[str, ...]) -> None:
    with gzip.open(raw) as source:
        target.write(source, names[0])


def _unzip(raw: IO[bytes], target: _Target, names: tuple[str, ...]) -> None:
    with zipfile.ZipFile(raw) as archive:
        for member in archive.infolist():
            target.place(member.filename)
            path = PurePosixPath(member.filename)
            if member.flag_bits & _ENCRYPTED:
                raise ValueError(f"{member.filename} is encrypted")
            if path.parts[:-1] == ("gzip",) and path.suffix == ".gz":
                with archive.open(member) as packed, gzip.open(packed) as source:
                    target.write(source, path.stem)


_UNPACKERS: dict[str, Callable[[IO[bytes], _Target, tuple[str, ...]], None]] = {
    "tar": _untar,
    "gz": _gunzip,
    "zip": _unzip,
}


def _move(unpacked: Path, place: Path, aside: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        aside.parent.mkdir(exist_ok=True)
        place.rename(aside)
    unpacked.rename(place)


def _not_unpackable(archive: Path, detail: str) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be unpacked."),
        remedy=QT_TRANSLATE_NOOP("errors", "Delete it and download again."),
        detail=detail,
        path=str(archive),
    )
