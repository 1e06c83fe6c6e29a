from pathlib import Path

import numpy as np
import pytest

from tests.unit.datasets.samples import write_folder
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.datasets.statistics import channel_mean_std, class_counts


def pixels(images: ImageSet) -> np.ndarray:
    """Every pixel of a set on the scale 0..1, shape (pixels, 3)."""
    rows = [np.asarray(images.image(index)).reshape(-1, 3) for index in range(len(images))]
    return np.concatenate(rows) / 255


@pytest.fixture(params=["digits", "shapes", "folder"])
def images(request: pytest.FixtureRequest, tmp_path: Path) -> ImageSet:
    if request.param != "folder":
        return open_dataset(DATASETS.step(request.param)).test
    write_folder(tmp_path, {"train/a": 3, "train/empty": 0, "test/a": 1}, size=(5, 7))
    write_folder(tmp_path, {"train/b": 2}, size=(30, 11))
    return open_dataset(DATASETS.step("folder", root=str(tmp_path))).train


def test_mean_and_std_are_numpys(images: ImageSet) -> None:
    result = channel_mean_std(images, CancelToken())
    assert result.mean == pytest.approx(pixels(images).mean(axis=0), rel=1e-12)
    assert result.std == pytest.approx(pixels(images).std(axis=0), rel=1e-12)


@pytest.mark.shared_data
def test_the_known_numbers_of_cifar10(shared_data: Path) -> None:
    cifar = open_dataset(DATASETS.step("cifar10"), data_root=shared_data)
    result = channel_mean_std(cifar.train, CancelToken())
    assert result.mean == pytest.approx((0.4914, 0.4822, 0.4465), abs=5e-5)
    assert result.std == pytest.approx((0.2470, 0.2435, 0.2616), abs=5e-5)


def test_images_per_class(images: ImageSet) -> None:
    counts = class_counts(images)
    assert counts.tolist() == [int((images.labels == label).sum()) for label in range(len(images.classes))]
    assert len(counts) == len(images.classes) and counts.sum() == len(images)


def test_progress_and_cancel(images: ImageSet) -> None:
    token = CancelToken()
    seen: list[tuple[int, int]] = []
    channel_mean_std(images, token, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(images), len(images))
    token.cancel()
    with pytest.raises(Cancelled):
        channel_mean_std(images, token)
