"""One field a kind of parameter: text or choice on the screen <-> a value."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Parameter, Real, Text
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.spin_box import SpinBox

_SPIN_LIMIT = 2**31 - 1
#: How "no value" is shown in a choice.
_NONE = "None"


class ParameterField(QWidget):
    """The editor of one parameter.

    Attributes
    ----------
    editor : QWidget
        The control that has the objectName, the focus and the mark of an invalid value.

    Signals
    -------
    edited()
        A person changed the value; :meth:`value` may raise.
    """

    edited = Signal()

    def __init__(self, parameter: Parameter, object_name: str, editor: QWidget) -> None:
        super().__init__()
        self.parameter = parameter
        self.editor = editor
        self._is_loading = False
        editor.setObjectName(object_name)
        editor.setAccessibleName(parameter.name)
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(editor, 1)

    def value(self) -> Any:
        """What the control holds, unchecked."""
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a canonical value without sending :attr:`edited`."""
        self._is_loading = True
        try:
            self._show(value)
        finally:
            self._is_loading = False

    def set_invalid(self, invalid: bool) -> None:
        """Mark or unmark the control."""
        if bool(self.editor.property("invalid")) != invalid:
            self.editor.setProperty("invalid", invalid)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    @Slot()
    def _on_edit(self) -> None:
        if not self._is_loading:
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.editor.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class _SpinField(ParameterField):
    def __init__(self, parameter: Integer, object_name: str) -> None:
        self._spin = SpinBox()
        low, high = parameter.minimum, parameter.maximum
        self._spin.setRange(-_SPIN_LIMIT if low is None else low, _SPIN_LIMIT if high is None else high)
        super().__init__(parameter, object_name, self._spin)
        self._spin.valueChanged.connect(self._on_edit)

    def value(self) -> int:
        return self._spin.value()

    def _show(self, value: int) -> None:
        self._spin.setValue(value)


class _FlagField(ParameterField):
    def __init__(self, parameter: Flag, object_name: str) -> None:
        self._box = QCheckBox()
        super().__init__(parameter, object_name, self._box)
        self._box.toggled.connect(self._on_edit)

    def value(self) -> bool:
        return self._box.isChecked()

    def _show(self, value: bool) -> None:
        self._box.setChecked(value)


class _ChoiceField(ParameterField):
    def __init__(self, parameter: Parameter, object_name: str, values: tuple[Any, ...]) -> None:
        self._combo = QComboBox()
        self._values = (None, *values) if parameter.optional else values
        self._combo.addItems([_NONE if value is None else str(value) for value in self._values])
        self._combo.setMinimumContentsLength(6)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        super().__init__(parameter, object_name, self._combo)
        self._combo.currentIndexChanged.connect(self._on_edit)

    def value(self) -> Any:
        return self._values[self._combo.currentIndex()]

    def _show(self, value: Any) -> None:
        self._combo.setCurrentIndex(self._values.index(value))


class _LineField(ParameterField):
    """A value as text; ``parse`` may return the text itself, which the parameter then refuses."""

    def __init__(self, parameter: Parameter, object_name: str, parse: Callable[[str], Any]) -> None:
        self._line = QLineEdit()
        self._parse = parse
        if parameter.optional:
            self._line.setPlaceholderText(_NONE)
        super().__init__(parameter, object_name, self._line)
        self._line.textChanged.connect(self._on_edit)

    def value(self) -> Any:
        text = self._line.text().strip()
        if self.parameter.optional and text in ("", _NONE, "none"):
            return None
        return self._parse(text)

    def _show(self, value: Any) -> None:
        if not self._holds(value):
            self._line.setText(format_value(value))
            self._line.setCursorPosition(0)

    def _holds(self, value: Any) -> bool:
        """Whether the text already means ``value``: then typing ``0.50`` is left as it was typed."""
        shown = self.value()
        if isinstance(shown, tuple) != isinstance(value, tuple):
            return False
        return bool(self._line.text()) and type(shown) is type(value) and shown == value


class _FolderField(_LineField):
    def __init__(self, parameter: Text, object_name: str) -> None:
        super().__init__(parameter, object_name, str)
        self._browse = IconButton("folder-open-outline", f"{object_name}_browse")
        self._browse.clicked.connect(self._choose)
        self._row.addWidget(self._browse)
        self.retranslate_ui()

    def retranslate_ui(self) -> None:
        self._browse.set_texts(self.tr("Choose a folder"))

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self._line.text())
        if folder:
            self._line.setText(folder)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _StepsField(ParameterField):
    """Steps by name, to read only: there is another place to choose them."""

    def __init__(self, parameter: Parameter, object_name: str) -> None:
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._steps: tuple[Step, ...] = ()
        super().__init__(parameter, object_name, self._line)

    def value(self) -> tuple[Step, ...]:
        return self._steps

    def _show(self, value: tuple[Step, ...]) -> None:
        self._steps = value
        self._line.setText(", ".join(map(_step_text, value)))
        self._line.setCursorPosition(0)


def _step_text(step: Step) -> str:
    """``folder ants``: the name, and the last part of the folder if there is one."""
    root = step.values.get("root")
    return f"{step.name} {Path(root).name}" if root else step.name


def make_field(parameter: Parameter, object_name: str) -> ParameterField:
    """The field that suits ``parameter``."""
    if isinstance(parameter, Flag):
        if parameter.optional:
            return _ChoiceField(parameter, object_name, (True, False))
        return _FlagField(parameter, object_name)
    if isinstance(parameter, Choice):
        return _ChoiceField(parameter, object_name, parameter.choices)
    if isinstance(parameter, Integer) and _fits_spin_box(parameter):
        return _SpinField(parameter, object_name)
    if isinstance(parameter, Text) and parameter.is_folder:
        return _FolderField(parameter, object_name)
    if parameter.kind == "sources":
        return _StepsField(parameter, object_name)
    return _LineField(parameter, object_name, _parser(parameter))


def _fits_spin_box(parameter: Integer) -> bool:
    limits = (parameter.minimum or 0, parameter.maximum or 0)
    return not parameter.optional and all(abs(limit) <= _SPIN_LIMIT for limit in limits)


def _parser(parameter: Parameter) -> Callable[[str], Any]:
    if isinstance(parameter, Integer):
        return parse_integer
    if isinstance(parameter, Real):
        return parse_number
    if isinstance(parameter, IntegerOrPair):
        return parse_integers
    if isinstance(parameter, Numbers):
        return parse_numbers
    return str


def parse_integer(text: str) -> int | str:
    """``"32"`` -> 32; anything else stays text."""
    try:
        return int(text)
    except ValueError:
        return text


def parse_number(text: str) -> float | str:
    """``"1e-4"`` -> 0.0001; anything else, and what is not finite, stays text."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def parse_integers(text: str) -> int | str | tuple[int | str, ...]:
    """``"32"`` -> 32, ``"32, 48"`` or ``"(32, 48)"`` -> (32, 48)."""
    parts = _parts(text)
    return parse_integer(parts[0]) if len(parts) == 1 else tuple(map(parse_integer, parts))


def parse_numbers(text: str) -> tuple[float | str, ...] | str:
    """``"0.5, 0.5, 0.5"`` or ``"[0.5, 0.5, 0.5]"`` -> (0.5, 0.5, 0.5)."""
    return tuple(map(parse_number, _parts(text))) if text else text


def _parts(text: str) -> list[str]:
    inside = text.strip().strip("()[]").rstrip(",")
    separated = inside.replace("，", ",")
    return [part.strip() for part in separated.split(",")] if "," in separated else separated.split() or [""]


def format_value(value: Any) -> str:
    """The shortest text that a field parses back to ``value``; empty for ``None``."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(map(format_value, value))
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e6 else repr(value)
    return str(value)
