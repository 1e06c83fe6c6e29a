"""Loss and accuracy as curves, live and of earlier runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QVBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.live_plot import LivePlot
from tudui_gui.gui.widgets.naming import named

_SMOOTHING = (0.0, 0.6, 0.9, 0.98)
_DEFAULT_SMOOTHING = 0.9


@dataclass(frozen=True)
class Curves:
    """The points of a run.

    Attributes
    ----------
    steps, losses : list
        One a training step.
    epoch_steps : list of int
        The step at which each epoch ended.
    test_losses, train_accuracies, test_accuracies : list of float
        One an epoch; accuracies between 0 and 1.
    """

    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    epoch_steps: list[int] = field(default_factory=list)
    test_losses: list[float] = field(default_factory=list)
    train_accuracies: list[float] = field(default_factory=list)
    test_accuracies: list[float] = field(default_factory=list)


class PlotCard(Card):
    """A plot with its scale and export.

    Signals
    -------
    failed(object)
        A ``TuduiError``: the export could not be written.
    """

    failed = Signal(object)

    def __init__(self, name: str, *, has_scale: bool, parent: QWidget | None = None) -> None:
        super().__init__("", f"{name}_card", parent)
        self.plot = LivePlot(name)
        self._has_scale = has_scale
        self._smooth = named(QToolButton(), f"{name}_smoothing")
        self._log = IconButton("math-log", f"{name}_log")
        self._export = IconButton("export-variant", f"{name}_export")
        for button in (self._smooth, self._log, self._export):
            self.add_to_header(button)
        self.body.addWidget(self.plot, 1)
        self._make_scale_buttons()
        self._make_export_menu()

    def _make_scale_buttons(self) -> None:
        self._smooth.setVisible(self._has_scale)
        self._log.setVisible(self._has_scale)
        self._log.setCheckable(True)
        self._log.toggled.connect(self.plot.set_log)
        menu = QMenu(self._smooth)
        group = QActionGroup(menu)
        for factor in _SMOOTHING:
            action = QAction(str(factor), menu, checkable=True, checked=factor == _DEFAULT_SMOOTHING)
            action.setData(factor)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._set_smoothing)
        self._smooth.setMenu(menu)
        self._smooth.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._smoothing = _DEFAULT_SMOOTHING

    def _make_export_menu(self) -> None:
        menu = QMenu(self._export)
        self._as_png = menu.addAction("", self._save_png)
        self._as_csv = menu.addAction("", self._save_csv)
        self._export.setMenu(menu)
        self._export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    @Slot(QAction)
    def _set_smoothing(self, action: QAction) -> None:
        self._smoothing = float(action.data())
        self.plot.set_smoothing(self._smoothing)
        self._show_smoothing()

    def _show_smoothing(self) -> None:
        self._smooth.setText(self.tr("smooth {factor}").format(factor=self._smoothing))

    @Slot()
    def _save_png(self) -> None:
        self._ask(self.tr("Save the plot"), ".png", self.tr("Picture (*.png)"))

    @Slot()
    def _save_csv(self) -> None:
        self._ask(self.tr("Save the numbers"), ".csv", self.tr("Table (*.csv)"))

    def _ask(self, title: str, suffix: str, filter_text: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, str(Path(folder, self.plot.objectName() + suffix)), filter_text)
        dialog.setObjectName(f"{self.plot.objectName()}_export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix[1:])
        dialog.fileSelected.connect(self.export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def export(self, path: str) -> None:
        """Write the plot as PNG or, by the file's ending, its numbers as CSV."""
        try:
            (self.plot.export_csv if path.lower().endswith(".csv") else self.plot.export_png)(Path(path))
        except TuduiError as error:
            self.failed.emit(error)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._show_smoothing()
        self._smooth.setToolTip(
            self.tr("Weight of the past in the moving average that is drawn over the steps")
        )
        self._smooth.setAccessibleName(self.tr("Smoothing"))
        self._log.set_texts(self.tr("Logarithmic axis"))
        self._export.set_texts(self.tr("Export"), self.tr("Save as PNG or CSV"))
        self._as_png.setText(self.tr("Picture as PNG…"))
        self._as_csv.setText(self.tr("Numbers as CSV…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class CurvesPanel(QWidget):
    """``loss_plot`` over ``accuracy_plot``: one run in the main colours, others laid over it.

    Signals
    -------
    failed(object)
        A ``TuduiError`` of an export.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loss = PlotCard("loss_plot", has_scale=True)
        self._accuracy = PlotCard("accuracy_plot", has_scale=False)
        self._overlays: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for card in (self._loss, self._accuracy):
            layout.addWidget(card, 1)
            card.failed.connect(self.failed)
        self.loss_plot.add_series("train", "", "accent", smoothed=True)
        self.loss_plot.add_series("test", "", "reference", points=True)
        self.accuracy_plot.add_series("train", "", "accent", dashed=True, points=True)
        self.accuracy_plot.add_series("test", "", "reference", points=True)
        self.loss_plot.set_smoothing(_DEFAULT_SMOOTHING)
        self.retranslate_ui()

    @property
    def loss_plot(self) -> LivePlot:
        """Series ``train`` (a point a step) and ``test`` (a point an epoch)."""
        return self._loss.plot

    @property
    def accuracy_plot(self) -> LivePlot:
        """Series ``train`` and ``test`` (a point an epoch)."""
        return self._accuracy.plot

    def clear(self) -> None:
        """Forget the main run's points."""
        self.show_run(Curves())

    def add_steps(self, steps: Sequence[int], losses: Sequence[float]) -> None:
        """Add training steps of the main run."""
        self.loss_plot.append("train", steps, losses)

    def add_epoch(self, step: int, test_loss: float, train_accuracy: float, test_accuracy: float) -> None:
        """Add an epoch of the main run that ended at ``step``."""
        self.loss_plot.append("test", [step], [test_loss])
        self.accuracy_plot.append("train", [step], [train_accuracy])
        self.accuracy_plot.append("test", [step], [test_accuracy])

    def keep_before(self, step: int) -> None:
        """Drop the main run's points from ``step`` on: a run that is resumed does them again."""
        for plot in (self.loss_plot, self.accuracy_plot):
            for name in ("train", "test"):
                xs, ys = plot.data(name)
                kept = sum(x < step for x in xs)
                if kept < len(xs):
                    plot.set_data(name, xs[:kept], ys[:kept])

    def show_run(self, curves: Curves) -> None:
        """Make ``curves`` the main run."""
        self.loss_plot.set_data("train", curves.steps, curves.losses)
        self.loss_plot.set_data("test", curves.epoch_steps, curves.test_losses)
        self.accuracy_plot.set_data("train", curves.epoch_steps, curves.train_accuracies)
        self.accuracy_plot.set_data("test", curves.epoch_steps, curves.test_accuracies)

    def set_overlays(self, runs: Sequence[tuple[str, str, Curves]]) -> None:
        """Lay the test curves of (name, colour, curves) over the main run; replaces those before."""
        for name in self._overlays:
            self.loss_plot.remove_series(name)
            self.accuracy_plot.remove_series(name)
        self._overlays = [name for name, _, _ in runs]
        for name, color, curves in runs:
            self.loss_plot.add_series(name, name, color, points=True)
            self.loss_plot.set_data(name, curves.epoch_steps, curves.test_losses)
            self.accuracy_plot.add_series(name, name, color, points=True)
            self.accuracy_plot.set_data(name, curves.epoch_steps, curves.test_accuracies)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._loss.set_title(self.tr("Loss"))
        self._accuracy.set_title(self.tr("Accuracy"))
        for card in (self._loss, self._accuracy):
            card.retranslate_ui()
            card.plot.set_label("train", self.tr("train"))
            card.plot.set_label("test", self.tr("test"))
            card.plot.setAccessibleName(card.accessibleName())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
