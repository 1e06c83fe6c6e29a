"""The Train tab, operated with mouse and keyboard, training for real on the bundled digits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tudui_gui.core.paths import resource, runs_root
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs import training
from tudui_gui.gui.tabs.training import texts
from tudui_gui.gui.tabs.training.clock import RunClock
from tudui_gui.gui.widgets.confusion_view import ConfusionView
from tudui_gui.gui.widgets.live_plot import LivePlot
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.scripts import training_script
from tudui_gui.training.checkpoint import checkpoint_path
from tudui_gui.training.events import EpochEvaluated, RunFinished, RunStopped, StepDone
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.loop import fit
from tudui_gui.training.runs import list_runs

STEPS_PER_EPOCH = 23  # 1,438 training images in batches of 64


def digits(epochs: int = 1, **values: Any) -> Experiment:
    experiment = Experiment.load(resource("experiments", "digits.toml"))
    experiment = experiment.with_value("device", "cpu").with_value("training.epochs", epochs)
    for key, value in values.items():
        experiment = experiment.with_value(key.replace("__", "."), value)
    return experiment


class Bench:
    """The page with its session, and its widgets by name."""

    def __init__(self, qtbot: QtBot, experiment: Experiment) -> None:
        self.qtbot = qtbot
        self.jobs = Jobs()
        self.controller = TrainingController()
        self.session = Session(experiment, self.controller)
        self.page: Page = training.create(self.session, self.jobs)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 730)
        self.page.show()
        self.settle()

    def find(self, kind: type[Any], name: str) -> Any:
        widget = self.page.findChild(kind, name)
        assert widget is not None, name
        return widget

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        assert self.jobs.wait_idle()

    def text(self, name: str) -> str:
        return str(self.find(QLabel, name).text())

    def plot(self, name: str, series: str) -> tuple[list[float], list[float]]:
        return self.find(LivePlot, name).data(series)  # type: ignore[no-any-return]

    def banner(self) -> str:
        return self.page.banner.text if self.page.banner.isVisible() else ""

    def run_to_end(self, button: str = "start_training") -> Any:
        with self.qtbot.waitSignal(self.controller.run_ended, timeout=60_000) as ended:
            self.click(button)
        self.settle()
        return ended.args[0]

    def enabled(self) -> set[str]:
        names = ("start_training", "pause_training", "stop_training", "resume_training")
        return {name.split("_")[0] for name in names if self.find(QPushButton, name).isEnabled()}


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot, digits())
    yield bench
    if bench.controller.is_active:
        with qtbot.waitSignal(bench.controller.run_ended, timeout=60_000):
            bench.controller.stop()
    bench.settle()


def test_training_fills_the_plots_with_the_numbers_of_fit(bench: Bench, tmp_path: Path) -> None:
    with bench.qtbot.waitSignal(bench.session.checkpoint_changed, timeout=60_000):
        ending = bench.run_to_end()

    events = list(fit(digits(), tmp_path / "same"))
    losses = [event.loss for event in events if isinstance(event, StepDone)]
    [epoch] = [event for event in events if isinstance(event, EpochEvaluated)]
    assert isinstance(ending, RunFinished)
    assert bench.plot("loss_plot", "train") == ([*range(1, STEPS_PER_EPOCH + 1)], losses)
    assert bench.plot("loss_plot", "test") == ([STEPS_PER_EPOCH], [epoch.test_loss])
    assert bench.plot("accuracy_plot", "test") == ([STEPS_PER_EPOCH], [epoch.test_accuracy])
    assert bench.plot("accuracy_plot", "train") == ([STEPS_PER_EPOCH], [epoch.train_accuracy])
    assert bench.text("training_test_accuracy") == texts.percent(epoch.test_accuracy)
    assert bench.text("training_epoch") == "1 / 1"
    matrix = bench.find(ConfusionView, "confusion_matrix").matrix
    assert tuple(map(tuple, matrix.tolist())) == epoch.confusion


def test_the_end_of_a_run_is_told(bench: Bench) -> None:
    notices: list[Any] = []
    bench.session.notice.connect(notices.append)
    bench.run_to_end()

    [run] = list_runs()
    assert bench.session.checkpoint == checkpoint_path(run.path, "best.pt")
    assert run.name in notices[-1].text
    progress = bench.find(QProgressBar, "training_progress")
    assert progress.value() == progress.maximum()
    log = bench.find(QPlainTextEdit, "training_log").toPlainText()
    assert f"{run.name} started: 1,438 images, 145,578 parameters, on cpu" in log
    assert "epoch 1: train loss" in log
    assert "checkpoint best.pt after 23 steps" in log
    assert f"{run.name} finished" in log
    model = bench.find(QListView, "runs_list").model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [run.name]
    assert bench.enabled() == {"start"}


def test_pause_stop_and_resume(qtbot: QtBot, bench: Bench) -> None:
    bench.session.set_experiment(digits(2))
    with qtbot.waitSignal(bench.controller.steps_done, timeout=60_000):
        bench.click("start_training")
    assert bench.enabled() == {"pause", "stop"}

    bench.click("pause_training")
    assert bench.controller.state == "paused"
    assert bench.find(QPushButton, "pause_training").isChecked()
    assert bench.enabled() == {"pause", "stop", "resume"}
    qtbot.waitSignal(bench.controller.steps_done, timeout=500, raising=False).wait()
    with qtbot.assertNotEmitted(bench.controller.steps_done, wait=400):
        pass

    with qtbot.waitSignal(bench.controller.steps_done, timeout=60_000):
        bench.click("pause_training")
    bench.click("pause_training")
    with qtbot.waitSignal(bench.controller.steps_done, timeout=60_000):
        bench.click("resume_training")

    ending = bench.run_to_end("stop_training")
    assert isinstance(ending, RunStopped)
    assert 0 < ending.step < 2 * STEPS_PER_EPOCH
    assert ending.checkpoint is not None
    assert torch.load(ending.checkpoint, weights_only=True)["step"] == ending.step
    assert bench.plot("loss_plot", "train")[0] == [*range(1, ending.step + 1)]
    assert bench.enabled() == {"start", "resume"}  # the stopped run is selected

    assert isinstance(bench.run_to_end("resume_training"), RunFinished)
    assert bench.plot("loss_plot", "train")[0] == [*range(1, 2 * STEPS_PER_EPOCH + 1)]
    assert bench.plot("accuracy_plot", "test")[0] == [STEPS_PER_EPOCH, 2 * STEPS_PER_EPOCH]
    assert len(list_runs()) == 1


def test_a_missing_data_set_is_explained_and_leads_to_datasets(bench: Bench, tmp_path: Path) -> None:
    bench.session.set_experiment(digits(dataset__source="cifar10", dataset__root=str(tmp_path)))
    bench.run_to_end()

    assert str(tmp_path) in bench.banner()
    assert "missing" in bench.banner()
    assert list(runs_root().iterdir()) == []
    assert bench.enabled() == {"start"}
    with bench.qtbot.waitSignal(bench.session.tab_requested) as requested:
        bench.click("banner_action")
    assert requested.args == ["datasets_tab"]


def test_a_model_that_does_not_fit_is_explained_and_the_form_stays(bench: Bench) -> None:
    small = [{"name": "Resize", "size": [16, 16]}, {"name": "ToTensor"}]
    experiment = Experiment.from_dict({**digits().to_dict(), "transforms": {"train": small}})
    bench.session.set_experiment(experiment)
    bench.run_to_end()

    assert "[3, 16, 16]" in bench.banner()
    assert bench.session.experiment == experiment
    assert bench.find(QComboBox, "experiment_model").currentText() == "tudui"
    assert list(runs_root().iterdir()) == []


def test_a_runs_folder_that_cannot_be_made_is_explained(bench: Bench) -> None:
    runs_root().parent.mkdir(parents=True)
    runs_root().write_text("in the way")
    bench.click("start_training")
    assert str(runs_root()) in bench.banner()
    assert bench.enabled() == {"start"}


def test_typing_a_value_is_one_undoable_edit(bench: Bench) -> None:
    before = bench.session.experiment
    field = bench.find(QLineEdit, "optimizer_lr")
    field.selectAll()
    bench.qtbot.keyClicks(field, "0.125")

    assert bench.session.experiment == before.with_value("optimizer.lr", 0.125)
    assert "optimizer.lr" in bench.session.undo_stack.undoText()
    bench.click("undo_experiment")
    assert bench.session.experiment == before
    assert float(field.text()) == before.optimizer.values["lr"]


def test_a_refused_value_is_explained_in_place_and_does_not_start(bench: Bench) -> None:
    before = bench.session.experiment
    field = bench.find(QLineEdit, "optimizer_lr")
    field.selectAll()
    bench.qtbot.keyClicks(field, "-1")
    assert "at least 0" in bench.text("optimizer_lr_error")
    assert bench.session.experiment == before

    bench.click("start_training")
    assert not bench.controller.is_active
    assert bench.banner()


def test_settings_that_exclude_each_other_are_explained_in_place(bench: Bench) -> None:
    bench.session.set_experiment(digits(optimizer__momentum=0.0))
    before = bench.session.experiment
    bench.find(QCheckBox, "optimizer_nesterov").click()
    assert "Nesterov" in bench.text("experiment_optimizer_error")
    assert bench.session.experiment == before

    bench.find(QCheckBox, "optimizer_nesterov").click()
    assert bench.text("experiment_optimizer_error") == ""


def test_choosing_operations_keeps_what_both_have(bench: Bench) -> None:
    bench.find(QComboBox, "experiment_model").setCurrentText("lenet")
    bench.find(QComboBox, "experiment_optimizer").setCurrentText("Adam")
    experiment = bench.session.experiment
    assert (experiment.model.name, experiment.optimizer.name) == ("lenet", "Adam")
    assert bench.find(QLineEdit, "optimizer_betas").text() == "0.9, 0.999"

    bench.find(QComboBox, "run_device").setCurrentText("auto")
    assert bench.session.experiment.device == "auto"


def test_experiment_files_are_opened_and_saved(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(digits(7, seed=3).to_toml(), encoding="utf-8")
    assert bench.page.accepts(path)
    bench.page.open_paths([path])
    bench.settle()
    assert bench.session.experiment == digits(7, seed=3)

    bench.page._experiment.save_file(str(tmp_path / "saved.toml"))  # type: ignore[attr-defined]
    bench.settle()
    assert Experiment.load(tmp_path / "saved.toml") == digits(7, seed=3)


def test_a_wrong_experiment_file_names_key_and_range(bench: Bench, tmp_path: Path) -> None:
    before = bench.session.experiment
    path = tmp_path / "wrong.toml"
    path.write_text(digits().to_toml().replace("epochs = 1\n", "epochs = 0\n"), encoding="utf-8")
    bench.page.open_paths([path])
    bench.settle()
    assert "training.epochs" in bench.banner()
    assert "from 1 to 100000" in bench.banner()
    assert bench.session.experiment == before


def test_an_example_replaces_the_experiment(bench: Bench) -> None:
    bench.find(QAction, "experiment_preset_cifar10").trigger()
    bench.settle()
    assert bench.session.experiment == Experiment.load(resource("experiments", "cifar10.toml"))
    assert bench.find(QComboBox, "experiment_dataset").currentText() == "cifar10"


def test_earlier_runs_are_shown_and_laid_over_each_other(bench: Bench) -> None:
    bench.run_to_end()
    first = bench.plot("loss_plot", "train")
    bench.session.set_experiment(digits(seed=1))
    bench.run_to_end()
    second = bench.plot("loss_plot", "train")
    assert first != second

    runs = bench.find(QListView, "runs_list")
    names = [runs.model().index(row, 0).data() for row in range(2)]
    row = names.index(min(names))  # the first run
    _click_row(bench, row)
    bench.settle()
    assert bench.plot("loss_plot", "train") == first

    _click_row(bench, 1 - row, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    loss_plot = bench.find(LivePlot, "loss_plot")
    assert bench.plot("loss_plot", "train") == second  # the one clicked last leads
    assert set(loss_plot.series) == {"train", "test", min(names)}


def test_hovering_the_confusion_matrix_counts_images(bench: Bench) -> None:
    bench.run_to_end()
    view = bench.find(ConfusionView, "confusion_matrix")
    label, prediction = 3, 3
    bench.qtbot.mouseMove(view, view.cell_center(label, prediction))
    count = int(view.matrix[label, prediction])
    assert bench.text("confusion_cell") == f"3 → 3: {count} images"
    assert view.matrix.sum() == 359

    bench.qtbot.keyClick(view, Qt.Key.Key_Right)
    assert bench.text("confusion_cell").startswith("3 → 4: ")
    bench.qtbot.mouseMove(view, QPoint(1, 1))
    assert "row" in bench.text("confusion_cell")


def test_the_code_is_the_experiments(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.page.code_changed):
        bench.session.set_experiment(digits(3))
    assert bench.page.code() == training_script(digits(3))


def test_the_transforms_are_edited_in_their_tab(bench: Bench) -> None:
    assert bench.text("experiment_train_transforms") == "ToTensor"
    with bench.qtbot.waitSignal(bench.session.tab_requested) as requested:
        bench.click("edit_transforms")
    assert requested.args == ["transforms_tab"]


def test_controls_can_be_found_by_everyone(bench: Bench) -> None:
    for name in (
        "start_training",
        "pause_training",
        "stop_training",
        "resume_training",
        "experiment_presets",
    ):
        control = bench.find(QWidget, name)
        assert control.accessibleName() and control.toolTip(), name
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    QApplication.sendEvent(bench.page, QEvent(QEvent.Type.LanguageChange))
    assert bench.find(QPushButton, "start_training").text() == "Start"


def test_time_left_counts_steps_and_leaves_out_pauses() -> None:
    now = [0.0]
    clock = RunClock(lambda: now[0])
    clock.start(10, 110)
    assert clock.left is None
    now[0] = 5.0
    clock.step(20)
    assert clock.left == pytest.approx(45.0)
    clock.pause()
    now[0] = 500.0
    assert clock.left == pytest.approx(45.0)
    clock.go_on()
    now[0] = 505.0
    clock.step(30)
    assert clock.left == pytest.approx(40.0)
    assert clock.fraction == pytest.approx(30 / 110)


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, "–"), (40.2, "0:41"), (0.0, "0:00"), (723.0, "12:03"), (3720.0, "1:02:00")]
)
def test_time_left_as_text(seconds: float | None, text: str) -> None:
    assert texts.clock(seconds) == text


def _click_row(
    bench: Bench, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    runs = bench.find(QListView, "runs_list")
    place = runs.visualRect(runs.model().index(row, 0)).center()
    bench.qtbot.mouseClick(runs.viewport(), Qt.MouseButton.LeftButton, modifier, place)
