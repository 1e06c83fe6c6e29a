"""The left column: the sources, and opening what a person or the experiment asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.datasets.table_layout import TABLE_SUFFIXES
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.download_work import download_work
from tudui_gui.gui.tabs.datasets.joining import with_parts
from tudui_gui.gui.tabs.datasets.open_card import OpenCard
from tudui_gui.gui.tabs.datasets.opening import Opened, OpenWork, experiment_for, files_work
from tudui_gui.gui.tabs.datasets.recent import from_preferences, to_preferences
from tudui_gui.gui.tabs.datasets.source_entries import is_own, is_same
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
        self.open_card = OpenCard(jobs)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.card, 1)
        layout.addWidget(self.open_card)
        self._connect()
        self._remember()

    def start(self) -> None:
        """Look which files are there, and open the experiment's data set. After the signals are connected."""
        self._look_for_files()
        step = self._session.experiment.dataset
        self._followed = step
        self._submit(OpenWork(step, is_edit=False))

    def _remember(self) -> None:
        preferences = self._session.preferences
        self.card.set_recent(from_preferences(preferences.get(_RECENT, [])))
        root = preferences.get(_ROOT, "")
        if root:
            self.card.set_root(Path(root))

    def _connect(self) -> None:
        self.card.source_chosen.connect(self.open_step)
        self.card.path_chosen.connect(self.open_path)
        self.card.source_added.connect(self._add_step)
        self.card.path_added.connect(self._add_path)
        self.card.root_chosen.connect(self._set_root)
        self.card.reading_requested.connect(self._read_again)
        self.card.recent_changed.connect(self._keep_recent)
        self.card.downloads.download_requested.connect(self._start_download)
        self.card.downloads.cancel_requested.connect(self._cancel_download)
        self.open_card.split.step_changed.connect(self._split_anew)
        self.open_card.layouts.step_changed.connect(self._read_otherwise)
        self.open_card.joined.parts_changed.connect(self._join_anew)
        self._session.experiment_changed.connect(self._follow_experiment)
        self._session.dataset_changed.connect(self._show_open)
        self._jobs.job_progressed.connect(self._show_progress)
        self._jobs.job_ended.connect(self._end_download)

    def accepts(self, path: Path) -> bool:
        """Whether ``path`` can hold a data set: folders and tables."""
        return path.is_dir() or path.suffix.lower() in TABLE_SUFFIXES

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open what lies at ``paths``; several are put together."""
        if paths:
            self._submit(OpenWork(None, tuple(path.absolute() for path in paths)))

    @Slot(object)
    def open_step(self, step: Step) -> None:
        """Open a data set of the catalog and make it the experiment's."""
        self._submit(OpenWork(step))

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open what lies in a folder or a table and make it the experiment's data set."""
        self.open_paths([path])

    @Slot(object)
    def _add_step(self, step: Step) -> None:
        self._submit(OpenWork(step, added_to=self._opened_step()))

    @Slot(object)
    def _add_path(self, path: Path) -> None:
        self._submit(OpenWork(None, (path.absolute(),), added_to=self._opened_step()))

    @Slot()
    def _read_again(self) -> None:
        step = self._opened_step()
        if step is not None:
            self.open_card.layouts.forget()
            self._start(OpenWork(step, is_edit=False, keeps_edits=False), self._show_failure)

    def _opened_step(self) -> Step | None:
        dataset = self._session.dataset
        return None if dataset is None else dataset.step

    @Slot(object, str)
    def _split_anew(self, step: Step, parameter: str) -> None:
        work = OpenWork(step, keeps_edits=False, merge_key=f"dataset.{parameter}")
        self._submit(work, self._show_split_failure)

    @Slot(object, str)
    def _read_otherwise(self, step: Step, parameter: str) -> None:
        merge_key = f"dataset.{parameter}" if parameter else ""
        self._submit(OpenWork(step, merge_key=merge_key), self._show_layout_failure)

    @Slot(object)
    def _join_anew(self, parts: tuple[Step, ...]) -> None:
        opened = self._opened_step()
        if opened is not None:
            self._submit(OpenWork(with_parts(opened, parts)), self._show_joined_failure)

    def is_opening(self) -> bool:
        """Whether another data set than the open one is wanted, or another selection of it."""
        return self._wanted != self._opened_step()

    @Slot(object)
    def expect(self, step: Step) -> None:
        """``step`` is going to be the experiment's and is opened by someone else."""
        self._jobs.cancel(_OPEN)
        self._wanted = step

    @Slot()
    def _follow_experiment(self) -> None:
        step = self._session.experiment.dataset
        if step == self._followed:
            return  # another part of the experiment changed: what is being opened goes on
        self._followed = step
        if step == self._opened_step():
            self._jobs.cancel(_OPEN)
            self._wanted = step
        elif step != self._wanted:
            self._submit(OpenWork(step, is_edit=False, keeps_edits=False))

    def _submit(self, work: OpenWork, failed: Callable[[Failure], object] | None = None) -> None:
        self._wanted = work.step
        opened = self._session.dataset
        if opened is not None and work.step is not None and is_same(work.step, opened.step):
            work = replace(work, collection=opened.collection)  # nothing is read again
        self._start(work, failed or self._show_failure)

    def _start(self, work: OpenWork, failed: Callable[[Failure], object]) -> None:
        title = self.tr("Opening the data set")
        self._jobs.submit(work, done=self._show, failed=failed, key=_OPEN, title=title)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._forget_wish()
        self.failed.emit(failure)

    @Slot(object)
    def _show_split_failure(self, failure: Failure) -> None:
        self._forget_wish()
        self.open_card.split.show_failure(failure)

    @Slot(object)
    def _show_layout_failure(self, failure: Failure) -> None:
        self._forget_wish()
        self.open_card.layouts.show_failure(failure)

    @Slot(object)
    def _show_joined_failure(self, failure: Failure) -> None:
        self._forget_wish()
        self.open_card.joined.show_failure(failure)

    def _forget_wish(self) -> None:
        self._wanted = self._opened_step() or self._session.experiment.dataset

    @Slot(object)
    def _show(self, opened: Opened) -> None:
        self._wanted = opened.dataset.step
        self.opened.emit(opened.dataset)
        self._use_for_training(opened)

    @Slot()
    def _show_open(self) -> None:
        dataset = self._session.dataset
        if dataset is not None:
            self.card.set_open(dataset.step)
            self.open_card.show_dataset(dataset, is_own(dataset.step, self.card.root))

    @Slot()
    def _keep_recent(self) -> None:
        self._session.preferences.set(_RECENT, to_preferences(self.card.recent))

    def _use_for_training(self, opened: Opened) -> None:
        work, dataset = opened.work, opened.dataset
        if not work.is_edit or work.merge_key:
            # The images are as large as before; a Resize that a person took away stays away.
            experiment, side = replace(self._session.experiment, dataset=dataset.step), 0
        else:
            experiment, side = experiment_for(self._session.experiment, opened)
        self._session.set_experiment(experiment, self._edit_text(opened), work.merge_key)
        if side:
            text = self.tr(
                "The model takes images of {side}x{side}: Resize was put first into both pipelines."
            )
            self.noticed.emit(text.format(side=side))

    def _edit_text(self, opened: Opened) -> str:
        if opened.work.merge_key:
            return self.tr("change of {name}").format(name=opened.work.merge_key)
        return self.tr("Open data set {name}").format(name=opened.dataset.name)

    # -- files that torchvision downloads -------------------------------------------------------------------

    @Slot(object)
    def _set_root(self, root: Path) -> None:
        self.card.set_root(root)
        self._session.preferences.set(_ROOT, str(root))
        self._look_for_files()

    def _look_for_files(self) -> None:
        work = partial(files_work, self.card.root)
        self._jobs.submit(work, done=self.card.set_files, key="datasets.states")

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
        self.card.downloads.show_progress(-1.0, self.tr("Connecting…"))
        self.card.downloads.set_downloading(step.name)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot()
    def _cancel_download(self) -> None:
        self._jobs.cancel(_DOWNLOAD)

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._download:
            self.card.downloads.show_progress(fraction, text)

    @Slot(object)
    def _end_download(self, job: Job) -> None:
        if job is self._download:
            self._download = None
            self.card.downloads.set_downloading("")
            self._look_for_files()
