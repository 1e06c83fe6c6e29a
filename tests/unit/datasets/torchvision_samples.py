"""Miniature versions of what the addresses of torchvision's sets give, in each set's own layout.

Each function makes the files as they are served (name -> content), gives their checksums to torchvision's
class, and leaves everything else of the class as it is.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat
from torchvision import datasets

from tests.unit.datasets.samples import gz, idx, md5, small_mnist, tar_gz

Files = dict[str, bytes]


def picture(seed: int, mode: str = "RGB", form: str = "JPEG") -> bytes:
    """A picture file of 24x20."""
    noise = np.random.RandomState(seed).randint(0, 256, (20, 24, 4), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noise[..., :3] if mode != "RGBA" else noise).convert(mode).save(stream, form)
    return stream.getvalue()


def _mat(**arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    savemat(stream, arrays, do_compression=True)
    return stream.getvalue()


def kmnist(monkeypatch: pytest.MonkeyPatch) -> Files:
    files = {f"{name}.gz": gz(content) for name, content in small_mnist().items()}
    listed = [(name, md5(files[name])) for name, _ in datasets.KMNIST.resources]
    monkeypatch.setattr(datasets.KMNIST, "resources", listed)
    return files


def emnist(monkeypatch: pytest.MonkeyPatch) -> Files:
    random = np.random.RandomState(5)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("gzip/readme.txt", "about it")
        for subset in datasets.EMNIST.splits:
            classes = len(datasets.EMNIST.classes_split_dict[subset])
            lowest = 1 if subset == "letters" else 0
            for part, count in (("train", 80), ("test", 70)):
                pixels, labels = random.randint(0, 256, (count, 28, 28)), np.arange(count) % classes
                head = f"gzip/emnist-{subset}-{part}"
                archive.writestr(f"{head}-images-idx3-ubyte.gz", gz(idx(pixels)))
                archive.writestr(f"{head}-labels-idx1-ubyte.gz", gz(idx(np.maximum(labels, lowest))))
    monkeypatch.setattr(datasets.EMNIST, "md5", md5(stream.getvalue()))
    return {"gzip.zip": stream.getvalue()}


def svhn(monkeypatch: pytest.MonkeyPatch) -> Files:
    random = np.random.RandomState(6)
    listed, files = dict(datasets.SVHN.split_list), {}
    for part, count in (("train", 20), ("test", 10)):
        pixels = random.randint(0, 256, (32, 32, 3, count)).astype(np.uint8)
        url, name, _ = listed[part]
        files[name] = _mat(X=pixels, y=(np.arange(count) % 10 + 1).astype(np.uint8)[:, None])
        listed[part] = [url, name, md5(files[name])]
    monkeypatch.setattr(datasets.SVHN, "split_list", listed)
    return files


def flowers102(monkeypatch: pytest.MonkeyPatch) -> Files:
    count = 24
    order = np.random.RandomState(7).permutation(count) + 1
    images = {
        f"jpg/image_{number:05}.jpg": picture(number, "L" if number == 9 else "RGB")
        for number in range(1, count + 1)
    }
    files = {
        "102flowers.tgz": tar_gz(images),
        "imagelabels.mat": _mat(labels=(np.arange(count) * 37 % 102 + 1).astype(np.uint8)[None]),
        "setid.mat": _mat(
            trnid=order[:10].astype(np.uint16)[None],
            valid=order[10:14].astype(np.uint16)[None],
            tstid=order[14:].astype(np.uint16)[None],
        ),
    }
    listed = {key: (name, md5(files[name])) for key, (name, _) in datasets.Flowers102._file_dict.items()}
    monkeypatch.setattr(datasets.Flowers102, "_file_dict", listed)
    return files


def pets(monkeypatch: pytest.MonkeyPatch) -> Files:
    breeds = ("Abyssinian", "american_bulldog", "Sphynx")
    rows: dict[str, list[str]] = {"trainval": [], "test": []}
    images = {}
    for number in range(18):
        label = number % 3
        name = f"{breeds[label]}_{number}"
        rows["test" if number > 11 else "trainval"].append(f"{name} {label + 1} {label // 2 + 1} {label + 1}")
        mode, form = {4: ("RGBA", "PNG"), 7: ("P", "PNG")}.get(number, ("RGB", "JPEG"))
        images[f"images/{name}.jpg"] = picture(number, mode, form)
    lists = {f"annotations/{part}.txt": "\n".join(lines).encode() for part, lines in rows.items()}
    annotations = {"annotations/trimaps/Sphynx_2.png": picture(0, "L", "PNG"), **lists}
    files = {"images.tar.gz": tar_gz(images), "annotations.tar.gz": tar_gz(annotations)}
    listed = tuple((url, md5(files[url.rsplit("/", 1)[1]])) for url, _ in datasets.OxfordIIITPet._RESOURCES)
    monkeypatch.setattr(datasets.OxfordIIITPet, "_RESOURCES", listed)
    return files


def food101(monkeypatch: pytest.MonkeyPatch) -> Files:
    content, lists = {}, {}
    for part, numbers in (("train", (7, 3, 11)), ("test", (5, 2))):
        # Not in the order of the classes, as the order of the images is the list's.
        lists[part] = {name: [f"{name}/{n}" for n in numbers] for name in ("waffles", "apple_pie", "ramen")}
        for number, name in enumerate(name for names in lists[part].values() for name in names):
            content[f"food-101/images/{name}.jpg"] = picture(number)
        content[f"food-101/meta/{part}.json"] = json.dumps(lists[part]).encode()
    archive = tar_gz(content)
    monkeypatch.setattr(datasets.Food101, "_MD5", md5(archive))
    return {"food-101.tar.gz": archive}


def imagenette(monkeypatch: pytest.MonkeyPatch, size: str = "160px") -> Files:
    url, _ = datasets.Imagenette._ARCHIVES[size]
    name = url.rsplit("/", 1)[1]
    content = {f"{name.removesuffix('.tgz')}/noisy_imagenette.csv": b"path,label\n"}
    for part, count in (("train", 3), ("val", 2)):
        for label, wnid in enumerate(("n03888257", "n01440764", "n03000684")):
            for number in range(count):
                path = f"{name.removesuffix('.tgz')}/{part}/{wnid}/ILSVRC2012_{part}_{number}.JPEG"
                content[path] = picture(10 * label + number, "CMYK" if number == 1 else "RGB")
    archive = tar_gz(content)
    changed = {**datasets.Imagenette._ARCHIVES, size: (url, md5(archive))}
    monkeypatch.setattr(datasets.Imagenette, "_ARCHIVES", changed)
    return {name: archive}


#: By the name of the set: its files, the values of its step, and how torchvision opens its two parts.
SETS: dict[str, tuple[Any, dict[str, str], dict[str, Any], dict[str, Any]]] = {
    "kmnist": (kmnist, {}, {"train": True}, {"train": False}),
    "emnist": (
        emnist,
        {"subset": "letters"},
        {"split": "letters", "train": True},
        {"split": "letters", "train": False},
    ),
    "svhn": (svhn, {}, {"split": "train"}, {"split": "test"}),
    "flowers102": (flowers102, {}, {"split": "train"}, {"split": "test"}),
    "oxford_iiit_pet": (pets, {}, {"split": "trainval"}, {"split": "test"}),
    "food101": (food101, {}, {"split": "train"}, {"split": "test"}),
    "imagenette": (
        imagenette,
        {"size": "160px"},
        {"split": "train", "size": "160px"},
        {"split": "val", "size": "160px"},
    ),
}
