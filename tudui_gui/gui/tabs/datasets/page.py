"""The page of the Datasets tab: its cards put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, root_of
from tudui_gui.datasets.downloads import Progress as DownloadProgress
from tudui_gui.datasets.downloads import download
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.datasets.statistics import ChannelMeanStd
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.batch_card import BatchCard
from tudui_gui.gui.tabs.datasets.browser_card import BrowserCard
from tudui_gui.gui.tabs.datasets.facts_cards import ClassesCard, ImagesCard
from tudui_gui.gui.tabs.datasets.opening import (
    Opened,
    OpenWork,
    experiment_for,
    picture_of,
    states_work,
    with_normalize,
)
from tudui_gui.gui.tabs.datasets.problems_card import ProblemsCard
from tudui_gui.gui.tabs.datasets.sources_card import SourcesCard
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Job, Jobs, Progress
from tudui_gui.images.reading import Picture
from tudui_gui.scripts.dataset_script import dataset_script

_LEFT = 216
_RIGHT = 262
_OPEN = "datasets.open"
#: Keys of the preferences.
_RECENT = "datasets.recent"
_ROOT = "datasets.root"


@dataclass(frozen=True)
class _Sending:
    picture: Picture
    name: str
    target: str


class DatasetsPage(Page):
    """``datasets_tab``: sources on the left, images in the middle, facts on the right, batches below."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("datasets_tab")
        self._wanted: Step | None = None
        self._download: Job | None = None
        self._download_step: Step | None = None
        self.sources = SourcesCard()
        self.browser = BrowserCard(jobs)
        self.batches = BatchCard(session, jobs)
        self.classes = ClassesCard()
        self.images = ImagesCard(jobs)
        self.problems = ProblemsCard(jobs)
        self._lay_out()
        self._connect()
        self._remember()
        self.retranslate_ui()
        self._look_for_files()
        self._follow_experiment()

    def _lay_out(self) -> None:
        self.sources.setFixedWidth(_LEFT)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.setHandleWidth(theme.GAP)
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(self.browser)
        self._middle.addWidget(self.batches)
        self._middle.setStretchFactor(0, 1)
        self._middle.setSizes([440, 230])
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        row.addWidget(self.sources)
        row.addWidget(self._middle, 1)
        row.addWidget(self._right_column())

    def _right_column(self) -> QWidget:
        column = QWidget()
        column.setProperty("role", "scrolled")
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.classes)
        layout.addWidget(self.images)
        layout.addWidget(self.problems, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(column)
        area.setFixedWidth(_RIGHT)
        return area

    def _remember(self) -> None:
        preferences = self.session.preferences
        self.sources.set_recent([str(folder) for folder in preferences.get(_RECENT, [])])
        root = preferences.get(_ROOT, "")
        if root:
            self.sources.set_root(Path(root))

    def _connect(self) -> None:
        self.sources.source_chosen.connect(self.open_step)
        self.sources.folder_chosen.connect(self.open_folder)
        self.sources.root_chosen.connect(self._set_root)
        self.sources.download_requested.connect(self._start_download)
        self.sources.cancel_requested.connect(self._cancel_download)
        self.browser.part_changed.connect(self.classes.show_part)
        self.browser.label_changed.connect(self.classes.chart.set_chosen)
        self.browser.current_changed.connect(self._tell_current)
        self.browser.send_requested.connect(self._send)
        self.browser.digits_requested.connect(self._open_digits)
        self.classes.class_chosen.connect(self.browser.set_label)
        self.images.normalize_requested.connect(self._use_in_normalize)
        self.problems.broken_found.connect(self.images.compute_without)
        self.problems.image_requested.connect(self.browser.show_index)
        self.session.experiment_changed.connect(self._follow_experiment)
        self.jobs.job_progressed.connect(self._show_progress)
        self.jobs.job_ended.connect(self._end_download)

    def code(self) -> str:
        """The script that opens this data set with torchvision."""
        dataset = self.session.dataset
        return "" if dataset is None else dataset_script(dataset)

    def accepts(self, path: Path) -> bool:
        """Folders."""
        return path.is_dir()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first folder: torchvision's own layout, or a folder per class."""
        folders = [path for path in paths if self.accepts(path)]
        if folders:
            self.open_folder(folders[0])

    @Slot(object)
    def open_step(self, step: Step) -> None:
        """Open a data set of the catalog and make it the experiment's."""
        self._submit(OpenWork(step))

    @Slot(object)
    def open_folder(self, folder: Path) -> None:
        """Open what lies in a folder and make it the experiment's data set."""
        self._submit(OpenWork(None, folder.absolute()))

    @Slot()
    def _open_digits(self) -> None:
        self.open_step(DATASETS.step("digits"))

    @Slot()
    def _follow_experiment(self) -> None:
        step = self.session.experiment.dataset
        if step != self._wanted:
            self._submit(OpenWork(step, is_edit=False))

    def _submit(self, work: OpenWork) -> None:
        self._wanted = work.step
        title = self.tr("Opening the data set")
        self.jobs.submit(work, done=self._show, failed=self._show_open_failure, key=_OPEN, title=title)

    @Slot(object)
    def _show_open_failure(self, failure: Failure) -> None:
        opened = self.session.dataset
        self._wanted = self.session.experiment.dataset if opened is None else opened.step
        self.show_failure(failure)

    @Slot(object)
    def _show(self, opened: Opened) -> None:
        dataset = opened.dataset
        self._wanted = dataset.step
        self.clear_banner()
        self.sources.set_open(dataset.step)
        self.session.preferences.set(_RECENT, self.sources.recent)
        self.browser.show_dataset(dataset)
        self.images.show_dataset(dataset)
        self.problems.show_dataset(dataset)
        self.batches.show_images(dataset.train)
        self.session.set_dataset(dataset)
        if opened.is_edit:
            self._use_for_training(dataset)
        self.code_changed.emit()

    def _use_for_training(self, dataset: Dataset) -> None:
        experiment, side = experiment_for(self.session.experiment, dataset)
        self.session.set_experiment(experiment, self.tr("Open data set {name}").format(name=dataset.name))
        if side:
            text = self.tr(
                "The model takes images of {side}x{side}: Resize was put first into both pipelines."
            )
            self.show_notice(text.format(side=side))

    @Slot(object)
    def _set_root(self, root: Path) -> None:
        self.sources.set_root(root)
        self.session.preferences.set(_ROOT, str(root))
        self._look_for_files()

    def _look_for_files(self) -> None:
        work = partial(states_work, self.sources.root)
        self.jobs.submit(work, done=self.sources.set_states, key="datasets.states")

    @Slot(object)
    def _start_download(self, step: Step) -> None:
        self._download_step = step
        self._download = self.jobs.submit(
            partial(_download_work, step),
            done=self._show_downloaded,
            failed=self.show_failure,
            key="datasets.download",
            title=self.tr("Download {name}").format(name=step.operation.target.__name__),
            lasting=True,
        )
        self.sources.show_progress(-1.0, self.tr("Connecting…"))
        self.sources.set_downloading(step.name)

    @Slot()
    def _cancel_download(self) -> None:
        self.jobs.cancel("datasets.download")

    @Slot(object, float, str)
    def _show_progress(self, job: Job, fraction: float, text: str) -> None:
        if job is self._download:
            self.sources.show_progress(fraction, text)

    @Slot(object)
    def _show_downloaded(self, step: Step) -> None:
        self.open_step(step)

    @Slot(object)
    def _end_download(self, job: Job) -> None:
        if job is self._download:
            self._download = None
            self.sources.set_downloading("")
            self._look_for_files()

    @Slot(object)
    def _use_in_normalize(self, statistics: ChannelMeanStd) -> None:
        experiment = self.session.experiment
        pipelines = (experiment.train_transforms, experiment.test_transforms)
        train, test = (with_normalize(each, statistics.mean, statistics.std) for each in pipelines)
        changed = replace(experiment, train_transforms=train, test_transforms=test)
        self.session.set_experiment(changed, self.tr("Use mean and std in Normalize"))
        self.session.notify(
            self.tr("Normalize of the training and the test pipeline has this mean and std now.")
        )

    @Slot(object, int)
    def _tell_current(self, image_set: ImageSet, index: int) -> None:
        self.session.set_current_image(image_set, index)

    @Slot(object, int, str)
    def _send(self, image_set: ImageSet, index: int, target: str) -> None:
        work = partial(_send_work, image_set, index, target)
        self.jobs.submit(work, done=self._sent, failed=self.show_failure, key="datasets.send")

    @Slot(object)
    def _sent(self, sending: _Sending) -> None:
        self.session.send_image(sending.picture, sending.name, sending.target)

    def retranslate_ui(self) -> None:
        """Set every text in the current language; the cards set their own."""
        self.setAccessibleName(self.tr("Datasets"))


def _send_work(
    image_set: ImageSet, index: int, target: str, token: CancelToken, progress: Progress
) -> _Sending:
    return _Sending(picture_of(image_set, index), image_set.name(index), target)


def _download_work(step: Step, token: CancelToken, progress: Progress) -> Step:
    download(step, root_of(step), progress=partial(_report, progress), cancel=token)
    return step


def _report(progress: Progress, state: DownloadProgress) -> None:
    total = state.bytes_total
    fraction = -1.0 if not total else min(1.0, state.bytes_done / total)
    progress(fraction, _progress_text(state))


def _progress_text(state: DownloadProgress) -> str:
    head = f"{state.file} ({state.number}/{state.count})" if state.count > 1 else state.file
    if state.unpacking:
        unpacking = QCoreApplication.translate("DatasetsPage", "Unpacking")
        return f"{head}\n{unpacking}"
    done = f"{state.bytes_done / 1e6:.1f}"
    amount = f"{done} MB" if not state.bytes_total else f"{done} / {state.bytes_total / 1e6:.1f} MB"
    lines = [head, f"{amount}  {state.bytes_per_second / 1e6:.1f} MB/s"]
    if state.seconds_left is not None:
        minutes, seconds = divmod(round(state.seconds_left), 60)
        left = QCoreApplication.translate("DatasetsPage", "{minutes}:{seconds:02d} left")
        lines.append(left.format(minutes=minutes, seconds=seconds))
    return "\n".join(lines)
