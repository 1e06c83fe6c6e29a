"""Ctrl+C in the terminal, and SIGTERM, close the window without losing what is being trained."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Slot

if TYPE_CHECKING:
    from tudui_gui.gui.main_window import MainWindow

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Listens until the window is closed; a second signal does not wait. Main thread only.

    Python's own handlers run when Python next runs, which Qt's event loop may put off: the signals also
    write to a socket that wakes it.

    Attributes
    ----------
    number : int
        The signal that came, else 0.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.number = 0
        self._window = window
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._fd_before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._note) for number in _SIGNALS}
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        window.closed.connect(self._stop_listening)

    def _note(self, number: int, frame: FrameType | None) -> None:
        """Take notes only: this runs between any two instructions of the main thread."""
        if self.number:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self.number = number

    @Slot()
    def _wake(self) -> None:
        self._reading.recv(64)
        if self.number:
            self._window.close_without_asking()

    @Slot()
    def _stop_listening(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()
