"""What the mouse does in the plot: buttons for the card's header."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.scatter_plot import TOOLS

_ICONS = {"lasso": "lasso", "rectangle": "selection-drag", "move": "cursor-move"}


class ToolButtons(QWidget):
    """Lasso, rectangle and move, of which one is down; fit; show or hide the settings.

    Signals
    -------
    tool_chosen(str)
        One of ``TOOLS``.
    fit_requested()
    fold_toggled(bool)
        Whether the settings are to be shown.
    """

    tool_chosen = Signal(str)
    fit_requested = Signal()
    fold_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("embedding_tools")
        self._tools = {tool: IconButton(_ICONS[tool], f"embedding_tool_{tool}") for tool in TOOLS}
        self._fit = IconButton("fit-to-screen-outline", "embedding_fit")
        self._fold = IconButton("tune-variant", "embedding_fold")
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in self._tools.values():
            button.setCheckable(True)
            group.addButton(button)
            row.addWidget(button)
        self._tools[TOOLS[0]].setChecked(True)
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        row.addWidget(self._fit)
        row.addWidget(self._fold)
        group.buttonClicked.connect(self._tell_tool)
        self._fit.clicked.connect(self.fit_requested)
        self._fold.toggled.connect(self.fold_toggled)
        self.retranslate_ui()

    def set_enabled(self, enabled: bool) -> None:
        """Let the plot's tools be used, or not; the settings can always be shown."""
        for button in (*self._tools.values(), self._fit):
            button.setEnabled(enabled)

    def fold(self) -> None:
        """Hide the settings, as the button does."""
        self._fold.setChecked(False)

    @Slot()
    def _tell_tool(self) -> None:
        self.tool_chosen.emit(next(tool for tool, button in self._tools.items() if button.isChecked()))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        texts = {
            "lasso": (
                self.tr("Lasso"),
                self.tr("Draw around points to choose them; Shift adds, Ctrl takes away"),
            ),
            "rectangle": (
                self.tr("Rectangle"),
                self.tr("Choose points in a rectangle; Shift adds, Ctrl takes away"),
            ),
            "move": (
                self.tr("Move"),
                self.tr("Move the plot (also with the middle button; the wheel zooms)"),
            ),
        }
        for tool, (name, tip) in texts.items():
            self._tools[tool].set_texts(name, tip)
        self._fit.set_texts(self.tr("Show all points"))
        self._fold.set_texts(self.tr("Settings"), self.tr("Show or hide the settings of the embedding"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
