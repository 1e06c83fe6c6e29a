"""One draw on the clipboard or in a file, in full size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from tudui_gui.gui.clipboard import put_on_clipboard
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.draws_reader import DrawsReader
from tudui_gui.gui.tabs.transforms.draws_texts import details
from tudui_gui.gui.tabs.transforms.draws_work import Draw, Subject
from tudui_gui.gui.widgets.buttons import IconButton


class DrawExport(QObject):
    """Two buttons for the draw that is pointed at or chosen."""

    def __init__(self, session: Session, reader: DrawsReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._window = parent
        self._subject: Subject | None = None
        self._draw: Draw | None = None
        self._copied = ""
        self._copy = IconButton("content-copy", "copy_draw")
        self._save = IconButton("content-save-outline", "save_draw")
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.ask)
        reader.exact.connect(self._put_on_clipboard)
        reader.saved.connect(self._tell_saved)
        self.retranslate_ui()

    @property
    def buttons(self) -> tuple[IconButton, IconButton]:
        """Copy and save."""
        return self._copy, self._save

    def actions_for(self, parent: QObject) -> tuple[QAction, QAction]:
        """The same for a menu."""
        copy = QAction(self.tr("Copy the picture"), parent)
        save = QAction(self.tr("Save the picture…"), parent)
        copy.setObjectName("draw_menu_copy")
        save.setObjectName("draw_menu_save")
        copy.triggered.connect(self.copy)
        save.triggered.connect(self.ask)
        return copy, save

    def set_draw(self, subject: Subject | None, draw: Draw | None) -> None:
        """Take ``draw`` from now on."""
        self._subject, self._draw = subject, draw
        self.set_enabled(draw is not None and draw.image is not None)

    def set_enabled(self, is_enabled: bool) -> None:
        """Let the buttons be pressed, where there is a draw."""
        for button in self.buttons:
            button.setEnabled(is_enabled and self._draw is not None)

    @Slot()
    def copy(self) -> None:
        """Put the draw on the clipboard: its pixels, and the numbers as text."""
        if self._subject is not None and self._draw is not None and self._draw.image is not None:
            self._copied = details(self._draw)
            self._reader.want_exact(self._subject, self._draw.seed)

    @Slot()
    def ask(self) -> None:
        """Ask where to save the draw."""
        if self._subject is None or self._draw is None or self._draw.image is None:
            return
        name = self._subject.steps[-1].name if self._subject.is_step else "pipeline"
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        path = Path(folder, f"{name}-seed-{self._draw.seed}.png")
        dialog = QFileDialog(self._window, self.tr("Save a draw"), str(path), self.tr("Picture (*.png)"))
        dialog.setObjectName("save_draw_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.fileSelected.connect(self._write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _write(self, name: str) -> None:
        if self._subject is not None and self._draw is not None:
            self._reader.save(Path(name), self._subject, self._draw.seed)

    @Slot(object)
    def _put_on_clipboard(self, image: QImage) -> None:
        data = QMimeData()
        data.setImageData(image)
        data.setText(self._copied)
        put_on_clipboard(data)
        self._session.notify(self.tr("Copied: {text}").format(text=self._copied))

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self._session.notify(self.tr("Saved {path}").format(path=path))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._copy.set_texts(
            self.tr("Copy the draw"), self.tr("Copy this draw in full size, and the numbers drawn")
        )
        self._save.set_texts(self.tr("Save the draw"), self.tr("Save this draw in full size as PNG"))
