"""The one lazy boundary: torch and everything built on it is imported in a thread, behind the shown shell.

What imports Qt is imported on the main thread afterwards, a page a turn of the event loop: PySide makes its
types when they are first used, and two threads doing so at once has crashed the interpreter.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import importlib.util
import os
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.threads import STACK_SIZE

#: objectName of a page -> the module with its ``create(session, jobs)``, in the order of the tabs.
PAGE_MODULES = {
    "datasets_tab": "tudui_gui.gui.tabs.datasets",
    "transforms_tab": "tudui_gui.gui.tabs.transforms",
    "layers_tab": "tudui_gui.gui.tabs.layers",
    "models_tab": "tudui_gui.gui.tabs.models",
    "training_tab": "tudui_gui.gui.tabs.training",
    "prediction_tab": "tudui_gui.gui.tabs.prediction",
}
_HEAVY_MODULES = ("numpy", "torch", "torchvision", "psutil")
_PACKAGES = ("images", "transforms", "layers", "datasets", "models", "training", "prediction", "scripts")

#: How long (s) another thread keeps the interpreter once the window wants it; Python's own is 0.005. Kept for
#: good: while training, each callback of Qt into Python would wait that long.
_SWITCH_INTERVAL = 0.0005

_MISFIT = QT_TRANSLATE_NOOP("errors", "PyTorch and torchvision do not fit each other.")
_INSTALL_BOTH = QT_TRANSLATE_NOOP(
    "errors",
    "Install both from the same place: pip install --upgrade torch torchvision. "
    "The command tudui-gui doctor tells more.",
)
_NOT_LOADED = QT_TRANSLATE_NOOP("errors", "{module} cannot be loaded.")
_ASK_DOCTOR = QT_TRANSLATE_NOOP("errors", "The command tudui-gui doctor tells what is missing.")


class Loader(QObject):
    """Imports in a thread, then calls for the pages one by one. Main thread only.

    Signals
    -------
    imported()
        Everything can be imported at once now.
    page_wanted(str)
        Build the page of this objectName; one a turn of the event loop.
    failed(object)
        A :class:`Failure`: an import raised.
    finished()
        Every page was asked for, or the imports failed.
    """

    imported = Signal()
    page_wanted = Signal(str)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._importer = _Importer(self)
        self._importer.setStackSize(STACK_SIZE)
        self._importer.finished.connect(self._begin_pages)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._take_turn)
        self._turns: list[Callable[[], object]] = []
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether the import thread is at work."""
        return self._importer.isRunning()

    def start(self, first_page: str) -> None:
        """Begin; the page ``first_page`` will be asked for first."""
        self._turns = [self.imported.emit]
        for page in sorted(PAGE_MODULES, key=lambda name: name != first_page):
            self._turns += [partial(_import_page, page), partial(self.page_wanted.emit, page)]
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._importer.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Ask for no more pages; the import itself cannot be broken off."""
        self._is_cancelled = True
        self._importer.requestInterruption()

    @Slot()
    def _begin_pages(self) -> None:
        failure = self._importer.failure
        if self._is_cancelled or failure is not None:
            if failure is not None and not self._is_cancelled:
                self.failed.emit(failure)
            self.finished.emit()
            return
        self._turn.start()

    @Slot()
    def _take_turn(self) -> None:
        if self._turns and not self._is_cancelled:
            self._turns.pop(0)()
        else:
            self._turn.stop()
            self.finished.emit()


class _Importer(QThread):
    """Imports the heavy modules. ``failure`` is set when one of torch's family cannot be imported."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.failure: Failure | None = None

    def run(self) -> None:
        _map_libtorch()
        name = ""
        try:
            for name in _qt_free_modules():
                if self.isInterruptionRequested():
                    return
                importlib.import_module(name)
                time.sleep(0)
        except Exception as error:
            self.failure = _explain(name, error)


def _qt_free_modules() -> Iterator[str]:
    """torch's family, then every module of ours below the window."""
    yield from _HEAVY_MODULES
    for package in _PACKAGES:
        folder = importlib.import_module(f"tudui_gui.{package}").__path__
        yield from (f"tudui_gui.{package}.{module.name}" for module in pkgutil.iter_modules(folder))


def _import_page(page: str) -> None:
    """Import a page's module; should that fail, the page's own place says so when it is built."""
    with contextlib.suppress(Exception):
        importlib.import_module(PAGE_MODULES[page])


def _map_libtorch() -> None:
    """Load torch's C++ library while the window goes on.

    ``import torch`` does it too, but keeps the interpreter locked meanwhile: 0.27 s in which nothing is
    painted. A foreign function is called with the lock released. Should it fail, ``import torch`` tells why.
    """
    spec = importlib.util.find_spec("torch")
    if sys.platform == "win32" or spec is None or spec.origin is None:
        return
    load = ctypes.CDLL(None).dlopen
    load.restype, load.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    for library in (Path(spec.origin).parent / "lib").glob("libtorch.*"):
        load(os.fsencode(library), os.RTLD_NOW | os.RTLD_LOCAL)


def _explain(module: str, error: Exception) -> Failure:
    known = Failure.of(error)
    text = str(error)
    if "operator torchvision::" in text or "undefined symbol" in text:
        return Failure(_MISFIT, _INSTALL_BOTH, text, {}, known.kind, True, known.trace)
    return Failure(_NOT_LOADED, _ASK_DOCTOR, text, {"module": module}, known.kind, True, known.trace)
