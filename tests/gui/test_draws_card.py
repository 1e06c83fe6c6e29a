"""The draws of random steps: what is shown is what torchvision makes with those seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot
from torchvision import transforms

from tests.gui.datasets_page import find
from tests.gui.draws_window import TUTORIAL, picture, shown, step
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms import draws_work as draws_module
from tudui_gui.gui.tabs.transforms.draws_card import DrawsCard
from tudui_gui.gui.tabs.transforms.draws_texts import details, fragments
from tudui_gui.gui.tabs.transforms.draws_work import Beginning, Draw, Subject, draws_work
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import read_image
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.transforms.pipeline import Pipeline

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def card(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DrawsCard]:
    with shown(qtbot, jobs, DrawsCard(session, jobs)) as made:
        made.show_subject(picture(), TUTORIAL, 1)
        assert jobs.wait_idle()
        yield made


def drawn(value: object, pipeline: Pipeline, *, seeds: range = range(10), is_step: bool = True) -> list[Draw]:
    found: list[Draw] = []

    def take(result: Beginning | list[Draw]) -> None:
        if not isinstance(result, Beginning):
            found.extend(result)

    subject = Subject(value, pipeline.steps, is_step)
    draws_work(subject, None, seeds, take, CancelToken(), lambda fraction, text: None)
    return found


def test_ten_crops_are_those_of_their_seeds(card: DrawsCard) -> None:
    assert [draw.seed for draw in card.view.draws] == list(range(10))
    resized = transforms.Resize(48)(picture())
    for draw in card.view.draws:
        torch.manual_seed(draw.seed)
        expected = transforms.RandomCrop(32)(resized)
        np.testing.assert_array_equal(from_qimage(draw.image), np.asarray(expected))
        torch.manual_seed(draw.seed)
        top, left, height, width = transforms.RandomCrop.get_params(resized, (32, 32))
        assert dict(draw.drawn) == {"i": top, "j": left, "h": height, "w": width}
        assert fragments(draw) == [f"i={top}", f"j={left}"]


def test_the_whole_pipeline_with_normalize_undone(qtbot: QtBot, card: DrawsCard, jobs: Jobs) -> None:
    qtbot.mouseClick(find(card, QCheckBox, "draws_whole_pipeline"), LEFT, pos=QPoint(10, 10))
    assert jobs.wait_idle()
    assert card.subject is not None and not card.subject.is_step
    assert [draw.size for draw in card.view.draws] == [(32, 32)] * 10
    torch.manual_seed(3)
    crop = transforms.RandomCrop(32)(transforms.Resize(48)(picture()))
    shown_pixels = from_qimage(card.view.draws[3].image).astype(int)
    assert abs(shown_pixels - np.asarray(crop)).max() <= 1


def test_roll_again_goes_on_with_the_next_seeds(qtbot: QtBot, card: DrawsCard, jobs: Jobs) -> None:
    seeds: list[int] = []
    card.seed_changed.connect(seeds.append)
    qtbot.mouseClick(find(card, QPushButton, "roll_again"), LEFT)
    assert jobs.wait_idle()
    assert [draw.seed for draw in card.view.draws] == list(range(10, 20))
    assert seeds == [10] and (card.seed, card.first_seed) == (10, 10)


def test_clicking_a_draw_chooses_its_seed_and_leaves_the_grid(
    qtbot: QtBot, card: DrawsCard, jobs: Jobs
) -> None:
    told: list[int] = []
    card.draw_chosen.connect(told.append)
    card.seed_changed.connect(told.append)
    qtbot.mouseClick(card.view.viewport(), LEFT, pos=card.view.cell(4).center())
    assert told == [4, 4]
    assert jobs.wait_idle()
    assert (card.seed, card.first_seed) == (4, 0)
    assert [draw.seed for draw in card.view.draws] == list(range(10))
    assert card.source.strong is card.view.draws[4]


def test_keys_move_and_enter_chooses(qtbot: QtBot, card: DrawsCard) -> None:
    card.view.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(card.view, key)
    assert card.view.current == 1 and card.source.strong is card.view.draws[1]
    with qtbot.waitSignal(card.draw_chosen) as signal:
        qtbot.keyClick(card.view, Qt.Key.Key_Return)
    assert signal.args == [1]
    qtbot.keyClick(card.view, Qt.Key.Key_End)
    assert find(card, QLabel, "draw_details").text() == details(card.view.draws[9])


def test_typing_a_seed_begins_the_grid_with_it(qtbot: QtBot, card: DrawsCard, jobs: Jobs) -> None:
    field = find(card, QSpinBox, "transform_seed")
    field.selectAll()
    qtbot.keyClicks(field, "77")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    assert (card.seed, card.first_seed) == (77, 77)
    assert card.view.draws[0].seed == 77


def test_a_hundred_draws_scroll_and_the_number_is_remembered(
    qtbot: QtBot, card: DrawsCard, session: Session, jobs: Jobs
) -> None:
    find(card, QSpinBox, "draw_count").setValue(100)
    assert jobs.wait_idle()
    assert len(card.view.draws) == 100
    assert card.view.verticalScrollBar().maximum() > 0
    assert len(card.view.rows_in_sight()) < 50
    qtbot.keyClick(card.view, Qt.Key.Key_End)
    assert card.view.viewport().rect().contains(card.view.cell(99).center())
    again = DrawsCard(session, jobs)
    assert again.count == 100
    again.deleteLater()


def test_pointing_at_a_draw_makes_its_box_strong(qtbot: QtBot, card: DrawsCard) -> None:
    qtbot.mouseMove(card.view.viewport(), card.view.cell(6).center())
    qtbot.waitUntil(lambda: card.source.strong is card.view.draws[6])
    assert find(card, QLabel, "draw_details").text().startswith("seed 6  ·  RandomCrop i=")


def test_boxes_of_a_padded_crop_are_drawn_around_the_picture(card: DrawsCard, jobs: Jobs) -> None:
    _, alone = card.source.placed()
    padded = Pipeline((step("RandomCrop", size=60, padding=30),))
    card.show_subject(picture(), padded, 0)
    assert jobs.wait_idle()
    place, area = card.source.placed()
    assert area.width() < alone.width()  # there is a border to be seen
    for draw in card.view.draws:
        (outline,) = draw.outlines
        left, top = outline.corners[0]
        assert (left, top) == (draw.drawn["j"] - 30, draw.drawn["i"] - 30)
        assert place.map(left, top)[0] >= 0 and place.map(left, top)[1] >= 0


def test_the_strong_box_is_painted_where_the_crop_is(card: DrawsCard) -> None:
    draw = card.view.draws[0]
    place, _ = card.source.placed()
    left, top = place.map(*draw.outlines[0].corners[0])
    right, _ = place.map(*draw.outlines[0].corners[1])
    pixels = from_qimage(card.source.grab().toImage())
    ratio = card.source.devicePixelRatioF()
    on_edge = pixels[round(top * ratio), round((left + right) / 2 * ratio)].astype(int)
    inside = pixels[round((top + 8) * ratio), round((left + right) / 2 * ratio)].astype(int)
    assert on_edge[0] > inside[0] + 60  # the accent is red; the picture is blue


def test_the_same_request_is_not_computed_again(card: DrawsCard, jobs: Jobs) -> None:
    before = card.view.draws
    value = card.subject.value if card.subject else None
    card.show_subject(value, TUTORIAL, 1)
    assert jobs.is_idle and card.view.draws == before


def test_a_new_request_replaces_one_under_way(qtbot: QtBot, card: DrawsCard, jobs: Jobs) -> None:
    for size in (40, 30, 20):
        card.show_subject(picture(), Pipeline((step("RandomCrop", size=size),)), 0)
    assert jobs.wait_idle()
    assert {draw.size for draw in card.view.draws} == {(20, 20)}
    assert len(card.view.draws) == 10


def test_nothing_random_says_so(card: DrawsCard, jobs: Jobs) -> None:
    card.show_subject(picture(), Pipeline((step("Resize"),)), 0)
    assert jobs.wait_idle()
    label = find(card, QLabel, "draws_none")
    assert label.isVisible() and "Nothing is random here" in label.text()
    assert not find(card, QPushButton, "roll_again").isEnabled()
    assert not find(card, QToolButton, "copy_draw").isEnabled()


@pytest.mark.parametrize(
    "steps",
    [(step("Normalize"), step("RandomCrop", size=8)), (step("RandomCrop", size=8), step("Normalize"))],
)
def test_a_failing_step_says_so_and_recovers(card: DrawsCard, jobs: Jobs, steps: tuple) -> None:
    card.show_subject(picture(), Pipeline(steps), -1)
    assert jobs.wait_idle()
    label = find(card, QLabel, "draws_none")
    assert label.isVisible() and "A step fails" in label.text()
    card.show_subject(picture(), TUTORIAL, 1)
    assert jobs.wait_idle()
    assert not label.isVisible() and len(card.view.draws) == 10


def test_a_step_that_fails_by_chance_leaves_the_other_draws() -> None:
    sometimes = step("RandomApply", transforms=[{"name": "Normalize"}], p=0.5)
    draws = drawn(picture(), Pipeline((sometimes,)))
    failed = [draw for draw in draws if draw.image is None]
    assert 0 < len(failed) < 10
    assert all(fragments(draw) == ["a step fails"] for draw in failed)


def test_nothing_is_drawn_while_nobody_looks(card: DrawsCard, jobs: Jobs) -> None:
    card.hide()
    card.show_subject(picture(), Pipeline((step("RandomCrop", size=20),)), 0)
    assert jobs.is_idle
    card.show()
    assert jobs.wait_idle()
    assert {draw.size for draw in card.view.draws} == {(20, 20)}


def test_the_beginning_is_computed_once(card: DrawsCard, jobs: Jobs) -> None:
    value = picture()
    known: list[Beginning] = []

    def keep(result: object) -> None:
        if isinstance(result, Beginning):
            known.append(result)

    token = CancelToken()
    subject = Subject(value, TUTORIAL.steps[:2], True)
    draws_work(subject, None, range(3), keep, token, lambda fraction, text: None)
    changed = Subject(value, (TUTORIAL.steps[0], step("RandomCrop", size=16)), True)
    draws_work(changed, known[0], range(3), keep, token, lambda fraction, text: None)
    assert known[1] is known[0]
    np.testing.assert_array_equal(np.asarray(known[0].value), np.asarray(transforms.Resize(48)(value)))


def test_copy_gives_the_exact_picture(qtbot: QtBot, card: DrawsCard, jobs: Jobs) -> None:
    large = Image.fromarray(np.random.default_rng(0).integers(0, 256, (400, 500, 3), dtype=np.uint8))
    card.show_subject(large, Pipeline((step("RandomCrop", size=300),)), 0)
    assert jobs.wait_idle()
    assert max(card.view.draws[0].image.width(), card.view.draws[0].image.height()) == 256
    card.view.make_current(5)
    qtbot.keyClick(card.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert jobs.wait_idle()
    torch.manual_seed(5)
    expected = np.asarray(transforms.RandomCrop(300)(large))
    data = QGuiApplication.clipboard().mimeData()
    np.testing.assert_array_equal(from_qimage(data.imageData()), expected)
    assert data.text() == details(card.view.draws[5])


def test_save_writes_the_exact_picture(qtbot: QtBot, card: DrawsCard, jobs: Jobs, tmp_path: Path) -> None:
    card.view.make_current(2)
    qtbot.mouseClick(find(card, QToolButton, "save_draw"), LEFT)
    dialog = find(card, QFileDialog, "save_draw_dialog")
    assert dialog.selectedFiles()[0].endswith("RandomCrop-seed-2.png")
    dialog.fileSelected.emit(str(tmp_path / "draw.png"))
    dialog.reject()
    assert jobs.wait_idle()
    torch.manual_seed(2)
    expected = transforms.RandomCrop(32)(transforms.Resize(48)(picture()))
    with Image.open(tmp_path / "draw.png") as saved:
        np.testing.assert_array_equal(np.asarray(saved), np.asarray(expected))


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, card: DrawsCard, jobs: Jobs, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    told: list[object] = []
    card.failed.connect(told.append)
    card.view.make_current(2)
    qtbot.mouseClick(find(card, QToolButton, "save_draw"), LEFT)
    dialog = find(card, QFileDialog, "save_draw_dialog")
    dialog.fileSelected.emit(str(tmp_path / "file" / "draw.png"))
    dialog.reject()
    assert jobs.wait_idle()
    assert len(told) == 1


def test_the_menu_shows_a_draw_step_by_step(qtbot: QtBot, card: DrawsCard) -> None:
    card.view.setFocus()
    card.view.make_current(3)
    card.view.menu_requested.emit(card.mapToGlobal(QPoint(50, 50)))
    menu = find(card, QMenu, "draw_menu")
    assert menu.findChild(QAction, "draw_menu_copy") is not None
    with qtbot.waitSignal(card.draw_chosen) as signal:
        menu.actions()[0].trigger()
    assert signal.args == [3]
    menu.close()


def test_flips_jitter_and_augmentations_in_words() -> None:
    flip = drawn(picture(), Pipeline((step("RandomHorizontalFlip"),)))
    assert {fragments(draw)[0] for draw in flip} == {"flipped", "not flipped"}
    jitter = drawn(picture(), Pipeline((step("ColorJitter", brightness=0.5, hue=0.2),)))[0]
    assert [piece.split("=")[0] for piece in fragments(jitter)] == ["brightness", "hue"]
    assert "order=" in details(jitter)
    for draw in drawn(picture(), Pipeline((step("RandAugment"),))):
        names = [piece.split()[0] for piece in fragments(draw)]
        assert names == [name for name, _ in draw.drawn["operations"]]
    never = drawn(picture(), Pipeline((step("RandomInvert", p=0.0),)))[0]
    assert fragments(never) == ["not applied"]


def test_steps_within_a_container_are_named() -> None:
    chance = step(
        "RandomChoice",
        transforms=[{"name": "RandomCrop", "size": 20}, {"name": "RandomHorizontalFlip", "p": 1}],
    )
    texts = {fragments(draw)[0].split()[0] for draw in drawn(picture(), Pipeline((chance,)))}
    assert texts == {"RandomCrop", "RandomHorizontalFlip"}


def test_a_large_picture_is_thinned_to_a_thumbnail() -> None:
    huge = Image.new("RGB", (6000, 4000), (10, 200, 30))
    (draw,) = drawn(huge, Pipeline((step("RandomHorizontalFlip"),)), seeds=range(1))
    assert draw.image.width() == 256 and draw.image.height() == pytest.approx(171, abs=1)
    assert draw.size == (4000, 6000)
    assert from_qimage(draw.image)[80, 100].tolist() == [10, 200, 30]


def test_cancelling_ends_between_two_draws() -> None:
    token = CancelToken()
    found: list[object] = []

    def take(result: object) -> None:
        found.append(result)
        token.cancel()

    with pytest.raises(Cancelled):
        draws_work(
            Subject(picture(), TUTORIAL.steps), None, range(100), take, token, lambda fraction, text: None
        )
    assert len(found) == 1


def test_the_script_of_all_draws_makes_the_same(
    qtbot: QtBot, card: DrawsCard, jobs: Jobs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture().save(tmp_path / "a.png")
    file = PictureFile(tmp_path / "a.png")
    assert card.code(file) == ""  # the page's own script is shown until this one is asked for
    find(card, QSpinBox, "transform_seed").setValue(40)
    find(card, QSpinBox, "draw_count").setValue(3)
    assert jobs.wait_idle()
    with qtbot.waitSignal(card.draws_changed):
        qtbot.mouseClick(find(card, QToolButton, "draws_code"), LEFT)
    names: dict[str, Any] = {}
    exec(compile(card.code(file), "draws.py", "exec"), names)
    assert len(names["draws"]) == 3 and "seed 42" in capsys.readouterr().out
    for draw, made in zip(card.view.draws, names["draws"], strict=True):
        np.testing.assert_array_equal(from_qimage(draw.image), np.asarray(made))


def test_draws_are_sent_as_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws_module, "_BUNCH", 0.0)
    sent: list[object] = []
    subject = Subject(picture(), TUTORIAL.steps)
    draws_work(subject, None, range(6), sent.append, CancelToken(), lambda fraction, text: None)
    assert isinstance(sent[0], Beginning)
    assert [len(bunch) for bunch in sent[1:]] == [1] * 6 + [0]


def test_another_language_while_draws_are_shown(card: DrawsCard) -> None:
    before = card.view.gridSize()
    QApplication.sendEvent(card, QEvent(QEvent.Type.LanguageChange))
    assert card.view.gridSize() == before
    assert find(card, QPushButton, "roll_again").text() == "Roll again"


def test_a_narrow_card_shows_the_dice_alone(card: DrawsCard) -> None:
    card.setMinimumWidth(1)  # as in a page that is narrower than its cards want
    card.resize(420, 300)
    button = find(card, QPushButton, "roll_again")
    assert button.text() == "" and button.accessibleName() == "Roll again"
    assert find(card, QSpinBox, "draw_count").isHidden()
    assert find(card, QSpinBox, "transform_seed").text() == "0"
    card.resize(900, 300)
    assert button.text() == "Roll again" and find(card, QSpinBox, "draw_count").isVisible()
    assert find(card, QSpinBox, "transform_seed").text() == "seed 0"


@pytest.mark.shared_data
def test_the_tutorials_ten_crops_of_an_ant(card: DrawsCard, jobs: Jobs, shared_data: Path) -> None:
    path = shared_data / "hymenoptera_small" / "train" / "ants" / "0013035.jpg"
    ant = read_image(path).image
    card.show_subject(ant, Pipeline((step("RandomCrop", size=(500, 600)), step("ToTensor"))), 0)
    assert jobs.wait_idle()
    for seed, draw in enumerate(card.view.draws):
        torch.manual_seed(seed)
        i, j, h, w = transforms.RandomCrop.get_params(ant, (500, 600))
        assert dict(draw.drawn) == {"i": i, "j": j, "h": h, "w": w}
        (outline,) = draw.outlines
        assert outline.corners[0] == (j, i) and outline.corners[2] == (j + w, i + h)
    assert len({tuple(draw.drawn.values()) for draw in card.view.draws}) > 5
