"""Why a step failed, and the button that puts it right."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.translations import catalog_text, describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.transforms.problems import Fix, Problem


class ProblemBox(QWidget):
    """Hidden while there is no problem. ``fix_requested(object)``: the :class:`Fix` to apply."""

    fix_requested = Signal(object)

    def __init__(self, prefix: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._text = Label(role="error", object_name=f"{prefix}_problem")
        self._text.setWordWrap(True)
        self._fix = Button(f"{prefix}_fix", icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._text)
        layout.addWidget(self._fix)
        self._fix.clicked.connect(self._request)
        self.hide()

    def set_problem(self, problem: Problem | None) -> None:
        """Say what is wrong; None: nothing is."""
        self._problem = problem
        self.retranslate_ui()
        self.setHidden(problem is None)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        if self._problem is None:
            return
        error = self._problem.error
        self._text.setText(describe(error).removesuffix(f"\n{error.detail}"))
        self._text.setToolTip(error.detail)
        fix = self._problem.fix
        self._fix.setHidden(fix is None)
        if fix is not None:
            tip = QCoreApplication.translate(
                "ProblemBox", "Change the pipeline like this; undo takes it back"
            )
            self._fix.set_texts(catalog_text(fix.label), tip)

    def _request(self) -> None:
        if self._problem is not None and isinstance(self._problem.fix, Fix):
            self.fix_requested.emit(self._problem.fix)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
