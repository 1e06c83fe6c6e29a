"""Boxes of steps one below the other: each stays with its step when others come, go or move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.widgets.step_box import StepBox

#: Boxes kept for steps to come; a new one takes longer to style than to fill.
_SPARE = 32
#: Milliseconds after an edit until a box for the next one is made.
_REST = 200


class StepList(QWidget):
    """Shows steps and says what a person wants done with them; the owner does that, then :meth:`show_steps`.

    Parameters
    ----------
    prefix : str
        The boxes' objectNames are ``<prefix>_0``, ``<prefix>_1`` ...
    make_box : callable
        ``make_box(prefix, index)`` gives a new box.
    prepares : bool
        Whether a box for a step to come is made when nothing happens, so that adding one is quick.

    Signals
    -------
    chosen(int)
        A box was clicked or is being edited.
    step_changed(int, object, str)
        As of :class:`StepBox`.
    edit_ended()
    toggle_requested(int), remove_requested(int), duplicate_requested(int)
    move_requested(int, int)
        From which place to which.
    drag_moved(int)
        The pointer's global y while a box is dragged.
    """

    chosen = Signal(int)
    step_changed = Signal(int, object, str)
    edit_ended = Signal()
    toggle_requested = Signal(int)
    remove_requested = Signal(int)
    duplicate_requested = Signal(int)
    move_requested = Signal(int, int)
    drag_moved = Signal(int)

    def __init__(
        self,
        prefix: str,
        make_box: Callable[[str, int], StepBox] = StepBox,
        parent: QWidget | None = None,
        *,
        prepares: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "scrolled")
        self._prefix = prefix
        self._make_box = make_box
        self._boxes: list[StepBox] = []
        self._spare: list[StepBox] = []
        self._is_arranging = False
        self._rest: QTimer | None = None
        if prepares:
            self._rest = QTimer(self)
            self._rest.setSingleShot(True)
            self._rest.setInterval(_REST)
            self._rest.timeout.connect(self._prepare)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 2, 0)
        self._layout.setSpacing(theme.SPACE)
        self._layout.addStretch(1)
        self._line = QFrame(self)
        self._line.setObjectName(_line_name(prefix))
        self._line.setFrameShape(QFrame.Shape.HLine)
        self._line.hide()

    @property
    def boxes(self) -> tuple[StepBox, ...]:
        """The box of each step, in order."""
        return tuple(self._boxes)

    def set_prefix(self, prefix: str) -> None:
        """Give the boxes the objectNames of another prefix."""
        self._prefix = prefix
        self._line.setObjectName(_line_name(prefix))
        for box in (*self._boxes, *self._spare):
            box.set_prefix(prefix)

    def choose(self, index: int) -> None:
        """Draw one of the boxes as the chosen one; -1: none."""
        for place, box in enumerate(self._boxes):
            box.set_chosen(place == index)

    def focus(self, index: int) -> None:
        """Give a box the keyboard; nothing if there is none."""
        if 0 <= index < len(self._boxes):
            self._boxes[index].setFocus()
            self.chosen.emit(index)

    def settle(self) -> None:
        """Give every box its place now, so that it can be scrolled to."""
        self._layout.activate()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps; a box whose step is among them goes with it, and keeps what is typed in it."""
        before = self._boxes
        if len(before) == len(steps) and all(
            _suits(box, step) for box, step in zip(before, steps, strict=True)
        ):
            for box, step in zip(before, steps, strict=True):
                box.set_step(step)
            return
        self._is_arranging = True
        self.setUpdatesEnabled(False)
        try:
            self._boxes = self._matched(steps)
            self._arrange(steps)
        finally:
            self._is_arranging = False
            self.setUpdatesEnabled(True)
        self._order_tabs()
        if self._rest is not None and not self._spare:
            self._rest.start()

    def _matched(self, steps: Sequence[Step]) -> list[StepBox]:
        """A box for each step: the one that shows it, else one of its operation, else any, else a new one."""
        free = [*self._boxes, *self._spare]
        found: dict[int, StepBox] = {}
        for suits in (_shows, _suits, _any):
            for place, step in enumerate(steps):
                if place not in found:
                    box = next((each for each in free if suits(each, step)), None)
                    if box is not None:
                        free.remove(box)
                        found[place] = box
        self._keep(free)
        return [found[place] if place in found else self._new_box(place) for place in range(len(steps))]

    @Slot()
    def _prepare(self) -> None:
        if not self._spare:
            box = self._new_box(len(self._boxes))
            box.retranslate_ui()
            box.hide()
            for part in (box, *box.findChildren(QWidget)):
                part.ensurePolished()
            self._spare.append(box)

    def _keep(self, boxes: list[StepBox]) -> None:
        """Hide the boxes that have no step now; many are let go."""
        self._spare = boxes[:_SPARE]
        for number, box in enumerate(boxes):
            box.hide()
            box.set_index(-1 - number)  # the names of shown boxes are theirs alone
            box.set_chosen(False)
            self._layout.removeWidget(box)
        for box in boxes[_SPARE:]:
            box.setParent(None)
            box.deleteLater()

    def _arrange(self, steps: Sequence[Step]) -> None:
        for place, (box, step) in enumerate(zip(self._boxes, steps, strict=True)):
            item = self._layout.itemAt(place)
            if item is None or item.widget() is not box:
                self._layout.removeWidget(box)
                self._layout.insertWidget(place, box)
            box.set_index(place)
            box.set_step(step)
            box.setVisible(True)

    def _new_box(self, place: int) -> StepBox:
        box = self._make_box(self._prefix, place)
        box.setParent(self)
        box.chosen.connect(self.chosen)
        box.step_changed.connect(self.step_changed)
        box.edit_ended.connect(self.edit_ended)
        box.toggle_requested.connect(self.toggle_requested)
        box.remove_requested.connect(self.remove_requested)
        box.duplicate_requested.connect(self.duplicate_requested)
        box.move_requested.connect(self._move_by)
        box.focus_requested.connect(self.focus)
        box.dragged.connect(self._drag)
        box.dropped.connect(self._drop)
        box.tab_order_changed.connect(self._order_tabs)
        return box

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard reaches, in order."""
        return [control for box in self._boxes for control in box.controls]

    @Slot()
    def _order_tabs(self) -> None:
        if not self._is_arranging:
            for first, second in pairwise(self.controls):
                QWidget.setTabOrder(first, second)

    @Slot(int, int)
    def _move_by(self, index: int, by: int) -> None:
        self._move(index, index + by)

    def _move(self, index: int, to: int) -> None:
        if index != to and 0 <= to < len(self._boxes):
            self.move_requested.emit(index, to)

    @Slot(int, int)
    def _drag(self, index: int, y: int) -> None:
        self._show_line(self._place_at(y))
        self.drag_moved.emit(y)

    @Slot(int, int)
    def _drop(self, index: int, y: int) -> None:
        self._line.hide()
        place = self._place_at(y)
        self._move(index, place - 1 if place > index else place)

    def _place_at(self, y: int) -> int:
        """Before which step the global ``y`` lies."""
        middles = [box.mapToGlobal(box.rect().center()).y() for box in self._boxes]
        return sum(middle < y for middle in middles)

    def _show_line(self, place: int) -> None:
        """Draw the line before the box ``place``."""
        boxes = self._boxes
        y = boxes[place].y() - theme.SPACE // 2 if place < len(boxes) else boxes[-1].geometry().bottom() + 3
        self._line.setGeometry(0, max(0, y - 1), self.width(), 3)
        self._line.raise_()
        self._line.show()


def _line_name(prefix: str) -> str:
    return "drop_line" if prefix == "step" else f"{prefix}_drop_line"


def _shows(box: StepBox, step: Step) -> bool:
    return box.step is step


def _suits(box: StepBox, step: Step) -> bool:
    return box.step is not None and box.step.operation is step.operation


def _any(box: StepBox, step: Step) -> bool:
    return True
