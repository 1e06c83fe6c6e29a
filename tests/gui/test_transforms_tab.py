"""The Transforms tab, operated as a person does; every number compared with torchvision called directly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from torchvision import transforms

from tests.gui.transforms_page import settle
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.paths import resource
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms import create
from tudui_gui.gui.tabs.transforms.input_card import bundled_photos
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.tabs.transforms.stage_work import ShownStage, stages_work
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.images.conversion import to_uint8
from tudui_gui.images.reading import read_image
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

LEFT = Qt.MouseButton.LeftButton
step = TRANSFORMS.step


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_idle()


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(Experiment.load(resource("experiments", "digits.toml")), TrainingController())


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[TransformsPage]:
    made = create(session, jobs)
    assert isinstance(made, TransformsPage)
    made.resize(1280, 730)
    with qtbot.waitExposed(made):
        made.show()
    settle(qtbot, made)
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    made.close()
    made.deleteLater()


def find(page: QWidget, kind: type, name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name) or page.findChild(QToolButton, name)
    assert button is not None and button.isEnabled() and button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def type_into(qtbot: QtBot, page: QWidget, name: str, text: str) -> None:
    field = find(page, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def names(page: TransformsPage) -> list[str]:
    return [each.name for each in page.scratch.pipeline.steps]


def stages(page: TransformsPage) -> list[ShownStage]:
    shown = [column.stage for column in page.strip.columns]
    assert all(stage is not None for stage in shown)
    return [stage for stage in shown if stage is not None]


def flower() -> Image.Image:
    return read_image(bundled_photos()[0]).image


def test_starts_with_the_tutorials_four_on_a_photo(page: TransformsPage) -> None:
    assert names(page) == ["Resize", "RandomCrop", "ToTensor", "Normalize"]
    assert "flower.jpg" in find(page, QLabel, "input_name").text()
    torch.manual_seed(0)
    chain = [
        transforms.Resize(256),
        transforms.RandomCrop(224),
        transforms.ToTensor(),
        transforms.Normalize([0.5] * 3, [0.5] * 3),
    ]
    value: Any = flower()
    for transform, stage in zip(chain, stages(page), strict=True):
        value = transform(value)
        assert stage.image is not None and stage.facts is not None
        np.testing.assert_array_equal(from_qimage(stage.image), to_uint8(value))
    assert stage.facts.mean == pytest.approx(value.mean((1, 2)).tolist(), abs=1e-6)
    assert stage.facts.minimum == value.min()
    assert find(page, QLabel, "stage_3_kind").text() == "Tensor"
    assert "float32 [3, 224, 224]" in find(page, QLabel, "stage_3_facts").text()


def test_normalize_is_shown_raw_and_de_normalised(qtbot: QtBot, page: TransformsPage) -> None:
    column = page.strip.columns[3]
    before, after = stages(page)[2], stages(page)[3]
    assert before.image is not None and after.image is not None
    assert column.view.image == after.image
    assert (from_qimage(after.image) != from_qimage(before.image)).any()
    box = find(page, QWidget, "stage_3_denormalize")
    qtbot.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    shown = from_qimage(column.view.image).astype(int)
    assert abs(shown - from_qimage(before.image).astype(int)).max() <= 1


def test_the_probe_reads_the_tensor(qtbot: QtBot, page: TransformsPage) -> None:
    view = page.strip.columns[3].view
    position = view.pixel_rect(70, 90).center().toPoint()
    qtbot.mouseMove(view, position)
    values, place = stages(page)[3].values, view.place_at(QPointF(position))
    assert values is not None and place is not None
    x, y = map(int, place)
    expected = " ".join(f"{value:.3f}" for value in values[y, x])
    assert find(page, QLabel, "stage_3_pixel").text() == f"{expected} ({x}, {y})"


def test_typing_a_size_changes_the_stage_and_is_one_undo(
    qtbot: QtBot, page: TransformsPage, session: Session, jobs: Jobs
) -> None:
    type_into(qtbot, page, "step_0_size", "300")
    jobs.wait_idle()
    facts = stages(page)[0].facts
    assert facts is not None
    assert facts.shape == (transforms.Resize(300)(flower()).height, transforms.Resize(300)(flower()).width)
    assert session.undo_stack.count() == 1
    press(qtbot, page, "pipeline_undo")
    jobs.wait_idle()
    assert page.scratch.pipeline.steps[0].values["size"] == 256
    assert find(page, QLineEdit, "step_0_size").text() == "256"


def test_a_refused_value_says_why_and_changes_nothing(qtbot: QtBot, page: TransformsPage) -> None:
    before = page.scratch.pipeline
    type_into(qtbot, page, "step_0_size", "-4")
    assert page.scratch.pipeline == before
    assert "size" in find(page, QLabel, "step_0_size_error").text()


def test_all_parameters_can_be_shown(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    assert page.findChild(QComboBox, "step_0_interpolation") is None
    press(qtbot, page, "step_0_more")
    combo = find(page, QComboBox, "step_0_interpolation")
    combo.setFocus()
    qtbot.keyClicks(combo, "nearest")
    jobs.wait_idle()
    assert page.scratch.pipeline.steps[0].values["interpolation"].startswith("nearest")


def test_add_by_searching(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    page.pipeline_card.choose(1)
    press(qtbot, page, "add_step")
    search = QApplication.activePopupWidget().findChild(QLineEdit)
    qtbot.keyClicks(search, "Horiz")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    jobs.wait_idle()
    assert names(page) == ["Resize", "RandomCrop", "RandomHorizontalFlip", "ToTensor", "Normalize"]
    assert page.pipeline_card.chosen == 2
    assert len(page.strip.columns) == 5


def test_switch_off_remove_duplicate_and_move(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    press(qtbot, page, "step_1_toggle")
    jobs.wait_idle()
    assert not page.scratch.pipeline.steps[1].enabled
    assert [stage.step.name for stage in stages(page)] == ["Resize", "ToTensor", "Normalize"]
    press(qtbot, page, "step_1_remove")
    find(page, QAction, "step_0_duplicate").trigger()
    assert names(page) == ["Resize", "Resize", "ToTensor", "Normalize"]
    card = find(page, QWidget, "step_3")
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["Resize", "Resize", "Normalize", "ToTensor"]
    qtbot.keyClick(find(page, QWidget, "step_2"), Qt.Key.Key_Delete)
    assert names(page) == ["Resize", "Resize", "ToTensor"]


def test_dragging_a_step_by_its_handle(qtbot: QtBot, page: TransformsPage) -> None:
    handle, target = find(page, QWidget, "step_0_handle"), find(page, QWidget, "step_2")
    below = QPoint(5, target.height() // 2 + 6)
    goal = handle.mapFromGlobal(target.mapToGlobal(below))
    qtbot.mousePress(handle, LEFT, pos=QPoint(5, 5))
    qtbot.mouseMove(handle, goal)
    qtbot.waitUntil(lambda: find(page, QWidget, "drop_line").isVisible())
    qtbot.mouseRelease(handle, LEFT, pos=goal)
    assert names(page) == ["RandomCrop", "ToTensor", "Resize", "Normalize"]
    assert not find(page, QWidget, "drop_line").isVisible()


def test_a_failing_step_is_explained_and_fixed_with_one_click(
    qtbot: QtBot, page: TransformsPage, session: Session, jobs: Jobs
) -> None:
    press(qtbot, page, "step_2_remove")
    jobs.wait_idle()
    assert "needs a tensor" in find(page, QLabel, "step_2_problem").text()
    assert stages(page)[2].image is None
    press(qtbot, page, "stage_2_fix")
    jobs.wait_idle()
    assert names(page) == ["Resize", "RandomCrop", "ToTensor", "Normalize"]
    assert all(stage.problem is None for stage in stages(page))
    assert not find(page, QLabel, "step_2_problem").isVisible()


def test_steps_after_a_failing_one_are_grey(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    page.scratch.edit((step("Normalize"), step("ToTensor")))
    settle(qtbot, page)
    assert find(page, QLabel, "stage_1_skipped").isVisible()
    assert not find(page, QLabel, "step_1_title").isEnabled()
    assert find(page, QLabel, "draws_none").isVisible()


def test_draws_are_those_of_their_seeds(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    draws = page.draws.view.draws
    assert [draw.seed for draw in draws] == list(range(10))
    resized = transforms.Resize(256)(flower())
    for draw in draws:
        torch.manual_seed(draw.seed)
        top, left, _, _ = transforms.RandomCrop.get_params(resized, (224, 224))
        assert (draw.drawn["i"], draw.drawn["j"]) == (top, left)
        torch.manual_seed(draw.seed)
        np.testing.assert_array_equal(
            from_qimage(draw.image), np.asarray(transforms.RandomCrop(224)(resized))
        )


def test_roll_again_and_clicking_a_draw(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    press(qtbot, page, "roll_again")
    settle(qtbot, page)
    assert [draw.seed for draw in page.draws.view.draws] == list(range(10, 20))
    assert find(page, QSpinBox, "transform_seed").value() == 10
    third = page.draws.view.draws[2]
    qtbot.mouseClick(page.draws.view.viewport(), LEFT, pos=page.draws.view.cell(2).center())
    settle(qtbot, page)
    assert find(page, QSpinBox, "transform_seed").value() == 12
    assert dict(stages(page)[1].drawn) == dict(third.drawn)


def test_looking_does_not_disturb_torchs_generator(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    state = torch.get_rng_state()
    press(qtbot, page, "roll_again")
    jobs.wait_idle()
    assert torch.equal(torch.get_rng_state(), state)


def test_preset_by_keyboard(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    combo = find(page, QComboBox, "pipeline_presets")
    row = next(i for i in range(combo.count()) if combo.itemText(i) == "ImageNet: evaluation")
    combo.setFocus()
    combo.showPopup()
    popup = combo.view()
    for _ in range(row):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert names(page) == ["Resize", "CenterCrop", "ToTensor", "Normalize"]
    assert find(page, QLabel, "draws_none").isVisible()
    facts = stages(page)[1].facts
    assert facts is not None and facts.shape == (224, 224)


def test_use_for_training_lets_the_test_pipeline_follow(
    qtbot: QtBot, page: TransformsPage, session: Session
) -> None:
    before = session.experiment
    press(qtbot, page, "use_for_training")
    assert session.experiment.train_transforms == page.scratch.pipeline
    assert session.experiment.test_transforms == page.scratch.pipeline.deterministic()
    session.undo_stack.undo()
    assert session.experiment == before


def test_use_for_test_alone(qtbot: QtBot, page: TransformsPage, session: Session) -> None:
    train = session.experiment.train_transforms
    press(qtbot, page, "use_for_test")
    assert session.experiment.test_transforms == page.scratch.pipeline
    assert session.experiment.train_transforms == train


def test_a_pipeline_without_a_tensor_is_refused(qtbot: QtBot, page: TransformsPage, session: Session) -> None:
    before = session.experiment
    page.scratch.edit((step("Resize"),))
    press(qtbot, page, "use_for_training")
    assert session.experiment == before
    assert "tensor" in page.banner.text and page.banner.isVisible()


def test_a_dropped_image_becomes_the_input(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "grey.png"
    Image.new("L", (40, 30), 77).save(path)
    drop(page.input, path)
    jobs.wait_idle()
    assert "grey.png   40 × 30" in find(page, QLabel, "input_name").text()
    assert find(page, QLabel, "input_kind").text() == "L → RGB"
    assert page.code().count(str(path)) == 1


def drop(target: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = target.rect().center()
    buttons, keys = LEFT, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_broken_image_is_a_message_and_the_old_one_stays(
    page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "broken.jpg"
    path.write_text("no image")
    page.open_paths([path])
    jobs.wait_idle()
    assert "broken.jpg" in page.banner.text and page.banner.isVisible()
    assert "flower.jpg" in find(page, QLabel, "input_name").text()


def test_image_from_the_data_set(qtbot: QtBot, page: TransformsPage, session: Session, jobs: Jobs) -> None:
    press(qtbot, page, "image_from_dataset")
    assert page.banner.isVisible()
    dataset = open_dataset(DATASETS.step("digits"))
    session.set_dataset(dataset)
    session.set_current_image(dataset.train, 9)
    press(qtbot, page, "image_from_dataset")
    jobs.wait_idle()
    assert page.input.input is not None
    np.testing.assert_array_equal(page.input.input.picture.image, dataset.train.image(9))
    assert not page.banner.isVisible()


def test_an_image_sent_by_another_tab(page: TransformsPage, jobs: Jobs) -> None:
    picture = read_image(bundled_photos()[1])
    page.open_image(picture, "china.jpg")
    jobs.wait_idle()
    assert page.input.input is not None and page.input.input.picture is picture


def test_one_pixel_image_is_no_trouble(page: TransformsPage, jobs: Jobs, tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), (9, 8, 7)).save(tmp_path / "one.png")
    page.open_paths([tmp_path / "one.png"])
    jobs.wait_idle()
    assert stages(page)[-1].image is not None


def test_code_prints_the_facts_shown(page: TransformsPage, jobs: Jobs) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", page.code()], capture_output=True, text=True, timeout=120, check=True
    )
    facts = stages(page)[3].facts
    assert facts is not None
    last = ran.stdout[ran.stdout.index("Normalize") :]
    assert f"min={facts.minimum:.4f} max={facts.maximum:.4f}" in last
    assert " ".join(f"{mean:.4f}" for mean in facts.mean) in last


def test_zooming_one_stage_zooms_all(qtbot: QtBot, page: TransformsPage) -> None:
    views = [column.view for column in page.strip.columns]
    views[1].setFocus()
    qtbot.keyClick(views[1], Qt.Key.Key_Plus)
    assert views[1].zoom > 1
    assert {view.zoom for view in views} == {views[1].zoom}


def test_normalize_is_undone_for_the_eye(qtbot: QtBot) -> None:
    pipeline = Pipeline((step("ToTensor"), step("Normalize", mean=(0.2, 0.3, 0.4), std=(0.5, 0.6, 0.7))))
    shown = stages_work(flower(), pipeline, 0, CancelToken(), lambda fraction, text: None)
    assert shown[1].plain is not None and shown[0].image is not None
    difference = from_qimage(shown[1].plain).astype(int) - from_qimage(shown[0].image)
    assert abs(difference).max() <= 1
