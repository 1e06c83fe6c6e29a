"""Buttons in the program's look."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from tudui_gui.gui import theme


class Button(QPushButton):
    """A push button with an optional icon. ``role``: ``""``, ``"primary"`` (one a page) or ``"link"``."""

    def __init__(
        self, object_name: str, icon: str = "", role: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("role", role)
        self.set_icon(icon)

    def set_icon(self, icon: str) -> None:
        """Show another mdi6 icon; empty for none."""
        if icon:
            color = "on_accent" if self.property("role") == "primary" else "muted"
            self.setIcon(theme.icon(icon, color))

    def set_texts(self, text: str, tooltip: str = "") -> None:
        """Set text, tooltip and accessible name."""
        self.setText(text)
        self.setToolTip(tooltip)
        self.setAccessibleName(text)


class IconButton(QToolButton):
    """A flat button that shows only an icon."""

    def __init__(
        self, icon: str, object_name: str, role: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._role = role
        self.setIconSize(QSize(18, 18))
        self.set_icon(icon)

    def set_icon(self, icon: str) -> None:
        """Show another mdi6 icon."""
        self.setIcon(theme.icon(icon, self._role, "accent"))

    def set_texts(self, name: str, tooltip: str = "") -> None:
        """Set the accessible name and the tooltip (the name by default)."""
        self.setAccessibleName(name)
        self.setToolTip(tooltip or name)
