"""A stage of a pipeline, ready to be shown: its picture, what the probe reads, what lies outside 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage, qRgba
from torch import Tensor

from tudui_gui.core.errors import ImageError
from tudui_gui.core.operations import Step
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.images.conversion import Facts, Held, plain_array, to_uint8
from tudui_gui.images.rgb import to_rgb
from tudui_gui.transforms.normalized import denormalized, normalizations
from tudui_gui.transforms.pipeline import Pipeline, Stage, size_of
from tudui_gui.transforms.probing import Values
from tudui_gui.transforms.problems import Problem

#: Longest edge of what is shown.
LARGEST_SHOWN = 2048

#: Pixels of a large value that are looked at at a time, and so few that they stay in the processor's cache.
_BAND, _FEW = 2**19, 2**15
_ENOUGH = 2 * LARGEST_SHOWN

_BELOW, _ABOVE = qRgba(31, 116, 209, 255), qRgba(217, 72, 31, 255)


@dataclass(frozen=True, eq=False)
class ShownStage:
    """A stage ready to be shown.

    Attributes
    ----------
    step : Step
    facts : Facts or None
        Of the exact value; None where there is no value, and of a preview.
    image : QImage or None
        As TensorBoard's ``add_image`` shows the value; at most 2048 pixels wide and high. None where there is
        no value, or one that is no picture: of two channels, for example.
    values : ndarray, PixelValues or None
        What the pixel probe reports, (height, width[, channels]): the exact values of all ``size`` pixels,
        however few of them ``image`` has. None of a preview, of several pictures, and of one that there was
        no memory to keep.
    plain : QImage or None
        The picture with every Normalize undone, where there was one.
    drawn : mapping
    problem : Problem or None
    skipped : bool
    size : (height, width) or None
        Of the exact value, also of a preview; of the first of several pictures.
    is_preview : bool
        ``image`` is computed in display resolution; facts, values and ``outside`` come with the exact row.
    outside : float
        Share, 0 to 1, of a float tensor's values that are not within 0..1: ``add_image`` cuts them off.
    outside_mask : QImage or None
        As large as ``image``, ``Format_Indexed8``: 0 transparent, 1 a channel is below 0 (or no number), 2
        one is above 1. None if ``outside`` is 0.
    """

    step: Step
    facts: Facts | None
    image: QImage | None
    values: Values | None
    plain: QImage | None
    drawn: Mapping[str, Any]
    problem: Problem | None
    skipped: bool
    size: tuple[int, int] | None = None
    is_preview: bool = False
    outside: float = 0.0
    outside_mask: QImage | None = None


def show_stage(stage: Stage, steps: tuple[Step, ...], values: Values | None) -> ShownStage:
    """``stage`` as it is shown, where ``steps`` are those up to its own. Any thread."""
    assert stage.step is not None
    image = _picture(stage.value)
    outside, mask = (0.0, None) if stage.is_preview else outside_of(stage.value, stage.facts, image)
    return ShownStage(
        step=stage.step,
        facts=stage.facts,
        image=image,
        values=None if stage.is_preview else values,
        plain=_plain(stage.value, steps),
        drawn=stage.drawn,
        problem=stage.problem,
        skipped=stage.skipped,
        size=stage.size,
        is_preview=stage.is_preview,
        outside=outside,
        outside_mask=mask,
    )


def shown(value: Held, undone: Pipeline | None = None) -> QImage:
    """``value`` as a picture, its longer edge at most 2048 pixels; with the Normalize of ``undone`` undone.

    A larger one is shown by the means of blocks of its pixels.

    Raises
    ------
    ImageError
    """
    size = size_of(value)
    factor = 1 if size is None else math.ceil(max(size) / LARGEST_SHOWN)
    if isinstance(value, tuple) or factor == 1:
        return shrink(to_qimage(to_uint8(_undone(value, undone))), LARGEST_SHOWN)
    if isinstance(value, Image.Image):
        return to_qimage(to_uint8(to_rgb(value)[0].reduce(factor)))
    bands = (to_uint8(_undone(band, undone)) for band in _bands(value, factor))
    reduced = [np.asarray(Image.fromarray(band).reduce(factor)) for band in bands]
    return to_qimage(np.concatenate(reduced))


def _undone(value: Held, undone: Pipeline | None) -> Held:
    return value if undone is None or not isinstance(value, Tensor) else denormalized(value, undone)


def _bands(value: NDArray[np.generic] | Tensor, factor: int) -> Iterator[NDArray[np.generic] | Tensor]:
    """Some rows of ``value`` at a time, a multiple of ``factor`` but for the last."""
    is_tensor = isinstance(value, Tensor)
    height, width = value.shape[-2:] if is_tensor else value.shape[:2]
    rows = max(1, _BAND // max(1, width * factor)) * factor
    for start in range(0, height, rows):
        yield value[..., start : start + rows, :] if is_tensor else value[start : start + rows]


def outside_of(value: Held | None, facts: Facts | None, image: QImage | None) -> tuple[float, QImage | None]:
    """The share of a float tensor's values outside 0..1, and where in its ``image`` they are."""
    if not isinstance(value, Tensor) or not value.is_floating_point() or value.ndim not in (2, 3):
        return 0.0, None
    if facts is not None and facts.minimum >= 0 and facts.maximum <= 1:
        return 0.0, None
    array = plain_array(value).reshape(-1, *value.shape[-2:])
    height, width = value.shape[-2:]
    count, marks = 0, np.zeros((height, width), np.uint8)
    rows = max(1, _FEW // max(1, width))
    for start in range(0, height, rows):
        band = array[:, start : start + rows]
        below, above = ~(band >= 0), band > 1
        count += int(np.count_nonzero(below)) + int(np.count_nonzero(above))
        marks[start : start + rows] = np.where(above.any(axis=0), 2, below.any(axis=0))
    if count == 0 or image is None:
        return count / max(1, value.numel()), None
    return count / value.numel(), _mask(marks, (image.height(), image.width()))


def _mask(marks: NDArray[np.uint8], size: tuple[int, int]) -> QImage:
    """A pixel for each of the shown picture; of the pixels that it stands for, the highest mark counts."""
    for axis, length in enumerate(size):
        if length < marks.shape[axis]:
            starts = np.arange(length) * marks.shape[axis] // length
            marks = np.maximum.reduceat(marks, starts, axis=axis)
    buffer = np.ascontiguousarray(marks)
    height, width = buffer.shape
    image = QImage(buffer.data, width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable([qRgba(0, 0, 0, 0), _BELOW, _ABOVE])
    return image


def _picture(value: Held | None, undone: Pipeline | None = None) -> QImage | None:
    try:
        return None if value is None else shown(value, undone)
    except ImageError:  # Its facts are shown all the same.
        return None


def _plain(value: Held | None, steps: tuple[Step, ...]) -> QImage | None:
    if isinstance(value, Tensor) and normalizations(steps):
        return _picture(value, Pipeline(steps))
    return None
