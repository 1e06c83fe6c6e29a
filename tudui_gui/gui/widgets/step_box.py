"""One step: its form, and what can be done with it."""

from __future__ import annotations

import itertools
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Written
from tudui_gui.gui import theme
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.drag_handle import DragHandle
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.parameter_form import ParameterForm

#: Parameters worth showing although PyTorch has a default for them.
_MAIN = frozenset(
    {"padding", "p", "num_output_channels", "brightness", "contrast", "saturation", "hue", "scale"}
)
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_edits = itertools.count()


class StepBox(QFrame):
    """A step. Alt+Up and Alt+Down move it, Delete removes it, Space switches it, Ctrl+D copies it.

    Signals
    -------
    chosen(int)
        The box was clicked or got the focus.
    step_changed(int, object, str)
        The index, the step with other values, and a key that is the same while one value is being changed.
    edit_ended()
        A slider was let go, or a field was left.
    toggle_requested(int), remove_requested(int), duplicate_requested(int)
    move_requested(int, int)
        Index and by how much.
    focus_requested(int)
        The index of the box that the keyboard goes to.
    dragged(int, int), dropped(int, int)
        Index and the pointer's global y while it is dragged by its handle, and at the end.
    tab_order_changed()
        There are other fields.
    """

    chosen = Signal(int)
    step_changed = Signal(int, object, str)
    edit_ended = Signal()
    toggle_requested = Signal(int)
    remove_requested = Signal(int)
    duplicate_requested = Signal(int)
    move_requested = Signal(int, int)
    focus_requested = Signal(int)
    dragged = Signal(int, int)
    dropped = Signal(int, int)
    tab_order_changed = Signal()

    #: Whether it stands within another box: then the cross that removes it is in its menu alone.
    is_nested: ClassVar[bool] = False

    def __init__(self, prefix: str, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._index = index
        self.setObjectName(f"{prefix}_{index}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._step: Step | None = None
        self._edit = next(_edits)
        self._is_chosen = False
        self._shows_all = False
        self._shown_names: set[str] = set()
        self._make_widgets()
        self._lay_out()
        self._connect()

    def _make_widgets(self) -> None:
        name = self.objectName()
        self._handle = DragHandle(f"{name}_handle")
        self._title = ElidedLabel(role="title", object_name=f"{name}_title")
        self._more = IconButton("chevron-down", f"{name}_more")
        self._toggle = IconButton("eye-outline", f"{name}_toggle")
        self._menu_button = IconButton("dots-vertical", f"{name}_menu")
        self._remove = IconButton("close", f"{name}_remove")
        if self.is_nested:
            self._remove.hide()
        self._form = ParameterForm(name, with_sliders=True)
        self._advice = Label(role="muted", object_name=f"{name}_advice")
        self._advice.setWordWrap(True)
        self._advice.hide()
        self._menu = QMenu(self)
        self._actions = {key: QAction(self._menu) for key in ("up", "down", "duplicate", "delete")}
        for key, action in self._actions.items():
            action.setObjectName(f"{name}_{key}")
            self._menu.addAction(action)
        self._menu_button.setMenu(self._menu)
        self._menu_button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(0)
        header.addWidget(self._handle)
        header.addSpacing(4)
        header.addWidget(self._title, 1)
        for button in (self._more, self._toggle, self._menu_button, self._remove):
            button.setProperty("dense", True)
            header.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 5, 6, 8)
        self._column.setSpacing(4)
        self._column.addLayout(header)
        self._column.addWidget(self._form)
        self._column.addWidget(self._advice)

    def _connect(self) -> None:
        self._form.step_changed.connect(self._change)
        self._form.edit_ended.connect(self._end_edit)
        self._form.entered.connect(self._request_choice)
        self._more.clicked.connect(self._toggle_all)
        self._toggle.clicked.connect(self._request_toggle)
        self._remove.clicked.connect(self._request_remove)
        self._menu.triggered.connect(self._run_action)
        self._handle.dragged.connect(self._on_drag)
        self._handle.dropped.connect(self._on_drop)

    @property
    def step(self) -> Step | None:
        """The step that is shown."""
        return self._step

    @property
    def index(self) -> int:
        """Its place among the steps."""
        return self._index

    def set_index(self, index: int) -> None:
        """Say that it is at another place: its controls' objectNames follow."""
        if index != self._index:
            self._index = index
            self._rename(f"{self._prefix}_{index}")

    def set_prefix(self, prefix: str) -> None:
        """Say that what it stands in has another name."""
        self._prefix = prefix
        self._rename(f"{prefix}_{self._index}")

    def _rename(self, name: str) -> None:
        before = self.objectName()
        self.setObjectName(name)
        parts: tuple[QObject, ...] = (
            *(self._handle, self._title, self._more, self._toggle, self._menu_button, self._remove),
            *(self._advice, *self._actions.values()),
        )
        for part in parts:
            part.setObjectName(name + part.objectName().removeprefix(before))
        self._form.set_prefix(name)

    def set_step(self, step: Step) -> None:
        """Show ``step``."""
        if step is self._step:
            return
        before, self._step = self._step, step
        is_other = before is None or before.operation is not step.operation
        if is_other:
            self._set_shows_all(False)
        self._show_form()
        if before is None or is_other or before.enabled != step.enabled:
            self._title.setText(step.name)
            self._title.setEnabled(step.enabled)
            self._toggle.set_icon("eye-outline" if step.enabled else "eye-off-outline")
            self.retranslate_ui()
            self.update()

    def set_chosen(self, is_chosen: bool) -> None:
        """Draw the box as the chosen one; what is advised of its operation is told."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self._show_advice()
            self.update()

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard reaches, in order."""
        header = [self._more, self._toggle, self._menu_button, self._remove]
        return [self, *header, *self._form.controls]

    def _show_advice(self) -> None:
        hint = self._step.operation.hint if self._step else ""
        self._advice.setText(catalog_text(hint))
        self._advice.setVisible(bool(hint) and self._is_chosen)

    def _show_form(self) -> None:
        assert self._step is not None
        parameters = self._step.operation.parameters
        # A field that is shown stays while it is typed in, though its value may become the default again.
        self._shown_names |= set(main_names(self._step))
        names = {p.name for p in parameters} if self._shows_all else self._shown_names
        known = len(self._form.fields)
        self._form.show_only(names)
        self._form.set_step(self._step)
        self._more.setVisible(self._shows_all or len(names) < len(parameters))
        self._form.setVisible(bool(names))
        if len(self._form.fields) != known:
            self.tab_order_changed.emit()

    @Slot(object)
    def _change(self, step: Step) -> None:
        assert self._step is not None
        before, self._step = self._step, step
        changed = [name for name, value in step.values.items() if value != before.values.get(name)]
        self.chosen.emit(self._index)
        self.step_changed.emit(self._index, step, f"{step.name} {changed} {self._edit}")

    @Slot()
    def _end_edit(self) -> None:
        self._edit = next(_edits)
        self.edit_ended.emit()

    @Slot()
    def _toggle_all(self) -> None:
        self._set_shows_all(not self._shows_all)
        self._show_form()
        self.retranslate_ui()

    def _set_shows_all(self, shows_all: bool) -> None:
        self._shown_names = set()
        if shows_all != self._shows_all:
            self._shows_all = shows_all
            self._more.set_icon("chevron-up" if shows_all else "chevron-down")

    @Slot()
    def _request_choice(self) -> None:
        self.chosen.emit(self._index)

    @Slot()
    def _request_toggle(self) -> None:
        self.toggle_requested.emit(self._index)

    @Slot()
    def _request_remove(self) -> None:
        self.remove_requested.emit(self._index)

    @Slot(QAction)
    def _run_action(self, action: QAction) -> None:
        if action is self._actions["duplicate"]:
            self.duplicate_requested.emit(self._index)
        elif action is self._actions["delete"]:
            self.remove_requested.emit(self._index)
        else:
            self.move_requested.emit(self._index, -1 if action is self._actions["up"] else 1)

    @Slot(int)
    def _on_drag(self, y: int) -> None:
        self.dragged.emit(self._index, y)

    @Slot(int)
    def _on_drop(self, y: int) -> None:
        self.dropped.emit(self._index, y)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        name = self._step.name if self._step else ""
        is_on = self._step is None or self._step.enabled
        self.setAccessibleName(name)
        self.setToolTip(
            self.tr(
                "Alt+Up and Alt+Down move the step, Delete removes it, Space switches it, Ctrl+D copies it"
            )
        )
        self._title.setToolTip(self._explanation())
        self._handle.setToolTip(self.tr("Drag to another place (Alt+Up, Alt+Down)"))
        self._more.set_texts(
            self.tr("Fewer parameters of {step}").format(step=name)
            if self._shows_all
            else self.tr("All parameters of {step}").format(step=name)
        )
        self._toggle.set_texts(
            self.tr("Switch {step} off").format(step=name)
            if is_on
            else self.tr("Switch {step} on").format(step=name)
        )
        self._menu_button.set_texts(self.tr("Move or duplicate {step}").format(step=name))
        self._remove.set_texts(self.tr("Remove {step}").format(step=name))
        self._actions["up"].setText(self.tr("Move up"))
        self._actions["down"].setText(self.tr("Move down"))
        self._actions["duplicate"].setText(self.tr("Duplicate"))
        self._actions["delete"].setText(self.tr("Remove"))
        self._show_advice()

    def _explanation(self) -> str:
        """Help and hint of the operation."""
        if self._step is None:
            return ""
        operation = self._step.operation
        texts = (operation.qualname, catalog_text(operation.help), catalog_text(operation.hint))
        return "\n".join(text for text in texts if text)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._edge(colors)), 1.5 if self.hasFocus() else 1))
        painter.setBrush(QColor(colors.card if self.is_nested else colors.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)

    def _edge(self, colors: theme.Tokens) -> str:
        """The colour of the frame."""
        return colors.accent if self._is_chosen else colors.line

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._index)
        event.ignore()  # the box around it is chosen too

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.chosen.emit(self._index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held, key = event.modifiers(), Qt.Key(event.key())
        if key in _KEYS and held & Qt.KeyboardModifier.AltModifier:
            self.move_requested.emit(self._index, _KEYS[key])
        elif key in _KEYS and self.hasFocus():
            self.focus_requested.emit(self._index + _KEYS[key])
        elif key == Qt.Key.Key_Delete:
            self.remove_requested.emit(self._index)
        elif key == Qt.Key.Key_Space:
            self.toggle_requested.emit(self._index)
        elif key == Qt.Key.Key_D and held & Qt.KeyboardModifier.ControlModifier:
            self.duplicate_requested.emit(self._index)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def main_names(step: Step) -> list[str]:
    """The parameters worth showing at once: the required and the changed ones."""
    return [
        parameter.name
        for parameter in step.operation.parameters
        if parameter.written is Written.BY_POSITION
        or parameter.name in _MAIN
        or step.values[parameter.name] != parameter.default
    ]
