"""One field a kind of parameter: text or choice on the screen <-> a value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from tudui_gui.core.number_parameters import Integers, RealOrPair
from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Parameter, Real, Text
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.gui.widgets.value_slider import Scale, ValueSlider, scale_of
from tudui_gui.gui.widgets.value_text import (
    format_value,
    parse_integer,
    parse_integers,
    parse_number,
    parse_number_or_several,
    parse_numbers,
    parse_whole_numbers,
)

_SPIN_LIMIT = 2**31 - 1
#: Least width of an editor (px) that has a slider beside it: room for four digits.
_BESIDE_SLIDER = 54
_ENTERING = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
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
    edit_ended()
        The slider was let go, Enter was pressed or the field was left: what follows is another edit.

    entered()
        A person went into the field.

    ``is_wide`` says whether it needs the whole width of a form.
    """

    edited = Signal()
    edit_ended = Signal()
    entered = Signal()

    is_wide = False

    def __init__(self, parameter: Parameter, object_name: str, editor: QWidget) -> None:
        super().__init__()
        self.parameter = parameter
        self.editor = editor
        self._is_loading = False
        self._slider: ValueSlider | None = None
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
        self._follow(value)

    def add_slider(self, scale: Scale) -> None:
        """Put a slider beside the editor, for values that are one number or several equal ones."""
        self._slider = ValueSlider(scale, f"{self.editor.objectName()}_slider")
        self._slider.setAccessibleName(self.parameter.name)
        self._slider.value_dragged.connect(self._slide)
        self._slider.let_go.connect(self.edit_ended)
        self.editor.setMinimumWidth(_BESIDE_SLIDER)
        self._row.addWidget(self._slider, 1)
        self._follow(self.value())

    @property
    def slider(self) -> ValueSlider | None:
        """The slider beside the editor, if it has one."""
        return self._slider

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard reaches, in order."""
        return [self.editor] if self._slider is None else [self.editor, self._slider]

    def set_object_name(self, name: str) -> None:
        """Give the controls other objectNames."""
        self.editor.setObjectName(name)
        if self._slider is not None:
            self._slider.setObjectName(f"{name}_slider")

    def set_tooltip(self, text: str) -> None:
        """Explain the parameter."""
        self.editor.setToolTip(text)
        if self._slider is not None:
            self._slider.setToolTip(text)

    @Slot(object)
    def _slide(self, number: float) -> None:
        before = self.value()
        self.set_value((number,) * len(before) if isinstance(before, tuple) else number)
        self.edited.emit()

    def _follow(self, value: Any) -> None:
        if self._slider is None:
            return
        number = _single(value)
        self._slider.setHidden(value is not None and number is None)
        if number is not None:
            self._slider.show_number(number)

    def set_invalid(self, invalid: bool) -> None:
        """Mark or unmark the control."""
        if bool(self.editor.property("invalid")) != invalid:
            self.editor.setProperty("invalid", invalid)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    @Slot()
    def _on_edit(self) -> None:
        if not self._is_loading:
            self._follow(self.value())
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.edit_ended.emit()
        elif isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _ENTERING:
            self.entered.emit()
        if event.type() == QEvent.Type.Wheel and not self.editor.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _single(value: Any) -> float | None:
    """The number that a value is, or that all of its numbers are."""
    if isinstance(value, tuple):
        return _single(value[0]) if value and all(each == value[0] for each in value) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


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
            is_one = isinstance(self.parameter, RealOrPair) and isinstance(value, tuple) and len(value) == 1
            self._line.setText(f"[{format_value(value)}]" if is_one else format_value(value))
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


#: Kind of parameter -> its field, for fields that are made elsewhere because they hold forms themselves.
FIELDS: dict[str, Callable[[Any, str], ParameterField]] = {}


def make_field(parameter: Parameter, object_name: str, *, with_slider: bool = False) -> ParameterField:
    """The field that suits ``parameter``; ``with_slider``: with a slider too, where its range makes sense."""
    field = _make(parameter, object_name)
    scale = scale_of(parameter) if with_slider else None
    if scale is not None:
        field.add_slider(scale)
    return field


def _make(parameter: Parameter, object_name: str) -> ParameterField:
    if parameter.kind in FIELDS:
        return FIELDS[parameter.kind](parameter, object_name)
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
    if parameter.kind in ("sources", "steps"):
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
    if isinstance(parameter, RealOrPair):
        return parse_number_or_several
    if isinstance(parameter, Integers):
        return parse_whole_numbers
    if isinstance(parameter, Numbers):
        return parse_numbers
    return str
