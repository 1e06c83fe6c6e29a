"""The losses that train a classifier: logits ``float32 [N, classes]`` against labels ``int64 [N]``."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Choice, Integer, Real
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_REDUCTION = Choice(
    name="reduction",
    default="mean",
    choices=("mean",),
    help=QT_TRANSLATE_NOOP("catalog", "Training takes the mean over the images of a batch."),
)
_IGNORE_INDEX = Integer(
    name="ignore_index",
    default=-100,
    minimum=-100,
    maximum=100_000,
    help=QT_TRANSLATE_NOOP("catalog", "Images with this label do not count."),
)

LOSSES = Catalog(
    QT_TRANSLATE_NOOP("errors", "loss"),
    (
        Operation(
            name="CrossEntropyLoss",
            target=nn.CrossEntropyLoss,
            qualname="nn.CrossEntropyLoss",
            help=QT_TRANSLATE_NOOP(
                "catalog",
                "Minus the logarithm of the softmax probability of the true class; takes raw logits.",
            ),
            parameters=(
                _IGNORE_INDEX,
                _REDUCTION,
                Real(
                    name="label_smoothing",
                    default=0.0,
                    minimum=0.0,
                    maximum=1.0,
                    help=QT_TRANSLATE_NOOP("catalog", "Share of the target spread evenly over all classes."),
                ),
            ),
        ),
        Operation(
            name="NLLLoss",
            target=nn.NLLLoss,
            qualname="nn.NLLLoss",
            help=QT_TRANSLATE_NOOP(
                "catalog",
                "Minus the value given for the true class; only for models that end in LogSoftmax.",
            ),
            parameters=(_IGNORE_INDEX, _REDUCTION),
        ),
        Operation(
            name="MultiMarginLoss",
            target=nn.MultiMarginLoss,
            qualname="nn.MultiMarginLoss",
            help=QT_TRANSLATE_NOOP(
                "catalog", "How far each wrong class comes closer to the true class's logit than the margin."
            ),
            parameters=(
                Integer(
                    name="p",
                    default=1,
                    minimum=1,
                    maximum=2,
                    help=QT_TRANSLATE_NOOP("catalog", "Power the shortfalls are raised to."),
                ),
                Real(
                    name="margin",
                    default=1.0,
                    minimum=0.0,
                    maximum=1000.0,
                    help=QT_TRANSLATE_NOOP("catalog", "Distance the true class should keep from the others."),
                ),
                _REDUCTION,
            ),
        ),
    ),
)
