"""Which model predicts: a run's best checkpoint, or any file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from tudui_gui.gui.tabs.prediction.work import LoadedModel, ModelChoice, name_of
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.comparison_view import ComparisonView
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.prediction.classifier import Classifier


class ModelCard(Card):
    """``prediction_model``. Until a person chooses, the newest checkpoint is taken.

    Signals
    -------
    model_chosen(object)
        A :class:`ModelChoice` to load; ``None``: there is none.
    """

    model_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "prediction_model_card", parent)
        self._combo = named(QComboBox(), "prediction_model")
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(10)
        self._classes = Tag(object_name="prediction_classes")
        self._shape = Tag(object_name="prediction_input")
        self._runs: list[ModelChoice] = []
        self._opened: list[ModelChoice] = []
        self._chosen: Path | None = None
        self._current: ModelChoice | None = None
        tags = QHBoxLayout()
        tags.addWidget(self._classes)
        tags.addWidget(self._shape)
        tags.addStretch(1)
        self.body.addWidget(self._combo)
        self._comparison = ComparisonView("prediction_comparison", is_narrow=True)
        self.body.addLayout(tags)
        self.body.addWidget(self._comparison)
        self._combo.activated.connect(self._activated)
        self.retranslate_ui()

    @property
    def current(self) -> ModelChoice | None:
        """The checkpoint to predict with."""
        return self._current

    def set_runs(self, runs: Sequence[ModelChoice]) -> None:
        """Offer the runs' checkpoints, the newest first."""
        self._runs = list(runs)
        choice = self._wanted()
        self._fill(choice)
        if choice != self._current:
            self._take(choice)

    def open(self, path: Path) -> None:
        """Offer and choose a file."""
        choice = next((each for each in (*self._opened, *self._runs) if each.path == path), None)
        if choice is None:
            choice = ModelChoice(path, name_of(path))
            self._opened.insert(0, choice)
        self._chosen = path
        self._fill(choice)
        self._take(choice)

    def forget(self, choice: ModelChoice, instead: ModelChoice | None) -> None:
        """``choice`` could not be used: do not offer its file any more; show what is used ``instead``."""
        self._opened = [each for each in self._opened if each != choice]
        self._chosen = instead.path if instead else None
        self._current = instead
        self._fill(instead)

    def reload(self, path: Path) -> None:
        """The file has new contents."""
        if self._current is not None and self._current.path == path:
            self.model_chosen.emit(self._current)

    def show_model(self, model: LoadedModel | None) -> None:
        """Show facts about the model that is loaded."""
        classifier = model.classifier if model else None
        self._classes.set_text(
            self.tr("{count} classes").format(count=len(classifier.classes)) if classifier else ""
        )
        self._shape.set_text(f"[{', '.join(map(str, classifier.input_shape))}]" if classifier else "")
        self._compare(classifier)
        self._shape.setToolTip(self.tr("Shape of the tensor that the network takes: channels, height, width"))
        self._classes.setToolTip(", ".join(classifier.classes[:100]) if classifier else "")

    def _compare(self, classifier: Classifier | None) -> None:
        """Warn where this checkpoint was trained with images prepared otherwise than it predicts with."""
        experiment = classifier.experiment if classifier else None
        if classifier is None or experiment is None:
            self._comparison.compare(None, None)
        else:
            train, size = experiment.train_transforms, classifier.image_size
            self._comparison.compare(train, classifier.transforms, size)

    def _wanted(self) -> ModelChoice | None:
        offered = [*self._opened, *self._runs]
        chosen = next((each for each in offered if each.path == self._chosen), None)
        return chosen or (self._runs[0] if self._runs else None)

    def _take(self, choice: ModelChoice | None) -> None:
        self._current = choice
        self.model_chosen.emit(choice)

    def _fill(self, current: ModelChoice | None) -> None:
        with QSignalBlocker(self._combo):
            self._combo.clear()
            for choice in (*self._opened, *self._runs):
                self._combo.addItem(choice.name, choice)
                self._combo.setItemData(self._combo.count() - 1, str(choice.path), 3)
            if self._combo.count():
                self._combo.insertSeparator(self._combo.count())
            self._combo.addItem(self.tr("Open checkpoint…"))
            offered = [*self._opened, *self._runs]
            self._combo.setCurrentIndex(offered.index(current) if current in offered else -1)

    @Slot(int)
    def _activated(self, index: int) -> None:
        choice = self._combo.itemData(index)
        if isinstance(choice, ModelChoice):
            self._chosen = None if choice in self._runs[:1] else choice.path
            self._take(choice)
            return
        self._fill(self._current)
        self.ask_open()

    @Slot()
    def ask_open(self) -> None:
        """Open the file dialog."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Open a checkpoint"), folder, self.tr("Checkpoint (*.pt *.pth)"))
        dialog.setObjectName("checkpoint_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _open_file(self, path: str) -> None:
        self.open(Path(path))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Model"))
        self._combo.setAccessibleName(self.tr("Model"))
        self._combo.setToolTip(self.tr("The trained weights (state_dict) that predict"))
        self._combo.setPlaceholderText(self.tr("None yet"))
        self._fill(self._current)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
