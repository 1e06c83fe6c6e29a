"""What a thumbnail grid shows: captions, files, marks, and a bounded cache of decoded thumbnails."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tudui_gui.gui.widgets.decoding import Loader
from tudui_gui.gui.widgets.files_data import FilesData

_CACHED = 1500
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Mark:
    """A small sign in the corner of a thumbnail.

    Attributes
    ----------
    icon : str
        Of the mdi6 set.
    role : str
        Its colour: a field of ``theme.Tokens``.
    text : str
        What it means, translated; for the tooltip.
    is_dimmed : bool
        Paint the image pale.
    """

    icon: str
    role: str
    text: str
    is_dimmed: bool = False


@dataclass
class DecodedSize:
    """How large thumbnails are needed: ``side`` in pixels of the screen. Read by pool threads."""

    side: int = 128


@dataclass(frozen=True)
class ThumbnailSource:
    """What is shown. Every callable takes a row; all but ``loader`` run on the main thread and must be quick.

    Attributes
    ----------
    count : int
    loader : callable or None
        Row -> QImage or ndarray of uint8 (H, W[, C]); called on pool threads, may raise.
    caption : callable, optional
        Text under the image.
    path : callable, optional
        Its file if it has one.
    marks : callable, optional
        Its :class:`Mark` s.
    tooltip : callable, optional
        Text for the pointer; the caption by default.
    identity : callable, optional
        What the image is, to find its thumbnail again when rows change places; the row by default.
    """

    count: int = 0
    loader: Loader | None = None
    caption: Callable[[int], str] | None = None
    path: Callable[[int], Path | None] | None = None
    marks: Callable[[int], Sequence[Mark]] | None = None
    tooltip: Callable[[int], str] | None = None
    identity: Callable[[int], Hashable] | None = None


class ThumbnailModel(QAbstractListModel):
    """The source of a grid, and the thumbnails that were decoded lately (``None``: broken)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.source = ThumbnailSource()
        self._images: OrderedDict[Hashable, QImage | None] = OrderedDict()

    def reset_source(self, source: ThumbnailSource, *, keeps_images: bool) -> None:
        """Show another source; its identities are those of the one before if ``keeps_images``."""
        self.beginResetModel()
        self.source = source
        if not keeps_images:
            self._images.clear()
        self.endResetModel()

    def forget_images(self) -> None:
        """Have every thumbnail decoded again."""
        self._images.clear()

    def has_image(self, row: int) -> bool:
        """Whether the thumbnail is there (or known to be broken)."""
        return self._identity(row) in self._images

    def image(self, row: int) -> QImage | None:
        """The thumbnail; None while it is not there, and for a broken image."""
        identity = self._identity(row)
        image = self._images.get(identity)
        if image is not None:
            self._images.move_to_end(identity)
        return image

    def is_broken(self, row: int) -> bool:
        """Whether decoding the image failed."""
        return self._images.get(self._identity(row), self) is None

    def add_images(self, images: Sequence[tuple[int, QImage | None]]) -> None:
        """Take decoded thumbnails."""
        for row, image in images:
            self._images[self._identity(row)] = image
        while len(self._images) > _CACHED:
            self._images.popitem(last=False)

    def caption(self, row: int) -> str:
        """The text under the image."""
        return self.source.caption(row) if self.source.caption else ""

    def marks(self, row: int) -> Sequence[Mark]:
        """The signs in the image's corner."""
        return self.source.marks(row) if self.source.marks else ()

    def tooltip(self, row: int) -> str:
        """The text for the pointer: what the image is, and what its marks mean."""
        text = self.source.tooltip(row) if self.source.tooltip else self.caption(row)
        return "\n".join([text, *(mark.text for mark in self.marks(row))])

    def mime_data(self, rows: Sequence[int]) -> QMimeData:
        """What is dragged or copied: the files of ``rows``, else the pixels of the first."""
        path = self.source.path
        if len(rows) and path is not None and path(rows[0]) is not None:
            return FilesData(rows, path)
        data = QMimeData()
        if len(rows) and (image := self.image(rows[0])) is not None:
            data.setImageData(image)
            data.setText(self.caption(rows[0]) or str(rows[0]))
        return data

    def _identity(self, row: int) -> Hashable:
        return self.source.identity(row) if self.source.identity else row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self.source.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.caption(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tooltip(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.mime_data([index.row() for index in indexes])
