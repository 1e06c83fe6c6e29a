"""Curves that grow while a network trains."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class LivePlot(QWidget):
    """A pyqtgraph plot; appended points are drawn by a 20 Hz timer, only when there are new ones.

    Signals
    -------
    point_hovered(float, object)
        x under the crosshair and a dict of series name -> value there.
    """

    point_hovered = Signal(float, object)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def add_series(self, name: str, label: str, color: str, *, smoothed: bool = False, dashed: bool = False,
                   points: bool = False) -> None:
        """Add a curve. ``color``: a field of ``theme.Tokens`` (``"accent"``, ``"reference"``) or ``"series0"``..``"series7"``.
        ``smoothed``: the raw values are drawn pale under an exponential moving average."""

    def set_label(self, name: str, label: str) -> None:
        """Change the (translated) label of a series."""

    def remove_series(self, name: str) -> None:
        """Take a curve away."""

    def append(self, name: str, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Add points at the end. Cheap; drawn at the next tick."""

    def set_data(self, name: str, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Replace all points of a series."""

    def clear(self) -> None:
        """Remove all points, keep the series."""

    def set_axes(self, x: str, y: str) -> None:
        """Set the translated axis labels; empty for none."""

    def set_smoothing(self, factor: float) -> None:
        """Weight of the past in the moving average, 0 (raw) to below 1."""

    def set_log(self, log: bool) -> None:
        """Logarithmic y axis."""

    def data(self, name: str) -> tuple[list[float], list[float]]:
        """All points of a series."""

    def export_png(self, path: Path) -> None:
        """Write the plot as it looks now. Raises ``StorageError``."""

    def export_csv(self, path: Path) -> None:
        """Write ``series,x,y`` rows. Raises ``StorageError``."""
