"""Start, pause, stop, resume."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import Button


class TrainingControls(QWidget):
    """Four buttons that stay where they are; the one to press next is the primary one.

    Attributes
    ----------
    start, pause, stop, resume : Button
        ``start_training`` ... ``resume_training``. ``pause`` is checked while the run is paused.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = Button("start_training", "play", "primary")
        self.pause = Button("pause_training", "pause")
        self.stop = Button("stop_training", "stop")
        self.resume = Button("resume_training", "play-pause")
        self._icons = {self.start: "play", self.pause: "pause", self.stop: "stop", self.resume: "play-pause"}
        self.pause.setCheckable(True)
        self._state = "idle"
        self._can_resume = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE)
        for place, button in enumerate((self.start, self.resume, self.pause, self.stop)):
            grid.addWidget(button, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        self.show_state("idle", can_resume=False)
        self.retranslate_ui()

    def show_state(self, state: str, *, can_resume: bool) -> None:
        """Enable what makes sense in ``state`` of the ``TrainingController``.

        ``can_resume``: a run that can go on is selected in the list.
        """
        self._state, self._can_resume = state, can_resume
        self.start.setEnabled(state == "idle")
        self.pause.setEnabled(state in ("running", "paused"))
        self.pause.setChecked(state == "paused")
        self.stop.setEnabled(state in ("running", "paused"))
        self.resume.setEnabled(state == "paused" or (state == "idle" and can_resume))
        primary = {"idle": self.start, "running": self.pause, "paused": self.resume}.get(state)
        for button in self._icons:
            self._set_role(button, "primary" if button is primary else "")

    def _set_role(self, button: Button, role: str) -> None:
        if button.property("role") != role:
            button.setProperty("role", role)
            button.set_icon(self._icons[button])
            button.style().unpolish(button)
            button.style().polish(button)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.start.set_texts(
            self.tr("Start"), self.tr("Train the experiment from random weights, as a new run")
        )
        self.pause.set_texts(self.tr("Pause"), self.tr("Hold after the current step; press again to go on"))
        self.stop.set_texts(
            self.tr("Stop"), self.tr("End after the current step; a checkpoint is kept to resume from")
        )
        self.resume.set_texts(
            self.tr("Resume"),
            self.tr(
                "Go on with the paused run, or with the stopped run selected in the list, where it ended"
            ),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
