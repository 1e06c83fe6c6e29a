"""One image, with zoom, pan and a pixel probe."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


class ImageView(QWidget):
    """Shows an image fitted; Ctrl+wheel or pinch zooms, dragging pans, double-click fits again.

    Signals
    -------
    pixel_hovered(int, int, object)
        x, y and the values there (ndarray of the channels), or (-1, -1, None) when the pointer leaves.
    pixel_clicked(int, int)
        x, y of a click on the image.
    """

    pixel_hovered = Signal(int, int, object)
    pixel_clicked = Signal(int, int)

    def __init__(self, object_name: str = "image_view", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_image(self, image: QImage | NDArray[np.uint8] | None, values: NDArray[np.generic] | None = None) -> None:
        """Show ``image`` (uint8 (H, W[, C]) or QImage). ``values`` (H, W[, C]) are what the probe reports;
        the pixels themselves by default. Keeps the zoom if the size stays the same."""

    def fit(self) -> None:
        """Show the whole image."""

    def set_highlight(self, x: int, y: int, width: int, height: int) -> None:
        """Frame a rectangle of pixels (an input window); width 0 removes it."""

    def link(self, other: "ImageView") -> None:
        """Zoom and pan together with ``other``, both ways."""
