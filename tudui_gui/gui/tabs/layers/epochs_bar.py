"""A slider over the checkpoints of a run: the same layer and picture, epoch by epoch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.checkpoints import ModelCache
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.epochs_work import (
    LoadedEpoch,
    RunCheckpoints,
    RunOffer,
    kept_work,
    layer_in,
    load_work,
    runs_work,
)
from tudui_gui.gui.tabs.layers.work_types import ModelLayer, Subject
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.kept import KeptCheckpoint

_LEAST_SLIDER = 60


class EpochsBar(QWidget):
    """Offers the runs; a checkpoint is loaded in a job, the newest wins, and becomes the subject.

    Parameters
    ----------
    cache : ModelCache
        Of the models that were looked at last.
    name : str
        The controls are ``<name>_run``, ``<name>_slider``, ``<name>_text``.

    Signals
    -------
    subject_chosen(object)
        A ``ModelLayer`` of the checkpoint: the layer that was looked at, where the model has it.
    """

    subject_chosen = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        cache: ModelCache,
        name: str = "epochs",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_bar")
        self._jobs = jobs
        self._cache = cache
        self._key = f"layers.{name}"
        self._runs: tuple[RunOffer, ...] = ()
        self._kept = RunCheckpoints(Path(), ())
        self._layer: str | None = None
        self._path: Path | None = None
        self._has_listed = False
        self._is_loading = False
        self._failure: Failure | None = None
        self._run = named(QComboBox(), f"{name}_run")
        self._run.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._run.setMinimumContentsLength(9)
        self._slider = named(QSlider(Qt.Orientation.Horizontal), f"{name}_slider")
        self._slider.setMinimumWidth(_LEAST_SLIDER)
        self._slider.setPageStep(1)
        self._text = ElidedLabel(role="mono", object_name=f"{name}_text")
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._hint = Label(role="hint", object_name=f"{name}_hint")
        self._problem = Label(role="error", object_name=f"{name}_problem")
        for label in (self._hint, self._problem):
            label.setWordWrap(True)
        self._lay_out()
        self._run.activated.connect(self._choose_run)
        self._slider.valueChanged.connect(self._load)
        session.runs_changed.connect(self._list)
        session.checkpoint_changed.connect(self._follow_checkpoint)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._run)
        row.addWidget(self._slider, 1)
        row.addWidget(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self._hint)

    @property
    def checkpoints(self) -> tuple[KeptCheckpoint, ...]:
        """Those of the chosen run."""
        return self._kept.kept

    @property
    def has_runs(self) -> bool:
        """Whether there is a run to choose."""
        return bool(self._runs)

    def show_subject(self, subject: Subject | None) -> None:
        """Stand at the checkpoint that ``subject`` is of, without loading it; its layer is looked at next."""
        if not isinstance(subject, ModelLayer):
            return
        self._layer = subject.layer
        if self._is_loading:
            return  # a person is on the way to another checkpoint
        self._failure = None
        self._path = subject.model.path
        place = self._kept.place_of(self._path)
        if place is not None:
            self._stand_at(place)
        elif self._path is not None and any(_is_of(self._path, run) for run in self._runs):
            self._read_kept(next(run.path for run in self._runs if _is_of(self._path, run)))
        self._show_texts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_listed:
            self._has_listed = True
            self._list()

    @Slot()
    def _list(self) -> None:
        if self._has_listed:
            self._jobs.submit(runs_work, done=self._show_runs, key=f"{self._key}_runs")

    @Slot(object)
    def _follow_checkpoint(self, path: Path) -> None:
        """A training goes on: its run has one epoch more."""
        if self._kept.run == path.parent.parent:
            self._read_kept(self._kept.run)
        elif not any(_is_of(path, run) for run in self._runs):
            self._list()

    @Slot(object)
    def _show_runs(self, runs: Sequence[RunOffer]) -> None:
        self._runs = tuple(runs)
        with QSignalBlocker(self._run):
            self._run.clear()
            for run in runs:
                self._run.addItem(run.name)
                self._run.setItemData(self._run.count() - 1, str(run.path), Qt.ItemDataRole.ToolTipRole)
            self._show_run()
        own = next((run for run in runs if self._path is not None and _is_of(self._path, run)), None)
        if own is not None and own.path != self._kept.run:
            self._read_kept(own.path)
        elif self._kept.kept and all(run.path != self._kept.run for run in runs):
            self._show_kept(RunCheckpoints(Path(), ()))  # the run was removed
        self._show_texts()

    def _show_run(self) -> None:
        places = (place for place, run in enumerate(self._runs) if run.path == self._kept.run)
        self._run.setCurrentIndex(next(places, -1))

    @Slot(int)
    def _choose_run(self, place: int) -> None:
        run = self._runs[place]
        if run.path != self._kept.run:
            work = partial(kept_work, run.path)
            self._jobs.submit(work, done=self._take_run, key=f"{self._key}_kept")

    def _read_kept(self, run: Path) -> None:
        self._jobs.submit(partial(kept_work, run), done=self._show_kept, key=f"{self._key}_kept")

    @Slot(object)
    def _take_run(self, kept: RunCheckpoints) -> None:
        """A person chose the run: its last checkpoint is looked at."""
        self._path = None
        self._show_kept(kept)
        self._load(self._slider.value())

    @Slot(object)
    def _show_kept(self, kept: RunCheckpoints) -> None:
        self._kept = kept
        place = kept.place_of(self._path)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(0, len(kept.kept) - 1))
            self._slider.setValue(len(kept.kept) - 1 if place is None else place)
        with QSignalBlocker(self._run):
            self._show_run()
        self._show_texts()

    def _stand_at(self, place: int) -> None:
        if not self._slider.isSliderDown():
            with QSignalBlocker(self._slider):
                self._slider.setValue(place)

    @Slot(int)
    def _load(self, place: int) -> None:
        self._failure = None
        self._show_texts()
        if 0 <= place < len(self._kept.kept):
            self._is_loading = True
            work = partial(load_work, self._kept.kept[place], self._cache)
            self._jobs.submit(
                work, done=self._take, failed=self._fail, key=self._key, title=self.tr("Opening a checkpoint")
            )

    @Slot(object)
    def _take(self, loaded: LoadedEpoch) -> None:
        self._is_loading = False
        self._path = loaded.kept.path
        self.subject_chosen.emit(layer_in(loaded.model, self._layer))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._is_loading = False
        self._failure = failure
        self._show_texts()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._run.setAccessibleName(self.tr("Run"))
        self._run.setToolTip(self.tr("A run, to see the same layer and picture in each of its checkpoints"))
        self._run.setPlaceholderText(self.tr("Choose a run"))
        self._slider.setAccessibleName(self.tr("Epoch"))
        self._slider.setToolTip(
            self.tr("The checkpoint whose layer is shown; the arrow keys go epoch by epoch")
        )
        self._show_texts()

    def _show_texts(self) -> None:
        kept, place = self._kept.kept, self._slider.value()
        self._slider.setEnabled(len(kept) > 1)
        self._run.setEnabled(bool(self._runs))
        self._text.set_text(self._about(kept[place]) if place < len(kept) else "")
        problem = "" if self._failure is None else describe(self._failure)
        for label, text in ((self._hint, self._hint_text()), (self._problem, problem)):
            label.setText(text)
            label.setVisible(bool(text))

    def _about(self, kept: KeptCheckpoint) -> str:
        if kept.epoch is None:
            name = self.tr("last, within an epoch") if kept.is_last else kept.path.stem
        else:
            name = self.tr("epoch {number}").format(number=kept.epoch)
        parts = [name]
        if kept.accuracy is not None:
            parts.append(f"{kept.accuracy:.1%}")
        if kept.is_best:
            parts.append(self.tr("best"))
        return " · ".join(parts)

    def _hint_text(self) -> str:
        kept = self._kept.kept
        if not self._runs:
            return self.tr("No run has a checkpoint yet: train one, and see its layers epoch by epoch.")
        if kept and not any(each.path.name.startswith("epoch_") for each in kept):
            return self.tr(
                "This run kept its best and last checkpoint alone; keep_epochs in Train keeps every epoch."
            )
        return ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _is_of(checkpoint: Path, run: RunOffer) -> bool:
    return checkpoint.parent.parent == run.path
