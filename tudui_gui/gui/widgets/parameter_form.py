"""A form made from an operation's parameters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tudui_gui.core.operations import Step


class ParameterForm(QWidget):
    """One field a parameter; the fields' objectNames are ``<prefix>_<parameter>``.

    Signals
    -------
    step_changed(object)
        The new ``Step`` after a person's edit; not sent while a field is invalid, nor by :meth:`set_step`.
    """

    step_changed = Signal(object)

    def __init__(self, prefix: str, step: Step | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def set_step(self, step: Step | None) -> None:
        """Show ``step``; fields are rebuilt only if its operation is another one."""

    @property
    def step(self) -> Step | None:
        """The last valid step."""

    @property
    def is_valid(self) -> bool:
        """Whether every field holds an allowed value."""
