"""Unpacking archives so that a cancelled or failed attempt leaves nothing half done."""

from __future__ import annotations

import gzip
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError, storage_error
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_CHUNK = 1 << 20

#: Called with (index of the archive, bytes read of it, its size).
UnpackReport = Callable[[int, int, int], None]


def unpack_files(
    pairs: Sequence[tuple[Path, Path]], root: Path, report: UnpackReport, cancel: CancelToken
) -> None:
    """Unpack each archive to its place, all or none, and delete those whose name ends in ``.part``.

    Parameters
    ----------
    pairs : sequence of (archive, place)
        A ``.tar.gz`` (with or without ``.part``) has a folder named like ``place``; a ``.gz`` is one file.
    root : Path
        Where the temporary folder is made: the disk of all places.

    Raises
    ------
    DatasetError
        An archive is damaged, unsafe or holds something else.
    StorageError, Cancelled
    """
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".unpacking-") as temporary:
            _unpack_all(pairs, Path(temporary), report, cancel)
    except OSError as cause:
        raise storage_error(root, cause) from cause


def _unpack_all(
    pairs: Sequence[tuple[Path, Path]], temporary: Path, report: UnpackReport, cancel: CancelToken
) -> None:
    for index, (archive, place) in enumerate(pairs):
        folder = temporary / str(index)
        folder.mkdir()
        _unpack(archive, folder, place.name, partial(report, index), cancel)
    for index, (archive, place) in enumerate(pairs):
        _move(temporary / str(index) / place.name, place, temporary / f"old{index}")
        if archive.suffix == ".part":
            archive.unlink()


def _unpack(
    archive: Path, folder: Path, name: str, report: Callable[[int, int], None], cancel: CancelToken
) -> None:
    size = archive.stat().st_size
    try:
        with archive.open("rb") as raw:

            def step() -> None:
                cancel.raise_if_cancelled()
                report(raw.tell(), size)

            if archive.name.removesuffix(".part").endswith((".tar.gz", ".tgz")):
                _untar(raw, folder, step)
            else:
                with gzip.open(raw) as source:
                    _copy(source, folder / name, step)
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as cause:
        raise _not_unpackable(archive, str(cause)) from cause
    if not (folder / name).exists():
        raise _not_unpackable(archive, name)


def _untar(raw: IO[bytes], folder: Path, step: Callable[[], None]) -> None:
    with tarfile.open(fileobj=raw, mode="r:gz") as tar:
        for member in tar:
            # Links are not unpacked at all. tarfile's own filters came with Python 3.11.4 only.
            source = tar.extractfile(member) if member.isfile() else None
            if source is not None:
                with source:
                    _copy(source, _place_inside(folder, member.name), step)


def _place_inside(folder: Path, name: str) -> Path:
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise tarfile.TarError(f"{name} leaves the folder")
    return place


def _copy(source: IO[bytes] | gzip.GzipFile, place: Path, step: Callable[[], None]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)
            step()


def _move(unpacked: Path, place: Path, aside: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(aside)
    unpacked.rename(place)


def _not_unpackable(archive: Path, detail: str) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be unpacked."),
        remedy=QT_TRANSLATE_NOOP("errors", "Delete it and download again."),
        detail=detail,
        path=str(archive),
    )
