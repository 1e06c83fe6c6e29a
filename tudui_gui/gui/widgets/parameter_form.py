"""A form made from an operation's parameters."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Parameter
from tudui_gui.gui import theme
from tudui_gui.gui.translations import catalog_text, describe, phrase_text
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.parameter_fields import ParameterField, make_field
from tudui_gui.gui.widgets.value_text import format_value


class ParameterForm(QWidget):
    """One field a parameter; the fields' objectNames are ``<prefix>_<parameter>``.

    A field whose value is not allowed is marked and says why; it keeps its text until it is put right.

    Parameters
    ----------
    prefix : str
    step : Step or None
    names : container of str, optional
        The parameters to show, by default all; the others keep the values they have.
    with_sliders : bool
        Whether numbers with both ends get a slider.

    Signals
    -------
    step_changed(object)
        The new ``Step`` after a person's edit; not sent while a field is invalid, nor by :meth:`set_step`.
    edit_ended()
        A slider was let go, or a field was left: what follows is another edit.
    entered()
        A person went into one of the fields.
    """

    step_changed = Signal(object)
    edit_ended = Signal()
    entered = Signal()

    def __init__(
        self,
        prefix: str,
        step: Step | None = None,
        parent: QWidget | None = None,
        *,
        names: Container[str] | None = None,
        with_sliders: bool = False,
    ) -> None:
        super().__init__(parent)
        self._names = names
        self._with_sliders = with_sliders
        self.setObjectName(f"{prefix}_form")
        self._prefix = prefix
        self._step: Step | None = None
        self._rows: dict[str, _Row] = {}
        self._parameters: tuple[Parameter, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE - 2)
        self._grid.setColumnStretch(1, 1)
        self.set_step(step)

    @property
    def step(self) -> Step | None:
        """The last valid step."""
        return self._step

    @property
    def is_valid(self) -> bool:
        """Whether every field holds an allowed value."""
        return all(row.error is None for row in self._rows.values())

    @property
    def fields(self) -> dict[str, ParameterField]:
        """The field of each parameter, by its name."""
        return {name: row.field for name, row in self._rows.items()}

    def set_step(self, step: Step | None) -> None:
        """Show ``step``; fields are rebuilt only if its operation is another one."""
        previous, self._step = self._step, step
        if step is None or previous is None or previous.operation is not step.operation:
            self._rebuild(step.operation if step else None)
        else:
            for name, row in self._rows.items():
                row.show_value(step.values[name])

    def set_value(self, name: str, value: Any) -> None:
        """Show another value in one field and send the edit, as if a person had typed it."""
        self._rows[name].field.set_value(value)
        self._collect()

    def set_available(self, name: str, available: bool, why: str = "") -> None:
        """Let the parameter ``name`` be edited, or not: then its tooltip says ``why``, translated."""
        self._rows[name].set_available(available, why)

    def set_row_visible(self, name: str, visible: bool) -> None:
        """Show or hide the row of the parameter ``name``."""
        self._rows[name].set_visible(visible)

    def show_only(self, names: Container[str] | None) -> None:
        """Show the fields of these parameters alone; None: all. What is typed in the others is let go."""
        self._names = names
        self._make_rows()

    def set_prefix(self, prefix: str) -> None:
        """Give the fields the objectNames of another prefix."""
        self._prefix = prefix
        self.setObjectName(f"{prefix}_form")
        for name, row in self._rows.items():
            row.set_object_name(f"{prefix}_{name}")

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard reaches, from the top."""
        return [control for row in self._rows.values() if row.is_visible for control in row.field.controls]

    def _rebuild(self, operation: Operation | None) -> None:
        for row in self._rows.values():
            row.remove()
        self._rows = {}
        self._parameters = operation.parameters if operation else ()
        self._make_rows()

    def _make_rows(self) -> None:
        """A row for each parameter to show; those that are there already stay."""
        rows: dict[str, _Row] = {}
        for number, parameter in enumerate(self._parameters):
            is_shown = self._names is None or parameter.name in self._names
            row = self._rows.get(parameter.name)
            if row is None and is_shown:
                row = self._make_row(parameter, number)
            if row is not None:
                rows[parameter.name] = row
                if row.is_visible != is_shown:
                    self._show_row(row, parameter.name, is_shown)
        self._rows = rows

    def _make_row(self, parameter: Parameter, number: int) -> _Row:
        row = _Row(parameter, f"{self._prefix}_{parameter.name}", self._with_sliders)
        row.place(self._grid, number)
        row.field.edited.connect(self._collect)
        row.field.edit_ended.connect(self.edit_ended)
        row.field.entered.connect(self.entered)
        if self._step is not None:
            row.show_value(self._step.values[parameter.name])
        return row

    def _show_row(self, row: _Row, name: str, is_shown: bool) -> None:
        row.set_visible(is_shown)
        if not is_shown and self._step is not None:
            row.show_value(self._step.values[name])

    @Slot()
    def _collect(self) -> None:
        if self._step is None:
            return
        name = self._step.operation.name
        values = {key: row.read(name) for key, row in self._rows.items()}
        if not self.is_valid:
            return
        changed = self._step.with_values(**values)
        if changed != self._step:
            self._step = changed
            self.step_changed.emit(changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for row in self._rows.values():
                row.retranslate_ui()
        super().changeEvent(event)


class _Row:
    """Name, field and what is wrong with it."""

    def __init__(self, parameter: Parameter, object_name: str, with_slider: bool = False) -> None:
        self.field = make_field(parameter, object_name, with_slider=with_slider)
        self.error: TuduiError | None = None
        self._why = ""
        self.is_visible = True
        self._parameter = parameter
        self._name = Label(parameter.name, "muted")
        self._name.setBuddy(self.field.editor)
        self._problem = Label(role="error", object_name=f"{object_name}_error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.retranslate_ui()

    def place(self, grid: QGridLayout, number: int) -> None:
        first = 3 * number
        if self.field.is_wide:
            grid.addWidget(self._name, first, 0, 1, 2)
            grid.addWidget(self.field, first + 1, 0, 1, 2)
        else:
            grid.addWidget(self._name, first, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.field, first, 1)
        grid.addWidget(self._problem, first + 2, 0, 1, 2)
        # In a window that is on the screen Qt would show them later, after a picture with too little room.
        self._name.show()
        self.field.show()

    def set_object_name(self, name: str) -> None:
        self.field.set_object_name(name)
        self._problem.setObjectName(f"{name}_error")

    def remove(self) -> None:
        for widget in (self._name, self.field, self._problem):
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

    def show_value(self, value: Any) -> None:
        self.field.set_value(value)
        self._set_error(None)

    def read(self, operation: str) -> Any:
        """The checked value, or ``None`` with :attr:`error` set."""
        try:
            value = self._parameter.check(self.field.value(), operation)
        except TuduiError as error:
            self._set_error(error)
            return None
        self._set_error(None)
        return value

    def set_available(self, available: bool, why: str) -> None:
        self.field.setEnabled(available)
        self._name.setEnabled(available)
        self._why = "" if available else why
        self.retranslate_ui()

    def set_visible(self, visible: bool) -> None:
        self.is_visible = visible
        self._name.setVisible(visible)
        self.field.setVisible(visible)
        self._set_error(self.error)

    def retranslate_ui(self) -> None:
        default = format_value(self._parameter.default) or "None"
        facts = f"{self._parameter.name} = {default}: {phrase_text(self._parameter.allowed_text)}"
        tip = "\n".join(text for text in (self._why, catalog_text(self._parameter.help), facts) if text)
        self._name.setToolTip(tip)
        self.field.set_tooltip(tip)
        self._set_error(self.error)

    def _set_error(self, error: TuduiError | None) -> None:
        self.error = error
        self.field.set_invalid(error is not None)
        self._problem.setText("" if error is None else describe(error))
        self._problem.setVisible(error is not None and self.is_visible)
