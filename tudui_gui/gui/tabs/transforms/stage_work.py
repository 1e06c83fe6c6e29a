"""What the tab computes off the main thread: the stages of a pipeline."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from PIL import Image
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui.tabs.transforms.showing import ShownStage, Values, probed, show_stage, shown
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Facts, Pixels
from tudui_gui.images.reading import Picture
from tudui_gui.transforms.geometry import Point, trace
from tudui_gui.transforms.pipeline import Pipeline, Stage
from tudui_gui.transforms.running import StageRunner

__all__ = ["PREVIEW_SIDE", "Input", "ShownRow", "ShownStage", "rows_work", "shown"]

#: Longest edge of a preview: about what a column has, few enough pixels for a step in some milliseconds.
PREVIEW_SIDE = 512

#: Pixels of pictures that are exact at once: the steps of most pipelines take some 20 ms for them.
MOST_EXACT = 768 * 768


class Memory:
    """What was computed of one input. Any thread; who asks at the same time as another computes both."""

    def __init__(self) -> None:
        self.runner = StageRunner()
        self._shown: tuple[tuple[Stage, ShownStage], ...] = ()

    def shown(self, stages: Iterable[Stage], steps: tuple[Step, ...]) -> tuple[ShownStage, ...]:
        """``stages`` but the input as they are shown; what was asked for before is the same object."""
        known, pairs = dict(self._shown), []
        try:
            for place, stage in enumerate(stages):
                if place > 0:
                    ready = known.get(stage)
                    pairs.append((stage, show_stage(stage, steps[:place]) if ready is None else ready))
        finally:
            self._shown = tuple(pairs)
        return tuple(ready for _, ready in pairs)


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
    memory : Memory
        What was computed of it, for the next edit of the pipeline; gone with the input.
    """

    picture: Picture
    name: str
    image: QImage
    value: Pixels
    key: Hashable
    memory: Memory = field(default_factory=lambda: Memory(), repr=False)


@dataclass(frozen=True, eq=False)
class ShownRow:
    """What a pipeline makes of one input.

    Attributes
    ----------
    input : Input
    stages : tuple of ShownStage
        One for each step, those switched off too.
    is_exact : bool
        No stage is a preview.
    facts : Facts
        Of the input.
    values : ndarray, PictureValues or None
        The input's values by row and column, for the probe.
    traced : tuple of Stage
        The input and all stages without their pixels: what :meth:`trace` needs.
    """

    input: Input
    stages: tuple[ShownStage, ...]
    is_exact: bool
    facts: Facts | None
    values: Values | None
    traced: tuple[Stage, ...] = field(repr=False)

    def trace(self, index: int, point: Point) -> tuple[Point | None, ...]:
        """Where a point (x, y) of stage ``index``, -1 for the input, is in the input and in every stage.

        In pixels of the exact values, from the top left corner; the first of the result is the input's. None
        where it is not known, or outside. Takes no longer than a call, any thread.
        """
        return trace(self.traced, index + 1, point)


def rows_work(
    inputs: Sequence[Input],
    pipeline: Pipeline,
    seed: int,
    is_exact: bool,
    token: CancelToken,
    progress: Progress,
) -> tuple[ShownRow, ...]:
    """What ``pipeline`` makes of each input with ``seed``.

    Stages before the first step that differs from the last call with the same input are the same objects as
    then. Unless ``is_exact``, stages that would take long are previews in display resolution.
    """
    rows: list[ShownRow] = []
    for place, each in enumerate(inputs):
        progress(place / len(inputs), each.name)
        rows.append(_row(each, pipeline, seed, is_exact, token))
    return tuple(rows)


def _row(each: Input, pipeline: Pipeline, seed: int, is_exact: bool, token: CancelToken) -> ShownRow:
    runner, made = each.memory.runner, list[Stage]()
    if is_exact:
        stages = runner.walk(each.value, pipeline, seed, cancel=token)
    else:
        stages = runner.walk_preview(
            each.value, pipeline, seed, PREVIEW_SIDE, most_exact=MOST_EXACT, cancel=token
        )
    ready = each.memory.shown(_noted(stages, made), pipeline.steps)
    exact = not any(stage.is_preview for stage in made)
    return ShownRow(each, ready, exact, made[0].facts, probed(each.value), _without_values(made))


def _noted(stages: Iterable[Stage], made: list[Stage]) -> Iterator[Stage]:
    """``stages``, which are ``made`` one after another."""
    for stage in stages:
        made.append(stage)
        yield stage


def stages_work(
    image: Image.Image, pipeline: Pipeline, seed: int, token: CancelToken, progress: Progress
) -> tuple[ShownStage, ...]:
    """Every stage of ``pipeline`` but the input."""
    stages = pipeline.stages(image, seed, cancel=token)[1:]
    return tuple(show_stage(stage, pipeline.steps[: place + 1]) for place, stage in enumerate(stages))


def _without_values(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """What tracing needs, without holding pixels."""
    return tuple(replace(stage, value=None, facts=None, true_size=stage.size) for stage in stages)
