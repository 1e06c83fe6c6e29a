"""Facts about a tensor, in the monospace face."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tudui_gui.gui.widgets.labels import Label


class FactsStrip(Label):
    """Lines of key and value, selectable; an empty key gives a plain line."""

    def __init__(self, object_name: str = "facts", parent: QWidget | None = None) -> None:
        super().__init__("", "mono", object_name, parent)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show (key, value) lines; keys are padded to one width."""
        width = max((len(key) for key, _ in facts), default=0)
        self.setText("\n".join(f"{key:<{width}}  {value}" if key else value for key, value in facts))
        self.setAccessibleName(self.text())
