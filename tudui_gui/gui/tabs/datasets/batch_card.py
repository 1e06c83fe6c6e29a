"""Batches: what the DataLoader hands to the network, epoch by epoch."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.batch_work import Loading, Order, order_work, tensor_work
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs

_THUMBNAIL = 44


class BatchCard(Card):
    """A DataLoader's settings, and one of its batches as pictures."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="batch_view", parent=parent)
        self._session = session
        self._jobs = jobs
        self._image_set: ImageSet | None = None
        self._order: Order | None = None
        self._failure: Failure | None = None
        self._make_widgets()
        self._lay_out()
        self._start_from_experiment()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._tag = Tag(object_name="batch_shape")
        self._fold = IconButton("chevron-down", "batch_view_fold")
        self._body = QWidget()
        self._batch_size = _spin("batch_size", 1, 65_536)
        self._seed = _spin("batch_seed", 0, 2**31 - 1)
        self._shuffle = named(QCheckBox("shuffle"), "batch_shuffle")
        self._drop_last = named(QCheckBox("drop_last"), "batch_drop_last")
        self._epoch = _spin("batch_epoch", 1, 1000)
        self._batch = _spin("batch_number", 1, 1)
        self._previous = IconButton("chevron-left", "batch_previous")
        self._next = IconButton("chevron-right", "batch_next")
        self._dropped = IconButton("tray-remove", "batch_show_dropped")
        self._dropped.setCheckable(True)
        self._names = [Label(text, "muted") for text in ("batch_size", "seed", "epoch", "batch")]
        self._grid = ThumbnailGrid("batch_grid")
        self._grid.set_zoom(_THUMBNAIL)
        self._text = Label(role="mono", object_name="batch_text")
        self._text.setWordWrap(True)
        self._problem = Label(role="error", object_name="batch_problem")
        self._problem.setWordWrap(True)
        self._problem.setMinimumWidth(1)
        self._problem.hide()

    def _lay_out(self) -> None:
        for widget in (self._dropped, self._previous, self._next, self._tag, self._fold):
            self.add_to_header(widget)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addLayout(self._settings_column())
        row.addLayout(self._batch_column(), 1)
        self.body.addWidget(self._body, 1)

    def _settings_column(self) -> QVBoxLayout:
        settings = QGridLayout()
        settings.setHorizontalSpacing(theme.SPACE)
        settings.setVerticalSpacing(theme.SPACE // 2)
        fields = (self._batch_size, self._seed, self._epoch, self._batch)
        for place, (name, field) in enumerate(zip(self._names, fields, strict=True)):
            name.setBuddy(field)
            settings.addWidget(name, place, 0)
            settings.addWidget(field, place, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(settings)
        left.addWidget(self._shuffle)
        left.addWidget(self._drop_last)
        left.addStretch(1)
        return left

    def _batch_column(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE // 2)
        right.addWidget(self._text)
        right.addWidget(self._problem)
        right.addWidget(self._grid, 1)
        return right

    def _start_from_experiment(self) -> None:
        settings = self._session.experiment.settings
        self._batch_size.setValue(settings.batch_size)
        self._shuffle.setChecked(settings.shuffle)
        self._drop_last.setChecked(settings.drop_last)
        self._seed.setValue(min(self._session.experiment.seed, 2**31 - 1))

    def _connect(self) -> None:
        for spin in (self._batch_size, self._seed, self._epoch):
            spin.valueChanged.connect(self._request_order)
        for check in (self._shuffle, self._drop_last):
            check.toggled.connect(self._request_order)
        self._batch.valueChanged.connect(self._show_batch)
        self._dropped.toggled.connect(self._show_batch)
        self._previous.clicked.connect(self._batch.stepDown)
        self._next.clicked.connect(self._batch.stepUp)
        self._fold.clicked.connect(self._toggle)
        self._session.experiment_changed.connect(self._request_tensor)

    @property
    def order(self) -> Order | None:
        """The batches of the shown epoch."""
        return self._order

    @property
    def grid(self) -> ThumbnailGrid:
        """The pictures of the shown batch."""
        return self._grid

    @property
    def shown(self) -> tuple[int, ...]:
        """Indices of the images that are shown."""
        if self._order is None or not (self._order.batches or self._order.dropped):
            return ()
        if self._dropped.isChecked() or not self._order.batches:
            return self._order.dropped
        return self._order.batches[self._batch.value() - 1]

    def show_images(self, image_set: ImageSet) -> None:
        """Show the batches of another set of training images."""
        self._image_set, self._order = image_set, None
        self._request_order()

    @Slot()
    def _toggle(self) -> None:
        self._body.setVisible(self._body.isHidden())
        self._fold.set_icon("chevron-up" if self._body.isHidden() else "chevron-down")
        self.setMaximumHeight(self.minimumSizeHint().height() if self._body.isHidden() else 16_777_215)

    @Slot()
    def _request_order(self) -> None:
        if self._image_set is None:
            return
        loading = Loading(
            self._batch_size.value(),
            self._shuffle.isChecked(),
            self._drop_last.isChecked(),
            self._seed.value(),
            self._epoch.value(),
        )
        self._jobs.submit(
            partial(order_work, len(self._image_set), loading),
            done=self._show_order,
            key="datasets.batches",
            title=self.tr("Batches"),
        )

    @Slot(object)
    def _show_order(self, order: Order) -> None:
        self._order = order
        self._batch.blockSignals(True)
        self._batch.setRange(1, max(1, len(order.batches)))
        self._batch.blockSignals(False)
        self._dropped.setVisible(bool(order.dropped))
        self._dropped.blockSignals(True)
        self._dropped.setChecked(self._dropped.isChecked() and bool(order.dropped))
        self._dropped.blockSignals(False)
        self._show_batch()

    @Slot()
    def _show_batch(self) -> None:
        image_set, indices = self._image_set, self.shown
        if image_set is None:
            return
        classes, labels = image_set.classes, image_set.labels
        self._grid.set_source(
            len(indices),
            lambda i: np.asarray(image_set.image(indices[i])),
            lambda i: classes[labels[indices[i]]],
        )
        self._show_text()
        self._request_tensor()

    @Slot()
    def _request_tensor(self) -> None:
        if self._image_set is None or not self.shown:
            return
        pipeline = self._session.experiment.train_transforms
        self._jobs.submit(
            partial(tensor_work, self._image_set, pipeline, self.shown),
            done=self._show_tensor,
            failed=self._show_problem,
            key="datasets.batch_tensor",
        )

    @Slot(object)
    def _show_tensor(self, text: str) -> None:
        self._failure = None
        self._problem.hide()
        self._tag.set_text(text)

    @Slot(object)
    def _show_problem(self, failure: Failure) -> None:
        self._failure = failure
        self._tag.set_text("")
        self._problem.setText(brief(failure))
        self._problem.show()

    def _show_text(self) -> None:
        if self._order is None or self._image_set is None:
            return
        order, total = self._order, len(self._image_set)
        text = self.tr("{total:,} images, batch_size {size}, batches: {count:,}").format(
            total=total, size=order.loading.batch_size, count=len(order.batches)
        )
        self._text.setText(f"{text}, {self._rest_text(order)}" if total % order.loading.batch_size else text)

    def _rest_text(self, order: Order) -> str:
        if order.dropped:
            return self.tr("drop_last leaves out {count}").format(count=len(order.dropped))
        return self.tr("the last has {count}").format(count=len(order.batches[-1]))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Batches"))
        self._fold.set_texts(self.tr("Fold or unfold the batches"))
        self._grid.setAccessibleName(self.tr("Images of the batch"))
        self._grid.setToolTip(self.tr("The images of this batch with their labels, in the loader's order"))
        texts = {
            self._batch_size: ("batch_size", self.tr("Images in one batch")),
            self._seed: ("seed", self.tr("Seed of the generator that shuffles")),
            self._epoch: ("epoch", self.tr("The pass over the training images to look at")),
            self._batch: ("batch", self.tr("The batch of this epoch to look at")),
            self._shuffle: ("shuffle", self.tr("Draw a new order of the images each epoch")),
            self._drop_last: ("drop_last", self.tr("Leave out the last batch when it is not full")),
        }
        for widget, (name, tip) in texts.items():
            widget.setAccessibleName(name)
            widget.setToolTip(tip)
        self._previous.set_texts(self.tr("Previous batch"))
        self._next.set_texts(self.tr("Next batch"))
        self._dropped.set_texts(self.tr("Show the images that drop_last leaves out"))
        self._show_text()
        if self._failure is not None:
            self._problem.setText(brief(self._failure))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _spin(name: str, low: int, high: int) -> SpinBox:
    spin = SpinBox(name)
    spin.setRange(low, high)
    spin.setKeyboardTracking(False)
    spin.setFixedWidth(92)
    return spin
