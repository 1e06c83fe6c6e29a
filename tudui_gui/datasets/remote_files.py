"""Which files torchvision's data sets are fetched as, and what becomes of them.

Addresses, names and checksums are torchvision's class attributes, some of them private; a test says when one
is gone. Only names of folders that torchvision has inside its functions are written here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from tudui_gui.core.operations import Step


@dataclass(frozen=True)
class RemoteFile:
    """A file to fetch and what becomes of it.

    Attributes
    ----------
    url : str
    md5 : str
        Hexadecimal checksum of the file.
    name : str
        File name. Its ending says how it is unpacked: ``.tar.gz``, ``.tgz``, ``.gz``, ``.zip`` (of ``.gz``
        files in a folder ``gzip``); anything else stays as it is.
    folder : str
        Where it and its content lie, relative to the root of the data.
    unpacked : tuple of str
        Names of the files and folders that are in ``folder`` once it is unpacked.
    other_urls : tuple of str
        Tried in turn when ``url`` fails.
    size, unpacked_size : int
        About how many bytes it and its content have; 0: not known. For a list and for the check of the disk:
        once a server has told the size, that counts.
    """

    url: str
    md5: str
    name: str
    folder: str
    unpacked: tuple[str, ...]
    other_urls: tuple[str, ...] = ()
    size: int = 0
    unpacked_size: int = 0

    @property
    def places(self) -> tuple[Path, ...]:
        """What is on disk once it is unpacked, relative to the root of the data."""
        return tuple(Path(self.folder, name) for name in self.unpacked)

    @property
    def is_packed(self) -> bool:
        """Whether its content takes room beside it while it is unpacked."""
        return self.unpacked != (self.name,)


def files_of(step: Step) -> tuple[RemoteFile, ...]:
    """The files of a step tagged ``download``; else ()."""
    if "download" not in step.operation.tags:
        return ()
    files = _FILES[step.name](step)
    sizes = _MEGABYTES[step.values["size"] if step.name == "imagenette" else step.name]
    return tuple(_with_size(file, *size) for file, size in zip(files, sizes, strict=True))


def is_complete(step: Step, root: Path) -> bool:
    """Whether everything that ``step`` downloads lies below ``root``; content is not looked at.

    Parameters
    ----------
    step : Step
    root : Path
        ``catalog.root_of(step)``.
    """
    return all((root / place).exists() for file in files_of(step) for place in file.places)


def first_folders(step: Step) -> frozenset[str]:
    """Names directly below the root that the files of ``step`` lie in."""
    return frozenset(place.parts[0] for file in files_of(step) for place in file.places)


def from_mirror(file: RemoteFile, mirror: str) -> RemoteFile:
    """``file`` fetched by its name from the folder at the address ``mirror``, and from nowhere else."""
    return replace(file, url=f"{mirror.rstrip('/')}/{file.name}", other_urls=())


def _with_size(file: RemoteFile, packed: float, unpacked: float) -> RemoteFile:
    return replace(file, size=round(packed * 1e6), unpacked_size=round(unpacked * 1e6))


def _fetched_name(url: str) -> str:
    return PurePosixPath(url).name


def _one_archive(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    return (RemoteFile(kind.url, kind.tgz_md5, kind.filename, "", (kind.base_folder,)),)


def _idx_files(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    return tuple(_idx_file(kind, name, md5) for name, md5 in kind.resources)


def _idx_file(kind: Any, name: str, md5: str) -> RemoteFile:
    first, *others = (urljoin(mirror, name) for mirror in kind.mirrors)
    folder = f"{kind.__name__}/raw"
    return RemoteFile(first, md5, name, folder, (name.removesuffix(".gz"),), tuple(others))


def emnist_names(subset: str) -> tuple[str, ...]:
    """Images and labels for training, then for test, of one of EMNIST's splits."""
    return tuple(
        f"emnist-{subset}-{part}-{kind}-ubyte"
        for part in ("train", "test")
        for kind in ("images-idx3", "labels-idx1")
    )


def _emnist(step: Step) -> tuple[RemoteFile, ...]:
    # One archive for all subsets: all are unpacked, those of this one must be there.
    kind: Any = step.operation.target
    names = emnist_names(step.values["subset"])
    return (RemoteFile(kind.url, kind.md5, _fetched_name(kind.url), "EMNIST/raw", names),)


def _svhn(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    listed = (kind.split_list[part] for part in ("train", "test"))
    return tuple(RemoteFile(url, md5, name, "", (name,)) for url, name, md5 in listed)


def _flowers(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    images, *tables = (kind._file_dict[key] for key in ("image", "label", "setid"))
    listed = [(*images, "jpg"), *((name, md5, name) for name, md5 in tables)]
    return tuple(
        RemoteFile(f"{kind._download_url_prefix}{name}", md5, name, "flowers-102", (unpacked,))
        for name, md5, unpacked in listed
    )


def _pets(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    return tuple(
        RemoteFile(url, md5, _fetched_name(url), "oxford-iiit-pet", (unpacked,))
        for (url, md5), unpacked in zip(kind._RESOURCES, ("images", "annotations"), strict=True)
    )


def _food(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    return (RemoteFile(kind._URL, kind._MD5, _fetched_name(kind._URL), "", ("food-101",)),)


def _imagenette(step: Step) -> tuple[RemoteFile, ...]:
    kind: Any = step.operation.target
    url, md5 = kind._ARCHIVES[step.values["size"]]
    return (RemoteFile(url, md5, _fetched_name(url), "", (PurePosixPath(url).stem,)),)


_FILES: dict[str, Callable[[Step], tuple[RemoteFile, ...]]] = {
    "cifar10": _one_archive,
    "cifar100": _one_archive,
    "mnist": _idx_files,
    "fashion_mnist": _idx_files,
    "kmnist": _idx_files,
    "emnist": _emnist,
    "svhn": _svhn,
    "stl10": _one_archive,
    "flowers102": _flowers,
    "oxford_iiit_pet": _pets,
    "food101": _food,
    "imagenette": _imagenette,
}

#: About how many MB each file has, packed and unpacked; torchvision does not say. Imagenette by its size.
_MEGABYTES: dict[str, tuple[tuple[float, float], ...]] = {
    "cifar10": ((170.5, 186),),
    "cifar100": ((169, 186),),
    "mnist": ((9.9, 47), (0.03, 0.06), (1.65, 7.8), (0.005, 0.01)),
    "fashion_mnist": ((26.4, 47), (0.03, 0.06), (4.4, 7.8), (0.005, 0.01)),
    "kmnist": ((18.2, 47), (0.03, 0.06), (3.0, 7.8), (0.005, 0.01)),
    "emnist": ((562, 1770),),
    "svhn": ((182, 182), (64.3, 64.3)),
    "stl10": ((2640, 3150),),
    "flowers102": ((345, 350), (0.001, 0.001), (0.015, 0.015)),
    "oxford_iiit_pet": ((792, 810), (19.2, 60)),
    "food101": ((4996, 5200),),
    "full": ((1557, 1580),),
    "320px": ((342, 370),),
    "160px": ((99, 130),),
}
