"""The left card: the experiment's form, its file, and the controls."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from tudui_gui.core.paths import resource
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.training import loading
from tudui_gui.gui.tabs.training.controls import TrainingControls
from tudui_gui.gui.tabs.training.form import ExperimentForm
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.experiment import Experiment

_PRESETS = ("digits", "cifar10", "digits_and_shapes")


class ExperimentCard(Card):
    """Form, presets, open and save, start to resume.

    Signals
    -------
    failed(object)
        A ``Failure``: a file could not be read or written.
    """

    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("", "experiment_card", parent)
        self._session = session
        self._jobs = jobs
        self.form = ExperimentForm(session, jobs)
        self.controls = TrainingControls()
        self._undo = IconButton("undo", "undo_experiment")
        self._presets = IconButton("flask-outline", "experiment_presets")
        self._open = IconButton("folder-open-outline", "open_experiment")
        self._save = IconButton("content-save-outline", "save_experiment")
        for button in (self._undo, self._presets, self._open, self._save):
            self.add_to_header(button)
        self.body.addWidget(self.form, 1)
        self.body.addWidget(self.controls)
        self._make_presets()
        self._undo.clicked.connect(session.undo_stack.undo)
        self._open.clicked.connect(self._ask_open)
        self._save.clicked.connect(self._ask_save)
        session.undo_stack.canUndoChanged.connect(self._undo.setEnabled)
        self._undo.setEnabled(session.undo_stack.canUndo())
        self.retranslate_ui()

    def _make_presets(self) -> None:
        menu = QMenu(self._presets)
        self._preset_actions = {}
        for name in _PRESETS:
            action = named(QAction(menu), f"experiment_preset_{name}")
            action.setData(name)
            menu.addAction(action)
            self._preset_actions[name] = action
        menu.triggered.connect(self._load_preset)
        self._presets.setMenu(menu)
        self._presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    @Slot(QAction)
    def _load_preset(self, action: QAction) -> None:
        self.open_file(str(resource("experiments", f"{action.data()}.toml")))

    @Slot(str)
    def open_file(self, path: str) -> None:
        """Make the experiment in a TOML file the one that is edited."""
        self._jobs.submit(
            partial(loading.read_experiment, Path(path)),
            done=self._take,
            failed=self._fail,
            key="training.open",
            title=self.tr("Opening {name}").format(name=Path(path).name),
        )

    @Slot(object)
    def _take(self, experiment: Experiment) -> None:
        self._session.set_experiment(experiment, self.tr("opening of an experiment"))

    @Slot(str)
    def save_file(self, path: str) -> None:
        """Write the experiment as TOML."""
        self._jobs.submit(
            partial(loading.write_experiment, self._session.experiment, Path(path)),
            done=self._saved,
            failed=self._fail,
            title=self.tr("Saving {name}").format(name=Path(path).name),
        )

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self._session.notify(self.tr("Saved {path}.").format(path=path))

    @Slot(object)
    def _fail(self, failure: object) -> None:
        self.failed.emit(failure)

    @Slot()
    def _ask_open(self) -> None:
        dialog = self._dialog(self.tr("Open an experiment"), "")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    @Slot()
    def _ask_save(self) -> None:
        experiment = self._session.experiment
        name = f"{experiment.dataset.name}-{experiment.model.name}.toml"
        dialog = self._dialog(self.tr("Save the experiment"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.fileSelected.connect(self.save_file)
        dialog.open()

    def _dialog(self, title: str, name: str) -> QFileDialog:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, str(Path(folder, name)), self.tr("Experiment (*.toml)"))
        dialog.setObjectName("experiment_dialog")
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Experiment"))
        self._undo.set_texts(self.tr("Undo"), self.tr("Take the last edit back (Ctrl+Z)"))
        self._presets.set_texts(
            self.tr("Examples"), self.tr("Begin anew with one of the shipped experiments")
        )
        self._open.set_texts(self.tr("Open an experiment (.toml)…"))
        self._save.set_texts(self.tr("Save the experiment as .toml…"))
        texts = {
            "digits": self.tr("Digits: bundled, trains in seconds"),
            "cifar10": self.tr("CIFAR-10: the tutorial's script"),
            "digits_and_shapes": self.tr("Digits and shapes: two bundled sets as one"),
        }
        for name, action in self._preset_actions.items():
            action.setText(texts[name])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
