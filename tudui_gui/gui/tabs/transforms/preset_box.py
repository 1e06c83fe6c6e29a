"""Pipelines to begin with: the experiment's, the usual ones, and a person's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.preset_panel import PresetPanel
from tudui_gui.gui.tabs.transforms.preset_store import PresetStore
from tudui_gui.gui.tabs.transforms.scratch import ScratchPipeline
from tudui_gui.gui.translations import catalog_text, describe
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS
from tudui_gui.transforms.user_presets import UserPresets


class PresetBox(QWidget):
    """A list to choose a pipeline from, and a button for a person's own.

    Signals
    -------
    preset_taken(object)
        The :class:`Pipeline` to show.
    """

    preset_taken = Signal(object)

    def __init__(
        self, session: Session, scratch: ScratchPipeline, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._scratch = scratch
        self.store = PresetStore(jobs, self)
        self._combo = named(QComboBox(), "pipeline_presets")
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._button = IconButton("bookmark-multiple-outline", "preset_menu")
        self._panel: PresetPanel | None = None
        self._problems: frozenset[str] = frozenset()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._combo, 1)
        row.addWidget(self._button)
        self._combo.activated.connect(self._take_row)
        self._button.clicked.connect(self.open_panel)
        self.store.presets_changed.connect(self._show_presets)
        self.store.failed.connect(self._tell)
        self.retranslate_ui()
        self.store.reload()

    @Slot()
    def open_panel(self) -> None:
        """Show the person's own presets under the button."""
        if self._panel is None:
            self._panel = PresetPanel(self.store, self)
            self._panel.preset_taken.connect(self.preset_taken)
        place = self._button.mapToGlobal(QPoint(0, self._button.height() + 2))
        self._panel.open_at(place, self._scratch.pipeline)

    @Slot(int)
    def _take_row(self, row: int) -> None:
        pipelines = self._pipelines()
        taken = pipelines[row] if row < len(pipelines) else None
        self._combo.setCurrentIndex(0)
        if taken is not None:
            self.preset_taken.emit(taken)

    def _pipelines(self) -> list[Pipeline | None]:
        """The pipeline of each row; those of the experiment are what they are now."""
        experiment = self._session.experiment
        usual = [preset.pipeline for preset in PRESETS]
        own = [preset.pipeline for preset in self.store.presets.presets]
        return [None, experiment.train_transforms, experiment.test_transforms, *usual, None, *own]

    @Slot(object)
    def _show_presets(self, found: UserPresets) -> None:
        self._fill()
        told, self._problems = self._problems, frozenset(map(str, found.problems))
        for problem in found.problems:
            if str(problem) not in told:
                self._tell(problem)

    @Slot(object)
    def _tell(self, failure: Failure | TuduiError) -> None:
        """The panel says it in place, if it is open."""
        if self._panel is None or not self._panel.isVisible():
            self._session.notify(describe(failure), is_warning=True)

    def _fill(self) -> None:
        self._combo.clear()
        self._combo.addItem(self.tr("Take a pipeline…"))
        self._combo.addItem(self.tr("From training"))
        self._combo.addItem(self.tr("From test"))
        self._combo.addItems([catalog_text(preset.label) for preset in PRESETS])
        own = self.store.presets.presets
        if own:
            self._combo.insertSeparator(self._combo.count())
        for preset in own:
            self._combo.addItem(theme.icon("bookmark-outline"), preset.name)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._fill()
        self._combo.setAccessibleName(self.tr("Presets"))
        self._combo.setToolTip(self.tr("Begin with the experiment's pipeline, a usual one, or one of yours"))
        self._button.set_texts(
            self.tr("Your presets"), self.tr("Keep this pipeline under a name, or take one that was kept")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
