"""CIFAR, MNIST and STL-10 as torchvision lays them out under a root folder.

File names and checksums are torchvision's own class attributes. The CIFAR and STL-10 files are read here
because torchvision hashes every file twice (once per part) and, for STL-10, 2.5 GB of unlabelled images too.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from torchvision import datasets
from torchvision.datasets.mnist import read_image_file, read_label_file

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.sources import ArrayImageSet, Collection, shown

T = TypeVar("T")


def open_cifar(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """CIFAR-10 or CIFAR-100 from ``root``. Raises ``DatasetError`` naming the file at fault."""
    kind: Any = step.operation.target
    folder = root / kind.base_folder
    listed = [*kind.train_list, *kind.test_list]
    expected = [*listed, [kind.meta["filename"], kind.meta["md5"]]]
    require_files(step.name, folder, [name for name, _ in expected])
    *batches, meta = _in_threads(lambda pair: _unpickle(folder / pair[0], pair[1], cancel), expected)
    classes = [name.decode() for name in meta[kind.meta["key"].encode()]]
    count = len(kind.train_list)
    train = _cifar_part(classes, "train/", batches[:count])
    test = _cifar_part(classes, "test/", batches[count:])
    return Collection(step.name, train.classes, train, test, path=folder)


def _cifar_part(classes: Sequence[str], origin: str, batches: Sequence[dict[bytes, Any]]) -> ArrayImageSet:
    pixels = np.concatenate([batch[b"data"] for batch in batches]).reshape(-1, 3, 32, 32)
    key = b"labels" if b"labels" in batches[0] else b"fine_labels"
    labels = np.concatenate([batch[key] for batch in batches])
    return ArrayImageSet(classes, labels, pixels.transpose(0, 2, 3, 1), origin=origin)


def _unpickle(path: Path, md5: str, cancel: CancelToken) -> Any:
    # Only content whose checksum torchvision publishes is unpickled, so nothing foreign is run.
    return pickle.loads(_verified(path, md5, cancel), encoding="bytes")


def open_mnist(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """MNIST or FashionMNIST from ``root``, grey repeated to RGB. Raises ``DatasetError`` naming the file."""
    kind: Any = step.operation.target
    folder = root / kind.__name__ / "raw"
    names = [name.removesuffix(".gz") for name, _ in kind.resources]
    require_files(step.name, folder, names)
    train = _mnist_part(kind.classes, "train/", folder, names[:2], cancel)
    test = _mnist_part(kind.classes, "test/", folder, names[2:4], cancel)
    return Collection(step.name, train.classes, train, test, path=folder)


def _mnist_part(
    classes: Sequence[str], origin: str, folder: Path, names: Sequence[str], cancel: CancelToken
) -> ArrayImageSet:
    cancel.raise_if_cancelled()
    images_file, labels_file = (folder / name for name in names)
    grey = _parsed(images_file, read_image_file).numpy()
    labels = _parsed(labels_file, read_label_file).numpy()
    if len(labels) != len(grey) or labels.max(initial=0) >= len(classes):
        raise damaged(labels_file)
    planes = np.repeat(grey[:, None], 3, axis=1)
    return ArrayImageSet(classes, labels, planes.transpose(0, 2, 3, 1), mode="L", origin=origin)


def _parsed(path: Path, parse: Callable[[str], T]) -> T:
    try:
        return parse(str(path))
    except OSError as cause:
        raise unreadable(path, cause) from cause
    except Exception as cause:  # torchvision's parser fails by assert, struct, index or view errors
        raise damaged(path, str(cause)) from cause


def open_stl10(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The labelled parts of STL-10 from ``root``. Raises ``DatasetError`` naming the file at fault."""
    kind = datasets.STL10
    folder = root / kind.base_folder
    listed = [*kind.train_list[:2], *kind.test_list]
    require_files(step.name, folder, [*(name for name, _ in listed), kind.class_names_file])
    contents = _in_threads(lambda pair: _verified(folder / pair[0], pair[1], cancel), listed)
    classes = (folder / kind.class_names_file).read_text().split()
    train = _stl10_part(classes, "train/", *contents[:2])
    test = _stl10_part(classes, "test/", *contents[2:4])
    return Collection(step.name, train.classes, train, test, path=folder)


def _stl10_part(classes: Sequence[str], origin: str, pixels: bytes, labels: bytes) -> ArrayImageSet:
    # Stored channel by channel, each column by column.
    columns = np.frombuffer(pixels, dtype=np.uint8).reshape(-1, 3, 96, 96)
    zero_based = np.frombuffer(labels, dtype=np.uint8).astype(np.int64) - 1
    return ArrayImageSet(classes, zero_based, columns.transpose(0, 3, 2, 1), origin=origin)


def _in_threads(work: Callable[[Any], T], items: Iterable[Any]) -> list[T]:
    # Hashing and unpickling large buffers release the interpreter lock.
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, items))


def _verified(path: Path, md5: str, cancel: CancelToken) -> bytes:
    cancel.raise_if_cancelled()
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise unreadable(path, cause) from cause
    cancel.raise_if_cancelled()
    if hashlib.md5(content, usedforsecurity=False).hexdigest() != md5:
        raise damaged(path)
    return content


def require_files(name: str, folder: Path, files: Sequence[str]) -> None:
    """Raise ``DatasetError`` that says what is missing where, unless all ``files`` are in ``folder``."""
    missing = [file for file in files if not (folder / file).is_file()]
    if missing:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "{dataset} is not in {path}: {files} missing."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Download it, choose the folder that has it, or put the files into {path}."
            ),
            dataset=name,
            path=shown(folder),
            files=", ".join(missing),
        )


def damaged(path: Path, detail: str = "") -> DatasetError:
    """The error for a file whose content is not what it should be."""
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} is damaged or incomplete."),
        remedy=QT_TRANSLATE_NOOP("errors", "Delete it and download the data set again."),
        detail=detail,
        path=shown(path),
    )


def unreadable(path: Path, cause: OSError) -> DatasetError:
    """The error for a file or folder that the system will not read."""
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be read."),
        remedy=QT_TRANSLATE_NOOP("errors", "Check that it exists and that you may read it."),
        detail=cause.strerror or str(cause),
        path=shown(path),
    )
