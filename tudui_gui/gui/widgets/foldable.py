"""A group of controls that folds away under its heading."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label


class FoldableGroup(QWidget):
    """A heading to click, a fact beside it that stays in sight, and a body.

    Parameters
    ----------
    object_name : str
        The heading's objectName is ``<object_name>_fold``, the fact's ``<object_name>_fact``.

    Attributes
    ----------
    body : QVBoxLayout
        Where the content goes.

    Signals
    -------
    folded(bool)
        A person folded (True) or unfolded the group.
    """

    folded = Signal(bool)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._heading = _Heading(f"{object_name}_fold")
        self._fact = Label(role="mono", object_name=f"{object_name}_fact")
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.SPACE)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._heading, 1)
        row.addWidget(self._fact)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._inside)
        self._heading.toggled.connect(self._follow)
        self._heading.clicked.connect(self._tell)
        self._follow(False)

    @property
    def is_folded(self) -> bool:
        """Whether the body is out of sight."""
        return not self._heading.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Fold or unfold without sending :attr:`folded`."""
        self._heading.setChecked(not folded)

    def set_texts(self, title: str, tooltip: str) -> None:
        """Set the heading's text and tooltip, translated."""
        self._heading.setText(title)
        self._heading.setAccessibleName(title)
        self._heading.setToolTip(tooltip)

    def set_fact(self, text: str, tooltip: str = "") -> None:
        """Show ``text`` beside the heading; empty: nothing."""
        self._fact.setText(text)
        self._fact.setAccessibleName(text)
        self._fact.setToolTip(tooltip)

    @Slot(bool)
    def _follow(self, unfolded: bool) -> None:
        self._inside.setVisible(unfolded)
        self._heading.setIcon(theme.icon("chevron-down" if unfolded else "chevron-right", "muted"))

    @Slot()
    def _tell(self) -> None:
        self.folded.emit(self.is_folded)


class _Heading(QToolButton):
    """The heading as a button: Space and Enter fold too."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("role", "fold")
        self.setCheckable(True)
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
