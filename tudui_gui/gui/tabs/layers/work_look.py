"""Feature maps as they are shown: their order, colours and captions. Pure functions for pool threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui.imaging import Coloring, color_images, to_qimage
from tudui_gui.gui.tabs.layers.work_maps import compute, maps_again, whole_batch
from tudui_gui.gui.tabs.layers.work_types import MapRequest, MapResult, Maps
from tudui_gui.gui.workers import Progress

_BINS = 48
#: Side of the small pictures in pixels of the screen, where it is not known.
THUMBNAIL_SIDE = 180
#: Numbers that are coloured at once.
_CHUNK = 2**23


@dataclass(frozen=True)
class Look:
    """How maps are shown.

    Attributes
    ----------
    sort : str
        ``"index"``, or ``"mean"`` or ``"max"``: the largest first.
    color_map : str
        One of ``imaging.COLOR_MAPS``.
    range : str
        The first and the last colour are the smallest and the largest value of each ``"map"``, of all maps
        (``"common"``), or the largest distance from 0 in all maps, so that 0 has the middle colour
        (``"symmetric"``).
    contrast : float
        The gamma of the colours; below 1 dim maps are lit up.
    hides_dead : bool
        Leave out maps that are 0 everywhere.
    as_tutorial : bool
        Not the maps, but ``torch.reshape(output, (-1, 3, H, W))`` as colour pictures.
    """

    sort: str = "index"
    color_map: str = "viridis"
    range: str = "map"
    contrast: float = 1.0
    hides_dead: bool = False
    as_tutorial: bool = False

    @property
    def coloring(self) -> Coloring:
        """The colours."""
        return Coloring(self.color_map, self.contrast, self.range == "symmetric")


@dataclass(frozen=True, eq=False)
class Arranged:
    """Maps in the order in which they are shown.

    Attributes
    ----------
    order : ndarray of int64, (rows,)
        The channel of each row; the pictures' own numbers ``as_tutorial``.
    size : (int, int)
        Height and width of a map.
    images : dict
        Row -> coloured map, for the rows that were asked for.
    reshaped : Tensor or None
        ``[P, 3, H, W]``: the pictures ``as_tutorial``.
    refusal : ModelError or None
        Why there are maps although the look is ``as_tutorial``.
    """

    result: MapResult
    look: Look
    order: NDArray[np.int64]
    size: tuple[int, int]
    images: dict[int, QImage] = field(default_factory=dict)
    reshaped: Tensor | None = None
    refusal: ModelError | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.order)

    def color_range(self, row: int) -> tuple[float, float]:
        """The values of the first and the last colour of a row."""
        return (
            (0.0, 1.0) if self.reshaped is not None else bounds(self.result, int(self.order[row]), self.look)
        )

    def caption(self, row: int) -> str:
        """What stands below the map of a row."""
        channel = int(self.order[row])
        if self.reshaped is not None:
            return str(channel)
        if self.result.vector_length:
            return ""
        statistics = self.result.statistics
        nan, inf = int(statistics.nan[channel]), int(statistics.inf[channel])
        if not nan and not inf:
            return f"{channel} μ {statistics.mean[channel]:+.2f}"
        counts = [f"{count} {name}" for name, count in (("NaN", nan), ("inf", inf)) if count]
        return f"{channel} · {', '.join(counts)}"

    def row_of(self, channel: int) -> int:
        """The row of a channel; -1 if it is not shown."""
        found = np.flatnonzero(self.order == channel)
        return int(found[0]) if len(found) and self.reshaped is None else -1


def arrange(
    result: MapResult,
    look: Look,
    rows: Sequence[int],
    side: int,
    token: CancelToken,
    progress: Progress,
) -> Arranged:
    """Sort, and colour the maps of some rows for pictures of ``side`` pixels. Any pool thread."""
    bare = _sorted(result, look)
    if look.as_tutorial:
        try:
            bare = _as_tutorial(result, look, token, progress)
        except ModelError as refusal:
            bare = replace(bare, refusal=refusal)
    images = pictures(bare, [row for row in rows if row < bare.count], side, token, progress)
    return replace(bare, images=images)


def _sorted(result: MapResult, look: Look) -> Arranged:
    return Arranged(result, look, _order(result, look), _size(result))


def _as_tutorial(result: MapResult, look: Look, token: CancelToken, progress: Progress) -> Arranged:
    reshaped = _reshaped(result, token, progress)
    size = (reshaped.shape[2], reshaped.shape[3])
    return Arranged(result, look, np.arange(len(reshaped)), size, reshaped=reshaped)


def _size(result: MapResult) -> tuple[int, int]:
    return (result.maps.shape[1], result.maps.shape[2]) if result.maps.ndim == 3 else (1, 1)


def _order(result: MapResult, look: Look) -> NDArray[np.int64]:
    statistics = result.statistics
    keys = {"mean": statistics.mean, "max": statistics.maximum}
    order = np.argsort(-keys[look.sort], kind="stable") if look.sort in keys else np.arange(result.count)
    return order[~statistics.dead[order]] if look.hides_dead else order


def _reshaped(result: MapResult, token: CancelToken, progress: Progress) -> Tensor:
    output = result.outputs
    if output is None:
        output = whole_batch(result.request, token, progress)[1]
    if output.ndim != 4:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "An output of shape {shape} has no pictures to be reshaped."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a layer that gives maps."),
            shape=tuple(output.shape),
        )
    try:
        return torch.reshape(output, (-1, 3, *output.shape[2:]))
    except RuntimeError as cause:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{shape} cannot be reshaped to pictures of 3 channels."),
            remedy=QT_TRANSLATE_NOOP("errors", "Images times maps must be a multiple of 3."),
            detail=str(cause),
            shape=tuple(output.shape),
        ) from cause


def pictures(
    arranged: Arranged, rows: Sequence[int], side: int, token: CancelToken, progress: Progress
) -> dict[int, QImage]:
    """Coloured maps of some rows, for pictures of ``side`` pixels. Any pool thread."""
    if not len(rows):
        return {}
    height, width = arranged.size
    step = max(1, max(height, width) // max(1, 2 * side))
    size = max(1, _CHUNK // max(1, height * width))
    found: dict[int, QImage] = {}
    for start in range(0, len(rows), size):
        token.raise_if_cancelled()
        part = rows[start : start + size]
        colored = _reshaped_pictures if arranged.reshaped is not None else _map_pictures
        found.update(zip(part, colored(arranged, part, step, token), strict=True))
    return found


def _map_pictures(arranged: Arranged, rows: Sequence[int], step: int, token: CancelToken) -> list[QImage]:
    result, channels = arranged.result, arranged.order[list(rows)]
    maps = maps_again(result, channels.tolist(), token)
    statistics = result.statistics
    odd = np.flatnonzero((statistics.nan + statistics.inf)[channels] > 0).tolist()
    if result.vector_length:
        step, odd = 1, [0]
    reduced = _reduced(maps, step, odd)
    shown = ranges(result, channels, arranged.look)
    return color_images(reduced, shown, arranged.look.coloring, odd, _blank(result))


def _blank(result: MapResult) -> int:
    """Places after a vector's last number."""
    return result.maps.size - result.vector_length if result.vector_length else 0


def _reduced(maps: Maps, step: int, odd: Sequence[int]) -> Maps:
    """Every ``step``-th number; what is no number is kept wherever it is."""
    if step == 1:
        return maps
    reduced = maps[:, ::step, ::step].copy()
    for index in odd:
        for y, x in np.argwhere(~np.isfinite(maps[index])):
            reduced[index, y // step, x // step] = maps[index, y, x]
    return reduced


def _reshaped_pictures(
    arranged: Arranged, rows: Sequence[int], step: int, token: CancelToken
) -> list[QImage]:
    """As TensorBoard shows them: 0..1 is black to full, what is beyond is cut off."""
    assert arranged.reshaped is not None
    chosen = arranged.reshaped[list(rows)][:, :, ::step, ::step].float()
    shown = (torch.nan_to_num(chosen) * 255).clip(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
    return [to_qimage(picture) for picture in shown.contiguous().numpy()]


def ranges(result: MapResult, channels: NDArray[np.int64], look: Look) -> NDArray[np.float64]:
    """The values of the first and the last colour of some maps, (len(channels), 2)."""
    statistics = result.statistics
    if look.range == "map":
        found = np.stack([statistics.minimum[channels], statistics.maximum[channels]], axis=1)
        return np.nan_to_num(found)
    if np.isnan(statistics.minimum).all():
        return np.zeros((len(channels), 2))
    low, high = float(np.nanmin(statistics.minimum)), float(np.nanmax(statistics.maximum))
    if look.range == "symmetric":
        high = max(abs(low), abs(high))
        low = -high
    return np.tile((low, high), (len(channels), 1))


def bounds(result: MapResult, channel: int, look: Look) -> tuple[float, float]:
    """The values of the first and the last colour of one map."""
    low, high = ranges(result, np.array([channel]), look)[0].tolist()
    return low, high


@dataclass(frozen=True, eq=False)
class Detail:
    """One map in large: its picture, its histogram over ``low``..``high``, and its numbers (H, W)."""

    result: MapResult
    channel: int
    image: QImage
    counts: NDArray[np.int64]
    low: float
    high: float
    values: Maps


def detail(result: MapResult, channel: int, look: Look, token: CancelToken, progress: Progress) -> Detail:
    """Colour one map and count its values. Any pool thread."""
    values = maps_again(result, [channel], token)[0]
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts, _ = np.histogram(finite, _BINS, (low, high))
    odd = [0] if finite.size < values.size else []
    color_range = ranges(result, np.array([channel]), look)
    (image,) = color_images(values[None], color_range, look.coloring, odd, _blank(result))
    return Detail(result, channel, image, counts, low, high, values)


@dataclass(frozen=True, eq=False)
class Hints:
    """What is worth colouring at once.

    Attributes
    ----------
    rows : range
        The rows in sight.
    channel : int
        The chosen map.
    side : int
        Side of a small picture in pixels of the screen.
    """

    rows: range
    channel: int
    side: int


@dataclass(frozen=True, eq=False)
class Shown:
    """All that one update of the window needs: the maps as they are shown, and the chosen one in large."""

    arranged: Arranged
    detail: Detail | None


def show(request: MapRequest, look: Look, hints: Hints, token: CancelToken, progress: Progress) -> Shown:
    """Compute and colour what a person sees first, in one go. Raises as ``compute``."""
    return show_again(compute(request, token, progress), look, hints, token, progress)


def show_again(result: MapResult, look: Look, hints: Hints, token: CancelToken, progress: Progress) -> Shown:
    """The same maps, looked at otherwise."""
    arranged = arrange(result, look, hints.rows, hints.side, token, progress)
    if arranged.reshaped is not None or not arranged.count:
        return Shown(arranged, None)
    channel = hints.channel if arranged.row_of(hints.channel) >= 0 else int(arranged.order[0])
    return Shown(arranged, detail(result, channel, look, token, progress))
