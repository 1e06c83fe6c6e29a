"""Feature maps: a picture through a layer, the grid of maps, one of them in large."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import ceil

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.imaging import COLOR_MAPS
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.layers.code import maps_code
from tudui_gui.gui.tabs.layers.detail_column import DetailColumn
from tudui_gui.gui.tabs.layers.edits import StateEdit
from tudui_gui.gui.tabs.layers.input_card import InputCard
from tudui_gui.gui.tabs.layers.subject_card import SubjectCard, SubjectState
from tudui_gui.gui.tabs.layers.work import (
    Arranged,
    Detail,
    Look,
    MapRequest,
    MapResult,
    ModelLayer,
    OneLayer,
    Subject,
    arrange,
    compute,
    detail,
)
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.map_grid import FeatureMapGrid
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs

_RANGES = ("map", "common")
_SORTS = ("index", "mean", "max")
_SIDE_WIDTH = 248
_SMALL_SIDE = 112
# Around a map, and its caption below it.
_MAP_EDGE, _CAPTION = 6, 34


class MapsPanel(QWidget):
    """The Feature maps mode. Main thread only; every computation is a job, newest wins.

    Signals
    -------
    code_changed()
        :meth:`code` would return something else.
    failed(object)
        A ``Failure`` that has no place of its own.
    """

    code_changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._is_started = False
        self._result: MapResult | None = None
        self._arranged: Arranged | None = None
        self._problem: Failure | None = None
        self._fitted_shape: tuple[int, ...] = ()
        self._fitted_side = 0
        self.input = InputCard(session, jobs)
        self.subject = SubjectCard()
        self.detail = DetailColumn()
        self.grid = FeatureMapGrid()
        self._problem_label = Label(role="error", object_name="layers_problem")
        self._problem_label.setWordWrap(True)
        self._problem_label.hide()
        self._empty = EmptyState("sitemap-outline", "layers_no_model")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        self._card = Card("", "feature_maps_card")
        self._tags = {
            name: Tag(object_name=f"maps_{name}") for name in ("input_shape", "output_shape", "parameters")
        }
        self._arrow = Label("→", "muted")
        self._layer_text = ElidedLabel(role="mono", object_name="maps_layer")
        self._names = {name: Label(role="muted") for name in ("colormap", "map_range", "map_sort")}
        self._combos = {
            "colormap": _combo("colormap", COLOR_MAPS),
            "map_range": _combo("map_range", _RANGES),
            "map_sort": _combo("map_sort", _SORTS),
        }
        self._lay_out()
        self._connect()
        self.subject.set_model(session.open_model)
        self.retranslate_ui()

    @property
    def result(self) -> MapResult | None:
        """The maps that are shown."""
        return self._result

    def start(self) -> None:
        """Open the bundled photograph, the first time."""
        if not self._is_started:
            self._is_started = True
            if self.input.picture is None:
                self.input.open_flower()

    def code(self) -> str:
        """The script that gives the maps."""
        picture = self.input.picture
        if picture is None:
            return ""
        pipeline = None if self._result is None else self._result.prepared.pipeline
        return maps_code(picture, self._subject(), pipeline)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.grid.setAccessibleName(self.tr("Feature maps"))
        self.grid.setToolTip(self.tr("Click a map to see it in large; Ctrl+wheel changes the size"))
        texts = {
            "colormap": (self.tr("Colours"), self.tr("The colour map; the first colour is the lowest value")),
            "map_range": (self.tr("Range"), self.tr("The values of the first and the last colour")),
            "map_sort": (self.tr("Sort"), self.tr("The order of the maps")),
        }
        for name, (text, tooltip) in texts.items():
            self._names[name].setText(text)
            self._combos[name].setAccessibleName(text)
            self._combos[name].setToolTip(tooltip)
        _set_items(self._combos["map_range"], (self.tr("per map"), self.tr("common")))
        _set_items(self._combos["map_sort"], (self.tr("index"), self.tr("mean"), self.tr("max")))
        self._empty.set_texts(
            self.tr("No model is open. Choose one in Models, or train one."),
            self.tr("Go to Models"),
            self.tr("Show the Models tab"),
        )
        self._show_tags()
        self._show_problem()

    def _lay_out(self) -> None:
        left, middle = QVBoxLayout(), self._card.body
        left.setSpacing(theme.GAP)
        left.addWidget(self.input)
        left.addWidget(self.subject, 1)
        for widget in (self._tags["input_shape"], self._arrow, self._tags["output_shape"]):
            self._card.add_to_header(widget)
        layer = QHBoxLayout()
        layer.addWidget(self._layer_text, 1)
        layer.addWidget(self._tags["parameters"])
        tools = QHBoxLayout()
        tools.setSpacing(6)
        for name, combo in self._combos.items():
            tools.addWidget(self._names[name])
            tools.addWidget(combo)
            tools.addSpacing(theme.SPACE)
        tools.addStretch(1)
        middle.addLayout(layer)
        middle.addLayout(tools)
        middle.addWidget(self._problem_label)
        middle.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        for side in (self.input, self.subject, self.detail):
            side.setFixedWidth(_SIDE_WIDTH)
        row.addLayout(left)
        row.addWidget(self._card, 1)
        row.addWidget(self.detail)

    def _connect(self) -> None:
        self.input.picture_changed.connect(self._on_picture)
        self.input.failed.connect(self.failed)
        self.subject.edit_requested.connect(self._edit)
        self._empty.action_requested.connect(self._show_models)
        self._session.open_model_changed.connect(self._on_model)
        self.grid.viewport().installEventFilter(self)
        self.grid.map_selected.connect(self._select)
        self.detail.window_probed.connect(self.input.show_window)
        self._combos["colormap"].currentIndexChanged.connect(self._set_colors)
        self._combos["map_range"].currentIndexChanged.connect(self._set_colors)
        self._combos["map_sort"].currentIndexChanged.connect(self._arrange)

    def _subject(self) -> Subject | None:
        state = self.subject.state
        if state.kind == "layer":
            return OneLayer(state.step, state.seed)
        model = self.subject.model
        return None if model is None else ModelLayer(model, self.subject.chosen_layer)

    def _request(self) -> None:
        self.code_changed.emit()
        picture, subject = self.input.picture, self._subject()
        if subject is None:
            self._jobs.cancel("layers.maps")
            self._clear()
        elif picture is not None:
            work = partial(compute, MapRequest(picture, subject))
            title = self.tr("Feature maps")
            self._jobs.submit(work, done=self._show, failed=self._fail, key="layers.maps", title=title)

    @Slot(object, str)
    def _on_picture(self, picture: object, name: str) -> None:
        self._is_started = True
        self._request()

    @Slot(object)
    def _on_model(self, model: OpenModel | None) -> None:
        self.subject.set_model(model)
        if self.subject.state.kind == "model":
            self._request()

    @Slot()
    def _show_models(self) -> None:
        self._session.tab_requested.emit("models_tab")

    def show_model(self) -> None:
        """Look into the open model."""
        self._edit(replace(self.subject.state, kind="model"), "")

    @Slot(object, str)
    def _edit(self, state: SubjectState, merge_key: str) -> None:
        if state != self.subject.state:
            text = self.tr("change of the layer")
            edit = StateEdit(text, self._apply, self.subject.state, state, merge_key and f"maps.{merge_key}")
            self._session.push_edit(edit)

    def _apply(self, state: SubjectState) -> None:
        self.subject.show_state(state)
        self._request()

    @Slot(object)
    def _show(self, result: MapResult) -> None:
        self._problem = None
        self._show_problem()
        self._result = result
        self.input.show_prepared(result.prepared)
        self._layer_text.set_text(result.title)
        self._show_tags()
        self._arrange()
        self.code_changed.emit()  # the model's own transforms are known now

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._problem = failure
        self._clear()
        self._show_problem()

    def _clear(self) -> None:
        self._result = self._arranged = None
        self._problem = None if self._subject() is None else self._problem
        self._jobs.cancel("layers.arrange")
        self._jobs.cancel("layers.detail")
        self.grid.set_maps(None)
        self.detail.show_detail(None)
        self._layer_text.set_text("")
        self._show_tags()
        self._show_problem()

    def _show_problem(self) -> None:
        self._problem_label.setText("" if self._problem is None else describe(self._problem))
        self._problem_label.setVisible(self._problem is not None)
        self._stack.setCurrentIndex(1 if self._subject() is None else 0)

    def _show_tags(self) -> None:
        result = self._result
        texts = dict.fromkeys(self._tags, "")
        if result is not None:
            texts["input_shape"] = _shape((1, *result.prepared.tensor.shape))
            texts["output_shape"] = _shape(result.output_shape)
            count = f"{result.parameters:,}"
            texts["parameters"] = self.tr("{count} parameters").format(count=count)
        for name, text in texts.items():
            self._tags[name].set_text(text)
        self._arrow.setVisible(result is not None)
        self._card.set_title(self.tr("Feature maps"))

    def _look(self) -> Look:
        return Look(
            sort=_SORTS[self._combos["map_sort"].currentIndex()],
            color_map=self._combos["colormap"].currentText(),
            common=_RANGES[self._combos["map_range"].currentIndex()] == "common",
        )

    @Slot()
    def _arrange(self) -> None:
        if self._result is not None:
            work = partial(arrange, self._result, self._look())
            self._jobs.submit(work, done=self._show_arranged, key="layers.arrange")

    @Slot(object)
    def _show_arranged(self, arranged: Arranged) -> None:
        before, self._arranged = self._arranged, arranged
        if before is not None and (before.result, before.order) == (arranged.result, arranged.order):
            self.grid.set_images(arranged.images)
            self._select(self.grid.current)
            return
        chosen = self.detail.detail.channel if self.detail.detail is not None else 0
        self._fit_grid(arranged.maps.shape)
        captions = self._vector_caption(arranged.result) or arranged.captions
        self.grid.set_maps(arranged.maps, captions, ranges=arranged.ranges, images=arranged.images)
        row = arranged.order.index(chosen) if chosen in arranged.order else 0
        if self.grid.current == row:
            self._select(row)
        else:
            self.grid.select(row)

    def _vector_caption(self, result: MapResult) -> tuple[str, ...]:
        if not result.vector_length:
            return ()
        return (self.tr("{count} numbers, row by row").format(count=result.vector_length),)

    def _fit_grid(self, shape: tuple[int, ...]) -> None:
        """Choose a size of the maps when their number or shape has changed."""
        if shape != self._fitted_shape:
            self._fitted_shape = shape
            self._fit_to_room()

    def _fit_to_room(self) -> None:
        count, height, width = self._fitted_shape
        room = self.grid.viewport().size()
        self._fitted_side = _best_side(count, height / width, room.width() - 12, room.height())
        self.grid.set_zoom(self._fitted_side)
        self._fitted_side = self.grid.zoom

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._fitted_shape and self.grid.zoom == self._fitted_side:
            self._fit_to_room()  # unless a person has chosen another size
        return super().eventFilter(watched, event)

    @Slot(int)
    def _select(self, row: int) -> None:
        arranged = self._arranged
        if arranged is None or not 0 <= row < len(arranged.order):
            return
        work = partial(detail, arranged.result, arranged.order[row], self._look())
        self._jobs.submit(work, done=self._show_detail, key="layers.detail")

    @Slot(object)
    def _show_detail(self, shown: Detail) -> None:
        self.detail.show_detail(shown)

    @Slot()
    def _set_colors(self) -> None:
        look = self._look()
        self.grid.set_color_map(look.color_map)
        self.grid.set_common_range(look.common)
        self.detail.set_color_map(look.color_map)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _best_side(count: int, aspect: float, width: int, height: int) -> int:
    """The largest side at which ``count`` maps fill the room; a small one where they do not fit."""
    best = width // max(1, width // (_SMALL_SIDE + 2 * _MAP_EDGE)) - 2 * _MAP_EDGE
    for columns in range(1, count + 1):
        side = width // columns - 2 * _MAP_EDGE
        rows = ceil(count / columns)
        needed = rows * (side * min(1.0, aspect) + _CAPTION)
        if needed <= height:
            best = max(best, side)
    return best


def _combo(object_name: str, items: tuple[str, ...]) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.addItems(list(items))
    combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return combo


def _set_items(combo: QComboBox, texts: tuple[str, ...]) -> None:
    for index, text in enumerate(texts):
        combo.setItemText(index, text)


def _shape(shape: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, shape)) + "]"
