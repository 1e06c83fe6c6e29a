"""What the window's menu does: ask for files and open them, write the experiment, undo and redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.files import write_text

if TYPE_CHECKING:
    from tudui_gui.gui.main_window import MainWindow


class Commands(QObject):
    """Commands of the window's menu. Main thread only."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @Slot()
    def choose_files(self) -> None:
        """Ask for files and open them."""
        folder = self._window.preferences.get("window.folder", "")
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open files"), folder)
        if names:
            self._window.preferences.set("window.folder", str(Path(names[0]).parent))
            self._window.open_paths([Path(name) for name in names])

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and open it as a data set."""
        folder = self._window.preferences.get("window.folder", "")
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open folder"), folder)
        if name:
            self._window.preferences.set("window.folder", name)
            self._window.open_paths([Path(name)])

    @Slot()
    def save_experiment(self) -> None:
        """Ask for a file and write the experiment there."""
        title, kinds = self.tr("Save experiment"), self.tr("Experiments (*.toml)")
        name, _ = QFileDialog.getSaveFileName(self._window, title, "experiment.toml", kinds)
        if name and self._window.session is not None:
            try:
                write_text(Path(name), self._window.session.experiment.to_toml())
            except TuduiError as error:
                self._window.show_failure(error)

    @Slot()
    def undo(self) -> None:
        """Undo the last edit."""
        if self._window.session is not None:
            self._window.session.undo_stack.undo()

    @Slot()
    def redo(self) -> None:
        """Redo what was undone."""
        if self._window.session is not None:
            self._window.session.undo_stack.redo()
