"""Why a step failed or is hardly meant so, and the button that puts it right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.translations import catalog_text, describe, phrase_text
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.transforms.hints import Hint
from tudui_gui.transforms.problems import Fix, Problem

#: Width that a fix's button needs at least.
_NARROWEST = 80


class ProblemBox(QWidget):
    """A problem in the colour of errors, hints in that of warnings, each with its fix; hidden without any.

    Parameters
    ----------
    prefix : str
        The objectNames are ``<prefix>_problem``, ``<prefix>_fix``, ``<prefix>_hint_0``,
        ``<prefix>_hint_0_fix`` ...
    icon : str
        Of the fixes' buttons.

    Signals
    -------
    fix_requested(object)
        The :class:`Fix` to apply.
    """

    fix_requested = Signal(object)

    def __init__(self, prefix: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._icon = icon
        self._problem: Problem | None = None
        self._hints: tuple[Hint, ...] = ()
        self._main = _Remark(f"{prefix}_problem", f"{prefix}_fix", "error", icon)
        self._rows: list[_Remark] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE)
        self._column.addWidget(self._main)
        self._main.fix_requested.connect(self.fix_requested)
        self._main.hide()
        self.hide()

    def set_problem(self, problem: Problem | None) -> None:
        """Say what is wrong; None: nothing is."""
        self._problem = problem
        self._refresh()

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Say what is hardly meant, each with a row of its own."""
        self._hints = tuple(hints)
        while len(self._rows) < len(self._hints):
            name = f"{self._prefix}_hint_{len(self._rows)}"
            row = _Remark(name, f"{name}_fix", "hint", self._icon)
            row.fix_requested.connect(self.fix_requested)
            self._rows.append(row)
            self._column.addWidget(row)
        self._refresh()

    def set_prefix(self, prefix: str) -> None:
        """Give everything the objectNames of another prefix."""
        self._prefix = prefix
        self._main.set_object_names(f"{prefix}_problem", f"{prefix}_fix")
        for number, row in enumerate(self._rows):
            row.set_object_names(f"{prefix}_hint_{number}", f"{prefix}_hint_{number}_fix")

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The hints that are shown."""
        return self._hints

    def _refresh(self) -> None:
        self.retranslate_ui()
        self._main.setHidden(self._problem is None)
        for number, row in enumerate(self._rows):
            row.setHidden(number >= len(self._hints))
        self.setHidden(self._problem is None and not self._hints)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        if self._problem is not None:
            error = self._problem.error
            text = describe(error).removesuffix(f"\n{error.detail}")
            self._main.show_remark(text, error.detail, self._problem.fix)
        for row, hint in zip(self._rows, self._hints, strict=False):
            row.show_remark(" ".join(map(phrase_text, hint.phrases)), "", hint.fix)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _Remark(QWidget):
    """A text, and the button of its fix. ``fix_requested(object)``: the :class:`Fix` to apply."""

    fix_requested = Signal(object)

    def __init__(self, text_name: str, fix_name: str, role: str, icon: str) -> None:
        super().__init__()
        self._fix: Fix | None = None
        self._text = Label(role=role, object_name=text_name)
        self._text.setWordWrap(True)
        flags = Qt.TextInteractionFlag
        self._text.setTextInteractionFlags(flags.TextSelectableByMouse)
        self._button = _FixButton(fix_name, icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self._text)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._button.clicked.connect(self._request)

    def set_object_names(self, text_name: str, fix_name: str) -> None:
        """Rename text and button."""
        self._text.setObjectName(text_name)
        self._button.setObjectName(fix_name)

    def show_remark(self, text: str, detail: str, fix: Fix | None) -> None:
        """Show another one; ``detail`` is PyTorch's own message."""
        self._fix = fix
        self._text.setText(text)
        self._text.setToolTip(detail)
        self._text.setAccessibleName(text)
        self._button.setHidden(fix is None)
        if fix is not None:
            label = catalog_text(fix.label)
            tip = QCoreApplication.translate(
                "ProblemBox", "{label}: change the pipeline like this; undo takes it back"
            )
            self._button.set_texts(label, tip.format(label=label))
            self._button.fit()

    @Slot()
    def _request(self) -> None:
        if self._fix is not None:
            self.fix_requested.emit(self._fix)


class _FixButton(Button):
    """Does not ask for a wider card: what is cut off of its text stands in the tooltip."""

    def fit(self) -> None:
        """Cut the text where it does not fit."""
        whole = self.accessibleName()
        room = self.width() - (super().sizeHint().width() - self._text_width(self.text()))
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, max(room, 0))
        if shown != self.text():
            self.setText(shown)

    def _text_width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 1  # whose fraction is cut off

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        missing = self._text_width(self.accessibleName()) - self._text_width(self.text())
        return hint + QSize(missing + 2, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
