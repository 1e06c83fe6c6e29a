"""The embedding of the Datasets tab, operated as a person does."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from sklearn.decomposition import PCA
from torch import nn
from torchvision import transforms

from tests.unit.datasets.samples import write_folder
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.embedding import pca, pixel_features, sample
from tudui_gui.datasets.selection import with_edits
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.app import create_app
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.datasets import create
from tudui_gui.gui.tabs.datasets.embedding_card import EmbeddingCard
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def digits() -> Dataset:
    return open_dataset(DATASETS.step("digits"))


@pytest.fixture
def card(qtbot: QtBot, session: Session, jobs: Jobs, digits: Dataset) -> Iterator[EmbeddingCard]:
    made = EmbeddingCard(session, jobs)
    made.resize(820, 420)
    made.show_dataset(digits)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    made.close()
    made.deleteLater()


def find(card: QWidget, kind: type, name: str):
    found = card.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, card: QWidget, name: str) -> None:
    button = card.findChild(QPushButton, name) or card.findChild(QToolButton, name)
    assert button is not None and button.isEnabled() and button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def compute(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, count: int = 200) -> None:
    find(card, QSpinBox, "embedding_count").setValue(count)
    press(qtbot, card, "embedding_compute")
    assert jobs.wait_idle(60_000)


def text_of(card: QWidget, name: str) -> str:
    return find(card, QLabel, name).text()


def children() -> list[psutil.Process]:
    """The processes that compute t-SNE."""
    every = psutil.Process().children(recursive=True)
    return [process for process in every if "tsne_child" in " ".join(process.cmdline())]


def lasso(card: EmbeddingCard, path: list[QPoint]) -> None:
    QTest.mousePress(card.plot, LEFT, NONE, path[0])
    for place in path[1:]:
        QTest.mouseMove(card.plot, place)
    QTest.mouseRelease(card.plot, LEFT, NONE, path[-1])


def triangle(card: EmbeddingCard) -> list[QPoint]:
    width, height = card.plot.width(), card.plot.height()
    return [QPoint(width // 3, height // 4), QPoint(width - 30, height // 2), QPoint(width // 2, height - 40)]


def test_pca_of_pixels_is_scikit_learns(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset
) -> None:
    compute(qtbot, card, jobs, 200)
    chosen = sample(digits.train.labels, 200, 0)
    images = [digits.train.image(i).resize((16, 16), Image.Resampling.BILINEAR) for i in chosen.tolist()]
    model = PCA(2, random_state=0)
    expected = model.fit_transform(np.stack([np.asarray(i, np.float32).ravel() / 255 for i in images]))
    np.testing.assert_array_equal(card.plot.points.places, expected)
    assert card.plot.points.labels.tolist() == digits.train.labels[chosen].tolist()
    assert text_of(card, "embedding_text") == f"200 of {len(digits.train):,} · PCA, pixels"
    assert f"{model.explained_variance_ratio_[0]:.1%}" in card.plot._labels[0]
    assert card.legend.count() == 10


def test_a_lasso_asks_for_exactly_its_images(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset
) -> None:
    compute(qtbot, card, jobs, 300)
    told: list[tuple[str, list[int]]] = []
    card.selection_requested.connect(lambda part, indices: told.append((part, indices)))
    path = triangle(card)
    polygon = QPolygonF([QPointF(place) for place in path])
    lasso(card, path)
    chosen = sample(digits.train.labels, 300, 0)
    expected = [
        int(index)
        for point, index in enumerate(chosen)
        if polygon.containsPoint(card.plot.place_of(point), Qt.FillRule.OddEvenFill)
    ]
    assert len(expected) > 10 and told == [("train", expected)]
    assert find(card, QPushButton, "embedding_chosen_train").text().endswith(f"{len(expected)}")
    press(qtbot, card, "embedding_chosen_train")
    assert told == [("train", expected)] * 2


def test_a_class_is_chosen_without_a_mouse(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset
) -> None:
    compute(qtbot, card, jobs, 300)
    told: list[tuple[str, list[int]]] = []
    card.selection_requested.connect(lambda part, indices: told.append((part, indices)))
    card.legend.setFocus()
    for _ in range(3):
        QTest.keyClick(card.legend, Qt.Key.Key_Down)
    QTest.keyClick(card.legend, Qt.Key.Key_Return)
    label = int(card.legend.currentItem().data(Qt.ItemDataRole.UserRole))
    chosen = sample(digits.train.labels, 300, 0)
    assert told == [("train", chosen[digits.train.labels[chosen] == label].tolist())]


def test_the_legend_highlights_and_hides(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs) -> None:
    compute(qtbot, card, jobs)
    row = card.legend.visualItemRect(card.legend.item(4))
    name = QPoint(row.left() + 60, row.center().y())
    QTest.mouseClick(card.legend.viewport(), LEFT, NONE, name)
    assert card.plot._highlight == 4
    QTest.mouseClick(card.legend.viewport(), LEFT, NONE, name)
    assert card.plot._highlight is None
    QTest.mouseClick(card.legend.viewport(), LEFT, NONE, QPoint(row.left() + 8, row.center().y()))
    assert card.legend.hidden == {4} and card.plot._hidden == {4} and card.plot._highlight is None
    card.plot._choose(card.plot._shown_points(), NONE)
    assert 4 not in card.plot.points.labels[card.plot.selection]


def test_a_click_shows_the_image_and_hovering_its_thumbnail(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset
) -> None:
    compute(qtbot, card, jobs, 60)
    told: list[tuple[str, int]] = []
    card.image_requested.connect(lambda part, index: told.append((part, index)))
    chosen = sample(digits.train.labels, 60, 0)
    point = int(np.argmax(card.plot.points.places[:, 0]))
    place = card.plot.place_of(point).toPoint()
    QTest.mouseMove(card.plot, place)
    assert jobs.wait_idle()
    lines, image = card.plot._caption
    index = int(chosen[point])
    assert lines == (digits.train.name(index), digits.train.label_name(index))
    assert image is not None and (image.width(), image.height()) == digits.train.image(index).size
    QTest.mouseClick(card.plot, LEFT, NONE, place)
    assert told == [("train", index)]


def test_two_parts_are_told_apart(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset) -> None:
    parts = find(card, QComboBox, "embedding_parts")
    parts.setCurrentIndex(parts.findText("Train + test"))
    compute(qtbot, card, jobs, 200)
    embedded = card.embedded
    assert embedded is not None and embedded.total == len(digits.train) + len(digits.test)
    assert sorted(set(card.plot.points.markers.tolist())) == [0, 1]
    assert text_of(card, "embedding_marks").count("\n") == 1
    told: list[tuple[str, list[int]]] = []
    card.selection_requested.connect(lambda part, indices: told.append((part, indices)))
    QTest.keyClick(card.plot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, card, "embedding_chosen_test")
    assert [part for part, _ in told] == ["train", "test"]
    assert len(told[0][1]) + len(told[1][1]) == 200
    test = embedded.indices[embedded.parts == 1]
    labels = card.plot.points.labels[embedded.parts == 1]
    assert told[1][1] == test.tolist() and labels.tolist() == digits.test.labels[test].tolist()


def test_features_of_the_open_model(
    qtbot: QtBot, card: EmbeddingCard, session: Session, jobs: Jobs, digits: Dataset
) -> None:
    torch.manual_seed(1)
    module = nn.Sequential(
        nn.Conv2d(3, 5, 3), nn.ReLU(), nn.Flatten(), nn.Linear(5 * 30 * 30, 7), nn.Tanh(), nn.Linear(7, 10)
    )
    model = OpenModel("mine", module.eval(), None, digits.classes, (3, 32, 32))
    source = find(card, QComboBox, "embedding_features")
    layer = find(card, QComboBox, "embedding_layer")
    assert [source.itemText(i) for i in range(source.count())] == ["Pixels"] and not layer.isVisible()
    session.set_open_model(model)
    source.setCurrentIndex(source.findText("mine"))
    assert layer.isVisible()
    plain = transforms.Compose(list(session.experiment.test_transforms.build().transforms))
    chosen = sample(digits.train.labels, 40, 0)
    batch = torch.stack([plain(digits.train.image(i)) for i in chosen.tolist()])
    with torch.inference_mode():
        before_last = module[:5](batch).numpy()
        maps = module[:1](batch).mean(dim=(2, 3)).numpy()
    compute(qtbot, card, jobs, 40)
    np.testing.assert_allclose(card.plot.points.places, pca(before_last).points, atol=1e-5)
    assert "mine" in text_of(card, "embedding_text")
    layer.setCurrentIndex(layer.findData("0"))
    compute(qtbot, card, jobs, 40)
    np.testing.assert_allclose(card.plot.points.places, pca(maps).points, atol=1e-5)
    session.set_open_model(None)
    assert source.count() == 1 and not layer.isVisible()


def test_tsne_is_cancelled_at_once_and_leaves_no_process(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs
) -> None:
    compute(qtbot, card, jobs, 100)
    before = card.embedded
    press(qtbot, card, "embedding_method_tsne")
    find(card, QSpinBox, "embedding_count").setValue(1400)
    press(qtbot, card, "embedding_compute")
    how_far = find(card, QLabel, "embedding_how_far")
    qtbot.waitUntil(lambda: how_far.text().startswith("Iteration"), timeout=60_000)
    assert len(children()) == 1 and not find(card, QPushButton, "embedding_compute").isVisible()
    press(qtbot, card, "embedding_cancel")
    assert jobs.wait_idle(2_000) and not children()
    assert card.embedded is before and find(card, QPushButton, "embedding_compute").isVisible()
    assert not how_far.isVisible()


def test_tsne_arrives(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs) -> None:
    press(qtbot, card, "embedding_method_tsne")
    find(card, QSpinBox, "embedding_perplexity").setValue(5)
    compute(qtbot, card, jobs, 50)
    assert len(card.plot.points) == 50 and "t-SNE (perplexity 5, KL " in text_of(card, "embedding_text")
    assert card.plot._labels == ("", "") and not children()


def test_closing_the_window_meanwhile_leaves_no_process(qtbot: QtBot) -> None:
    _, window = create_app(["tudui-gui"])
    with qtbot.waitSignal(window.ready, timeout=60_000):
        window.show()
    assert window.jobs is not None and window.jobs.wait_idle()
    page = window.tabs.widget(0)
    assert isinstance(page, DatasetsPage)
    page.open_step(DATASETS.step("digits"))
    assert window.jobs.wait_idle()
    window.tabs.setCurrentIndex(0)
    press(qtbot, page, "lower_area_switch_embedding")
    press(qtbot, page, "embedding_method_tsne")
    press(qtbot, page, "embedding_compute")
    qtbot.waitUntil(lambda: bool(children()), timeout=30_000)
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    assert not children()
    window.deleteLater()


def test_corrections_keep_the_points(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset) -> None:
    parts = find(card, QComboBox, "embedding_parts")
    parts.setCurrentIndex(parts.findText("Train + test"))
    compute(qtbot, card, jobs, 100)
    embedded = card.embedded
    assert embedded is not None
    keys = embedded.keys
    edits = Edits().with_left_out([keys[3]], True).with_label([keys[5]], "7").with_flags([keys[8]], True)
    corrected = with_edits(digits, edits)
    card.show_dataset(corrected)
    assert jobs.wait_idle()
    assert card.embedded is not None and card.embedded.keys == keys
    np.testing.assert_array_equal(card.plot.points.places, embedded.projection.points)
    assert np.flatnonzero(card.plot.points.outlined).tolist() == [8]
    assert card.plot.points.labels[5] == corrected.classes.index("7")
    assert card.plot.points.markers[3] == 3 and card.embedded.image_set(3) is corrected.left_out
    assert parts.currentText() == "Train + test" and parts.findText("Left out") > 0
    for point, key in enumerate(keys):
        index = int(card.embedded.indices[point])
        assert card.embedded.image_set(point).key(index) == key


def test_corrections_while_it_computes(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, digits: Dataset
) -> None:
    find(card, QSpinBox, "embedding_count").setValue(100)
    press(qtbot, card, "embedding_compute")
    chosen = sample(digits.train.labels, 100, 0)
    flagged = digits.train.key(int(chosen[7]))
    card.show_dataset(with_edits(digits, Edits().with_flags([flagged], True)))
    assert jobs.wait_idle()
    assert np.flatnonzero(card.plot.points.outlined).tolist() == [7]


def test_another_data_set_clears_the_points(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs) -> None:
    compute(qtbot, card, jobs, 100)
    card.show_dataset(open_dataset(DATASETS.step("shapes")))
    assert card.embedded is None and card.legend.count() == 0
    assert find(card, QWidget, "embedding_empty").isVisible()


def test_what_cannot_be_read_is_left_out_and_said(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, tmp_path: Path
) -> None:
    write_folder(tmp_path, {"train/a": 5, "train/b": 4, "test/a": 2, "test/b": 2})
    (tmp_path / "train" / "a" / "broken.png").write_bytes(b"no image")
    dataset = open_dataset(DATASETS.step("folder", root=str(tmp_path)))
    card.show_dataset(dataset)
    compute(qtbot, card, jobs)
    assert len(card.plot.points) == 9 and "1 not readable" in text_of(card, "embedding_text")
    broken = next(i for i in range(len(dataset.train)) if "broken" in dataset.train.name(i))
    expected = pca(pixel_features(dataset.train.without([broken]), range(9))).points
    np.testing.assert_array_equal(card.plot.points.places, expected)


def test_what_is_impossible_is_said_in_place(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs) -> None:
    press(qtbot, card, "embedding_method_tsne")
    compute(qtbot, card, jobs, 20)
    assert "perplexity of 30 does not fit 20 images" in text_of(card, "embedding_problem")
    press(qtbot, card, "embedding_method_pca")
    compute(qtbot, card, jobs, 20)
    assert not find(card, QLabel, "embedding_problem").isVisible() and len(card.plot.points) == 20


def test_images_without_labels_are_grey(
    qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, tmp_path: Path
) -> None:
    write_folder(tmp_path, {".": 6})
    step = DATASETS.step("plain_folder", root=str(tmp_path))
    card.show_dataset(open_dataset(step))
    compute(qtbot, card, jobs)
    assert card.plot.points.labels.tolist() == [-1] * 6 and card.legend.count() == 1
    told: list[tuple[str, list[int]]] = []
    card.selection_requested.connect(lambda part, indices: told.append((part, indices)))
    QTest.keyClick(card.plot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert told == [("unlabelled", list(range(6)))]


def test_the_points_are_exported(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs, tmp_path: Path) -> None:
    compute(qtbot, card, jobs, 30)
    embedded = card.embedded
    assert embedded is not None
    card.export(tmp_path / "points.csv")
    card.export(tmp_path / "points.png")
    assert jobs.wait_idle()
    with (tmp_path / "points.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["key"] for row in rows] == embedded.keys and {row["part"] for row in rows} == {"train"}
    places = [(float(row["x"]), float(row["y"])) for row in rows]
    np.testing.assert_array_equal(np.array(places, np.float32), embedded.projection.points)
    image = embedded.dataset.train
    assert [row["label"] for row in rows] == [image.label_name(int(row["index"])) for row in rows]
    assert QImage(str(tmp_path / "points.png")).width() >= card.plot.width()
    card.export(tmp_path / "points.png" / "points.csv")
    assert jobs.wait_idle()
    assert "points.csv" in text_of(card, "embedding_problem")


def test_texts_follow_the_language(qtbot: QtBot, card: EmbeddingCard, jobs: Jobs) -> None:
    compute(qtbot, card, jobs, 30)
    QApplication.sendEvent(card, QEvent(QEvent.Type.LanguageChange))
    for child in card.findChildren(QWidget):
        QApplication.sendEvent(child, QEvent(QEvent.Type.LanguageChange))
    assert len(card.plot.points) == 30 and find(card, QSpinBox, "embedding_count").value() == 30


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    made = create(session, jobs)
    assert isinstance(made, DatasetsPage)
    made.resize(1024, 600)
    with qtbot.waitExposed(made):
        made.show()
    assert jobs.wait_idle()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    made.close()
    made.deleteLater()


def test_the_lower_area_shows_one_of_two(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    assert page.batches.isVisible() and not page.embedding.isVisible()
    sizes = page._middle.sizes()
    press(qtbot, page, "lower_area_switch_embedding")
    assert page.embedding.isVisible() and not page.batches.isVisible()
    above, below = page._middle.sizes()
    assert below >= above - 1 and session.preferences.get("datasets.lower", "") == "embedding"
    for name in ("embedding_compute", "embedding_export", "embedding_fold"):
        button = page.findChild(QPushButton, name) or page.findChild(QToolButton, name)
        right = button.mapTo(page.embedding, QPoint(button.width(), button.height()))
        assert right.x() <= page.embedding.width() and right.y() <= page.embedding.height(), name
    press(qtbot, page, "lower_area_switch_batches")
    assert page.batches.isVisible() and page._middle.sizes() == sizes


def test_the_lower_area_comes_back(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    session.preferences.set("datasets.lower", "embedding")
    page = create(session, jobs)
    assert isinstance(page, DatasetsPage)
    page.resize(1024, 600)
    with qtbot.waitExposed(page):
        page.show()
    assert page.embedding.isVisible()
    above, below = page._middle.sizes()
    assert below >= above - 1
    assert jobs.wait_idle()
    page.close()
    page.deleteLater()
