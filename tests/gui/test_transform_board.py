"""Stages and draws written for TensorBoard from the tab, and read back; the scripts to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import choose
from tests.gui.transforms_page import find, press, settle, shown_page, text_of
from tests.unit.training.event_files import pictures_below
from tudui_gui.core.paths import home
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.input_card import bundled_photos
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.widgets.code_panel import CodePanel
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.conversion import to_uint8
from tudui_gui.images.reading import read_image
from tudui_gui.scripts.folder_script import folder_script
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.scripts.transform_script import (
    board_script,
    draws_script,
    pipeline_text_script,
    stages_script,
)
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.normalized import denormalized
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
CROP = Pipeline((step("Resize", size=40), step("RandomCrop", size=32), step("ToTensor"), step("Normalize")))


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[TransformsPage]:
    with shown_page(qtbot, session, jobs) as made:
        made.scratch.edit(CROP.steps)
        made.lower_area.show_card("board")
        settle(qtbot, made)
        yield made


def test_every_stage_is_written_and_told(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    calls = find(page, QPlainTextEdit, "board_calls")
    qtbot.waitUntil(lambda: "4_Normalize" in calls.toPlainText())
    name = bundled_photos()[0].name
    assert calls.toPlainText().splitlines()[:4] == [
        f'writer.add_image("{name}/0_input", ..., dataformats="HWC")',
        f'writer.add_image("{name}/1_Resize", ..., dataformats="HWC")',
        f'writer.add_image("{name}/2_RandomCrop", ..., dataformats="HWC")',
        f'writer.add_image("{name}/3_ToTensor", ..., dataformats="CHW")',
    ]
    page.pipeline_card.choose(1)
    draws = f'for n in range(10): writer.add_image("{name}/draws_RandomCrop", ..., n, dataformats="HWC")'
    qtbot.waitUntil(lambda: calls.toPlainText().splitlines()[-1] == draws)
    press(qtbot, page, "stages_to_board")
    assert jobs.wait_idle()
    (folder,) = (home() / "tensorboard" / "transforms").iterdir()
    assert folder.name.startswith("stages_") and str(folder) in text_of(page, "transforms_board_text")
    press(qtbot, page, "transforms_board_copy")
    assert QGuiApplication.clipboard().text() == f"tensorboard --logdir {folder}"
    found = pictures_below(folder)
    stages = CROP.stages(read_image(bundled_photos()[0]).image, page.draws.seed)
    assert len(found) == len(stages) + 1
    for number, stage in enumerate(stages):
        tag = f"{name}/{number}_{stage.step.name if stage.step else 'input'}"
        assert stage.value is not None and np.array_equal(found[tag, 0], to_uint8(stage.value)), tag
    plain = denormalized(stages[-1].value, CROP)  # type: ignore[arg-type]
    assert np.array_equal(found[f"{name}/4_Normalize_undone", 0], to_uint8(plain))


def test_draws_under_one_tag(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    press(qtbot, page, "draws_to_board")
    assert jobs.wait_idle()
    (folder,) = (home() / "tensorboard" / "transforms").iterdir()
    found = pictures_below(folder)
    draws = page.draws
    assert draws.subject is not None
    assert {tag for tag, _ in found} == {page.lower_area.board.subject.draws_tag}
    assert sorted(number for _, number in found) == list(range(draws.count))
    drawn = Pipeline(draws.subject.steps)
    image = read_image(bundled_photos()[0]).image
    for (_, number), pixels in found.items():
        value = drawn.stages(image, draws.first_seed + number)[-1].value
        plain = denormalized(value, drawn) if not hasattr(value, "mode") else value  # type: ignore[arg-type]
        assert np.array_equal(pixels, to_uint8(plain))  # type: ignore[arg-type]


def test_without_chance_there_are_no_draws_to_write(page: TransformsPage, jobs: Jobs) -> None:
    page.scratch.edit((step("Resize", size=16),))
    assert jobs.wait_idle()
    assert not find(page, QPushButton, "draws_to_board").isEnabled()
    assert find(page, QPushButton, "stages_to_board").isEnabled()


def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    home().mkdir(parents=True, exist_ok=True)
    (home() / "tensorboard").write_text("")
    press(qtbot, page, "stages_to_board")
    assert jobs.wait_idle()
    assert "cannot be written" in page.banner.text


@pytest.fixture
def panel(qtbot: QtBot, page: TransformsPage) -> CodePanel:
    made = CodePanel()
    qtbot.addWidget(made)
    page.code_changed.connect(lambda: made.show_page(page))
    made.show_page(page)
    made.show()
    return made


def test_every_kind_of_script_can_be_chosen(
    qtbot: QtBot, page: TransformsPage, panel: CodePanel, jobs: Jobs, tmp_path: Path
) -> None:
    file = PictureFile(bundled_photos()[0])
    seed, draws = page.draws.seed, page.draws
    assert draws.subject is not None
    page.lower_area.folder.form.set_source(tmp_path / "photos")
    job = page.lower_area.folder.job
    assert job is not None
    expected = {
        "screen": board_script(CROP, file, seed),
        "pipeline": pipeline_text_script(CROP),
        "stages": stages_script(CROP, [file], seed),
        "draws": draws_script(Pipeline(draws.subject.steps), file, draws.first_seed, draws.count),
        "folder": folder_script(job),
        "board": board_script(CROP, file, seed),
    }
    kinds = find(panel, QComboBox, "code_kind")
    assert kinds.isVisible() and kinds.currentData() == "screen"
    for kind, text in expected.items():
        choose(qtbot, kinds, kinds.findData(kind))
        assert kinds.currentData() == kind and panel.code == text, kind
    choose(qtbot, kinds, kinds.findData("screen"))
    page.lower_area.switch.findChild(QPushButton, "transforms_lower_switch_draws").click()
    assert panel.code == expected["stages"]
    page.lower_area.switch.findChild(QPushButton, "transforms_lower_switch_folder").click()
    assert panel.code == expected["folder"]


def test_a_mixed_batch_has_its_script(
    qtbot: QtBot, page: TransformsPage, panel: CodePanel, jobs: Jobs
) -> None:
    page.choose_code("mix")
    assert panel.code == page.lower_area.mix.code()


def test_pages_without_kinds_show_no_choice(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    plain, panel = Page(session, jobs), CodePanel()
    for widget in (plain, panel):
        qtbot.addWidget(widget)
    panel.show_page(plain)
    assert find(panel, QComboBox, "code_kind").isHidden() and panel.code == ""
