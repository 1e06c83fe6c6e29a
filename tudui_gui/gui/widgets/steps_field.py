"""The steps within a container: each with its own form; added, removed, moved and switched in place."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.core.operations import Operation, Step
from tudui_gui.gui import theme
from tudui_gui.gui.widgets.operation_picker import OperationPicker
from tudui_gui.gui.widgets.parameter_fields import ParameterField
from tudui_gui.gui.widgets.step_box import StepBox
from tudui_gui.gui.widgets.step_list import StepList
from tudui_gui.transforms.nested import Steps


class NestedBox(StepBox):
    """A step within a container."""

    is_nested = True


class StepsField(ParameterField):
    """Edits the parameter that holds a container's steps; ``FIELDS`` tells a form to make it.

    The boxes' objectNames are ``<parameter>_0``, ``<parameter>_1`` ..., the button's ``<parameter>_add``.
    """

    is_wide = True

    def __init__(self, parameter: Steps, object_name: str) -> None:
        self._steps: tuple[Step, ...] = ()
        self._frame = QWidget()
        self._list = StepList(object_name, NestedBox)
        self._add = OperationPicker(parameter.catalog(), f"{object_name}_add")
        super().__init__(parameter, object_name, self._frame)
        self._frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._list)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._connect()
        self.retranslate_ui()

    def _connect(self) -> None:
        self._list.chosen.connect(self._list.choose)
        self._list.chosen.connect(self.entered)
        self._list.edit_ended.connect(self.edit_ended)
        self._list.step_changed.connect(self._change)
        self._list.toggle_requested.connect(self._toggle)
        self._list.remove_requested.connect(self._remove)
        self._list.duplicate_requested.connect(self._duplicate)
        self._list.move_requested.connect(self._move)
        self._add.operation_picked.connect(self._add_step)

    def value(self) -> tuple[Step, ...]:
        return self._steps

    def _show(self, value: tuple[Step, ...]) -> None:
        self._steps = value
        self._list.show_steps(value)

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard reaches, in order."""
        return [*self._list.controls, self._add]

    def set_object_name(self, name: str) -> None:
        """Give the controls other objectNames."""
        self._frame.setObjectName(name)
        self._list.set_prefix(name)
        self._add.set_object_name(f"{name}_add")

    def set_tooltip(self, text: str) -> None:
        """The label says what the parameter is; each step explains itself."""
        self._add.setToolTip(text)

    @Slot(int, object, str)
    def _change(self, index: int, step: Step, merge_key: str) -> None:
        self._steps = (*self._steps[:index], step, *self._steps[index + 1 :])
        self.edited.emit()

    @Slot(int)
    def _toggle(self, index: int) -> None:
        step = self._steps[index]
        self._splice(index, index + 1, replace(step, enabled=not step.enabled))

    @Slot(int)
    def _remove(self, index: int) -> None:
        self._splice(index, index + 1)
        self._list.focus(min(index, len(self._steps) - 1))

    @Slot(int)
    def _duplicate(self, index: int) -> None:
        self._splice(index, index, self._steps[index])

    @Slot(int, int)
    def _move(self, index: int, to: int) -> None:
        steps = list(self._steps)
        steps.insert(to, steps.pop(index))
        self._set(tuple(steps))
        self._list.focus(to)

    @Slot(object)
    def _add_step(self, operation: Operation) -> None:
        self._splice(len(self._steps), len(self._steps), operation.step())
        self._list.focus(len(self._steps) - 1)

    def _splice(self, begin: int, end: int, *steps: Step) -> None:
        self._set((*self._steps[:begin], *steps, *self._steps[end:]))

    def _set(self, steps: tuple[Step, ...]) -> None:
        """Another list of steps, as an edit of its own."""
        self.edit_ended.emit()
        self.set_value(steps)
        self.edited.emit()
        self.edit_ended.emit()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._add.set_texts(self.tr("Add a step to the container"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
