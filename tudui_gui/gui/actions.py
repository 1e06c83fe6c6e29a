"""The window's menus, shortcuts and corner buttons."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.translations import LANGUAGES
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.naming import named

if TYPE_CHECKING:
    from tudui_gui.gui.commands import Commands
    from tudui_gui.gui.main_window import MainWindow


class Actions(QObject):
    """Every command of the window as a ``QAction`` with objectName, shortcut and translated text."""

    def __init__(self, window: MainWindow, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        keys = QKeySequence.StandardKey
        self.open = self._make("open_action", "folder-open-outline", keys.Open, commands.choose_files)
        self.open_folder = self._make(
            "open_folder_action", "folder-outline", "Ctrl+Shift+O", commands.choose_folder
        )
        self.save = self._make(
            "save_experiment_action", "content-save-outline", keys.Save, commands.save_experiment
        )
        self.quit = self._make("quit_action", "", "Ctrl+Q", window.close)
        self.undo = self._make("undo_action", "undo", "Ctrl+Z", commands.undo)
        self.redo = self._make("redo_action", "redo", "Ctrl+Shift+Z", commands.redo)
        self.code = self._toggle("code_action", "code-tags", "F9")
        self.log = self._toggle("log_action", "text-box-outline", "F12")
        self.about = self._make("about_action", "", "", window.show_about)
        self.system = self._make("system_action", "", "", window.show_system)
        self.themes = self._choice("theme", theme.MODES, window.set_theme)
        self.languages = self._choice("language", tuple(LANGUAGES), window.set_language)
        for action in (self.save, self.undo, self.redo, self.system):
            action.setEnabled(False)
        self._menus = {name: named(QMenu(window), f"{name}_menu") for name in _MENUS}
        self._fill_menus()
        self.main_menu = named(QMenu(window), "main_menu_popup")
        self._place_menus()

    def corner(self) -> QWidget:
        """The small row of buttons at the right of the tabs."""
        row = named(QWidget(), "corner_tools")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, theme.GAP, theme.SPACE)
        layout.setSpacing(2)
        self._theme_button = IconButton("theme-light-dark", "theme_button")
        self._theme_button.clicked.connect(self._window.toggle_theme)
        self._menu_button = IconButton("menu", "menu_button")
        self._menu_button.setMenu(self.main_menu)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setShortcut("F10")
        for action in (self.undo, self.redo, self.code, self.log):
            button = IconButton("undo", action.objectName().replace("_action", "_button"))
            button.setDefaultAction(action)
            layout.addWidget(button)
        layout.addWidget(self._theme_button)
        layout.addWidget(self._menu_button)
        return row

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        for action, text, tip in self._texts():
            action.setText(text)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tip or text}  ({keys})" if keys else tip or text)
        for name, title in self._menu_titles().items():
            self._menus[name].setTitle(title)
        self._theme_button.set_texts(self.tr("Switch between light and dark"))
        self._menu_button.set_texts(self.tr("Menu"), self.tr("Menu: files, view, language, help (F10)"))

    def _texts(self) -> list[tuple[QAction, str, str]]:
        rows = [
            (self.open, self.tr("Open files…"), self.tr("Open images, a checkpoint or an experiment")),
            (self.open_folder, self.tr("Open folder…"), self.tr("Open a folder of images as a data set")),
            (self.save, self.tr("Save experiment…"), self.tr("Write the experiment to a TOML file")),
            (self.quit, self.tr("Quit"), ""),
            (self.undo, self.tr("Undo"), ""),
            (self.redo, self.tr("Redo"), ""),
            (self.code, self.tr("Code"), self.tr("Show the Python script for what is on screen")),
            (self.log, self.tr("Log"), self.tr("Show the log")),
            (self.about, self.tr("About tudui-gui"), ""),
            (self.system, self.tr("System"), self.tr("Versions, devices and folders")),
        ]
        modes = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        rows += [(action, modes[name], "") for name, action in self.themes.items()]
        return rows + [(action, LANGUAGES[name], "") for name, action in self.languages.items()]

    def _menu_titles(self) -> dict[str, str]:
        return {
            "file": self.tr("File"),
            "edit": self.tr("Edit"),
            "view": self.tr("View"),
            "theme": self.tr("Theme"),
            "language": self.tr("Language"),
            "help": self.tr("Help"),
        }

    def _make(
        self, name: str, icon: str, keys: QKeySequence.StandardKey | str, slot: Callable[[], object]
    ) -> QAction:
        action = named(QAction(self._window), name)
        if icon:
            action.setIcon(theme.icon(icon, "muted", "accent"))
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def _toggle(self, name: str, icon: str, keys: str) -> QAction:
        action = named(QAction(self._window, checkable=True), name)
        action.setIcon(theme.icon(icon, "muted", "accent"))
        action.setShortcut(QKeySequence(keys))
        self._window.addAction(action)
        return action

    def _choice(
        self, name: str, values: tuple[str, ...], slot: Callable[[str], object]
    ) -> dict[str, QAction]:
        group = QActionGroup(self)
        actions = {}
        for value in values:
            action = named(QAction(self._window, checkable=True), f"{name}_{value}_action")
            action.setData(value)
            group.addAction(action)
            actions[value] = action
        group.triggered.connect(_Chooser(group, slot).choose)
        return actions

    def _fill_menus(self) -> None:
        menus = self._menus
        menus["file"].addActions([self.open, self.open_folder, self.save, self.quit])
        menus["edit"].addActions([self.undo, self.redo])
        menus["view"].addActions([self.code, self.log])
        menus["view"].addMenu(menus["theme"])
        menus["view"].addMenu(menus["language"])
        menus["theme"].addActions(list(self.themes.values()))
        menus["language"].addActions(list(self.languages.values()))
        menus["help"].addActions([self.system, self.about])

    def _place_menus(self) -> None:
        for name in ("file", "edit", "view", "help"):
            self.main_menu.addMenu(self._menus[name])
            if sys.platform == "darwin":  # there the menu bar takes no room in the window
                self._window.menuBar().addMenu(self._menus[name])


_MENUS = ("file", "edit", "view", "theme", "language", "help")


class _Chooser(QObject):
    """Passes the value of a group's chosen action on."""

    def __init__(self, group: QActionGroup, slot: Callable[[str], object]) -> None:
        super().__init__(group)
        self._slot = slot

    def choose(self, action: QAction) -> None:
        self._slot(str(action.data()))
