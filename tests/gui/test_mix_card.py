"""MixUp and CutMix in the window: pictures and labels are torchvision's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot
from torchvision import transforms
from torchvision.transforms import v2

from tests.gui.datasets_page import find
from tests.gui.draws_window import given, picture, shown, step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.mix_card import MixCard
from tudui_gui.gui.tabs.transforms.mix_texts import cell_text, lambda_text
from tudui_gui.gui.tabs.transforms.mix_work import MixShown, in_turn
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.conversion import to_uint8
from tudui_gui.transforms.pipeline import Pipeline

LEFT = Qt.MouseButton.LeftButton
TO_TENSOR = Pipeline((step("ToTensor"), step("Normalize")))
INPUTS = [
    given(picture(), "a.png"),
    given(picture().rotate(180), "b.png"),
    given(picture().rotate(90), "c.png"),
]
TURNED = [*INPUTS[:2], given(picture().transpose(2), "c.png")]


@pytest.fixture
def card(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[MixCard]:
    session.set_dataset(open_dataset(DATASETS.step("digits")))
    with shown(qtbot, jobs, MixCard(session, jobs)) as made:
        made.show_subject(INPUTS, TO_TENSOR)
        assert jobs.wait_idle()
        yield made


def now(card: MixCard) -> MixShown:
    assert card.view.shown is not None
    return card.view.shown


def expected(card: MixCard, images: torch.Tensor, labels: torch.Tensor, **values: Any) -> tuple[Any, Any]:
    transform = getattr(v2, card.step.name)(**values)
    torch.manual_seed(card.seed)
    return transform(images, labels)


def of_digits(session: Session, count: int = 8) -> tuple[torch.Tensor, torch.Tensor]:
    """The first digit of each class, through the pipeline by hand."""
    train = session.dataset.train
    indices = [train.labels.tolist().index(label) for label in range(count)]
    normalize = transforms.Normalize([0.5] * 3, [0.5] * 3)
    images = [normalize(transforms.ToTensor()(train.image(index))) for index in indices]
    return torch.stack(images), torch.arange(count)


def test_digits_are_mixed_as_torchvision_mixes_them(card: MixCard, session: Session) -> None:
    mixed = now(card).mixed
    images, shares = expected(card, *of_digits(session), alpha=1.0, num_classes=10)
    assert torch.equal(mixed.images, images)
    assert torch.equal(mixed.shares, shares)
    undone = to_uint8(images[3] * 0.5 + 0.5)
    assert abs(from_qimage(now(card).images[3]).astype(int) - undone).max() <= 1
    assert find(card, QLabel, "mix_drawn").text() == f"λ={mixed.lam:.4g}" == lambda_text(mixed)


def test_the_label_says_the_shares(qtbot: QtBot, card: MixCard) -> None:
    mixed = now(card).mixed
    card.view.setFocus()
    qtbot.keyClick(card.view, Qt.Key.Key_Home)
    qtbot.keyClick(card.view, Qt.Key.Key_Right)
    text = find(card, QLabel, "mix_details").text()
    own, other = mixed.shares[1, 1].item(), mixed.shares[1, 0].item()
    larger = f"1 {own:.2f}, 0 {other:.2f}" if own > other else f"0 {other:.2f}, 1 {own:.2f}"
    assert text.endswith(larger) and text == cell_text(now(card), 1)
    assert card.view.model().data(card.view.model().index(1, 0)) == text


def test_cutmix_with_another_alpha_and_seed(
    qtbot: QtBot, card: MixCard, session: Session, jobs: Jobs
) -> None:
    qtbot.mouseClick(find(card, QPushButton, "mix_operation_CutMix"), LEFT)
    field = find(card, QLineEdit, "mix_alpha")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.4")
    qtbot.mouseClick(find(card, QPushButton, "mix_roll_again"), LEFT)
    assert jobs.wait_idle()
    assert card.seed == 1 and card.step.values["alpha"] == 0.4
    images, shares = expected(card, *of_digits(session), alpha=0.4, num_classes=10)
    assert torch.equal(now(card).mixed.images, images)
    assert torch.equal(now(card).mixed.shares, shares)
    x1, y1, x2, y2 = now(card).mixed.box
    assert find(card, QLabel, "mix_drawn").text().endswith(f"x={x1}…{x2} y={y1}…{y2}")


def test_inputs_are_classes_of_their_own(qtbot: QtBot, card: MixCard, jobs: Jobs) -> None:
    cropped = Pipeline((step("CenterCrop", size=40), step("ToTensor")))
    card.show_subject(INPUTS, cropped)
    qtbot.mouseClick(find(card, QPushButton, "mix_source_inputs"), LEFT)
    assert jobs.wait_idle()
    crop = transforms.Compose([transforms.CenterCrop(40), transforms.ToTensor()])
    batch = torch.stack([crop(each.value) for each in INPUTS])
    images, shares = expected(card, batch, torch.arange(3), num_classes=3)
    assert torch.equal(now(card).mixed.images, images)
    assert dict(now(card).mixed.shares_of(0)) == pytest.approx(
        {"a.png": shares[0, 0].item(), "c.png": shares[0, 2].item()}
    )
    assert not find(card, QSpinBox, "mix_count").isEnabled()


@pytest.mark.parametrize(
    ("inputs", "steps", "words"),
    [
        (TURNED, (step("ToTensor"),), "picture 1 3 x 60 x 90, picture 3 3 x 90 x 60"),
        (INPUTS[:1], (step("ToTensor"),), "at least two pictures"),
        (INPUTS[:2], (step("Resize"),), "mixing needs a float tensor. Add ToTensor."),
        (INPUTS[:2], (step("Normalize"),), "Normalize needs a tensor"),
    ],
)
def test_what_cannot_be_mixed_is_said_in_place(
    qtbot: QtBot, card: MixCard, jobs: Jobs, inputs: list, steps: tuple, words: str
) -> None:
    card.show_subject(inputs, Pipeline(steps))
    qtbot.mouseClick(find(card, QPushButton, "mix_source_inputs"), LEFT)
    assert jobs.wait_idle()
    message = find(card, QLabel, "mix_message")
    assert words in message.text() and message.isVisible() and not card.view.isVisible()
    qtbot.mouseClick(find(card, QPushButton, "mix_source_dataset"), LEFT)
    card.show_subject(INPUTS, TO_TENSOR)
    assert jobs.wait_idle()
    assert card.view.isVisible() and not message.isVisible()


def test_without_a_data_set_it_says_what_to_do(card: MixCard, session: Session, jobs: Jobs) -> None:
    session.set_dataset(None)
    assert jobs.wait_idle()
    assert "No data set is open" in find(card, QLabel, "mix_message").text()
    session.set_dataset(open_dataset(DATASETS.step("digits")))
    assert jobs.wait_idle()
    assert len(now(card).images) == 8


def test_a_new_mix_takes_the_batch_of_before(card: MixCard, jobs: Jobs) -> None:
    made = now(card).made
    find(card, QSpinBox, "mix_seed").setValue(5)
    assert jobs.wait_idle()
    assert now(card).made is made and now(card).seed == 5
    card.show_subject(INPUTS, Pipeline((step("RandomCrop", size=6), step("ToTensor"))))
    assert jobs.wait_idle()
    made = now(card).made
    find(card, QSpinBox, "mix_seed").setValue(6)
    assert jobs.wait_idle()
    assert now(card).made is not made  # other seeds crop elsewhere


def test_what_was_chosen_is_remembered(qtbot: QtBot, card: MixCard, session: Session, jobs: Jobs) -> None:
    qtbot.mouseClick(find(card, QPushButton, "mix_operation_CutMix"), LEFT)
    qtbot.mouseClick(find(card, QPushButton, "mix_source_inputs"), LEFT)
    find(card, QSpinBox, "mix_count").setValue(12)
    assert jobs.wait_idle()
    again = MixCard(session, jobs)
    assert again.step.name == "CutMix"
    assert find(again, QSpinBox, "mix_count").value() == 12
    assert again.source is not None and type(again.source).__name__ == "MixInputs"
    again.deleteLater()


def test_nothing_is_mixed_while_nobody_looks(card: MixCard, jobs: Jobs) -> None:
    card.hide()
    before = now(card)
    find(card, QSpinBox, "mix_seed").setValue(9)
    assert jobs.is_idle and now(card) is before
    card.show()
    assert jobs.wait_idle()
    assert now(card).seed == 9


def test_images_come_class_by_class_in_turn(session: Session) -> None:
    train = open_dataset(DATASETS.step("digits")).train
    labels = train.labels
    indices = in_turn(train, 13)
    assert [int(labels[index]) for index in indices] == [*range(10), 0, 1, 2]
    assert len(set(indices)) == 13
    assert indices[0] == int(np.flatnonzero(labels == 0)[0])
    assert indices[10] == int(np.flatnonzero(labels == 0)[1])
    assert in_turn(train.subset([int(np.flatnonzero(labels == 4)[0])]), 5) == (0,)


def test_the_script_mixes_the_same(
    qtbot: QtBot, card: MixCard, jobs: Jobs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / f"{name}.png" for name in "abc"]
    for turn, file in enumerate(files):
        picture().rotate(turn * 90).save(file)
    inputs = [given(picture().rotate(turn * 90), file.name, file) for turn, file in enumerate(files)]
    qtbot.mouseClick(find(card, QPushButton, "mix_operation_CutMix"), LEFT)
    qtbot.mouseClick(find(card, QPushButton, "mix_source_inputs"), LEFT)
    with qtbot.waitSignal(card.mix_changed):
        card.show_subject(inputs, Pipeline((step("RandomCrop", size=20), step("ToTensor"))))
    assert jobs.wait_idle()
    names: dict[str, Any] = {}
    exec(compile(card.code(), "mix.py", "exec"), names)
    assert torch.equal(names["mixed"], now(card).mixed.images)
    assert torch.equal(names["shares"], now(card).mixed.shares)
    assert "images (3, 3, 20, 20)" in capsys.readouterr().out


def test_no_code_where_nothing_is_mixed(card: MixCard, session: Session, jobs: Jobs) -> None:
    assert "mix = v2.MixUp(" in card.code()
    session.set_dataset(None)
    assert jobs.wait_idle()
    assert card.code() == ""


@pytest.mark.shared_data
def test_ants_and_bees(card: MixCard, session: Session, jobs: Jobs, shared_data: Path) -> None:
    folder = str(shared_data / "hymenoptera_small" / "train")
    session.set_dataset(open_dataset(DATASETS.step("folder", root=folder)))
    pipeline = Pipeline((step("Resize", size=64), step("CenterCrop", size=64), step("ToTensor")))
    card.show_subject(INPUTS, pipeline)
    assert jobs.wait_idle()
    names = [dict(now(card).mixed.shares_of(index)) for index in range(8)]
    assert all(each.keys() == {"ants", "bees"} for each in names)
    assert names[0]["ants"] == pytest.approx(now(card).mixed.lam, abs=1e-6)
    assert names[1]["bees"] == pytest.approx(now(card).mixed.lam, abs=1e-6)
