"""The measurements of ``transforms.py``, in the real window."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from dataset_figures import Row, wait_until
from measuring import LoopWatch
from PIL import Image
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Qt, QTimer, Slot
from sklearn.datasets import load_sample_images
from torchvision import transforms

from tudui_gui.core.operations import Step
from tudui_gui.gui.app import create_app
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

WIDTH, HEIGHT = 768, 512
LARGE = (6000, 4000)
FRAME_MS = 16

step = TRANSFORMS.step


class PaintWatch(QObject):
    """Notes when rows have come and what they changed is painted: the loop has nothing left to do."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.painted: list[tuple[float, Any]] = []
        self._rows: Any = None
        self._has_painted = False
        self._strip = page.strip
        self._strip.installEventFilter(self)
        for column in (page.strip.input_column, *page.strip.columns):
            column.view.installEventFilter(self)
        page.requests.rows_ready.connect(self._note)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(
            self._end, Qt.ConnectionType.DirectConnection
        )

    @Slot(object)
    def _note(self, rows: Any) -> None:
        self._rows, self._has_painted = rows, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._has_painted = True
        return False

    @Slot()
    def _end(self) -> None:
        if self._rows is not None and self._has_painted:
            self.painted.append((time.perf_counter(), self._rows))
            self._rows = None


class Figures:
    """Takes the measurements one after the other and keeps the figures."""

    def __init__(self, work: Path, arguments: argparse.Namespace) -> None:
        self._work = work
        self._arguments = arguments
        self._rows: dict[str, Row] = {}
        self._app, self._window = create_app(["transforms"])

    def run(self) -> dict[str, Row]:
        self._window.resize(1280, 800)
        self._window.show()
        wait_until(lambda: self._window.is_ready and self._window.jobs.is_idle)
        self._window.show_page("transforms_tab")
        wait_until(lambda: self._window.jobs.is_idle and self._page.requests.is_settled)
        parts = {"overhead": self._overhead, "edit": self._edit, "large": self._large}
        for name, measure in parts.items():
            if self._arguments.only in (None, name):
                measure()
        self._window.close()
        wait_until(lambda: not self._window.isVisible())
        return self._rows

    @property
    def _page(self) -> Any:
        return self._window.page("transforms_tab")

    def _show(self, picture: Path, steps: Sequence[Step]) -> PaintWatch:
        """Open ``picture`` and wait until all its exact stages are there."""
        self._page.scratch.edit(tuple(steps))
        self._page.open_paths([picture])
        wait_until(lambda: self._page.input.input is not None and self._page.input.input.name == picture.name)
        self._rest()
        return PaintWatch(self._page)

    def _rest(self) -> None:
        wait_until(lambda: self._window.jobs.is_idle and self._page.requests.is_settled)

    def _edit(self) -> None:
        picture = write_photo(self._work / "small.png", (WIDTH, HEIGHT))
        watch = self._show(picture, four_steps())
        times: dict[str, list[float]] = {"Resize": [], "RandomCrop": [], "Normalize": []}
        made = due = 0
        work: list[float] = []
        for number in range(self._arguments.edits + 10):
            index, changed = edited(number)
            before = watch.painted[-1][1] if watch.painted else self._page.strip.rows
            began, seen, busy = time.perf_counter(), len(watch.painted), time.process_time()
            self._page.scratch.change(index, changed)
            wait_until(lambda: len(watch.painted) > seen)  # noqa: B023 - called at once
            work.append((time.process_time() - busy) * 1000)
            if number >= 10:
                times[changed.name].append((watch.painted[-1][0] - began) * 1000)
            known = {id(stage) for stage in before[0].row.stages}
            made += sum(id(stage) not in known for stage in watch.painted[-1][1][0].row.stages)
            due += 4 - index
            self._rest()
        every = [one for some in times.values() for one in some]
        self._rows["edit: all stages painted, median, ms"] = (float(np.median(every)), 33.0, False)
        self._rows["edit: all stages painted, 99th percentile, ms"] = (
            float(np.percentile(every, 99)),
            80.0,
            False,
        )
        self._rows["edit: processor time of all threads, median, ms"] = (
            float(np.median(work)),
            float("inf"),
            False,
        )
        for name, some in times.items():
            self._rows[f"edit of {name}: median, ms"] = (float(np.median(some)), float("inf"), False)
        self._rows["edit: stages computed / stages from the edited step on"] = (made / due, 1.0, False)

    def _large(self) -> None:
        picture = write_photo(self._work / "large.jpg", LARGE)
        self._drag(picture, "Resize", four_steps(), 0, lambda n: step("Resize", size=300 + n % 200))
        blurred = (step("GaussianBlur", kernel_size=9), step("ToTensor"), step("Normalize"))
        self._drag(
            picture,
            "GaussianBlur",
            blurred,
            0,
            lambda n: step("GaussianBlur", kernel_size=9, sigma=0.5 + n % 100 / 50),
        )

    def _drag(
        self, picture: Path, name: str, steps: Sequence[Step], index: int, value: Callable[[int], Step]
    ) -> None:
        paint, loop = self._show(picture, steps), LoopWatch()
        asked: list[tuple[float, Step]] = []

        def move() -> None:
            changed = value(len(asked))
            asked.append((time.perf_counter(), changed))
            self._page.scratch.change(index, changed)

        timer = QTimer()
        timer.setInterval(FRAME_MS)
        timer.timeout.connect(move)
        begun, seen = time.perf_counter(), len(paint.painted)
        loop.start()
        timer.start()
        wait_until(lambda: time.perf_counter() - begun > self._arguments.seconds)
        timer.stop()
        stall = loop.stop()["max"]
        loop.start()
        last = asked[-1][0]
        moving = [each for each in paint.painted[seen:] if each[0] <= last]
        wait_until(lambda: bool(paint.painted) and is_of(paint.painted[-1][1], asked[-1][1], index))
        settling = loop.stop()["max"]
        exact = paint.painted[-1][0] - last
        self._rest()
        waits = delays(asked, moving, index)
        title = f"24 megapixels, {name} dragged"
        self._rows[f"{title}: value to preview, median, ms"] = (float(np.median(waits)), 100.0, False)
        self._rows[f"{title}: value to preview, 99th percentile, ms"] = (
            float(np.percentile(waits, 99)),
            250.0,
            False,
        )
        self._rows[f"{title}: longest stall meanwhile, ms"] = (stall, 50.0, False)
        self._rows[f"{title}: longest stall while the exact stages are made, ms"] = (settling, 100.0, False)
        self._rows[f"{title}: previews per second"] = (
            len(moving) / self._arguments.seconds,
            10.0,
            True,
        )
        self._rows[f"{title}: exact after the last value, s"] = (exact, float("inf"), False)

    def _overhead(self) -> None:
        image = Image.open(write_photo(self._work / "plain.png", (WIDTH, HEIGHT))).convert("RGB")
        pipeline = Pipeline(tuple(four_steps()))
        chain = [
            transforms.Resize(480),
            transforms.RandomCrop(448),
            transforms.ToTensor(),
            transforms.Normalize([0.5] * 3, [0.5] * 3),
        ]

        def plain() -> Any:
            torch.manual_seed(0)
            value: Any = image
            for transform in chain:
                value = transform(value)
            return value

        works = {
            "plain": plain,
            "stages": lambda: pipeline.stages(image, 0, with_facts=False)[-1].value,
            "facts": lambda: pipeline.stages(image, 0)[-1].value,
        }
        assert torch.equal(works["plain"](), works["stages"]())
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(60):
            for name, work in works.items():
                began = time.perf_counter()
                work()
                times[name].append(time.perf_counter() - began)
        best = {name: float(np.median(some)) for name, some in times.items()}
        self._rows["stages without facts / torchvision called directly"] = (
            best["stages"] / best["plain"],
            1.3,
            False,
        )
        self._rows["stages with facts / torchvision called directly"] = (
            best["facts"] / best["plain"],
            float("inf"),
            False,
        )


def four_steps() -> list[Step]:
    """The tutorial's four, large."""
    return [step("Resize", size=480), step("RandomCrop", size=448), step("ToTensor"), step("Normalize")]


def edited(number: int) -> tuple[int, Step]:
    """The index and the new step of the edit ``number``: each step that has parameters in turn."""
    small = 1 + number % 30
    return (
        (0, step("Resize", size=480 + small)),
        (1, step("RandomCrop", size=448 - small)),
        (3, step("Normalize", mean=(0.4 + small / 100, 0.5, 0.5))),
    )[number % 3]


def is_of(rows: Any, changed: Step, index: int) -> bool:
    """Whether ``rows`` are the exact ones of the value."""
    return bool(rows[0].row.is_exact and rows[0].row.stages[index].step == changed)


def delays(
    asked: Sequence[tuple[float, Step]], painted: Sequence[tuple[float, Any]], index: int
) -> list[float]:
    """For every value, the milliseconds until it or a newer one was painted."""
    places = {id(changed): place for place, (_, changed) in enumerate(asked)}
    waits: list[float] = []
    newest = -1
    for when, rows in painted:
        place = places.get(id(rows[0].row.stages[index].step), -1)
        waits += [(when - asked[each][0]) * 1000 for each in range(newest + 1, place + 1)]
        newest = max(newest, place)
    return waits


def write_photo(path: Path, size: tuple[int, int]) -> Path:
    """A photograph of scikit-learn's, enlarged."""
    Image.fromarray(load_sample_images().images[0]).resize(size, Image.Resampling.BICUBIC).save(
        path, quality=90
    )
    return path
