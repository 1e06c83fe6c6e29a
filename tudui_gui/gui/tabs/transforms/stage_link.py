"""One probe and one zoom over all stages and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from tudui_gui.gui.tabs.transforms.stage_column import StageColumn
from tudui_gui.gui.tabs.transforms.stage_pictures import Place
from tudui_gui.gui.tabs.transforms.stage_rows import SeenRow
from tudui_gui.gui.widgets.zooming import Zoom


@dataclass(frozen=True)
class Probe:
    """A place in one stage of a row, as it was pointed at; ``is_pinned``: the pointer may go."""

    row: int
    column: int
    place: Place
    is_pinned: bool = False


@dataclass(frozen=True)
class _Look:
    """The zoom of the stage that was zoomed."""

    row: int = 0
    column: int = 0
    zoom: Zoom = field(default_factory=Zoom)


class StageLink(QObject):
    """Passes the probe and the zoom of one picture on to all others, traced through the steps.

    Signals
    -------
    step_chosen(int)
        Index of the step whose picture was clicked.
    row_chosen(int)
        Another row was clicked or chosen by keyboard.
    """

    step_chosen = Signal(int)
    row_chosen = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: list[StageColumn] = []
        self._rows: Sequence[SeenRow] = ()
        self._chosen = 0
        self._probe: Probe | None = None
        self._look = _Look()

    @property
    def probe(self) -> Probe | None:
        """The pixel that is probed now."""
        return self._probe

    def add(self, column: StageColumn) -> None:
        """Link another column, the next one to the right."""
        self._columns.append(column)
        view = column.view
        view.pointed.connect(self._point)
        view.pinned.connect(self._pin)
        view.probe_moved.connect(self._move_probe)
        view.released.connect(self.release)
        view.row_chosen.connect(self._choose_row)
        view.zoom_changed.connect(self._zoom)

    def show_rows(self, rows: Sequence[SeenRow], chosen: int) -> None:
        """Link the columns of other results; the probe stays at its place in the input."""
        self._probe = self._carried(rows)
        if self._look.row >= len(rows) or (rows and self._look.column >= len(rows[0].pictures)):
            self._look = _Look()
        self._rows, self._chosen = rows, chosen
        self._show_zoom()
        self._show_probe()

    def _carried(self, rows: Sequence[SeenRow]) -> Probe | None:
        probe = self._probe
        if probe is None or probe.row >= len(rows) or probe.row >= len(self._rows):
            return None
        before, after = self._rows[probe.row], rows[probe.row]
        if before.row.input is not after.row.input:
            return None
        origin = before.trace(probe.column, probe.place)[0]
        if origin is not None:
            return Probe(probe.row, 0, origin, probe.is_pinned)
        return probe if probe.column < len(after.pictures) else None

    # The probe

    @Slot(int, int, object)
    def _point(self, column: int, row: int, place: Place | None) -> None:
        if self._probe is None or not self._probe.is_pinned:
            self._set_probe(None if place is None else Probe(row, column, place))

    @Slot(int, int, object)
    def _pin(self, column: int, row: int, place: Place | None) -> None:
        before, probe = self._probe, None if place is None else Probe(row, column, place, True)
        is_same = before is not None and before.is_pinned and self._pixel(before) == self._pixel(probe)
        self._set_probe(None if is_same else probe)
        self._choose_row(row)
        if column > 0:
            self.step_chosen.emit(column - 1)

    @Slot(int, int, int)
    def _move_probe(self, column: int, dx: int, dy: int) -> None:
        row = self._probe.row if self._probe is not None else self._chosen
        size = self._rows[row].size(column) if row < len(self._rows) else None
        if size is None:
            return
        height, width = size
        marks = self._marks()
        place = marks[column] if column < len(marks) else None
        x, y = (width / 2, height / 2) if place is None else (place[0] + dx, place[1] + dy)
        # In the middle of a pixel, so that rounding on the way never leads to its neighbour.
        middle = (min(max(int(x), 0), width - 1) + 0.5, min(max(int(y), 0), height - 1) + 0.5)
        self._set_probe(Probe(row, column, middle, True))
        self._keep_in_view(column, row, middle)

    @Slot()
    def release(self) -> None:
        """Let the probe go."""
        self._set_probe(None)

    def _set_probe(self, probe: Probe | None) -> None:
        if self._pixel(probe) != self._pixel(self._probe) or probe is None or probe.is_pinned:
            self._probe = probe
            self._show_probe()

    def _pixel(self, probe: Probe | None) -> object:
        if probe is None:
            return None
        return probe.row, probe.column, int(probe.place[0]), int(probe.place[1])

    def _marks(self) -> tuple[Place | None, ...]:
        """Where the probe is in each column."""
        probe = self._probe
        if probe is None or probe.row >= len(self._rows):
            return ()
        return self._rows[probe.row].trace(probe.column, probe.place)

    def _show_probe(self) -> None:
        marks = self._marks()
        row = self._probe.row if self._probe is not None else self._chosen
        values = [self._value(row, column, place) for column, place in enumerate(marks)]
        lead = f"{row + 1}: " if row != self._chosen else ""
        for column in self._columns:
            at = column.column
            place = marks[at] if at < len(marks) else None
            column.view.show_marks([place if each == row else None for each in range(len(self._rows))])
            column.details.show_pixel(place, values[at] if place is not None else None, lead)
            before, after = (values[at - 1], values[at]) if 0 < at < len(marks) else (None, None)
            column.details.show_formula(before, after)

    def _value(self, row: int, column: int, place: Place | None) -> object:
        return None if place is None else self._rows[row].value_at(column, place)

    # The rows

    @Slot(int)
    def _choose_row(self, row: int) -> None:
        if 0 <= row < len(self._rows) and row != self._chosen:
            self.row_chosen.emit(row)

    # The zoom

    @Slot(int, int, object)
    def _zoom(self, column: int, row: int, zoom: Zoom) -> None:
        self._look = _Look(row, column, zoom.limited())
        self._show_zoom()

    def _show_zoom(self) -> None:
        by_row = [self._zooms(row) for row in self._rows]
        for column in self._columns:
            column.view.show_zooms([zooms[column.column] for zooms in by_row if column.column < len(zooms)])

    def _zooms(self, row: SeenRow) -> list[Zoom]:
        """The zoom of each column: as large, and the same place in the middle where it is known."""
        look, count = self._look, len(row.pictures)
        size = row.size(look.column)
        if look.zoom.factor == 1.0 or size is None:
            return [look.zoom] * count
        places = row.trace(look.column, (look.zoom.x * size[1], look.zoom.y * size[0]))
        zooms = [_centred(look.zoom, place, row.size(column)) for column, place in enumerate(places)]
        zooms[look.column] = look.zoom
        return zooms

    def _keep_in_view(self, column: int, row: int, place: Place) -> None:
        """Go along with a probe that leaves what is seen of its picture."""
        view, size = self._columns[column].view, self._rows[row].size(column)
        zoom, seen = view.zoom_of(row), view.room(row)
        if zoom.factor > 1.0 and size is not None:
            pixel = view.pixel_rect(int(place[0]), int(place[1]), row)
            if not seen.contains(pixel.center()):
                self._zoom(column, row, zoom.at(place[0] / size[1], place[1] / size[0]))


def _centred(zoom: Zoom, place: Place | None, size: tuple[int, int] | None) -> Zoom:
    if place is None or size is None:
        return zoom
    return zoom.at(place[0] / size[1], place[1] / size[0])
