"""Starting the window: the shell first, torch behind it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

if sys.platform == "win32":
    import torch  # noqa: F401 - there torch fails to load after Qt

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tudui_gui import __version__
from tudui_gui.gui import theme
from tudui_gui.gui.clipboard import let_go_of_clipboard
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.interrupts import Interrupts
from tudui_gui.gui.loading import PAGE_MODULES, Loader
from tudui_gui.gui.main_window import MainWindow
from tudui_gui.gui.preferences import Preferences, folder
from tudui_gui.gui.translations import Translations

#: Loading begins when the shell was painted, or after this time (ms) if it never is (minimised).
_LATEST_START_MS = 400


def create_app(argv: Sequence[str]) -> tuple[QApplication, MainWindow]:
    """The application and its window, not yet shown.

    Showing the window starts loading torch; ``window.ready`` tells when every tab stands.

    Parameters
    ----------
    argv : sequence of str
        The program's name, then paths to open: folders, images, ``.pth`` and ``.toml`` files.
    """
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(argv[:1]))
    app.setApplicationName("tudui-gui")
    app.setApplicationVersion(__version__)
    preferences = Preferences(folder() / "preferences.toml")
    theme.install(app, preferences.get("window.theme", "system"))
    translations = app.findChild(Translations) or Translations(app)
    translations.set_language(preferences.get("window.language", ""))
    window = MainWindow(preferences, translations, folder() / "window.json")
    window.notifier.install()
    window.open_paths([Path(path).absolute() for path in argv[1:]])
    Assembly(window)
    if existing is None:
        # A window that was hidden while its threads ended is no "last window closed" to Qt.
        window.closed.connect(app.quit)
    return app, window


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; the exit code, 128 and the number of a signal that closed it."""
    app, window = create_app(sys.argv if argv is None else argv)
    interrupts = Interrupts(window)
    window.show()
    code = app.exec()
    let_go_of_clipboard()
    return 128 + interrupts.number if interrupts.number else code


class Assembly(QObject):
    """Loads torch once the shell is on the screen and puts the pages in. Main thread only."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._failure: Failure | None = None
        self._loader = Loader(self)
        self._loader.imported.connect(self._attach)
        self._loader.page_wanted.connect(self._build_page)
        self._loader.failed.connect(self._fail)
        self._loader.finished.connect(self._finish)
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self._load)
        window.first_painted.connect(self._on_screen)
        window.stopping.connect(self._stop)
        window.shown.connect(self._on_show)

    @Slot()
    def _on_show(self) -> None:
        if not self._window.is_loading and not self._window.is_ready:
            self._window.is_loading = True
            self._start.start(_LATEST_START_MS)

    @Slot()
    def _on_screen(self) -> None:
        if self._start.isActive():
            self._start.start(0)

    @Slot()
    def _load(self) -> None:
        self._loader.start(self._window.current_name)

    @Slot()
    def _stop(self) -> None:
        self._loader.cancel()
        if self._start.isActive():
            self._start.stop()
            self._window.end_loading(None)

    @Slot()
    def _attach(self) -> None:
        from tudui_gui.core.paths import resource
        from tudui_gui.gui import machine
        from tudui_gui.gui.opening import Opener
        from tudui_gui.gui.session import Session
        from tudui_gui.gui.workers import Jobs, TrainingController
        from tudui_gui.training.experiment import Experiment

        window = self._window
        experiment = Experiment.load(resource("experiments", "digits.toml"))
        jobs = Jobs(window)
        session = Session(experiment, TrainingController(window), window.preferences, window)
        window.attach(session, jobs, Opener(window, jobs))
        window.show_machine(machine.device_text(), machine.resident_bytes, machine.report)

    @Slot(str)
    def _build_page(self, name: str) -> None:
        try:
            module = importlib.import_module(PAGE_MODULES[name])
            self._window.place_page(name, module.create(self._window.session, self._window.jobs))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            self._window.place_failure(name, Failure.of(error))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._failure = failure

    @Slot()
    def _finish(self) -> None:
        self._window.end_loading(self._failure)
