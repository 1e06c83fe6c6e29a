"""Where training and prediction differ is shown on the tabs that decide it, and put right with one click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.prediction.models import ModelCard
from tudui_gui.gui.tabs.prediction.work import LoadedModel, ModelChoice
from tudui_gui.gui.tabs.training.form import ExperimentForm
from tudui_gui.gui.widgets.comparison_view import ComparisonView
from tudui_gui.gui.workers import Jobs
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.training.checkpoint import Checkpoint
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
PLAIN = Pipeline((step("Resize", size=(32, 32)), step("ToTensor")))
NORMALIZED = Pipeline((*PLAIN.steps, step("Normalize", mean=[0.5], std=[0.25])))
AUGMENTED = Pipeline((step("RandomHorizontalFlip"), *NORMALIZED.steps))


def texts(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def view(qtbot: QtBot, request: pytest.FixtureRequest) -> ComparisonView:
    made = ComparisonView("comparison", is_narrow=request.param, can_fix=True)
    qtbot.addWidget(made)
    return made


def test_what_differs_stands_side_by_side(view: ComparisonView) -> None:
    view.compare(AUGMENTED, PLAIN)
    assert view.isVisible()
    assert [difference.name for difference in view.shown] == ["normalize"]
    shown = texts(view)
    for text in ("Normalize", "mean [0.5] std [0.25]", "none", "training", "prediction"):
        assert text in shown


def test_nothing_is_shown_where_nothing_differs(view: ComparisonView) -> None:
    view.compare(AUGMENTED, PLAIN)
    view.compare(AUGMENTED, NORMALIZED)
    assert view.isHidden() and view.shown == ()
    view.compare(AUGMENTED, PLAIN)
    view.compare(None, PLAIN)
    assert view.isHidden()


def test_one_click_asks_for_the_training_pipeline_without_chance(qtbot: QtBot, view: ComparisonView) -> None:
    view.compare(AUGMENTED, PLAIN)
    button = view.findChild(QPushButton, "comparison_fix")
    assert button.isVisible() and button.toolTip() and button.accessibleName()
    with qtbot.waitSignal(view.pipeline_requested) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == [NORMALIZED]


def test_the_lines_fold_away(qtbot: QtBot, view: ComparisonView) -> None:
    view.compare(AUGMENTED, PLAIN)
    fold = view.findChild(QToolButton, "comparison_fold")
    assert fold.toolTip() and fold.accessibleName()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert texts(view) == [view.title_text()]
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert "Normalize" in texts(view)


def test_long_numbers_do_not_make_it_wide(qtbot: QtBot) -> None:
    view = ComparisonView("comparison", can_fix=True)
    qtbot.addWidget(view)
    third = step("Normalize", mean=[1 / 3] * 3, std=[2 / 3] * 3)
    sixth = step("Normalize", mean=[1 / 6] * 3, std=[5 / 6] * 3)
    view.compare(Pipeline((*PLAIN.steps, third)), Pipeline((*PLAIN.steps, sixth)))
    assert view.minimumSizeHint().width() < 700


def test_without_a_way_to_fix_there_is_no_button(qtbot: QtBot) -> None:
    view = ComparisonView("comparison")
    qtbot.addWidget(view)
    view.compare(AUGMENTED, PLAIN)
    assert view.findChild(QPushButton, "comparison_fix").isHidden()


@pytest.fixture
def form(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[ExperimentForm]:
    made = ExperimentForm(session, jobs)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    assert jobs.wait_idle()
    yield made


def test_the_train_tab_shows_it_beside_the_pipelines(
    qtbot: QtBot, session: Session, form: ExperimentForm
) -> None:
    view = form.findChild(ComparisonView, "experiment_comparison")
    assert view.isHidden()
    changed = replace(session.experiment, train_transforms=AUGMENTED, test_transforms=PLAIN)
    session.set_experiment(changed)
    assert view.isVisible() and "mean [0.5] std [0.25]" in texts(view)

    qtbot.mouseClick(view.findChild(QPushButton, "experiment_comparison_fix"), Qt.MouseButton.LeftButton)
    assert session.experiment.test_transforms == NORMALIZED
    assert view.isHidden()
    session.undo_stack.undo()
    assert session.experiment.test_transforms == PLAIN and view.isVisible()


def test_the_predict_tab_shows_it_for_the_loaded_checkpoint(
    qtbot: QtBot, trained_run: Path, tmp_path: Path
) -> None:
    card = ModelCard()
    qtbot.addWidget(card)
    card.setFixedWidth(280)
    card.show()
    view = card.findChild(ComparisonView, "prediction_comparison")
    path = trained_run / "checkpoints" / "best.pt"
    choice = ModelChoice(path, "best")
    card.show_model(LoadedModel(choice, Classifier.load(path)))
    assert view.isHidden()

    checkpoint = Checkpoint.load(path)
    experiment = replace(checkpoint.experiment, train_transforms=NORMALIZED, test_transforms=PLAIN)
    other = tmp_path / "other.pt"
    replace(checkpoint, experiment=experiment).save(other)
    card.show_model(LoadedModel(choice, Classifier.load(other)))
    assert view.isVisible() and "mean [0.5] std [0.25]" in texts(view)
    assert view.findChild(QPushButton, "prediction_comparison_fix").isHidden()
    card.show_model(None)
    assert view.isHidden()


def test_chance_alone_is_told_as_such(view: ComparisonView) -> None:
    view.compare(AUGMENTED, AUGMENTED)
    assert [difference.name for difference in view.shown] == ["random"]
    assert view.title_text() not in texts(view)
    assert any("another answer each time" in text for text in texts(view))
    view.compare(AUGMENTED, PLAIN)
    assert view.title_text() in texts(view)
