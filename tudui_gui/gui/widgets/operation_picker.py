"""Choosing an operation of a catalog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from tudui_gui.core.operations import Catalog


class OperationPicker(QToolButton):
    """A button that opens a searchable list of a catalog.

    Signals
    -------
    operation_picked(object)
        The chosen ``Operation``.
    """

    operation_picked = Signal(object)

    def __init__(self, catalog: Catalog, object_name: str, icon: str = "plus", parent: QWidget | None = None) -> None:
        super().__init__(parent)
