"""A place to drop files on, or to click for a file dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget


class DropArea(QFrame):
    """Dashed frame with an icon and two lines of text.

    Signals
    -------
    paths_dropped(object)
        A list of ``Path``, dropped or chosen.
    image_dropped(object)
        A ``QImage`` that was dropped or pasted without a file.
    """

    paths_dropped = Signal(object)
    image_dropped = Signal(object)

    def __init__(self, object_name: str, icon: str = "tray-arrow-down", accepts: Callable[[Path], bool] | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_texts(self, title: str, hint: str = "", filter_text: str = "") -> None:
        """Set the texts; ``filter_text`` is the file dialog's filter, ``"Images (*.png *.jpg)"``."""
