"""The measurements of ``layers.py``, in the real window."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch
from dataset_figures import Row, wait_until
from measuring import LoopWatch
from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QSlider
from transform_figures import write_photo

from tudui_gui.core.paths import resource, runs_root
from tudui_gui.gui.app import create_app
from tudui_gui.gui.session import OpenModel
from tudui_gui.images.reading import read_image
from tudui_gui.layers.bench_state import array_of, first_state, nested
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.feature_maps import layer_names
from tudui_gui.models.zoo import MODELS, build_model
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.recording import run

SIDE = 224
EDIT_MS = 33
MEGABYTE = 2**20
WARM = 8


class RestWatch(QObject):
    """Notes when something has come and the event loop has nothing left to do: it is painted."""

    def __init__(self, has_come: Callable[[], bool]) -> None:
        super().__init__()
        self.moment = 0.0
        self._has_come = has_come
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._look, Qt.ConnectionType.DirectConnection)

    @Slot()
    def _look(self) -> None:
        if not self.moment and self._has_come():
            self.moment = time.perf_counter()

    def stop(self) -> None:
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._look)


class Figures:
    """Takes the measurements one after the other and keeps the figures."""

    def __init__(self, work: Path, arguments: argparse.Namespace) -> None:
        self._work = work
        self._arguments = arguments
        self._rows: dict[str, Row] = {}
        self._app, self._window = create_app(["layers"])

    def run(self) -> dict[str, Row]:
        self._window.resize(1280, 800)
        self._window.show()
        wait_until(lambda: self._window.is_ready and self._window.jobs.is_idle)
        self._window.show_page("layers_tab")
        self._rest()
        parts = {
            "arithmetic": self._arithmetic,
            "maps": self._maps,
            "layers": self._layers,
            "epochs": self._epochs,
            "memory": self._memory,
        }
        for name, measure in parts.items():
            if self._arguments.only in (None, name):
                measure()
        self._window.close()
        wait_until(lambda: not self._window.isVisible())
        return self._rows

    @property
    def _page(self) -> Any:
        return self._window.page("layers_tab")

    @property
    def _panel(self) -> Any:
        return self._page.maps

    def _rest(self) -> None:
        if not self._window.jobs.wait_idle(120_000):
            raise TimeoutError("a job does not end")

    def _took(self, act: Callable[[], object], has_come: Callable[[], bool]) -> float:
        """Milliseconds from ``act`` until what it leads to is painted."""
        watch = RestWatch(has_come)
        began = time.perf_counter()
        act()
        wait_until(lambda: watch.moment > 0)
        watch.stop()
        self._rest()
        return (watch.moment - began) * 1000

    def _median(self, name: str, times: list[float], limit: float) -> None:
        known = times[WARM:] if len(times) > 2 * WARM else times
        self._rows[f"{name}: median, ms"] = (float(np.median(known)), limit, False)
        self._rows[f"{name}: 95th percentile, ms"] = (float(np.percentile(known, 95)), float("inf"), False)

    def _open(self, seed: int = 0) -> None:
        """A photograph of 224 x 224, another one for each seed."""
        path = write_photo(self._work / f"photo_{seed}.png", (SIDE, SIDE))
        image = read_image(path).image.rotate(90 * seed)
        self._page.open_image(replace(read_image(path), image=image), path.name)

    # Arithmetic

    def _arithmetic(self) -> None:
        self._page._set_mode("arithmetic")
        self._rest()
        self._time_edits("arithmetic, 5x5", first_state(LAYERS["Conv2d"]))
        large = first_state(LAYERS["Conv2d"])
        random = np.random.default_rng(0)
        step = large.step.with_values(in_channels=3, out_channels=4)
        state = replace(
            large,
            step=step,
            given=nested(random.integers(0, 9, (1, 3, 12, 12)).astype(float)),
            kernel=nested(random.integers(-2, 3, (4, 3, 3, 3)).astype(float)),
            bias=None if large.bias is None else (0.0,) * 4,
        )
        self._time_edits("arithmetic, 3 channels of 12x12", state)
        self._page._set_mode("feature_maps")

    def _time_edits(self, name: str, state: Any) -> None:
        panel = self._page.arithmetic
        panel._edit(state)
        self._rest()
        times = []
        for number in range(self._arguments.edits + WARM):
            values = array_of(panel.state.given).copy()
            values[(0,) * (values.ndim - 2)][0, 0] = number % 7 + 10
            before = panel.worked
            times.append(
                self._took(
                    lambda: panel.input.values_edited.emit(values),  # noqa: B023 - called at once
                    lambda: panel.worked is not before,  # noqa: B023
                )
            )
        self._median(f"{name}: edit to redrawn view", times, 16.0)

    # Feature maps

    def _show_layer(self, **values: Any) -> None:
        subject = self._panel.subject
        subject.edit_requested.emit(
            replace(subject.state, kind="layer", step=LAYERS.step("Conv2d", **values), edits=()), ""
        )
        self._rest()

    def _edit_kernel(self, number: int) -> None:
        weights = self._panel.result.kernels.copy()
        weights[number % len(weights)] = np.float32(0.01 * (number % 90 + 1))
        self._panel.detail.weights_edited.emit(weights)

    def _maps(self) -> None:
        self._open()
        self._show_layer(in_channels=3, out_channels=64, kernel_size=3)
        times = []
        for number in range(self._arguments.edits + WARM):
            before = self._panel.result
            times.append(
                self._took(
                    lambda: self._edit_kernel(number),  # noqa: B023 - called at once
                    lambda: self._panel.result is not before,  # noqa: B023
                )
            )
        self._median("64 maps of 224x224: edited kernel to picture", times, 50.0)
        layer, batch = torch.nn.Conv2d(3, 64, 3), torch.rand(1, 3, SIDE, SIDE)
        self._rows["64 maps of 224x224: the layer alone: median, ms"] = (
            plain_time(layer, batch),
            float("inf"),
            False,
        )
        self._rows["64 maps of 224x224: longest stall while editing, ms"] = (self._stall(), 50.0, False)

    def _stall(self) -> float:
        """The longest gap of the event loop while kernels are edited without waiting."""
        watch, timer, count = LoopWatch(), QTimer(), iter(range(10**6))
        timer.setInterval(EDIT_MS)
        timer.timeout.connect(lambda: self._edit_kernel(next(count)))
        began = time.perf_counter()
        watch.start()
        timer.start()
        wait_until(lambda: time.perf_counter() - began > self._arguments.seconds)
        timer.stop()
        longest = watch.stop()["max"]
        self._rest()
        return longest

    # Layers of a model

    def _layers(self) -> None:
        step = MODELS.step("resnet18")
        module = build_model(step, 1000).eval()
        names = tuple(map(str, range(1000)))
        model = OpenModel("resnet18", module, step, names, (3, SIDE, SIDE), seed=0)
        self._window.session.set_open_model(model)
        self._panel.show_model()
        self._panel.card.views.set_key("layers")
        self._panel.card.views.key_chosen.emit("layers")
        self._rest()
        table = self._panel.card.layers
        times = []
        for number in range(8):
            shown: list[object] = []
            table.model().dataChanged.connect(lambda *_: shown.append(1))  # noqa: B023
            table.model().modelReset.connect(lambda *_: shown.append(1))  # noqa: B023
            times.append(self._took(lambda: self._open(number), lambda: bool(shown)))  # noqa: B023
        assert table.count == len(layer_names(module)), table.count
        limit = (float(np.median(times[1:])) / 1000, 0.5, False)
        self._rows["ResNet-18: another picture to all layers listed, s"] = limit
        plain = plain_time(module, torch.rand(1, 3, SIDE, SIDE)) / 1000
        self._rows["ResNet-18: the plain forward pass, s"] = (plain, float("inf"), False)
        self._panel.card.views.set_key("maps")
        self._panel.card.views.key_chosen.emit("maps")
        self._rest()

    # Checkpoints

    def _epochs(self) -> None:
        experiment = Experiment.load(resource("experiments", "digits.toml")).with_value("device", "cpu")
        list(run(experiment.with_value("training.epochs", 4), runs_root() / "digits-tudui-1"))
        self._open()
        self._panel.show_model()
        self._window.session.runs_changed.emit()
        self._rest()
        runs, slider = (
            self._page.findChild(QComboBox, "epochs_run"),
            self._page.findChild(QSlider, "epochs_slider"),
        )
        runs.setCurrentIndex(0)
        runs.activated.emit(0)
        self._rest()
        first, later = [], []
        for number in range(self._arguments.edits // 4 + 4):
            before = self._panel.result
            place = (3 - number - 1) % 4
            took = self._took(
                lambda: slider.setValue(place),  # noqa: B023 - called at once
                lambda: self._panel.result is not before,  # noqa: B023
            )
            (first if number < 3 else later).append(took)
        self._rows["slider over epochs: first look at a checkpoint, ms"] = (
            float(np.median(first)),
            float("inf"),
            False,
        )
        self._median("slider over epochs: a checkpoint seen before", later, 50.0)

    # Memory

    def _memory(self) -> None:
        self._open()
        self._show_layer(in_channels=3, out_channels=6, kernel_size=3)
        process = psutil.Process()
        before = process.memory_info().rss
        with PeakWatch(process) as peak:
            self._show_layer(in_channels=3, out_channels=1280, kernel_size=1)
        assert self._panel.result.count == 1280, "the layer was refused"
        kept = self._panel.result.maps.nbytes / MEGABYTE
        self._rows["1280 maps of 224x224: kept, MB"] = (kept, 70.0, False)
        self._rows["1280 maps of 224x224: most memory, MB"] = (
            (peak.most - before) / MEGABYTE,
            800.0,
            False,
        )
        after = process.memory_info().rss
        self._rows["1280 maps of 224x224: afterwards, MB"] = ((after - before) / MEGABYTE, 128.0, False)


class PeakWatch:
    """The most memory that a process has while the block runs."""

    def __init__(self, process: psutil.Process) -> None:
        self.most = 0
        self._process = process
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> PeakWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(0.002):
            self.most = max(self.most, self._process.memory_info().rss)


def plain_time(module: torch.nn.Module, batch: torch.Tensor) -> float:
    """Median milliseconds of a forward pass by PyTorch alone."""
    times = []
    with torch.inference_mode():
        for _ in range(20):
            began = time.perf_counter()
            module(batch)
            times.append((time.perf_counter() - began) * 1000)
    return float(np.median(times[4:]))
