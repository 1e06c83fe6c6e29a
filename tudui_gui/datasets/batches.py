"""CIFAR, MNIST and its kin, SVHN and STL-10 as torchvision lays them out under a root folder.

File names and checksums are torchvision's own class attributes. The CIFAR and STL-10 files are read here
because torchvision hashes every file twice (once per part) and, for STL-10, 2.5 GB of unlabelled images too.
"""

from __future__ import annotations

import hashlib
import pickle
import shlex
import zlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from torchvision import datasets
from torchvision.datasets.mnist import read_image_file, read_label_file

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.paths import data_root
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.remote_files import emnist_names
from tudui_gui.datasets.selection import source_values
from tudui_gui.datasets.sources import ArrayImageSet, Collection, shown

T = TypeVar("T")

_DIGITS = tuple("0123456789")

_TRANSPOSED = QT_TRANSLATE_NOOP(
    "errors", "EMNIST's files hold the images with rows and columns exchanged; torchvision shows them so too."
)


def open_cifar(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """CIFAR-10 or CIFAR-100 from ``root``. Raises ``DatasetError`` naming the file at fault."""
    kind: Any = step.operation.target
    folder = root / kind.base_folder
    listed = [*kind.train_list, *kind.test_list]
    expected = [*listed, [kind.meta["filename"], kind.meta["md5"]]]
    require_files(step, root, folder, [name for name, _ in expected])
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
    """MNIST, FashionMNIST or KMNIST from ``root``, grey repeated to RGB.

    Raises ``DatasetError`` naming the file at fault.
    """
    kind: Any = step.operation.target
    names = [name.removesuffix(".gz") for name, _ in kind.resources]
    return _open_idx(step, root, kind.classes, names, cancel)


def open_emnist(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """One of EMNIST's splits from ``root``, grey repeated to RGB, transposed as torchvision gives it.

    The labels of ``letters`` are 1 to 26, and class 0 is called ``N/A``. Raises ``DatasetError`` naming the
    file at fault.
    """
    kind: Any = step.operation.target
    subset = step.values["subset"]
    opened = _open_idx(step, root, kind.classes_split_dict[subset], emnist_names(subset), cancel)
    note = DatasetProblem(_TRANSPOSED, path=opened.path, is_note=True, kind="transposed")
    return replace(opened, problems=(note,))


def _open_idx(
    step: Step, root: Path, classes: Sequence[str], names: Sequence[str], cancel: CancelToken
) -> Collection:
    """``names``: images and labels for training, images and labels for test."""
    folder = root / step.operation.target.__name__ / "raw"
    require_files(step, root, folder, names)
    train = _mnist_part(classes, "train/", folder, names[:2], cancel)
    test = _mnist_part(classes, "test/", folder, names[2:4], cancel)
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


def open_svhn(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The training and the test part of SVHN from ``root``, which has neither classes' names nor a folder.

    Raises ``DatasetError`` naming the file at fault.
    """
    kind: Any = step.operation.target
    require_files(step, root, root, [kind.split_list[part][1] for part in ("train", "test")])
    train, test = _in_threads(
        lambda part: _svhn_part(f"{part}/", root, kind.split_list[part], cancel), ("train", "test")
    )
    return Collection(step.name, train.classes, train, test, path=root)


def _svhn_part(origin: str, root: Path, listed: Sequence[str], cancel: CancelToken) -> ArrayImageSet:
    _, name, md5 = listed
    content = read_mat(root / name, md5, cancel)
    try:
        pixels, labels = content["X"], content["y"].astype(np.int64).reshape(-1)
        labels[labels == 10] = 0  # the digit 0 is written as 10
        return ArrayImageSet(_DIGITS, labels, pixels.transpose(3, 0, 1, 2), origin=origin)
    except (KeyError, ValueError) as cause:
        raise damaged(root / name, str(cause)) from cause


def read_mat(path: Path, md5: str, cancel: CancelToken) -> dict[str, Any]:
    """The arrays of a MATLAB file by name. Raises ``DatasetError`` naming it, also for another checksum."""
    # It takes 0.2 s to import, and few data sets need it.
    from scipy.io import loadmat
    from scipy.io.matlab import MatReadError

    content = _verified(path, md5, cancel)
    try:
        return dict(loadmat(BytesIO(content)))
    except (MatReadError, NotImplementedError, TypeError, ValueError, zlib.error) as cause:
        raise damaged(path, str(cause)) from cause


def open_stl10(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """The labelled parts of STL-10 from ``root``. Raises ``DatasetError`` naming the file at fault."""
    kind = datasets.STL10
    folder = root / kind.base_folder
    listed = [*kind.train_list[:2], *kind.test_list]
    require_files(step, root, folder, [*(name for name, _ in listed), kind.class_names_file])
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


def require_files(step: Step, root: Path, folder: Path, names: Sequence[str]) -> None:
    """Raise ``DatasetError`` that says what is missing where, unless ``folder`` has all ``names``.

    Its field ``command`` is what to type on a command line.

    Parameters
    ----------
    step : Step
        What is being opened from ``root``; tagged ``download``.
    root, folder : Path
    names : sequence of str
        Files and folders.
    """
    missing = [name for name in names if not (folder / name).exists()]
    if missing:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "{dataset} is not in {path}: {files} missing."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Download it, choose the folder that has it, or put the files into {path}."
            ),
            dataset=step.name,
            path=shown(folder),
            files=", ".join(missing),
            command=_download_command(step, root),
        )


def _download_command(step: Step, root: Path) -> str:
    words = ["tudui-gui", "download", step.name]
    if root != data_root().absolute():
        words += ["--data-root", shown(root)]
    for name, value in source_values(step).items():
        if name != "root" and value != step.operation.parameter(name).default:
            words += ["--set", f"{name}={value}"]
    return shlex.join(words)


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
