"""Where unexpected errors, warnings and log records meet."""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from tudui_gui.gui.failures import Failure

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True)
class LogEntry:
    """One line (or a few) of the log."""

    level: int
    text: str


class Notifier(QObject):
    """Feeds the log dock and the banner from every hook there is; never a modal box.

    Signals
    -------
    logged(object)
        A :class:`LogEntry`; from any thread.
    failed(object)
        The :class:`Failure` of an exception that nothing else caught; from any thread.
    """

    logged = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler = _Handler(self)
        self._is_installed = False

    def install(self) -> None:
        """Listen to log records, exception hooks and Qt's messages. Earlier hooks are still called."""
        self._is_installed = True
        logging.getLogger().addHandler(self._handler)
        logging.getLogger("tudui_gui").setLevel(logging.INFO)
        self._excepthook, sys.excepthook = sys.excepthook, self._on_exception
        self._thread_hook, threading.excepthook = threading.excepthook, self._on_thread_exception
        self._qt_handler = qInstallMessageHandler(self._on_qt_message)

    def uninstall(self) -> None:
        """Put everything back as it was."""
        if not self._is_installed:
            return
        self._is_installed = False
        qInstallMessageHandler(self._qt_handler)
        sys.excepthook = self._excepthook
        threading.excepthook = self._thread_hook
        logging.getLogger().removeHandler(self._handler)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._excepthook(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            self._tell(error)

    def _on_thread_exception(self, caught: threading.ExceptHookArgs) -> None:
        self._thread_hook(caught)
        if caught.exc_value is not None:
            self._tell(caught.exc_value)

    def _tell(self, error: BaseException) -> None:
        failure = Failure.of(error)
        self.logged.emit(LogEntry(logging.ERROR, failure.trace.rstrip()))
        self.failed.emit(failure)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if callable(self._qt_handler):
            self._qt_handler(kind, context, text)
        logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)


class _Handler(logging.Handler):
    """Turns log records into signals."""

    def __init__(self, notifier: Notifier) -> None:
        super().__init__(logging.INFO)
        self._notifier = notifier
        self.setFormatter(logging.Formatter("%(asctime)s  %(name)s  %(message)s", "%H:%M:%S"))

    def emit(self, record: logging.LogRecord) -> None:
        self._notifier.logged.emit(LogEntry(record.levelno, self.format(record)))
