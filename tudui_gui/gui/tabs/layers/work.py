"""A picture and a layer -> its feature maps. Pure functions for pool threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib.util import find_spec
from math import ceil, isqrt
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage
from torch import Tensor, nn
from torchvision.transforms import functional

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError, TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui.imaging import colorize, shrink, to_qimage
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.workers import Progress
from tudui_gui.images.reading import Picture, read_image
from tudui_gui.layers.feature_maps import (
    ChannelStatistics,
    apply_layer,
    build_layer,
    capture,
    map_statistics,
)
from tudui_gui.layers.pixel_sums import PixelSums
from tudui_gui.layers.subjects import Chain, KernelEdit, OneLayer
from tudui_gui.transforms.pipeline import Pipeline

Maps = NDArray[np.float32]

#: Longer side of what goes into a single layer, in pixels.
LONGEST_SIDE = 512
#: Values of weights and output together that a single layer may have: 256 MB.
_MOST_VALUES = 2**26
_CHUNK_VALUES = 2**22
_BINS = 48
#: Longer side of the small pictures, at most, in pixels.
THUMBNAIL_SIDE = 360


@dataclass(frozen=True, eq=False)
class ModelLayer:
    """A layer inside an open model, by its dotted name; ``""`` is the model itself."""

    model: OpenModel
    layer: str
    edits: tuple[KernelEdit, ...] = ()


Subject = OneLayer | Chain | ModelLayer


@dataclass(frozen=True, eq=False)
class MapRequest:
    """What to compute."""

    picture: Picture
    subject: Subject


@dataclass(frozen=True, eq=False)
class Prepared:
    """What goes into the layer or model.

    Attributes
    ----------
    tensor : Tensor
        ``float32 [C, H, W]``.
    image : QImage
        To show; of the tensor's size for a single layer.
    pipeline : Pipeline or None
        The model's own transforms, if it has any.
    resized_to : (height, width) or None
        When the picture had another size.
    """

    tensor: Tensor
    image: QImage
    pipeline: Pipeline | None
    resized_to: tuple[int, int] | None


@dataclass(frozen=True, eq=False)
class MapResult:
    """Feature maps and what is known of them.

    Attributes
    ----------
    maps : ndarray of float32, (C, H, W)
        A vector of N numbers is one map, filled row by row; places after the last number are NaN.
    vector_length : int
        N for a vector, else 0.
    output_shape : tuple of int
        As PyTorch has it, batch included.
    parameters : int
        Of the layer.
    title : str
        The layer as Python writes it.
    kernels : ndarray of float32, (out, in, kh, kw), or None
    sums : PixelSums or None
        For a single Conv2d.
    """

    request: MapRequest
    prepared: Prepared
    maps: Maps
    vector_length: int
    output_shape: tuple[int, ...]
    statistics: ChannelStatistics
    parameters: int
    title: str
    kernels: Maps | None
    sums: PixelSums | None


def flower() -> Picture:
    """The bundled photograph: scikit-learn's ``flower.jpg``. Raises ``ImageError``."""
    package = find_spec("sklearn")  # does not import it
    folders = package.submodule_search_locations if package else None
    return read_image(Path(next(iter(folders or ["."]))) / "datasets" / "images" / "flower.jpg")


def compute(request: MapRequest, token: CancelToken, progress: Progress) -> MapResult:
    """The feature maps of ``request``. Any pool thread.

    Raises
    ------
    ModelError, TransformError
        When the picture does not fit, the values do not go together, or the result would be too large.
    Cancelled
    """
    prepared = prepare(request.picture.image, request.subject)
    token.raise_if_cancelled()
    layer, output = _output_of(request.subject, prepared.tensor, token)
    maps, length = as_maps(output[0])
    conv = layer if isinstance(layer, nn.Conv2d) else None
    is_single = isinstance(request.subject, OneLayer)
    return MapResult(
        request=request,
        prepared=prepared,
        maps=maps,
        vector_length=length,
        output_shape=tuple(output.shape),
        statistics=_statistics(maps, token),
        parameters=sum(parameter.numel() for parameter in layer.parameters()),
        title=repr(layer),
        kernels=None if conv is None else conv.weight.detach().numpy().copy(),
        sums=PixelSums(conv, prepared.tensor) if conv is not None and is_single else None,
    )


def prepare(image: Image.Image, subject: Subject) -> Prepared:
    """The picture as the subject takes it. Raises ``TransformError``."""
    if isinstance(subject, OneLayer):
        return _prepare_for_layer(image)
    classifier = subject.model.classifier
    if classifier is None:
        _, height, width = subject.model.input_shape
        resized = functional.resize(image, [height, width])
        changed = (height, width) if (height, width) != (image.height, image.width) else None
        return Prepared(functional.to_tensor(resized), _shown(image), None, changed)
    pipeline = classifier.pipeline_for(image)
    try:
        tensor: Tensor = pipeline.build()(image)
    except (RuntimeError, ValueError, TypeError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "The model's test transforms cannot take this picture."),
            remedy=QT_TRANSLATE_NOOP("errors", "Open another picture."),
            detail=str(cause),
        ) from cause
    return Prepared(tensor, _shown(image), pipeline, (tensor.shape[1], tensor.shape[2]))


def capped_size(width: int, height: int) -> tuple[int, int]:
    """(height, width) of a picture with its longer side at most :data:`LONGEST_SIDE`."""
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(height * scale)), max(1, round(width * scale))


def _prepare_for_layer(image: Image.Image) -> Prepared:
    size = capped_size(image.width, image.height)
    resized_to = size if size != (image.height, image.width) else None
    given = functional.resize(image, list(size)) if resized_to else image
    return Prepared(functional.to_tensor(given), to_qimage(np.asarray(given)), None, resized_to)


def _shown(image: Image.Image) -> QImage:
    return shrink(to_qimage(np.asarray(image)), LONGEST_SIDE)


def _output_of(subject: Subject, tensor: Tensor, token: CancelToken) -> tuple[nn.Module, Tensor]:
    batch = tensor.unsqueeze(0)
    if isinstance(subject, OneLayer):
        _check_amount(subject.step, batch)
        return build_layer(subject.step, subject.seed), apply_layer(subject.step, batch, subject.seed)
    module = subject.model.module
    with subject.model.lock:
        token.raise_if_cancelled()
        captured = capture(module, [subject.layer], batch, cancel=token)
    if subject.layer not in captured:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The layer {layer} is not used when the model runs."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
            layer=subject.layer,
        )
    return module.get_submodule(subject.layer), captured[subject.layer]


def _check_amount(step: Step, batch: Tensor) -> None:
    """Refuse a layer whose result would not fit, before any of it is allocated."""
    try:
        with torch.device("meta"), torch.no_grad():
            layer = step.build()
            output = layer(batch.to("meta"))
    except (RuntimeError, ValueError, TypeError, IndexError, NotImplementedError):
        return  # what does not go together is explained when it is built in earnest
    output = output[0] if isinstance(output, tuple) else output
    values = output.numel() + sum(parameter.numel() for parameter in layer.parameters())
    if values > _MOST_VALUES:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{layer} would need {values} numbers here; up to {most} are shown."),
            remedy=QT_TRANSLATE_NOOP("errors", "Make its output smaller, or open a smaller picture."),
            layer=step.name,
            values=f"{values:,}",
            most=f"{_MOST_VALUES:,}",
        )


def as_maps(output: Tensor) -> tuple[Maps, int]:
    """Maps (C, H, W) of an output without its batch; the length of a vector, which is laid out row by row."""
    values = output.detach().float()
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


def _statistics(maps: Maps, token: CancelToken) -> ChannelStatistics:
    size = max(1, _CHUNK_VALUES // max(1, maps[0].size)) if len(maps) else 1
    parts = []
    for start in range(0, len(maps), size):
        token.raise_if_cancelled()
        parts.append(map_statistics(torch.from_numpy(maps[start : start + size])))
    joined = {f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(parts[0])}
    return ChannelStatistics(**joined)


@dataclass(frozen=True)
class Look:
    """How maps are shown: order, colour map, one range for all or each its own."""

    sort: str = "index"
    color_map: str = "viridis"
    common: bool = False


@dataclass(frozen=True, eq=False)
class Arranged:
    """Maps as they are shown. ``order[row]`` is the channel of a row.

    ``ranges`` (C, 2) are the finite minimum and maximum of each row, ``images`` the coloured maps, reduced.
    """

    result: MapResult
    maps: Maps
    order: tuple[int, ...]
    captions: tuple[str, ...]
    ranges: NDArray[np.float64]
    images: tuple[QImage, ...]


def arrange(result: MapResult, look: Look, token: CancelToken, progress: Progress) -> Arranged:
    """Sort by ``"index"``, or by ``"mean"`` or ``"max"`` from the largest; colour. Any pool thread."""
    statistics = result.statistics
    keys = {"mean": statistics.mean, "max": statistics.maximum}
    order: Sequence[int] = range(len(result.maps))
    maps = result.maps
    if look.sort in keys:
        order = np.argsort(-keys[look.sort], kind="stable").tolist()
        maps = maps[order]
    rows = list(order)
    ranges = np.stack([statistics.minimum[rows], statistics.maximum[rows]], axis=1)
    captions = tuple(f"{index} μ {statistics.mean[index]:+.2f}" for index in order)
    images = tuple(_thumbnail(result, channel, look, token) for channel in order)
    return Arranged(result, maps, tuple(order), captions, ranges, images)


def _thumbnail(result: MapResult, channel: int, look: Look, token: CancelToken) -> QImage:
    token.raise_if_cancelled()
    values = result.maps[channel]
    step = max(1, ceil(max(values.shape) / THUMBNAIL_SIDE))
    return to_qimage(colorize(values[::step, ::step], look.color_map, *bounds(result, channel, look.common)))


def bounds(result: MapResult, channel: int, common: bool) -> tuple[float, float]:
    """The values of the first and the last colour."""
    statistics = result.statistics
    chosen = slice(None) if common else slice(channel, channel + 1)
    low, high = statistics.minimum[chosen], statistics.maximum[chosen]
    if np.isnan(low).all():
        return 0.0, 0.0
    return float(np.nanmin(low)), float(np.nanmax(high))


@dataclass(frozen=True, eq=False)
class Detail:
    """One map in large: its picture and its histogram over ``low``..``high``."""

    result: MapResult
    channel: int
    image: QImage
    counts: NDArray[np.int64]
    low: float
    high: float


def detail(result: MapResult, channel: int, look: Look, token: CancelToken, progress: Progress) -> Detail:
    """Colour one map and count its values. Any pool thread."""
    values = result.maps[channel]
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts, _ = np.histogram(finite, _BINS, (low, high))
    image = to_qimage(colorize(values, look.color_map, *bounds(result, channel, look.common)))
    return Detail(result, channel, image, counts, low, high)
