"""Losses to be worked by hand, with every reduction; training's own are in ``layers.losses``."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Choice, Flag, Integer, Parameter, Real
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_REDUCTION = Choice(
    name="reduction",
    default="mean",
    choices=("mean", "sum", "none"),
    help=QT_TRANSLATE_NOOP("catalog", "What becomes of the single losses: their mean, their sum, or none."),
)
_REDUCTION_OF_KL = Choice(
    name="reduction",
    default="mean",
    choices=("mean", "batchmean", "sum", "none"),
    help=QT_TRANSLATE_NOOP(
        "catalog",
        "The mean over all numbers, the sum divided by the images (the mathematical one), or others.",
    ),
)
_IGNORE_INDEX = Integer(
    name="ignore_index",
    default=-100,
    minimum=-100,
    maximum=100_000,
    help=QT_TRANSLATE_NOOP("catalog", "Images with this label do not count."),
)
_LABEL_SMOOTHING = Real(
    name="label_smoothing",
    default=0.0,
    minimum=0.0,
    maximum=1.0,
    help=QT_TRANSLATE_NOOP("catalog", "Share of the target spread evenly over all classes."),
)
_BETA = Real(
    name="beta",
    default=1.0,
    minimum=0.0,
    maximum=1000.0,
    help=QT_TRANSLATE_NOOP("catalog", "Differences below it count squared, those above as they are."),
)
_LOG_TARGET = Flag(
    name="log_target",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "The target is given as logarithms too."),
)


def _loss(name: str, target: type[nn.Module], takes: str, text: str, *parameters: Parameter) -> Operation:
    return Operation(
        name=name,
        target=target,
        qualname=f"nn.{name}",
        parameters=parameters,
        help=text,
        tags=frozenset({"kind:loss", f"target:{takes}"}),
    )


#: Tags: ``target:values`` takes a target of the output's shape, ``target:classes`` the index of a class for
#: each row, ``target:shares`` probabilities of the output's shape.
LOSS_CATALOG = Catalog(
    QT_TRANSLATE_NOOP("errors", "loss"),
    (
        _loss("L1Loss", nn.L1Loss, "values", QT_TRANSLATE_NOOP("catalog", "|output - target|."), _REDUCTION),
        _loss(
            "MSELoss", nn.MSELoss, "values", QT_TRANSLATE_NOOP("catalog", "(output - target)²."), _REDUCTION
        ),
        _loss(
            "SmoothL1Loss",
            nn.SmoothL1Loss,
            "values",
            QT_TRANSLATE_NOOP("catalog", "Squared for small differences, straight for large ones."),
            _REDUCTION,
            _BETA,
        ),
        _loss(
            "CrossEntropyLoss",
            nn.CrossEntropyLoss,
            "classes",
            QT_TRANSLATE_NOOP(
                "catalog",
                "Minus the logarithm of the softmax probability of the true class; takes raw logits.",
            ),
            _IGNORE_INDEX,
            _REDUCTION,
            _LABEL_SMOOTHING,
        ),
        _loss(
            "NLLLoss",
            nn.NLLLoss,
            "classes",
            QT_TRANSLATE_NOOP(
                "catalog",
                "Minus the value given for the true class; only for models that end in LogSoftmax.",
            ),
            _IGNORE_INDEX,
            _REDUCTION,
        ),
        _loss(
            "BCELoss",
            nn.BCELoss,
            "shares",
            QT_TRANSLATE_NOOP(
                "catalog", "Cross entropy of yes-or-no answers; takes probabilities between 0 and 1."
            ),
            _REDUCTION,
        ),
        _loss(
            "BCEWithLogitsLoss",
            nn.BCEWithLogitsLoss,
            "shares",
            QT_TRANSLATE_NOOP("catalog", "Sigmoid and BCELoss in one, computed more exactly."),
            _REDUCTION,
        ),
        _loss(
            "KLDivLoss",
            nn.KLDivLoss,
            "shares",
            QT_TRANSLATE_NOOP(
                "catalog", "How far the target's probabilities are from the output's; takes logarithms."
            ),
            _REDUCTION_OF_KL,
            _LOG_TARGET,
        ),
    ),
)
