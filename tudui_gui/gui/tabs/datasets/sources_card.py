"""Where data come from: what is bundled, what torchvision downloads, and one's own folders and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.core.paths import data_root
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.download_row import DownloadRow
from tudui_gui.gui.tabs.datasets.source_entries import (
    OWN,
    Files,
    Source,
    bare,
    is_of_same_files,
    is_own,
    is_same,
    listed,
)
from tudui_gui.gui.tabs.datasets.source_list import SourceList, source_of
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.naming import named

_RECENT = 8
#: Of the list (px): what is open, below it, must not push it away.
_LEAST_HEIGHT = 92


class SourcesCard(Card):
    """The list of sources, the folder that torchvision's lie in, downloads, and the ways to one's own data.

    Signals
    -------
    source_chosen(object), path_chosen(object)
        A ``Step`` to open; a ``Path`` with data of one's own.
    source_added(object), path_added(object)
        The same, to be joined to the open data set.
    root_chosen(object)
        The ``Path`` that torchvision's data sets lie in.
    reading_requested()
        The open source should be read again from its files.
    recent_changed()
        :attr:`recent` is another list.
    """

    source_chosen = Signal(object)
    path_chosen = Signal(object)
    source_added = Signal(object)
    path_added = Signal(object)
    root_chosen = Signal(object)
    reading_requested = Signal()
    recent_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="sources_card", parent=parent)
        self._root: Path | None = None
        self._recent: list[Step] = []
        self._files: dict[Step, Files] = {}
        self._open: Step | None = None
        self.list = SourceList()
        self.list.setMinimumHeight(_LEAST_HEIGHT)
        self.downloads = DownloadRow()
        self._root_label = ElidedLabel(
            role="mono", object_name="data_root_label", mode=Qt.TextElideMode.ElideLeft
        )
        self._choose_root = IconButton("folder-cog-outline", "choose_root_button")
        self._open_button = Button("open_folder_button", "folder-open-outline")
        self._add_button = Button("add_source_button", "plus")
        self._make_actions()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_actions(self) -> None:
        self._open_folder = named(QAction(self), "open_folder_action")
        self._open_table = named(QAction(self), "open_csv_action")
        self._add_current = named(QAction(self), "add_current_action")
        self._add_folder = named(QAction(self), "add_folder_action")
        self._add_table = named(QAction(self), "add_csv_action")
        self._forget = named(QAction(self), "forget_source_action")
        self._reread = named(QAction(self), "reread_source_action")
        for button, actions in (
            (self._open_button, (self._open_folder, self._open_table)),
            (self._add_button, (self._add_current, self._add_folder, self._add_table)),
        ):
            menu = named(QMenu(button), f"{button.objectName()}_menu")
            menu.addActions(actions)
            button.setMenu(menu)

    def _lay_out(self) -> None:
        root = QHBoxLayout()
        root.setSpacing(0)
        root.addWidget(self._root_label, 1)
        root.addWidget(self._choose_root)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE // 2)
        buttons.addWidget(self._open_button, 1)
        buttons.addWidget(self._add_button, 1)
        self.body.setSpacing(theme.SPACE // 2)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.downloads)
        self.body.addLayout(root)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.list.source_chosen.connect(self._choose)
        self.list.current_changed.connect(self._update)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._open_folder.triggered.connect(self._ask_folder_to_open)
        self._open_table.triggered.connect(self._ask_table_to_open)
        self._add_folder.triggered.connect(self._ask_folder_to_add)
        self._add_table.triggered.connect(self._ask_table_to_add)
        self._choose_root.clicked.connect(self._ask_root)
        self._add_current.triggered.connect(self._add_source)
        self._forget.triggered.connect(self._forget_source)
        self._reread.triggered.connect(self.reading_requested)

    @property
    def root(self) -> str | None:
        """The chosen root of torchvision's data sets; None is the program's own data folder."""
        return None if self._root is None else str(self._root)

    def set_root(self, root: Path) -> None:
        """Look for torchvision's data sets in ``root``."""
        self._root = root
        self._files = {}
        self.retranslate_ui()

    @property
    def recent(self) -> list[Step]:
        """One's own data sets that were opened, the newest first."""
        return list(self._recent)

    def set_recent(self, steps: Sequence[Step]) -> None:
        """Offer data sets that were opened before."""
        self._recent = list(steps)[:_RECENT]
        self._fill()

    def set_files(self, files: Mapping[Step, Files]) -> None:
        """Show which of the sets to download are on this machine."""
        self._files = dict(files)
        self._fill()

    def set_open(self, step: Step) -> None:
        """Mark the source that is open; one's own joins the list."""
        self._open = step
        if is_own(step, self.root):
            others = [each for each in self._recent if not is_of_same_files(each, step)]
            self._recent = [bare(step), *others][:_RECENT]
            self.recent_changed.emit()
        self._fill()
        self.list.mark_open()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Sources"))
        self.list.setAccessibleName(self.tr("Data sets"))
        self.list.setToolTip(self.tr("Click a data set to open it; right-click for more"))
        shown_root = self._root or data_root()
        self._root_label.set_text(str(shown_root))
        self._choose_root.set_texts(
            self.tr("Choose the data folder"), self.tr("The root that torchvision's data sets lie in")
        )
        self._open_button.set_texts(self.tr("Open"), self.tr("Open images of your own"))
        self._add_button.set_texts(
            self.tr("Add"), self.tr("Put further images to the open ones, as ConcatDataset does")
        )
        for action in (self._open_folder, self._add_folder):
            action.setText(self.tr("Folder…"))
        for action in (self._open_table, self._add_table):
            action.setText(self.tr("CSV file…"))
        self._forget.setText(self.tr("Remove from this list"))
        self._reread.setText(self.tr("Read the files again"))
        self._fill()

    def _fill(self) -> None:
        self.list.show_sources(listed(self._recent, self._files, self.root, self._open))

    @Slot()
    def _update(self) -> None:
        source = self.list.current
        self.downloads.offer(source)
        can_add = source is not None and self._can_add(source)
        self._add_current.setVisible(can_add)
        if source is not None:
            self._add_current.setText(self.tr("Add {name}").format(name=source.title.replace("&", "&&")))

    def _can_add(self, source: Source) -> bool:
        return self._open is not None and source.can_open and not source.is_open

    @Slot(object)
    def _choose(self, source: Source) -> None:
        if source.can_open and not source.is_open:
            self.source_chosen.emit(source.step)

    @Slot()
    def _add_source(self) -> None:
        source = self.list.current
        if source is not None and self._can_add(source):
            self.source_added.emit(source.step)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        item = self.list.itemAt(place) or self.list.currentItem()
        source = source_of(item)
        if source is None:
            return
        self.list.setCurrentItem(item)
        menu = named(QMenu(self), "source_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if source.is_open:
            menu.addAction(self._reread)
        if self._can_add(source):
            menu.addAction(self._add_current)
        if source.group == OWN:
            menu.addAction(self._forget)
        if not source.can_open:
            menu.addAction(self.downloads.action)
        menu.popup(self.list.viewport().mapToGlobal(place))

    @Slot()
    def _forget_source(self) -> None:
        source = self.list.current
        if source is not None and source.group == OWN:
            self._recent = [step for step in self._recent if not is_same(step, source.step)]
            self._fill()
            self.recent_changed.emit()

    @Slot()
    def _ask_folder_to_open(self) -> None:
        folder = self._folder(self.tr("A folder with images"))
        if folder:
            self.path_chosen.emit(Path(folder))

    @Slot()
    def _ask_folder_to_add(self) -> None:
        folder = self._folder(self.tr("A folder with images to add"))
        if folder:
            self.path_added.emit(Path(folder))

    @Slot()
    def _ask_table_to_open(self) -> None:
        table = self._table()
        if table:
            self.path_chosen.emit(Path(table))

    @Slot()
    def _ask_table_to_add(self) -> None:
        table = self._table()
        if table:
            self.path_added.emit(Path(table))

    @Slot()
    def _ask_root(self) -> None:
        folder = self._folder(self.tr("Choose the data folder"))
        if folder:
            self.root_chosen.emit(Path(folder))

    def _folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self, title)

    def _table(self) -> str:
        title, kinds = self.tr("A table of files and labels"), self.tr("Tables (*.csv)")
        return QFileDialog.getOpenFileName(self, title, "", kinds)[0]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
