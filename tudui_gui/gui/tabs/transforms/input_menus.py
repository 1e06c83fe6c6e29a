"""The menus of the input card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.input_ways import bundled_photos
from tudui_gui.gui.widgets.naming import named


def _photo_actions(menu: QMenu, prefix: str) -> list[QAction]:
    actions = []
    for path in bundled_photos():
        action = named(QAction(path.name, menu), f"{prefix}_{path.stem}")
        action.setData(str(path))
        menu.addAction(action)
        actions.append(action)
    return actions


class PhotosMenu(QMenu):
    """The bundled photos. ``photo_chosen(object)``: a ``Path``."""

    photo_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("photos_menu")
        _photo_actions(self, "photo")
        self.triggered.connect(self._choose)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.photo_chosen.emit(Path(action.data()))


class AddMenu(QMenu):
    """The ways to a further input.

    Signals
    -------
    files_requested(), paste_requested(), dataset_requested()
    photo_chosen(object)
        The ``Path`` of a bundled photo.
    """

    files_requested = Signal()
    paste_requested = Signal()
    dataset_requested = Signal()
    photo_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("input_add_menu")
        self._files = self._action("input_add_files", "folder-open-outline")
        self._paste = self._action("input_add_pasted", "content-paste")
        self._dataset = self._action("input_add_from_dataset", "database-outline")
        self.addSeparator()
        _photo_actions(self, "input_add_photo")
        self._files.triggered.connect(self.files_requested)
        self._paste.triggered.connect(self.paste_requested)
        self._dataset.triggered.connect(self.dataset_requested)
        self.triggered.connect(self._choose)
        self.retranslate_ui()

    def _action(self, name: str, icon: str) -> QAction:
        action = named(QAction(theme.icon(icon), "", self), name)
        self.addAction(action)
        return action

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        if action.data() is not None:
            self.photo_chosen.emit(Path(action.data()))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._files.setText(self.tr("Add files…"))
        self._paste.setText(self.tr("Add from the clipboard"))
        self._dataset.setText(self.tr("Add from the data set"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class TileMenu(QMenu):
    """What can be done with one input.

    Signals
    -------
    replace_requested(int), remove_requested(int)
        The input's place.
    move_requested(int, int)
        From a place to another.
    """

    replace_requested = Signal(int)
    remove_requested = Signal(int)
    move_requested = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("input_tile_menu")
        self._index = 0
        self._replace = self._action("input_tile_replace")
        self._left = self._action("input_tile_left")
        self._right = self._action("input_tile_right")
        self._remove = self._action("input_tile_remove")
        self._replace.triggered.connect(self._ask_replace)
        self._left.triggered.connect(self._ask_left)
        self._right.triggered.connect(self._ask_right)
        self._remove.triggered.connect(self._ask_remove)
        self.retranslate_ui()

    def _action(self, name: str) -> QAction:
        action = named(QAction(self), name)
        self.addAction(action)
        return action

    def open_for(self, index: int, count: int, place: QPoint) -> None:
        """Open it for the input at ``index`` of ``count``, at a global place."""
        self._index = index
        self._left.setEnabled(index > 0)
        self._right.setEnabled(index < count - 1)
        self._remove.setEnabled(count > 1)
        self.popup(place)

    @Slot()
    def _ask_replace(self) -> None:
        self.replace_requested.emit(self._index)

    @Slot()
    def _ask_left(self) -> None:
        self.move_requested.emit(self._index, self._index - 1)

    @Slot()
    def _ask_right(self) -> None:
        self.move_requested.emit(self._index, self._index + 1)

    @Slot()
    def _ask_remove(self) -> None:
        self.remove_requested.emit(self._index)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._replace.setText(self.tr("Replace…"))
        self._left.setText(self.tr("Move one place forward"))
        self._right.setText(self.tr("Move one place back"))
        self._remove.setText(self.tr("Remove"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
