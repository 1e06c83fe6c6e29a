"""One step of the pipeline: its form, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Written
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.problem_box import ProblemBox
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.transforms.hints import Hint
from tudui_gui.transforms.problems import Problem

_MAIN = frozenset(
    {"padding", "p", "num_output_channels", "brightness", "contrast", "saturation", "hue", "scale"}
)


class StepCard(QFrame):
    """A step. Alt+Up and Alt+Down move it, Delete removes it, Space switches it on or off.

    Signals
    -------
    chosen(int)
        The card was clicked or got the focus.
    step_changed(int, object)
        The index and the step with other values.
    toggle_requested(int), remove_requested(int), duplicate_requested(int)
    move_requested(int, int)
        Index and by how much.
    dragged(int, int), dropped(int, int)
        Index and the pointer's global y while it is dragged by its handle, and at the end.
    fix_requested(object)
        A ``Fix`` to apply.
    """

    chosen = Signal(int)
    step_changed = Signal(int, object)
    toggle_requested = Signal(int)
    remove_requested = Signal(int)
    duplicate_requested = Signal(int)
    move_requested = Signal(int, int)
    dragged = Signal(int, int)
    dropped = Signal(int, int)
    fix_requested = Signal(object)

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"step_{index}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._index = index
        self._step: Step | None = None
        self._is_chosen = False
        self._shows_all = False
        self._shown_names: set[str] = set()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        name = self.objectName()
        self._handle = _Handle(f"{name}_handle")
        self._title = ElidedLabel(role="title", object_name=f"{name}_title")
        self._more = IconButton("chevron-down", f"{name}_more")
        self._toggle = IconButton("eye-outline", f"{name}_toggle")
        self._menu_button = IconButton("dots-vertical", f"{name}_menu")
        self._remove = IconButton("close", f"{name}_remove")
        self._form = ParameterForm(name)
        self._problem = ProblemBox(name, "auto-fix")
        self._menu = QMenu(self)
        self._actions = {key: QAction(self._menu) for key in ("up", "down", "duplicate")}
        for key, action in self._actions.items():
            action.setObjectName(f"{name}_{key}")
            self._menu.addAction(action)
        self._menu_button.setMenu(self._menu)
        self._menu_button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(0)
        header.addWidget(self._handle)
        header.addSpacing(6)
        header.addWidget(self._title, 1)
        for button in (self._more, self._toggle, self._menu_button, self._remove):
            header.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 5, 6, 8)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self._form)
        layout.addWidget(self._problem)

    def _connect(self) -> None:
        self._form.step_changed.connect(self._change)
        self._more.clicked.connect(self._toggle_all)
        self._toggle.clicked.connect(self._request_toggle)
        self._remove.clicked.connect(self._request_remove)
        self._menu.triggered.connect(self._run_action)
        self._problem.fix_requested.connect(self.fix_requested)
        self._handle.dragged.connect(self._on_drag)
        self._handle.dropped.connect(self._on_drop)

    def set_step(self, step: Step) -> None:
        """Show ``step``."""
        if self._step is None or self._step.operation is not step.operation:
            self._shows_all = False
            self._shown_names = set()
        self._step = step
        self._title.set_text(step.name)
        self._title.setEnabled(step.enabled)
        self._toggle.set_icon("eye-outline" if step.enabled else "eye-off-outline")
        self._show_form()
        self.retranslate_ui()
        self.update()

    def set_state(self, problem: Problem | None, is_skipped: bool) -> None:
        """Mark the card as failing, or as not run because a step before it fails."""
        self._problem.set_problem(problem)
        self.setProperty("state", "failed" if problem else "skipped" if is_skipped else "")
        self._title.setEnabled(not is_skipped and self._step is not None and self._step.enabled)
        self.update()

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Say what torchvision accepts, and hardly anybody means."""
        self._problem.set_hints(hints)

    def set_chosen(self, is_chosen: bool) -> None:
        """Draw the card as the chosen one."""
        self._is_chosen = is_chosen
        self.update()

    def _show_form(self) -> None:
        assert self._step is not None
        step, known = self._step, self._form.step
        # A field that is shown stays while it is typed in, though its value may become the default again.
        self._shown_names |= set(main_names(step))
        parameters = tuple(
            p for p in step.operation.parameters if self._shows_all or p.name in self._shown_names
        )
        shown = replace(step.operation, parameters=parameters)
        if known is not None and known.operation == shown:
            shown = known.operation
        self._form.set_step(shown.step(**{p.name: step.values[p.name] for p in parameters}))
        self._more.setVisible(self._shows_all or len(parameters) < len(step.operation.parameters))
        self._more.set_icon("chevron-up" if self._shows_all else "chevron-down")
        self._form.setVisible(bool(parameters))

    @Slot(object)
    def _change(self, part: Step) -> None:
        if self._step is not None:
            self.chosen.emit(self._index)
            self.step_changed.emit(self._index, self._step.with_values(**part.values))

    @Slot()
    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self._shown_names = set()
        self._show_form()
        self.retranslate_ui()

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
        self.setToolTip(self.tr("Alt+Up and Alt+Down move the step, Delete removes it, Space switches it"))
        self._title.setToolTip(catalog_text(self._step.operation.help) if self._step else "")
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

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.tokens()
        has_failed = self.property("state") == "failed"
        edge = colors.danger if has_failed else colors.accent if self._is_chosen else colors.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 1.5 if self.hasFocus() else 1))
        painter.setBrush(QColor(colors.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.chosen.emit(self._index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_requested.emit(self._index, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit(self._index)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle_requested.emit(self._index)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _Handle(QLabel):
    """Six dots to drag a card by. ``dragged(int)``, ``dropped(int)``: the pointer's global y."""

    dragged = Signal(int)
    dropped = Signal(int)

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFixedSize(14, 22)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self._is_dragging = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().muted))
        for row in range(3):
            for column in range(2):
                painter.drawEllipse(QRectF(3 + column * 5, 5 + row * 5, 2, 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._is_dragging = True
            self.dragged.emit(event.globalPosition().toPoint().y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_dragging = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._is_dragging = False
            self.dropped.emit(event.globalPosition().toPoint().y())


def main_names(step: Step) -> list[str]:
    """The parameters worth showing at once: the required and the changed ones."""
    return [
        parameter.name
        for parameter in step.operation.parameters
        if parameter.written is Written.BY_POSITION
        or parameter.name in _MAIN
        or step.values[parameter.name] != parameter.default
    ]
