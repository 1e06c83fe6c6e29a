"""One map in large: values under the pointer, statistics, and what a convolution's pixel is made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.layers.work import Detail, MapResult
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.map_grid import FeatureMapGrid
from tudui_gui.gui.widgets.tag import Tag

_RGB = ("R", "G", "B")
_MOST_PARTS = 8


class DetailColumn(QScrollArea):
    """Shows a ``Detail``; keeps the probed pixel while other maps of the same size are chosen.

    Signals
    -------
    window_probed(object)
        The ``Window`` of the input that the probed pixel is made of, or ``None``.
    """

    window_probed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_detail")
        self._detail: Detail | None = None
        self._pixel = (0, 0)
        self._color_map = "viridis"
        self._map_card = Card("", "map_card")
        self._value = Tag(object_name="pixel_value")
        self.view = ImageView("map_view")
        self.view.setFixedHeight(150)
        self._sum_name = Label(role="muted")
        self._sum = FactsStrip("pixel_sum")
        self._facts = FactsStrip("map_facts")
        self._histogram = HistogramView("map_histogram")
        self._kernel_card = Card("", "kernel_card")
        self._kernel_size = Tag(object_name="kernel_size_tag")
        self.kernels = FeatureMapGrid("kernel_grid")
        self.kernels.set_zoom(52)
        self.kernels.setFixedHeight(92)
        self._lay_out()
        self.view.pixel_hovered.connect(self._probe)
        self.retranslate_ui()

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._detail

    def set_color_map(self, name: str) -> None:
        """Colour the kernels by ``name``."""
        self._color_map = name
        self.kernels.set_color_map(name)

    def show_detail(self, detail: Detail | None) -> None:
        """Show another map, or nothing."""
        before, self._detail = self._detail, detail
        self.setVisible(detail is not None)
        self._kernel_card.setVisible(detail is not None and detail.result.kernels is not None)
        if detail is None:
            self.view.set_image(None)
            self.window_probed.emit(None)
            return
        if before is None or before.result.maps.shape[1:] != detail.result.maps.shape[1:]:
            height, width = detail.result.maps.shape[1:]
            self._pixel = (width // 2, height // 2) if not detail.result.vector_length else (0, 0)
        self.view.set_image(detail.image, detail.result.maps[detail.channel])
        self._histogram.set_counts(detail.counts, detail.low, detail.high)
        self._show_facts(detail)
        self._show_kernels(detail)
        self._show_pixel()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.view.setAccessibleName(self.tr("The chosen map"))
        self.view.setToolTip(self.tr("Hover a pixel: its value, and the sum it is. Ctrl+wheel zooms"))
        self._histogram.setAccessibleName(self.tr("Histogram of the chosen map"))
        self.kernels.setAccessibleName(self.tr("Weights of the chosen map"))
        self.kernels.setToolTip(self.tr("The kernel of this map, a picture per input channel (layer.weight)"))
        self._sum_name.setText(self.tr("Σ window × kernel"))
        if self._detail is not None:
            self._show_kernels(self._detail)
            self._show_pixel()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self._map_card.add_to_header(self._value)
        for widget in (self.view, self._facts, self._histogram, self._sum_name, self._sum):
            self._map_card.body.addWidget(widget)
        self._kernel_card.add_to_header(self._kernel_size)
        self._kernel_card.body.addWidget(self.kernels)
        column.addWidget(self._map_card)
        column.addWidget(self._kernel_card)
        column.addStretch(1)
        self.hide()
        self._kernel_card.hide()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _show_facts(self, detail: Detail) -> None:
        statistics, channel = detail.result.statistics, detail.channel
        facts = [
            ("min", statistics.minimum[channel]),
            ("max", statistics.maximum[channel]),
            ("mean", statistics.mean[channel]),
            ("std", statistics.std[channel]),
        ]
        left, right = facts[::2], facts[1::2]
        self._facts.set_facts(
            [
                (name, f"{signed(value):<9} {other:<4} {signed(other_value)}")
                for (name, value), (other, other_value) in zip(left, right, strict=True)
            ]
        )

    def _show_kernels(self, detail: Detail) -> None:
        kernels = detail.result.kernels
        if kernels is None:
            return
        weights = kernels[detail.channel]
        self._kernel_card.set_title(self.tr("Kernel {index}").format(index=detail.channel))
        self._kernel_size.set_text("×".join(map(str, weights.shape)))
        names = _channel_names(tuple(range(len(weights))), detail.result.prepared.tensor.shape[0])
        self.kernels.set_maps(weights, names)

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
        height, width = result.maps.shape[1:]
        x, y = min(x, width - 1), min(y, height - 1)
        value = signed(float(result.maps[detail.channel, y, x]))
        if result.vector_length:
            self._map_card.set_title(self.tr("Output"))
            self._value.set_text(f"[{y * width + x}] = {value}")
        else:
            self._map_card.set_title(self.tr("Map {index}").format(index=detail.channel))
            self._value.set_text(f"({x}, {y}) = {value}")
        self._show_sum(result, detail.channel, x, y)

    def _show_sum(self, result: MapResult, channel: int, x: int, y: int) -> None:
        self._sum.setVisible(result.sums is not None)
        self._sum_name.setVisible(result.sums is not None)
        if result.sums is None:
            self.window_probed.emit(None)
            return
        spelled = result.sums.at(channel, y, x)
        names = _channel_names(spelled.channels, result.prepared.tensor.shape[0])
        rows = [(name, signed(part)) for name, part in zip(names, spelled.parts, strict=True)]
        if len(rows) > _MOST_PARTS:
            rest = sum(spelled.parts[_MOST_PARTS:])
            rows = [*rows[:_MOST_PARTS], ("…", signed(rest))]
        rows.append(("bias", signed(spelled.bias or 0.0)))
        rows.append(("   =", signed(spelled.value)))
        self._sum.set_facts(rows)
        self.window_probed.emit(spelled.window)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def signed(value: float) -> str:
    """``"+0.1070"``; four significant digits where the number is large."""
    return f"{value:+.4f}" if abs(value) < 1000 else f"{value:+.4g}"


def _channel_names(channels: tuple[int, ...], count: int) -> list[str]:
    return [_RGB[index] if count == 3 and index < 3 else str(index) for index in channels]
