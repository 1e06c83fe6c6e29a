"""The measurements of ``datasets.py``, in the real window."""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
from measuring import LoopWatch
from PIL import Image
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from sklearn.datasets import load_sample_images

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.paths import home
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.scan import scan
from tudui_gui.datasets.sources import Dataset, FileImageSet
from tudui_gui.datasets.statistics import channel_mean_std
from tudui_gui.gui.app import create_app
from tudui_gui.gui.widgets import decoding
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid

CLASSES = 10
THUMBNAIL = 128
SCROLL_SECONDS = 15
TIMEOUT_SECONDS = 120

#: Figure, limit, and whether the limit is a lower one.
Row = tuple[float, float, bool]


class Figures:
    """Takes the measurements one after the other and keeps the figures."""

    def __init__(self, work: Path, arguments: argparse.Namespace) -> None:
        self._work = work
        self._arguments = arguments
        self._rows: dict[str, Row] = {}
        self._app, self._window = create_app(["datasets"])

    def run(self) -> dict[str, Row]:
        self._window.resize(1280, 800)
        self._window.show()
        wait_until(lambda: self._window.is_ready and self._window.jobs.is_idle)
        parts = {"folder": self._folder, "grid": self._grid, "cifar": self._cifar, "scan": self._scan}
        for name, measure in parts.items():
            if self._arguments.only in (None, name):
                measure()
        self._window.close()
        wait_until(lambda: not self._window.isVisible())
        return self._rows

    @property
    def _grid_of_images(self) -> ThumbnailGrid:
        return self._window.page("datasets_tab").browser.grid

    def _folder(self) -> None:
        folder = self._work / "large"
        write_jpegs(folder, self._arguments.images)
        grid = self._grid_of_images
        memory = psutil.Process()
        before = memory.memory_info().rss
        watch = LoopWatch()
        watch.start()
        started = time.perf_counter()
        self._window.page("datasets_tab").open_paths([folder])
        wait_until(lambda: grid.count == train_images(self._arguments.images) and first_screen(grid))
        name = f"{self._arguments.images:,} JPEGs"
        self._rows[f"{name}: first screen of thumbnails, s"] = (time.perf_counter() - started, 1.0, False)
        self._rows[f"{name}: longest stall while opening, ms"] = (watch.stop()["max"], 250.0, False)
        self._rows[f"{name}: longest stall while scrolling, ms"] = (scroll(grid, watch), 50.0, False)
        grown = (memory.memory_info().rss - before) / 2**20
        self._rows[f"{name}: memory grown by, MiB"] = (grown, 300.0, False)

    def _grid(self) -> None:
        folder = self._work / "photos"
        photos = write_photos(folder, 400)
        images = FileImageSet(("photo",), [0] * len(photos), folder, [path.name for path in photos])
        plain, ours = [], []
        for _ in range(3):
            plain.append(rate(len(photos), lambda: [plain_thumbnail(path) for path in photos]))
            ours.append(rate(len(photos), lambda: decode_all(images)))
        share = float(np.median(ours)) / float(np.median(plain))
        self._rows["thumbnails per second of a core / plain loop's"] = (share, 0.9, True)

    def _cifar(self) -> None:
        if self._arguments.data_root is None:
            return
        window, page = self._window, self._window.page("datasets_tab")
        step = DATASETS.step("cifar10", root=str(self._arguments.data_root))
        started = time.perf_counter()
        page.open_step(step)
        wait_until(lambda: page.browser.grid.count == 50_000 and first_screen(page.browser.grid))
        self._rows["CIFAR-10: first screen of thumbnails, s"] = (time.perf_counter() - started, 1.5, False)
        wait_until(lambda: window.jobs.is_idle)
        train = window.session.dataset.train
        started = time.perf_counter()
        channel_mean_std(train, CancelToken())
        self._rows["CIFAR-10: mean and std of 50,000 images, s"] = (time.perf_counter() - started, 2.0, False)

    def _scan(self) -> None:
        if self._arguments.data_root is None:
            return
        folder = self._work / "pngs"
        cifar = open_dataset(DATASETS.step("cifar10", root=str(self._arguments.data_root)))
        files = write_pngs(folder, cifar, self._arguments.scan_images)
        started = time.perf_counter()
        for path in files:
            with Image.open(path) as image:
                image.load()
        plain = time.perf_counter() - started
        dataset = open_dataset(DATASETS.step("folder", root=str(folder)))
        started = time.perf_counter()
        scan(dataset, progress=lambda *_: None, cancel=CancelToken())
        ours = time.perf_counter() - started
        self._rows[f"scan of {len(files):,} PNGs, s"] = (ours, float("inf"), False)
        self._rows["scan / plain loop that decodes them"] = (ours / plain, 1.2, False)


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until ``condition`` holds. Raises ``TimeoutError``."""
    loop = QEventLoop()
    clock = QElapsedTimer()
    clock.start()
    limit = TIMEOUT_SECONDS * 1000
    timer = QTimer()
    timer.setInterval(2)
    timer.timeout.connect(lambda: loop.quit() if condition() or clock.hasExpired(limit) else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not condition():
        raise TimeoutError(f"waited {TIMEOUT_SECONDS} s in {home()}")


def first_screen(grid: ThumbnailGrid) -> bool:
    return all(grid.is_loaded(row) for row in grid.rows_in_sight())


def scroll(grid: ThumbnailGrid, watch: LoopWatch) -> float:
    """The longest stall in milliseconds while the grid goes from its top to its end, a step every 16 ms."""
    bar = grid.verticalScrollBar()
    begun = time.perf_counter()
    watch.start()

    def move() -> None:
        done = min(1.0, (time.perf_counter() - begun) / SCROLL_SECONDS)
        bar.setValue(round(done * bar.maximum()))

    timer = QTimer()
    timer.setInterval(16)
    timer.timeout.connect(move)
    timer.start()
    wait_until(lambda: time.perf_counter() - begun > SCROLL_SECONDS and bar.value() == bar.maximum())
    timer.stop()
    wait_until(lambda: first_screen(grid))
    return watch.stop()["max"]


def train_images(count: int) -> int:
    """Images left for training by the split of a folder that comes in one part."""
    each = count // CLASSES
    return CLASSES * (each - (each + 2) // 5)


def write_jpegs(folder: Path, count: int) -> None:
    """``count`` JPEGs of 64x48, cut from photographs, in a folder for each of ten classes."""
    pictures = [Image.fromarray(array) for array in load_sample_images().images]
    random = np.random.default_rng(0)
    contents = []
    for number in range(500):
        picture = pictures[number % len(pictures)]
        left, top = (int(random.integers(0, edge - 128)) for edge in picture.size)
        stream = io.BytesIO()
        picture.crop((left, top, left + 128, top + 96)).resize((64, 48)).save(stream, "JPEG", quality=85)
        contents.append(stream.getvalue())
    for label in range(CLASSES):
        (folder / f"class{label}").mkdir(parents=True)
    for number in range(count):
        path = folder / f"class{number % CLASSES}" / f"{number:06d}.jpg"
        path.write_bytes(contents[number % len(contents)])


def write_photos(folder: Path, count: int) -> list[Path]:
    """``count`` JPEGs of 500x375, as cameras and photo collections have them."""
    folder.mkdir(parents=True)
    pictures = [Image.fromarray(array).resize((500, 375)) for array in load_sample_images().images]
    paths = [folder / f"{number:04d}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        pictures[number % len(pictures)].save(path, quality=90)
    return paths


def write_pngs(folder: Path, dataset: Dataset, count: int) -> list[Path]:
    """The images of a data set as PNG files in train/<class> and test/<class>."""
    paths = []
    for part in ("train", "test"):
        image_set = getattr(dataset, part)
        share = min(len(image_set), round(count * len(image_set) / (len(dataset.train) + len(dataset.test))))
        for index in range(share):
            path = folder / part / image_set.label_name(index) / f"{index:05d}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            image_set.image(index).save(path, compress_level=1)
            paths.append(path)
    return paths


def plain_thumbnail(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.draft("RGB", (THUMBNAIL, THUMBNAIL))
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        return image


def decode_all(images: FileImageSet) -> None:
    """Every thumbnail through the grid's own decoder."""
    decoder = decoding.Decoder(None)
    left = set(range(len(images)))
    decoder.decoded.connect(lambda _, done: left.difference_update(index for index, _ in done))
    decoder.want(lambda index: np.asarray(images.thumbnail(index, THUMBNAIL)), THUMBNAIL, range(len(images)))
    wait_until(lambda: not left)
    decoder.stop()


def rate(count: int, work: Callable[[], object]) -> float:
    """Per second of processor time of all threads, so that other programs do not count."""
    started = time.process_time()
    work()
    return count / (time.process_time() - started)
