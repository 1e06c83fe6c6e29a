"""The inputs of the Transforms tab, operated as a person does; pixels compared with PIL and OpenCV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QPushButton, QSlider, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.transforms_page import LEFT, choose_action, drop, files_data, find, press, shown_page, text_of
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui.imaging import from_qimage, to_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.input_boxes import with_swap
from tudui_gui.gui.tabs.transforms.input_ways import bundled_photos
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.workers import Jobs
from tudui_gui.images import inspection
from tudui_gui.images.reading import read_image
from tudui_gui.transforms.catalog import TRANSFORMS

RNG = np.random.default_rng(5)
step = TRANSFORMS.step


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[TransformsPage]:
    with shown_page(qtbot, session, jobs) as made:
        yield made


def photo(folder: Path, name: str, size: tuple[int, int] = (40, 30)) -> Path:
    path = folder / name
    Image.fromarray(RNG.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)).save(path)
    return path


def photos(folder: Path, count: int) -> list[Path]:
    return [photo(folder, f"photo_{number}.png") for number in range(count)]


def names(page: TransformsPage) -> list[str]:
    return [each.name for each in page.input.inputs]


def opened(page: TransformsPage, jobs: Jobs, *paths: Path) -> None:
    page.open_paths(paths)
    assert jobs.wait_idle()


def pixels(page: TransformsPage) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The current input's values, and what is seen of them is the same."""
    assert page.input.input is not None
    value = np.asarray(page.input.input.value)
    np.testing.assert_array_equal(from_qimage(page.input.input.image), value)
    image = find(page, QWidget, "transform_input").image
    np.testing.assert_array_equal(from_qimage(image), value)
    return value


# -- several inputs ------------------------------------------------------------------------------------------


def test_one_takes_the_place_of_the_current_one_several_that_of_all(
    page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    assert names(page) == ["flower.jpg"]
    paths = photos(tmp_path, 4)
    opened(page, jobs, *paths[:3])
    assert names(page) == [path.name for path in paths[:3]] and page.input.current == 0
    page.input.choose(1)
    opened(page, jobs, paths[3])
    assert names(page) == ["photo_0.png", "photo_3.png", "photo_2.png"] and page.input.current == 1
    np.testing.assert_array_equal(pixels(page), np.asarray(Image.open(paths[3])))
    assert "photo_3.png   40 × 30" in text_of(page, "input_name")


def test_each_input_is_a_row_of_stages(page: TransformsPage, jobs: Jobs, tmp_path: Path) -> None:
    page.scratch.edit((step("ToTensor"),))
    opened(page, jobs, *photos(tmp_path, 3))
    rows = page.strip.rows
    assert [seen.row.input for seen in rows] == list(page.input.inputs)
    page.input.choose(2)
    assert page.strip.chosen_row is rows[2]


def test_dropping_many_and_adding_by_a_drop_on_the_tiles(
    page: TransformsPage, jobs: Jobs, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = photos(tmp_path, 8)
    assert drop(page.input, files_data(paths[:2]))
    assert jobs.wait_idle()
    assert names(page) == ["photo_0.png", "photo_1.png"]
    assert drop(page.input, files_data([paths[2]]), page.input.strip.geometry().center())
    assert jobs.wait_idle()
    assert names(page) == ["photo_0.png", "photo_1.png", "photo_2.png"] and page.input.current == 2
    with qtbot.waitSignal(session.notice) as told:
        drop(page.input, files_data(paths[3:]), page.input.strip.geometry().center())
    assert "At most 6" in told.args[0].text and "2 left out" in told.args[0].text
    assert jobs.wait_idle()
    assert names(page) == [path.name for path in paths[:6]]
    assert not find(page, QWidget, "input_add").isEnabled()


def test_choosing_moving_and_removing_by_keyboard(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    opened(page, jobs, *photos(tmp_path, 3))
    strip = page.input.strip
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert page.input.current == 1 and "photo_1" in text_of(page, "input_name")
    qtbot.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["photo_0.png", "photo_2.png", "photo_1.png"] and page.input.current == 2
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert page.input.current == 2
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert names(page) == ["photo_0.png", "photo_2.png"] and page.input.current == 1
    press(qtbot, page, "input_remove")
    assert names(page) == ["photo_0.png"] and page.input.current == 0
    assert not find(page, QWidget, "input_remove").isVisible()
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert names(page) == ["photo_0.png"]
    assert "1: photo_0.png" in strip.accessibleDescription()


def test_clicking_and_dragging_a_tile(qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path) -> None:
    opened(page, jobs, *photos(tmp_path, 3))
    strip = page.input.strip
    qtbot.mouseClick(strip, LEFT, pos=strip.tile_rect(2).center())
    assert page.input.current == 2
    qtbot.mousePress(strip, LEFT, pos=strip.tile_rect(0).center())
    qtbot.mouseMove(strip, strip.tile_rect(1).center())
    qtbot.mouseMove(strip, strip.tile_rect(2).center())
    qtbot.mouseRelease(strip, LEFT, pos=strip.tile_rect(2).center())
    assert names(page) == ["photo_1.png", "photo_2.png", "photo_0.png"] and page.input.current == 2
    assert strip.tile_at(QPoint(strip.width() - 1, 5)) == -1


def test_the_menu_of_a_tile(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, jobs, *photos(tmp_path, 3))
    page.input.strip.menu_requested.emit(1, page.mapToGlobal(QPoint(5, 5)))
    choose_action(qtbot, page, "input_tile_left")
    assert names(page) == ["photo_1.png", "photo_0.png", "photo_2.png"]
    other = photo(tmp_path, "other.png", (7, 5))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: ([str(other)], ""))
    page.input.strip.menu_requested.emit(2, page.mapToGlobal(QPoint(5, 5)))
    choose_action(qtbot, page, "input_tile_replace")
    assert jobs.wait_idle()
    assert names(page) == ["photo_1.png", "photo_0.png", "other.png"]
    page.input.strip.menu_requested.emit(0, page.mapToGlobal(QPoint(5, 5)))
    choose_action(qtbot, page, "input_tile_remove")
    assert names(page) == ["photo_0.png", "other.png"]


def test_adding_from_the_menu(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *given: ([str(path) for path in photos(tmp_path, 2)], "")
    )
    choose_action(qtbot, page, "input_add_files")
    assert jobs.wait_idle()
    choose_action(qtbot, page, "input_add_photo_china")
    assert jobs.wait_idle()
    QGuiApplication.clipboard().setMimeData(files_data([photo(tmp_path, "pasted.png")]))
    choose_action(qtbot, page, "input_add_pasted")
    assert jobs.wait_idle()
    assert names(page) == ["flower.jpg", "photo_0.png", "photo_1.png", "china.jpg", "pasted.png"]


def test_the_dialog_begins_in_the_last_folder(
    qtbot: QtBot,
    page: TransformsPage,
    jobs: Jobs,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[str] = []

    def choose(parent: QWidget, title: str, folder: str, kinds: str) -> tuple[list[str], str]:
        begun.append(folder)
        assert "*.gif" in kinds
        return [str(path) for path in photos(tmp_path, 2)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    for _ in range(2):
        press(qtbot, page, "open_image_button")
        assert jobs.wait_idle()
    assert begun == ["", str(tmp_path)]
    assert page.session.preferences.get("transforms.folder", "") == str(tmp_path)
    assert names(page) == ["photo_0.png", "photo_1.png"]


# -- clipboard and data set ----------------------------------------------------------------------------------


def test_pasting_an_image(qtbot: QtBot, page: TransformsPage, jobs: Jobs) -> None:
    values = RNG.integers(0, 256, (9, 12, 3), dtype=np.uint8)
    QGuiApplication.clipboard().setImage(to_qimage(values))
    press(qtbot, page, "input_paste")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), values)
    assert names(page) == ["pasted image"] and page.input.input is not None
    assert page.input.input.picture.path is None


def test_pasting_with_the_keyboard_anywhere_on_the_page(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setMimeData(files_data(photos(tmp_path, 2)))
    page.input.strip.setFocus()
    qtbot.keySequence(page.input.strip, QKeySequence.StandardKey.Paste)
    assert jobs.wait_idle()
    assert names(page) == ["photo_0.png", "photo_1.png"]
    QGuiApplication.clipboard().setMimeData(files_data([photo(tmp_path, "third.png")]))
    toggle = find(page, QWidget, "step_1_toggle")
    toggle.setFocus()
    qtbot.keySequence(toggle, QKeySequence.StandardKey.Paste)
    assert jobs.wait_idle()
    assert names(page) == ["third.png", "photo_1.png"]


def test_transparency_of_a_pasted_image_is_dropped_and_told(page: TransformsPage, jobs: Jobs) -> None:
    values = RNG.integers(0, 256, (4, 5, 4), dtype=np.uint8)
    values[..., 3] = 255
    assert drop(page.input, _image_data(values))
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), values[..., :3])
    assert "Transparency was dropped" in text_of(page, "input_notes")
    assert text_of(page, "input_kind") == "RGBA → RGB"


def _image_data(values: np.ndarray[Any, np.dtype[np.uint8]]) -> QMimeData:
    data = QMimeData()
    data.setImageData(to_qimage(values))
    return data


@pytest.mark.parametrize("is_text", [True, False])
def test_nothing_to_paste_is_told(
    qtbot: QtBot, page: TransformsPage, session: Session, monkeypatch: pytest.MonkeyPatch, is_text: bool
) -> None:
    QGuiApplication.clipboard().setText("no image")
    if not is_text:  # some systems give nothing at all where nothing was copied
        monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)
    with qtbot.waitSignal(session.notice) as told:
        press(qtbot, page, "input_paste")
    assert "no image" in told.args[0].text
    assert names(page) == ["flower.jpg"] and not page.input.paste()


def test_what_is_no_image_is_left_to_the_window(page: TransformsPage, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    assert not drop(page.input, files_data([tmp_path / "notes.txt"]))


def test_several_selected_images_of_the_data_set(
    qtbot: QtBot, page: TransformsPage, session: Session, jobs: Jobs
) -> None:
    dataset = open_dataset(DATASETS.step("digits"))
    session.set_dataset(dataset)
    session.set_current_image(dataset.train, 9)
    session.set_chosen_images(dataset.train, (9, 4, 7))
    press(qtbot, page, "image_from_dataset")
    assert jobs.wait_idle()
    for given, index in zip(page.input.inputs, (9, 4, 7), strict=True):
        np.testing.assert_array_equal(given.value, dataset.train.image(index))
        assert dataset.train.label_name(index) in given.name
    session.set_chosen_images(dataset.train, (3,))
    choose_action(qtbot, page, "input_add_from_dataset")
    assert jobs.wait_idle()
    assert len(page.input.inputs) == 4
    np.testing.assert_array_equal(page.input.inputs[3].value, dataset.train.image(9))
    session.set_dataset(None)
    assert session.chosen_images is None


# -- readers -------------------------------------------------------------------------------------------------


def test_opencv_gives_its_array_and_the_colours_it_has(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = photo(tmp_path, "小土堆.png")
    opened(page, jobs, path)
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), cv2.imread(str(path)))
    assert text_of(page, "input_kind") == "ndarray BGR"
    given = page.input.input
    assert given is not None and (given.picture.reader, given.picture.path) == ("OpenCV", path)
    press(qtbot, page, "input_reader_pil")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), np.asarray(Image.open(path)))
    assert page.input.input is not None and page.input.input.key != given.key


def test_the_reader_is_that_of_a_row_and_of_what_is_opened_next(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    paths = photos(tmp_path, 3)
    opened(page, jobs, *paths[:2])
    page.input.choose(1)
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    assert [each.picture.reader for each in page.input.inputs] == ["PIL", "OpenCV"]
    opened(page, jobs, paths[2])
    assert [each.picture.reader for each in page.input.inputs] == ["PIL", "OpenCV"]
    page.input.choose(0)
    assert find(page, QPushButton, "input_reader_pil").isChecked()
    page.input.choose(1)
    assert find(page, QPushButton, "input_reader_opencv").isChecked()


def test_blue_before_red_is_told_and_put_right_with_one_click(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, session: Session, tmp_path: Path
) -> None:
    page.scratch.edit((step("ToTensor"),))
    opened(page, jobs, photo(tmp_path, "photo.png"))
    assert not find(page, QWidget, "input_bgr_hint").isVisible()
    plain = page.strip.rows[0].row.stages[-1].values
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    assert "blue first" in text_of(page, "input_bgr_hint")
    assert find(page, QWidget, "input_bgr_hint").isVisible()
    press(qtbot, page, "input_bgr_fix")
    qtbot.waitUntil(lambda: page.requests.is_settled)
    assert [each.name for each in page.scratch.pipeline.steps] == ["BGRToRGB", "ToTensor"]
    assert not find(page, QWidget, "input_bgr_hint").isVisible()
    fixed = page.strip.rows[0].row.stages[-1]
    assert fixed.problem is None
    np.testing.assert_array_equal(fixed.values, plain)
    session.undo_stack.undo()
    assert find(page, QWidget, "input_bgr_hint").isVisible()
    assert jobs.wait_idle()


def test_a_swap_that_is_switched_off_is_switched_on() -> None:
    off = replace(step("BGRToRGB", lambd="slice"), enabled=False)
    assert with_swap((step("ToTensor"), off)) == (replace(off, enabled=True), step("ToTensor"))


def test_what_opencv_cannot_read_stays_as_pil_read_it(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "icon.tga"
    Image.new("RGB", (6, 4), "red").save(path)
    opened(page, jobs, path)
    before = page.input.input
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    assert "cannot read" in page.banner.text and "Read it with PIL" in page.banner.text
    assert page.input.input is before
    assert find(page, QPushButton, "input_reader_pil").isChecked()


def test_a_picture_in_no_file_can_be_read_as_opencv_would(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs
) -> None:
    values = RNG.integers(0, 256, (9, 12, 3), dtype=np.uint8)
    assert drop(page.input, _image_data(values))
    assert jobs.wait_idle()
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), values[..., ::-1])
    press(qtbot, page, "input_reader_pil")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), values)


def test_a_picture_sent_by_another_tab_is_read_again_by_opencv(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs
) -> None:
    picture = read_image(bundled_photos()[1])
    page.open_image(picture, "china.jpg")
    assert jobs.wait_idle()
    assert page.input.input is not None and page.input.input.picture is picture
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), cv2.imread(str(bundled_photos()[1])))


# -- frames --------------------------------------------------------------------------------------------------


def animation(folder: Path, kind: str = "gif") -> Path:
    path = folder / f"moving.{kind}"
    frames = [Image.fromarray(RNG.integers(0, 256, (8, 9, 3), dtype=np.uint8)) for _ in range(6)]
    options = {"lossless": True} if kind == "webp" else {}
    frames[0].save(path, save_all=True, append_images=frames[1:], **options)
    return path


@pytest.mark.parametrize("kind", ["gif", "webp", "png", "tif"])
def test_another_frame_is_chosen(
    kind: str, qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = animation(tmp_path, kind)
    assert not find(page, QWidget, "input_frame").isVisible()
    opened(page, jobs, path)
    number = find(page, QSpinBox, "input_frame")
    assert number.isVisible() and text_of(page, "input_frame_count") == "/ 6"
    number.setFocus()
    qtbot.keyClick(number, Qt.Key.Key_Up)
    qtbot.keyClick(number, Qt.Key.Key_Up)
    assert jobs.wait_idle()
    with Image.open(path) as image:
        image.seek(2)
        np.testing.assert_array_equal(pixels(page), np.asarray(image.convert("RGB")))
    slider = find(page, QSlider, "input_frame_slider")
    assert slider.value() == 3
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert jobs.wait_idle()
    assert page.input.input is not None and page.input.input.picture.frame == 5 and number.value() == 6
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    expected = cv2.imread(str(path))
    if expected is not None:
        np.testing.assert_array_equal(pixels(page), expected)
        assert not number.isVisible() and "first was taken" in text_of(page, "input_notes")


def test_a_frame_that_cannot_be_read_leaves_the_chooser_where_it_was(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = animation(tmp_path, "tif")
    opened(page, jobs, path)
    path.unlink()
    number = find(page, QSpinBox, "input_frame")
    number.setFocus()
    qtbot.keyClick(number, Qt.Key.Key_Up)
    assert jobs.wait_idle()
    assert "does not exist" in page.banner.text and page.banner.isVisible()
    assert number.value() == 1 and names(page) == ["moving.tif"]


# -- large, odd and bad --------------------------------------------------------------------------------------


@pytest.fixture
def asked_early(page: TransformsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of more than 2,000 pixels are asked about."""
    monkeypatch.setattr(inspection, "ASKED_PIXELS", 2_000)


@pytest.mark.usefixtures("asked_early")
def test_a_large_jpeg_is_asked_about_and_opened_reduced(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "large.jpg"
    Image.effect_noise((160, 96), 50).convert("RGB").save(path)
    opened(page, jobs, path)
    assert names(page) == ["flower.jpg"]
    assert "large.jpg is large: 160 × 96" in text_of(page, "input_question")
    assert find(page, QPushButton, "input_open_anyway").isVisible()
    assert find(page, QPushButton, "input_open_reduced").text() == "Open reduced: 40 × 24"
    press(qtbot, page, "input_open_reduced")
    assert jobs.wait_idle()
    with Image.open(path) as image:
        image.draft("RGB", (40, 24))
        np.testing.assert_array_equal(pixels(page), np.asarray(image))
    assert "Opened reduced, at 1/4 of 160 × 96" in text_of(page, "input_notes")
    assert page.input.input is not None and page.input.input.picture.reduction == 4
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    np.testing.assert_array_equal(pixels(page), cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_4))


@pytest.mark.usefixtures("asked_early")
def test_large_ones_are_asked_about_one_after_the_other(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    large = [photo(tmp_path, name, (100, 50)) for name in ("first.png", "second.png")]
    opened(page, jobs, large[0], photo(tmp_path, "small.png"), large[1])
    assert names(page) == ["small.png"]
    assert "first.png" in text_of(page, "input_question")
    assert not find(page, QPushButton, "input_open_reduced").isVisible()
    press(qtbot, page, "input_leave_large")
    assert "second.png" in text_of(page, "input_question")
    press(qtbot, page, "input_open_anyway")
    assert jobs.wait_idle()
    assert names(page) == ["small.png", "second.png"] and page.input.current == 1
    np.testing.assert_array_equal(pixels(page), np.asarray(Image.open(large[1])))
    assert not find(page, QWidget, "input_question").isVisible()


@pytest.mark.usefixtures("asked_early")
def test_what_does_not_fit_into_memory_is_not_offered(
    page: TransformsPage, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tudui_gui.gui.tabs.transforms.input_work.free_memory", lambda: 1_000)
    opened(page, jobs, photo(tmp_path, "large.png", (100, 50)))
    assert "but only 0.0 GiB are free" in text_of(page, "input_question")
    assert not find(page, QPushButton, "input_open_anyway").isVisible()
    opened(page, jobs, photo(tmp_path, "small.png", (5, 4)))
    assert names(page) == ["small.png"] and not find(page, QWidget, "input_question").isVisible()


def test_what_is_far_larger_than_the_screen_is_shown_smaller(
    page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "wide.png"
    Image.linear_gradient("L").resize((9000, 40)).save(path)
    opened(page, jobs, path)
    given = page.input.input
    assert given is not None and given.value.size == (9000, 40)
    assert 1024 < given.image.width() <= 2048
    page.input.list.set_reader("OpenCV")
    assert jobs.wait_idle()
    assert page.input.input is not None and page.input.input.value.shape == (40, 9000, 3)
    assert 1024 < page.input.input.image.width() <= 2048


MODES = {"1": 1, "L": 99, "LA": (99, 7), "P": 3, "RGBA": (9, 8, 7, 6), "CMYK": (1, 2, 3, 4), "I;16": 5140}


@pytest.mark.parametrize("mode", MODES)
def test_odd_modes_are_converted_and_told(
    mode: str, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / ("odd.jpg" if mode == "CMYK" else "odd.png")
    Image.new(mode, (5, 4), MODES[mode]).save(path)
    opened(page, jobs, path)
    expected = np.full((4, 5, 3), 20, np.uint8) if mode == "I;16" else Image.open(path).convert("RGB")
    np.testing.assert_array_equal(pixels(page), np.asarray(expected))
    assert text_of(page, "input_kind") == f"{mode} → RGB"
    assert text_of(page, "input_notes") and find(page, QWidget, "input_notes").isVisible()


def test_bad_files_are_told_and_the_others_are_opened(
    page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    good = photos(tmp_path, 2)
    (tmp_path / "empty.png").touch()
    (tmp_path / "folder.jpg").mkdir()
    cut = tmp_path / "cut.png"
    cut.write_bytes(good[0].read_bytes()[:900])
    bad = [tmp_path / "empty.png", tmp_path / "folder.jpg", cut, tmp_path / "gone.png"]
    opened(page, jobs, good[0], *bad, good[1])
    assert names(page) == ["photo_0.png", "photo_1.png"]
    lines = page.banner.text
    for told in (
        "empty.png is empty",
        "folder.jpg is a folder",
        "cut.png is damaged",
        "gone.png does not exist",
    ):
        assert told in lines
    opened(page, jobs, tmp_path / "gone.png")
    assert names(page) == ["photo_0.png", "photo_1.png"] and "gone.png does not exist" in page.banner.text
    opened(page, jobs, good[1])
    assert not page.banner.isVisible()


def test_a_file_that_vanished_keeps_its_row(
    qtbot: QtBot, page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    path = photo(tmp_path, "photo.png")
    opened(page, jobs, path)
    values = pixels(page)
    path.unlink()
    press(qtbot, page, "input_reader_opencv")
    assert jobs.wait_idle()
    assert "photo.png does not exist" in page.banner.text
    np.testing.assert_array_equal(pixels(page), values)
    assert find(page, QPushButton, "input_reader_pil").isChecked()


def test_a_row_that_was_removed_meanwhile_does_not_come_back(
    page: TransformsPage, jobs: Jobs, tmp_path: Path
) -> None:
    opened(page, jobs, *photos(tmp_path, 2))
    page.input.list.set_reader("OpenCV")
    page.input.list.remove(0)
    assert jobs.wait_idle()
    assert names(page) == ["photo_1.png"] and page.input.inputs[0].picture.reader == "PIL"


@pytest.mark.parametrize("size", [(1008, 580), (1264, 700)])
def test_nothing_is_cut_off_in_a_small_window(
    size: tuple[int, int], qtbot: QtBot, session: Session, jobs: Jobs, tmp_path: Path
) -> None:
    with shown_page(qtbot, session, jobs, size) as page:
        opened(page, jobs, animation(tmp_path))
        page.input.list.set_reader("OpenCV")
        assert jobs.wait_idle()
        card = page.input
        for widget in card.findChildren(QWidget):
            if widget.isVisibleTo(card) and widget.objectName().startswith(("input_", "open_", "image_")):
                place = widget.mapTo(card, QPoint(0, 0))
                assert card.rect().contains(widget.rect().translated(place)), widget.objectName()
                least = min(widget.minimumSizeHint().height(), 60) - 1
                assert widget.height() >= least, widget.objectName()
