"""The cards of the lower area in windows of their own, for their tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import Picture
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

W = TypeVar("W", bound=QWidget)

step = TRANSFORMS.step
#: The tutorial's four.
TUTORIAL = Pipeline(
    (step("Resize", size=48), step("RandomCrop", size=32), step("ToTensor"), step("Normalize"))
)


def picture(width: int = 90, height: int = 60) -> Image.Image:
    """Each pixel says where it is: red its column, green its row."""
    rows, columns = np.mgrid[:height, :width]
    return Image.fromarray(np.dstack([columns, rows, np.full_like(rows, 200)]).astype(np.uint8))


def given(image: Image.Image, name: str, path: Path | None = None) -> Input:
    """An input of the tab."""
    return Input(Picture(image, path, "", "RGB", image.size), name, QImage(), image, name)


@contextmanager
def shown(qtbot: QtBot, jobs: Jobs, widget: W, width: int = 900, height: int = 300) -> Iterator[W]:
    """``widget``, shown and active; closed in the end."""
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    assert jobs.wait_idle()
    yield widget
    jobs.cancel_all()
    assert jobs.wait_idle()
    widget.close()
    widget.deleteLater()
