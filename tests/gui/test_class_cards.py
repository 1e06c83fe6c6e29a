"""The cards of facts: classes, images, and an image of each class."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.unit.datasets.samples import write_folder
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.selection import with_edits
from tudui_gui.datasets.sources import NO_LABEL, ArrayImageSet, Dataset
from tudui_gui.datasets.statistics import channel_mean_std
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.tabs.datasets import facts_cards
from tudui_gui.gui.tabs.datasets.class_images import ClassImagesCard
from tudui_gui.gui.tabs.datasets.facts_cards import ClassesCard, ImagesCard
from tudui_gui.gui.tabs.datasets.facts_texts import variety_facts, variety_tip
from tudui_gui.gui.tabs.datasets.facts_work import Variety
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton


class Column(QWidget):
    """The cards as they stand in the right column."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.classes, self.images, self.class_images = ClassesCard(), ImagesCard(jobs), ClassImagesCard()
        layout = QVBoxLayout(self)
        for card in (self.classes, self.images, self.class_images):
            layout.addWidget(card)
        self.images.surveyed.connect(self.class_images.show_survey)

    def show_dataset(self, dataset: Dataset) -> None:
        self.classes.show_part(next(iter(dataset.parts.values())))
        self.images.show_dataset(dataset)

    def text(self, name: str) -> str:
        found = self.findChild(QLabel, name)
        assert found is not None
        return found.text() if found.isVisible() else ""


@pytest.fixture
def column(qtbot: QtBot, jobs: Jobs) -> Iterator[Column]:
    made = Column(jobs)
    made.resize(262, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    made.close()
    made.deleteLater()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A class per folder: two sizes, one gray file, one broken one."""
    write_folder(tmp_path, {"train/a": 6, "test/a": 2, "test/b": 2}, size=(40, 20))
    write_folder(tmp_path, {"train/b": 3}, size=(10, 30))
    Image.new("L", (8, 8), 77).save(tmp_path / "train" / "b" / "gray.png")
    (tmp_path / "train" / "b" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot an image")
    return tmp_path


def test_pictures_are_the_means_of_the_classes(column: Column, jobs: Jobs) -> None:
    digits = open_dataset(DATASETS.step("digits"))
    column.show_dataset(digits)
    assert column.text("class_images_missing")
    assert jobs.wait_idle()
    images = column.class_images.pictures.images
    array = digits.train.uniform_array()
    assert array is not None and len(images) == 10
    for label, image in enumerate(images):
        assert image is not None
        expected = array[digits.train.labels == label].astype(np.float64)
        assert np.abs(from_qimage(image) - expected.mean(axis=0)).max() <= 0.5 + 1e-9
    assert not column.text("class_images_missing")


def test_the_switch_shows_the_deviation(qtbot: QtBot, column: Column, jobs: Jobs) -> None:
    digits = open_dataset(DATASETS.step("digits"))
    column.show_dataset(digits)
    assert jobs.wait_idle()
    button = column.findChild(QPushButton, "class_images_kind_std")
    qtbot.mouseClick(button, LEFT)
    array = digits.train.uniform_array()
    image = column.class_images.pictures.images[3]
    assert array is not None and image is not None
    expected = 2 * array[digits.train.labels == 3].astype(np.float64).std(axis=0)
    assert np.abs(from_qimage(image) - expected).max() <= 0.5 + 1e-6


def test_a_click_and_the_keyboard_filter_by_class(qtbot: QtBot, column: Column, jobs: Jobs) -> None:
    column.show_dataset(open_dataset(DATASETS.step("digits")))
    assert jobs.wait_idle()
    pictures, told = column.class_images.pictures, []
    column.class_images.class_chosen.connect(told.append)
    qtbot.mouseClick(pictures, LEFT, pos=pictures.tile_rect(6).center())
    pictures.set_chosen(6)
    qtbot.mouseClick(pictures, LEFT, pos=pictures.tile_rect(6).center())
    QTest.keyClick(pictures, Qt.Key.Key_Left)
    QTest.keyClick(pictures, Qt.Key.Key_Return)
    QTest.keyClick(pictures, Qt.Key.Key_Up)
    QTest.keyClick(pictures, Qt.Key.Key_Space)
    columns = pictures._columns()
    assert told == [6, -1, 5, 5 - columns]
    qtbot.mouseClick(pictures, LEFT, pos=QPoint(pictures.width() - 1, pictures.height() - 1))
    assert len(told) == 4


def test_the_tooltip_says_how_many(column: Column, jobs: Jobs, photos: Path) -> None:
    column.show_dataset(open_dataset(DATASETS.step("folder", root=str(photos))))
    assert jobs.wait_idle()
    pictures = column.class_images.pictures
    place = pictures.tile_rect(1).center()
    QApplication.sendEvent(pictures, QHelpEvent(QEvent.Type.ToolTip, place, pictures.mapToGlobal(place)))
    assert QToolTip.text() == "b: 4 images, averaged at 64×64"
    QToolTip.hideText()


def test_what_cannot_be_read_is_named_and_the_rest_counted(column: Column, jobs: Jobs, photos: Path) -> None:
    dataset = open_dataset(DATASETS.step("folder", root=str(photos)))
    column.show_dataset(dataset)
    assert jobs.wait_idle()
    assert column.text("mean_std_problem") == "1 cannot be read and were passed over: b/broken.png"
    broken = next(i for i in range(len(dataset.train)) if "broken" in dataset.train.name(i))
    expected = channel_mean_std(dataset.train.without([broken]), CancelToken())
    assert column.images.statistics == expected
    facts = column.text("dataset_facts")
    assert f"{expected.mean[1]:.4f}" in facts
    for line in ("40×20  60%", "10×30  30%", "8×8  10%", "RGB 90%, L 10%", "0.33 … 2.00 … 2.00"):
        assert line in facts, line
    assert "Its own parts: 11 images for training, 4 for test." in column.text("dataset_split")


def test_many_files_are_looked_at_when_asked_for(
    qtbot: QtBot, column: Column, jobs: Jobs, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_cards, "AUTOMATIC", 5)
    (photos / "train" / "b" / "broken.png").unlink()
    column.show_dataset(open_dataset(DATASETS.step("folder", root=str(photos))))
    assert jobs.wait_idle()
    assert column.images.statistics is None and column.text("class_images_missing")
    assert "40×20" in column.text("dataset_facts")
    qtbot.mouseClick(column.findChild(QPushButton, "compute_mean_std_button"), LEFT)
    assert jobs.wait_idle()
    assert column.images.statistics is not None and column.class_images.pictures.images[0] is not None
    assert not column.findChild(QPushButton, "compute_mean_std_button").isVisible()
    assert not column.text("mean_std_problem")


def test_another_data_set_takes_the_pictures_away(column: Column, jobs: Jobs) -> None:
    digits = open_dataset(DATASETS.step("digits"))
    column.show_dataset(digits)
    assert jobs.wait_idle()
    changed = with_edits(digits, Edits().with_left_out([digits.train.key(i) for i in range(50)], True))
    column.show_dataset(changed)
    assert column.class_images.pictures.images == () and column.images.statistics is None
    assert jobs.wait_idle()
    assert column.images.statistics == channel_mean_std(changed.train, CancelToken())
    assert "left out" in column.text("dataset_facts") and "50" in column.text("dataset_split")


def test_images_without_labels(column: Column, jobs: Jobs, tmp_path: Path) -> None:
    write_folder(tmp_path, {".": 4})
    dataset = open_dataset(DATASETS.step("plain_folder", root=str(tmp_path)))
    column.show_dataset(dataset)
    assert jobs.wait_idle()
    assert column.text("classes_without_label") == "4 images without a label"
    assert not column.class_images.isVisible() and dataset.unlabelled is not None
    assert column.images.statistics == channel_mean_std(dataset.unlabelled, CancelToken())
    assert not column.findChild(QPushButton, "use_in_normalize_button").isVisible()
    column.show_dataset(open_dataset(DATASETS.step("digits")))
    assert jobs.wait_idle()
    assert column.class_images.isVisible() and not column.text("classes_without_label")
    assert column.findChild(QPushButton, "use_in_normalize_button").isVisible()


def test_some_images_without_labels_are_counted_apart(column: Column) -> None:
    images = ArrayImageSet(["a", "b"], [0, NO_LABEL, 1, 1, NO_LABEL], np.zeros((5, 2, 2, 3), np.uint8))
    column.classes.show_part(images)
    assert column.classes.chart.rows == (("a", 1), ("b", 2))
    assert column.text("classes_without_label") == "2 images without a label"


def test_a_class_without_images_has_no_picture(column: Column, jobs: Jobs, photos: Path) -> None:
    (photos / "train" / "empty").mkdir()
    column.show_dataset(open_dataset(DATASETS.step("folder", root=str(photos))))
    assert jobs.wait_idle()
    images = column.class_images.pictures.images
    assert [image is None for image in images] == [False, False, True]
    assert not column.class_images.grab().isNull()


@pytest.mark.parametrize("count", [1, 2, 10, 100, 1000])
def test_any_number_of_classes_fits(column: Column, count: int) -> None:
    pictures = column.class_images.pictures
    image = QImage(4, 4, QImage.Format.Format_RGB888)
    pictures.resize(238, 10)
    pictures.set_classes([f"class {i}" for i in range(count)], [image] * count, ["tip"] * count)
    tiles = [pictures.tile_rect(label) for label in range(count)]
    assert all(tile.right() < pictures.width() and tile.bottom() < pictures.height() for tile in tiles)
    assert not any(a.intersects(b) for a, b in pairwise(tiles))


def test_sizes_in_words() -> None:
    one = Variety((((32, 32), 50_000),), (("RGB", 50_000),), 50_000)
    assert variety_facts(one) == [("size", "32×32"), ("mode", "RGB")]
    sizes = tuple(((100 + i, 50), 30 - i) for i in range(25))
    many = Variety(sizes, (("RGB", 400), ("L", 3)), 403)
    facts = variety_facts(many)
    assert facts[0][1].startswith("100×50") and ("min", "100×50") in facts and ("max", "124×50") in facts
    assert "22 more" in facts[3][1] and dict(facts)["mode"] == "RGB 99%, L <1%"
    ratios = np.repeat([size[0] / size[1] for size, _ in sizes], [count for _, count in sizes])
    assert dict(facts)["w:h"] == f"{ratios.min():.2f} … {np.median(ratios):.2f} … {ratios.max():.2f}"
    assert variety_facts(Variety((), (), 0)) == []
    assert variety_tip(many).count("\n") == 21 and variety_tip(one) == "32×32  50,000"
