"""A small tag with a fact about a tensor."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui.widgets.labels import Label


class Tag(Label):
    """A fact in the monospace face, such as ``[1, 32, 32, 32]``; hidden while empty."""

    def __init__(self, text: str = "", object_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "tag", object_name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show ``text``."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setHidden(not text)
