"""Every entry of the catalog in the window: the facts shown are those of torchvision called directly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from torch import Tensor
from torchvision import transforms

from tests.gui.transforms_page import settle, shown_page
from tudui_gui.core.operations import Step
from tudui_gui.gui.session import Session
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.catalog import TRANSFORMS

SEED = 0
#: What entries without a useful default are tried with.
INSIDE = [{"name": "RandomHorizontalFlip", "p": 1.0}, {"name": "Grayscale"}]


def step_of(name: str) -> Step:
    operation = TRANSFORMS.find(name)
    if "container" in operation.tags:
        return operation.step(transforms=INSIDE)
    return operation.step()


def steps_of(name: str) -> tuple[Step, ...]:
    """The entry, behind what makes it possible."""
    tags = TRANSFORMS.find(name).tags
    if "needs_tensor" in tags:
        return TRANSFORMS.step("ToTensor"), step_of(name)
    if "needs_array" in tags:
        return (step_of(name),)
    return (TRANSFORMS.step("ToTensor"), step_of(name)) if name == "ToPILImage" else (step_of(name),)


def directly(image: Image.Image, steps: tuple[Step, ...]) -> Any:
    torch.manual_seed(SEED)
    return transforms.Compose([step.build() for step in steps])(image)


def facts_of(value: Any) -> list[str]:
    """Shape and range as they are written, computed here."""
    first = value[0] if isinstance(value, tuple) else value
    if isinstance(first, Tensor):
        kind = str(first.dtype).removeprefix("torch.")
        low, high = first.min().item(), first.max().item()
        form = ".0f" if not first.is_floating_point() else ".3f"
        return [f"{kind} {list(first.shape)}", f"{low:{form}} … {high:{form}}"]
    pixels = np.asarray(first)
    width, height = first.size
    return [f"{first.mode} {width} × {height}", f"{pixels.min()} … {pixels.max()}"]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    random = np.random.default_rng(4)
    small = Image.fromarray(random.integers(0, 256, (12, 16, 3), dtype=np.uint8))
    path = tmp_path / "photo.png"
    small.resize((96, 72), Image.Resampling.BICUBIC).save(path)
    return path


def test_every_entry_shows_torchvisions_facts(
    qtbot: QtBot, session: Session, jobs: Jobs, photo: Path
) -> None:
    with shown_page(qtbot, session, jobs) as page:
        page.open_paths([photo])
        settle(qtbot, page)
        image = Image.open(photo).convert("RGB")
        checked = 0
        for name, operation in TRANSFORMS.items():
            if "needs_array" in operation.tags:
                continue  # with OpenCV's reader: tests of the inputs
            steps = steps_of(name)
            page.scratch.edit(steps)
            settle(qtbot, page)
            label = page.findChild(QLabel, f"stage_{len(steps) - 1}_facts")
            assert label is not None and label.text().splitlines()[:2] == facts_of(directly(image, steps)), (
                name
            )
            checked += 1
    assert checked == len(TRANSFORMS) - 1
