import pickle
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from torchvision import datasets

from tests.unit.datasets.samples import md5, small_cifar, small_mnist, write_files
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.paths import data_root
from tudui_gui.datasets.catalog import DATASETS, open_dataset, root_of
from tudui_gui.datasets.selection import stratified_split
from tudui_gui.datasets.sources import ArrayImageSet, ImageSet


def same_images(ours: ImageSet, theirs: datasets.VisionDataset) -> bool:
    return len(ours) == len(theirs) and all(
        label == ours.labels[i]
        and np.array_equal(np.asarray(ours.image(i)), np.asarray(image.convert("RGB")))
        for i, (image, label) in enumerate(theirs)
    )


def test_the_digits_are_scikit_learns() -> None:
    from sklearn.datasets import load_digits

    bunch = load_digits()
    digits = open_dataset(DATASETS.step("digits"))
    assert digits.classes == tuple("0123456789")
    assert len(digits.train) + len(digits.test) == len(bunch.target) == 1797
    for part in (digits.train, digits.test):
        for index in range(0, len(part), 37):
            number = int(part.name(index))
            grey = np.rint(bunch.images[number] * 255 / 16).astype(np.uint8)
            expected = Image.fromarray(grey).resize((32, 32), Image.Resampling.BILINEAR).convert("RGB")
            assert np.array_equal(np.asarray(part.image(index)), np.asarray(expected))
            assert part.labels[index] == bunch.target[number]


def test_the_digits_are_split_the_same_forever() -> None:
    digits = open_dataset(DATASETS.step("digits"))
    numbers = [int(digits.test.name(index)) for index in range(len(digits.test))]
    assert len(numbers) == 359 and numbers[:6] == [3, 7, 13, 19, 36, 38]
    assert np.bincount(digits.test.labels).tolist() == [36, 36, 35, 37, 36, 36, 36, 36, 35, 36]


def test_the_digits_need_no_scikit_learn_import() -> None:
    code = (
        "import sys; from tudui_gui.datasets.catalog import DATASETS, open_dataset; "
        "open_dataset(DATASETS.step('digits')); sys.exit('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=120)
    assert done.returncode == 0


def test_a_split_takes_a_fifth_of_each_class() -> None:
    labels = np.array([0] * 10 + [1] * 5 + [2] * 3 + [3] * 2)
    train, test = stratified_split(labels, 0.2, 0)
    assert sorted(train + test) == list(range(20))
    assert np.bincount(labels[test], minlength=4).tolist() == [2, 1, 1, 0]


def test_the_drawn_shapes() -> None:
    shapes = open_dataset(DATASETS.step("shapes"))
    assert shapes.name == "shapes" and shapes.classes == ("circle", "square", "star", "triangle")
    assert np.bincount(shapes.train.labels).tolist() == [20] * 4
    assert np.bincount(shapes.test.labels).tolist() == [6] * 4
    assert shapes.train.item(0).size == (64, 64) and shapes.problems == ()


def test_cifar_is_torchvisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, small_cifar(datasets.CIFAR10, monkeypatch))
    cifar = open_dataset(DATASETS.step("cifar10", root=str(tmp_path)))
    assert cifar.classes[3] == "class 3"
    assert same_images(cifar.train, datasets.CIFAR10(str(tmp_path), train=True))
    assert same_images(cifar.test, datasets.CIFAR10(str(tmp_path), train=False))


def test_mnist_is_torchvisions_in_rgb(tmp_path: Path) -> None:
    write_files(tmp_path / "MNIST" / "raw", small_mnist())
    mnist = open_dataset(DATASETS.step("mnist"), data_root=tmp_path)
    assert same_images(mnist.train, datasets.MNIST(str(tmp_path), train=True))
    assert same_images(mnist.test, datasets.MNIST(str(tmp_path), train=False))
    assert mnist.train.item(4).mode == "L" and mnist.train.item(4).size == (28, 28)


def test_stl10_is_torchvisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = datasets.STL10
    random = np.random.RandomState(3)
    files = {"unlabeled_X.bin": b"", "class_names.txt": "\n".join("abcdefghij").encode()}
    for part, count in (("train", 6), ("test", 4)):
        files[f"{part}_X.bin"] = random.bytes(count * 3 * 96 * 96)
        files[f"{part}_y.bin"] = bytes(range(1, count + 1))
    for attribute in ("train_list", "test_list"):
        listed = [[name, md5(files[name])] for name, _ in getattr(kind, attribute)]
        monkeypatch.setattr(kind, attribute, listed)
    write_files(tmp_path / kind.base_folder, files)
    stl = open_dataset(DATASETS.step("stl10"), data_root=tmp_path)
    assert stl.classes == tuple("abcdefghij")
    assert same_images(stl.train, kind(str(tmp_path), split="train"))
    assert same_images(stl.test, kind(str(tmp_path), split="test"))


@pytest.mark.shared_data
def test_the_real_cifar10_opens_quickly(shared_data: Path) -> None:
    open_dataset(DATASETS.step("cifar10"), data_root=shared_data)
    start = time.perf_counter()
    cifar = open_dataset(DATASETS.step("cifar10"), data_root=shared_data)
    assert time.perf_counter() - start < 2.5
    assert (len(cifar.train), len(cifar.test)) == (50_000, 10_000)
    theirs = datasets.CIFAR10(str(shared_data), train=False)
    array = cifar.test.uniform_array()
    assert array is not None and np.array_equal(array, theirs.data)
    assert cifar.test.labels.tolist() == theirs.targets and list(cifar.classes) == theirs.classes


def test_missing_files_are_named_with_folder_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cifar-10-batches-py") as caught:
        open_dataset(DATASETS.step("cifar10"), data_root=tmp_path)
    assert "data_batch_1" in str(caught.value) and "Download" in str(caught.value)
    with pytest.raises(DatasetError, match="train-images-idx3-ubyte"):
        open_dataset(DATASETS.step("mnist"), data_root=tmp_path)


def test_a_damaged_cifar_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, small_cifar(datasets.CIFAR10, monkeypatch))
    victim = tmp_path / "cifar-10-batches-py" / "data_batch_3"
    victim.write_bytes(victim.read_bytes()[:-1])
    with pytest.raises(DatasetError, match="data_batch_3 is damaged"):
        open_dataset(DATASETS.step("cifar10"), data_root=tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\0\0\x08\x03" + b"\xff" * 12, small_mnist()["t10k-labels-idx1-ubyte"]]
)
def test_a_damaged_mnist_file_is_named(tmp_path: Path, content: bytes) -> None:
    folder = write_files(tmp_path / "MNIST" / "raw", small_mnist())
    (folder / "train-images-idx3-ubyte").write_bytes(content)
    with pytest.raises(DatasetError, match="train-images-idx3-ubyte is damaged"):
        open_dataset(DATASETS.step("mnist"), data_root=tmp_path)


def test_mnist_labels_must_fit_the_images(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "MNIST" / "raw", small_mnist())
    (folder / "train-labels-idx1-ubyte").write_bytes(small_mnist()["t10k-labels-idx1-ubyte"])
    with pytest.raises(DatasetError, match="train-labels-idx1-ubyte is damaged"):
        open_dataset(DATASETS.step("mnist"), data_root=tmp_path)


def test_opening_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, small_cifar(datasets.CIFAR10, monkeypatch))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        open_dataset(DATASETS.step("cifar10"), data_root=tmp_path, cancel=token)


def test_where_data_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert root_of(DATASETS.step("cifar10")) == data_root()
    assert root_of(DATASETS.step("cifar10"), Path("here")) == tmp_path / "here"
    assert root_of(DATASETS.step("cifar10", root="there"), Path("here")) == tmp_path / "there"


def test_a_step_is_written_under_source() -> None:
    step = DATASETS.step("folder", root="images", per_class=5)
    split = {"split": "own", "test_share": 0.2, "split_seed": 0}
    assert step.to_dict("source") == {"source": "folder", "root": "images", **split, "per_class": 5}
    assert DATASETS.step_from(step.to_dict("source"), "source") == step
    assert DATASETS.step("digits").to_dict("source") == {"source": "digits", **split}


def test_sets_are_read_only_and_survive_pickling() -> None:
    digits = open_dataset(DATASETS.step("digits"))
    copy = pickle.loads(pickle.dumps(digits))
    for part in (digits.train, copy.train):
        array = part.uniform_array()
        assert array is not None and not array.flags.writeable and not part.labels.flags.writeable
    assert copy.step == digits.step
    assert np.array_equal(copy.test.uniform_array(), digits.test.uniform_array())


def test_without_leaves_out_and_keeps_names() -> None:
    array = np.arange(4 * 2 * 2 * 3, dtype=np.uint8).reshape(4, 2, 2, 3)
    whole = ArrayImageSet(("a", "b"), [0, 1, 0, 1], array)
    fewer = whole.without([1])
    assert [fewer.name(index) for index in range(3)] == ["0", "2", "3"]
    assert fewer.labels.tolist() == [0, 0, 1]
    assert np.array_equal(fewer.uniform_array(), array[[0, 2, 3]])
