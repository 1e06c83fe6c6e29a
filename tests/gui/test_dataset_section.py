"""The data set in the form of the Train tab: its split out of sight, its source changed there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.training.form import ExperimentForm
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def form(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[ExperimentForm]:
    made = ExperimentForm(session, jobs)
    made.resize(300, 500)
    with qtbot.waitExposed(made):
        made.show()
    assert jobs.wait_idle()
    yield made
    made.close()
    made.deleteLater()


def is_shown(form: QWidget, name: str) -> bool:
    found = form.findChild(QWidget, name)
    assert found is not None, name
    return bool(found.isVisible())


def set_dataset(session: Session, **values: object) -> None:
    step = session.experiment.dataset.with_values(**values)
    session.set_experiment(session.experiment.with_value("dataset", step.to_dict("source")))


def choose(qtbot: QtBot, form: QWidget, name: str) -> None:
    combo = form.findChild(QComboBox, "experiment_dataset")
    assert combo is not None
    combo.setFocus()
    key = Qt.Key.Key_Down if combo.findText(name) > combo.currentIndex() else Qt.Key.Key_Up
    while combo.currentText() != name:
        qtbot.keyClick(combo, key)


def test_the_split_comes_when_it_is_asked_for(qtbot: QtBot, form: ExperimentForm) -> None:
    width = form.minimumSizeHint().width()
    assert not is_shown(form, "dataset_split") and not is_shown(form, "dataset_edits")
    more = form.findChild(QPushButton, "experiment_dataset_more")
    assert more is not None
    qtbot.mouseClick(more, LEFT)
    assert is_shown(form, "dataset_split") and is_shown(form, "dataset_edits")
    assert form.minimumSizeHint().width() == width
    qtbot.mouseClick(more, LEFT)
    assert not is_shown(form, "dataset_split")


def test_what_is_set_is_always_in_sight(form: ExperimentForm, session: Session) -> None:
    set_dataset(session, per_class=20)
    assert is_shown(form, "dataset_per_class") and not is_shown(form, "dataset_split_seed")
    session.undo_stack.undo()
    assert not is_shown(form, "dataset_per_class")


def test_another_source_keeps_the_split_but_not_the_corrections(
    qtbot: QtBot, form: ExperimentForm, session: Session
) -> None:
    set_dataset(session, split="random", edits="/somewhere/digits.json")
    choose(qtbot, form, "shapes")
    dataset = session.experiment.dataset
    assert (dataset.name, dataset.values["split"], dataset.values["edits"]) == ("shapes", "random", None)


def test_another_folder_does_not_keep_the_corrections(
    qtbot: QtBot, form: ExperimentForm, session: Session
) -> None:
    step = DATASETS.step("folder", root="/a", edits="/somewhere/a.json")
    session.set_experiment(session.experiment.with_value("dataset", step.to_dict("source")))
    root = form.findChild(QLineEdit, "dataset_root")
    assert root is not None
    root.setFocus()
    qtbot.keyClick(root, Qt.Key.Key_End)
    qtbot.keyClicks(root, "b")
    assert session.experiment.dataset == DATASETS.step("folder", root="/ab")


def test_several_sources_begin_with_the_present_one(
    qtbot: QtBot, form: ExperimentForm, session: Session
) -> None:
    choose(qtbot, form, "concat")
    assert [step.name for step in session.experiment.dataset.values["sources"]] != []
    sources = form.findChild(QLineEdit, "dataset_sources")
    assert sources is not None and sources.isReadOnly()
