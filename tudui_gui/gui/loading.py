"""The one lazy boundary: torch and everything built on it is imported in a thread, behind the shown shell."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import sys
import time
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
_HEAVY_MODULES = ("numpy", "torch", "torchvision", "tudui_gui.gui.machine", "tudui_gui.gui.workers")

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
        self._turn.timeout.connect(self._next_page)
        self._pages: list[str] = []
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether the import thread is at work."""
        return self._importer.isRunning()

    def start(self, first_page: str) -> None:
        """Begin; the page ``first_page`` will be asked for first."""
        self._pages = sorted(PAGE_MODULES, key=lambda name: name != first_page)
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
        self.imported.emit()
        self._turn.start()

    @Slot()
    def _next_page(self) -> None:
        if self._pages and not self._is_cancelled:
            self.page_wanted.emit(self._pages.pop(0))
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
        for name in (*_HEAVY_MODULES, *PAGE_MODULES.values()):
            if self.isInterruptionRequested():
                return
            try:
                importlib.import_module(name)
            except Exception as error:
                if name in PAGE_MODULES.values():
                    continue  # the page's own place shows it, when the page is asked for
                self.failure = _explain(name, error)
                return
            time.sleep(0)


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
