"""A spin box whose number stands where the text of other fields does."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from tudui_gui.gui import theme


class SpinBox(QSpinBox):
    """A ``QSpinBox`` with the left margin that style sheets cannot give to its text."""

    def __init__(self, object_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.lineEdit().setTextMargins(theme.SPACE - 1, 0, 0, 0)
