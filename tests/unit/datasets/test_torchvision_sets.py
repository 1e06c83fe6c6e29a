"""The sets that torchvision downloads: fetched from a real server, compared with torchvision's classes."""

from __future__ import annotations

import io
import pickle
import threading
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.io import savemat
from torchvision import datasets

from tests.unit.datasets import torchvision_samples
from tests.unit.datasets.http_server import serving
from tests.unit.datasets.samples import md5, write_files
from tests.unit.datasets.torchvision_samples import SETS, picture
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError, TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.downloads import download
from tudui_gui.datasets.fake import FakeImageSet
from tudui_gui.datasets.recognition import candidates, is_on_disk
from tudui_gui.datasets.remote_files import files_of, first_folders
from tudui_gui.datasets.sources import Dataset, ImageSet

#: Where no server is.
NOWHERE = "http://127.0.0.1:9"


def assert_same(ours: ImageSet, theirs: Any) -> None:
    """Labels, order and pixels are those of torchvision's data set."""
    assert len(ours) == len(theirs) > 0
    for index in range(len(theirs)):
        image, label = theirs[index]
        assert ours.labels[index] == label
        assert np.array_equal(np.asarray(ours.image(index)), np.asarray(image.convert("RGB")))


def step_in(root: Path, name: str) -> Step:
    return DATASETS.step(name, root=str(root), **SETS[name][1])


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)


def fetched(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """Download the small version of the set ``name`` into ``root``."""
    step = step_in(root, name)
    with serving(SETS[name][0](monkeypatch)) as server:
        download(step, root, progress=lambda _: None, cancel=CancelToken(), mirror=server.address)
        assert [path for path, _ in server.requests] == [file.name for file in files_of(step)]
    return step


def placed(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """The set ``name`` in ``root``, its files put there by hand."""
    step = step_in(root, name)
    contents = SETS[name][0](monkeypatch)
    for file in files_of(step):
        write_files(root / file.folder, {file.name: contents[file.name]})
    download(step, root, progress=lambda _: None, cancel=CancelToken(), mirror=NOWHERE)
    return step


@pytest.mark.parametrize("name", SETS)
def test_downloaded_it_is_torchvisions(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = fetched(name, tmp_path, monkeypatch)
    assert is_on_disk(step) and not list(tmp_path.rglob("*.part")) and not list(tmp_path.glob(".unpack*"))
    assert {path.name for path in tmp_path.iterdir()} == first_folders(step)
    kind, (_, _, train, test) = step.operation.target, SETS[name]
    ours = open_dataset(step)
    assert_same(ours.train, kind(str(tmp_path), **train))
    assert_same(ours.test, kind(str(tmp_path), **test))
    assert not any(not problem.is_note for problem in ours.problems)
    keys = [part.key(index) for part in (ours.train, ours.test) for index in range(len(part))]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", SETS)
def test_files_put_there_by_hand_need_no_network(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_network: None
) -> None:
    step = placed(name, tmp_path, monkeypatch)
    kind, (_, _, _, test) = step.operation.target, SETS[name]
    assert_same(open_dataset(step).test, kind(str(tmp_path), **test))


@pytest.mark.parametrize("name", SETS)
def test_what_torchvision_downloads_itself_is_opened(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = SETS[name][0](monkeypatch)
    step = step_in(tmp_path, name)
    for file in files_of(step):
        write_files(tmp_path / file.folder, {file.name: contents[file.name]})
    kind, (_, _, train, test) = step.operation.target, SETS[name]
    theirs = kind(str(tmp_path), download=True, **train)
    assert is_on_disk(step)
    assert_same(open_dataset(step).train, theirs)
    assert_same(open_dataset(step).test, kind(str(tmp_path), **test))


@pytest.mark.parametrize("name", SETS)
def test_its_folder_is_recognised(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = placed(name, tmp_path, monkeypatch)
    assert step in candidates(tmp_path)
    if name != "svhn":
        (folder,) = first_folders(step)
        assert candidates(tmp_path / folder)[0] == step


@pytest.mark.parametrize("name", SETS)
def test_missing_files_are_named_with_the_command(name: str, tmp_path: Path) -> None:
    step = step_in(tmp_path, name)
    with pytest.raises(DatasetError, match="missing") as caught:
        open_dataset(step)
    assert str(tmp_path) in str(caught.value)
    chosen = "".join(f" --set {key}={value}" for key, value in SETS[name][1].items() if value != "letters")
    command = caught.value.fields["command"]
    assert command == f"tudui-gui download {name} --data-root {tmp_path}{chosen}"


@pytest.mark.parametrize("name", SETS)
def test_opening_can_be_cancelled(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = placed(name, tmp_path, monkeypatch)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        open_dataset(step, cancel=token)


def opened(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **values: Any) -> Dataset:
    return open_dataset(placed(name, tmp_path, monkeypatch).with_values(**values))


def test_kmnist_has_torchvisions_classes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kmnist = opened("kmnist", tmp_path, monkeypatch)
    assert list(kmnist.classes) == datasets.KMNIST.classes
    assert kmnist.train.item(0).mode == "L" and kmnist.train.item(0).size == (28, 28)


@pytest.mark.parametrize("subset", datasets.EMNIST.splits)
def test_every_split_of_emnist_is_torchvisions(
    subset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emnist = opened("emnist", tmp_path, monkeypatch, subset=subset)
    theirs = datasets.EMNIST(str(tmp_path), split=subset, train=True)
    assert list(emnist.classes) == theirs.classes
    assert_same(emnist.train, theirs)
    assert_same(emnist.test, datasets.EMNIST(str(tmp_path), split=subset, train=False))
    (note,) = emnist.problems
    assert note.is_note and "rows and columns" in str(note)


def test_letters_begin_with_class_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    emnist = opened("emnist", tmp_path, monkeypatch)
    assert emnist.classes[:2] == ("N/A", "a") and len(emnist.classes) == 27
    assert set(emnist.train.labels.tolist()) == set(range(1, 27))


def test_the_zero_of_svhn_is_class_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    svhn = opened("svhn", tmp_path, monkeypatch)
    assert svhn.train.labels.tolist()[:11] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert svhn.train.uniform_array().shape == (20, 32, 32, 3)


def test_flowers_are_named_and_val_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flowers = opened("flowers102", tmp_path, monkeypatch)
    assert list(flowers.classes) == datasets.Flowers102.classes
    (note,) = flowers.problems
    assert note.is_note and "val of 4 images" in str(note)
    numbers = {part.key(i) for part in (flowers.train, flowers.test) for i in range(len(part))}
    val = datasets.Flowers102(str(tmp_path), split="val")
    assert len(numbers) == 20 and not numbers & {path.name for path in val._image_files}


def test_breeds_are_named_as_torchvision_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pets = opened("oxford_iiit_pet", tmp_path, monkeypatch)
    assert list(pets.classes) == datasets.OxfordIIITPet(str(tmp_path)).classes
    assert pets.classes == ("Abyssinian", "American Bulldog", "Sphynx")


def test_food_keeps_the_order_of_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    food = opened("food101", tmp_path, monkeypatch)
    assert food.classes == ("apple_pie", "ramen", "waffles")
    assert food.train.labels.tolist() == [2, 2, 2, 0, 0, 0, 1, 1, 1] and food.train.name(0) == "waffles/7.jpg"


def test_imagenettes_val_is_for_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imagenette = opened("imagenette", tmp_path, monkeypatch)
    theirs = datasets.Imagenette(str(tmp_path), size="160px")
    assert list(imagenette.classes) == [names[0] for names in theirs.classes]
    assert imagenette.classes == ("tench", "chain saw", "parachute")
    (note,) = imagenette.problems
    assert note.is_note and "its part val is for test" in str(note)


@pytest.mark.parametrize("size", ["full", "320px", "160px"])
def test_imagenettes_sizes_lie_side_by_side(
    size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((name, content),) = torchvision_samples.imagenette(monkeypatch, size).items()
    write_files(tmp_path, {name: content})
    step = DATASETS.step("imagenette", root=str(tmp_path), size=size)
    download(step, tmp_path, progress=lambda _: None, cancel=CancelToken(), mirror=NOWHERE)
    others = {other for other in ("full", "320px", "160px") if is_on_disk(step.with_values(size=other))}
    assert others == {size} and len(open_dataset(step).train) == 9


def test_missing_images_are_counted_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = placed("food101", tmp_path, monkeypatch)
    gone = tmp_path / "food-101" / "images" / "waffles" / "3.jpg"
    gone.unlink()
    (tmp_path / "food-101" / "images" / "ramen" / "2.jpg").unlink()
    food = open_dataset(step)
    assert (len(food.train), len(food.test)) == (8, 5)
    (problem,) = food.problems
    assert problem.path == gone and not problem.is_note and "lists 2 images that are missing" in str(problem)


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("svhn", "test_32x32.mat", b"no matlab"),
        ("flowers102", "flowers-102/setid.mat", b""),
        ("oxford_iiit_pet", "oxford-iiit-pet/annotations/test.txt", b"Sphynx_12 3 2"),
        ("oxford_iiit_pet", "oxford-iiit-pet/annotations/test.txt", b"Sphynx_12 9 2 1"),
        ("oxford_iiit_pet", "oxford-iiit-pet/annotations/trainval.txt", b"\xff"),
        ("oxford_iiit_pet", "oxford-iiit-pet/annotations/trainval.txt", b""),
        ("food101", "food-101/meta/train.json", b"{"),
        ("food101", "food-101/meta/train.json", b"[1]"),
        ("food101", "food-101/meta/train.json", b"{}"),
        ("food101", "food-101/meta/test.json", b'{"soup": ["soup/1"]}'),
        ("food101", "food-101/meta/test.json", b'{"ramen": 3}'),
        ("emnist", "EMNIST/raw/emnist-letters-test-labels-idx1-ubyte", b"\0\0\x08\x01\0\0\0\1\x1b"),
    ],
)
def test_damaged_files_are_named(
    name: str, file: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = placed(name, tmp_path, monkeypatch)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(DatasetError, match="is damaged or incomplete"):
        open_dataset(step)


def mat(**arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    savemat(stream, arrays)
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"no matlab file", mat(X=np.zeros((32, 32, 3, 2), np.uint8)), mat()])
def test_a_right_checksum_does_not_save_a_wrong_table(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = placed("svhn", tmp_path, monkeypatch)
    (tmp_path / "test_32x32.mat").write_bytes(content)
    listed = {**datasets.SVHN.split_list, "test": ["", "test_32x32.mat", md5(content)]}
    monkeypatch.setattr(datasets.SVHN, "split_list", listed)
    with pytest.raises(DatasetError, match=r"test_32x32\.mat is damaged"):
        open_dataset(step)


def test_an_unknown_class_folder_of_imagenette_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = placed("imagenette", tmp_path, monkeypatch)
    write_files(tmp_path / "imagenette2-160" / "train" / "n000", {"a.JPEG": picture(1)})
    with pytest.raises(DatasetError, match="n000"):
        open_dataset(step)


def test_addresses_names_and_checksums_are_torchvisions() -> None:
    """The attributes, some private, that the files are taken from; none needs the network."""
    flowers = files_of(DATASETS.step("flowers102"))
    assert [(f.name, f.md5) for f in flowers] == list(datasets.Flowers102._file_dict.values())
    prefix = datasets.Flowers102._download_url_prefix
    assert [file.url for file in flowers] == [prefix + file.name for file in flowers]
    pets = files_of(DATASETS.step("oxford_iiit_pet"))
    assert [(file.url, file.md5) for file in pets] == list(datasets.OxfordIIITPet._RESOURCES)
    (food,) = files_of(DATASETS.step("food101"))
    assert (food.url, food.md5) == (datasets.Food101._URL, datasets.Food101._MD5)
    for size, (url, checksum) in datasets.Imagenette._ARCHIVES.items():
        (file,) = files_of(DATASETS.step("imagenette", size=size))
        assert (file.url, file.md5) == (url, checksum) and file.unpacked[0].startswith("imagenette2")
    (emnist,) = files_of(DATASETS.step("emnist"))
    assert (emnist.url, emnist.md5) == (datasets.EMNIST.url, datasets.EMNIST.md5)
    svhn = files_of(DATASETS.step("svhn"))
    listed = [datasets.SVHN.split_list[part] for part in ("train", "test")]
    assert [[file.url, file.name, file.md5] for file in svhn] == listed
    kmnist = files_of(DATASETS.step("kmnist"))
    assert [(file.name, file.md5) for file in kmnist] == datasets.KMNIST.resources
    assert {file.url.rpartition("/")[0] + "/" for file in kmnist} == set(datasets.KMNIST.mirrors)


def test_every_set_to_download_has_files_with_addresses_and_sizes() -> None:
    for name, operation in DATASETS.items():
        files = files_of(DATASETS.step(name))
        assert bool(files) == ("download" in operation.tags)
        for file in files:
            assert file.url.startswith("http") and len(file.md5) == 32 and file.size > 0
            assert file.unpacked_size >= file.size or not file.is_packed


# --- FakeData


def fake(**values: Any) -> Dataset:
    return open_dataset(DATASETS.step("fake", **values))


@pytest.mark.parametrize(
    "values",
    [
        {"size": 12, "test_size": 5, "image_size": 32},
        {"size": 7, "test_size": 300, "image_size": (5, 9), "num_classes": 1000, "random_offset": 17},
        {"size": 3, "test_size": 1, "image_size": 1, "num_classes": 1},
        {"size": 2, "test_size": 2, "random_offset": 2**31 - 1},
    ],
)
def test_fake_data_is_torchvisions(values: dict[str, Any]) -> None:
    ours = fake(**values)
    size, tests = values["size"], values["test_size"]
    side = values.get("image_size", 224)
    shape = (3, *(side if isinstance(side, tuple) else (side, side)))
    offset, classes = values.get("random_offset", 0), values.get("num_classes", 10)
    assert_same(ours.train, datasets.FakeData(size, shape, classes, random_offset=offset))
    assert_same(ours.test, datasets.FakeData(tests, shape, classes, random_offset=offset + size))
    assert ours.classes == tuple(map(str, range(classes)))
    assert ours.train.item(0).size == (shape[2], shape[1])
    assert ours.test.name(0) == ours.test.key(0) == str(size)


def test_the_step_of_fake_data_builds_torchvisions() -> None:
    step = DATASETS.step("fake", image_size=[20, 30])
    assert step.operation.parameter("image_size").source(step.values["image_size"]) == "(3, 20, 30)"
    table = step.to_dict("source")
    assert table["image_size"] == [20, 30] and DATASETS.step_from(table, "source") == step


def test_fake_data_keeps_no_pixels_and_touches_no_generator() -> None:
    torch.manual_seed(3)
    state = torch.get_rng_state()
    ours = fake(size=20_000, test_size=10, image_size=8)
    image = ours.train.image(19_999)
    assert torch.equal(torch.get_rng_state(), state)
    assert isinstance(ours.train, FakeImageSet) and ours.train.uniform_array() is None
    kept = len(pickle.dumps(ours.train))
    assert kept < 20_000 * 8 * 3
    copy = pickle.loads(pickle.dumps(ours.train))
    assert np.array_equal(np.asarray(copy.image(19_999)), np.asarray(image))
    changed = ours.train.subset([5, 3]).relabelled(("x",), [0, 0])
    assert changed.key(1) == "3" and np.array_equal(
        np.asarray(changed.image(1)), np.asarray(ours.train.image(3))
    )


def test_huge_fake_data_is_cancelled_at_once_and_bounded() -> None:
    token = CancelToken()
    threading.Timer(0.1, token.cancel).start()
    with pytest.raises(Cancelled):
        open_dataset(DATASETS.step("fake", size=1_000_000), cancel=token)
    for values in (
        {"size": 1_000_001},
        {"image_size": 1025},
        {"image_size": [3, 32, 32]},
        {"num_classes": 0},
    ):
        with pytest.raises(TuduiError, match="Allowed"):
            DATASETS.step("fake", **values)


def test_fake_images_are_pil_rgb() -> None:
    image = fake(size=2, test_size=1, image_size=(4, 6)).train.image(0)
    assert isinstance(image, Image.Image) and image.mode == "RGB" and image.size == (6, 4)
