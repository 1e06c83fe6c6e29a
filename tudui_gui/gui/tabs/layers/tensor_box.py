"""A small tensor: one plane of it as a matrix, and which plane."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.matrix_view import MatrixView
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.layers.spelling import Place

Planes = NDArray[np.float32]


class TensorBox(QWidget):
    """Shows (A, B, H, W) numbers; the two spin boxes choose the plane, where there are several.

    Parameters
    ----------
    name : str
        objectName of the matrix; the spin boxes are ``<name>_plane_0`` and ``<name>_plane_1``.
    hue : str
        As for :class:`MatrixView`.
    editable : bool

    Signals
    -------
    values_edited(object)
        All numbers, float32 (A, B, H, W), after a person's edit.
    place_chosen(object)
        ``Place`` that the pointer or the arrow keys went to.
    plane_chosen()
        A person chose another plane.
    text_refused(str, object)
        What was typed is no number; the ``Place`` it was typed into.
    """

    values_edited = Signal(object)
    place_chosen = Signal(object)
    plane_chosen = Signal()
    text_refused = Signal(str, object)

    def __init__(self, name: str, hue: str, *, editable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Planes = np.zeros((1, 1, 0, 0), np.float32)
        self._lit: tuple[Place, ...] = ()
        self._winner: Place | None = None
        self.title = Label(role="muted", object_name=f"{name}_title")
        self.matrix = MatrixView(name, hue, editable=editable)
        self._spins = tuple(SpinBox(f"{name}_plane_{axis}") for axis in (0, 1))
        self._lay_out()
        self.matrix.values_edited.connect(self._take_edit)
        self.matrix.cell_chosen.connect(self._choose_cell)
        self.matrix.text_refused.connect(self._refuse)
        for spin in self._spins:
            spin.valueChanged.connect(self._change_plane)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.title)
        row.addStretch(1)
        for spin in self._spins:
            spin.setMinimumWidth(52)
            row.addWidget(spin)
        row.addStrut(self._spins[0].sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(row)
        column.addWidget(self.matrix, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)

    @property
    def values(self) -> Planes:
        """What is shown, all planes."""
        return self._values

    @property
    def plane(self) -> tuple[int, int]:
        """The plane that is shown."""
        first, second = self._spins
        return first.value(), second.value()

    @property
    def place(self) -> Place:
        """The current cell."""
        return (*self.plane, *self.matrix.current)

    def set_values(self, values: Planes) -> None:
        """Show other numbers of shape (A, B, H, W); the plane is kept if it is still there."""
        self._values = values
        for axis, spin in enumerate(self._spins):
            with QSignalBlocker(spin):
                spin.setRange(0, max(0, values.shape[axis] - 1))
            spin.setVisible(values.shape[axis] > 1)
        self._show_plane()

    def show_plane(self, first: int, second: int) -> None:
        """Show another plane, if there is such a one."""
        for spin, value in zip(self._spins, (first, second), strict=True):
            with QSignalBlocker(spin):
                spin.setValue(value)
        self._show_plane()

    def set_place(self, place: Place) -> None:
        """Go to a cell without telling."""
        if place[:2] != self.plane:
            self.show_plane(*place[:2])
        self.matrix.set_current(*place[2:])

    def set_lit(self, places: Iterable[Place], winner: Place | None = None) -> None:
        """Frame places of any plane; fill the winner."""
        self._lit, self._winner = tuple(places), winner
        self._show_marks()

    def set_plane_texts(self, first: str, second: str) -> None:
        """Say what the two numbers of a plane count."""
        for spin, text in zip(self._spins, (first, second), strict=True):
            spin.setAccessibleName(text)
            spin.setToolTip(text)

    def _show_plane(self) -> None:
        self.matrix.set_values(self._values[self.plane])
        self._show_marks()

    def _show_marks(self) -> None:
        plane = self.plane
        self.matrix.set_lit((row, column) for *at, row, column in self._lit if tuple(at) == plane)
        winner = self._winner
        self.matrix.set_winner(winner[2:] if winner is not None and winner[:2] == plane else None)

    @Slot(object)
    def _take_edit(self, plane: NDArray[np.float64]) -> None:
        changed = self._values.copy()
        changed[self.plane] = plane
        self.values_edited.emit(changed)

    @Slot(int, int)
    def _choose_cell(self, row: int, column: int) -> None:
        self.place_chosen.emit((*self.plane, row, column))

    @Slot()
    def _change_plane(self) -> None:
        self._show_plane()
        self.plane_chosen.emit()

    @Slot(str, int, int)
    def _refuse(self, text: str, row: int, column: int) -> None:
        self.text_refused.emit(text, (*self.plane, row, column))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)
