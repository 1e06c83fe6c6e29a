"""Python text, coloured, to copy or save."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class CodePanel(QWidget):
    """A read-only view of Python text with Copy and Save as .py."""

    def __init__(self, object_name: str = "code_panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_code(self, text: str) -> None:
        """Show ``text``; the scroll position stays."""

    @property
    def code(self) -> str:
        """The text shown."""
