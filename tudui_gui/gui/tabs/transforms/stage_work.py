"""What the tab computes off the main thread: the stages of a pipeline, draws of its random steps."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from PySide6.QtGui import QImage
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Facts, Pixels, to_uint8
from tudui_gui.images.reading import Picture, read_image
from tudui_gui.transforms.pipeline import Pipeline, Stage
from tudui_gui.transforms.problems import Problem

#: Draws of a random step that are shown side by side.
DRAWS = 10

_KEYS = itertools.count()
_LARGEST_SHOWN = 2048
_DRAW_SIDE = 256


@dataclass(frozen=True, eq=False)
class Input:
    """A picture to try the pipeline on, and as it is shown.

    Attributes
    ----------
    picture : Picture
        Its file, reader and picture in the file; its ``image`` is always RGB.
    name : str
    image : QImage
        ``value`` as it is shown; at most 2048 pixels wide and high.
    value : PIL.Image.Image or ndarray
        What the pipeline gets: the RGB picture, or with OpenCV ``uint8 [H, W, 3]``, blue first.
    key : Hashable
        Another one for other pixels.
    """

    picture: Picture
    name: str
    image: QImage
    value: Pixels
    key: Hashable


@dataclass(frozen=True, eq=False)
class ShownStage:
    """A stage ready to be shown.

    Attributes
    ----------
    step : Step
    facts : Facts or None
    image : QImage or None
        As TensorBoard's ``add_image`` shows the value; at most 2048 pixels wide and high.
    values : ndarray or None
        What the pixel probe reports, (height, width[, channels]).
    plain : QImage or None
        The picture with every Normalize undone, where there was one.
    drawn : mapping
    problem : Problem or None
    skipped : bool
    """

    step: Step
    facts: Facts | None
    image: QImage | None
    values: np.ndarray | None
    plain: QImage | None
    drawn: Mapping[str, Any]
    problem: Problem | None
    skipped: bool


@dataclass(frozen=True, eq=False)
class Draw:
    """One draw: the seed that gives it, the picture, and the numbers drawn by the steps shown."""

    seed: int
    image: QImage
    drawn: Mapping[str, Any]


def input_work(picture: Picture, name: str, token: CancelToken, progress: Progress) -> Input:
    """``picture`` ready to be shown."""
    return Input(picture, name, _shown(picture.image), picture.image, next(_KEYS))


def file_work(path: Path, token: CancelToken, progress: Progress) -> Input:
    """The picture in a file. Raises ``ImageError``."""
    return input_work(read_image(path), path.name, token, progress)


def dataset_work(image_set: ImageSet, index: int, token: CancelToken, progress: Progress) -> Input:
    """An image of a data set. Raises ``ImageError``."""
    path = image_set.path(index)
    if path is not None:
        return file_work(path, token, progress)
    image = image_set.image(index)
    picture = Picture(image, None, "", image_set.item(index).mode, image.size)
    name, label = image_set.name(index), image_set.label_name(index)
    return input_work(picture, f"{name} ({label})" if label else name, token, progress)


def stages_work(
    image: Image.Image, pipeline: Pipeline, seed: int, token: CancelToken, progress: Progress
) -> tuple[ShownStage, ...]:
    """Every stage of ``pipeline`` but the input."""
    stages = pipeline.stages(image, seed, cancel=token)[1:]
    return tuple(_show(stage, pipeline.steps[: place + 1]) for place, stage in enumerate(stages))


def draws_work(
    image: Image.Image, pipeline: Pipeline, index: int, seed: int, token: CancelToken, progress: Progress
) -> tuple[Draw, ...]:
    """What the steps up to ``index`` make of ``image`` with the seeds ``seed`` to ``seed + 9``.

    The deterministic beginning is computed once: it draws nothing, so the result is the same. Empty when a
    step fails.
    """
    steps = pipeline.steps[: index + 1]
    first = next((i for i, step in enumerate(steps) if is_random(step)), len(steps))
    value = Pipeline(steps[:first]).stages(image, seed, cancel=token, with_facts=False)[-1].value
    draws: list[Draw] = []
    for number in range(DRAWS):
        if value is None:
            break
        stages = Pipeline(steps[first:]).stages(value, seed + number, cancel=token, with_facts=False)
        last = stages[-1]
        if last.value is None:
            break
        drawn = last.drawn or _all_drawn(stages)
        draws.append(Draw(seed + number, shrink(_shown(_plain(last.value, steps)), _DRAW_SIDE), drawn))
    return tuple(draws)


def is_random(step: Step) -> bool:
    """Whether an enabled step draws random numbers."""
    return step.enabled and "random" in step.operation.tags


def _all_drawn(stages: Sequence[Stage]) -> dict[str, Any]:
    return {name: value for stage in stages for name, value in stage.drawn.items()}


def _show(stage: Stage, steps: tuple[Step, ...]) -> ShownStage:
    value = stage.value
    assert stage.step is not None
    image = None if value is None else _shown(value)
    values = None if value is None or image is None else _probed(value, image)
    has_plain = isinstance(value, Tensor) and any(s.enabled and s.name == "Normalize" for s in steps)
    plain = _shown(_plain(value, steps)) if has_plain and value is not None else None
    return ShownStage(
        stage.step, stage.facts, image, values, plain, stage.drawn, stage.problem, stage.skipped
    )


def _shown(value: Pixels) -> QImage:
    return shrink(to_qimage(to_uint8(value)), _LARGEST_SHOWN)


def _probed(value: Pixels, image: QImage) -> np.ndarray | None:
    if isinstance(value, Tensor):
        array = value.numpy() if value.ndim == 2 else value.movedim(-3, -1).numpy()
    else:
        array = np.asarray(value)
    return array if array.shape[:2] == (image.height(), image.width()) else None


def _plain(value: Pixels, steps: Sequence[Step]) -> Pixels:
    """``value`` with the enabled Normalize steps undone, the last first."""
    if not isinstance(value, Tensor):
        return value
    for step in reversed(steps):
        if step.enabled and step.name == "Normalize":
            mean, std = (torch.tensor(step.values[name])[:, None, None] for name in ("mean", "std"))
            value = value * std + mean
    return value
