"""The Datasets tab, operated as a person does."""

from __future__ import annotations

import gzip
import hashlib
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

from tudui_gui.core.paths import resource, sample_data
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.gui.session import SentImage, Session
from tudui_gui.gui.tabs.datasets import create
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.training.experiment import Experiment

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_idle()


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(Experiment.load(resource("experiments", "digits.toml")), TrainingController())


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    made = create(session, jobs)
    assert isinstance(made, DatasetsPage)
    made.resize(1280, 730)
    with qtbot.waitExposed(made):
        made.show()
    assert jobs.wait_idle()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    for grid in made.findChildren(ThumbnailGrid):
        grid.stop()
    made.close()
    made.deleteLater()


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """A class per folder: one broken file in ``cat``, none in ``empty``, images of different sizes."""
    root = tmp_path / "pets"
    for part, count in (("train", 4), ("test", 2)):
        for name, color in (("cat", (200, 0, 0)), ("dog", (0, 0, 200))):
            folder = root / part / name
            folder.mkdir(parents=True)
            for number in range(count):
                Image.new("RGB", (20 + number, 30), color).save(folder / f"{name}_{number}.png")
        (root / part / "empty").mkdir()
    (root / "train" / "cat" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot an image")
    return root


def find(page: QWidget, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name) or page.findChild(QToolButton, name)
    assert button is not None and button.isEnabled(), name
    qtbot.mouseClick(button, LEFT)


def click_source(qtbot: QtBot, page: DatasetsPage, title: str) -> None:
    sources = find(page, QListWidget, "dataset_sources")
    item = sources.findItems(title, Qt.MatchFlag.MatchExactly)[0]
    qtbot.mouseClick(sources.viewport(), LEFT, pos=sources.visualItemRect(item).center())


def choose(qtbot: QtBot, combo: QComboBox, row: int) -> None:
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(row):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == row


def text_of(page: QWidget, name: str) -> str:
    return str(find(page, QLabel, name).text())


def test_starts_with_the_bundled_digits(page: DatasetsPage, session: Session) -> None:
    assert session.dataset is not None and session.dataset.name == "digits"
    train = session.dataset.train
    assert page.browser.grid.count == len(train) == 1438
    expected = np.bincount(train.labels, minlength=10).tolist()
    assert page.classes.chart.rows == tuple(zip(map(str, range(10)), expected, strict=True))
    assert not session.undo_stack.canUndo()


def test_mean_and_std_are_those_of_to_tensor(page: DatasetsPage, session: Session) -> None:
    assert session.dataset is not None
    pixels = torch.stack(
        [transforms.ToTensor()(session.dataset.train.image(i)) for i in range(1438)]
    ).double()
    statistics = page.images.statistics
    assert statistics is not None
    np.testing.assert_allclose(statistics.mean, pixels.mean((0, 2, 3)), atol=1e-6)
    np.testing.assert_allclose(statistics.std, pixels.std((0, 2, 3), unbiased=False), atol=1e-6)
    assert f"{statistics.mean[0]:.4f}" in text_of(page, "dataset_facts")


def test_use_in_normalize_changes_both_pipelines_undoably(
    qtbot: QtBot, page: DatasetsPage, session: Session
) -> None:
    before = session.experiment
    press(qtbot, page, "use_in_normalize_button")
    statistics = page.images.statistics
    assert statistics is not None
    for pipeline in (session.experiment.train_transforms, session.experiment.test_transforms):
        normalize = [step for step in pipeline.steps if step.name == "Normalize"]
        assert len(normalize) == 1
        assert normalize[0].values["mean"] == pytest.approx(statistics.mean, abs=5e-5)
        assert pipeline.steps.index(normalize[0]) > [s.name for s in pipeline.steps].index("ToTensor")
    session.undo_stack.undo()
    assert session.experiment == before


def test_class_filter_part_and_name(qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs) -> None:
    assert session.dataset is not None
    choose(qtbot, find(page, QComboBox, "class_filter"), 4)
    jobs.wait_idle()
    train, test = session.dataset.train, session.dataset.test
    assert set(train.labels[page.browser.indices]) == {3}
    assert page.browser.grid.count == int((train.labels == 3).sum())
    choose(qtbot, find(page, QComboBox, "split_choice"), 1)
    jobs.wait_idle()
    assert page.browser.grid.count == int((test.labels == 3).sum())
    assert dict(page.classes.chart.rows)["3"] == int((test.labels == 3).sum())
    qtbot.keyClicks(find(page, QLineEdit, "name_filter"), "17")
    jobs.wait_idle()
    expected = [i for i in range(len(test)) if test.labels[i] == 3 and "17" in test.name(i)]
    assert page.browser.indices.tolist() == expected


def test_clicking_a_bar_filters_and_clicking_again_shows_all(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs
) -> None:
    chart = page.classes.chart
    qtbot.mouseClick(chart, LEFT, pos=chart.row_rect(7).center())
    jobs.wait_idle()
    assert page.browser.label == 7
    assert page.browser.grid.count == chart.rows[7][1]
    qtbot.mouseClick(chart, LEFT, pos=chart.row_rect(7).center())
    jobs.wait_idle()
    assert page.browser.grid.count == 1438


def test_large_view_by_keyboard(qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs) -> None:
    assert session.dataset is not None
    grid, large = page.browser.grid, page.browser.large
    grid.setFocus()
    grid.select(2)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    jobs.wait_idle()
    assert large.isVisible() and not grid.isVisible()
    assert large.item == session.dataset.train.item(2)
    view = find(page, QWidget, "large_view_image")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    jobs.wait_idle()
    assert large.item == session.dataset.train.item(3)
    assert "32 × 32" in text_of(page, "large_view_facts")
    qtbot.mouseMove(view, view.pixel_rect(10, 12).center().toPoint())
    values = tuple(np.asarray(session.dataset.train.image(3))[12, 10].tolist())
    qtbot.waitUntil(lambda: str(values) in text_of(page, "large_view_pixel"))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert grid.isVisible() and grid.current == 3
    assert session.current_image == (session.dataset.train, 3)


def test_send_an_image_to_another_tab(qtbot: QtBot, page: DatasetsPage, session: Session) -> None:
    assert session.dataset is not None
    page.browser.grid.select(5)
    press(qtbot, page, "send_image_button")
    action = find(page, QAction, "open_in_layers_tab")
    with qtbot.waitSignal(session.image_sent) as sent:
        action.trigger()
    image: SentImage = sent.args[0]
    assert image.target == "layers_tab"
    np.testing.assert_array_equal(image.picture.image, session.dataset.train.image(5))
    action.parent().close()


def test_opening_shapes_puts_resize_first_and_can_be_undone(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    before = session.experiment
    click_source(qtbot, page, "Shapes")
    jobs.wait_idle()
    assert session.dataset is not None and session.dataset.step == DATASETS.step("shapes")
    expected = datasets.ImageFolder(sample_data("shapes", "train"))
    assert session.dataset.classes == tuple(expected.classes)
    assert page.browser.grid.count == len(expected) == 80
    first = session.experiment.train_transforms.steps[0]
    assert (first.name, first.values["size"]) == ("Resize", (32, 32))
    assert "32x32" in page.banner.text
    assert "[64, 3, 32, 32]" in text_of(page, "batch_shape")
    session.undo_stack.undo()
    jobs.wait_idle()
    assert session.experiment == before
    assert session.dataset.name == "digits"


def test_folder_with_a_broken_file_and_an_empty_class(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, odd_folder: Path
) -> None:
    assert page.accepts(odd_folder)
    page.open_paths([odd_folder])
    jobs.wait_idle()
    assert session.dataset is not None and session.dataset.classes == ("cat", "dog", "empty")
    assert dict(page.classes.chart.rows) == {"cat": 5, "dog": 4, "empty": 0}
    assert any("empty" in line for line in page.problems.lines)
    assert "broken.png" in text_of(page, "mean_std_problem")
    press(qtbot, page, "scan_button")
    jobs.wait_idle()
    assert [line for line in page.problems.lines if "broken.png" in line]
    statistics = page.images.statistics
    assert statistics is not None
    sound = sorted((odd_folder / "train").glob("*/[cd]*_*.png"))
    pixels = np.concatenate([np.asarray(Image.open(path)).reshape(-1, 3) for path in sound]) / 255
    np.testing.assert_allclose(statistics.mean, pixels.mean(0), atol=1e-9)


def test_a_listed_broken_image_opens_in_the_large_view(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, odd_folder: Path
) -> None:
    page.open_paths([odd_folder])
    jobs.wait_idle()
    press(qtbot, page, "scan_button")
    jobs.wait_idle()
    problems = find(page, QTreeView, "problems_list")
    kind = problems.model().index(0, 0)
    broken = problems.model().index(0, 0, kind)
    assert broken.data() == "broken.png"
    problems.scrollTo(broken)
    center = problems.visualRect(broken).center()
    qtbot.mouseClick(problems.viewport(), LEFT, pos=center)
    qtbot.mouseDClick(problems.viewport(), LEFT, pos=center)
    jobs.wait_idle()
    assert page.browser.large.isVisible()
    assert "broken.png" in text_of(page, "large_view_problem")


def test_a_folder_without_images_leaves_everything_as_it_was(
    page: DatasetsPage, session: Session, jobs: Jobs, tmp_path: Path
) -> None:
    before = session.experiment
    (tmp_path / "nothing").mkdir()
    page.open_paths([tmp_path / "nothing"])
    jobs.wait_idle()
    assert "nothing" in page.banner.text and page.banner.isVisible()
    assert session.experiment == before
    assert session.dataset is not None and session.dataset.name == "digits"
    assert page.browser.grid.count == 1438


def test_another_data_set_in_the_experiment_is_opened(
    page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    session.set_experiment(replace(session.experiment, dataset=DATASETS.step("shapes")))
    jobs.wait_idle()
    assert session.dataset is not None and session.dataset.step.name == "shapes"
    assert session.undo_stack.count() == 1


def test_batches_are_those_of_a_plain_data_loader(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs
) -> None:
    assert session.dataset is not None
    generator = torch.Generator().manual_seed(session.experiment.seed)
    loader = DataLoader(torch.arange(1438), 64, shuffle=True, generator=generator)
    epochs = [[batch.tolist() for batch in loader] for _ in range(2)]
    order = page.batches.order
    assert order is not None and [list(b) for b in order.batches] == epochs[0]
    epoch = find(page, QSpinBox, "batch_epoch")
    epoch.setFocus()
    qtbot.keyClick(epoch, Qt.Key.Key_Up)
    jobs.wait_idle()
    assert page.batches.order is not None
    assert [list(batch) for batch in page.batches.order.batches] == epochs[1]
    press(qtbot, page, "batch_next")
    jobs.wait_idle()
    assert list(page.batches.shown) == epochs[1][1]
    assert page.batches.grid.count == 64


def test_drop_last_says_and_shows_what_it_leaves_out(qtbot: QtBot, page: DatasetsPage, jobs: Jobs) -> None:
    assert "batches: 23, the last has 30" in text_of(page, "batch_text")
    check = find(page, QWidget, "batch_drop_last")
    qtbot.mouseClick(check, LEFT, pos=QPoint(10, check.height() // 2))
    jobs.wait_idle()
    assert "batches: 22, left out: 30" in text_of(page, "batch_text")
    press(qtbot, page, "batch_show_dropped")
    jobs.wait_idle()
    assert page.batches.grid.count == 30
    assert page.batches.order is not None
    seen = {index for batch in page.batches.order.batches for index in batch}
    assert seen | set(page.batches.shown) == set(range(1438))


def test_code_prints_what_is_shown(page: DatasetsPage, jobs: Jobs, odd_folder: Path) -> None:
    page.open_paths([odd_folder])
    jobs.wait_idle()
    (odd_folder / "train" / "cat" / "broken.png").unlink()
    ran = subprocess.run(
        [sys.executable, "-c", page.code()], capture_output=True, text=True, timeout=120, check=True
    )
    assert "train: 8 test: 4" in ran.stdout
    assert "classes: 3 cat dog empty" in ran.stdout
    assert "first: (3, 30, 20) torch.float32 cat" in ran.stdout


def test_recent_folders_are_remembered(
    page: DatasetsPage, session: Session, jobs: Jobs, odd_folder: Path
) -> None:
    page.open_paths([odd_folder])
    jobs.wait_idle()
    assert session.preferences.get("datasets.recent", []) == [
        DATASETS.step("folder", root=str(odd_folder)).to_dict("source")
    ]


@pytest.mark.shared_data
def test_cifar10_is_recognised_by_its_folder_and_by_its_root(
    page: DatasetsPage, session: Session, jobs: Jobs, shared_data: Path
) -> None:
    for path in (shared_data / "cifar-10-batches-py", shared_data):
        page.open_step(DATASETS.step("digits"))
        jobs.wait_idle()
        page.open_paths([path])
        assert jobs.wait_idle(60_000)
        assert session.dataset is not None
        assert session.dataset.step == DATASETS.step("cifar10", root=str(shared_data))
        assert page.browser.grid.count == 50_000


def _idx(array: np.ndarray) -> bytes:
    header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return gzip.compress(header + array.astype(np.uint8).tobytes(), mtime=0)


class _Server(ThreadingHTTPServer):
    """Serves ``files``; while ``hold`` is not set it stops after the first bytes."""

    daemon_threads = True

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.hold = threading.Event()
        self.hold.set()
        self.asked = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        content = self.server.files[self.path.lstrip("/")]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:10])
        self.wfile.flush()
        self.server.asked.set()
        if self.server.hold.wait(20):
            self.wfile.write(content[10:])

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def mnist_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    """A small MNIST behind a real HTTP server that torchvision's class points to."""
    random = np.random.default_rng(0)
    arrays = {"train": 40, "t10k": 20}
    files = {}
    for part, count in arrays.items():
        files[f"{part}-images-idx3-ubyte.gz"] = _idx(random.integers(0, 256, (count, 28, 28)))
        files[f"{part}-labels-idx1-ubyte.gz"] = _idx(np.arange(count) % 10)
    server = _Server(files)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    sums = [(name, hashlib.md5(content).hexdigest()) for name, content in files.items()]
    monkeypatch.setattr(datasets.MNIST, "mirrors", [f"http://127.0.0.1:{server.server_port}/"])
    monkeypatch.setattr(datasets.MNIST, "resources", sums)
    yield server
    server.hold.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_download_shows_progress_and_opens(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, mnist_server: _Server
) -> None:
    click_source(qtbot, page, "MNIST")
    press(qtbot, page, "download_button")
    assert find(page, QWidget, "download_progress").isVisible()
    qtbot.waitUntil(lambda: session.dataset is not None and session.dataset.name == "mnist", timeout=20_000)
    jobs.wait_idle()
    assert page.browser.grid.count == 40
    assert not find(page, QWidget, "download_progress").isVisible()
    sources = find(page, QListWidget, "dataset_sources")
    item = sources.findItems("MNIST", Qt.MatchFlag.MatchExactly)[0]
    assert "on disk" in item.data(Qt.ItemDataRole.AccessibleTextRole)


def test_cancelled_download_leaves_all_as_before(
    qtbot: QtBot, page: DatasetsPage, session: Session, jobs: Jobs, mnist_server: _Server
) -> None:
    mnist_server.hold.clear()
    click_source(qtbot, page, "MNIST")
    press(qtbot, page, "download_button")
    assert mnist_server.asked.wait(20)
    press(qtbot, page, "cancel_download_button")
    mnist_server.hold.set()
    assert jobs.wait_idle(30_000)
    assert not find(page, QWidget, "download_progress").isVisible()
    assert find(page, QPushButton, "download_button").isEnabled()
    assert session.dataset is not None and session.dataset.name == "digits"
    assert not page.banner.isVisible()


def test_accepts_folders_alone(page: DatasetsPage, odd_folder: Path) -> None:
    assert page.accepts(odd_folder)
    assert not page.accepts(odd_folder / "train" / "cat" / "cat_0.png")
