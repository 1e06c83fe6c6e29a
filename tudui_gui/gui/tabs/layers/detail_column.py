"""One map in large: values under the pointer, what they are made of and see, its statistics and weights."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.layers.before_after_card import BeforeAfterCard
from tudui_gui.gui.tabs.layers.detail_work import Fields, Insight, field_work, insight_work
from tudui_gui.gui.tabs.layers.kernel_card import KernelCard, Weights
from tudui_gui.gui.tabs.layers.work import Detail, MapResult, ModelLayer, OneLayer
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.map_grid import FeatureMapGrid
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.explaining import Explained
from tudui_gui.layers.pixel_sums import Window

_RGB = ("R", "G", "B")
_MOST_PARTS = 8
_MAP_HEIGHT, _SEEN_HEIGHT = 150, 120


class DetailColumn(QScrollArea):
    """Shows a ``Detail``; keeps the probed pixel while other maps of the same size are chosen.

    Signals
    -------
    window_probed(object)
        The ``Window`` of the input that the probed pixel sees, or ``None``; for what goes into a layer or
        chain. For a model it is framed here, in the tensor that goes into it.
    weights_edited(object)
        All weights of the layer, float32 (out, in, kh, kw), with those of the shown map edited.
    kernel_reset_requested(int)
        The own weights of this map again.
    """

    window_probed = Signal(object)
    weights_edited = Signal(object)
    kernel_reset_requested = Signal(int)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_detail")
        self._jobs = jobs
        self._detail: Detail | None = None
        self._insight: Insight | None = None
        self._fields = Fields()
        self._pixel = (0, 0)
        self._map_card = Card("", "map_card")
        self._value = Tag(object_name="pixel_value")
        self.view = ImageView("map_view")
        self.view.setFixedHeight(_MAP_HEIGHT)
        self._sum_name = Label(role="muted")
        self._sum = FactsStrip("pixel_sum")
        self._formula = Label(role="mono", object_name="pixel_formula")
        self._formula.setWordWrap(True)
        self._facts = FactsStrip("map_facts")
        self._histogram = HistogramView("map_histogram")
        self._seen_card = Card("", "receptive_card")
        self._seen_size = Tag(object_name="receptive_size")
        self.seen = ImageView("receptive_view")
        self.seen.setFixedHeight(_SEEN_HEIGHT)
        self._seen_text = Label(role="muted", object_name="receptive_problem")
        self._seen_text.setWordWrap(True)
        self.pairs = BeforeAfterCard()
        self.kernel_card = KernelCard()
        self._lay_out()
        self.view.pixel_hovered.connect(self._probe)
        self.kernel_card.weights_edited.connect(self._edit_weights)
        self.kernel_card.reset_requested.connect(self._ask_reset)
        self.retranslate_ui()

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._detail

    @property
    def insight(self) -> Insight | None:
        """What is known of the shown result besides the maps, once it is there."""
        return self._insight

    @property
    def kernels(self) -> FeatureMapGrid:
        """The weights as pictures."""
        return self.kernel_card.pictures

    def set_color_map(self, name: str) -> None:
        """Colour the kernels by ``name``."""
        self.kernel_card.set_color_map(name)

    def show_detail(self, detail: Detail | None) -> None:
        """Show another map, or nothing."""
        before, self._detail = self._detail, detail
        self.setVisible(detail is not None)
        if detail is None:
            self._jobs.cancel("layers.insight")
            self._jobs.cancel("layers.field")
            self.view.set_image(None)
            self.window_probed.emit(None)
            return
        if before is None or before.values.shape != detail.values.shape:
            height, width = detail.values.shape
            self._pixel = (width // 2, height // 2) if not detail.result.vector_length else (0, 0)
        if self._insight is not None and self._insight.result is not detail.result:
            self._insight = None
        self.view.set_image(detail.image, detail.values)
        self._histogram.set_counts(detail.counts, detail.low, detail.high)
        self._show_facts(detail)
        self._show_kernels(detail)
        self._show_pixel()
        request = partial(insight_work, detail.result, detail.channel, self._insight)
        self._jobs.submit(request, done=self._take_insight, key="layers.insight")

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self._map_card.add_to_header(self._value)
        for widget in (
            self.view,
            self._sum_name,
            self._sum,
            self._formula,
            self._facts,
            self._histogram,
        ):
            self._map_card.body.addWidget(widget)
        self._seen_card.add_to_header(self._seen_size)
        self._seen_card.body.addWidget(self.seen)
        self._seen_card.body.addWidget(self._seen_text)
        for card in (self._map_card, self._seen_card, self.pairs, self.kernel_card):
            column.addWidget(card)
        column.addStretch(1)
        for hidden in (self, self._seen_card, self.pairs, self.kernel_card, self._sum, self._formula):
            hidden.hide()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # -- what is shown ---------------------------------------------------------------------------------------

    def _show_facts(self, detail: Detail) -> None:
        statistics, channel = detail.result.statistics, detail.channel
        facts = [
            ("min", statistics.minimum[channel]),
            ("max", statistics.maximum[channel]),
            ("mean", statistics.mean[channel]),
            ("std", statistics.std[channel]),
        ]
        rows = [
            (name, f"{signed(value):<9} {other:<4} {signed(other_value)}")
            for (name, value), (other, other_value) in zip(facts[::2], facts[1::2], strict=True)
        ]
        odd = {"NaN": int(statistics.nan[channel]), "inf": int(statistics.inf[channel])}
        rows += [(name, f"{count:,}") for name, count in odd.items() if count]
        self._facts.set_facts(rows)

    def _show_kernels(self, detail: Detail) -> None:
        kernels = detail.result.kernels
        self.kernel_card.setVisible(kernels is not None)
        if kernels is None:
            return
        weights, subject = kernels[detail.channel], detail.result.request.subject
        names = _channel_names(tuple(range(len(weights))), len(weights))
        is_edited = any(edit.channel == detail.channel for edit in subject.edits)
        self.kernel_card.show_weights(weights, names, detail.channel, editable=True, is_edited=is_edited)

    @Slot(object)
    def _take_insight(self, insight: Insight) -> None:
        if self._detail is None or insight.result is not self._detail.result:
            return
        self._insight = insight
        self.pairs.show_pairs(insight.pairs)
        self._seen_card.setVisible(insight.seen is not None)
        if insight.seen is not None:
            self.seen.set_image(insight.seen)
        self._show_pixel()

    @Slot(int, int, object)
    def _probe(self, x: int, y: int, values: object) -> None:
        if x >= 0 and self._detail is not None:
            self._pixel = (x, y)
            self._show_pixel()

    def _show_pixel(self) -> None:
        detail, (x, y) = self._detail, self._pixel
        if detail is None:
            return
        result = detail.result
        height, width = detail.values.shape
        x, y = min(x, width - 1), min(y, height - 1)
        number = float(detail.values[y, x])
        value = signed(number)
        if result.vector_length:
            place = y * width + x
            self._map_card.set_title(self.tr("Output"))
            self._value.set_text(f"[{place}] = {value}")
            self._show_origin(result, self._explained(0, 0, place) if place < result.vector_length else None)
        else:
            self._map_card.set_title(self.tr("Map {index}").format(index=detail.channel))
            self._value.set_text(f"({x}, {y}) = {value}")
            self._show_origin(result, self._explained(detail.channel, y, x))
        self._ask_field(result, y, x)

    def _explained(self, channel: int, y: int, x: int) -> Explained | None:
        insight, detail = self._insight, self._detail
        if insight is None or insight.explainer is None or detail is None:
            return None
        return insight.explainer.at(channel, y, x) if insight.result is detail.result else None

    def _show_origin(self, result: MapResult, told: Explained | None) -> None:
        parts = () if told is None else told.parts
        self.kernel_card.show_window(None if told is None else told.taken)
        self._sum.setVisible(bool(parts))
        self._sum_name.setVisible(told is not None)
        self._formula.setVisible(told is not None and not parts)
        if told is None:
            return
        if not parts:
            self._formula.setText(told.text)
            self._formula.setAccessibleName(told.text)
            return
        count = 0 if result.given is None else len(result.given)
        rows = [(_named(name, count), signed(part)) for name, part in parts if name != "bias"]
        bias = sum(part for name, part in parts if name == "bias")
        if len(rows) > _MOST_PARTS + 1:
            rest = sum(part for name, part in parts[_MOST_PARTS:] if name != "bias")
            rows = [*rows[:_MOST_PARTS], ("…", signed(rest))]
        self._sum.set_facts([*rows, ("bias", signed(bias)), ("   =", signed(told.value))])

    # -- what is seen ----------------------------------------------------------------------------------------

    def _ask_field(self, result: MapResult, y: int, x: int) -> None:
        if result.vector_length and isinstance(result.request.subject, OneLayer):
            self._show_field(None)
            return
        self._jobs.submit(
            partial(field_work, self._fields, result, y, x),
            done=self._show_field,
            failed=self._show_no_field,
            key="layers.field",
        )

    @Slot(object)
    def _show_field(self, window: Window | None) -> None:
        detail = self._detail
        is_model = detail is not None and isinstance(detail.result.request.subject, ModelLayer)
        self._seen_text.hide()
        self._seen_size.set_text("" if window is None else f"{window.width} × {window.height}")
        if not is_model:
            self.window_probed.emit(window)
            return
        self.window_probed.emit(None)
        self._frame_seen(window)

    def _frame_seen(self, window: Window | None) -> None:
        image, detail = self.seen.image, self._detail
        if window is None or image is None or detail is None:
            self.seen.set_highlight(0, 0, 0, 0)
            return
        height, width = detail.result.prepared.tensor.shape[1:]
        across, down = image.width() / width, image.height() / height
        left, top = round(window.x * across), round(window.y * down)
        right, bottom = round((window.x + window.width) * across), round((window.y + window.height) * down)
        self.seen.set_highlight(left, top, max(1, right - left), max(1, bottom - top))

    @Slot(object)
    def _show_no_field(self, failure: Failure) -> None:
        self._show_field(None)
        self._seen_text.setText(describe(failure))
        self._seen_text.show()

    # -- edits -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _edit_weights(self, weights: Weights) -> None:
        detail = self._detail
        if detail is None or detail.result.kernels is None:
            return
        kernels = np.array(detail.result.kernels)
        kernels[detail.channel] = weights
        self.weights_edited.emit(kernels)

    @Slot()
    def _ask_reset(self) -> None:
        if self._detail is not None:
            self.kernel_reset_requested.emit(self._detail.channel)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.view.setAccessibleName(self.tr("The chosen map"))
        self.view.setToolTip(self.tr("Hover a pixel: its value, and the sum it is. Ctrl+wheel zooms"))
        self._histogram.setAccessibleName(self.tr("Histogram of the chosen map"))
        self._sum_name.setText(self.tr("What this number is made of"))
        self._seen_card.set_title(self.tr("Receptive field"))
        self.seen.setAccessibleName(self.tr("The tensor that goes into the model"))
        self.seen.setToolTip(self.tr("Framed: the part of the input that the probed pixel can see"))
        if self._detail is not None:
            self._show_pixel()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def signed(value: float) -> str:
    """``"+0.1070"``; four significant digits where the number is large."""
    return f"{value:+.4f}" if abs(value) < 1000 else f"{value:+.4g}"


def _named(name: str, count: int) -> str:
    return _RGB[int(name)] if count == 3 and name.isdecimal() else name


def _channel_names(channels: tuple[int, ...], count: int) -> list[str]:
    return [_RGB[index] if count == 3 and index < 3 else str(index) for index in channels]
