"""A second model beside the first one: the same picture and layer, the same map chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import isnan
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui import theme
from tudui_gui.gui.checkpoints import ModelCache
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.layers.compare_work import Compared, compare_work, compared_again
from tudui_gui.gui.tabs.layers.epochs_bar import EpochsBar
from tudui_gui.gui.tabs.layers.epochs_work import layer_in
from tudui_gui.gui.tabs.layers.maps_card import best_side
from tudui_gui.gui.tabs.layers.work import Arranged, Hints, Look, MapResult, ModelLayer, pictures
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.widgets.virtual_map_grid import VirtualMapGrid
from tudui_gui.gui.workers import Jobs, Progress, Work

_VIEW_HEIGHT = 120


class CompareCard(Card):
    """Shows what a second model makes of the picture; hidden until it is wanted.

    Signals
    -------
    channel_chosen(int)
        A map was chosen here: the first model's is to be shown too.
    closed()
        A person has seen enough.
    failed(object)
        A ``Failure`` that has no place of its own.
    """

    channel_chosen = Signal(int)
    closed = Signal()
    failed = Signal(object)

    def __init__(
        self, session: Session, jobs: Jobs, cache: ModelCache, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "compare_card", parent)
        self._jobs = jobs
        self._cache = cache
        self._models: list[OpenModel] = []
        self._model: OpenModel | None = None
        self._first: MapResult | None = None
        self._look = Look()
        self._channel = 0
        self._compared: Compared | None = None
        self._failure: Failure | None = None
        self._combo = _combo("compare_model")
        self._layer = _combo("compare_layer")
        self.epochs = EpochsBar(session, jobs, cache, "compare_epochs")
        self.grid = VirtualMapGrid("compare_grid")
        self.view = ImageView("compare_view")
        self.view.setFixedHeight(_VIEW_HEIGHT)
        self._shape = Tag(object_name="compare_shape")
        self._close = IconButton("close", "compare_close")
        self._text = ElidedLabel(role="mono", object_name="compare_text")
        self._problem = Label(role="error", object_name="compare_problem")
        self._problem.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.add_to_header(self._shape)
        self.add_to_header(self._close)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._combo, 1)
        row.addWidget(self._layer, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.epochs)
        self.body.addWidget(self._problem)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self._text)
        self.body.addWidget(self.view)

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self._combo.activated.connect(self._choose_model)
        self._layer.activated.connect(self._compute)
        self.epochs.subject_chosen.connect(self._take_epoch)
        self.grid.rows_needed.connect(self._color)
        self.grid.map_selected.connect(self._tell_channel)

    @property
    def compared(self) -> Compared | None:
        """What is shown."""
        return self._compared

    def offer(self, models: Sequence[OpenModel]) -> None:
        """The models that are open."""
        own = [] if self._model is None or self._model in models else [self._model]
        self._models = [*models, *own]
        self._show_models()

    def show_result(self, result: MapResult | None, look: Look, channel: int) -> None:
        """Compare with this; None: there is nothing to compare with."""
        self._first, self._look, self._channel = result, look, channel
        if self._model is None and self._models:
            self._set_model(self._models[0])
        self._compute()

    def show_look(self, look: Look) -> None:
        """Other colours, another order."""
        self._look = look
        self._look_again()

    def show_channel(self, channel: int) -> None:
        """The same map as beside."""
        self._channel = channel
        self._look_again()

    def _set_model(self, model: OpenModel) -> None:
        self._model = model
        if model not in self._models:
            self._models = [each for each in self._models if each.path is None] + [model]
        self._show_models()
        wanted = self._layer.currentData()
        names = [name for name, _ in model.module.named_modules()]
        with QSignalBlocker(self._layer):
            self._layer.clear()
            self._layer.addItem(self.tr("Same layer"), None)
            for name in names:
                self._layer.addItem(name or type(model.module).__name__, name)
            self._layer.setCurrentIndex(names.index(wanted) + 1 if wanted in names else 0)

    def _show_models(self) -> None:
        with QSignalBlocker(self._combo):
            self._combo.clear()
            for model in self._models:
                self._combo.addItem(model.name, model)
            if self._models:
                self._combo.insertSeparator(self._combo.count())
            self._combo.addItem(self.tr("Open a checkpoint…"))
            places = (place for place, model in enumerate(self._models) if model is self._model)
            self._combo.setCurrentIndex(next(places, -1))

    @Slot(int)
    def _choose_model(self, place: int) -> None:
        if place < len(self._models):
            self._set_model(self._models[place])
            self._compute()
            return
        self._show_models()
        dialog = QFileDialog(self, self.tr("Open a checkpoint"), "", self.tr("Checkpoint (*.pt *.pth)"))
        dialog.setObjectName("compare_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def open_file(self, name: str) -> None:
        """Compare with the model in a checkpoint."""
        work = partial(_load, Path(name), self._cache)
        title = self.tr("Opening a checkpoint")
        self._jobs.submit(
            work, done=self._take_model, failed=self._tell_failure, key="layers.compare_model", title=title
        )

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _take_epoch(self, subject: ModelLayer) -> None:
        self._take_model(subject.model)

    @Slot(object)
    def _take_model(self, model: OpenModel) -> None:
        self._set_model(model)
        self._compute()

    @Slot()
    def _compute(self) -> None:
        first, model = self._first, self._model
        if first is None or model is None:
            self._jobs.cancel("layers.compare")
            self._show(None)
            return
        chosen, own = self._layer.currentData(), first.request.subject
        wanted = own.layer if isinstance(own, ModelLayer) else None
        subject = layer_in(model, wanted if chosen is None else chosen)
        request = replace(first.request, subject=subject, ready=None)
        self._submit(partial(compare_work, first, request, self._look, self._hints()))

    def _look_again(self) -> None:
        if self._compared is not None and self._first is not None:
            second = self._compared.arranged.result
            self._submit(partial(compared_again, self._first, second, self._look, self._hints()))

    def _submit(self, work: Work) -> None:
        self._jobs.submit(
            work, done=self._show, failed=self._fail, key="layers.compare", title=self.tr("Feature maps")
        )

    def _hints(self) -> Hints:
        rows = self.grid.visible_rows
        side = round(self.grid.zoom * self.devicePixelRatioF())
        return Hints(rows if len(rows) > 1 else range(32), self._channel, side)

    @Slot(object)
    def _show(self, compared: Compared | None) -> None:
        self._compared, self._failure = compared, None
        self._show_maps()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._compared, self._failure = None, failure
        self._show_maps()

    def _show_maps(self) -> None:
        compared = self._compared
        arranged = None if compared is None else compared.arranged
        if arranged is not None and arranged.count:
            height, width = arranged.size
            room = self.grid.viewport().size()
            self.grid.set_zoom(best_side(arranged.count, height / width, room.width() - 12, room.height()))
        self.grid.show_rows(arranged, {} if arranged is None else arranged.images)
        if compared is None or compared.detail is None:
            self.view.set_image(None)
        else:
            self.view.set_image(compared.detail.image, compared.detail.values)
            self.grid.select_quietly(compared.arranged.row_of(compared.detail.channel))
        self._show_texts()

    @Slot(object)
    def _color(self, rows: Sequence[int]) -> None:
        if self._compared is not None:
            side = round(self.grid.zoom * self.devicePixelRatioF())
            work = partial(_colored, self._compared.arranged, rows, side)
            self._jobs.submit(work, done=self._put_images, key="layers.compare_pictures")

    @Slot(object)
    def _put_images(self, colored: tuple[Arranged, dict[int, QImage]]) -> None:
        arranged, images = colored
        if self._compared is not None and arranged is self._compared.arranged:
            self.grid.put_images(images)

    @Slot(int)
    def _tell_channel(self, row: int) -> None:
        if self._compared is not None and 0 <= row < self._compared.arranged.count:
            channel = int(self._compared.arranged.order[row])
            self.show_channel(channel)
            self.channel_chosen.emit(channel)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Beside it"))
        self._combo.setAccessibleName(self.tr("Second model"))
        self._combo.setToolTip(self.tr("The model to compare with; or choose a run below"))
        self._combo.setPlaceholderText(self.tr("Choose a model"))
        self._layer.setAccessibleName(self.tr("Layer of the second model"))
        self._layer.setToolTip(self.tr("The layer of the second model; by itself the one of the same name"))
        if self._layer.count():
            self._layer.setItemText(0, self.tr("Same layer"))
        self._close.set_texts(self.tr("Close the second model"))
        self.grid.setAccessibleName(self.tr("Feature maps of the second model"))
        self.grid.setToolTip(self.tr("Choose a map here or beside: the other follows"))
        self.view.setAccessibleName(self.tr("The chosen map of the second model"))
        self.view.setToolTip(self.tr("Ctrl+wheel zooms"))
        self._show_models()
        self._show_texts()

    def _show_texts(self) -> None:
        compared = self._compared
        problem = "" if self._failure is None else describe(self._failure)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        shape = () if compared is None else compared.arranged.result.output_shape
        self._shape.set_text(f"[{', '.join(map(str, shape))}]" if shape else "")
        self._text.set_text("" if compared is None else self._about(compared))
        self._text.setToolTip(
            self.tr(
                "The mean of the map beside and of this one; the mean of their absolute differences; their"
                " correlation. Channels of separately trained models have nothing to do with each other"
            )
        )

    def _about(self, compared: Compared) -> str:
        difference = compared.difference
        if difference is None:
            return ""
        parts = [f"{self._channel} μ {difference.means[0]:+.2f} | {difference.means[1]:+.2f}"]
        if not isnan(difference.distance):
            parts.append(f"|Δ| {difference.distance:.3g}")
        if not isnan(difference.correlation):
            parts.append(f"r {difference.correlation:+.2f}")
        return " · ".join(parts)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _combo(object_name: str) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    return combo


def _load(path: Path, cache: ModelCache, token: CancelToken, progress: Progress) -> OpenModel:
    return cache.load(path)


def _colored(
    arranged: Arranged, rows: Sequence[int], side: int, token: CancelToken, progress: Progress
) -> tuple[Arranged, dict[int, QImage]]:
    return arranged, pictures(arranged, rows, side, token, progress)
