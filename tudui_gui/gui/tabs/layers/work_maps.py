"""Pictures and a layer -> feature maps. Pure functions for pool threads."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isqrt

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.tabs.layers.work_input import prepare
from tudui_gui.gui.tabs.layers.work_types import (
    MapRequest,
    MapResult,
    Maps,
    ModelLayer,
    Prepared,
    Subject,
)
from tudui_gui.gui.workers import Progress
from tudui_gui.images import opencv
from tudui_gui.layers.activity import LayerActivity, activity
from tudui_gui.layers.budget import MOST_VALUES, check_amount, images_at_once, kept_maps
from tudui_gui.layers.chains import Passed, chain_activity, run_chain, run_inside, run_layer
from tudui_gui.layers.feature_maps import ChannelStatistics, map_statistics
from tudui_gui.layers.subjects import Chain, OneLayer, with_edits

_BINS = 64
#: Numbers that are counted together.
_COUNTED_AT_ONCE = 2**16


def compute(request: MapRequest, token: CancelToken, progress: Progress) -> MapResult:
    """The feature maps of ``request``. Any pool thread.

    Raises
    ------
    ModelError, TransformError
        When the picture does not fit, the values do not go together, or the result would be too large.
    Cancelled
    """
    prepared = prepare(request, token)
    token.raise_if_cancelled()
    passed = _passed(request.subject, prepared.batch, token)
    place = 0 if isinstance(request.subject, ModelLayer) else request.index
    maps, length = as_maps(passed.output[place])
    values = _numbers(maps, length)
    statistics = map_statistics(torch.from_numpy(values), cancel=token)
    kept = kept_maps(len(maps), maps[0].size if len(maps) else 1, request.budget)
    conv = passed.module if isinstance(passed.module, nn.Conv2d) else None
    is_whole = len(passed.output) == len(request.inputs) and passed.output.numel() <= request.budget
    return MapResult(
        request=request,
        prepared=prepared,
        maps=maps if kept == len(maps) else maps[:kept].copy(),
        count=len(maps),
        vector_length=length,
        output_shape=passed.shape,
        statistics=statistics,
        histogram=_histogram(values, statistics, token) if kept < len(maps) else None,
        parameters=sum(parameter.numel() for parameter in passed.module.parameters()),
        title=repr(passed.module),
        module=passed.module,
        given=None if passed.given is None else _of_picture(passed.given, prepared, place),
        outputs=passed.output if is_whole else None,
        batch=(request.index, len(request.inputs)),
        kernels=None if conv is None else conv.weight.detach().cpu().numpy().copy(),
        notes=(*prepared.notes, *passed.notes),
    )


def _passed(subject: Subject, batch: Tensor, token: CancelToken) -> Passed:
    if isinstance(subject, OneLayer):
        return run_layer(subject, batch)
    if isinstance(subject, Chain):
        return run_chain(subject, batch, cancel=token)
    with subject.model.lock:
        token.raise_if_cancelled()
        return run_inside(subject.model.module, subject.layer, batch, edits=subject.edits, cancel=token)


def _of_picture(given: Tensor, prepared: Prepared, place: int) -> Tensor:
    """The part of a layer's input that belongs to one picture; rows given as sequences stay together."""
    each = max(1, len(given) // len(prepared.batch))
    return given[place] if each == 1 else given[place * each : (place + 1) * each]


def as_maps(output: Tensor) -> tuple[Maps, int]:
    """Maps (C, H, W) of an output without its batch; the length of a vector, which is laid out row by row."""
    values = output.detach().cpu().float()
    if values.ndim >= 3:
        return values.reshape(-1, *values.shape[-2:]).numpy(), 0
    if values.ndim == 2:
        return values.unsqueeze(0).numpy(), 0
    numbers = values.reshape(-1).numpy()
    columns = min(len(numbers), 32) if len(numbers) <= 1024 else isqrt(len(numbers))
    rows = ceil(len(numbers) / max(1, columns))
    padded = np.full(rows * columns, np.nan, np.float32)
    padded[: len(numbers)] = numbers
    return padded.reshape(1, rows, columns), len(numbers)


def _numbers(maps: Maps, vector_length: int) -> Maps:
    """The maps without the places after a vector's last number."""
    return maps.reshape(1, 1, -1)[:, :, :vector_length] if vector_length else maps


def histogram_of(result: MapResult, token: CancelToken, progress: Progress) -> NDArray[np.int64]:
    """How many of all numbers are in each of 64 equal parts of their range. Any pool thread."""
    if result.histogram is not None:
        return result.histogram
    return _histogram(_numbers(result.maps, result.vector_length), result.statistics, token)


def _histogram(maps: Maps, statistics: ChannelStatistics, token: CancelToken) -> NDArray[np.int64]:
    """A few maps at a time, to need little room."""
    counts = np.zeros(256, np.int64)
    if np.isnan(statistics.minimum).all():
        return counts[:_BINS]
    low, high = float(np.nanmin(statistics.minimum)), float(np.nanmax(statistics.maximum))
    scale = np.float32(_BINS / (high - low)) if high > low else np.float32(0.0)
    is_odd = bool((statistics.nan + statistics.inf).any())
    step = max(1, _COUNTED_AT_ONCE // max(1, statistics.size))
    for start in range(0, len(maps), step):
        token.raise_if_cancelled()
        values = maps[start : start + step].reshape(1, -1)
        known = values[np.isfinite(values)][None] if is_odd else values
        bins = np.minimum((known - np.float32(low)) * scale, np.float32(_BINS - 1)).astype(np.uint8)
        counts += opencv.count_levels(bins) if bins.size else 0
    return counts[:_BINS]


def maps_again(result: MapResult, channels: Sequence[int], token: CancelToken) -> Maps:
    """The maps of some channels, (len(channels), H, W); computed anew where they are not kept."""
    chosen = list(channels)
    if all(channel < len(result.maps) for channel in chosen):
        return result.maps[chosen]
    request = result.request
    passed = _passed(request.subject, result.prepared.batch, token)
    place = 0 if isinstance(request.subject, ModelLayer) else request.index
    return as_maps(passed.output[place])[0][chosen]


def layers_of(request: MapRequest, token: CancelToken, progress: Progress) -> tuple[LayerActivity, ...]:
    """Every layer of the chain or the model as numbers, for the shown picture. Any pool thread.

    Raises as :func:`compute`, but for what is wrong with the chosen layer alone.
    """
    subject = request.subject
    if isinstance(subject, OneLayer):
        return ()
    batch = prepare(request, token).batch
    if isinstance(subject, Chain):
        return chain_activity(subject, batch, cancel=token)
    with subject.model.lock:
        token.raise_if_cancelled()
        return activity(with_edits(subject.model.module, subject.edits), batch, cancel=token)


def whole_batch(
    request: MapRequest, token: CancelToken, progress: Progress, most: int = MOST_VALUES
) -> tuple[Tensor | None, Tensor]:
    """What goes into the layer for every picture of the batch, and what comes out: ``[N, ...]`` both.

    A few pictures at a time. Any pool thread. Raises ``ModelError`` where both would have more than ``most``
    numbers, and as :func:`compute`.
    """
    if not isinstance(request.subject, ModelLayer):
        passed = _passed(request.subject, prepare(request, token).batch, token)
        return passed.given, passed.output
    given: list[Tensor | None] = []
    outputs: list[Tensor] = []
    tensors = [prepare(_only(request, index), token).tensor for index in range(len(request.inputs))]
    size = images_at_once(*tensors[0].shape[-2:])
    for start in range(0, len(tensors), size):
        passed = _passed(request.subject, torch.stack(tensors[start : start + size]), token)
        given.append(passed.given)
        outputs.append(passed.output)
        made = sum(each.numel() for each in (*given, *outputs) if each is not None)
        check_amount(request.subject.layer or request.subject.model.name, made, most)
        progress((start + size) / len(tensors), "")
    inputs = [each for each in given if each is not None]
    return torch.cat(inputs) if len(inputs) == len(outputs) else None, torch.cat(outputs)


def _only(request: MapRequest, index: int) -> MapRequest:
    return MapRequest(request.inputs, request.subject, index, request.budget)
