"""The folder's card operated as a person does: names beforehand, the run, what became of it."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.transforms_page import drop, find, press, text_of
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms import folder_card, folder_work
from tudui_gui.gui.tabs.transforms.folder_card import FolderCard
from tudui_gui.gui.tabs.transforms.folder_work import FolderWork
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import OPENCV, PIL, read_image
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.folder_job import FolderJob, seed_of
from tudui_gui.transforms.folder_run import FolderProgress
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
CROP = Pipeline((step("RandomCrop", size=10), step("ToTensor"), step("Normalize")))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    root = tmp_path / "photos"
    for number in range(6):
        path = root / ("ants" if number % 2 else "bees") / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 256, (16, 20, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(path)
    return root


@pytest.fixture
def card(qtbot: QtBot, session: Session, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> Iterator[FolderCard]:
    monkeypatch.setattr(folder_card, "_PAUSE", 0)
    made = FolderCard(session, jobs)
    made.resize(660, 240)
    made.show_pipeline(CROP)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert jobs.wait_idle()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    made.close()
    made.deleteLater()


def write(qtbot: QtBot, card: FolderCard, name: str, text: str) -> None:
    """Type over what stands in a field."""
    field = find(card, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def choose(qtbot: QtBot, card: FolderCard, name: str, key: str) -> None:
    combo = find(card, QComboBox, name)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findData(key)):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentData() == key


def shown(card: FolderCard) -> str:
    return str(find(card, QPlainTextEdit, "folder_text").toPlainText())


def planned(qtbot: QtBot, card: FolderCard, source: Path) -> None:
    write(qtbot, card, "folder_source", str(source))
    qtbot.waitUntil(lambda: card.planned is not None and card.planned.plan.job == card.job)


def run(qtbot: QtBot, card: FolderCard, jobs: Jobs) -> None:
    press(qtbot, card, "folder_start")
    assert jobs.wait_idle() and card.report is not None


def test_without_a_folder_it_says_what_to_do(card: FolderCard) -> None:
    assert "Choose a folder of images, or drop one here." in shown(card)
    assert not find(card, QPushButton, "folder_start").isEnabled() and card.job is None


def test_a_dropped_folder_names_its_first_results(qtbot: QtBot, card: FolderCard, source: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    assert drop(card, data, QPoint(20, 20))
    qtbot.waitUntil(lambda: card.planned is not None)
    assert find(card, QLineEdit, "folder_target").text() == f"{source}_transformed"
    assert shown(card).splitlines() == [
        "Images: 6, files: 6",
        "ants/1.png → ants/1.png",
        "ants/3.png → ants/3.png",
        "ants/5.png → ants/5.png",
    ]
    assert not source.with_name("photos_transformed").exists()


def test_copies_are_written_with_their_seeds(
    qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs
) -> None:
    planned(qtbot, card, source)
    card.form.copies.setFocus()
    qtbot.keyClick(card.form.copies, Qt.Key.Key_Up)
    assert find(card, QLineEdit, "folder_pattern").text() == "{stem}_{copy}"
    qtbot.waitUntil(lambda: "ants/1.png → ants/1_2.png" in shown(card))
    run(qtbot, card, jobs)
    assert shown(card).startswith("Files written: 12, in ")
    torch.manual_seed(seed_of(0, "bees/0.png", 2))
    tensor = CROP.build()(read_image(source / "bees" / "0.png").image)
    pixels = (tensor * 0.5 + 0.5).mul(255).add(0.5).to(torch.uint8).permute(1, 2, 0).numpy()
    with Image.open(f"{source}_transformed/bees/0_2.png") as saved:
        assert np.array_equal(np.asarray(saved), pixels)
    assert not find(card, QPushButton, "folder_start").isEnabled()


def test_a_pattern_of_ones_own_is_checked_while_typing(
    qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs
) -> None:
    planned(qtbot, card, source)
    write(qtbot, card, "folder_pattern", "{nam}")
    qtbot.waitUntil(lambda: "nothing is called {nam}" in text_of(card, "folder_problem"))
    assert not find(card, QPushButton, "folder_start").isEnabled()
    write(qtbot, card, "folder_pattern", "x{index:03}")
    qtbot.waitUntil(lambda: "ants/1.png → ants/x001.png" in shown(card))
    assert not find(card, QPushButton, "folder_start").isHidden()
    assert text_of(card, "folder_problem") == ""
    card.form.copies.setValue(2)
    qtbot.waitUntil(lambda: "needs {copy}" in text_of(card, "folder_problem"))


def test_the_format_decides_about_normalize(qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs) -> None:
    planned(qtbot, card, source)
    assert card.job is not None and card.job.undoes_normalize
    choose(qtbot, card, "folder_format", "npy")
    assert not card.job.undoes_normalize
    assert find(card, QComboBox, "folder_normalized").currentData() == "kept"
    run(qtbot, card, jobs)
    torch.manual_seed(seed_of(0, "ants/1.png", 1))
    tensor = CROP.build()(read_image(source / "ants" / "1.png").image)
    assert np.array_equal(np.load(f"{source}_transformed/ants/1.npy"), tensor.numpy())
    choose(qtbot, card, "folder_format", "jpeg")
    assert card.job.undoes_normalize and card.form.quality.isVisible()
    card.show_pipeline(Pipeline((step("Resize", size=8),)))
    assert card.form.normalized.isHidden()


def test_nothing_is_overwritten_unless_it_is_said(
    qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs
) -> None:
    planned(qtbot, card, source)
    run(qtbot, card, jobs)
    card.form.seed.setValue(4)
    qtbot.waitUntil(lambda: "is there already" in text_of(card, "folder_problem"))
    choose(qtbot, card, "folder_existing", "keep")
    qtbot.waitUntil(lambda: card.planned is not None)
    run(qtbot, card, jobs)
    assert "Files written: 0" in shown(card) and "The file was there already: 6" in shown(card)
    choose(qtbot, card, "folder_existing", "replace")
    qtbot.waitUntil(lambda: card.planned is not None)
    run(qtbot, card, jobs)
    assert "Files written: 6" in shown(card)


def test_inside_the_source_it_has_to_be_allowed(
    qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs
) -> None:
    planned(qtbot, card, source)
    inside = find(card, QCheckBox, "folder_inside")
    assert inside.isHidden()
    write(qtbot, card, "folder_target", str(source / "new"))
    qtbot.waitUntil(inside.isVisible)
    assert "lies inside the source folder" in text_of(card, "folder_problem")
    qtbot.mouseClick(inside, Qt.MouseButton.LeftButton, pos=QPoint(8, inside.height() // 2))
    qtbot.waitUntil(lambda: card.planned is not None)
    run(qtbot, card, jobs)
    assert len(list((source / "new").rglob("*.png"))) == 6
    write(qtbot, card, "folder_target", str(source))
    qtbot.waitUntil(lambda: "is the source folder itself" in text_of(card, "folder_problem"))


def test_what_is_left_out_is_told_and_saved(
    qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs, tmp_path: Path
) -> None:
    (source / "ants" / "broken.jpg").write_bytes(b"no picture")
    Image.new("RGB", (4, 4)).save(source / "small.png")
    planned(qtbot, card, source)
    run(qtbot, card, jobs)
    text = shown(card)
    assert "Left out: 2" in text and "The image cannot be read: 1" in text and "A step failed: 1" in text
    assert "small.png: RandomCrop wants 10 x 10" in text
    assert find(card, QToolButton, "folder_save_report").isEnabled()
    card.save_report(tmp_path / "report.csv")
    assert jobs.wait_idle()
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["result"] for row in rows].count("written") == 6 and len(rows) == 8
    card.save_report(source / "small.png" / "report.csv")
    assert jobs.wait_idle()
    assert "cannot be written" in text_of(card, "folder_problem")


def test_stopped_it_tells_what_was_written(
    qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go = threading.Event(), threading.Event()
    tell = FolderWork._tell

    def wait(work: FolderWork, state: FolderProgress) -> None:
        tell(work, state)
        reached.set()
        go.wait(10)

    monkeypatch.setattr(FolderWork, "_tell", wait)
    for number in range(30):
        Image.new("RGB", (16, 16)).save(source / f"more{number}.png")
    planned(qtbot, card, source)
    press(qtbot, card, "folder_start")
    qtbot.waitUntil(lambda: reached.is_set() and bool(text_of(card, "folder_progress_text")))
    assert card.is_running and not card.form.isEnabled()
    press(qtbot, card, "folder_stop")
    go.set()
    assert jobs.wait_idle()
    assert not card.is_running and card.report is not None and card.report.cancelled
    assert f"Stopped after {card.report.images} of 36 images" in shown(card)
    files = list(Path(f"{source}_transformed").rglob("*.png"))
    assert len(files) == len(card.report.written) < 36


def test_progress_counts_and_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[float, str]] = []
    work = FolderWork(FolderJob(Path("a"), Path("b"), CROP))
    work._progress = lambda fraction, text: told.append((fraction, text))
    work._started = 100.0
    monkeypatch.setattr(folder_work.time, "monotonic", lambda: 130.0)
    work._tell(FolderProgress(1000, 4000, 2999, 1))
    assert told == [(0.25, "1,000 of 4,000 images, files: 2,999, left out: 1, 1:30 left")]


def test_settings_come_back(
    qtbot: QtBot, session: Session, jobs: Jobs, card: FolderCard, source: Path
) -> None:
    planned(qtbot, card, source)
    choose(qtbot, card, "folder_format", "jpeg")
    card.form.copies.setValue(4)
    again = FolderCard(session, jobs)
    qtbot.addWidget(again)
    job = again.job
    assert job == FolderJob(
        source,
        source.with_name("photos_transformed"),
        Pipeline(),
        copies=4,
        pattern="{stem}_{copy}",
        format="jpeg",
        undo_normalize=True,
    )
    again.show_pipeline(CROP, OPENCV)
    assert again.job is not None and (again.job.reader, again.job.pipeline) == (OPENCV, CROP)
    assert card.job is not None and card.job.reader == PIL


def test_every_step(qtbot: QtBot, card: FolderCard, source: Path, jobs: Jobs) -> None:
    planned(qtbot, card, source)
    qtbot.mouseClick(card.form.every_step, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.waitUntil(lambda: "ants/1.png → ants/1_2_ToTensor.png" in shown(card))
    run(qtbot, card, jobs)
    assert len(list(Path(f"{source}_transformed").rglob("*.png"))) == 18
