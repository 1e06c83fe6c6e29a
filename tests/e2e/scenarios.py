"""What is done to the window; see :mod:`tests.e2e.driving`."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

Steps = Generator[Callable[[], bool], None, None]

TABS = ["datasets_tab", "transforms_tab", "layers_tab", "models_tab", "training_tab", "prediction_tab"]


def visit_every_tab(window: Any, found: dict[str, Any]) -> Steps:
    """Ctrl+1 to Ctrl+6, a picture of each tab, then close."""
    found["title"] = window.windowTitle()
    found["tabs"] = []
    found["colours"] = []
    window.activateWindow()
    for number, name in enumerate(TABS):
        QTest.keyClick(window, getattr(Qt.Key, f"Key_{number + 1}"), Qt.KeyboardModifier.ControlModifier)
        yield lambda name=name: window.current_name == name and window.page(name) is not None
        found["tabs"].append(window.tabs.tabText(number))
        found["colours"].append(_colours(window.grab().toImage()))


def open_paths(window: Any, found: dict[str, Any]) -> Steps:
    """See where what was named on the command line was opened."""
    yield lambda: not window.jobs.running
    found["tab"] = window.current_name
    found["banner"] = window.banner.isVisible()


def _colours(image: QImage) -> int:
    """How many different colours a coarse grid of pixels has: 1 for an empty picture."""
    spots = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(x, y) for x, y in spots})


