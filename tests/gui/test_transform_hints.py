"""Hints and fixes on the Transforms tab, from the steps to the repaired pipeline and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.transforms_page import find, press, shown_page, text_of
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.widgets.comparison_view import ComparisonView
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
RESIZE, TO_TENSOR, NORMALIZE = step("Resize", size=(32, 32)), step("ToTensor"), step("Normalize")


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[TransformsPage]:
    with shown_page(qtbot, session, jobs) as made:
        yield made


def names(page: TransformsPage) -> list[str]:
    return [each.name for each in page.scratch.pipeline.steps]


def test_a_hint_stands_on_the_step_and_one_click_follows_it(
    qtbot: QtBot, page: TransformsPage, session: Session
) -> None:
    page.scratch.edit((TO_TENSOR, NORMALIZE, RESIZE))
    hint = find(page, QLabel, "step_1_hint_0")
    assert hint.text().startswith("Normalize stands before Resize")
    assert page.findChild(QLabel, "step_0_hint_0") is None
    find(page, QPushButton, "step_1_hint_0_fix").click()
    assert names(page) == ["ToTensor", "Resize", "Normalize"]
    assert not hint.isVisible()
    session.undo_stack.undo()
    assert names(page) == ["ToTensor", "Normalize", "Resize"] and not hint.isHidden()


def test_a_failing_step_is_told_and_repaired(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    page.scratch.edit((step("FiveCrop", size=32), TO_TENSOR))
    qtbot.waitUntil(lambda: "FiveCrop before it gives 5" in text_of(page, "step_1_problem"))
    find(page, QPushButton, "step_1_fix").click()
    assert names(page) == ["ToTensor", "FiveCrop"]
    qtbot.waitUntil(lambda: not find(page, QLabel, "step_1_problem").isVisible())
    assert jobs.wait_idle()


def test_several_pictures_are_refused_for_training(
    qtbot: QtBot, page: TransformsPage, session: Session, jobs: Jobs
) -> None:
    before = session.experiment
    page.scratch.edit((TO_TENSOR, step("FiveCrop", size=32)))
    press(qtbot, page, "use_for_training")
    assert "gives 5 pictures of an image" in page.banner.text
    assert session.experiment == before
    assert jobs.wait_idle()


def test_training_and_test_that_differ_are_shown(
    qtbot: QtBot, page: TransformsPage, session: Session, jobs: Jobs
) -> None:
    view = find(page, ComparisonView, "transforms_comparison")
    assert view.isHidden()
    train = Pipeline((RESIZE, TO_TENSOR, NORMALIZE))
    plain = Pipeline((RESIZE, TO_TENSOR))
    session.set_experiment(replace(session.experiment, train_transforms=train, test_transforms=plain))
    assert view.isVisible() and [each.name for each in view.shown] == ["normalize"]
    press(qtbot, page, "transforms_comparison_fix")
    assert session.experiment.test_transforms == train
    assert view.isHidden()
    page.scratch.edit((TO_TENSOR,))
    press(qtbot, page, "use_for_test")
    assert view.isVisible() and {each.name for each in view.shown} == {"normalize", "size"}
    assert jobs.wait_idle()
