"""Choosing an operation of a catalog."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from tudui_gui.core.operations import Catalog
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.operation_search import SearchList


class OperationPicker(IconButton):
    """A button that opens a searchable list of a catalog.

    Signals
    -------
    operation_picked(object)
        The chosen ``Operation``.
    """

    operation_picked = Signal(object)

    def __init__(
        self, catalog: Catalog, object_name: str, icon: str = "plus", parent: QWidget | None = None
    ) -> None:
        super().__init__(icon, object_name, "accent", parent)
        self._catalog = catalog
        self._popup: SearchList | None = None
        self.clicked.connect(self.open_list)

    def set_object_name(self, object_name: str) -> None:
        """Rename the button and its list."""
        self.setObjectName(object_name)
        if self._popup is not None:
            self._popup.set_object_name(f"{object_name}_popup")

    @Slot()
    def open_list(self) -> None:
        """Show the list under the button, with the keyboard in its search field."""
        if self._popup is None:
            self._popup = SearchList(f"{self.objectName()}_popup", self)
            self._popup.picked.connect(self._pick)
        self._popup.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)), self._catalog)

    @Slot(str)
    def _pick(self, name: str) -> None:
        self.operation_picked.emit(self._catalog.find(name))
