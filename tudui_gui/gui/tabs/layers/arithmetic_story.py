"""The output cell in words: its sum channel by channel, the size formula, the memory, what is impossible."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.layers.bench import Worked
from tudui_gui.layers.gradients import Gradients
from tudui_gui.layers.spelling import Place, Spelled
from tudui_gui.layers.tensor_tools import Memory

_MOST_PLACES = 60


class ArithmeticStory(QWidget):
    """Text below the matrices. Main thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worked: Worked | None = None
        self._gradients: Gradients | None = None
        self._refused: tuple[str, Place] | None = None
        self._problem: Failure | None = None
        self._problem_label = Label(role="error", object_name="arithmetic_problem")
        self._refused_label = Label(role="error", object_name="arithmetic_refused")
        self._lines = Label(role="mono", object_name="arithmetic_lines")
        self._sum = Label(role="mono", object_name="arithmetic_sum")
        self._formula = Label(role="mono", object_name="arithmetic_formula")
        self._shape = Label(role="mono", object_name="arithmetic_shape")
        self._derived = Label(role="mono", object_name="arithmetic_derived")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for label in (
            self._problem_label,
            self._refused_label,
            self._lines,
            self._sum,
            self._derived,
            self._formula,
            self._shape,
        ):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self.retranslate_ui()

    def show_worked(self, worked: Worked | None, gradients: Gradients | None) -> None:
        """Tell of another result."""
        self._worked, self._gradients = worked, gradients
        self._refused = None
        self.retranslate_ui()

    def show_problem(self, problem: Failure | None) -> None:
        """Say why there is no result."""
        self._problem = problem
        self._show(self._problem_label, "" if problem is None else describe(problem))

    def show_refused(self, text: str, place: Place) -> None:
        """Say that what was typed into a cell is no number."""
        self._refused = (text, place)
        self.retranslate_ui()

    def show_cell(self, spelled: Spelled | None) -> None:
        """Spell one number out."""
        self._show(self._sum, "" if spelled is None else spelled.total)
        lines = [] if spelled is None else list(spelled.lines)
        if spelled is not None and spelled.is_partial:
            lines.append(self.tr("This window reaches over the border: ceil_mode keeps it."))
        self._show(self._lines, "\n".join(lines))

    def _show(self, label: Label, text: str) -> None:
        label.setText(text)
        label.setAccessibleName(text)
        label.setVisible(bool(text))

    def retranslate_ui(self) -> None:
        """Set every text in the current language; the cell is shown anew by its owner."""
        worked, gradients = self._worked, self._gradients
        sizes = () if worked is None else worked.sizes
        letters = "DHW"[3 - len(sizes) :] if len(sizes) != 1 else "L"
        lines = [f"{letter}_out = {size.formula}" for letter, size in zip(letters, sizes, strict=True)]
        self._show(self._formula, "\n".join(lines))
        self._show(self._shape, "" if worked is None else self._shape_text(worked))
        text = (
            ""
            if gradients is None
            else self.tr("backward() from {value}").format(value=f"{gradients.result:.6g}")
        )
        self._show(self._derived, text)
        refused = ""
        if self._refused is not None:
            typed, (_, _, row, column) = self._refused
            refused = self.tr(
                "“{text}” is not a number: the cell in row {row}, column {column} keeps its own."
            ).format(text=typed, row=row, column=column)
        self._show(self._refused_label, refused)
        self.show_problem(self._problem)

    def _shape_text(self, worked: Worked) -> str:
        text = self.tr("shape {shape}").format(shape=list(worked.shape))
        if worked.memory is not None:
            text += "\n" + self._memory_text(worked.memory)
        return text

    def _memory_text(self, memory: Memory) -> str:
        yes, no = self.tr("yes"), self.tr("no")
        lines = [
            self.tr("stride {stride}, contiguous: {contiguous}, shares the memory of x: {shared}").format(
                stride=memory.stride,
                contiguous=yes if memory.is_contiguous else no,
                shared=yes if memory.is_shared else no,
            )
        ]
        if memory.is_shared:
            shown = " ".join(map(str, memory.order[:_MOST_PLACES]))
            more = " …" if len(memory.order) > _MOST_PLACES else ""
            lines.append(self.tr("read from the places of memory {places}").format(places=shown + more))
        else:
            lines.append(self.tr("The numbers were copied: writing to the result leaves x as it is."))
        return "\n".join(lines)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
