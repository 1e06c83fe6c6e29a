"""The points as a file: a picture, or a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QStandardPaths, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.files import atomic_write, write_text
from tudui_gui.gui.tabs.datasets.embedding_work import Embedded, table
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.workers import Progress


class ExportButton(IconButton):
    """Asks for a file.

    Signals
    -------
    file_chosen(object)
        The ``Path``, which ends in ``.png`` or ``.csv``.
    """

    file_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("export-variant", "embedding_export", parent=parent)
        menu = QMenu(self)
        self._as_png = menu.addAction("", self._ask_for_png)
        self._as_csv = menu.addAction("", self._ask_for_csv)
        self._as_png.setObjectName("embedding_export_png")
        self._as_csv.setObjectName("embedding_export_csv")
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.retranslate_ui()

    @Slot()
    def _ask_for_png(self) -> None:
        self._ask(self.tr("Save the points as a picture"), "png", self.tr("Picture (*.png)"))

    @Slot()
    def _ask_for_csv(self) -> None:
        self._ask(self.tr("Save the points as a table"), "csv", self.tr("Table (*.csv)"))

    def _ask(self, title: str, suffix: str, kinds: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, str(Path(folder, f"embedding.{suffix}")), kinds)
        dialog.setObjectName("embedding_export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(self._tell)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _tell(self, name: str) -> None:
        self.file_chosen.emit(Path(name))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_texts(self.tr("Export the points"), self.tr("Save as PNG, or part, key, class, x, y as CSV"))
        self._as_png.setText(self.tr("Picture as PNG…"))
        self._as_csv.setText(self.tr("Numbers as CSV…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def export_work(
    path: Path, embedded: Embedded, picture: QImage, token: CancelToken, progress: Progress
) -> Path:
    """Write the table if the name ends in ``.csv``, else the picture as PNG. Raises ``StorageError``."""
    if path.suffix.lower() == ".csv":
        write_text(path, table(embedded))
        return path
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture)
    with atomic_write(path) as stream:
        stream.write(buffer.data().data())
    return path
