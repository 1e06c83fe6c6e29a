"""The ``[training]`` part of an experiment."""

from __future__ import annotations

from dataclasses import dataclass

from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Flag, Integer
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.orders import SAMPLERS


@dataclass(frozen=True)
class Settings:
    """How long and in which portions to train; see :data:`TRAINING` for the meanings and ranges."""

    epochs: int
    batch_size: int
    shuffle: bool
    sampler: str
    drop_last: bool
    num_workers: int
    channels_last: bool
    keep_epochs: bool


TRAINING = Operation(
    "training",
    Settings,
    "Settings",
    (
        Integer(
            name="epochs",
            default=10,
            minimum=1,
            maximum=100_000,
            help=QT_TRANSLATE_NOOP("catalog", "How many times every training image is seen."),
        ),
        Integer(
            name="batch_size",
            default=64,
            minimum=1,
            maximum=65_536,
            help=QT_TRANSLATE_NOOP("catalog", "Images in one optimiser step."),
        ),
        Flag(
            name="shuffle",
            default=True,
            help=QT_TRANSLATE_NOOP("catalog", "Draw a new order of the training images each epoch."),
        ),
        Choice(
            name="sampler",
            default="none",
            choices=SAMPLERS,
            help=QT_TRANSLATE_NOOP(
                "catalog",
                "weighted: WeightedRandomSampler draws every class equally often; shuffle has no effect.",
            ),
        ),
        Flag(
            name="drop_last",
            default=False,
            help=QT_TRANSLATE_NOOP("catalog", "Leave out the last batch of an epoch when it is not full."),
        ),
        Integer(
            name="num_workers",
            default=0,
            minimum=0,
            maximum=64,
            help=QT_TRANSLATE_NOOP(
                "catalog", "Processes that load images beside the training; 0 loads in place."
            ),
        ),
        Flag(
            name="channels_last",
            default=True,
            help=QT_TRANSLATE_NOOP(
                "catalog", "Keep the channels of a pixel side by side in memory: the same sums, often faster."
            ),
        ),
        Flag(
            name="keep_epochs",
            default=True,
            help=QT_TRANSLATE_NOOP(
                "catalog", "Keep a checkpoint of every epoch, not only of the last and best."
            ),
        ),
    ),
    help=QT_TRANSLATE_NOOP("catalog", "How long and in which portions to train."),
)
