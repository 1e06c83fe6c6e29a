"""One part of the experiment: which operation, and its parameters."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.operations import Catalog, Step
from tudui_gui.gui import theme
from tudui_gui.gui.translations import catalog_text, describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.parameter_form import ParameterForm

#: Of the longest parameter names, such as ``label_smoothing``.
_NAME_WIDTH = 104
_NARROW = 60


class Section(QWidget):
    """A heading, the choice of an operation where there is one, its parameters, and what is wrong.

    Parameters
    ----------
    key : str
    catalog : Catalog, optional
        The operations to choose from.
    seldom : frozenset of str
        Parameters that are out of sight, unless they are set or a person asks for them.

    Attributes
    ----------
    rows : QVBoxLayout
        Where further widgets go.

    Signals
    -------
    operation_chosen(str)
        Another operation's name.
    step_changed(object)
        The ``Step`` after an edit of a parameter.
    """

    operation_chosen = Signal(str)
    step_changed = Signal(object)

    def __init__(
        self,
        key: str,
        catalog: Catalog | None = None,
        parent: QWidget | None = None,
        *,
        seldom: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._seldom = seldom
        self._catalog = catalog
        self._heading = Label(role="title")
        self._combo = _operation_combo(f"experiment_{key}", catalog)
        self.form = ParameterForm(key)
        _align_fields(self.form)
        self._problem = Label(role="error", object_name=f"experiment_{key}_error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.SPACE - 2)
        self._more = Button(f"experiment_{key}_more", "chevron-right", role="link")
        self._more.setCheckable(True)
        self._more.setVisible(bool(seldom))
        for widget in (self._heading, self._combo, self.form, self._problem):
            self.rows.addWidget(widget)
        self.rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._combo.setVisible(catalog is not None)
        self._combo.currentTextChanged.connect(self.operation_chosen)
        self.form.step_changed.connect(self.step_changed)
        self._more.toggled.connect(self._show_rows)

    def set_texts(self, heading: str, tooltip: str = "") -> None:
        """Set the heading, and what the choice is for."""
        self._heading.setText(heading)
        self._combo.setAccessibleName(heading)
        self._tooltip = tooltip
        self._retranslate_choices()

    def set_more_texts(self, text: str, tooltip: str) -> None:
        """Say what the parameters out of sight are for."""
        self._more.set_texts(text, tooltip)

    def set_step(self, step: Step) -> None:
        """Show ``step``; a field that holds refused text keeps it while its value is the same."""
        with QSignalBlocker(self._combo):
            self._combo.setCurrentText(step.name)
        if step != self.form.step:
            self.form.set_step(step)
        self.form.setVisible(bool(step.operation.parameters))
        self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        step, wanted = self.form.step, self._more.isChecked()
        self._more.set_icon("chevron-down" if wanted else "chevron-right")
        for parameter in step.operation.parameters if step is not None else ():
            if step is not None and parameter.name in self._seldom:
                is_set = step.values[parameter.name] != parameter.default
                # What was out of sight must not ask for a wider column when it comes.
                self.form.fields[parameter.name].editor.setMinimumWidth(_NARROW)
                self.form.set_row_visible(parameter.name, wanted or is_set)

    def show_problem(self, error: TuduiError | None) -> None:
        """Say why the experiment does not take what the section shows; ``None`` takes it away."""
        self._problem.setText("" if error is None else describe(error))
        self._problem.setVisible(error is not None)

    @property
    def problem(self) -> str:
        """What is wrong; empty if nothing is."""
        return self._problem.text()

    def _retranslate_choices(self) -> None:
        self._combo.setToolTip(self._tooltip)
        for index, operation in enumerate(self._catalog.values() if self._catalog else ()):
            tip = f"{operation.qualname}\n{catalog_text(operation.help)}"
            self._combo.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)


def _align_fields(form: ParameterForm) -> None:
    """Let the fields of all sections begin at the same place."""
    grid = form.layout()
    if isinstance(grid, QGridLayout):
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)


def _operation_combo(object_name: str, catalog: Catalog | None) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    combo.addItems(list(catalog or ()))
    return combo
