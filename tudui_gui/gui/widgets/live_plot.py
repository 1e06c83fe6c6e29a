"""Curves that grow while a network trains."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.files import atomic_write, write_text
from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.plot_canvas import Curve, PlotCanvas
from tudui_gui.gui.widgets.series import Series, decimate

_REDRAW_MS = 50


class LivePlot(QWidget):
    """Appended points are drawn by a 20 Hz timer, only when there are new ones.

    The wheel zooms, dragging pans, double-click shows everything again.

    Signals
    -------
    point_hovered(float, object)
        x under the crosshair and a dict of series name -> value there.
    """

    point_hovered = Signal(float, object)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._series: dict[str, Series] = {}
        self._curves: dict[str, list[Curve]] = {}
        self._dirty: set[str] = set()
        self._smoothing = 0.9
        self._readout = Label(role="mono", object_name=f"{object_name}_readout")
        self._legend = QHBoxLayout()
        self._legend_labels: dict[str, Label] = {}
        self._canvas = PlotCanvas(f"{object_name}_canvas")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self._canvas.hovered.connect(self._hover)
        theme.manager().theme_changed.connect(self._recolor)

    def _lay_out(self) -> None:
        self._legend.setSpacing(theme.GAP)
        self._legend.addStretch(1)
        self._legend.addWidget(self._readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._legend)
        layout.addWidget(self._canvas, 1)

    def add_series(
        self,
        name: str,
        label: str,
        color: str,
        *,
        smoothed: bool = False,
        dashed: bool = False,
        points: bool = False,
    ) -> None:
        """Add a curve.

        Parameters
        ----------
        name : str
            For programs; a series of the same name is replaced.
        label : str
            Translated, shown in the legend.
        color : str
            A field of ``theme.Tokens`` (``"accent"``, ``"reference"``) or ``"series0"`` .. ``"series7"``.
        smoothed : bool
            The raw values are drawn pale under their exponential moving average.
        dashed, points : bool
            How the line looks.
        """
        self.remove_series(name)
        self._series[name] = Series(label, color, smoothed, dashed, points)
        self._curves[name] = []
        mark = Label(object_name=f"{self.objectName()}_legend_{name}")
        mark.setTextFormat(Qt.TextFormat.RichText)
        self._legend_labels[name] = mark
        self._legend.insertWidget(len(self._legend_labels) - 1, mark)
        self._style(name)

    def set_label(self, name: str, label: str) -> None:
        """Change the (translated) label of a series."""
        self._series[name].label = label
        self._style(name)

    def remove_series(self, name: str) -> None:
        """Take a curve away."""
        if self._series.pop(name, None) is None:
            return
        del self._curves[name]
        self._legend_labels.pop(name).deleteLater()
        self._touch("")

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the curves."""
        return tuple(self._series)

    def append(self, name: str, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Add points at the end. Cheap; drawn at the next tick."""
        self._series[name].append(xs, ys, self._smoothing)
        self._touch(name)

    def set_data(self, name: str, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Replace all points of a series."""
        self._series[name].clear()
        self.append(name, xs, ys)

    def clear(self) -> None:
        """Remove all points, keep the series, and show everything again."""
        for name, series in self._series.items():
            series.clear()
            self._touch(name)
        self.fit()

    def set_axes(self, x: str, y: str) -> None:
        """Set the translated axis labels; empty for none."""
        self._canvas.set_labels(x, y)

    def set_smoothing(self, factor: float) -> None:
        """Weight of the past in the moving average, 0 (raw) to below 1."""
        self._smoothing = factor
        for name, series in self._series.items():
            series.smooth_again(factor)
            self._touch(name)

    def set_log(self, log: bool) -> None:
        """Logarithmic y axis."""
        self._canvas.set_log(log)

    def fit(self) -> None:
        """Show every point, and keep doing so as points arrive."""
        self._canvas.fit()

    def data(self, name: str) -> tuple[list[float], list[float]]:
        """All points of a series."""
        series = self._series[name]
        return series.xs.tolist(), series.ys.tolist()

    @property
    def smoothed_data(self) -> dict[str, list[float]]:
        """The moving averages of the smoothed series."""
        return {name: s.smooth.tolist() for name, s in self._series.items() if s.smoothed}

    @Slot()
    def redraw(self) -> None:
        """Draw what has changed since the last time. Called by the timer."""
        for name in self._dirty & self._series.keys():
            self._curves[name] = self._curves_of(self._series[name])
        self._dirty.clear()
        self._canvas.set_curves([curve for curves in self._curves.values() for curve in curves])

    def _curves_of(self, series: Series) -> list[Curve]:
        width = max(64, self._canvas.width())
        color = _color(series.color)
        if not series.smoothed:
            points = decimate(series.xs, series.ys, width)
            return [Curve(*points, color, 2.0, series.dashed, series.points)]
        pale = QColor(color)
        pale.setAlphaF(0.4)
        raw = Curve(*decimate(series.xs, series.ys, width), pale)
        average = decimate(series.xs, series.smooth, width // 2)
        return [raw, Curve(*average, color, 2.0, series.dashed, series.points)]

    def export_png(self, path: Path) -> None:
        """Write the plot as it looks now. Raises ``StorageError``."""
        self.redraw()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.grab().save(buffer, "PNG")
        with atomic_write(path) as stream:
            stream.write(buffer.data().data())

    def export_csv(self, path: Path) -> None:
        """Write ``series,x,y`` rows. Raises ``StorageError``."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["series", "x", "y"])
        for name in self._series:
            writer.writerows([name, x, y] for x, y in zip(*self.data(name), strict=True))
        write_text(path, text.getvalue())

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 110)

    def _touch(self, name: str) -> None:
        self._dirty.add(name)
        if not self._timer.isActive():
            self._timer.start()

    def _style(self, name: str) -> None:
        series = self._series[name]
        color = _color(series.color).name()
        self._legend_labels[name].setText(f'<span style="color:{color}">&#9644;</span> {series.label}')
        self._touch(name)

    @Slot(object)
    def _recolor(self, tokens: theme.Tokens) -> None:
        for name in self._series:
            self._style(name)
        self._canvas.update()

    @Slot(object)
    def _hover(self, x: float | None) -> None:
        if x is None:
            self._readout.clear()
            return
        values = {name: y for name, s in self._series.items() if (y := s.value_at(x)) is not None}
        texts = (f"{self._series[name].label} {value:.4g}" for name, value in values.items())
        self._readout.setText("  ".join([f"{x:.0f}", *texts]))
        self.point_hovered.emit(x, values)


def _color(name: str) -> QColor:
    tokens = theme.tokens()
    if name.startswith("series"):
        return QColor(tokens.series[int(name.removeprefix("series")) % len(tokens.series)])
    return QColor(getattr(tokens, name))
