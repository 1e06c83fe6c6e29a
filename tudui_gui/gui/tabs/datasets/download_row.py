"""The button that downloads a set, and how far the download is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.source_entries import Source
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named


class DownloadRow(QWidget):
    """Shown only while there is something to download, or being downloaded.

    Attributes
    ----------
    action : QAction
        What the button does, for menus.

    Signals
    -------
    download_requested(object), cancel_requested()
        The ``Step`` to download; stop downloading.
    """

    download_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._downloading = ""
        self._button = Button("download_button", "download")
        self.action = named(QAction(self), "download_action")
        self._cancel = IconButton("close-circle-outline", "cancel_download_button")
        self._progress = named(QProgressBar(), "download_progress")
        self._progress.setTextVisible(False)
        self._file = ElidedLabel(role="mono", object_name="download_file", mode=Qt.TextElideMode.ElideMiddle)
        self._text = Label(role="mono", object_name="download_text")
        self._bar = QWidget()
        self._lay_out()
        self._button.clicked.connect(self._request)
        self.action.triggered.connect(self._request)
        self._cancel.clicked.connect(self.cancel_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        for widget in (self._file, self._text, self._bar, self._button):
            column.addWidget(widget)

    def offer(self, source: Source | None) -> None:
        """Offer to download ``source``, if its files are not here."""
        self._source = source if source is not None and not source.can_open else None
        self._update()

    def set_downloading(self, name: str) -> None:
        """A download of the set ``name`` is running; empty: none is."""
        self._downloading = name
        self._update()

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far it is; ``fraction`` negative: not known. The first line of ``text`` names the file."""
        self._progress.setRange(0, 0 if fraction < 0 else 1000)
        self._progress.setValue(round(max(0.0, fraction) * 1000))
        file, _, rest = text.partition("\n")
        self._file.set_text(file)
        self._text.setText(rest)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._cancel.set_texts(self.tr("Cancel the download"))
        self._progress.setAccessibleName(self.tr("Download"))
        self._progress.setToolTip(self.tr("How much of the file has come"))
        self._update()

    def _update(self) -> None:
        running = bool(self._downloading)
        self._bar.setVisible(running)
        self._file.setVisible(running)
        self._text.setVisible(running)
        self._button.setVisible(self._source is not None and not running)
        self.action.setEnabled(not running)
        self.setVisible(running or self._source is not None)
        if self._source is not None:
            text = self.tr("Download {name}").format(name=self._source.title)
            self.action.setText(text)
            self._button.set_texts(
                text, self.tr("Fetch the files, check them and unpack them into the data folder")
            )

    @Slot()
    def _request(self) -> None:
        if self._source is not None:
            step: Step = self._source.step
            self.download_requested.emit(step)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
