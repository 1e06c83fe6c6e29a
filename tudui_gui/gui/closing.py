"""Closing the window without losing work and without freezing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from tudui_gui.gui.main_window import MainWindow

_PATIENCE_MS = 20_000


class Closer(QObject):
    """Asks while a training runs, stops it, waits for every thread, then closes the window.

    Signals
    -------
    ready_to_close()
        Nothing runs any more.
    """

    ready_to_close = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._question: QMessageBox | None = None
        self._is_closing = False
        self._is_late = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._give_up)

    def may_close(self) -> bool:
        """Whether the window may close now; if not, it asks or waits, then sends :attr:`ready_to_close`."""
        if self._is_training() and not self._is_closing:
            self._ask()
            return False
        if not self._is_closing:
            self._is_closing = True
            self._window.stop_work()
        if self._is_busy() and not self._is_late:
            self._wait()
            return False
        return True

    def _is_training(self) -> bool:
        session = self._window.session
        return session is not None and session.training.is_active

    def _is_busy(self) -> bool:
        jobs = self._window.jobs
        return self._is_training() or self._window.is_loading or (jobs is not None and not jobs.is_idle)

    def _ask(self) -> None:
        if self._question is None:
            self._question = self._make_question()
        self._question.open()

    def _make_question(self) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setObjectName("close_question")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("tudui")
        box.setText(self.tr("A training is running."))
        box.setInformativeText(self.tr("Stopping it keeps a checkpoint; the run can be resumed later."))
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stop.setObjectName("stop_and_close")
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stop)
        box.setEscapeButton(cancel)
        box.accepted.connect(self.stop_and_close)
        box.finished.connect(self._forget_question)
        return box

    @Slot()
    def stop_and_close(self) -> None:
        """Close the window as after "Stop and close"."""
        session = self._window.session
        if session is None or not session.training.is_active:
            self._window.close()
            return
        self._is_closing = True
        session.notify(self.tr("Stopping the training and writing a checkpoint…"))
        session.training.stop()
        self._window.stop_work()
        self._wait()

    @Slot()
    def _forget_question(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    def _wait(self) -> None:
        """Come back whenever a thread has ended; the window is hidden unless it has something to show."""
        if self._limit.isActive():
            return
        self._limit.start(_PATIENCE_MS)
        self._window.loading_ended.connect(self._look_again)
        if self._window.jobs is not None:
            self._window.jobs.job_ended.connect(self._look_again)
        if self._window.session is not None:
            self._window.session.training.run_ended.connect(self._look_again)
        if not self._is_training():
            self._window.hide()

    @Slot()
    def _look_again(self, *_: object) -> None:
        if not self._is_busy():
            self._limit.stop()
            self.ready_to_close.emit()

    @Slot()
    def _give_up(self) -> None:
        """A short job does not obey; leave it behind. A training is waited for, however long it takes."""
        if self._is_training():
            self._limit.start(_PATIENCE_MS)
        else:
            self._is_late = True
            self.ready_to_close.emit()
