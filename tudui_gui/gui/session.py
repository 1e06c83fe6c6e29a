"""What is open now: the tabs' only meeting place."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from tudui_gui.gui.preferences import Preferences
from tudui_gui.training.experiment import Experiment

if TYPE_CHECKING:
    from torch import nn

    from tudui_gui.core.operations import Step
    from tudui_gui.datasets.sources import Dataset, ImageSet
    from tudui_gui.gui.workers import TrainingController
    from tudui_gui.images.reading import Picture
    from tudui_gui.prediction.classifier import Classifier


@dataclass(frozen=True)
class OpenModel:
    """A network that other tabs may look into.

    Attributes
    ----------
    name : str
        Shown to people: ``"tudui"``, ``"digits-3 epoch 10"``.
    module : nn.Module
        In evaluation mode, on the CPU; nobody changes it in place.
    step : Step or None
        The zoo's step it was built from, if it was.
    classes : tuple of str
        Names of the outputs; empty if unknown.
    input_shape : tuple of int
        (channels, height, width) of one image.
    path : Path or None
        The file it came from.
    classifier : Classifier or None
        Whose ``model`` this is, if it came from a file: it knows the preprocessing.
    seed : int or None
        Of its weights (``torch.manual_seed``), if it was built and not loaded.
    lock : Lock
        Held by a job while ``module`` runs: a second run would call the first one's hooks.
    """

    name: str
    module: nn.Module
    step: Step | None
    classes: tuple[str, ...]
    input_shape: tuple[int, int, int]
    path: Path | None = None
    classifier: Classifier | None = None
    seed: int | None = None
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)


@dataclass(frozen=True)
class SentImage:
    """An image on its way to another tab.

    ``target`` is the objectName of a page: ``"transforms_tab"``, ``"layers_tab"``, ``"prediction_tab"``.
    """

    picture: Picture
    name: str
    target: str


@dataclass(frozen=True)
class Notice:
    """A short message for the person, shown in the status bar and kept in the log."""

    text: str
    is_warning: bool = False


class Session(QObject):
    """What is open now. Main thread only.

    Attributes
    ----------
    training : TrainingController
    undo_stack : QUndoStack
        Behind Ctrl+Z and Ctrl+Shift+Z.
    preferences : Preferences
        For last folders and the like, under keys that begin with the page's name.

    Signals
    -------
    dataset_changed(object)
        The new ``Dataset``, or ``None``.
    experiment_changed(object)
        The new ``Experiment``, after an edit, undo, redo or a file was opened.
    open_model_changed(object)
        The new :class:`OpenModel`, or ``None``.
    checkpoint_changed(object)
        ``Path`` of the newest checkpoint, written by the running training or opened.
    runs_changed()
        A run was made, ended, renamed or removed.
    image_sent(object)
        A :class:`SentImage`; the window shows the tab and calls its page's ``open_image``.
    open_requested(object)
        A list of ``Path`` that the window should send where they belong.
    tab_requested(str)
        objectName of the page to show.
    notice(object)
        A :class:`Notice`.
    """

    dataset_changed = Signal(object)
    experiment_changed = Signal(object)
    open_model_changed = Signal(object)
    checkpoint_changed = Signal(object)
    runs_changed = Signal()
    image_sent = Signal(object)
    open_requested = Signal(object)
    tab_requested = Signal(str)
    notice = Signal(object)

    def __init__(
        self,
        experiment: Experiment,
        training: TrainingController,
        preferences: Preferences | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.training = training
        self.preferences = preferences or Preferences(None)
        self.undo_stack = QUndoStack(self)
        self._experiment = experiment
        self._dataset: Dataset | None = None
        self._current_image: tuple[ImageSet, int] | None = None
        self._chosen_images: tuple[ImageSet, tuple[int, ...]] | None = None
        self._open_model: OpenModel | None = None
        self._checkpoint: Path | None = None

    @property
    def dataset(self) -> Dataset | None:
        """The data set that is open, if one is."""
        return self._dataset

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Open ``dataset`` (or close the one that is open)."""
        if dataset is not self._dataset:
            self._dataset = dataset
            self._current_image = self._chosen_images = None
            self.dataset_changed.emit(dataset)

    @property
    def current_image(self) -> tuple[ImageSet, int] | None:
        """The image chosen on the Datasets tab: its set and index there."""
        return self._current_image

    def set_current_image(self, image_set: ImageSet, index: int) -> None:
        """Remember the chosen image; a negative ``index`` forgets it."""
        self._current_image = (image_set, index) if index >= 0 else None

    @property
    def chosen_images(self) -> tuple[ImageSet, tuple[int, ...]] | None:
        """The first of the images selected on the Datasets tab: their set and indices there."""
        return self._chosen_images

    def set_chosen_images(self, image_set: ImageSet, indices: tuple[int, ...]) -> None:
        """Remember the selected images; none forgets them."""
        self._chosen_images = (image_set, indices) if indices else None

    @property
    def experiment(self) -> Experiment:
        """The experiment being edited; its pipelines are the training and test pipelines."""
        return self._experiment

    def set_experiment(self, experiment: Experiment, text: str = "", merge_key: str = "") -> None:
        """Replace the experiment as one undoable edit.

        Parameters
        ----------
        experiment : Experiment
        text : str
            What the edit did, translated, for "Undo ...".
        merge_key : str
            Edits in a row with the same key become one undo step (typing into one field).
        """
        if experiment != self._experiment:
            self.undo_stack.push(_ExperimentEdit(self, experiment, text, merge_key))

    def push_edit(self, command: QUndoCommand) -> None:
        """Put an edit that is not of the experiment (a design, a preview pipeline) on the undo stack."""
        self.undo_stack.push(command)

    def apply_experiment(self, experiment: Experiment) -> None:
        """Replace the experiment as a part of an edit of :meth:`push_edit`: for its ``redo`` and ``undo``."""
        if experiment != self._experiment:
            self._apply_experiment(experiment)

    @property
    def open_model(self) -> OpenModel | None:
        """The model other tabs may look into."""
        return self._open_model

    def set_open_model(self, model: OpenModel | None) -> None:
        """Make ``model`` the one that is open."""
        if model is not self._open_model:
            self._open_model = model
            self.open_model_changed.emit(model)

    @property
    def checkpoint(self) -> Path | None:
        """The newest checkpoint."""
        return self._checkpoint

    def set_checkpoint(self, path: Path) -> None:
        """Tell the tabs of a new or changed checkpoint (always emits: the file may have new contents)."""
        self._checkpoint = path
        self.checkpoint_changed.emit(path)

    def send_image(self, picture: Picture, name: str, target: str) -> None:
        """Open ``picture`` in the page whose objectName is ``target``."""
        self.image_sent.emit(SentImage(picture, name, target))

    def notify(self, text: str, *, is_warning: bool = False) -> None:
        """Show a short translated message in the status bar."""
        self.notice.emit(Notice(text, is_warning))

    def _apply_experiment(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self.experiment_changed.emit(experiment)


class _ExperimentEdit(QUndoCommand):
    """One edit of the session's experiment."""

    _ID = 1

    def __init__(self, session: Session, after: Experiment, text: str, merge_key: str) -> None:
        super().__init__(text)
        self._session = session
        self._before = session.experiment
        self._after = after
        self._merge_key = merge_key

    def id(self) -> int:
        return self._ID if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ExperimentEdit) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        self._session._apply_experiment(self._after)

    def undo(self) -> None:
        self._session._apply_experiment(self._before)
