"""Batches are compared bit for bit with a plain DataLoader over torchvision's transforms."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, WeightedRandomSampler
from torch.utils.data import Dataset as TorchDataset
from torchvision import datasets
from torchvision.datasets import ImageFolder

from tests.unit.datasets.samples import write_folder
from tudui_gui.core.errors import DatasetError, ImageError, TransformError, TuduiError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.joined import joined
from tudui_gui.datasets.loading import TransformedDataset, class_weights, default_cache_bytes, make_loader
from tudui_gui.datasets.sources import ArrayImageSet, ImageSet
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

NORMALIZE = ("Normalize", {"mean": [0.5, 0.4, 0.3], "std": [0.2, 0.3, 0.4]})
PIPELINES: dict[str, list[Any]] = {
    "tensor": ["ToTensor"],
    "normalized": ["ToTensor", NORMALIZE, ("Normalize", {"mean": [0.1], "std": [0.7], "inplace": True})],
    "resized": [("Resize", {"size": [20, 24]}), "ToTensor", NORMALIZE],
    "grey": ["Grayscale", ("Resize", {"size": [20, 20]}), "ToTensor"],
    "tensor steps": ["ToTensor", ("CenterCrop", {"size": 16}), NORMALIZE],
    "random": [
        ("Resize", {"size": [30, 30]}),
        ("RandomCrop", {"size": 20}),
        "RandomHorizontalFlip",
        "ToTensor",
    ],
    "random first": [("RandomResizedCrop", {"size": 16}), "ToTensor", NORMALIZE],
    "random last": [("Resize", {"size": [30, 30]}), "ToTensor", NORMALIZE, "RandomVerticalFlip"],
    "random tensor": [("Resize", {"size": [30, 30]}), "ToTensor", ("RandomCrop", {"size": 20}), NORMALIZE],
}


def pipeline_of(steps: Sequence[Any]) -> Pipeline:
    pairs = [(step, {}) if isinstance(step, str) else step for step in steps]
    return Pipeline(tuple(TRANSFORMS.step(name, **values) for name, values in pairs))


class Plain(TorchDataset[Any]):
    """What a script writes: one image and one transform at a time."""

    def __init__(self, images: ImageSet, pipeline: Pipeline) -> None:
        self.images = images
        self.transform = pipeline.build()

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return self.transform(self.images.image(index)), int(self.images.labels[index])


def passes(loader: DataLoader[Any], count: int = 2) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """All batches of some passes, and at last the state of torch's global generator."""
    torch.manual_seed(5)
    batches = [(images, labels) for _ in range(count) for images, labels in loader]
    return [*batches, (torch.get_rng_state(), torch.zeros(0))]


def assert_same(ours: DataLoader[Any], plain: DataLoader[Any]) -> None:
    assert len(ours) == len(plain)
    for (images, labels), (their_images, their_labels) in zip(passes(ours), passes(plain), strict=True):
        assert images.dtype == their_images.dtype and images.is_contiguous()
        assert torch.equal(images, their_images)
        assert torch.equal(labels, their_labels) and labels.dtype == their_labels.dtype


def generator(seed: int = 3) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def digits() -> ImageSet:
    return open_dataset(DATASETS.step("digits")).train.subset(range(100))


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> ImageSet:
    root = tmp_path_factory.mktemp("photos")
    write_folder(root, {"train/a": 12, "test/a": 1}, size=(40, 36))
    write_folder(root, {"train/b": 9, "test/b": 1}, size=(33, 50))
    return open_dataset(DATASETS.step("folder", root=str(root))).train


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("cache_bytes", [0, 5000, None])
def test_a_folder_gives_the_plain_batches(photos: ImageSet, name: str, cache_bytes: int | None) -> None:
    pipeline = pipeline_of(PIPELINES[name])
    batch_size = 1 if name in ("tensor", "normalized") else 4
    ours = make_loader(
        photos, pipeline, batch_size=batch_size, shuffle=True, generator=generator(), cache_bytes=cache_bytes
    )
    assert_same(ours, DataLoader(Plain(photos, pipeline), batch_size, shuffle=True, generator=generator()))


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("drop_last", [False, True])
def test_arrays_give_the_plain_batches(digits: ImageSet, name: str, drop_last: bool) -> None:
    pipeline = pipeline_of(PIPELINES[name])
    ours = make_loader(digits, pipeline, batch_size=16, shuffle=False, drop_last=drop_last)
    assert_same(ours, DataLoader(Plain(digits, pipeline), 16, shuffle=False, drop_last=drop_last))


@pytest.mark.parametrize("name", ["tensor", "random"])
def test_the_global_generator_draws_the_same_order(digits: ImageSet, name: str) -> None:
    pipeline = pipeline_of(PIPELINES[name])
    ours = make_loader(digits, pipeline, batch_size=16, shuffle=True)
    assert_same(ours, DataLoader(Plain(digits, pipeline), 16, shuffle=True))


@pytest.mark.shared_data
def test_cifar_gives_torchvisions_batches(shared_data: Path) -> None:
    pipeline = pipeline_of([*PIPELINES["normalized"]])
    cifar = open_dataset(DATASETS.step("cifar10"), data_root=shared_data)
    theirs = datasets.CIFAR10(str(shared_data), train=False, transform=pipeline.build())
    ours = make_loader(cifar.test, pipeline, batch_size=64, shuffle=True, generator=generator())
    plain = DataLoader(theirs, 64, shuffle=True, generator=generator())
    assert all(torch.equal(a[0], b[0]) and torch.equal(a[1], b[1]) for a, b in zip(ours, plain, strict=True))


@pytest.mark.shared_data
def test_real_photos_give_image_folders_batches(shared_data: Path) -> None:
    root = shared_data / "hymenoptera_small"
    pipeline = pipeline_of([("Resize", {"size": [64, 64]}), "RandomHorizontalFlip", "ToTensor", NORMALIZE])
    photos = open_dataset(DATASETS.step("folder", root=str(root))).train
    theirs = ImageFolder(str(root / "train"), transform=pipeline.build())
    ours = make_loader(photos, pipeline, batch_size=8, shuffle=True, generator=generator())
    assert_same(ours, DataLoader(theirs, 8, shuffle=True, generator=generator()))


def test_any_loader_can_take_the_dataset(photos: ImageSet) -> None:
    pipeline = pipeline_of(PIPELINES["resized"])
    dataset = TransformedDataset(photos, pipeline)
    assert_same(
        DataLoader(dataset, 4, shuffle=True, generator=generator()),
        DataLoader(Plain(photos, pipeline), 4, shuffle=True, generator=generator()),
    )
    image, label = dataset[13]
    plain_image, plain_label = Plain(photos, pipeline)[13]
    assert torch.equal(image, plain_image) and label == plain_label


def test_images_are_read_once_when_they_fit_in_memory(
    photos: ImageSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    image = type(photos).image
    monkeypatch.setattr(type(photos), "image", lambda self, index: read.append(index) or image(self, index))
    pipeline = pipeline_of(PIPELINES["random"])
    passes(make_loader(photos, pipeline, batch_size=4, shuffle=True), 3)
    assert sorted(read) == list(range(len(photos)))
    read.clear()
    # 30 x 30 images of 4 bytes a pixel as PIL keeps them: room for two.
    passes(make_loader(photos, pipeline, batch_size=4, shuffle=False, cache_bytes=8000), 3)
    assert len(read) == 3 * len(photos) - 2 * 2


def test_the_memory_for_results_is_bounded() -> None:
    assert 0 < default_cache_bytes() <= 2 * 2**30


def test_resuming_leaves_out_batches_of_the_first_pass_only(digits: ImageSet) -> None:
    pipeline = pipeline_of(PIPELINES["tensor"])
    whole = passes(make_loader(digits, pipeline, batch_size=16, shuffle=True, generator=generator()))
    rest = passes(
        make_loader(digits, pipeline, batch_size=16, shuffle=True, generator=generator(), first_batch=5)
    )
    assert len(rest) == len(whole) - 5
    assert all(torch.equal(a[0], b[0]) for a, b in zip(whole[5:], rest, strict=True))


def weighted_loader(
    images: ImageSet, pipeline: Pipeline, batch_size: int, order: torch.Generator | None, **options: Any
) -> DataLoader[Any]:
    """What a script writes to see every class equally often."""
    counts = np.bincount(images.labels)
    weights = [1.0 / counts[label] for label in images.labels]
    sampler = WeightedRandomSampler(weights, len(images), replacement=True, generator=order)
    return DataLoader(Plain(images, pipeline), batch_size, sampler=sampler, generator=order, **options)


def test_the_weights_of_images_are_one_over_their_class(digits: ImageSet) -> None:
    weights = class_weights([2, 0, 2, 2, 5])
    assert weights.dtype == torch.float64
    assert weights.tolist() == [1 / 3, 1.0, 1 / 3, 1 / 3, 1.0]
    sums = np.bincount(digits.labels, class_weights(digits.labels).numpy())
    assert np.allclose(sums, 1)


@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("name", ["tensor", "random"])
@pytest.mark.parametrize("own_generator", [False, True])
def test_weighted_gives_the_plain_samplers_batches(
    photos: ImageSet, name: str, drop_last: bool, own_generator: bool
) -> None:
    pipeline = pipeline_of([("Resize", {"size": [30, 30]}), *PIPELINES[name]])
    orders = [generator() if own_generator else None for _ in range(2)]
    ours = make_loader(
        photos,
        pipeline,
        batch_size=4,
        shuffle=True,
        sampler="weighted",
        generator=orders[0],
        drop_last=drop_last,
    )
    assert_same(ours, weighted_loader(photos, pipeline, 4, orders[1], drop_last=drop_last))
    if own_generator:
        assert torch.equal(orders[0].get_state(), orders[1].get_state())


def test_shuffle_has_no_effect_on_weighted(digits: ImageSet) -> None:
    pipeline = pipeline_of(["ToTensor"])
    loaders = [
        make_loader(digits, pipeline, batch_size=16, shuffle=shuffle, sampler="weighted", generator=order)
        for shuffle, order in ((False, generator()), (True, generator()))
    ]
    assert_same(loaders[0], loaders[1])


def test_weighted_resumes_within_an_epoch(digits: ImageSet) -> None:
    pipeline = pipeline_of(["ToTensor"])
    options: dict[str, Any] = {"batch_size": 16, "shuffle": False, "sampler": "weighted"}
    whole = passes(make_loader(digits, pipeline, generator=generator(), **options))
    rest = passes(make_loader(digits, pipeline, generator=generator(), first_batch=5, **options))
    assert len(rest) == len(whole) - 5
    assert all(torch.equal(a[0], b[0]) for a, b in zip(whole[5:], rest, strict=True))


def test_a_sampler_that_does_not_exist_is_refused(digits: ImageSet) -> None:
    with pytest.raises(ValueError, match="none, weighted"):
        make_loader(digits, pipeline_of(["ToTensor"]), batch_size=4, shuffle=True, sampler="heavy")


@pytest.mark.slow
def test_weighted_workers_give_the_plain_batches(photos: ImageSet) -> None:
    pipeline = pipeline_of(PIPELINES["resized"])
    orders = [generator() for _ in range(2)]
    ours = make_loader(
        photos,
        pipeline,
        batch_size=4,
        shuffle=True,
        sampler="weighted",
        generator=orders[0],
        num_workers=1,
    )
    workers = {"num_workers": 1, "multiprocessing_context": "spawn"}
    assert_same(ours, weighted_loader(photos, pipeline, 4, orders[1], **workers))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resized", "random"])
def test_workers_give_the_plain_batches(photos: ImageSet, name: str) -> None:
    pipeline = pipeline_of(PIPELINES[name])
    ours = make_loader(photos, pipeline, batch_size=4, shuffle=True, generator=generator(), num_workers=1)
    plain = DataLoader(
        Plain(photos, pipeline),
        4,
        shuffle=True,
        generator=generator(),
        num_workers=1,
        multiprocessing_context="spawn",
    )
    first = zip(ours, plain, strict=True)
    assert all(torch.equal(a[0], b[0]) and torch.equal(a[1], b[1]) for a, b in first)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signals to hold back on Windows")
def test_ctrl_c_leaves_the_workers_to_their_parent() -> None:
    command = [sys.executable, "-m", "tests.unit.datasets.interrupted_loader"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "(2, 3, 4, 4)"


def test_images_of_different_sizes_are_named(photos: ImageSet) -> None:
    loader = make_loader(photos, pipeline_of(["ToTensor"]), batch_size=30, shuffle=False)
    with pytest.raises(DatasetError, match="Resize") as caught:
        next(iter(loader))
    message = str(caught.value)
    assert str(photos.path(0)) in message and str(photos.path(12)) in message
    assert "3 x 36 x 40" in message and "3 x 50 x 33" in message


def broken_photos(root: Path) -> ImageSet:
    write_folder(root, {"train/a": 3, "test/a": 1})
    (root / "train" / "a" / "001.png").write_bytes(b"{broken}")
    return open_dataset(DATASETS.step("folder", root=str(root))).train


@pytest.mark.parametrize("num_workers", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_a_broken_image_is_named(tmp_path: Path, num_workers: int) -> None:
    photos = broken_photos(tmp_path)
    loader = make_loader(
        photos, pipeline_of(["ToTensor"]), batch_size=3, shuffle=False, num_workers=num_workers
    )
    with pytest.raises(ImageError, match=r"001\.png is not an image"):
        next(iter(loader))
    fewer = make_loader(photos.without([1]), pipeline_of(["ToTensor"]), batch_size=3, shuffle=False)
    assert len(next(iter(fewer))[1]) == 2


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([("Resize", {"size": 8})], "Add ToTensor"),
        (["ToTensor", ("RandomCrop", {"size": 64})], "cannot be applied to"),
        (["Grayscale", "ToTensor", NORMALIZE], "cannot be applied to"),
        ([], "Add ToTensor"),
    ],
)
def test_transforms_that_do_not_fit_are_explained(digits: ImageSet, steps: list[Any], message: str) -> None:
    loader = make_loader(digits, pipeline_of(steps), batch_size=4, shuffle=False)
    with pytest.raises(TransformError, match=message):
        next(iter(loader))


def test_an_empty_set_is_refused(digits: ImageSet) -> None:
    with pytest.raises(DatasetError, match="no images"):
        make_loader(digits.without(range(len(digits))), pipeline_of(["ToTensor"]), batch_size=4, shuffle=True)


def test_the_dataset_can_be_sent_to_workers(photos: ImageSet) -> None:
    dataset = TransformedDataset(photos, pipeline_of(PIPELINES["resized"]))
    before = dataset.batch(range(4))
    copy = pickle.loads(pickle.dumps(dataset))
    assert torch.equal(copy.batch(range(4))[0], before[0])
    assert len(pickle.dumps(dataset)) < 10_000


def test_pixels_are_sent_to_workers_once(digits: ImageSet) -> None:
    half = joined([digits.subset(range(50)), digits.subset(range(50, 100))]).subset(range(0, 100, 2))
    for images in (digits, half):
        dataset = TransformedDataset(images, pipeline_of(PIPELINES["normalized"]))
        before = dataset.batch([3, 1, 2])
        text = pickle.dumps(dataset)
        assert len(text) < 1.2 * len(images) * 32 * 32 * 3
        assert torch.equal(pickle.loads(text).batch([3, 1, 2])[0], before[0])


def test_errors_survive_the_way_from_a_worker(tmp_path: Path) -> None:
    with pytest.raises(TuduiError) as caught:
        broken_photos(tmp_path).image(1)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_batches_do_not_share_memory_with_the_set() -> None:
    array = np.full((4, 2, 2, 3), 7, dtype=np.uint8)
    images = ArrayImageSet(("a",), [0] * 4, array)
    for name in ("tensor", "tensor steps", "random last"):
        loader = make_loader(images, pipeline_of(PIPELINES[name]), batch_size=4, shuffle=False)
        first = next(iter(loader))[0].clone()
        next(iter(loader))[0].zero_()
        assert torch.equal(next(iter(loader))[0], first)
    assert (array == 7).all()
