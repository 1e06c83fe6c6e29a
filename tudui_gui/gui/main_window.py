"""The window: tabs, docks, menus, status bar. Imports nothing that imports torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.about import AboutDialog, SystemDialog
from tudui_gui.gui.actions import Actions
from tudui_gui.gui.closing import Closer
from tudui_gui.gui.commands import Commands
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.notifier import Notifier
from tudui_gui.gui.preferences import Preferences, load_geometry, save_geometry
from tudui_gui.gui.status_bar import StatusBar
from tudui_gui.gui.tab_bar import Tabs, has_content
from tudui_gui.gui.translations import Translations
from tudui_gui.gui.widgets.banner import Banner
from tudui_gui.gui.widgets.code_panel import CodePanel
from tudui_gui.gui.widgets.loading_page import LoadingPage
from tudui_gui.gui.widgets.log_panel import LogPanel
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.page import Page

if TYPE_CHECKING:
    from tudui_gui.gui.opening import Opener
    from tudui_gui.gui.session import Session
    from tudui_gui.gui.workers import Jobs

#: objectName of each page and its icon, in order.
TABS = {
    "datasets_tab": "image-multiple-outline",
    "transforms_tab": "tune",
    "layers_tab": "layers-triple-outline",
    "models_tab": "sitemap-outline",
    "training_tab": "chart-line",
    "prediction_tab": "crosshairs",
}
_CODE_DELAY_MS = 60
#: Width or height of a dock when it is first shown.
_DOCK_SIZE = {"code_dock": 420, "log_dock": 170}
_DOCK_SIDE = {"code_dock": Qt.Orientation.Horizontal, "log_dock": Qt.Orientation.Vertical}


class MainWindow(QMainWindow):
    """The one window. Main thread only.

    Attributes
    ----------
    session, jobs : Session, Jobs or None
        ``None`` until torch is loaded.
    tabs : QTabWidget
    code_dock, log_dock : QDockWidget

    Signals
    -------
    shown()
        Qt was asked to show the window.
    first_painted()
        The shell is on the screen.
    loading_ended()
        Loading is over, well or not.
    ready()
        Every tab stands.
    closed()
        The window is closed and nothing runs any more.
    stopping()
        The window is going to close: what runs should end.
    """

    shown = Signal()
    first_painted = Signal()
    loading_ended = Signal()
    ready = Signal()
    closed = Signal()
    stopping = Signal()

    def __init__(self, preferences: Preferences, translations: Translations, geometry: Path | None) -> None:
        super().__init__()
        self.session: Session | None = None
        self.jobs: Jobs | None = None
        self.is_loading = False
        self.is_ready = False
        self.preferences = preferences
        self.notifier = Notifier(self)
        self._translations = translations
        self._geometry_file = geometry
        self._opener: Opener | None = None
        self._waiting_paths: list[Path] = []
        self._system_report: Callable[[], str] | None = None
        self._is_stopping = False
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self._build()
        self._closer = Closer(self)
        self._closer.ready_to_close.connect(self.close)
        self.retranslate_ui()
        self._restore()

    def _build(self) -> None:
        self.banner = Banner()
        self.tabs = Tabs()
        for name, icon in TABS.items():
            self.tabs.addTab(LoadingPage(f"{name}_loading"), theme.icon(icon, "muted", "accent"), "")
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs, 1)
        self.setCentralWidget(center)
        self._status = StatusBar()
        self.setStatusBar(self._status)
        self._build_docks()
        self.actions_ = Actions(self, Commands(self))
        self.tabs.installEventFilter(self)  # until the first paint; it would slow every later event
        self.tabs.setCornerWidget(self.actions_.corner(), Qt.Corner.TopRightCorner)
        self._connect()

    def _build_docks(self) -> None:
        self.code_panel = CodePanel()
        self.log_panel = LogPanel()
        self.code_dock = self._dock("code_dock", self.code_panel, Qt.DockWidgetArea.RightDockWidgetArea)
        self.log_dock = self._dock("log_dock", self.log_panel, Qt.DockWidgetArea.BottomDockWidgetArea)
        self._code_timer = QTimer(self)
        self._code_timer.setSingleShot(True)
        self._code_timer.setInterval(_CODE_DELAY_MS)

    def _dock(self, name: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = named(QDockWidget(self), name)
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        self.resizeDocks([dock], [_DOCK_SIZE[name]], _DOCK_SIDE[name])
        dock.hide()
        return dock

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_shown)
        self.tabs.header.dropped.connect(self._dropped_on_header)
        self._code_timer.timeout.connect(self._show_code)
        self.code_panel.failed.connect(self.show_failure)
        self.notifier.logged.connect(self.log_panel.add)
        self.notifier.failed.connect(self.show_failure)
        for action, dock in ((self.actions_.code, self.code_dock), (self.actions_.log, self.log_dock)):
            action.toggled.connect(dock.setVisible)
            dock.visibilityChanged.connect(self._docks_changed)
        for number in range(len(TABS)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(partial(self.tabs.setCurrentIndex, number))

    def _restore(self) -> None:
        self.resize(QSize(1280, 800))
        if self._geometry_file is not None:
            states = load_geometry(self._geometry_file)
            if "geometry" in states:
                self.restoreGeometry(states["geometry"])
                self.restoreState(states.get("state", states["geometry"]))
        name = self.preferences.get("window.tab", "datasets_tab")
        self.tabs.setCurrentIndex(list(TABS).index(name) if name in TABS else 0)
        mode = self.preferences.get("window.theme", "system")
        self.actions_.themes[mode if mode in theme.MODES else "system"].setChecked(True)
        self.actions_.languages[self._translations.language].setChecked(True)

    # -- pages ---------------------------------------------------------------------------------------------

    @property
    def current_name(self) -> str:
        """objectName of the visible page."""
        return list(TABS)[max(0, self.tabs.currentIndex())]

    def page(self, name: str) -> Page | None:
        """The page called ``name``, once it stands."""
        widget = self.tabs.widget(list(TABS).index(name)) if name in TABS else None
        return widget if isinstance(widget, Page) else None

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Make the page called ``name`` the visible one."""
        if name in TABS:
            self.tabs.setCurrentIndex(list(TABS).index(name))

    def place_page(self, name: str, page: Page) -> None:
        """Put ``page`` where its :class:`LoadingPage` was."""
        page.setObjectName(name)
        page.code_changed.connect(self._code_timer.start)
        self._replace(name, page)
        if name == self.current_name:
            page.activated()
            self._code_timer.start()

    def place_failure(self, name: str, failure: Failure) -> None:
        """Say in the place of page ``name`` why there is none."""
        widget = self.tabs.widget(list(TABS).index(name))
        if isinstance(widget, LoadingPage):
            widget.show_failure(failure)

    def _replace(self, name: str, page: Page) -> None:
        index = list(TABS).index(name)
        current = self.tabs.currentIndex()
        old = self.tabs.widget(index)
        icon, text, tip = self.tabs.tabIcon(index), self.tabs.tabText(index), self.tabs.tabToolTip(index)
        with QSignalBlocker(self.tabs):
            self.tabs.insertTab(index, page, icon, text)
            self.tabs.setTabToolTip(index, tip)
            self.tabs.removeTab(index + 1)
            self.tabs.setCurrentIndex(current)
        if old is not None:
            old.deleteLater()

    # -- torch is there ------------------------------------------------------------------------------------

    def attach(self, session: Session, jobs: Jobs, opener: Opener) -> None:
        """Take over what needs torch."""
        self.session, self.jobs, self._opener = session, jobs, opener
        session.tab_requested.connect(self.show_page)
        session.image_sent.connect(opener.open_sent)
        session.open_requested.connect(opener.open_paths)
        self.actions_.save.setEnabled(True)
        session.undo_stack.canUndoChanged.connect(self.actions_.undo.setEnabled)
        session.undo_stack.canRedoChanged.connect(self.actions_.redo.setEnabled)

    def show_machine(self, device: str, memory: Callable[[], int], report: Callable[[], str]) -> None:
        """Show what is known of the machine once torch is there."""
        if self.session is not None and self.jobs is not None:
            self._status.attach(self.session, self.jobs, device, memory)
        self._system_report = report
        self.actions_.system.setEnabled(True)

    def end_loading(self, failure: Failure | None) -> None:
        """Every page stands, or none will."""
        self.is_loading = False
        self._status.stop_loading()
        if failure is not None:
            for name in TABS:
                self.place_failure(name, failure)
        elif not self._is_stopping:
            self.is_ready = True
            self.ready.emit()
            self.open_paths([])
        self.loading_ended.emit()

    # -- commands ------------------------------------------------------------------------------------------

    @Slot(object)
    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open ``paths`` where they belong; they wait until the tabs stand."""
        self._waiting_paths.extend(paths)
        if self.is_ready and self._opener is not None and self._waiting_paths:
            waiting, self._waiting_paths = self._waiting_paths, []
            self._opener.open_paths(waiting)

    def set_theme(self, mode: str) -> None:
        """``"system"``, ``"light"`` or ``"dark"``; remembered."""
        theme.manager().set_mode(mode)
        self.preferences.set("window.theme", mode)
        self.actions_.themes[mode].setChecked(True)

    @Slot()
    def toggle_theme(self) -> None:
        """From light to dark and back."""
        self.set_theme("light" if theme.tokens().is_dark else "dark")

    def set_language(self, code: str) -> None:
        """Show everything in the language ``code``; remembered."""
        self.preferences.set("window.language", code)
        self._translations.set_language(code)
        self.actions_.languages[self._translations.language].setChecked(True)

    @Slot()
    def show_about(self) -> None:
        """Show what the program is."""
        AboutDialog(self).show()

    @Slot()
    def show_system(self) -> None:
        """Show versions, devices and folders."""
        if self._system_report is not None:
            SystemDialog(self._system_report(), self).show()

    @Slot(object)
    def show_failure(self, failure: Failure | TuduiError) -> None:
        """Say above the tabs what went wrong."""
        self.banner.show_failure(failure)

    # -- events --------------------------------------------------------------------------------------------

    @Slot(int)
    def _tab_shown(self, index: int) -> None:
        page = self.page(self.current_name)
        if page is not None:
            page.activated()
            self._code_timer.start()

    @Slot()
    def _show_code(self) -> None:
        page = self.page(self.current_name)
        if self.code_dock.isVisible() and page is not None:
            self.code_panel.show_page(page)

    @Slot(bool)
    def _docks_changed(self, visible: bool) -> None:
        self.actions_.code.setChecked(not self.code_dock.isHidden())
        self.actions_.log.setChecked(not self.log_dock.isHidden())
        if visible:
            self._code_timer.start()

    @Slot(int, object)
    def _dropped_on_header(self, index: int, data: QMimeData) -> None:
        if self._opener is not None:
            self.tabs.setCurrentIndex(index)
            self._opener.take(data, list(TABS)[index])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_content(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if self._opener is not None and self.is_ready:
            self._opener.take(event.mimeData())
        else:
            self.open_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.tabs.removeEventFilter(self)
            QTimer.singleShot(0, self.first_painted.emit)
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._docks_changed(True)
        self.shown.emit()

    def stop_work(self) -> None:
        """Stop everything that may be stopped without asking; for closing."""
        self._status.stop()
        self._is_stopping = True
        self.stopping.emit()
        if self.jobs is not None:
            self.jobs.cancel_all()

    def close_without_asking(self) -> None:
        """Close; a running training is stopped and keeps a checkpoint."""
        self._closer.stop_and_close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closer.may_close():
            event.ignore()
            return
        self._save_state()
        self.notifier.uninstall()
        if self.session is not None:
            # Python may collect the session and its edits in an order that Qt does not survive.
            self.session.undo_stack.clear()
        event.accept()
        self.closed.emit()

    def _save_state(self) -> None:
        self.preferences.set("window.tab", self.current_name)
        self.preferences.save()
        if self._geometry_file is not None:
            states = {"geometry": self.saveGeometry(), "state": self.saveState()}
            save_geometry(self._geometry_file, states)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("tudui: image classification with PyTorch"))
        titles = (
            self.tr("Datasets"),
            self.tr("Transforms"),
            self.tr("Layers"),
            self.tr("Models"),
            self.tr("Train"),
            self.tr("Predict"),
        )
        for number, title in enumerate(titles):
            self.tabs.setTabText(number, title)
            self.tabs.setTabToolTip(number, f"{title}  (Ctrl+{number + 1})")
        self.tabs.setAccessibleName(self.tr("Pages"))
        self.code_dock.setWindowTitle(self.tr("Code"))
        self.log_dock.setWindowTitle(self.tr("Log"))
        self.actions_.retranslate_ui()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
