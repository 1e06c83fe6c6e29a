"""The optimisers of ``torch.optim`` that an experiment can name."""

from __future__ import annotations

import torch

from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Flag, Numbers, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP


def _lr(default: float) -> Real:
    return Real(
        name="lr",
        default=default,
        minimum=0.0,
        decimals=6,
        help=QT_TRANSLATE_NOOP("catalog", "Learning rate: how far each step goes against the gradient."),
        written=Written.BY_NAME,
    )


def _weight_decay(default: float) -> Real:
    return Real(
        name="weight_decay",
        default=default,
        minimum=0.0,
        decimals=6,
        help=QT_TRANSLATE_NOOP("catalog", "Pulls every weight towards 0 by this share (L2 penalty)."),
    )


_BETAS = Numbers(
    name="betas",
    default=(0.9, 0.999),
    minimum=0.0,
    maximum=0.999999,
    lengths=(2,),
    help=QT_TRANSLATE_NOOP("catalog", "Memory of the running means of the gradient and of its square."),
)

_EPS = Real(
    name="eps",
    default=1e-8,
    minimum=0.0,
    decimals=10,
    help=QT_TRANSLATE_NOOP("catalog", "Added to the denominator so that it is never 0."),
)

_AMSGRAD = Flag(
    name="amsgrad",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "Divide by the largest running mean so far (the AMSGrad variant)."),
)

OPTIMIZERS = Catalog(
    QT_TRANSLATE_NOOP("errors", "optimizer"),
    [
        Operation(
            "SGD",
            torch.optim.SGD,
            "torch.optim.SGD",
            (
                _lr(0.01),
                Real(
                    name="momentum",
                    default=0.0,
                    minimum=0.0,
                    help=QT_TRANSLATE_NOOP("catalog", "Share of the last step that is kept in the next one."),
                ),
                Real(
                    name="dampening",
                    default=0.0,
                    help=QT_TRANSLATE_NOOP("catalog", "Weakens the new gradient within the momentum."),
                ),
                _weight_decay(0.0),
                Flag(
                    name="nesterov",
                    default=False,
                    help=QT_TRANSLATE_NOOP(
                        "catalog", "Look ahead along the momentum; needs momentum above 0 and dampening 0."
                    ),
                ),
            ),
            help=QT_TRANSLATE_NOOP("catalog", "Stochastic gradient descent, with momentum if wanted."),
        ),
        Operation(
            "Adam",
            torch.optim.Adam,
            "torch.optim.Adam",
            (_lr(0.001), _BETAS, _EPS, _weight_decay(0.0), _AMSGRAD),
            help=QT_TRANSLATE_NOOP(
                "catalog", "Steps scaled by running means of the gradient and its square."
            ),
        ),
        Operation(
            "AdamW",
            torch.optim.AdamW,
            "torch.optim.AdamW",
            (_lr(0.001), _BETAS, _EPS, _weight_decay(0.01), _AMSGRAD),
            help=QT_TRANSLATE_NOOP("catalog", "Adam with the weight decay kept apart from the gradient."),
        ),
    ],
)
