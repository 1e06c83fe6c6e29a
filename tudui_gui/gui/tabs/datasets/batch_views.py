"""A batch as pictures, in numbers, and by its classes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.batch_numbers import BatchClasses, BatchNumbers
from tudui_gui.gui.tabs.datasets.batch_pictures import BatchPictures, Pictured
from tudui_gui.gui.widgets.labels import Label

_LEAST = 36
VIEWS = ("before", "after", "numbers", "classes")


class BatchViews(QStackedWidget):
    """One of them at a time.

    Signals
    -------
    chosen(str)
        What the chosen picture is; empty: none is.
    image_requested(int)
        Index of an image in its set.
    """

    chosen = Signal(str)
    image_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = (BatchPictures("batch_grid"), BatchPictures("batch_other_grid"))
        self.numbers = BatchNumbers()
        self.classes = BatchClasses()
        self._nothing = Label(role="muted", object_name="batch_nothing")
        self._nothing.setWordWrap(True)
        self._nothing.setMinimumWidth(1)
        side_by_side = QWidget()
        row = QHBoxLayout(side_by_side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for each in self.pictures:
            row.addWidget(each, 1)
            each.chosen.connect(self.chosen)
            each.image_requested.connect(self.image_requested)
        # Text above it may need a second line.
        self.setMinimumHeight(_LEAST)
        for page in (side_by_side, self.numbers, self.classes, self._nothing):
            self.addWidget(page)

    def show_pictures(self, shown: Sequence[Pictured | None]) -> None:
        """Pictures of one epoch, or of two side by side; None: not there yet."""
        self.setCurrentIndex(0)
        self.pictures[1].setVisible(len(shown) > 1)
        for each, pictured in zip(self.pictures, shown, strict=False):
            each.show_pictures(pictured)

    def show_numbers(self) -> None:
        """The page :attr:`numbers`."""
        self.setCurrentWidget(self.numbers)

    def show_classes(self) -> None:
        """The page :attr:`classes`."""
        self.setCurrentWidget(self.classes)

    def show_nothing(self, text: str) -> None:
        """Why there is nothing to show."""
        self._nothing.setText(text)
        self.setCurrentWidget(self._nothing)
