"""The most likely classes as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class ProbabilityBars(QWidget):
    """A row a class: name, bar, percent.

    Signals
    -------
    row_clicked(int)
        The row, 0 being the first.
    """

    row_clicked = Signal(int)

    def __init__(self, object_name: str = "probability_bars", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_rows(self, rows: Sequence[tuple[str, float]]) -> None:
        """Show (class name, probability 0..1) rows, in this order."""

    @property
    def rows(self) -> tuple[tuple[str, float], ...]:
        """What is shown."""
