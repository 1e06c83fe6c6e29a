"""The left column: the sources, and opening what a person or the experiment asks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.download_work import download_work
from tudui_gui.gui.tabs.datasets.opening import Opened, OpenWork, experiment_for, states_work
from tudui_gui.gui.tabs.datasets.sources_card import SourcesCard
from tudui_gui.gui.workers import Job, Jobs

_WIDTH = 216
_OPEN = "datasets.open"
_DOWNLOAD = "datasets.download"
#: Keys of the preferences.
_RECENT = "datasets.recent"
_ROOT = "datasets.root"


class SourcesColumn(QWidget):
    """Opens data sets, and keeps the experiment's and the open one the same.

    It opens the experiment's data set whenever that changes, and makes what a person opens the experiment's.

    Signals
    -------
    opened(object)
        The ``Dataset`` that was opened; the receiver makes it the session's.
    failed(object)
        A ``Failure``; the data set that was open still is.
    noticed(str)
        Something the person should know, translated.
    """

    opened = Signal(object)
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sources_column")
        self._session = session
        self._jobs = jobs
        self._wanted: Step | None = None
        self._followed: Step | None = None
        self._download: Job | None = None
        self.card = SourcesCard()
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.card, 1)
        self._connect()
        self._remember()

    def start(self) -> None:
        """Look which files are there, and open the experiment's data set. After the signals are connected."""
        self._look_for_files()
        self._follow_experiment()

    def _remember(self) -> None:
        preferences = self._session.preferences
        self.card.set_recent([str(folder) for folder in preferences.get(_RECENT, [])])
        root = preferences.get(_ROOT, "")
        if root:
            self.card.set_root(Path(root))

    def _connect(self) -> None:
        self.card.source_chosen.connect(self.open_step)
        self.card.folder_chosen.connect(self.open_folder)
        self.card.root_chosen.connect(self._set_root)
        self.card.download_requested.connect(self._start_download)
        self.card.cancel_requested.connect(self._cancel_download)
        self._session.experiment_changed.connect(self._follow_experiment)
        self._session.dataset_changed.connect(self._show_open)
        self._jobs.job_progressed.connect(self._show_progress)
        self._jobs.job_ended.connect(self._end_download)

    @Slot(object)
    def open_step(self, step: Step) -> None:
        """Open a data set of the catalog and make it the experiment's."""
        self._submit(OpenWork(step))

    @Slot(object)
    def open_folder(self, folder: Path) -> None:
        """Open what lies in a folder and make it the experiment's data set."""
        self._submit(OpenWork(None, folder.absolute()))

    def accepts(self, path: Path) -> bool:
        """Whether ``path`` can hold a data set: folders."""
        return path.is_dir()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first of ``paths``."""
        if paths:
            self.open_folder(paths[0])

    @Slot()
    def _follow_experiment(self) -> None:
        step, opened = self._session.experiment.dataset, self._session.dataset
        if step == self._followed:
            return  # another part of the experiment changed: what is being opened goes on
        self._followed = step
        if opened is not None and opened.step == step:
            self._jobs.cancel(_OPEN)
            self._wanted = step
        elif step != self._wanted:
            self._submit(OpenWork(step, is_edit=False))

    def _submit(self, work: OpenWork) -> None:
        self._wanted = work.step
        title = self.tr("Opening the data set")
        self._jobs.submit(work, done=self._show, failed=self._show_failure, key=_OPEN, title=title)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        opened = self._session.dataset
        self._wanted = self._session.experiment.dataset if opened is None else opened.step
        self.failed.emit(failure)

    @Slot(object)
    def _show(self, result: Opened) -> None:
        self._wanted = result.dataset.step
        self.opened.emit(result.dataset)
        if result.is_edit:
            self._use_for_training(result)

    @Slot()
    def _show_open(self) -> None:
        dataset = self._session.dataset
        if dataset is not None:
            self.card.set_open(dataset.step)
            self._session.preferences.set(_RECENT, self.card.recent)

    def _use_for_training(self, result: Opened) -> None:
        dataset = result.dataset
        experiment, side = experiment_for(self._session.experiment, dataset)
        self._session.set_experiment(experiment, self.tr("Open data set {name}").format(name=dataset.name))
        if side:
            text = self.tr(
                "The model takes images of {side}x{side}: Resize was put first into both pipelines."
            )
            self.noticed.emit(text.format(side=side))

    # -- files that torchvision downloads -------------------------------------------------------------------

    @Slot(object)
    def _set_root(self, root: Path) -> None:
        self.card.set_root(root)
        self._session.preferences.set(_ROOT, str(root))
        self._look_for_files()

    def _look_for_files(self) -> None:
        work = partial(states_work, self.card.root)
        self._jobs.submit(work, done=self.card.set_states, key="datasets.states")

    @Slot(object)
    def _start_download(self, step: Step) -> None:
        self._download = self._jobs.submit(
            partial(download_work, step),
            done=self.open_step,
            failed=self._tell_failure,
            key=_DOWNLOAD,
            title=self.tr("Download {name}").format(name=step.operation.target.__name__),
            lasting=True,
        )
        self.card.show_progress(-1.0, self.tr("Connecting…"))
        self.card.set_downloading(step.name)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot()
    def _cancel_download(self) -> None:
        self._jobs.cancel(_DOWNLOAD)

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._download:
            self.card.show_progress(fraction, text)

    @Slot(object)
    def _end_download(self, job: Job) -> None:
        if job is self._download:
            self._download = None
            self.card.set_downloading("")
            self._look_for_files()
