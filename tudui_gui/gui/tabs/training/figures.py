"""The strip of figures above the plots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.training import texts
from tudui_gui.gui.tabs.training.clock import RunClock
from tudui_gui.gui.tabs.training.curves import Curves
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.training.events import EpochEvaluated, RunStarted, StepDone
from tudui_gui.training.runs import Run

#: Figures are read by people: no more often than this, in milliseconds.
_REFRESH = 250
_BAR_STEPS = 10_000
_NAMES = ("epoch", "test_accuracy", "train_loss", "images_per_second", "time_left")


class FiguresStrip(Card):
    """Epoch, accuracy, loss, speed and time left of the running or last run, and how far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "training_figures", parent)
        self.clock = RunClock()
        self._names = {name: Label(role="muted") for name in _NAMES}
        self._values = {name: Label(texts.UNKNOWN, "big", f"training_{name}") for name in _NAMES}
        self._run_bar = _bar("training_progress")
        self._epoch_bar = _bar("epoch_progress")
        self._run: RunStarted | None = None
        self._step: StepDone | None = None
        self._epochs_tested = 0
        self._accuracy: float | None = None
        self._timer = QTimer(self, interval=_REFRESH)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self._title.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(0)
        for column, name in enumerate(_NAMES):
            grid.addWidget(self._names[name], 0, column)
            grid.addWidget(self._values[name], 1, column)
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.setSpacing(4)
        self.body.addWidget(self._run_bar)
        self.body.addWidget(self._epoch_bar)
        self._epoch_bar.setProperty("role", "thin")
        self._epoch_bar.setFixedHeight(3)

    def prepare(self) -> None:
        """A run was asked for; its data are being opened."""
        self._run = None
        for value in self._values.values():
            value.setText(texts.UNKNOWN)
        self._epoch_bar.setValue(0)
        self._run_bar.setRange(0, 0)

    def show_past(self, run: Run, curves: Curves) -> None:
        """What an earlier run reached."""
        self._run = None
        self._values["epoch"].setText(f"{run.epochs} / {run.planned_epochs}")
        self._values["test_accuracy"].setText(texts.percent(_last(curves.test_accuracies)))
        self._values["train_loss"].setText(texts.number(_last(curves.losses)))
        self._values["images_per_second"].setText(texts.UNKNOWN)
        self._values["time_left"].setText(texts.UNKNOWN)
        self._run_bar.setRange(0, _BAR_STEPS)
        self._run_bar.setValue(round(_BAR_STEPS * run.epochs / max(1, run.planned_epochs)))
        self._epoch_bar.setValue(0)

    def start(self, run: RunStarted) -> None:
        """A run has begun."""
        self._run = run
        self._step = None
        self._epochs_tested = run.first_epoch - 1
        self._accuracy = None
        self.clock.start(run.first_step - 1, run.steps_per_epoch * run.epochs)
        self._run_bar.setRange(0, _BAR_STEPS)
        self._timer.start()
        self.refresh()

    def step(self, step: StepDone) -> None:
        """The newest step; shown with the next refresh."""
        self._step = step
        self.clock.step(step.step)

    def epoch(self, event: EpochEvaluated) -> None:
        """An epoch was tested."""
        self._epochs_tested = event.epoch
        self._accuracy = event.test_accuracy
        self.refresh()

    def end(self) -> None:
        """The run has ended: the figures stay as they are."""
        self.clock.pause()
        self._timer.stop()
        self._run_bar.setRange(0, _BAR_STEPS)
        self.refresh()
        self._values["time_left"].setText(texts.UNKNOWN)

    @Slot()
    def refresh(self) -> None:
        """Show the newest figures."""
        run, step = self._run, self._step
        if run is None:
            return
        epoch = step.epoch if step else run.first_epoch
        self._values["epoch"].setText(f"{epoch} / {run.epochs}")
        self._values["test_accuracy"].setText(texts.percent(self._accuracy))
        if step is not None:
            self._values["train_loss"].setText(texts.number(step.loss))
            self._values["images_per_second"].setText(f"{step.images_per_second:,.0f}")
        self._values["time_left"].setText(texts.clock(self.clock.left))
        self._run_bar.setValue(round(_BAR_STEPS * self.clock.fraction))
        done = (step.step if step else run.first_step - 1) - (epoch - 1) * run.steps_per_epoch
        self._epoch_bar.setValue(round(_BAR_STEPS * done / max(1, run.steps_per_epoch)))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        shown = {
            "epoch": self.tr("epoch"),
            "test_accuracy": self.tr("test accuracy"),
            "train_loss": self.tr("train loss"),
            "images_per_second": self.tr("images / s"),
            "time_left": self.tr("left"),
        }
        for name, text in shown.items():
            self._names[name].setText(text)
            self._values[name].setAccessibleName(text)
        self._run_bar.setAccessibleName(self.tr("Progress of the run"))
        self._run_bar.setToolTip(self.tr("Steps of the run that are done"))
        self._epoch_bar.setAccessibleName(self.tr("Progress of the epoch"))
        self._epoch_bar.setToolTip(self.tr("Steps of the epoch that are done"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _bar(object_name: str) -> QProgressBar:
    bar = named(QProgressBar(), object_name)
    bar.setMaximum(_BAR_STEPS)
    bar.setTextVisible(False)
    return bar


def _last(values: Sequence[float]) -> float | None:
    return values[-1] if values else None
