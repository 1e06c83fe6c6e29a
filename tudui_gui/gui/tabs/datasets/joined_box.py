"""The sources that were put together: what each is called, and a way to take it out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.joining import parts_of
from tudui_gui.gui.tabs.datasets.source_entries import own_path, title_of
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named

_LABEL_WIDTH, _BUTTON = 76, 28


class JoinedBox(QWidget):
    """A line for each source; a folder without classes has a field for the label of its images.

    Signals
    -------
    parts_changed(object)
        A tuple of ``Step``: the sources that should be left, with their labels.
    """

    parts_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("joined_box")
        self._parts: tuple[Step, ...] = ()
        self._lines: list[_Line] = []
        self._failure: Failure | None = None
        self._title = Label(role="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE // 2)
        self._grid.setVerticalSpacing(theme.SPACE // 2)
        self._grid.setColumnStretch(0, 1)
        self._problem = Label(role="error", object_name="joined_problem")
        self._problem.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self._problem)
        self._show_failure(None)
        self.retranslate_ui()

    def show_step(self, step: Step) -> None:
        """Show the sources that ``step`` joins."""
        self._show_failure(None)
        if parts_of(step) == self._parts:
            return
        for line in self._lines:
            line.remove()
        self._parts = parts_of(step)
        self._lines = [_Line(part, number) for number, part in enumerate(self._parts)]
        for number, line in enumerate(self._lines):
            line.place(self._grid, number)
            line.remove_button.clicked.connect(partial(self._take_out, number))
            if line.field is not None:
                line.field.editingFinished.connect(partial(self._relabel, number))
        self.retranslate_ui()

    def show_failure(self, failure: Failure) -> None:
        """Say below the lines why they cannot be put together."""
        self._show_failure(failure)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._title.setText(self.tr("Put together from"))
        for line in self._lines:
            name = title_of(line.step)
            line.remove_button.set_texts(self.tr("Take {name} out").format(name=name))
            if line.field is not None:
                line.field.setAccessibleName(self.tr("Label of {name}").format(name=name))
                line.field.setToolTip(self.tr("The label of every image in this folder"))
        self._show_failure(self._failure)

    @Slot()
    def _take_out(self, number: int) -> None:
        self.parts_changed.emit(self._parts[:number] + self._parts[number + 1 :])

    @Slot()
    def _relabel(self, number: int) -> None:
        field, part = self._lines[number].field, self._parts[number]
        label = field.text().strip() if field is not None else ""
        if label and label != part.values["label"]:
            changed = part.with_values(label=label)
            self.parts_changed.emit((*self._parts[:number], changed, *self._parts[number + 1 :]))
        elif field is not None:
            field.setText(part.values["label"] or "")

    def _show_failure(self, failure: Failure | None) -> None:
        self._failure = failure
        self._problem.setText("" if failure is None else brief(failure))
        self._problem.setVisible(failure is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _Line:
    """Title, label and button of one source."""

    def __init__(self, step: Step, number: int) -> None:
        self.step = step
        self.title = ElidedLabel(object_name=f"joined_title_{number}")
        self.title.set_text(title_of(step))
        path = own_path(step)
        self.title.setToolTip(title_of(step) if path is None else str(path))
        self.remove_button = IconButton("close", f"joined_remove_{number}")
        self.remove_button.setFixedSize(_BUTTON, _BUTTON)
        self.field: QLineEdit | None = None
        if "label" in step.values:
            self.field = named(QLineEdit(step.values["label"] or ""), f"joined_label_{number}")
            self.field.setFixedWidth(_LABEL_WIDTH)

    def place(self, grid: QGridLayout, row: int) -> None:
        grid.addWidget(self.title, row, 0, Qt.AlignmentFlag.AlignVCenter)
        if self.field is not None:
            grid.addWidget(self.field, row, 1)
        grid.addWidget(self.remove_button, row, 2)

    def remove(self) -> None:
        for widget in (self.title, self.field, self.remove_button):
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
