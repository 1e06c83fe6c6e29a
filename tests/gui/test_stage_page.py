"""The stage area within its page: rows and inputs, fixes, previews of a large photo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.gui.transforms_page import LEFT, find, press, shown_page, text_of
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.workers import Jobs
from tudui_gui.transforms.catalog import TRANSFORMS

step = TRANSFORMS.step


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[TransformsPage]:
    with shown_page(qtbot, session, jobs) as made:
        yield made


def settle(qtbot: QtBot, page: TransformsPage) -> None:
    """Until what is shown is exactly what was asked for."""
    assert page.jobs.wait_idle()
    qtbot.waitUntil(lambda: page.requests.is_settled)
    assert page.jobs.wait_idle()
    QApplication.processEvents()


def saved(folder: Path, *sizes: tuple[int, int]) -> list[Path]:
    paths = [folder / f"{number}.bmp" for number in range(len(sizes))]
    for path, (width, height) in zip(paths, sizes, strict=True):
        pixels = np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8)
        Image.fromarray(pixels).save(path)
    return paths


def test_clicking_a_row_makes_its_input_the_current_one(
    qtbot: QtBot, page: TransformsPage, tmp_path: Path
) -> None:
    page.scratch.edit((step("RandomCrop", size=60), step("ToTensor")))
    page.open_paths(saved(tmp_path, (90, 80), (40, 50)))
    settle(qtbot, page)
    assert not find(page, QLabel, "step_0_problem").isVisible()
    view = page.strip.input_column.view
    qtbot.mouseClick(view, LEFT, pos=view.room(1).center().toPoint())
    assert page.input.current == 1
    assert find(page, QLabel, "step_0_problem").isVisible()
    press(qtbot, page, "stage_0_fix")
    settle(qtbot, page)
    assert all(stage.problem is None for stage in page.strip.rows[1].row.stages)
    assert "RGB 40 × 50" in text_of(page, "stage_input_facts")


def test_choosing_an_input_leads_with_its_row(qtbot: QtBot, page: TransformsPage, tmp_path: Path) -> None:
    page.open_paths(saved(tmp_path, (90, 80), (70, 50), (60, 60)))
    settle(qtbot, page)
    page.input.choose(2)
    assert page.strip.chosen_row is page.strip.rows[2]
    assert "RGB 60 × 60" in text_of(page, "stage_input_facts")


def test_draws_are_computed_when_the_stages_are_exact(
    qtbot: QtBot, page: TransformsPage, tmp_path: Path
) -> None:
    page.scratch.edit((step("Resize", size=900), step("RandomHorizontalFlip")))
    page.open_paths(saved(tmp_path, (2400, 1900)))
    settle(qtbot, page)
    kinds: list[str] = []
    asked: list[bool] = []
    page.requests.rows_ready.connect(lambda rows: kinds.append(text_of(page, "stage_0_kind")))
    page.requests.rows_ready.connect(lambda rows: asked.append(page.requests.is_settled))
    page.scratch.change(0, step("Resize", size=800))
    settle(qtbot, page)
    assert kinds == ["preview", "PIL"]
    assert asked == [False, True]
