"""What can be told of one map's numbers: where they come from, and what they see. For pool threads."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.imaging import colorize, shrink, to_qimage
from tudui_gui.gui.tabs.layers.work_types import MapResult, ModelLayer
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import to_uint8
from tudui_gui.layers.chains import built_chain, layer_name
from tudui_gui.layers.explaining import Explainer
from tudui_gui.layers.pixel_sums import Window
from tudui_gui.layers.receptive import ReceptiveFields
from tudui_gui.layers.spelling_values import ACTIVATION_NAMES
from tudui_gui.layers.subjects import Chain
from tudui_gui.transforms.normalized import denormalized

#: Pictures of a batch that are shown before and after an activation, and their longer side in pixels.
MOST_PAIRS = 8
_PAIR_SIDE = 160
_SEEN_SIDE = 512
_PICTURES = frozenset({"Softmax", "LogSoftmax", "Dropout", "Dropout2d", "BatchNorm2d"}) | ACTIVATION_NAMES


@dataclass(frozen=True, eq=False)
class Pair:
    """A picture of the batch, and what the layer makes of it; as TensorBoard's ``add_images`` shows both."""

    index: int
    before: QImage
    after: QImage


@dataclass(frozen=True, eq=False)
class Insight:
    """What is known besides the maps themselves.

    Attributes
    ----------
    result : MapResult
    channel : int
        The map that pairs of other than three channels show.
    explainer : Explainer or None
        None where the layer's input is not known.
    seen : QImage or None
        The tensor that goes into a model as a picture; None where the input card shows it already.
    pairs : tuple of Pair
        For activations and layers that keep the shape.
    """

    result: MapResult
    channel: int
    explainer: Explainer | None
    seen: QImage | None
    pairs: tuple[Pair, ...]


class Fields:
    """The receptive fields of the layer that was asked about last. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._result: MapResult | None = None
        self._fields: ReceptiveFields | None = None

    def at(self, result: MapResult, y: int, x: int, token: CancelToken) -> Window | None:
        """What a pixel of the maps sees of the tensor that went in. Raises ``ModelError``, ``Cancelled``."""
        with self._lock:
            token.raise_if_cancelled()
            if self._fields is None or self._result is not result:
                self._fields, self._result = _fields_of(result, token), result
            return self._fields.at(y, x)


def _fields_of(result: MapResult, token: CancelToken) -> ReceptiveFields:
    subject, shape = result.request.subject, tuple(result.prepared.tensor.shape)
    if isinstance(subject, ModelLayer):
        with subject.model.lock:
            return ReceptiveFields(subject.model.module, subject.layer, shape, cancel=token)
    if isinstance(subject, Chain):
        with built_chain(subject) as sequential:
            name = layer_name(subject, subject.layer)
            return ReceptiveFields(sequential, name, shape, cancel=token)
    return ReceptiveFields(result.module, "", shape, cancel=token)


def field_work(
    fields: Fields, result: MapResult, y: int, x: int, token: CancelToken, progress: Progress
) -> Window | None:
    """:meth:`Fields.at` as a job."""
    return fields.at(result, y, x, token)


def insight_work(
    result: MapResult, channel: int, before: Insight | None, token: CancelToken, progress: Progress
) -> Insight:
    """What can be told of ``result``; an insight into the same result is used again."""
    is_same = before is not None and before.result is result
    if is_same and before is not None and not _shows_channel(result):
        return before
    explainer = before.explainer if is_same and before is not None else _explainer(result)
    token.raise_if_cancelled()
    seen = before.seen if is_same and before is not None else _seen(result)
    return Insight(result, channel, explainer, seen, _pairs(result, channel, token))


def _explainer(result: MapResult) -> Explainer | None:
    given = result.given
    if given is None or given.ndim not in (1, 3):
        return None
    return Explainer(result.module, given)


def _seen(result: MapResult) -> QImage | None:
    if not isinstance(result.request.subject, ModelLayer):
        return None
    tensor, pipeline = result.prepared.tensor, result.prepared.pipeline
    shown = tensor if pipeline is None else denormalized(tensor, pipeline)
    return shrink(to_qimage(to_uint8(shown)), _SEEN_SIDE)


def _inputs(result: MapResult) -> Tensor | None:
    """What goes into the layer for the whole batch, where the layer keeps its shape."""
    outputs = result.outputs
    if outputs is None or type(result.module).__name__ not in _PICTURES or outputs.ndim != 4:
        return None
    batch = result.prepared.batch
    if result.given is not None and len(outputs) == 1:
        batch = result.given[None]
    return batch if batch.shape == outputs.shape else None


def _shows_channel(result: MapResult) -> bool:
    inputs = _inputs(result)
    return inputs is not None and inputs.shape[1] != 3


def _pairs(result: MapResult, channel: int, token: CancelToken) -> tuple[Pair, ...]:
    inputs, outputs = _inputs(result), result.outputs
    if inputs is None or outputs is None:
        return ()
    pairs = []
    for index in range(min(MOST_PAIRS, len(inputs))):
        token.raise_if_cancelled()
        before, after = (_picture(batch[index], channel) for batch in (inputs, outputs))
        pairs.append(Pair(index, before, after))
    return tuple(pairs)


def _picture(image: Tensor, channel: int) -> QImage:
    step = max(1, max(image.shape[-2:]) // _PAIR_SIDE)
    small = image.detach()[:, ::step, ::step].cpu()
    if len(small) == 3:
        return to_qimage(to_uint8(small.clamp(0.0, 1.0)))
    values = small[min(channel, len(small) - 1)].numpy()
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    return to_qimage(colorize(values, "viridis", low, high))
