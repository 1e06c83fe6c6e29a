"""The Layers tab on its own, for its tests, and hands to operate it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from torch import Tensor, nn
from torchvision.transforms import functional

from tudui_gui.core.operations import Step
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.layers import create
from tudui_gui.gui.tabs.layers.page import LayersPage
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import Picture

LEFT = Qt.MouseButton.LeftButton


@contextmanager
def shown_page(
    qtbot: QtBot, session: Session, jobs: Jobs, picture: Picture | None = None
) -> Iterator[LayersPage]:
    """The page, shown and active, with a small picture in it."""
    page = create(session, jobs)
    assert isinstance(page, LayersPage)
    page.resize(1024, 600)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.open_image(picture or noise(24, 20), "noise.png")
    assert jobs.wait_idle()
    yield page
    jobs.cancel_all()
    assert jobs.wait_idle()
    page.close()
    page.deleteLater()


def noise(width: int, height: int, seed: int = 0) -> Picture:
    """A picture that is in no file."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    image = Image.fromarray(pixels)
    return Picture(image, None, "", "RGB", image.size)


def tensor_of(*pictures: Picture) -> Tensor:
    """``float32 [N, 3, H, W]``."""
    return torch.stack([functional.to_tensor(picture.image) for picture in pictures])


def find(page: QWidget, kind: type, name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def text_of(page: QWidget, name: str) -> str:
    return str(find(page, QLabel, name).text())


def press(qtbot: QtBot, page: LayersPage, name: str) -> None:
    """Click a button with the mouse and wait for what follows."""
    button = find(page, QAbstractButton, name)
    assert button.isEnabled() and button.isVisible(), name
    qtbot.mouseClick(button, LEFT)
    assert page.jobs.wait_idle()


def choose(page: LayersPage, name: str, text: str) -> None:
    combo = find(page, QComboBox, name)
    place = combo.findText(text)
    assert place >= 0, text
    combo.setCurrentIndex(place)
    assert page.jobs.wait_idle()


def show_layer(page: LayersPage, step: Step, seed: int = 0) -> None:
    """Look at one layer."""
    state = replace(page.maps.subject.state, kind="layer", step=step, seed=seed)
    page.maps.edits.edit(state)
    assert page.jobs.wait_idle()


def open_model(page: LayersPage, module: nn.Module, shape: tuple[int, int, int] = (3, 24, 24)) -> OpenModel:
    """Open a model and look into it."""
    model = OpenModel(type(module).__name__, module.eval(), None, (), shape)
    page.session.set_open_model(model)
    page.maps.show_model()
    assert page.jobs.wait_idle()
    return model


def captions(page: LayersPage) -> list[str]:
    grid = page.maps.grid
    return [grid.model().index(row, 0).data() for row in range(grid.count)]
