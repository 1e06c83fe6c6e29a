"""What mixes the images of a batch with one another; it stands behind the loader, never in a pipeline."""

from __future__ import annotations

from torchvision.transforms import v2

from tudui_gui.core.operations import Catalog
from tudui_gui.core.parameters import Integer, Parameter, Real
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.entries_common import modern


def _parameters() -> tuple[Parameter, ...]:
    alpha = Real(
        name="alpha",
        default=1.0,
        minimum=0.01,
        maximum=100.0,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Shape of the Beta distribution that the share is drawn from: 1 makes all shares equally likely, "
            "less favours shares near 0 and 1, more favours halves.",
        ),
    )
    classes = Integer(
        name="num_classes",
        default=None,
        minimum=2,
        maximum=1_000_000,
        optional=True,
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Number of classes: labels become that many probabilities. None only if they are already.",
        ),
    )
    return alpha, classes


BATCH_TRANSFORMS = Catalog(
    QT_TRANSLATE_NOOP("errors", "transform of a batch"),
    (
        modern(
            v2.MixUp,
            "kind:batch random needs_tensor",
            QT_TRANSLATE_NOOP(
                "catalog", "Blend each image with its neighbour in the batch, and their labels too."
            ),
            *_parameters(),
        ),
        modern(
            v2.CutMix,
            "kind:batch random needs_tensor",
            QT_TRANSLATE_NOOP(
                "catalog",
                "Paste a rectangle of its neighbour in the batch into each image; labels are mixed by area.",
            ),
            *_parameters(),
        ),
    ),
)
