"""A card: a title row and a body, on the calm ground."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label


class Card(QFrame):
    """A titled surface.

    Attributes
    ----------
    header : QHBoxLayout
        The title row; :meth:`add_to_header` puts tags and buttons at its right end.
    body : QVBoxLayout
        Where the content goes.
    """

    def __init__(self, title: str = "", object_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._title = Label(title, "title")
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.SPACE // 2)
        self.header.addWidget(self._title)
        self.header.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SPACE)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.GAP)
        self._layout.setSpacing(theme.SPACE)
        self._layout.addLayout(self.header)
        self._layout.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Set the title, translated."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_margin(self, margin: int) -> None:
        """Leave less room at the edges, where cards stand close together."""
        self._layout.setContentsMargins(margin, margin, margin, margin)

    def lead_with(self, widget: QWidget) -> None:
        """Put ``widget`` where the title is; it says what the title would."""
        self._title.hide()
        self.header.insertWidget(0, widget)

    def add_to_header(self, widget: QWidget) -> None:
        """Put ``widget`` at the right end of the title row."""
        self.header.addWidget(widget)
