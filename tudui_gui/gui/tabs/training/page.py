"""The Train tab's page: the form, the running training, and the runs there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.errors import DatasetError, StorageError
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.training import loading, texts
from tudui_gui.gui.tabs.training.confusion import ConfusionCard
from tudui_gui.gui.tabs.training.curves import CurvesPanel
from tudui_gui.gui.tabs.training.experiment_card import ExperimentCard
from tudui_gui.gui.tabs.training.figures import FiguresStrip
from tudui_gui.gui.tabs.training.log import LogStrip
from tudui_gui.gui.tabs.training.runs import RunsPanel
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs
from tudui_gui.scripts import training_script
from tudui_gui.training.checkpoint import BEST, LAST, checkpoint_path
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
)
from tudui_gui.training.runs import Run, new_run_dir

_OVERLAYS = ("series2", "series3", "series4", "series5", "series6", "series7")

_CURVES = "training.curves"


class TrainingPage(Page):
    """``training_tab``."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("training_tab")
        self._run: RunStarted | None = None
        self._selection_is_ours = False
        self._experiment = ExperimentCard(session, jobs)
        self._figures = FiguresStrip()
        self._curves = CurvesPanel()
        self._log = LogStrip()
        self._runs = RunsPanel()
        self._confusion = ConfusionCard()
        self._lay_out()
        self._connect_controls()
        self._connect_training()
        session.runs_changed.connect(self._refresh_runs)
        session.experiment_changed.connect(self._update_code)
        session.dataset_changed.connect(self._update_code)
        self._runs.selection_changed.connect(self._show_selected)
        self._runs.deletion_requested.connect(self._delete_run)
        self._curves.failed.connect(self.show_failure)
        self._experiment.failed.connect(self.show_failure)
        self._refresh_runs()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        middle, right = QVBoxLayout(), QVBoxLayout()
        for column in (middle, right):
            column.setSpacing(theme.GAP)
        middle.addWidget(self._figures)
        middle.addWidget(self._curves, 1)
        middle.addWidget(self._log)
        right.addWidget(self._runs, 1)
        right.addWidget(self._confusion)
        self._experiment.setMaximumWidth(340)
        self._runs.setMinimumWidth(224)
        self._runs.setMaximumWidth(330)
        self._confusion.setMaximumWidth(330)
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        row.addWidget(self._experiment, 3)
        row.addLayout(middle, 8)
        row.addLayout(right, 3)

    def _connect_controls(self) -> None:
        controls = self._experiment.controls
        controls.start.clicked.connect(self._start)
        controls.pause.clicked.connect(self._toggle_pause)
        controls.stop.clicked.connect(self._stop)
        controls.resume.clicked.connect(self._resume)

    def _connect_training(self) -> None:
        training = self.session.training
        training.state_changed.connect(self._show_state)
        training.run_started.connect(self._run_started)
        training.steps_done.connect(self._steps_done)
        training.epoch_evaluated.connect(self._epoch_evaluated)
        training.checkpoint_saved.connect(self._checkpoint_saved)
        training.run_ended.connect(self._run_ended)

    # What a person does

    @Slot()
    def _start(self) -> None:
        if not self._experiment.form.is_valid:
            self.show_notice(self.tr("Correct the marked fields first."))
            return
        self.clear_banner()
        try:
            run_dir = new_run_dir(self.session.experiment)
        except StorageError as error:
            self.show_failure(error)
            return
        self.jobs.cancel(_CURVES)
        self._select_run(None)
        self._curves.set_overlays([])
        self._curves.clear()
        self._confusion.clear()
        self._figures.prepare()
        self._log.add(
            self.tr("{run}: opening {dataset}").format(
                run=run_dir.name, dataset=self.session.experiment.dataset.name
            )
        )
        self.session.training.start(self.session.experiment, run_dir, self._open_dataset())

    def _open_dataset(self) -> Dataset | None:
        """The session's data set, if it is the experiment's: it need not be opened again."""
        dataset = self.session.dataset
        return dataset if dataset is not None and dataset.step == self.session.experiment.dataset else None

    @Slot()
    def _toggle_pause(self) -> None:
        training = self.session.training
        if training.state == "paused":
            training.unpause()
        else:
            training.pause()

    @Slot()
    def _stop(self) -> None:
        self.session.training.stop()

    @Slot()
    def _resume(self) -> None:
        if self.session.training.state == "paused":
            self.session.training.unpause()
            return
        for run in self._runs.selected[:1]:
            self.clear_banner()
            self.jobs.submit(
                partial(loading.read_curves, [run]),
                done=self._resume_loaded,
                failed=self.show_failure,
                key=_CURVES,
            )

    @Slot(object)
    def _resume_loaded(self, loaded: list[loading.LoadedRun]) -> None:
        if self.session.training.is_active:
            return
        [resumed] = loaded
        self._curves.set_overlays([])
        self._curves.show_run(resumed.curves)
        self._confusion.clear()
        self._figures.prepare()
        self.session.training.resume(resumed.run.path)

    @Slot(object)
    def _delete_run(self, run: Run) -> None:
        self.jobs.submit(
            partial(loading.move_to_bin, run.path),
            done=self._run_deleted,
            failed=self.show_failure,
            title=self.tr("Moving {run} to the bin").format(run=run.name),
        )

    @Slot(object)
    def _run_deleted(self, run_dir: Path) -> None:
        self.session.notify(self.tr("{run} is in the bin.").format(run=run_dir.name))
        self.session.runs_changed.emit()

    # What the training does

    @Slot(str)
    def _show_state(self, state: str = "") -> None:
        state = self.session.training.state
        selected = self._runs.selected
        can_resume = len(selected) == 1 and selected[0].can_resume
        self._experiment.controls.show_state(state, can_resume=can_resume)
        if state == "paused":
            self._figures.clock.pause()
        elif state == "running":
            self._figures.clock.go_on()

    @Slot(object)
    def _run_started(self, run: RunStarted) -> None:
        self._run = run
        self._curves.keep_before(run.first_step)
        self._figures.start(run)
        if self.session.training.state == "paused":
            self._figures.clock.pause()
        self._log.add(texts.started(run))
        self.session.runs_changed.emit()

    @Slot(object)
    def _steps_done(self, steps: list[StepDone]) -> None:
        self._curves.add_steps([step.step for step in steps], [step.loss for step in steps])
        self._figures.step(steps[-1])

    @Slot(object)
    def _epoch_evaluated(self, event: EpochEvaluated) -> None:
        if self._run is None:
            return
        step = event.epoch * self._run.steps_per_epoch
        self._curves.add_epoch(step, event.test_loss, event.train_accuracy, event.test_accuracy)
        self._figures.epoch(event)
        self._confusion.show_epoch(event.epoch, event.confusion, self._run.classes)
        self._log.add(texts.epoch_done(event))
        self._refresh_runs()

    @Slot(object)
    def _checkpoint_saved(self, event: CheckpointSaved) -> None:
        self._log.add(texts.checkpoint_saved(event), quiet=True)

    @Slot(object)
    def _run_ended(self, event: object) -> None:
        self._figures.end()
        run, self._run = self._run, None
        if isinstance(event, RunFinished | RunStopped):
            self._log.add(texts.ended(event))
            self.session.notify(texts.ended(event))
            self._announce_checkpoint(event.run_dir)
        elif isinstance(event, RunFailed):
            self._log.add(texts.ended(event))
            self._show_reason(event)
        elif isinstance(event, Failure):
            self._log.add(describe(event))
            self.show_failure(event)
        if run is None and self.session.training.run_dir is not None:
            loading.discard_unbegun(self.session.training.run_dir)
        self.session.runs_changed.emit()

    def _announce_checkpoint(self, run_dir: Path) -> None:
        for name in (BEST, LAST):
            if checkpoint_path(run_dir, name).is_file():
                self.session.set_checkpoint(checkpoint_path(run_dir, name))
                return

    def _show_reason(self, event: RunFailed) -> None:
        if event.error is None:
            self.show_notice(event.message)
        elif isinstance(event.error, DatasetError):
            self.show_notice(describe(event.error), self.tr("Open Datasets"), self._show_datasets)
        else:
            self.show_failure(event.error)

    @Slot()
    def _show_datasets(self) -> None:
        self.session.tab_requested.emit("datasets_tab")

    # The runs there are

    @Slot()
    def _refresh_runs(self) -> None:
        self.jobs.submit(
            loading.read_runs, done=self._runs_read, failed=self.show_failure, key="training.runs"
        )

    @Slot(object)
    def _runs_read(self, runs: list[Run]) -> None:
        self._runs.set_runs(runs)
        if not self._runs.selected and not self.session.training.is_active:
            self._select_run(self.session.training.run_dir)
        self._show_state()
        self._show_colors()

    def _select_run(self, path: Path | None) -> None:
        self._selection_is_ours = True
        self._runs.select(path)
        self._selection_is_ours = False

    @property
    def _live_dir(self) -> Path | None:
        training = self.session.training
        return training.run_dir if training.is_active else None

    @Slot()
    def _show_selected(self) -> None:
        self._show_state()
        if self._selection_is_ours:
            return
        wanted = [run for run in self._runs.selected if run.path != self._live_dir]
        self.jobs.submit(
            partial(loading.read_curves, wanted),
            done=self._show_loaded,
            failed=self.show_failure,
            key=_CURVES,
            title=self.tr("Reading runs"),
        )

    @Slot(object)
    def _show_loaded(self, loaded: list[loading.LoadedRun]) -> None:
        overlays = loaded
        if not self.session.training.is_active and loaded:
            self._curves.show_run(loaded[0].curves)
            self._figures.show_past(loaded[0].run, loaded[0].curves)
            overlays = loaded[1:]
            self._confusion.clear()
        self._curves.set_overlays(
            [(each.run.name, color, each.curves) for each, color in zip(overlays, _OVERLAYS, strict=False)]
        )
        self._show_colors()

    def _show_colors(self) -> None:
        live = self._live_dir
        others = [run.path for run in self._runs.selected if run.path != live]
        main = live or (others.pop(0) if others else self.session.training.run_dir)
        colors = dict(zip(others, _OVERLAYS, strict=False))
        if main is not None:
            colors[main] = "accent"
        self._runs.model.set_colors(colors)

    # The page

    @Slot(object)
    def _update_code(self, changed: object) -> None:
        self.code_changed.emit()

    def code(self) -> str:
        experiment, opened = self.session.experiment, self.session.dataset
        is_same = opened is not None and opened.step == experiment.dataset
        return training_script(experiment, dataset=opened if is_same else None)

    def accepts(self, path: Path) -> bool:
        return path.suffix.lower() == ".toml"

    def open_paths(self, paths: Sequence[Path]) -> None:
        for path in paths[:1]:
            self.clear_banner()
            self._experiment.open_file(str(path))

    def activated(self) -> None:
        self._refresh_runs()

    def retranslate_ui(self) -> None:
        self.setAccessibleName(self.tr("Train"))
