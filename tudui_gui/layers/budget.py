"""How much of what layers give is computed at once, and how much of it is kept."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: float32 numbers of one layer's maps that are kept: 64 MB. Others are computed again when looked at.
KEPT_VALUES = 2**24
#: Numbers of weights and output together that may be made at once: 256 MB.
MOST_VALUES = 2**26
#: Pixels of the pictures that go through a model at once, when a whole batch does.
_PIXELS_AT_ONCE = 8 * 224 * 224


def kept_maps(count: int, size: int, budget: int = KEPT_VALUES) -> int:
    """How many of ``count`` maps of ``size`` numbers are kept; at least one."""
    return min(count, max(1, budget // max(1, size)))


def images_at_once(height: int, width: int) -> int:
    """How many pictures of this size go through a model together."""
    return max(1, _PIXELS_AT_ONCE // max(1, height * width))


def values_needed(layer: nn.Module, *given: Tensor) -> int | None:
    """Numbers of weights and output of a layer on the ``meta`` device; None for what does not go together."""
    try:
        with torch.no_grad():
            output = layer(*(each.to("meta") for each in given))
    except (RuntimeError, ValueError, TypeError, IndexError, NotImplementedError):
        return None  # explained when it is run in earnest
    output = output[0] if isinstance(output, tuple) else output
    return int(output.numel()) + sum(parameter.numel() for parameter in layer.parameters())


def check_amount(name: str, values: int | None, most: int = MOST_VALUES) -> None:
    """Raise ``ModelError`` for a layer whose result would not fit, before any of it is allocated."""
    if values is not None and values > most:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{layer} would need {values} numbers here; up to {most} are shown."),
            remedy=QT_TRANSLATE_NOOP("errors", "Make its output smaller, or open a smaller picture."),
            layer=name,
            values=f"{values:,}",
            most=f"{most:,}",
        )
