"""Feature maps: pictures through a layer, the grid of maps, one of them in large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui import theme
from tudui_gui.gui.checkpoints import load_model
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.layers.code import maps_code
from tudui_gui.gui.tabs.layers.detail_column import DetailColumn
from tudui_gui.gui.tabs.layers.epochs_area import MapsSurroundings
from tudui_gui.gui.tabs.layers.input_card import InputCard
from tudui_gui.gui.tabs.layers.layer_list_job import LayerListJob
from tudui_gui.gui.tabs.layers.maps_card import MapsCard
from tudui_gui.gui.tabs.layers.subject_card import SubjectCard
from tudui_gui.gui.tabs.layers.subject_edits import SubjectEdits
from tudui_gui.gui.tabs.layers.subject_state import SubjectState
from tudui_gui.gui.tabs.layers.work import (
    Arranged,
    Chain,
    Detail,
    Hints,
    MapRequest,
    MapResult,
    ModelLayer,
    Shown,
    Subject,
    can_reuse,
    detail,
    histogram_of,
    pictures,
    show,
    show_again,
)
from tudui_gui.gui.workers import Jobs, Progress, Work

_SIDE_WIDTH = 248
#: Opened checkpoints that stay at hand.
_MOST_MODELS = 6
#: Milliseconds after new maps until what can wait is computed: first they are painted.
_REST = 50


class MapsPanel(QWidget):
    """The Feature maps mode. Main thread only; every computation is a job, newest wins.

    Signals
    -------
    code_changed()
        :meth:`code` would return something else.
    failed(object)
        A ``Failure`` that has no place of its own.
    result_changed(object)
        The ``MapResult`` that is shown now, or None.
    """

    code_changed = Signal()
    failed = Signal(object)
    result_changed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._is_started = False
        self._result: MapResult | None = None
        self._passing: OpenModel | None = None
        self._opened: list[OpenModel] = []
        self.input = InputCard(session, jobs)
        self.subject = SubjectCard()
        self.edits = SubjectEdits(session, self.subject, self._shown_result)
        self.detail = DetailColumn(jobs)
        self.card = MapsCard()
        self.list_job = LayerListJob(jobs, self.card.layers)
        self.grid = self.card.grid
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._lay_out()
        self._connect()
        self._offer_models(session.open_model)
        self.card.set_has_layers(False)
        self.surroundings = MapsSurroundings(self, session, jobs)

    @property
    def result(self) -> MapResult | None:
        """The maps that are shown."""
        return self._result

    @property
    def current_request(self) -> MapRequest | None:
        """What is to be shown, whether it has been computed or not; None without a picture or a model."""
        subject, inputs = self._subject(), self.input.pictures
        if subject is None or not inputs:
            return None
        request = MapRequest(inputs, subject, self.input.index)
        before = self._result
        if before is not None and can_reuse(before.request, request):
            return replace(request, ready=before.prepared)
        return request

    def start(self) -> None:
        """Open the bundled photograph, the first time."""
        if not self._is_started:
            self._is_started = True
            if self.input.picture is None:
                self.input.open_flower()

    def code(self) -> str:
        """The script that gives the maps."""
        request = self.current_request
        return "" if request is None else maps_code(request, self._result)

    def show_model(self) -> None:
        """Look into the open model."""
        self.edits.edit(replace(self.subject.state, kind="model"))

    @Slot(object)
    def show_subject(self, subject: ModelLayer) -> None:
        """Look into another checkpoint of a run: its model takes the place of the one before it."""
        self._opened = [each for each in self._opened if each is not self._passing]
        self._passing = subject.model
        self.subject.show_state(replace(self.subject.state, kind="model", layer=subject.layer))
        self._take_model(subject.model)

    @property
    def models(self) -> list[OpenModel]:
        """The models that can be looked into, the one that is open in the program first."""
        opened = self._session.open_model
        return [*([] if opened is None else [opened]), *(each for each in self._opened if each is not opened)]

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self.input)
        left.addWidget(self.subject, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        for side in (self.input, self.subject, self.detail):
            side.setFixedWidth(_SIDE_WIDTH)
        row.addLayout(left)
        row.addWidget(self.card, 1)
        row.addWidget(self.detail)

    def _connect(self) -> None:
        self.input.inputs_changed.connect(self._on_inputs)
        self.input.failed.connect(self.failed)
        self.edits.state_applied.connect(self._apply)
        self.subject.model_chosen.connect(self._on_other_model)
        self.subject.file_chosen.connect(self._open_checkpoint)
        self._rest.timeout.connect(self._count)
        self._session.open_model_changed.connect(self._on_model)
        self.card.empty.action_requested.connect(self._show_models)
        self.card.tools.look_changed.connect(self._look)
        self.card.view_chosen.connect(self._on_view)
        self.card.layers.layer_chosen.connect(self.edits.choose_listed)
        self.grid.rows_needed.connect(self._color)
        self.grid.zoom_changed.connect(self._on_zoom)
        self.grid.map_selected.connect(self._select)
        self.detail.window_probed.connect(self.input.show_window)
        self.detail.weights_edited.connect(self.edits.edit_kernels)
        self.detail.kernel_reset_requested.connect(self.edits.reset_kernel)

    # What is computed

    def _subject(self) -> Subject | None:
        return self.subject.subject

    def _request(self) -> None:
        self.code_changed.emit()
        if self._subject() is None:
            self._jobs.cancel("layers.maps")
            self._clear(None)
            return
        request = self.current_request
        if request is not None:
            self._jobs.cancel("layers.histogram")
            self._submit(partial(show, request, self.card.tools.look, self._hints()))

    def _submit(self, work: Work) -> None:
        title = self.tr("Feature maps")
        self._jobs.submit(work, done=self._show, failed=self._fail, key="layers.maps", title=title)

    def _hints(self) -> Hints:
        chosen = 0 if self.detail.detail is None else self.detail.detail.channel
        return replace(self.card.hints, channel=chosen)

    @Slot(object)
    def _show(self, shown: Shown) -> None:
        result, before = shown.arranged.result, self._result
        self._result = result
        self._show_arranged(shown)
        if result is before:
            return
        self.input.show_prepared(result.prepared)
        self._list_layers()
        self._rest.start()
        self.result_changed.emit(result)
        self.code_changed.emit()  # the model's own transforms are known now

    @Slot()
    def _count(self) -> None:
        if self._result is not None:
            work = partial(histogram_of, self._result)
            self._jobs.submit(work, done=self._show_counts, key="layers.histogram")

    @Slot(object)
    def _show_counts(self, counts: NDArray[np.int64]) -> None:
        self.card.facts.show_counts(counts)

    def _show_arranged(self, shown: Shown) -> None:
        self.card.show_arranged(shown.arranged)
        self.detail.set_color_map(shown.arranged.look.color_map)
        self.detail.show_detail(shown.detail)
        row = -1 if shown.detail is None else shown.arranged.row_of(shown.detail.channel)
        if self.grid.current != row:
            self.grid.select_quietly(row)

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._clear(failure)

    def _clear(self, failure: Failure | None) -> None:
        self._result = None
        for key in ("layers.pictures", "layers.detail", "layers.histogram"):
            self._jobs.cancel(key)
        self.card.show_nothing(failure, has_subject=self._subject() is not None)
        self.detail.show_detail(None)
        self._list_layers()
        self.result_changed.emit(None)

    # How it is looked at

    @Slot()
    def _look(self) -> None:
        if self._result is not None:
            work = partial(show_again, self._result, self.card.tools.look, self._hints())
            self._submit(work)

    @Slot(object)
    def _color(self, rows: Sequence[int]) -> None:
        arranged = self.card.arranged
        if arranged is not None:
            work = partial(_colored, arranged, rows, self.card.hints.side)
            self._jobs.submit(work, done=self._put_images, key="layers.pictures")

    @Slot(object)
    def _put_images(self, colored: tuple[Arranged, dict[int, QImage]]) -> None:
        self.card.put_images(*colored)

    @Slot()
    def _on_zoom(self) -> None:
        self.grid.drop_images()

    @Slot(int)
    def _select(self, row: int) -> None:
        arranged = self.card.arranged
        if arranged is None or arranged.reshaped is not None or not 0 <= row < arranged.count:
            return
        work = partial(detail, arranged.result, int(arranged.order[row]), arranged.look)
        self._jobs.submit(work, done=self._show_detail, key="layers.detail")

    @Slot(object)
    def _show_detail(self, shown: Detail) -> None:
        if shown.result is self._result:
            self.detail.show_detail(shown)

    # What is looked at

    @Slot()
    def _on_inputs(self) -> None:
        self._is_started = True
        self._request()

    @Slot(object)
    def _apply(self, state: SubjectState) -> None:
        self.subject.show_state(state)
        self._request()

    def _shown_result(self) -> MapResult | None:
        return self._result

    # Models

    @Slot(object)
    def _on_model(self, model: OpenModel | None) -> None:
        self._offer_models(model)
        if self.subject.state.kind == "model":
            self._request()

    def _offer_models(self, current: OpenModel | None) -> None:
        models = self.models
        self.subject.set_models(models, current or (models[0] if models else None))

    @Slot()
    def _on_other_model(self) -> None:
        self._request()

    @Slot(str)
    def _open_checkpoint(self, name: str) -> None:
        work = partial(_opened, Path(name))
        title = self.tr("Opening")
        self._jobs.submit(
            work, done=self._take_model, failed=self._fail_opening, key="layers.model", title=title
        )

    @Slot(object)
    def _take_model(self, model: OpenModel) -> None:
        self._opened = [*self._opened, model][-_MOST_MODELS:]
        self._offer_models(model)
        self._request()

    @Slot(object)
    def _fail_opening(self, failure: Failure) -> None:
        self.failed.emit(failure)

    @Slot()
    def _show_models(self) -> None:
        self._session.tab_requested.emit("models_tab")

    # The list of layers

    @Slot(str)
    def _on_view(self, view: str) -> None:
        self._list_layers()

    def _list_layers(self) -> None:
        """The list needs no maps: the chosen layer may be one that is never reached."""
        request = self.current_request
        has_layers = request is not None and isinstance(request.subject, Chain | ModelLayer)
        self.card.set_has_layers(has_layers)
        if self.card.views.key == "layers":
            self.list_job.show(request)


def _opened(path: Path, token: CancelToken, progress: Progress) -> OpenModel:
    return load_model(path)


def _colored(
    arranged: Arranged, rows: Sequence[int], side: int, token: CancelToken, progress: Progress
) -> tuple[Arranged, dict[int, QImage]]:
    return arranged, pictures(arranged, rows, side, token, progress)
