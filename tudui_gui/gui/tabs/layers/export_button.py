"""The maps elsewhere: as one picture, as numbers, in TensorBoard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from tudui_gui.gui.checkpoints import ModelCache
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.epochs_board import epochs_board_work
from tudui_gui.gui.tabs.layers.export_work import (
    BoardRun,
    ShownMaps,
    board_work,
    numbers_work,
    sheet_work,
)
from tudui_gui.gui.tabs.layers.work import ModelLayer
from tudui_gui.gui.widgets.board_line import BoardLine
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.workers import Jobs, Work
from tudui_gui.training.board import cleaned
from tudui_gui.training.kept import KeptCheckpoint


class MapsBoardLine(BoardLine):
    """Says which calls wrote the maps for TensorBoard, and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._run: BoardRun | None = None
        super().__init__("maps_board", parent)

    def show_run(self, run: BoardRun) -> None:
        """Tell of ``run``."""
        self._run = run
        self.show_written(run.folder)

    def text_of_written(self) -> str:
        """The last call, the one of the maps, and the folder; every call is in the tooltip."""
        run = self._run
        if run is None:
            return super().text_of_written()
        text = self.tr("writer.{call} · {folder}")
        return text.format(call=run.calls[-1], folder=run.folder)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        super().retranslate_ui()
        if self._run is not None:
            lines = (f"writer.{call}" for call in self._run.calls)
            self._text.setToolTip("\n".join([*lines, str(self._run.folder)]))


class ExportButton(IconButton):
    """A menu of ways out for the maps that are shown; each is a job.

    Attributes
    ----------
    line : MapsBoardLine
        To be shown near the maps.

    Signals
    -------
    failed(object)
        A ``Failure``: what could not be written, and why.
    """

    failed = Signal(object)

    def __init__(
        self, session: Session, jobs: Jobs, cache: ModelCache, parent: QWidget | None = None
    ) -> None:
        super().__init__("export-variant", "maps_export", parent=parent)
        self._session = session
        self._jobs = jobs
        self._cache = cache
        self._shown: ShownMaps | None = None
        self._epochs: tuple[KeptCheckpoint, ...] = ()
        self.line = MapsBoardLine()
        menu = QMenu(self)
        self._as_png = menu.addAction("", self._ask_for_png)
        self._as_npy = menu.addAction("", self._ask_for_npy)
        menu.addSeparator()
        self._to_board = menu.addAction("", self._write_board)
        self._epochs_to_board = menu.addAction("", self._write_epochs)
        names = {
            "png": self._as_png,
            "npy": self._as_npy,
            "board": self._to_board,
            "epochs": self._epochs_to_board,
        }
        for name, action in names.items():
            action.setObjectName(f"maps_export_{name}")
        menu.setToolTipsVisible(True)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.show_maps(None)
        self.retranslate_ui()

    def show_maps(self, shown: ShownMaps | None) -> None:
        """Export these from now on."""
        self._shown = shown
        self.setEnabled(shown is not None)
        self.set_epochs(self._epochs)

    def set_epochs(self, epochs: Sequence[KeptCheckpoint]) -> None:
        """The checkpoints that hold the same layer."""
        self._epochs = tuple(epochs)
        is_of_model = self._shown is not None and isinstance(self._shown.result.request.subject, ModelLayer)
        self._epochs_to_board.setEnabled(is_of_model and len(self._epochs) > 1)

    @Slot()
    def _ask_for_png(self) -> None:
        self._ask(self.tr("Save the maps as a picture"), "png", self.tr("Picture (*.png)"), self._save_png)

    @Slot()
    def _ask_for_npy(self) -> None:
        self._ask(self.tr("Save the maps as numbers"), "npy", self.tr("Array (*.npy)"), self._save_npy)

    def _ask(self, title: str, suffix: str, kinds: str, chosen: object) -> None:
        if self._shown is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        path = Path(folder, f"{cleaned(Path(self._shown.name).stem)}-{cleaned(self._shown.layer)}.{suffix}")
        dialog = QFileDialog(self, title, str(path), kinds)
        dialog.setObjectName("maps_export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _save_png(self, name: str) -> None:
        if self._shown is not None:
            self._submit(partial(sheet_work, self._shown, Path(name)), self.tr("Saving the maps"))

    @Slot(str)
    def _save_npy(self, name: str) -> None:
        if self._shown is not None:
            self._submit(partial(numbers_work, self._shown, Path(name)), self.tr("Saving the maps"))

    def _submit(self, work: Work, title: str) -> None:
        self._jobs.submit(
            work, done=self._tell_saved, failed=self._tell_failure, key="layers.export", title=title
        )

    @Slot()
    def _write_board(self) -> None:
        if self._shown is not None:
            self._submit_board(partial(board_work, self._shown))

    @Slot()
    def _write_epochs(self) -> None:
        if self._shown is not None:
            self._submit_board(partial(epochs_board_work, self._shown, self._epochs, self._cache))

    def _submit_board(self, work: Work) -> None:
        self._jobs.submit(
            work,
            done=self.line.show_run,
            failed=self._tell_failure,
            key="layers.board",
            title=self.tr("Writing for TensorBoard"),
        )

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self._session.notify(self.tr("Saved {path}").format(path=path))

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_texts(self.tr("Export the maps"), self.tr("Save the maps, or write them for TensorBoard"))
        texts = {
            self._as_png: (self.tr("Picture of all maps…"), self.tr("PNG, as they are shown, with captions")),
            self._as_npy: (self.tr("Numbers…"), self.tr(".npy: float32 [C, H, W], for numpy.load")),
            self._to_board: (
                self.tr("Write for TensorBoard"),
                self.tr("The input by add_image, the maps as they are shown by add_images"),
            ),
            self._epochs_to_board: (
                self.tr("Write every epoch for TensorBoard"),
                self.tr(
                    "The maps of each checkpoint under one tag, the epoch as step: a slider goes over them"
                ),
            ),
        }
        for action, (text, tooltip) in texts.items():
            action.setText(text)
            action.setToolTip(tooltip)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
