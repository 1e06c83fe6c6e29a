"""PCA and t-SNE against scikit-learn called directly; a process that never stays."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits
from torch import nn
from torchvision import transforms

from tests.unit.datasets.samples import write_folder
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.datasets import embedding
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.embedding import model_features, pca, pixel_features, sample, tsne
from tudui_gui.datasets.sources import FileImageSet
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


@pytest.fixture
def features() -> np.ndarray:
    return (load_digits().data[:150] / 16).astype(np.float32)


@pytest.fixture
def files(tmp_path: Path) -> FileImageSet:
    """Five images of which the third cannot be read."""
    write_folder(tmp_path, {"a": 5}, size=(30, 20))
    (tmp_path / "a" / "002.png").write_bytes(b"no image")
    names = [f"a/00{number}.png" for number in range(5)]
    return FileImageSet(["a"], [0] * 5, tmp_path, names)


def children() -> set[int]:
    """The processes that compute t-SNE."""
    every = psutil.Process().children(recursive=True)
    return {process.pid for process in every if "tsne_child" in " ".join(process.cmdline())}


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """No process and no thread is left when a test ends."""
    before = set(threading.enumerate())
    yield
    assert not children() and not set(threading.enumerate()) - before


def test_pixels_are_resized_by_pillow_and_scaled(files: FileImageSet) -> None:
    indices = [4, 0, 3]
    found = pixel_features(files, indices, 8)
    expected = [
        np.asarray(files.image(i).resize((8, 8), Image.Resampling.BILINEAR), np.float32).ravel() / 255
        for i in indices
    ]
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, np.stack(expected))


def test_pixels_of_images_in_memory() -> None:
    digits = open_dataset(DATASETS.step("digits")).train
    seen: list[tuple[int, int]] = []
    found = pixel_features(digits, range(len(digits)), progress=lambda *state: seen.append(state))
    assert found.shape == (len(digits), 16 * 16 * 3) and seen[-1] == (len(digits), len(digits))
    image = digits.image(77).resize((16, 16), Image.Resampling.BILINEAR)
    np.testing.assert_array_equal(found[77], np.asarray(image, np.float32).ravel() / 255)


def test_what_cannot_be_read_is_not_a_number(files: FileImageSet) -> None:
    found = pixel_features(files, range(5))
    assert np.isnan(found).all(axis=1).tolist() == [False, False, True, False, False]
    assert np.isnan(found).any(axis=1).tolist() == [False, False, True, False, False]


def test_features_of_a_model_are_those_of_a_plain_loop(files: FileImageSet) -> None:
    pipeline = Pipeline((TRANSFORMS.step("Resize", size=(16, 16)), TRANSFORMS.step("ToTensor")))
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten()).eval()
    with torch.inference_mode():
        found = model_features(files, range(5), pipeline, model)
        plain = transforms.Compose([transforms.Resize((16, 16)), transforms.ToTensor()])
        for index in (0, 1, 3, 4):
            row = model(plain(files.image(index))[None])[0].numpy()
            np.testing.assert_allclose(found[index], row, rtol=1e-6, atol=1e-7)
    assert np.isnan(found[2]).all() and found.shape == (5, 4 * 14 * 14)


def test_batches_reach_the_model_in_order() -> None:
    digits = open_dataset(DATASETS.step("digits")).train
    shapes: list[int] = []

    def first_pixels(batch: torch.Tensor) -> torch.Tensor:
        shapes.append(len(batch))
        return batch[:, 0, 0]

    indices = list(range(150, 0, -1))
    found = model_features(digits, indices, Pipeline((TRANSFORMS.step("ToTensor"),)), first_pixels)
    array = digits.uniform_array()
    assert array is not None and shapes == [64, 64, 22]
    np.testing.assert_array_equal(found, array[indices, 0, :, 0].astype(np.float32) / np.float32(255))


def test_features_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch, files: FileImageSet) -> None:
    monkeypatch.setattr(embedding, "_LARGEST", 100)
    pipeline = Pipeline((TRANSFORMS.step("ToTensor"),))
    with pytest.raises(DatasetError, match="1,800 features of each of 5 images"):
        model_features(files, range(5), pipeline, lambda batch: batch.flatten(1))


def test_no_image_that_can_be_read(tmp_path: Path) -> None:
    gone = FileImageSet(["a"], [0] * 4, tmp_path, list("abcd"))
    pipeline = Pipeline((TRANSFORMS.step("ToTensor"),))
    assert np.isnan(model_features(gone, range(4), pipeline, lambda batch: batch)).all()
    assert np.isnan(pixel_features(gone, range(4))).all()


@pytest.mark.parametrize("seed", [0, 3])
def test_pca_is_scikit_learns(features: np.ndarray, seed: int) -> None:
    model = PCA(2, random_state=seed)
    expected = model.fit_transform(features)
    found = pca(features, seed)
    np.testing.assert_array_equal(found.points, expected)
    assert found.explained == tuple(model.explained_variance_ratio_.tolist())
    for component in model.components_:
        assert component[np.abs(component).argmax()] > 0


def test_pca_of_images_that_are_all_the_same() -> None:
    found = pca(np.full((5, 4), 0.25, np.float32))
    assert not found.points.any() and found.explained == (0.0, 0.0)


@pytest.mark.parametrize("width", [64, 20])
def test_tsne_is_scikit_learns(features: np.ndarray, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    features = features[:, :width]
    seen: list[tuple[int, int]] = []
    found = tsne(features, 12, 5, iterations=300, progress=lambda *state: seen.append(state))
    with threadpool_limits(1):
        model = TSNE(perplexity=12, random_state=5, max_iter=300)
        narrow = PCA(50, random_state=5).fit_transform(features) if width > 50 else features
        expected = model.fit_transform(narrow)
    np.testing.assert_array_equal(found.points, expected)
    assert found.divergence == float(model.kl_divergence_) and found.explained == ()
    assert seen == [(done, 300) for done in range(50, 301, 50)]


def test_tsne_of_few_images_is_not_narrowed_first() -> None:
    rows = np.random.RandomState(0).rand(40, 300).astype(np.float32)
    found = tsne(rows, 5, iterations=250)
    assert found.points.shape == (40, 2) and np.isfinite(found.points).all()


def test_cancelling_tsne_ends_its_process_at_once(features: np.ndarray) -> None:
    token = CancelToken()
    ends: list[float] = []

    def cancel(done: int, total: int) -> None:
        assert children()
        token.cancel()
        ends.append(time.monotonic())

    with pytest.raises(Cancelled):
        tsne(features, iterations=1_000_000, progress=cancel, cancel=token)
    assert time.monotonic() - ends[0] < 1.0 and not children()


def test_a_process_that_dies_is_an_error(features: np.ndarray) -> None:
    def kill(done: int, total: int) -> None:
        for pid in children():
            psutil.Process(pid).kill()

    with pytest.raises(DatasetError, match="ended without a result") as caught:
        tsne(features, iterations=1_000_000, progress=kill)
    assert "-9" in str(caught.value) or "1" in caught.value.detail


@pytest.mark.parametrize("method", [pca, tsne])
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (np.zeros((2, 5), np.float32), "2 images are too few"),
        (np.zeros((9, 1), np.float32), "One feature of each image"),
        (np.full((9, 5), np.nan, np.float32), "9 images are not all finite"),
    ],
)
def test_features_that_cannot_be_laid_out(
    method: Callable[..., object], rows: np.ndarray, reason: str
) -> None:
    with pytest.raises(DatasetError, match=reason):
        method(rows)


def test_perplexity_must_be_below_the_number_of_images(features: np.ndarray) -> None:
    for perplexity in (150, 0):
        with pytest.raises(DatasetError, match=f"A perplexity of {perplexity} does not fit 150 images"):
            tsne(features, perplexity)


def test_a_sample_keeps_the_shares_of_the_classes() -> None:
    groups = np.repeat([-1, 0, 1, 2], [10, 500, 300, 190])
    found = sample(groups, 100, 7)
    assert len(found) == 100 and (np.diff(found) > 0).all() and found.dtype == np.int64
    assert np.unique(groups[found], return_counts=True)[1].tolist() == [1, 50, 30, 19]
    np.testing.assert_array_equal(found, sample(groups, 100, 7))
    assert (found != sample(groups, 100, 8)).any()
    np.testing.assert_array_equal(sample(groups, 1000, 7), np.arange(1000))


def test_the_sample_is_drawn_as_it_is_documented() -> None:
    groups = np.array([1, 0, 1, 0, 1, 1, 0])  # 3 of 0, 4 of 1
    random = np.random.RandomState(4)
    zeros = np.array([1, 3, 6])[random.permutation(3)[:1]]
    ones = np.array([0, 2, 4, 5])[random.permutation(4)[:2]]
    assert sample(groups, 3, 4).tolist() == sorted([*zeros, *ones])


@pytest.mark.parametrize("count", range(1, 30))
def test_a_sample_has_as_many_as_were_asked_for(count: int) -> None:
    groups = np.random.RandomState(count).randint(0, 7, 29)
    assert len(sample(groups, count, 0)) == count


_ALONE = """
import numpy as np
from tudui_gui.datasets.embedding import tsne
rows = np.random.RandomState(0).rand(300, 8).astype(np.float32)
tsne(rows, iterations=1_000_000, progress=lambda *state: print("running", flush=True))
"""


def test_the_process_does_not_outlive_a_program_that_was_killed() -> None:
    program = subprocess.Popen([sys.executable, "-c", _ALONE], stdout=subprocess.PIPE)
    try:
        assert program.stdout is not None and program.stdout.readline() == b"running\n"
        (child,) = psutil.Process(program.pid).children()
    finally:
        program.kill()
        program.communicate()
    child.wait(10)
