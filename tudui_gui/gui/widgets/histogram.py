"""A histogram painted from its counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget


class HistogramView(QWidget):
    """One outline a channel: red, green and blue for three, the text colour for one."""

    def __init__(self, object_name: str = "histogram", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_counts(self, counts: NDArray[np.integer] | None, low: float = 0.0, high: float = 1.0) -> None:
        """Show counts of shape (bins,) or (channels, bins) over the range ``low``..``high``."""
