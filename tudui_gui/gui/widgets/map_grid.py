"""Feature maps side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListView, QWidget


class FeatureMapGrid(QListView):
    """A grid of float maps, coloured when they are painted.

    Signals
    -------
    map_selected(int)
        Index of the current map (its place in what was given to :meth:`set_maps`), -1: none.
    """

    map_selected = Signal(int)

    def __init__(self, object_name: str = "feature_map_grid", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_maps(self, maps: NDArray[np.float32] | None, captions: Sequence[str] = ()) -> None:
        """Show maps of shape (C, H, W). Keeps the current index where possible."""

    def set_color_map(self, name: str) -> None:
        """One of ``imaging.COLOR_MAPS``."""

    def set_common_range(self, common: bool) -> None:
        """One range for all maps, or each its own."""

    def set_zoom(self, side: int) -> None:
        """Side of a map in pixels."""

    @property
    def current(self) -> int:
        """Index of the current map, or -1."""
