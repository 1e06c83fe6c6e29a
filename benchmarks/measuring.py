"""Watching the event loop of the real window; used by the benchmarks beside it."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from tudui_gui.gui.app import create_app

INTERVAL_MS = 2


class LoopWatch(QObject):
    """Notes the time between the answers of the event loop to a timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._gaps = []
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """Figures in milliseconds; ``over_limit_percent`` is the share of time spent in gaps over 16 ms."""
        self._timer.stop()
        gaps = np.array(self._gaps) * 1000
        over = gaps[gaps > 16.0].sum() / max(gaps.sum(), 1e-9) * 100
        return {
            "p50": float(np.percentile(gaps, 50)),
            "p99": float(np.percentile(gaps, 99)),
            "max": float(gaps.max()),
            "count": float(len(gaps)),
            "over_limit_percent": float(over),
        }

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now


class Measurement(QObject):
    """Opens the window, trains, watches, stops, closes."""

    def __init__(self, experiment: Path | None, data_root: Path | None, seconds: float) -> None:
        super().__init__()
        self._file = experiment
        self._data_root = data_root
        self._seconds = seconds
        self._figures: dict[str, dict[str, float]] = {}
        self._images_per_second: list[float] = []
        self._app, self._window = create_app(["responsiveness"])
        self._watch = LoopWatch(self)
        self._window.ready.connect(self._watch_idle)

    def run(self) -> dict[str, dict[str, float]]:
        self._window.resize(1280, 800)
        self._window.show()
        self._watch.start()
        self._app.exec()
        return self._figures

    @Slot()
    def _watch_idle(self) -> None:
        self._figures["loading"] = self._watch.stop()
        self._window.show_page("training_tab")
        QTimer.singleShot(1500, self._begin_idle)

    @Slot()
    def _begin_idle(self) -> None:
        self._watch.start()
        QTimer.singleShot(2000, self._train)

    @Slot()
    def _train(self) -> None:
        from tudui_gui.core.paths import resource
        from tudui_gui.training.experiment import Experiment
        from tudui_gui.training.runs import new_run_dir

        self._figures["idle"] = self._watch.stop()
        experiment = Experiment.load(self._file or resource("experiments", "digits.toml"))
        if self._data_root is not None:
            experiment = experiment.with_value("dataset.root", str(self._data_root.absolute()))
        experiment = experiment.with_value("training.epochs", 1000)
        training = self._window.session.training
        training.run_started.connect(self._begin)
        training.steps_done.connect(self._note_speed)
        training.run_ended.connect(self._end)
        training.start(experiment, new_run_dir("responsiveness"))

    @Slot(object)
    def _begin(self, event: object) -> None:
        self._watch.start()
        QTimer.singleShot(int(self._seconds * 1000), self._stop)

    @Slot(object)
    def _note_speed(self, steps: list[object]) -> None:
        self._images_per_second.append(steps[-1].images_per_second)

    @Slot()
    def _stop(self) -> None:
        self._figures["training"] = self._watch.stop()
        self._figures["speed"] = {"images_per_second": float(np.median(self._images_per_second or [0]))}
        self._window.session.training.stop()

    @Slot(object)
    def _end(self, event: object) -> None:
        if "training" not in self._figures:
            print(f"the run ended early: {event}")
            self._figures["training"] = self._watch.stop()
        QTimer.singleShot(0, self._window.close)
