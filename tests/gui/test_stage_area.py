"""The stage area of the Transforms tab: probe, zoom, rows, formula and marks compared with torchvision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from torchvision import transforms

from tests.gui.test_image_widgets import ctrl_wheel
from tests.gui.transforms_page import LEFT, find, press, text_of
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.tabs.transforms.showing import shown as shown_value
from tudui_gui.gui.tabs.transforms.stage_column import StageColumn
from tudui_gui.gui.tabs.transforms.stage_rows import Pyramids, seen_work
from tudui_gui.gui.tabs.transforms.stage_strip import StageStrip
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.images.conversion import to_uint8
from tudui_gui.images.reading import Picture
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
FOUR = (step("Resize", size=64), step("RandomCrop", size=48), step("ToTensor"), step("Normalize"))


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(pixels)


def made_input(image: Image.Image, name: str) -> Input:
    return Input(Picture(image, None, "", "RGB", image.size), name, shown_value(image), image, object())


class Area:
    """The stage area alone, with the work done in this thread."""

    def __init__(self, *images: Image.Image) -> None:
        self.strip = StageStrip()
        self.rows: list[int] = []
        self.steps: list[int] = []
        self.strip.row_chosen.connect(self.choose_row)
        self.strip.step_chosen.connect(self.steps.append)
        self.pyramids = Pyramids()
        self.inputs = tuple(made_input(image, f"n{number}.png") for number, image in enumerate(images))

    def choose_row(self, row: int) -> None:
        self.rows.append(row)
        self.strip.choose_row(row)

    def run(self, *steps: Step, is_exact: bool = True) -> None:
        seen = seen_work(
            self.pyramids,
            self.inputs,
            Pipeline(steps),
            0,
            is_exact,
            CancelToken(),
            lambda fraction, text: None,
        )
        self.strip.show_rows(seen, 0)
        QApplication.processEvents()  # the columns take their places


@pytest.fixture
def area(qtbot: QtBot) -> Area:
    """One picture of 96 x 128 pixels and the tutorial's four steps."""
    return shown_area(qtbot, noise(96, 128))


def shown_area(qtbot: QtBot, *images: Image.Image) -> Area:
    made = Area(*images)
    qtbot.addWidget(made.strip)
    made.strip.resize(980, 500)
    with qtbot.waitExposed(made.strip):
        made.strip.show()
    made.run(*FOUR)
    return made


def columns(area: Area) -> list[StageColumn]:
    return [area.strip.input_column, *area.strip.columns]


def values_of(image: Image.Image, seed: int = 0) -> list[np.ndarray]:
    """Rows, columns and channels at every stage of the four, by torchvision."""
    torch.manual_seed(seed)
    steps = [
        transforms.Resize(64),
        transforms.RandomCrop(48),
        transforms.ToTensor(),
        transforms.Normalize([0.5] * 3, [0.5] * 3),
    ]
    values: list[Any] = [image]
    for each in steps:
        values.append(each(values[-1]))
    return [np.asarray(v) if isinstance(v, Image.Image) else v.permute(1, 2, 0).numpy() for v in values]


def point_at(qtbot: QtBot, column: StageColumn, x: int, y: int, row: int = 0) -> None:
    qtbot.mouseMove(column.view, column.view.pixel_rect(x, y, row).center().toPoint())


def test_pointing_shows_the_value_at_every_stage(qtbot: QtBot, area: Area) -> None:
    seen = values_of(noise(96, 128))
    drawn = area.strip.rows[0].row.stages[1].drawn
    x, y = 20, 30
    point_at(qtbot, columns(area)[4], x, y)
    place = (x + drawn["j"], y + drawn["i"])
    expected = [
        " ".join(map(str, seen[1][place[1], place[0]])) + f" ({place[0]}, {place[1]})",
        " ".join(map(str, seen[2][y, x])) + f" ({x}, {y})",
        " ".join(f"{v:.3f}" for v in seen[3][y, x]) + f" ({x}, {y})",
        " ".join(f"{v:.3f}" for v in seen[4][y, x]) + f" ({x}, {y})",
    ]
    assert [text_of(area.strip, f"stage_{i}_pixel") for i in range(4)] == expected
    in_input = text_of(area.strip, "stage_input_pixel")
    at = (int((place[0] + 0.5) * 96 / 64), int((place[1] + 0.5) * 128 / 85))
    assert in_input == " ".join(map(str, seen[0][at[1], at[0]])) + f" ({at[0]}, {at[1]})"
    assert all(column.view.mark_of(0) is not None for column in columns(area))


def test_the_formula_has_the_probed_numbers(qtbot: QtBot, area: Area) -> None:
    assert text_of(area.strip, "stage_3_formula") == "\n".join(["(x - 0.5) / 0.5"] * 3)
    assert text_of(area.strip, "stage_2_formula") == "\n".join(["x / 255"] * 3)
    point_at(qtbot, columns(area)[3], 5, 6)
    seen = values_of(noise(96, 128))
    byte, scaled, normal = (seen[i][6, 5] for i in (2, 3, 4))
    lines = text_of(area.strip, "stage_3_formula").splitlines()
    for line, before, after in zip(lines, scaled, normal, strict=True):
        assert line.startswith(f"({before:.3f} - 0.5) / 0.5 ")
        assert line.endswith(f" {after:.3f}")
    assert text_of(area.strip, "stage_2_formula").splitlines() == [
        f"{b} / 255 = {s:.3f}" for b, s in zip(byte, scaled, strict=True)
    ]


def test_a_click_pins_arrows_move_and_escape_releases(qtbot: QtBot, area: Area) -> None:
    view = columns(area)[2].view
    qtbot.mouseClick(view, LEFT, pos=view.pixel_rect(10, 10).center().toPoint())
    assert area.steps == [1]
    point_at(qtbot, columns(area)[2], 40, 40)
    assert text_of(area.strip, "stage_1_pixel").endswith("(10, 10)")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert text_of(area.strip, "stage_1_pixel").endswith("(11, 20)")
    assert text_of(area.strip, "stage_3_pixel").endswith("(11, 20)")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert [text_of(area.strip, f"stage_{i}_pixel") for i in range(4)] == [""] * 4
    assert area.strip.link.probe is None


def test_the_arrows_alone_begin_in_the_middle(qtbot: QtBot, area: Area) -> None:
    view = columns(area)[3].view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert text_of(area.strip, "stage_2_pixel").endswith("(24, 24)")
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert text_of(area.strip, "stage_2_pixel").endswith("(0, 24)")


def test_the_same_pixel_clicked_again_is_released(qtbot: QtBot, area: Area) -> None:
    view = columns(area)[4].view
    for is_pinned in (True, False):
        qtbot.mouseClick(view, LEFT, pos=view.pixel_rect(7, 7).center().toPoint())
        probe = area.strip.link.probe
        assert (probe is not None and probe.is_pinned) is is_pinned


def test_a_pinned_probe_stays_on_the_object_when_the_pipeline_changes(qtbot: QtBot, area: Area) -> None:
    view = columns(area)[0].view
    qtbot.mouseClick(view, LEFT, pos=view.pixel_rect(48, 64).center().toPoint())
    area.run(step("RandomHorizontalFlip", p=1.0), step("ToTensor"))
    assert text_of(area.strip, "stage_input_pixel").endswith("(48, 64)")
    assert text_of(area.strip, "stage_0_pixel").endswith(f"({96 - 1 - 48}, 64)")


def test_zooming_keeps_the_same_place_in_the_middle_of_every_stage(qtbot: QtBot, area: Area) -> None:
    resized, cropped = columns(area)[1].view, columns(area)[2].view
    ctrl_wheel(cropped, cropped.pixel_rect(30, 12).center(), 8)
    assert cropped.zoom > 3
    assert {column.view.zoom for column in columns(area)} == {cropped.zoom}
    drawn = area.strip.rows[0].row.stages[1].drawn
    middle = cropped.zoom_of(0)
    assert resized.zoom_of(0).x * 64 == pytest.approx(middle.x * 48 + drawn["j"])
    assert resized.zoom_of(0).y * 85 == pytest.approx(middle.y * 48 + drawn["i"])
    qtbot.mouseDClick(resized, LEFT)
    assert {column.view.zoom for column in columns(area)} == {1.0}


def test_dragging_pans_all(qtbot: QtBot, area: Area) -> None:
    view, other = columns(area)[3].view, columns(area)[4].view
    ctrl_wheel(view, QPointF(view.rect().center()), 6)
    before = other.zoom_of(0).x
    qtbot.mousePress(view, LEFT, pos=view.rect().center())
    qtbot.mouseMove(view, view.rect().center() + QPoint(30, 0))
    qtbot.mouseRelease(view, LEFT, pos=view.rect().center() + QPoint(30, 0))
    assert other.zoom_of(0).x < before
    assert area.strip.link.probe is None or not area.strip.link.probe.is_pinned


def test_values_outside_0_to_1_are_counted_and_marked(qtbot: QtBot, area: Area) -> None:
    tensor = values_of(noise(96, 128))[4]
    count = int(((tensor < 0) | (tensor > 1)).sum())
    button = find(area.strip, QPushButton, "stage_3_outside")
    assert button.isVisible() and f"{count:,} of {tensor.size:,}" in button.toolTip()
    assert button.text() == f"{100 * count / tensor.size:.0f} %"
    assert not find(area.strip, QPushButton, "stage_2_outside").isVisible()
    view = columns(area)[4].view
    assert view.cells[0].mask is None
    plain = view.grab().toImage()
    press(qtbot, area.strip, "stage_3_outside")
    mask = view.cells[0].mask
    assert mask is not None
    marked = np.array([[mask.pixelIndex(x, y) > 0 for x in range(48)] for y in range(48)])
    np.testing.assert_array_equal(marked, ((tensor < 0) | (tensor > 1)).any(axis=2))
    assert view.grab().toImage() != plain
    press(qtbot, area.strip, "stage_3_outside")
    assert view.grab().toImage() == plain


def test_normalize_is_undone_with_one_click(qtbot: QtBot, area: Area) -> None:
    column = columns(area)[4]
    raw = area.strip.rows[0].row.stages[3].image
    assert column.view.image == raw
    press(qtbot, area.strip, "stage_3_denormalize")
    shown = from_qimage(column.view.image).astype(int)
    before = from_qimage(columns(area)[3].view.image)
    assert abs(shown - before).max() <= 1
    press(qtbot, area.strip, "stage_3_denormalize")
    assert column.view.image == raw


SIZES = [(160, 120), (90, 90), (120, 200)]


@pytest.fixture
def three(qtbot: QtBot) -> Area:
    """Three pictures; the second is too small for a crop of 100 pixels."""
    return shown_area(qtbot, *(noise(*size, seed) for seed, size in enumerate(SIZES)))


def test_inputs_are_rows_and_the_chosen_one_has_the_facts(qtbot: QtBot, three: Area) -> None:
    assert [len(column.view.cells) for column in columns(three)] == [3] * 5
    names = [cell.name for cell in columns(three)[0].view.cells]
    assert names == ["1 n0.png", "2 n1.png", "3 n2.png"]
    for row, size in enumerate(SIZES):
        view = columns(three)[0].view
        qtbot.mouseClick(view, LEFT, pos=view.room(row).center().toPoint())
        assert row == 0 or three.rows[-1] == row
        assert f"RGB {size[0]} × {size[1]}" in text_of(three.strip, "stage_input_facts")
        expected = values_of(noise(*size, row))[4]
        assert f"{expected.min():.3f} … {expected.max():.3f}" in text_of(three.strip, "stage_3_facts")


def test_rows_of_all_columns_are_in_line(three: Area) -> None:
    tops = [
        [column.view.mapTo(three.strip, column.view.room(row).topLeft().toPoint()).y() for row in range(3)]
        for column in columns(three)
    ]
    assert all(each == tops[0] for each in tops)


def test_a_step_that_fails_for_one_input_says_so_in_its_row(qtbot: QtBot, three: Area) -> None:
    three.run(step("RandomCrop", size=100), step("ToTensor"))
    crop, tensor = columns(three)[1], columns(three)[2]
    assert [cell.absence for cell in crop.view.cells] == ["", "failed", ""]
    assert [cell.absence for cell in tensor.view.cells] == ["", "skipped", ""]
    assert not find(three.strip, QLabel, "stage_0_problem").isVisible()
    view = columns(three)[0].view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert three.rows == [1]
    assert find(three.strip, QLabel, "stage_0_problem").isVisible()
    assert find(three.strip, QLabel, "stage_1_skipped").isVisible()


def test_the_probe_reads_the_row_that_is_pointed_at(qtbot: QtBot, three: Area) -> None:
    expected = values_of(noise(120, 200, 2))[2][9, 8]
    point_at(qtbot, columns(three)[2], 8, 9, row=2)
    assert text_of(three.strip, "stage_1_pixel") == "3: " + " ".join(map(str, expected)) + " (8, 9)"
    assert [columns(three)[4].view.mark_of(row) is not None for row in range(3)] == [False, False, True]


def test_a_preview_is_marked_until_the_exact_stage_comes(qtbot: QtBot) -> None:
    area = shown_area(qtbot, noise(2600, 2000))
    area.run(step("Resize", size=1000), step("ToTensor"), step("Normalize"), is_exact=False)
    assert [text_of(area.strip, f"stage_{i}_kind") for i in range(3)] == ["preview"] * 3
    assert text_of(area.strip, "stage_2_facts") == "1300 × 1000\n…"
    point_at(qtbot, columns(area)[3], 650, 500)
    assert text_of(area.strip, "stage_2_pixel").startswith("… (")
    area.run(step("Resize", size=1000), step("ToTensor"), step("Normalize"))
    assert [text_of(area.strip, f"stage_{i}_kind") for i in range(3)] == ["PIL", "Tensor", "Tensor"]
    assert text_of(area.strip, "stage_2_facts").startswith("float32 [3, 1000, 1300]")
    assert not text_of(area.strip, "stage_2_pixel").startswith("…")


def test_where_a_step_fails_for_all_the_reason_has_the_room_of_the_pictures(three: Area) -> None:
    three.run(step("Normalize"), step("ToTensor"))
    assert not columns(three)[1].view.isVisible() and not columns(three)[2].view.isVisible()
    assert find(three.strip, QLabel, "stage_0_problem").isVisible()


def test_five_crops_are_tiles_with_their_count(qtbot: QtBot, area: Area) -> None:
    area.run(
        step("FiveCrop", size=40),
    )
    assert text_of(area.strip, "stage_0_kind") == "PIL × 5"
    tiles = transforms.FiveCrop(40)(noise(96, 128))
    np.testing.assert_array_equal(from_qimage(columns(area)[1].view.image), to_uint8(tiles))
    point_at(qtbot, columns(area)[0], 5, 5)
    assert text_of(area.strip, "stage_0_pixel") == ""
    qtbot.mouseMove(columns(area)[1].view, columns(area)[1].view.rect().center())
    assert area.strip.link.probe is None


def test_a_value_without_a_picture_keeps_its_facts(qtbot: QtBot, area: Area) -> None:
    area.run(
        step("Normalize"),
    )
    assert columns(area)[1].has_failed and not columns(area)[1].view.isVisible()
    area.run()
    assert area.strip.columns == [] and columns(area)[0].view.isVisible()


def test_the_column_of_a_step_that_is_off_is_left_out(qtbot: QtBot, area: Area) -> None:
    area.run(FOUR[0], replace(FOUR[1], enabled=False), *FOUR[2:])
    assert [c.stage.step.name for c in area.strip.columns if c.stage] == ["Resize", "ToTensor", "Normalize"]
    point_at(qtbot, area.strip.columns[1], 3, 4)
    assert text_of(area.strip, "stage_0_pixel").endswith("(3, 4)")


def test_nothing_is_repainted_for_a_probe_but_the_cross(qtbot: QtBot, area: Area) -> None:
    view = columns(area)[3].view
    view.grab()
    painted = view._painted
    point_at(qtbot, columns(area)[4], 6, 6)
    view.grab()
    assert painted is not None and view._painted is painted


def test_without_an_input_the_area_says_what_to_do(qtbot: QtBot, area: Area) -> None:
    strip = StageStrip()
    qtbot.addWidget(strip)
    strip.show()
    strip.show_empty()
    with qtbot.waitSignal(strip.open_requested):
        press(qtbot, strip, "stages_empty_action")
    strip.show_rows(area.strip.rows, 0)
    strip.show_empty()
    assert not find(strip, QWidget, "stages_empty").isVisible()
    assert QApplication.activePopupWidget() is None


def test_a_failing_step_is_wider_than_what_is_not_run(three: Area) -> None:
    three.strip.resize(600, 400)
    three.run(step("Resize", size=64), step("Normalize"), step("ToTensor"))
    given, fails, idle = (column.minimumWidth() for column in three.strip.columns)
    assert idle < given < fails
    fix = find(three.strip, QPushButton, "stage_1_fix")
    assert fix.text() == fix.accessibleName()


def test_drawn_values_break_behind_commas(three: Area) -> None:
    three.run(step("ColorJitter", brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1))
    lines = text_of(three.strip, "stage_0_drawn").splitlines()
    assert 1 < len(lines) <= 3 and lines[0].endswith(",")
    assert all(len(line.removesuffix(" …")) <= 22 for line in lines)
