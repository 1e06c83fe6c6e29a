"""Fixtures of the window's tests: what a test leaves behind fails it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer, QtMsgType
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.core.paths import resource
from tudui_gui.gui import theme
from tudui_gui.gui.clipboard import let_go_of_clipboard
from tudui_gui.gui.session import Session
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.training.experiment import Experiment

#: What the offscreen platform says of itself.
_HARMLESS = ("This plugin does not support",)


@pytest.fixture(scope="session", autouse=True)
def clipboard_without_python(qapp: QApplication) -> Iterator[None]:
    """Nothing made by Python stays on the clipboard when the interpreter ends."""
    yield
    let_go_of_clipboard()


@pytest.fixture(autouse=True)
def no_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a running thread, a running timer without parent, or a top-level widget."""
    theme.install(qapp, "light")
    known = set(map(id, QApplication.topLevelWidgets()))
    yield
    leaks = _leaks(known)
    assert not leaks, "left behind: " + ", ".join(leaks)


def _leaks(known: set[int]) -> list[str]:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    found = [w for w in QApplication.topLevelWidgets() if id(w) not in known and not _is_qt_private(w)]
    if found:
        gc.collect()
        found = [widget for widget in found if shiboken6.isValid(widget) and widget.parent() is None]
    qobjects = [item for item in gc.get_objects() if issubclass(type(item), QObject)]
    qobjects = [item for item in qobjects if shiboken6.isValid(item)]
    for stack in (item for item in qobjects if isinstance(item, QUndoStack)):
        stack.clear()  # collected together with its commands, it would delete them a second time
    main = QThread.currentThread()
    found += [t for t in qobjects if isinstance(t, QThread) and t != main and t.isRunning()]
    found += [t for t in qobjects if isinstance(t, QTimer) and t.isActive() and t.parent() is None]
    return [f"{type(item).__name__} {item.objectName()!r}" for item in found]


def _is_qt_private(widget: QWidget) -> bool:
    """Tooltips and popups that Qt keeps for itself."""
    return type(widget) is QWidget or widget.metaObject().className().startswith(
        ("QTipLabel", "QComboBoxPriv")
    )


@pytest.fixture(autouse=True)
def no_qt_warnings(qtlog: Any) -> Iterator[None]:
    """Fail the test during which Qt complained."""
    yield
    bad = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    said = [record.message for record in qtlog.records if record.type in bad]
    complaints = [text for text in said if not text.startswith(_HARMLESS)]
    assert not complaints, complaints


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """Jobs that are all done when the test ends."""
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_idle()


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session with the bundled digits experiment on the CPU; a training that still runs is stopped."""
    experiment = Experiment.load(resource("experiments", "digits.toml")).with_value("device", "cpu")
    training = TrainingController()
    yield Session(experiment, training)
    if training.is_active:
        with qtbot.waitSignal(training.run_ended, timeout=30_000):
            training.stop()
