"""The card in the middle: the grid of maps, or the list of layers, with what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.layers.layer_list_table import LayerList
from tudui_gui.gui.tabs.layers.maps_facts import LayerFacts
from tudui_gui.gui.tabs.layers.maps_tools import MapTools
from tudui_gui.gui.tabs.layers.work import Arranged, Hints, MapResult
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.widgets.virtual_map_grid import VirtualMapGrid

_VIEWS = ("maps", "layers")
_SMALL_SIDE = 84
_SMALLEST_CELL = 44
# Around a map, and its caption below it.
_MAP_EDGE, _CAPTION = 6, 34
#: Maps that are coloured at first where it is not known how many are in sight.
_FIRST_ROWS = 96


class MapsCard(Card):
    """Shows maps, a problem in their place, or the list of layers; asks for nothing to be computed.

    Signals
    -------
    view_chosen(str)
        ``"maps"`` or ``"layers"``.
    """

    view_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "feature_maps_card", parent)
        self._arranged: Arranged | None = None
        self._problem: Failure | None = None
        self._has_subject = True
        self._fitted: tuple[int, int, int] | None = None
        self._fitted_side = 0
        self.views = SegmentedSwitch("maps_view", _VIEWS)
        self.tools = MapTools()
        self.grid = VirtualMapGrid()
        self.layers = LayerList()
        self.facts = LayerFacts()
        self.empty = EmptyState("sitemap-outline", "layers_no_model")
        self._problem_label = Label(role="error", object_name="layers_problem")
        self._problem_label.setWordWrap(True)
        self._stack = QStackedWidget()
        for widget in (self.grid, self.layers, self.empty):
            self._stack.addWidget(widget)
        self._tags = {
            name: Tag(object_name=f"maps_{name}") for name in ("input_shape", "output_shape", "parameters")
        }
        self._arrow = Label("→", "muted")
        self._layer_text = ElidedLabel(role="mono", object_name="maps_layer")
        self._lay_out()
        self.views.key_chosen.connect(self._choose_view)
        self.layers.layer_opened.connect(self._show_maps)
        self.grid.viewport().installEventFilter(self)
        self.retranslate_ui()
        self._show_what_is_there()

    @property
    def arranged(self) -> Arranged | None:
        """The maps that are shown."""
        return self._arranged

    @property
    def hints(self) -> Hints:
        """What is worth colouring at once."""
        rows = self.grid.visible_rows
        side = round(self.grid.zoom * self.devicePixelRatioF())
        return Hints(rows if len(rows) > 1 else range(_FIRST_ROWS), 0, side)

    def show_arranged(self, arranged: Arranged) -> None:
        """Show maps."""
        is_other = self._arranged is None or self._arranged.result is not arranged.result
        problem = None if arranged.refusal is None else Failure.of(arranged.refusal)
        self._arranged, self._problem, self._has_subject = arranged, problem, True
        self._fit_grid(arranged)
        self.grid.show_rows(arranged, arranged.images)
        self.facts.show_arranged(arranged)
        if is_other:
            self._layer_text.set_text(arranged.result.title)
            self.tools.set_dead(int(arranged.result.statistics.dead.sum()))
            self._show_tags()
        self._show_what_is_there()

    def put_images(self, arranged: Arranged, images: Mapping[int, QImage]) -> None:
        """Show pictures of maps that have come into sight."""
        if arranged is self._arranged:
            self.grid.put_images(images)

    def show_nothing(self, problem: Failure | None, *, has_subject: bool = True) -> None:
        """Show why there are no maps."""
        self._arranged, self._problem, self._has_subject = None, problem, has_subject
        self.grid.show_rows(None)
        self.facts.show_arranged(None)
        self._layer_text.set_text("")
        self._show_tags()
        self._show_what_is_there()

    def set_has_layers(self, has_layers: bool) -> None:
        """Whether there is a list of layers to look at."""
        self.views.set_enabled("layers", has_layers)
        if not has_layers and self.views.key == "layers":
            self._show_maps("")

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end of the line that names the layer."""
        self._line.addWidget(widget)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("Feature maps"))
        self.views.set_texts(
            {
                "maps": (self.tr("Maps"), self.tr("The maps that the chosen layer gives")),
                "layers": (self.tr("All layers"), self.tr("Every layer with the statistics of its output")),
            }
        )
        self.grid.setAccessibleName(self.tr("Feature maps"))
        self.grid.setToolTip(
            self.tr("Click a map or go to it with the arrow keys to see it in large; Ctrl+wheel: size")
        )
        self.empty.set_texts(
            self.tr("No model is open. Choose one in Models, train one, or open a checkpoint."),
            self.tr("Go to Models"),
            self.tr("Show the Models tab"),
        )
        self._show_tags()
        self._show_what_is_there()

    def _lay_out(self) -> None:
        self.lead_with(self.views)
        for widget in (self._tags["input_shape"], self._arrow, self._tags["output_shape"]):
            self.add_to_header(widget)
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.SPACE // 2)
        self._line.addWidget(self._layer_text, 1)
        self._line.addWidget(self._tags["parameters"])
        self.body.setSpacing(theme.SPACE - 2)
        self.body.addLayout(self._line)
        self.body.addWidget(self.tools)
        self.body.addWidget(self._problem_label)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.facts)

    def _show_what_is_there(self) -> None:
        problem = self._problem
        self._problem_label.setText("" if problem is None else describe(problem))
        self._problem_label.setVisible(problem is not None)
        shows_layers = self.views.key == "layers"
        self._stack.setCurrentIndex(2 if not self._has_subject else 1 if shows_layers else 0)
        self.tools.setVisible(self._has_subject and not shows_layers)
        self.facts.setVisible(self._arranged is not None and not shows_layers)

    def _show_tags(self) -> None:
        result = None if self._arranged is None else self._arranged.result
        texts = dict.fromkeys(self._tags, "")
        if result is not None:
            texts["input_shape"] = _shape(input_shape(result))
            texts["output_shape"] = _shape(result.output_shape)
            texts["parameters"] = self.tr("{count} parameters").format(count=f"{result.parameters:,}")
        for name, text in texts.items():
            self._tags[name].set_text(text)
        self._arrow.setVisible(result is not None)

    def _fit_grid(self, arranged: Arranged) -> None:
        """Choose a size of the maps when their number or shape has changed."""
        fitted = (arranged.count, *arranged.size)
        if fitted != self._fitted and arranged.count:
            self._fitted = fitted
            self._fit_to_room()

    def _fit_to_room(self) -> None:
        assert self._fitted is not None
        count, height, width = self._fitted
        room = self.grid.viewport().size()
        self.grid.set_zoom(best_side(count, height / width, room.width() - 12, room.height()))
        self._fitted_side = self.grid.zoom

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_fitted = self._fitted is not None and self.grid.zoom == self._fitted_side
        if event.type() == QEvent.Type.Resize and is_fitted:
            self._fit_to_room()  # unless a person has chosen another size
        return super().eventFilter(watched, event)

    @Slot(str)
    def _choose_view(self, key: str) -> None:
        self._show_what_is_there()
        self.view_chosen.emit(key)

    @Slot(str)
    def _show_maps(self, name: str) -> None:
        self.views.set_key("maps")
        self._choose_view("maps")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def input_shape(result: MapResult) -> tuple[int, ...]:
    """What goes into the layer or the model, with the batch."""
    return tuple(result.prepared.batch.shape)


def best_side(count: int, aspect: float, width: int, height: int) -> int:
    """The largest side at which ``count`` maps fill the room; a small one where they do not fit."""
    best = width // max(1, width // (_SMALL_SIDE + 2 * _MAP_EDGE)) - 2 * _MAP_EDGE
    for columns in range(1, min(count, max(1, width // _SMALLEST_CELL)) + 1):
        beside = width // columns - 2 * _MAP_EDGE
        below = (height / ceil(count / columns) - _CAPTION) / min(1.0, aspect)
        best = max(best, int(min(beside, below)))
    return best


def _shape(shape: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, shape)) + "]"
