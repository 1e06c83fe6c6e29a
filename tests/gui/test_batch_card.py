"""The card of the batches, operated as a person does; its contents compared with plain DataLoaders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from torch.utils.data import DataLoader, WeightedRandomSampler

from tests.unit.datasets.test_loading import Plain, pipeline_of
from tudui_gui.core.paths import home
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.sources import NO_LABEL, ArrayImageSet, Dataset
from tudui_gui.gui.app import create_app
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets import batch_work, create
from tudui_gui.gui.tabs.datasets.batch_card import BatchCard
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.conversion import to_uint8
from tudui_gui.training import seen
from tudui_gui.training.epochs import Loading
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.seen import Sameness
from tudui_gui.transforms.normalized import denormalized

pytestmark = pytest.mark.filterwarnings("ignore:This DataLoader will create:UserWarning")

LEFT = Qt.MouseButton.LeftButton
NORMALIZED = pipeline_of(["ToTensor", ("Normalize", {"mean": [0.5, 0.4, 0.3], "std": [0.2, 0.3, 0.4]})])
RANDOM = pipeline_of([("RandomCrop", {"size": 32, "padding": 4}), "ToTensor"])


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Digits, few, not equally many of each class: 100 for training, 40 for test."""
    whole = open_dataset(DATASETS.step("digits"))
    return replace(whole, train=whole.train.subset(range(100)), test=whole.test.subset(range(40)))


@pytest.fixture
def card(qtbot: QtBot, session: Session, jobs: Jobs, dataset: Dataset) -> Iterator[BatchCard]:
    session.set_experiment(session.experiment.with_value("training.batch_size", 32))
    session.undo_stack.clear()
    made = BatchCard(session, jobs)
    made.resize(760, 230)
    with qtbot.waitExposed(made):
        made.show()
    made.show_dataset(dataset)
    assert jobs.wait_idle()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle(30_000)
    for grid in made.findChildren(ThumbnailGrid):
        grid.stop()
    made.close()
    made.deleteLater()


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs, card: BatchCard) -> Callable[[], None]:
    """Wait until what was asked for is shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: jobs.is_idle and not card._reader._pause.isActive(), timeout=60_000)

    return wait


def find(card: QWidget, kind: type, name: str):
    found = card.findChild(kind, name)
    assert found is not None, name
    return found


def text_of(card: QWidget, name: str) -> str:
    label = find(card, QLabel, name)
    return str(label.text()) if not label.isHidden() else ""


def press(qtbot: QtBot, card: QWidget, name: str) -> None:
    button = find(card, QAbstractButton, name)
    assert button.isEnabled() and button.isVisible(), name
    place = QPoint(10, button.height() // 2) if isinstance(button, QCheckBox) else button.rect().center()
    qtbot.mouseClick(button, LEFT, pos=place)


def enter(qtbot: QtBot, card: QWidget, name: str, value: int) -> None:
    field = card.findChild(QSpinBox, name) or find(card, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, str(value))
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(qtbot: QtBot, card: QWidget, row: int) -> None:
    combo = find(card, QComboBox, "batch_sampler")
    combo.setFocus()
    qtbot.keyClick(combo, (Qt.Key.Key_Home, Qt.Key.Key_End)[row])


def workers() -> list[psutil.Process]:
    """Child processes that ``spawn`` started: neither multiprocessing's own helper nor a display server."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def plain(dataset: Dataset, experiment: Experiment, epochs: int = 1) -> list[list[list[torch.Tensor]]]:
    """The batches of a script, epoch by epoch."""
    told = Loading.of(experiment)
    generator = torch.Generator().manual_seed(told.seed)
    loader = DataLoader(
        Plain(dataset.train, experiment.train_transforms),
        told.batch_size,
        shuffle=told.shuffle,
        drop_last=told.drop_last,
        generator=generator,
    )
    return [list(loader) for _ in range(epochs)]


def test_pictures_before_and_after_the_transforms(
    qtbot: QtBot, card: BatchCard, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    session.set_experiment(replace(session.experiment, train_transforms=NORMALIZED))
    settle()
    images, labels = plain(dataset, session.experiment)[0][0]
    assert torch.equal(card.seen[0].images, images)
    before = card._views.pictures[0].pictured
    assert before is not None and before.tensors is None
    assert np.array_equal(before.pixels(3), np.asarray(dataset.train.image(card.shown[3])))
    assert [before.label(place) for place in range(32)] == [str(int(label)) for label in labels]
    press(qtbot, card, "batch_show_after")
    settle()
    after = card._views.pictures[0].pictured
    assert after is not None
    np.testing.assert_allclose(after.pixels(3), before.pixels(3), atol=1)
    press(qtbot, card, "batch_denormalize")
    raw = card._views.pictures[0].pictured
    assert raw is not None
    assert np.array_equal(raw.pixels(3), to_uint8(images[3]))
    assert not np.array_equal(raw.pixels(3), after.pixels(3))
    assert card.grid.count == 32
    qtbot.waitUntil(lambda: card.grid.is_loaded(0))


def test_numbers_are_those_of_the_tensor(
    qtbot: QtBot, card: BatchCard, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    session.set_experiment(replace(session.experiment, train_transforms=NORMALIZED))
    settle()
    press(qtbot, card, "batch_show_numbers")
    images = plain(dataset, session.experiment)[0][0][0]
    text = text_of(card, "batch_facts")
    assert "float32 [32, 3, 32, 32]" in text
    assert f"{float(images.min()):.3f} {float(images.max()):.3f}" in text
    std = images.transpose(0, 1).reshape(3, -1).std(1, unbiased=False)
    for value in (*images.mean((0, 2, 3)).tolist(), *std.tolist()):
        assert f"{value:.3f}" in text
    assert "bit for bit" in text_of(card, "batch_sameness")
    assert text_of(card, "batch_times").startswith("num_workers 0: first batch ")
    assert "as in training" in text_of(card, "batch_shape")


def test_each_class_of_a_weighted_epoch(
    qtbot: QtBot, card: BatchCard, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    choose(qtbot, card, 1)
    press(qtbot, card, "batch_show_classes")
    settle()
    labels = dataset.train.labels
    own = np.bincount(labels, minlength=10)
    generator = torch.Generator().manual_seed(session.experiment.seed)
    sampler = WeightedRandomSampler((1 / own[labels]).tolist(), 100, generator=generator)
    drawn = [int(index) for index in DataLoader(torch.arange(100), 1, sampler=sampler, generator=generator)]
    counts = card._views.classes.counts
    assert counts is not None and counts.own.tolist() == own.tolist()
    assert counts.epoch.tolist() == np.bincount(labels[drawn], minlength=10).tolist()
    assert counts.batch.tolist() == np.bincount(labels[drawn[:32]], minlength=10).tolist()
    assert f"100 drawn, {len(set(drawn))} different" in text_of(card, "batch_text")
    assert not find(card, QCheckBox, "batch_shuffle").isEnabled()
    model = card._views.classes.model()
    assert [model.index(3, column).data() for column in range(4)] == [
        "3",
        *(str(each[3]) for each in (counts.own, counts.epoch, counts.batch)),
    ]


def test_two_epochs_side_by_side(
    qtbot: QtBot, card: BatchCard, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    press(qtbot, card, "batch_compare")
    settle()
    generator = torch.Generator().manual_seed(session.experiment.seed)
    loader = DataLoader(torch.arange(100), 32, shuffle=True, generator=generator)
    epochs = [[batch.tolist() for batch in loader] for _ in range(3)]
    pictures = card._views.pictures

    def shown() -> list[list[int]]:
        return [list(each.pictured.indices) for each in pictures if each.pictured is not None]

    assert shown() == [epochs[0][0], epochs[1][0]] and card.other_grid.isVisible()
    common = len(set(epochs[0][0]) & set(epochs[1][0]))
    assert text_of(card, "batch_common") == f"{common} of 32 images in common"
    enter(qtbot, card, "batch_other_epoch", 3)
    settle()
    assert shown() == [epochs[0][0], epochs[2][0]]
    press(qtbot, card, "batch_show_after")
    settle()
    expected = plain(dataset, session.experiment, 3)
    assert [each.place for each in card.seen] == [(1, 1), (3, 1)]
    assert torch.equal(card.seen[1].images, expected[2][0][0])
    enter(qtbot, card, "batch_epoch", 2)
    settle()
    assert shown() == [epochs[1][0], epochs[2][0]]
    press(qtbot, card, "batch_shuffle")
    settle()
    assert shown()[0] == shown()[1] == list(range(32))
    assert "without shuffle" in text_of(card, "batch_common")
    press(qtbot, card, "batch_compare")
    settle()
    assert not card.other_grid.isVisible() and text_of(card, "batch_common") == ""


def test_each_epoch_leaves_out_other_images(
    qtbot: QtBot, card: BatchCard, session: Session, settle: Callable[[], None]
) -> None:
    press(qtbot, card, "batch_drop_last")
    press(qtbot, card, "batch_compare")
    settle()
    generator = torch.Generator().manual_seed(session.experiment.seed)
    loader = DataLoader(torch.arange(100), 32, shuffle=True, generator=generator)
    dropped = [list(loader)[-1].tolist() for _ in range(2)]
    press(qtbot, card, "batch_show_dropped")
    settle()
    pictured = [each.pictured for each in card._views.pictures]
    assert [list(each.indices) for each in pictured if each is not None] == dropped
    assert "left out" in text_of(card, "batch_shape") and card.seen == ()
    assert not find(card, QAbstractButton, "batch_to_board").isEnabled()
    press(qtbot, card, "batch_show_dropped")
    settle()
    assert len(card.shown) == 32 and card.seen


def test_test_images_come_as_testing_loads_them(
    qtbot: QtBot, card: BatchCard, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    session.set_experiment(replace(session.experiment, test_transforms=NORMALIZED))
    press(qtbot, card, "batch_part_test")
    settle()
    assert card.shown == tuple(range(32))
    assert "40 images, batches: 2, the last has 8" in text_of(card, "batch_text")
    images = next(iter(DataLoader(Plain(dataset.test, NORMALIZED), 32)))[0]
    assert torch.equal(card.seen[0].images, images)
    assert not find(card, QCheckBox, "batch_shuffle").isEnabled()
    assert find(card, QCheckBox, "batch_drop_last").isEnabled()


@pytest.mark.shared_data
def test_the_batches_of_cifar(
    qtbot: QtBot, card: BatchCard, shared_data: Path, settle: Callable[[], None]
) -> None:
    card.show_dataset(open_dataset(DATASETS.step("cifar10", root=str(shared_data))))
    enter(qtbot, card, "batch_size", 64)
    settle()
    assert "50,000 images, batches: 782, the last has 16" in text_of(card, "batch_text")
    press(qtbot, card, "batch_part_test")
    settle()
    assert "10,000 images, batches: 157, the last has 16" in text_of(card, "batch_text")
    press(qtbot, card, "batch_drop_last")
    settle()
    assert "10,000 images, batches: 156, left out: 16" in text_of(card, "batch_text")


def test_use_for_training_is_one_step(
    qtbot: QtBot, card: BatchCard, session: Session, settle: Callable[[], None]
) -> None:
    use = find(card, QAbstractButton, "batch_use")
    assert not use.isEnabled()
    enter(qtbot, card, "batch_size", 16)
    enter(qtbot, card, "batch_seed", 2**40)
    press(qtbot, card, "batch_shuffle")
    press(qtbot, card, "batch_drop_last")
    choose(qtbot, card, 1)
    settle()
    before = session.experiment
    press(qtbot, card, "batch_use")
    told = Loading(16, False, True, 0, "weighted", 2**40)
    assert Loading.of(session.experiment) == told and session.undo_stack.count() == 1
    assert not use.isEnabled()
    session.undo_stack.undo()
    settle()
    assert session.experiment == before
    assert find(card, QSpinBox, "batch_size").value() == 32
    assert find(card, QLineEdit, "batch_seed").text() == str(before.seed)
    assert len(card.shown) == 32 and session.undo_stack.count() == 1


def test_the_card_follows_what_changes_in_the_experiment(
    qtbot: QtBot, card: BatchCard, session: Session, settle: Callable[[], None]
) -> None:
    enter(qtbot, card, "batch_size", 10)
    settle()
    session.set_experiment(session.experiment.with_value("optimizer.lr", 0.5))
    settle()
    assert find(card, QSpinBox, "batch_size").value() == 10 and len(card.shown) == 10
    session.set_experiment(session.experiment.with_value("training.shuffle", False))
    settle()
    assert card.shown == tuple(range(10)) and not find(card, QCheckBox, "batch_shuffle").isChecked()
    session.set_experiment(session.experiment.with_value("training.batch_size", 20))
    settle()
    assert card.shown == tuple(range(20))


def test_what_is_not_as_in_training_is_said(
    qtbot: QtBot,
    card: BatchCard,
    session: Session,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seen, "PATIENCE", 0.0)
    session.set_experiment(replace(session.experiment, train_transforms=RANDOM))
    settle()
    assert card.seen[0].reading.sameness is Sameness.ALL and text_of(card, "batch_anew") == ""
    enter(qtbot, card, "batch_epoch", 3)
    settle()
    assert "drew anew" in text_of(card, "batch_anew")
    assert "as in training" not in text_of(card, "batch_shape")
    drawn = card.seen[0].images
    press(qtbot, card, "batch_show_numbers")
    press(qtbot, card, "batch_replay")
    settle()
    assert card.seen[0].reading.sameness is Sameness.ALL and text_of(card, "batch_anew") == ""
    assert not torch.equal(card.seen[0].images, drawn)
    assert not find(card, QAbstractButton, "batch_replay").isVisible()


def test_a_picture_says_which_image_it_is_and_asks_for_it(
    qtbot: QtBot, card: BatchCard, dataset: Dataset
) -> None:
    grid = card.grid
    index = card.shown[1]
    expected = f"image {index}: {dataset.train.name(index)}, {dataset.train.label_name(index)}"
    place = grid.visualRect(grid.model().index(1, 0)).center()
    help_event = QHelpEvent(QEvent.Type.ToolTip, place, grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(grid.viewport(), help_event)
    assert QToolTip.text() == expected
    QToolTip.hideText()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
    assert text_of(card, "batch_text") == expected
    with qtbot.waitSignal(card.image_requested) as asked:
        qtbot.mouseDClick(grid.viewport(), LEFT, pos=place)
    assert asked.args == ["train", index]
    with qtbot.waitSignal(card.image_requested) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert asked.args == ["train", index]


def test_the_page_shows_the_image_that_is_asked_for(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    page = create(session, jobs)
    assert isinstance(page, DatasetsPage)
    page.resize(1024, 600)
    with qtbot.waitExposed(page):
        page.show()
    assert jobs.wait_idle()
    page.batches.image_requested.emit("test", 7)
    assert jobs.wait_idle()
    assert page.browser.large.isVisible()
    for grid in page.findChildren(ThumbnailGrid):
        grid.stop()
    page.close()
    page.deleteLater()


def test_a_batch_goes_to_tensorboard(
    qtbot: QtBot, card: BatchCard, session: Session, settle: Callable[[], None]
) -> None:
    session.set_experiment(replace(session.experiment, train_transforms=NORMALIZED))
    settle()
    press(qtbot, card, "batch_next")
    settle()
    press(qtbot, card, "batch_to_board")
    settle()
    folder = home() / "tensorboard" / "batches"
    assert str(folder) in text_of(card, "batch_board_text")
    assert "digits/train/epoch_1, step 2" in text_of(card, "batch_board_text")
    press(qtbot, card, "batch_board_copy")
    assert QGuiApplication.clipboard().text() == f"tensorboard --logdir {folder}"
    (path,) = folder.glob("events*")
    values = [(e.step, value) for e in EventFileLoader(str(path)).Load() for value in e.summary.value]
    ((step, value),) = values
    assert (value.tag, step) == ("digits/train/epoch_1", 2)
    written = np.asarray(Image.open(BytesIO(value.tensor.string_val[2])))
    assert np.array_equal(written[:32, 32:64], to_uint8(denormalized(card.seen[0].images[1], NORMALIZED)))
    press(qtbot, card, "batch_board_close")
    assert text_of(card, "batch_board_text") == "" or not find(card, QWidget, "batch_board_text").isVisible()


def test_tensorboards_folder_cannot_be_written(
    qtbot: QtBot, card: BatchCard, settle: Callable[[], None]
) -> None:
    home().mkdir(parents=True, exist_ok=True)
    (home() / "tensorboard").write_text("")
    press(qtbot, card, "batch_to_board")
    settle()
    assert "cannot be written" in text_of(card, "batch_problem")
    press(qtbot, card, "batch_next")
    settle()
    assert text_of(card, "batch_problem") == "" and card.seen


def test_fewer_images_than_a_batch(qtbot: QtBot, card: BatchCard, settle: Callable[[], None]) -> None:
    enter(qtbot, card, "batch_size", 101)
    settle()
    assert "batches: 1, the last has 100" in text_of(card, "batch_text")
    press(qtbot, card, "batch_drop_last")
    settle()
    assert "100 images do not fill one of 101" in text_of(card, "batch_text")
    assert len(card.shown) == 100 and card.seen == ()
    for view in ("after", "numbers", "classes", "before"):
        press(qtbot, card, f"batch_show_{view}")
    settle()


def test_images_without_labels_give_no_batch(
    qtbot: QtBot, card: BatchCard, dataset: Dataset, settle: Callable[[], None]
) -> None:
    nothing = ArrayImageSet((), [], np.zeros((0, 4, 4, 3), np.uint8))
    unknown = ArrayImageSet((), [NO_LABEL] * 3, np.zeros((3, 4, 4, 3), np.uint8))
    card.show_dataset(replace(dataset, classes=(), train=nothing, test=nothing, unlabelled=unknown))
    settle()
    assert "None of the 3 images has a label" in text_of(card, "batch_nothing")
    assert find(card, QLabel, "batch_nothing").isVisible()
    for view in ("after", "numbers", "classes", "before"):
        press(qtbot, card, f"batch_show_{view}")
    press(qtbot, card, "batch_compare")
    press(qtbot, card, "batch_part_test")
    card.show_dataset(replace(dataset, test=nothing))
    settle()
    assert "no test images" in text_of(card, "batch_nothing")
    press(qtbot, card, "batch_part_train")
    settle()
    assert card.grid.isVisible() and len(card.shown) == 32


def test_transforms_that_give_no_batch_are_explained(
    card: BatchCard, session: Session, settle: Callable[[], None]
) -> None:
    good = session.experiment
    session.set_experiment(replace(good, train_transforms=pipeline_of(["Grayscale"])))
    settle()
    assert "Add ToTensor" in text_of(card, "batch_problem") and card.grid.count == 32
    session.set_experiment(good)
    settle()
    assert text_of(card, "batch_problem") == "" and card.seen


def test_nothing_is_read_while_nobody_looks(
    qtbot: QtBot,
    card: BatchCard,
    session: Session,
    jobs: Jobs,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []
    work = batch_work.read
    monkeypatch.setattr(batch_work, "read", lambda *a, **k: (read.append(a), work(*a, **k))[1])
    card.hide()
    session.set_experiment(replace(session.experiment, train_transforms=NORMALIZED))
    session.set_experiment(session.experiment.with_value("training.batch_size", 8))
    settle()
    assert not read
    card.show()
    settle()
    assert len(read) == 1 and len(card.shown) == 8 and len(card.seen[0].images) == 8
    press(qtbot, card, "batch_view_fold")
    enter(qtbot, card, "batch_size", 9)
    session.set_experiment(session.experiment.with_value("seed", 5))
    settle()
    assert len(read) == 1
    press(qtbot, card, "batch_view_fold")
    settle()
    assert len(read) == 2


@pytest.mark.slow
def test_workers_are_gone_when_the_batch_is_shown(
    qtbot: QtBot, card: BatchCard, session: Session, dataset: Dataset, settle: Callable[[], None]
) -> None:
    enter(qtbot, card, "batch_num_workers", 2)
    settle()
    assert not workers()
    images = plain(dataset, session.experiment)[0]
    assert torch.equal(card.seen[0].images, images[0][0])
    press(qtbot, card, "batch_show_numbers")
    times = text_of(card, "batch_times").splitlines()
    assert [line.split(":")[0] for line in times] == ["num_workers 0", "num_workers 2"]
    measured = card._reader.times[1]
    assert measured.first > 0.2 and measured.further is not None and measured.further < measured.first
    began = psutil.Process().num_threads()
    press(qtbot, card, "batch_next")
    settle()  # was read ahead: no process is started again
    assert torch.equal(card.seen[0].images, images[1][0]) and not workers()
    assert psutil.Process().num_threads() <= began


def loading_began(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(workers()) > 0, timeout=30_000)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["fold", "hide", "settings", "cancel"])
def test_workers_are_gone_when_loading_ends_early(
    qtbot: QtBot, card: BatchCard, jobs: Jobs, settle: Callable[[], None], end: str
) -> None:
    enter(qtbot, card, "batch_num_workers", 1)
    loading_began(qtbot)
    if end == "fold":
        press(qtbot, card, "batch_view_fold")
    elif end == "hide":
        card.hide()
    elif end == "settings":
        enter(qtbot, card, "batch_num_workers", 0)
    else:
        jobs.cancel_all()
    settle()
    assert not workers()
    assert bool(card.seen) == (end == "settings")
    if end == "cancel":
        assert text_of(card, "batch_shape") == "The batch was not read."


@pytest.mark.slow
def test_closing_the_window_while_workers_load(qtbot: QtBot) -> None:
    _, window = create_app(["tudui-gui"])
    window.resize(1280, 800)
    with qtbot.waitSignal(window.ready, timeout=60_000):
        window.show()
    window.tabs.setCurrentIndex(0)
    assert window.jobs is not None and window.jobs.wait_idle(30_000)
    enter(qtbot, window, "batch_num_workers", 2)
    loading_began(qtbot)
    with qtbot.waitSignal(window.closed, timeout=60_000):
        window.close()
    assert window.jobs.is_idle and not workers()
    window.deleteLater()
