"""One pass over all images, against plain numpy and Pillow."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.unit.datasets.samples import write_folder
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.sources import NO_LABEL, ArrayImageSet, FileImageSet, ImageSet
from tudui_gui.datasets.statistics import channel_mean_std, class_counts
from tudui_gui.datasets.survey import Survey, means_size, survey
from tudui_gui.images.opencv import count_levels


def surveyed(image_set: ImageSet) -> Survey:
    return survey(image_set, CancelToken())


def squares(image_set: ImageSet, indices: list[int], size: tuple[int, int]) -> np.ndarray:
    images = [image_set.image(i).resize(size, Image.Resampling.BILINEAR) for i in indices]
    return np.stack([np.asarray(image) for image in images]) / 255


def drawn(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    return np.random.RandomState(seed).randint(0, 256, shape).astype(np.uint8)


@pytest.fixture
def mixed(tmp_path: Path) -> FileImageSet:
    """Two classes and one without images; sizes and modes differ, and one file is broken."""
    write_folder(tmp_path, {"a": 5}, size=(40, 20))
    write_folder(tmp_path, {"b": 3}, size=(9, 90))
    Image.fromarray(drawn((30, 30))).convert("L").save(tmp_path / "b" / "gray.png")
    (tmp_path / "b" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot an image")
    files = sorted(f"{path.parent.name}/{path.name}" for path in tmp_path.glob("*/*"))
    labels = ["abc".index(name[0]) for name in files]
    return FileImageSet(["a", "b", "c"], labels, tmp_path, files)


def test_means_of_images_in_memory_are_numpys() -> None:
    digits = open_dataset(DATASETS.step("digits")).train
    found = surveyed(digits)
    array = digits.uniform_array()
    assert array is not None and found.classes.size == (array.shape[2], array.shape[1])
    for label in range(10):
        images = array[digits.labels == label] / 255
        np.testing.assert_allclose(found.classes.mean[label], images.mean(axis=0), rtol=0, atol=1e-14)
        np.testing.assert_allclose(found.classes.std[label], images.std(axis=0), rtol=0, atol=1e-12)
    assert found.classes.counts.tolist() == class_counts(digits).tolist()
    assert found.statistics == channel_mean_std(digits, CancelToken())
    assert found.sizes == (((32, 32), len(digits)),) and found.unreadable == ()


def test_many_images_of_a_class_do_not_overflow() -> None:
    white = ArrayImageSet(["white"], [0] * 1000, np.full((1000, 4, 5, 3), 255, np.uint8))
    found = surveyed(white)
    np.testing.assert_array_equal(found.classes.mean, np.ones((1, 4, 5, 3)))
    np.testing.assert_array_equal(found.classes.std, np.zeros((1, 4, 5, 3)))


def test_files_of_many_sizes_are_resized_as_pillow_does(mixed: FileImageSet) -> None:
    found = surveyed(mixed)
    assert found.classes.size == means_size(mixed) == (64, 64)
    broken = next(i for i in range(len(mixed)) if "broken" in mixed.name(i))
    for label, count in ((0, 5), (1, 4)):
        indices = [i for i in np.flatnonzero(mixed.labels == label).tolist() if i != broken]
        expected = squares(mixed, indices, (64, 64))
        assert len(expected) == found.classes.counts[label] == count
        np.testing.assert_allclose(found.classes.mean[label], expected.mean(axis=0), rtol=0, atol=1e-14)
        np.testing.assert_allclose(found.classes.std[label], expected.std(axis=0), rtol=0, atol=1e-12)
    assert np.isnan(found.classes.mean[2]).all() and found.classes.counts[2] == 0


def test_the_pass_names_what_it_skips_and_counts_the_rest(mixed: FileImageSet) -> None:
    found = surveyed(mixed)
    assert [mixed.name(each.index) for each in found.unreadable] == ["b/broken.png"]
    assert "broken.png" in str(found.unreadable[0].error)
    assert found.looked_at == len(mixed) == 10
    assert dict(found.sizes) == {(40, 20): 5, (9, 90): 3, (30, 30): 1}
    assert found.sizes[0] == ((40, 20), 5)
    assert dict(found.modes) == {"RGB": 8, "L": 1}
    sound = mixed.without([found.unreadable[0].index])
    pixels = [np.asarray(sound.image(i)).reshape(-1, 3) for i in range(len(sound))]
    assert found.statistics is not None
    assert found.statistics.mean == pytest.approx(np.concatenate(pixels).mean(axis=0) / 255, rel=1e-12)
    assert found.statistics == channel_mean_std(sound, CancelToken())


def test_sizes_and_modes_are_those_of_the_file(tmp_path: Path) -> None:
    turned = Image.fromarray(drawn((10, 30, 3)))
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(tmp_path / "turned.jpg", exif=exif)
    Image.fromarray(drawn((10, 30, 4))).save(tmp_path / "rgba.png")
    found = surveyed(FileImageSet(["a"], [0, 0], tmp_path, ["turned.jpg", "rgba.png"]))
    assert found.sizes == (((30, 10), 2),) and dict(found.modes) == {"RGB": 1, "RGBA": 1}


def test_images_without_labels_count_for_the_channels_alone() -> None:
    array = drawn((12, 6, 6, 3))
    labels = np.array([NO_LABEL] * 5 + [0] * 7)
    found = surveyed(ArrayImageSet(["a", "b"], labels, array))
    np.testing.assert_allclose(found.classes.mean[0], array[5:].mean(axis=0) / 255, atol=1e-14)
    assert found.classes.counts.tolist() == [7, 0]
    assert found.statistics is not None
    assert found.statistics.mean == pytest.approx(array.mean(axis=(0, 1, 2)) / 255, rel=1e-12)


def test_nothing_to_look_at(tmp_path: Path) -> None:
    empty = surveyed(ArrayImageSet([], [], np.empty((0, 4, 4, 3), np.uint8)))
    assert empty.statistics is None and empty.sizes == () and empty.classes.mean.shape[0] == 0
    gone = surveyed(FileImageSet([], [NO_LABEL], tmp_path, ["gone.png"]))
    assert gone.statistics is None and len(gone.unreadable) == 1 and gone.modes == ()


@pytest.mark.parametrize(("classes", "side"), [(256, 64), (257, 32), (1024, 32), (1025, 16), (9000, 16)])
def test_more_classes_get_smaller_pictures(tmp_path: Path, classes: int, side: int) -> None:
    assert means_size(FileImageSet([str(i) for i in range(classes)], [0], tmp_path, ["a"])) == (side, side)


def test_large_images_in_memory_are_resized_too() -> None:
    images = ArrayImageSet(["a"], [0, 0], drawn((2, 97, 50, 3)))
    found = surveyed(images)
    assert found.classes.size == (64, 64) and found.sizes == (((50, 97), 2),)
    np.testing.assert_allclose(found.classes.mean[0], squares(images, [0, 1], (64, 64)).mean(0), atol=1e-14)


def test_progress_and_cancel(mixed: FileImageSet) -> None:
    seen: list[tuple[int, int]] = []
    survey(mixed, CancelToken(), lambda done, total: seen.append((done, total)))
    assert seen[-1] == (10, 10)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        survey(mixed, token)


@pytest.mark.parametrize("shape", [(1, 1), (3, 1000), (2**13, 2**11 + 1), (0, 5)])
def test_levels_are_counted_exactly(shape: tuple[int, int]) -> None:
    pixels = np.full(shape, 7, np.uint8)
    pixels[:, ::3] = 200
    assert count_levels(pixels).tolist() == np.bincount(pixels.ravel(), minlength=256).tolist()
    assert count_levels(pixels[:, ::2]).sum() == Counter(pixels[:, ::2].ravel().tolist()).total()


@pytest.mark.shared_data
def test_cifar10_in_a_pass(shared_data: Path) -> None:
    cifar = open_dataset(DATASETS.step("cifar10"), data_root=shared_data).train
    found = surveyed(cifar)
    assert found.statistics is not None
    assert found.statistics.mean == pytest.approx((0.4914, 0.4822, 0.4465), abs=5e-5)
    array = cifar.uniform_array()
    assert array is not None and found.classes.counts.tolist() == [5000] * 10
    ships = array[cifar.labels == 8].astype(np.float64) / 255
    np.testing.assert_allclose(found.classes.mean[8], ships.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(found.classes.std[8], ships.std(axis=0), atol=1e-10)
