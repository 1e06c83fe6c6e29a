"""Small data the tests of data sets make."""

from __future__ import annotations

import gzip
import hashlib
import io
import pickle
import re
import struct
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image


def write_image(path: Path, size: tuple[int, int] = (8, 6), seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.RandomState(seed).randint(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def write_folder(root: Path, counts: dict[str, int], size: tuple[int, int] = (8, 6)) -> Path:
    """``counts`` images for each relative class folder."""
    for number, (folder, count) in enumerate(counts.items()):
        (root / folder).mkdir(parents=True, exist_ok=True)
        for index in range(count):
            write_image(root / folder / f"{index:03}.png", size, seed=1000 * number + index)
    return root


def tar_gz(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def _python2_pickle(value: Any) -> bytes:
    """As Python 2 wrote it: texts are its ``str`` (opcode T), not unicode (opcode X)."""
    text = re.compile(rb"X(?=[\x01-\x20]\0\0\0(?:data|label|class ))")
    return text.sub(b"T", pickle.dumps(value, protocol=2))


def small_cifar(kind: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Files of a CIFAR-10 of 50 + 10 images; ``kind`` gets their checksums."""
    random = np.random.RandomState(1)
    files = {}
    for name, _ in [*kind.train_list, *kind.test_list]:
        data = random.randint(0, 256, (10, 3072)).astype(np.uint8)
        files[name] = _python2_pickle({"data": data, "labels": list(range(10))})
    names = [f"class {number}" for number in range(10)]
    files[kind.meta["filename"]] = _python2_pickle({"label_names": names})
    for attribute in ("train_list", "test_list"):
        listed = [[name, md5(files[name])] for name, _ in getattr(kind, attribute)]
        monkeypatch.setattr(kind, attribute, listed)
    monkeypatch.setattr(kind, "meta", {**kind.meta, "md5": md5(files[kind.meta["filename"]])})
    return {f"{kind.base_folder}/{name}": content for name, content in files.items()}


def idx(array: np.ndarray) -> bytes:
    """The file format of MNIST."""
    header = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(np.uint8).tobytes()


def small_mnist() -> dict[str, bytes]:
    """The four unpacked files of an MNIST of 20 + 10 images."""
    random = np.random.RandomState(2)
    files = {}
    for part, count in (("train", 20), ("t10k", 10)):
        files[f"{part}-images-idx3-ubyte"] = idx(random.randint(0, 256, (count, 28, 28)))
        files[f"{part}-labels-idx1-ubyte"] = idx(np.arange(count) % 10)
    return files


def gz(content: bytes) -> bytes:
    return gzip.compress(content)


def write_files(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root
