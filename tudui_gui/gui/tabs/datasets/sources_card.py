"""Where data come from: what is bundled, what torchvision downloads, and one's own folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tudui_gui.core.operations import Step
from tudui_gui.core.paths import data_root
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.opening import downloadable
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named

_ROW = 40
_SOURCE = Qt.ItemDataRole.UserRole
_RECENT = 5


@dataclass(frozen=True)
class Source:
    """One line of the list. ``is_here``: its files are on this machine (None: not known yet)."""

    step: Step
    icon: str
    is_here: bool | None = True
    is_open: bool = False

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        if self.step.name == "folder":
            return Path(self.step.values["root"]).name or str(self.step.values["root"])
        if self.step.name == "digits":
            return QCoreApplication.translate("SourcesCard", "Digits")
        if self.step.name == "shapes":
            return QCoreApplication.translate("SourcesCard", "Shapes")
        return str(self.step.operation.target.__name__)

    @property
    def state(self) -> str:
        """Where its files are, in words."""
        if self.step.name == "folder":
            return short_path(Path(self.step.values["root"]).parent)
        if "bundled" in self.step.operation.tags:
            return QCoreApplication.translate("SourcesCard", "bundled")
        if self.is_here is None:
            return "…"
        if self.is_here:
            return QCoreApplication.translate("SourcesCard", "on disk")
        return QCoreApplication.translate("SourcesCard", "not downloaded")


def short_path(path: Path, longest: int = 24) -> str:
    """``path`` with its beginning left out when it is long."""
    text = str(path)
    return text if len(text) <= longest else f"…{text[-longest:]}"


class SourcesCard(Card):
    """The list of sources, the folder they lie in, and downloads.

    Signals
    -------
    source_chosen(object)
        A ``Step`` to open.
    folder_chosen(object)
        A ``Path`` with a data set of one's own.
    root_chosen(object)
        The ``Path`` that torchvision's data sets lie in.
    download_requested(object), cancel_requested()
        The ``Step`` to download; stop downloading.
    """

    source_chosen = Signal(object)
    folder_chosen = Signal(object)
    root_chosen = Signal(object)
    download_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="sources_card", parent=parent)
        self._root: Path | None = None
        self._downloading = ""
        self._recent: list[Step] = []
        self._here: dict[str, bool] = {}
        self._open: Step | None = None
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._fill()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._list = named(QListWidget(), "dataset_sources")
        self._list.setProperty("role", "plain")
        self._list.setItemDelegate(_SourceDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._root_label = Label(role="mono", object_name="data_root_label")
        self._choose_root = IconButton("folder-cog-outline", "choose_root_button")
        self._open_folder = Button("open_folder_button", "folder-open-outline")
        self._download = Button("download_button", "download")
        self._cancel = IconButton("close-circle-outline", "cancel_download_button")
        self._progress = named(QProgressBar(), "download_progress")
        self._progress.setTextVisible(False)
        self._progress_text = Label(role="mono", object_name="download_text")
        self._progress_text.setWordWrap(True)
        self._progress_row = QWidget()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._progress_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        root = QHBoxLayout()
        root.setSpacing(0)
        root.addWidget(self._root_label, 1)
        root.addWidget(self._choose_root)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._progress_text)
        self.body.addWidget(self._progress_row)
        self.body.addWidget(self._download)
        self.body.addLayout(root)
        self.body.addWidget(self._open_folder)
        self._progress_row.hide()
        self._progress_text.hide()

    def _connect(self) -> None:
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.currentItemChanged.connect(self._update_download)
        self._open_folder.clicked.connect(self._ask_folder)
        self._choose_root.clicked.connect(self._ask_root)
        self._download.clicked.connect(self._request_download)
        self._cancel.clicked.connect(self.cancel_requested)

    @property
    def root(self) -> str | None:
        """The chosen root of torchvision's data sets; None is the program's own data folder."""
        return None if self._root is None else str(self._root)

    @property
    def open_folder_button(self) -> Button:
        """For asking a person for a folder from elsewhere on the page."""
        return self._open_folder

    def set_root(self, root: Path) -> None:
        """Look for torchvision's data sets in ``root``."""
        self._root = root
        self._here = {}
        self._fill()
        self.retranslate_ui()

    @property
    def recent(self) -> list[str]:
        """Folders that were opened, the newest first."""
        return [step.values["root"] for step in self._recent]

    def set_recent(self, folders: Sequence[str]) -> None:
        """Offer folders that were opened before."""
        self._recent = [DATASETS.step("folder", root=folder) for folder in folders if folder][:_RECENT]
        self._fill()

    def set_states(self, here: Mapping[str, bool]) -> None:
        """Show which downloadable sets are on this machine."""
        self._here = dict(here)
        self._fill()

    def set_open(self, step: Step) -> None:
        """Mark the source that is open; a folder joins the list."""
        self._open = step
        if step.name == "folder" and step.values["root"]:
            self._recent = [step, *(each for each in self._recent if each != step)][:_RECENT]
        self._fill()
        self._list.setCurrentRow(next((i for i, s in enumerate(self._sources()) if s.is_open), -1))

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far a download is; ``fraction`` negative: not known."""
        self._progress.setRange(0, 0 if fraction < 0 else 1000)
        self._progress.setValue(round(max(0.0, fraction) * 1000))
        self._progress_text.setText(text)

    def set_downloading(self, name: str) -> None:
        """A download of the set ``name`` is running; empty: none is."""
        self._downloading = name
        self._progress_row.setVisible(bool(name))
        self._progress_text.setVisible(bool(name))
        self._update_download()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Sources"))
        self._list.setAccessibleName(self.tr("Data sets"))
        self._list.setToolTip(self.tr("Click a data set to open it"))
        shown = self._root or data_root()
        self._root_label.setText(short_path(shown, 20))
        self._root_label.setToolTip(str(shown))
        self._choose_root.set_texts(
            self.tr("Choose the data folder"), self.tr("The root that torchvision's data sets lie in")
        )
        self._open_folder.set_texts(
            self.tr("Open folder…"), self.tr("A folder per class, as ImageFolder reads it")
        )
        self._cancel.set_texts(self.tr("Cancel the download"))
        self._progress.setAccessibleName(self.tr("Download"))
        self._fill()
        self._update_download()

    def _sources(self) -> list[Source]:
        bundled = [
            Source(DATASETS.step("digits"), "numeric"),
            Source(DATASETS.step("shapes"), "shape-outline"),
        ]
        fetched = [
            Source(DATASETS.step(name, root=self.root), "image-multiple-outline", self._here.get(name))
            for name in downloadable()
        ]
        folders = [Source(step, "folder-outline") for step in self._recent]
        return [replace(source, is_open=source.step == self._open) for source in bundled + fetched + folders]

    def _fill(self) -> None:
        chosen = self._list.currentRow()
        self._list.blockSignals(True)
        self._list.clear()
        for source in self._sources():
            item = QListWidgetItem(source.title, self._list)
            item.setData(_SOURCE, source)
            help_text = catalog_text(source.step.operation.help)
            item.setToolTip(f"{help_text}\n{source.step.values.get('root') or ''}".strip())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{source.title}, {source.state}")
        self._list.setCurrentRow(chosen)
        self._list.blockSignals(False)
        self._update_download()

    def _current(self) -> Source | None:
        item = self._list.currentItem()
        source: Source | None = None if item is None else item.data(_SOURCE)
        return source

    @Slot()
    def _update_download(self) -> None:
        source = self._current()
        can = source is not None and source.is_here is False and not self._downloading
        self._download.setEnabled(can)
        tip = self.tr("Fetch the files, check them and unpack them into the data folder")
        text = self.tr("Download {name}").format(name=source.title) if can and source else self.tr("Download")
        self._download.set_texts(text, tip)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        source: Source = item.data(_SOURCE)
        if not source.is_open and source.is_here is not False:
            self.source_chosen.emit(source.step)

    @Slot()
    def _request_download(self) -> None:
        source = self._current()
        if source is not None:
            self.download_requested.emit(source.step)

    @Slot()
    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("A folder with a folder per class"))
        if folder:
            self.folder_chosen.emit(Path(folder))

    @Slot()
    def _ask_root(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose the data folder"))
        if folder:
            self.root_chosen.emit(Path(folder))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _SourceDelegate(QStyledItemDelegate):
    """Icon, name, and the state below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        source: Source = index.data(_SOURCE)
        colors = theme.tokens()
        row = option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, QRectF(row), source.is_open)
        role = "accent" if source.is_open else "muted"
        theme.icon(source.icon, role).paint(painter, QRect(row.left() + 8, row.top() + 9, 20, 20))
        text = row.adjusted(36, 3, -6, -3)
        flags = Qt.AlignmentFlag
        painter.setPen(QColor(colors.text))
        title = option.fontMetrics.elidedText(source.title, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, flags.AlignLeft | flags.AlignTop, title)
        font = option.font
        font.setPointSizeF(font.pointSizeF() * 0.82)
        painter.setFont(font)
        painter.setPen(QColor(colors.muted))
        painter.drawText(text, flags.AlignLeft | flags.AlignBottom, source.state)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, is_open: bool
    ) -> None:
        colors = theme.tokens()
        is_hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_open or is_hot or is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_soft if is_open else colors.hover))
            painter.drawRoundedRect(row, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colors.reference))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
