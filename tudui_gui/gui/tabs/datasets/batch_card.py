"""Batches: what the DataLoader hands to the network, epoch by epoch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.batch_bars import Bars, PlaceBar, ViewBar
from tudui_gui.gui.tabs.datasets.batch_lines import BatchLines
from tudui_gui.gui.tabs.datasets.batch_numbers import ClassCounts
from tudui_gui.gui.tabs.datasets.batch_pictures import Pictured
from tudui_gui.gui.tabs.datasets.batch_reader import BatchReader
from tudui_gui.gui.tabs.datasets.batch_settings import BatchSettings
from tudui_gui.gui.tabs.datasets.batch_texts import (
    compared_text,
    count_text,
    nothing_text,
    shape_text,
)
from tudui_gui.gui.tabs.datasets.batch_views import BatchViews
from tudui_gui.gui.tabs.datasets.batch_work import Drawn, Seen
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs
from tudui_gui.training.epochs import Epoch, Indices, Loading, drawn_counts
from tudui_gui.training.seen import Place, Subject
from tudui_gui.transforms.normalized import is_normalized
from tudui_gui.transforms.pipeline import Pipeline

#: Parts of the experiment that change what is read, beside the settings.
_MATTERS = ("train_transforms", "test_transforms", "model", "device")


class BatchCard(Card):
    """A DataLoader's settings, and one of its batches: as pictures, as the tensor, in numbers.

    What is shown is read by :mod:`tudui_gui.training.seen`, whose text says what it has in common with the
    batches of a training. While the card is hidden nothing is read, and no worker process runs.

    Signals
    -------
    image_requested(str, int)
        Show an image among those of its part: ``"train"`` or ``"test"``, and its index.
    """

    image_requested = Signal(str, int)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="batch_view", parent=parent)
        self._session = session
        self._jobs = jobs
        self._experiment = session.experiment
        self._dataset: Dataset | None = None
        self._drawn: Drawn | None = None
        self._seen: tuple[Seen, ...] = ()
        self._failure: Failure | None = None
        self._is_stale = False
        self._reader = BatchReader(jobs, self)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._settings = BatchSettings(Loading.of(self._experiment))
        self._place = PlaceBar()
        self._view = ViewBar()
        self._board = IconButton("chart-box-outline", "batch_to_board")
        self._fold = IconButton("chevron-down", "batch_view_fold")
        self._use = IconButton("check", "batch_use", "accent")
        self._shape = ElidedLabel(role="mono", object_name="batch_shape")
        self._lines = BatchLines(self._jobs)
        self._views = BatchViews()
        self._body = QWidget()

    def _lay_out(self) -> None:
        self._shape.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.header.addWidget(self._shape, 100)
        for widget in (self._use, self._board, self._fold):
            self.add_to_header(widget)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._settings)
        row.addLayout(self._right_side(), 1)
        self.body.addWidget(self._body, 1)

    def _right_side(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(Bars(self._place, self._view))
        right.addWidget(self._lines)
        right.addWidget(self._views, 1)
        return right

    def _connect(self) -> None:
        self._settings.changed.connect(self._change_settings)
        self._use.clicked.connect(self._use_for_training)
        self._place.epoch_changed.connect(self._change_epoch)
        self._place.batch_changed.connect(self._show_batch)
        self._view.compared_changed.connect(self._request_epochs)
        self._lines.other_epoch_changed.connect(self._request_epochs)
        self._view.view_changed.connect(self._change_view)
        self._views.chosen.connect(self._lines.show_chosen)
        self._views.image_requested.connect(self._request_image)
        self._views.numbers.replay_requested.connect(self._replay)
        self._board.clicked.connect(self._write)
        self._fold.clicked.connect(self._toggle)
        self._reader.drawn.connect(self._show_epochs)
        self._reader.seen.connect(self._show_seen)
        self._reader.failed.connect(self._show_problem)
        self._reader.waiting.connect(self._show_waiting)
        self._reader.given_up.connect(self._show_given_up)
        self._session.experiment_changed.connect(self._follow_experiment)

    @property
    def order(self) -> Epoch | None:
        """The batches of the shown epoch."""
        return self._drawn.epochs.of.get(self._place.epoch) if self._drawn else None

    @property
    def grid(self) -> ThumbnailGrid:
        """The pictures of the shown batch."""
        return self._views.pictures[0].grid

    @property
    def other_grid(self) -> ThumbnailGrid:
        """The pictures of the same batch in the epoch that is compared."""
        return self._views.pictures[1].grid

    @property
    def shown(self) -> Indices:
        """Indices of the images that are shown."""
        return self._indices(self.order)

    @property
    def seen(self) -> tuple[Seen, ...]:
        """The batches as the network gets them: of the epoch, and of the one that is compared."""
        return self._seen

    @property
    def image_set(self) -> ImageSet | None:
        """The part whose batches are shown."""
        if self._dataset is None:
            return None
        return self._dataset.train if self._settings.is_train else self._dataset.test

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the batches of another data set."""
        self._dataset = dataset
        self._change_settings()

    def _indices(self, epoch: Epoch | None) -> Indices:
        if epoch is None:
            return ()
        return epoch.dropped if self._is_left_out() else epoch.batches[self._place.batch - 1]

    def _is_left_out(self) -> bool:
        """Whether what is shown are the images that ``drop_last`` leaves out."""
        return self._place.shows_dropped or not (self.order and self.order.batches)

    def _epochs(self) -> tuple[Epoch, ...]:
        """The epochs that are shown: one, or two side by side."""
        found = (self._drawn.epochs.of.get(number) for number in self._numbers()) if self._drawn else ()
        return tuple(epoch for epoch in found if epoch is not None)

    def _numbers(self) -> tuple[int, ...]:
        return (self._place.epoch, self._lines.other_epoch) if self._view.compares else (self._place.epoch,)

    def _places(self) -> tuple[Place, ...]:
        numbers = self._numbers() if self._view.view == "after" else (self._place.epoch,)
        return tuple((number, self._place.batch) for number in numbers)

    def _loading(self) -> Loading:
        loading = self._settings.loading
        return loading if self._settings.is_train else loading.for_test()

    def _pipeline(self) -> Pipeline:
        experiment = self._session.experiment
        return experiment.train_transforms if self._settings.is_train else experiment.test_transforms

    @Slot()
    def _change_settings(self) -> None:
        self._reader.rest()
        self._reader.forget()
        self._drawn, self._seen, self._failure = None, (), None
        self._use.setEnabled(self._settings.differs)
        self._request_epochs()

    @Slot()
    def _change_epoch(self) -> None:
        self._lines.follow(self._place.epoch)
        self._request_epochs()

    @Slot()
    def _follow_experiment(self) -> None:
        before, now = self._experiment, self._session.experiment
        self._experiment = now
        if self._settings.follow(Loading.of(now)):
            self._change_settings()
        elif any(getattr(before, name) != getattr(now, name) for name in _MATTERS):
            self._reader.forget()
            self._show_batch()
        self._use.setEnabled(self._settings.differs)

    @Slot()
    def _request_epochs(self) -> None:
        """Draw the epochs; what is shown stays until they are there."""
        image_set = self.image_set
        if image_set is None:
            return
        if not len(image_set):
            self._show_view()
        elif not self._is_looked_at():
            self._is_stale = True
        else:
            self._reader.draw(image_set, self._loading(), self._numbers())

    @Slot(object)
    def _show_epochs(self, drawn: Drawn) -> None:
        self._drawn = drawn
        epochs = self._epochs()
        self._place.set_counts(len(epochs[0].batches), any(epoch.dropped for epoch in epochs))
        self._show_batch()

    @Slot()
    def _show_batch(self) -> None:
        self._seen, self._failure = (), None
        self._show_view()
        self._read()

    def _read(self, patient: bool = False) -> None:
        """Read what is shown; not what ``drop_last`` leaves out: training does not read it either."""
        image_set, drawn = self.image_set, self._drawn
        if image_set is None or drawn is None or self._is_left_out():
            return
        if not self._is_looked_at():
            self._is_stale = True
            return
        experiment = self._settings.loading.put_into(self._session.experiment)
        subject = Subject(experiment, image_set, self._settings.is_train, drawn.epochs)
        self._reader.read(subject, self._places(), patient=patient)

    @Slot()
    def _replay(self) -> None:
        self._read(patient=True)

    @Slot(object)
    def _show_seen(self, seen: tuple[Seen, ...]) -> None:
        self._seen = seen
        self._show_view()

    @Slot(object)
    def _show_problem(self, failure: Failure) -> None:
        self._failure, self._seen = failure, ()
        self._show_view()

    @Slot(int)
    def _show_waiting(self, workers: int) -> None:
        self._shape.set_text(self.tr("Starting processes: {count}…").format(count=workers))

    @Slot()
    def _show_given_up(self) -> None:
        if not self._seen:
            self._shape.set_text(self.tr("The batch was not read."))

    @Slot()
    def _change_view(self) -> None:
        self._show_view()
        if not {each.place for each in self._seen} >= set(self._places()):
            self._read()

    @Slot()
    def _show_view(self) -> None:
        """Everything but the settings, as it stands."""
        self._show_texts()
        key, image_set = self._view.view, self.image_set
        self._view.set_normalized(is_normalized(self._pipeline()))
        self._board.setEnabled(bool(self._seen))
        if self._dataset is not None and not image_set:
            self._views.show_nothing(nothing_text(self._dataset, self._settings.is_train))
        elif key == "numbers":
            facts, reading = (self._seen[0].facts, self._seen[0].reading) if self._seen else (None, None)
            self._views.numbers.show_numbers(facts, reading, self._reader.times)
            self._views.show_numbers()
        elif key == "classes":
            self._show_classes()
        else:
            self._views.show_pictures([self._pictured(epoch) for epoch in self._epochs()])

    def _pictured(self, epoch: Epoch) -> Pictured | None:
        """The images of an epoch's batch; None while their tensors are not there."""
        assert self.image_set is not None
        indices = self._indices(epoch)
        if self._view.view == "before" or self._is_left_out():
            return Pictured(self.image_set, indices)
        place = (epoch.number, self._place.batch)
        seen = next((each for each in self._seen if each.place == place), None)
        return None if seen is None else Pictured(self.image_set, indices, seen.images, self._undone())

    def _undone(self) -> Pipeline:
        """The pipeline whose Normalize is undone for the eye."""
        return self._pipeline() if self._view.is_plain else Pipeline()

    def _show_classes(self) -> None:
        image_set, drawn = self.image_set, self._drawn
        if image_set is not None and drawn is not None:
            epoch = drawn.counts[self._place.epoch]
            batch = drawn_counts(image_set, self.shown)
            self._views.classes.show_counts(ClassCounts(image_set.classes, drawn.own, epoch, batch))
        self._views.show_classes()

    def _show_texts(self) -> None:
        drawn, epochs = self._drawn, self._epochs()
        self._lines.show_failure(self._failure)
        self._lines.show_reading(self._seen[0].reading if self._seen else None)
        self._shape.set_text(shape_text(self._seen, drawn is not None and self._is_left_out()))
        self._use.setEnabled(self._settings.differs)
        if drawn is None or not epochs:
            self._lines.show_counts("", None)
            return
        first, second = (self._indices(epoch) for epoch in (epochs[0], epochs[-1]))
        compared = compared_text(first, second, drawn.epochs.loading) if len(epochs) > 1 else None
        self._lines.show_counts(count_text(drawn, epochs[0].number), compared)

    @Slot(int)
    def _request_image(self, index: int) -> None:
        self.image_requested.emit(self._part(), index)

    def _part(self) -> str:
        return "train" if self._settings.is_train else "test"

    @Slot()
    def _use_for_training(self) -> None:
        changed = self._settings.loading.put_into(self._session.experiment)
        self._session.set_experiment(changed, self.tr("Use the settings of the batches"))

    @Slot()
    def _write(self) -> None:
        if not self._seen or self._dataset is None:
            return
        seen = self._seen[0]
        self._lines.board.write(seen.images, self._undone(), self._dataset.name, self._part(), seen.place)

    @Slot()
    def _toggle(self) -> None:
        self._body.setVisible(self._body.isHidden())
        self._fold.set_icon("chevron-up" if self._body.isHidden() else "chevron-down")
        self.setMaximumHeight(self.minimumSizeHint().height() if self._body.isHidden() else 16_777_215)
        self._go_on_or_rest()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_on_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._go_on_or_rest()

    def _is_looked_at(self) -> bool:
        # While the card is being hidden its body still counts as visible.
        return self.isVisible() and not self._body.isHidden()

    def _go_on_or_rest(self) -> None:
        """Read nothing, and keep no process, while nobody looks."""
        if not self._is_looked_at():
            self._is_stale = self._is_stale or not self._seen
            self._reader.rest()
        elif self._is_stale:
            self._is_stale = False
            self._request_epochs()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Batches"))
        self._board.set_texts(
            self.tr("To TensorBoard"),
            self.tr("Write this batch with add_images, de-normalised or not as it is shown after"),
        )
        self._fold.set_texts(self.tr("Fold or unfold the batches"))
        self._use.set_texts(
            self.tr("Use for training"),
            self.tr("Take these settings into the experiment, as one step to undo"),
        )
        self._show_view()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
