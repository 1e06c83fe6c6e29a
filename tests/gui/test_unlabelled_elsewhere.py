"""Every tab with a data set open that has no labels, and so nothing to train on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import LEFT, find
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs import layers, models, prediction, training, transforms
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs

TABS = {
    "transforms": transforms.create,
    "layers": layers.create,
    "models": models.create,
    "training": training.create,
    "prediction": prediction.create,
}


@pytest.fixture
def unlabelled(session: Session, tmp_path: Path) -> Session:
    for number in range(3):
        Image.new("RGB", (20 + number, 16), (9, 9, 9)).save(tmp_path / f"{number}.png")
    session.set_dataset(open_dataset(DATASETS.step("plain_folder", root=str(tmp_path))))
    return session


@pytest.fixture
def make(qtbot: QtBot, session: Session, jobs: Jobs):
    made: list[Page] = []

    def shown(create: Callable[[Session, Jobs], Page]) -> Page:
        page = create(session, jobs)
        made.append(page)
        with qtbot.waitExposed(page):
            page.show()
        assert jobs.wait_idle(30_000)
        return page

    yield shown
    for page in made:
        page.close()
        page.deleteLater()


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_stands(
    make, jobs: Jobs, unlabelled: Session, tab: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = make(TABS[tab])
    page.activated()
    dataset = unlabelled.dataset
    unlabelled.set_dataset(None)
    unlabelled.set_dataset(dataset)
    assert jobs.wait_idle(30_000)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_transforms_takes_the_first_or_the_chosen_image(
    qtbot: QtBot, make, jobs: Jobs, unlabelled: Session
) -> None:
    page, dataset = make(transforms.create), unlabelled.dataset
    assert dataset is not None and dataset.unlabelled is not None
    for index in (0, 2):
        qtbot.mouseClick(find(page, QPushButton, "image_from_dataset"), LEFT)
        assert jobs.wait_idle()
        assert page.input.input.picture.image.size == (20 + index, 16)
        unlabelled.set_current_image(dataset.unlabelled, 2)


def test_layers_takes_one_after_the_other(qtbot: QtBot, make, jobs: Jobs, unlabelled: Session) -> None:
    page = make(layers.create)
    for name in ("unlabelled 0", "unlabelled 1", "unlabelled 2", "unlabelled 0"):
        qtbot.mouseClick(find(page, QPushButton, "layers_dataset_image"), LEFT)
        assert jobs.wait_idle()
        assert find(page, QLabel, "layers_input_name").text().endswith(name)
