"""What is done to the window; see :mod:`tests.e2e.driving`."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from tudui_gui.core.paths import sample_data

Steps = Generator[Callable[[], bool], None, None]

#: A picture that comes with the program.
PICTURE = sorted((sample_data("shapes") / "val" / "star").iterdir())[0]

TABS = ["datasets_tab", "transforms_tab", "layers_tab", "models_tab", "training_tab", "prediction_tab"]


def visit_every_tab(window: Any, found: dict[str, Any]) -> Steps:
    """Ctrl+1 to Ctrl+6, a picture of each tab, then close."""
    found["title"] = window.windowTitle()
    found["tabs"] = []
    found["colours"] = []
    for number, name in enumerate(TABS):
        yield from _press(window, getattr(Qt.Key, f"Key_{number + 1}"))
        yield lambda name=name: window.current_name == name and window.page(name) is not None
        found["tabs"].append(window.tabs.tabText(number))
        found["colours"].append(_colours(window.grab().toImage()))


def train_and_predict(window: Any, found: dict[str, Any]) -> Steps:
    """Start, pause and resume with the mouse, to the end; then drop a picture and read the bars."""
    training = window.session.training
    ended: list[Any] = []
    training.run_ended.connect(ended.append)
    yield lambda: window.session.experiment.settings.epochs == 1 and window.current_name == "training_tab"
    _click(window, "start_training")
    yield lambda: training.state == "running"
    _click(window, "pause_training")
    yield lambda: training.state == "paused"
    _click(window, "resume_training")
    yield lambda: len(ended) == 1 and training.state == "idle"
    found["ending"] = type(ended[0]).__name__
    found["run_dir"] = str(training.run_dir)
    yield from _press(window, Qt.Key.Key_6)
    yield lambda: window.current_name == "prediction_tab"
    yield lambda: window.page("prediction_tab").findChild(QComboBox, "prediction_model").count() > 0
    yield lambda: window.jobs.is_idle
    _drop(window.findChild(QWidget, "prediction_drop_area"), PICTURE)
    bars = window.page("prediction_tab").findChild(QWidget, "prediction_bars")
    yield lambda: len(bars.rows) > 0
    found["rows"] = [list(row) for row in bars.rows]


def close_while_training(window: Any, found: dict[str, Any]) -> Steps:
    """Close in the middle of a run: the program asks, keeps a checkpoint, ends."""
    training = window.session.training
    steps: list[Any] = []
    training.steps_done.connect(steps.extend)
    yield lambda: window.current_name == "training_tab"
    _click(window, "start_training")
    yield lambda: len(steps) > 0
    found["run_dir"] = str(training.run_dir)
    window.close()
    yield lambda: window.findChild(QWidget, "stop_and_close") is not None
    found["still_training"] = training.is_active
    _click(window, "stop_and_close")
    yield lambda: not window.isVisible()


def interrupt_while_training(window: Any, found: dict[str, Any]) -> Steps:
    """Ctrl+C in the terminal in the middle of a run: no question, a checkpoint, the end."""
    training = window.session.training
    steps: list[Any] = []
    training.steps_done.connect(steps.extend)
    yield lambda: window.current_name == "training_tab"
    _click(window, "start_training")
    yield lambda: len(steps) > 0
    found["run_dir"] = str(training.run_dir)
    signal.raise_signal(signal.SIGINT)
    yield lambda: not window.isVisible()


def _click(window: Any, name: str) -> None:
    button = window.findChild(QAbstractButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _press(window: Any, key: Qt.Key) -> Steps:
    # Shortcuts need the active window; a window manager would have made it that.
    window.activateWindow()
    yield window.isActiveWindow
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def _drop(target: QWidget, path: Path) -> None:
    """What Qt sends when a file manager drops a file."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = target.rect().center()
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, QDragEnterEvent(place, *how))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), *how))


def _colours(image: QImage) -> int:
    """How many different colours a coarse grid of pixels has: 1 for an empty picture."""
    spots = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(x, y) for x, y in spots})
