"""Facts about a tensor, in the monospace face."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


class FactsStrip(QWidget):
    """Lines of key and value, selectable; an empty key gives a plain line."""

    def __init__(self, object_name: str = "facts", parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show (key, value) lines."""

    @property
    def text(self) -> str:
        """What is shown, a line a fact."""
