"""Small data sets and experiments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.sources import ArrayImageSet, Dataset
from tudui_gui.training.events import EpochEvaluated, Event, StepDone
from tudui_gui.training.experiment import Experiment

CLASSES = ("dark", "middle", "bright")


def make_set(count: int, seed: int = 0, size: int = 32) -> ArrayImageSet:
    """Noise of three brightnesses: easy to learn, cheap to make."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 3, count)
    noise = random.integers(0, 80, (count, size, size, 3))
    return ArrayImageSet(CLASSES, labels, (noise + 80 * labels[:, None, None, None]).astype(np.uint8))


def make_dataset(train: int = 60, test: int = 20, size: int = 32) -> Dataset:
    return Dataset(
        name="noise",
        step=DATASETS.step("digits"),
        classes=CLASSES,
        train=make_set(train, 1, size),
        test=make_set(test, 2, size),
    )


def make_table(**sections: Any) -> dict[str, Any]:
    return {
        "seed": 3,
        "device": "cpu",
        "dataset": {"source": "digits"},
        "transforms": {"train": [{"name": "ToTensor"}]},
        "model": {"name": "tudui"},
        "optimizer": {"name": "SGD", "lr": 0.01, "momentum": 0.9},
        "training": {"epochs": 2, "batch_size": 16},
        **sections,
    }


def make_experiment(**sections: Any) -> Experiment:
    return Experiment.from_dict(make_table(**sections))


def losses(events: list[Event]) -> list[tuple[int, int, float, float]]:
    return [(e.epoch, e.step, e.loss, e.lr) for e in events if isinstance(e, StepDone)]


def epochs(events: list[Event]) -> list[tuple[Any, ...]]:
    return [
        (e.epoch, e.train_loss, e.train_accuracy, e.test_loss, e.test_accuracy, e.confusion)
        for e in events
        if isinstance(e, EpochEvaluated)
    ]


def csv_without_times(path: Path) -> list[list[str]]:
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [index for index, name in enumerate(rows[0]) if "second" not in name]
    return [[row[index] for index in kept] for row in rows]
