"""A grid of thumbnails that holds 100,000 images as easily as ten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListView, QWidget

#: Runs on a pool thread: index -> QImage, or ndarray of uint8 (H, W[, C]). May raise; the cell then shows a broken image.
Loader = Callable[[int], Any]


class ThumbnailGrid(QListView):
    """Decodes only what is visible, off the main thread, nearest first; the rest waits or is dropped.

    Signals
    -------
    current_changed(int)
        The current index (-1: none).
    index_activated(int)
        Double click or Enter.
    large_view_requested(int)
        Space.
    image_menu_requested(int, object)
        Context menu: index and global ``QPoint``.
    """

    current_changed = Signal(int)
    index_activated = Signal(int)
    large_view_requested = Signal(int)
    image_menu_requested = Signal(int, object)

    def __init__(self, object_name: str = "thumbnail_grid", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_source(self, count: int, loader: Loader | None, caption: Callable[[int], str] | None = None) -> None:
        """Show ``count`` images. ``caption`` runs on the main thread and must be quick."""

    def set_zoom(self, side: int) -> None:
        """Side of a thumbnail in pixels, 24..256."""

    @property
    def current(self) -> int:
        """The current index, or -1."""

    def select(self, index: int) -> None:
        """Make ``index`` current and scroll to it."""
