"""A switch between a few views or kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from tudui_gui.gui import theme

_ICON_WIDTH = 34
#: Qt's own limit, which stands for none.
_ANY_WIDTH = 2**24 - 1


class SegmentedSwitch(QWidget):
    """Buttons side by side of which exactly one is down; arrow keys move between them.

    Parameters
    ----------
    object_name : str
        The buttons' objectNames are ``<object_name>_<key>``.
    keys : sequence of str
        The first is down at the start.

    Signals
    -------
    key_chosen(str)
        A person chose another one.
    chosen_again()
        The one that is down was clicked.
    """

    key_chosen = Signal(str)
    chosen_again = Signal()

    def __init__(self, object_name: str, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for key in keys:
            button = _Segment(f"{object_name}_{key}")
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self._buttons[keys[0]].setChecked(True)
        self._group.buttonClicked.connect(self._on_click)
        self._key = keys[0]

    def focus_chosen(self) -> None:
        """Give the button that is down the focus."""
        self._buttons[self._key].setFocus()

    @property
    def key(self) -> str:
        """The key of the button that is down."""
        return self._key

    def set_key(self, key: str) -> None:
        """Press a button without sending :attr:`key_chosen`."""
        self._key = key
        self._buttons[key].setChecked(True)

    def set_texts(self, texts: Mapping[str, tuple[str, str]]) -> None:
        """Set text and tooltip of each key, translated."""
        for key, (text, tooltip) in texts.items():
            self._buttons[key].setText(text)
            self._buttons[key].setAccessibleName(text)
            self._buttons[key].setToolTip(tooltip)

    def set_icon(self, key: str, icon: str) -> None:
        """Show an mdi6 icon instead of a key's text, where there is little room; call it after the texts."""
        button = self._buttons[key]
        button.setText("")
        button.setIcon(theme.icon(icon, "muted", "accent"))
        button.setFixedWidth(_ICON_WIDTH)

    def clear_icons(self) -> None:
        """Undo :meth:`set_icon`; texts are to be set again."""
        for button in self._buttons.values():
            button.setIcon(QIcon())
            button.setMinimumWidth(0)
            button.setMaximumWidth(_ANY_WIDTH)

    def set_enabled(self, key: str, enabled: bool) -> None:
        """Let a key be chosen, or not."""
        self._buttons[key].setEnabled(enabled)

    @Slot()
    def _on_click(self) -> None:
        key = next(key for key, button in self._buttons.items() if button.isChecked())
        if key == self._key:
            self.chosen_again.emit()
        else:
            self._key = key
            self.key_chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        buttons = [button for button in self._buttons.values() if button.isEnabled()]
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        place = next((at for at, button in enumerate(buttons) if button.isChecked()), 0)
        target = buttons[max(0, min(len(buttons) - 1, place + move))]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()


class _Segment(QPushButton):
    """One of the buttons; arrow keys go to the switch."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
