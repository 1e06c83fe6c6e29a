"""The images of one batch with their labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget
from torch import Tensor

from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui.imaging import Pixels
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.images.conversion import to_uint8
from tudui_gui.transforms.normalized import denormalized
from tudui_gui.transforms.pipeline import Pipeline

_THUMBNAIL = 44


@dataclass(frozen=True, eq=False)
class Pictured:
    """What to show: images of a set, as they are or as ``tensors`` has them (one each).

    ``undone``: a pipeline whose Normalize steps are undone for the eye.
    """

    image_set: ImageSet
    indices: tuple[int, ...]
    tensors: Tensor | None = None
    undone: Pipeline = Pipeline()  # noqa: RUF009 - frozen

    def pixels(self, place: int) -> Pixels:
        """The picture at ``place`` of the batch. On any thread."""
        if self.tensors is not None:
            return to_uint8(denormalized(self.tensors[place], self.undone))
        return np.asarray(self.image_set.image(self.indices[place]))

    def label(self, place: int) -> str:
        """Its class."""
        return self.image_set.label_name(self.indices[place])


class BatchPictures(QWidget):
    """A grid; pointing at a picture or choosing it says which image it is.

    Signals
    -------
    chosen(str)
        What the chosen picture is; empty: none is.
    image_requested(int)
        Double click, Enter or Space: index in the image set.
    """

    chosen = Signal(str)
    image_requested = Signal(int)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Pictured | None = None
        self.grid = _Grid(object_name)
        self.grid.set_zoom(_THUMBNAIL)
        self.grid.describe = self._describe
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        self.grid.current_changed.connect(self._choose)
        self.grid.index_activated.connect(self._request)
        self.grid.large_view_requested.connect(self._request)
        self.retranslate_ui()

    @property
    def pictured(self) -> Pictured | None:
        """What is shown."""
        return self._shown

    def show_pictures(self, pictured: Pictured | None) -> None:
        """Show other pictures; None: none."""
        self._shown = pictured
        if pictured is None:
            self.grid.set_source(0, None)
        else:
            self.grid.set_source(len(pictured.indices), pictured.pixels, pictured.label)

    def _describe(self, place: int) -> str:
        shown = self._shown
        if shown is None or not 0 <= place < len(shown.indices):
            return ""
        index = shown.indices[place]
        return self.tr("image {index}: {name}, {label}").format(
            index=index, name=shown.image_set.name(index), label=shown.label(place)
        )

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.chosen.emit(self._describe(place))

    @Slot(int)
    def _request(self, place: int) -> None:
        if self._shown is not None:
            self.image_requested.emit(self._shown.indices[place])

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.grid.setAccessibleName(self.tr("Images of the batch"))
        text = self.tr("In the loader's order; double click shows one large among the images of its part")
        self.grid.setAccessibleDescription(text)
        self.grid.setToolTip(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _Grid(ThumbnailGrid):
    """A grid whose tooltips say more than its captions."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self.describe: Callable[[int], str] = str

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.describe(index.row()) if index.isValid() else "", self)
            return True
        return super().viewportEvent(event)
