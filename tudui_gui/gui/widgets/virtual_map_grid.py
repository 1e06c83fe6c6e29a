"""Thousands of feature maps side by side: only those in sight have pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QModelIndex, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView, QWidget

from tudui_gui.gui.widgets.map_grid import FeatureMapGrid, Index, MapModel

#: Pictures that are kept; those seen longest ago go first.
_KEPT = 512
#: More rows are laid out bit by bit, so that the window stays awake.
_LONG = 4096


class MapRows(Protocol):
    """What the grid shows."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of a map."""
        ...

    def caption(self, row: int) -> str:
        """What stands below a map."""
        ...

    def color_range(self, row: int) -> tuple[float, float]:
        """The values of the first and the last colour."""
        ...


class VirtualMapGrid(FeatureMapGrid):
    """A grid of maps whose pictures are made elsewhere, as they come into sight.

    Signals
    -------
    rows_needed(object)
        The rows in sight without a picture, a list of int; :meth:`put_images` is the answer.
    """

    rows_needed = Signal(object)

    def __init__(self, object_name: str = "feature_map_grid", parent: QWidget | None = None) -> None:
        super().__init__(object_name, parent)
        self._asked: list[int] = []
        self.setBatchSize(_LONG)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask)

    def _make_model(self) -> MapModel:
        self._rows = _RowModel(self)
        return self._rows

    def show_rows(self, rows: MapRows | None, images: Mapping[int, QImage] | None = None) -> None:
        """Show other maps and the pictures there are; where number and size stay, so does the place."""
        self._asked = []
        current = self.current
        is_alike = self._rows.is_like(rows)
        self._rows.show(rows, images or {}, is_alike=is_alike)
        if is_alike:
            return
        is_long = self.count > _LONG
        self.setLayoutMode(QListView.LayoutMode.Batched if is_long else QListView.LayoutMode.SinglePass)
        self._lay_out()
        if 0 <= current < self.count:
            self.setCurrentIndex(self._rows.index(current))
        elif current >= 0:
            self.map_selected.emit(-1)

    def put_images(self, images: Mapping[int, QImage]) -> None:
        """Show pictures that were needed."""
        self._asked = []
        self._rows.put(images)

    def drop_images(self) -> None:
        """Ask for every picture anew, as for another size; those there are stay in sight until then."""
        self._asked = []
        self._rows.age()
        self.viewport().update()

    @property
    def visible_rows(self) -> range:
        """The rows in sight, and those a line beside them."""
        cell, area, top = self.gridSize(), self.viewport().size(), self.verticalScrollBar().value()
        columns = max(1, area.width() // max(1, cell.width()))
        first = top // max(1, cell.height()) * columns
        last = ((top + area.height()) // max(1, cell.height()) + 1) * columns
        return range(min(first, self.count), min(last, self.count))

    def color_range(self, index: int) -> tuple[float, float]:
        """The values shown as the first and the last colour in map ``index``."""
        return self._rows.color_range(index)

    def note_missing(self) -> None:
        """A picture was painted that is not there: ask when the painting is done."""
        if not self._rest.isActive():
            self._rest.start(0)

    @Slot()
    def _ask(self) -> None:
        missing = self._rows.take_missing()
        if missing and missing != self._asked:
            self._asked = missing
            self.rows_needed.emit(missing)


class _RowModel(MapModel):
    """Rows from elsewhere, and the pictures made of them so far."""

    def __init__(self, grid: VirtualMapGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._rows: MapRows | None = None
        self._count = 0
        self._pictures: dict[int, QImage] = {}
        self._old: set[int] = set()
        self._missing: set[int] = set()

    def is_like(self, rows: MapRows | None) -> bool:
        """Whether ``rows`` fit into the cells there are."""
        before = self._rows
        return (
            before is not None
            and rows is not None
            and (before.count, before.size, bool(before.caption(0) if before.count else ""))
            == (rows.count, rows.size, bool(rows.caption(0) if rows.count else ""))
        )

    def show(self, rows: MapRows | None, images: Mapping[int, QImage], *, is_alike: bool) -> None:
        """Take other rows and forget every picture."""
        if not is_alike:
            self.beginResetModel()
        self._rows = rows
        self._count = 0 if rows is None else rows.count
        self._pictures, self._old, self._missing = dict(images), set(), set()
        if is_alike:
            self.repaint()
        else:
            self.endResetModel()

    def put(self, images: Mapping[int, QImage]) -> None:
        """Take pictures of some rows; the oldest go where there are too many."""
        for row, image in images.items():
            self._pictures.pop(row, None)
            self._pictures[row] = image
            self._old.discard(row)
        for row in list(self._pictures)[: max(0, len(self._pictures) - _KEPT)]:
            del self._pictures[row]
        self.repaint()

    def age(self) -> None:
        """Show the pictures there are only until there are new ones."""
        self._old = set(self._pictures)

    def take_missing(self) -> list[int]:
        """The rows that were painted without a picture."""
        missing, self._missing = sorted(self._missing), set()
        return missing

    def color_range(self, row: int) -> tuple[float, float]:
        return (0.0, 0.0) if self._rows is None else self._rows.color_range(row)

    @property
    def has_captions(self) -> bool:
        return self._rows is not None and self._rows.count > 0 and bool(self._rows.caption(0))

    @property
    def aspect(self) -> float:
        height, width = (1, 1) if self._rows is None else self._rows.size
        return height / max(1, width)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count  # the view asks for it once a row

    def caption(self, row: int) -> str:
        return "" if self._rows is None else self._rows.caption(row)

    def image(self, row: int) -> QImage | None:
        image = self._pictures.get(row)
        if image is None or row in self._old:
            self._missing.add(row)
            self._grid.note_missing()
        return image
