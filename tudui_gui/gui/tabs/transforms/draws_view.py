"""The draws as a grid that holds a hundred as easily as ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from tudui_gui.gui.tabs.transforms.draws_grid import FittingGrid, FittingModel
from tudui_gui.gui.tabs.transforms.draws_painting import PAD, CellState, paint_draw, wrapped
from tudui_gui.gui.tabs.transforms.draws_texts import details, fragments
from tudui_gui.gui.tabs.transforms.draws_work import Draw

#: Lines of numbers at most; their width, which grows with what is written.
_MOST_LINES = 4
_NARROWEST, _WIDEST = 88, 168


class _Draws(FittingModel):
    """The draws that there are so far; the others' places are empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draws: list[Draw] = []

    def reset(self, count: int) -> None:
        self.draws = []
        super().reset(count)

    def add(self, draws: Sequence[Draw]) -> None:
        """Take the next ones."""
        first = len(self.draws)
        self.draws.extend(draws)
        if draws:
            self.dataChanged.emit(self.index(first), self.index(len(self.draws) - 1))

    def at(self, row: int) -> Draw | None:
        """A draw; None while it is not there."""
        return self.draws[row] if 0 <= row < len(self.draws) else None

    def text(self, row: int) -> str:
        draw = self.at(row)
        return details(draw) if draw is not None else ""


class DrawsView(FittingGrid):
    """Pictures with their numbers.

    Signals
    -------
    draw_clicked(int)
        The seed of the draw that was clicked, or Enter pressed on.
    pointed(object)
        The ``Draw`` under the pointer, else the current one, or None.
    copy_requested()
        Ctrl+C.
    menu_requested(object)
        Context menu of the current draw at a global ``QPoint``.
    """

    draw_clicked = Signal(int)
    pointed = Signal(object)
    copy_requested = Signal()
    menu_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._seed = -1
        self._lines, self._width = 1, _NARROWEST
        model = _Draws()
        super().__init__("draws_view", model, parent)
        self._model = model
        self.row_pointed.connect(self._tell_draw)
        self.row_activated.connect(self._choose)
        self.fit()

    @property
    def draws(self) -> tuple[Draw, ...]:
        """What is there so far."""
        return tuple(self._model.draws)

    @property
    def current_draw(self) -> Draw | None:
        """The draw that keys move from."""
        return self._model.at(self.current)

    def expect(self, count: int, *, keeps_place: bool = False) -> None:
        """Make room for ``count`` draws, none of which is there."""
        self._lines, self._width = 1, _NARROWEST
        super().expect(count, keeps_place=keeps_place)

    def add(self, draws: Sequence[Draw]) -> None:
        """Show the next draws."""
        self._model.add(draws)
        self._measure(draws)
        self.viewport().update()
        self.tell_pointed()

    def set_seed(self, seed: int) -> None:
        """Mark the draw whose steps are looked at."""
        self._seed = seed
        self.viewport().update()

    def relabel(self) -> None:
        """Write the captions anew, in another language."""
        self._lines, self._width = 1, _NARROWEST
        self.fit()
        self._measure(self._model.draws)

    def _measure(self, draws: Sequence[Draw]) -> None:
        """Make room for the numbers: as wide as the widest of them, as many lines as the longest need."""
        metrics = QFontMetrics(self.caption_font())
        texts = [fragments(draw) for draw in draws]
        widest = max((metrics.horizontalAdvance(piece) for each in texts for piece in each), default=0)
        width = max(self._width, min(_WIDEST, widest))
        most = max((len(wrapped(each, metrics, width)) for each in texts), default=1)
        lines = max(self._lines, min(_MOST_LINES, most))
        if (width, lines) != (self._width, self._lines):
            self._width, self._lines = width, lines
            self.fit()

    def cell_size(self, side: int) -> QSize:
        line = QFontMetrics(self.caption_font()).height()
        return QSize(max(side, self._width) + 2 * PAD, side + 2 * PAD + (1 + self._lines) * line)

    def paint_cell(self, painter: QPainter, cell: QRect, row: int, state: CellState) -> None:
        draw = self._model.at(row)
        state = replace(state, is_chosen=draw is not None and draw.seed == self._seed)
        paint_draw(painter, cell, draw, state, self._lines)

    @Slot(int)
    def _tell_draw(self, row: int) -> None:
        self.pointed.emit(self._model.at(row))

    @Slot(int)
    def _choose(self, row: int) -> None:
        draw = self._model.at(row)
        if draw is not None:
            self.draw_clicked.emit(draw.seed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.current if by_key else self.row_at(event.pos())
        if self._model.at(row) is None:
            return
        self.make_current(row)
        place = self.cell_rect(row).center() if by_key else event.pos()
        self.menu_requested.emit(self.viewport().mapToGlobal(place))
