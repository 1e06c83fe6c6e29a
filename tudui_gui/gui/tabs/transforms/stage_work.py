"""What the tab computes off the main thread: the stages of a pipeline."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PIL import Image
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui.tabs.transforms.showing import ShownStage, show_stage, shown
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Facts, Held, Pixels
from tudui_gui.images.reading import Picture
from tudui_gui.transforms.geometry import Point, trace
from tudui_gui.transforms.pipeline import Pipeline, Stage
from tudui_gui.transforms.probing import PixelSource, Values, pixel_source, pointwise, probed
from tudui_gui.transforms.running import KEPT_BYTES, StageRunner, bytes_of

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

    def known(self) -> dict[Stage, ShownStage]:
        """The stages that were shown last."""
        return dict(self._shown)

    def remember(self, shown: Mapping[Stage, ShownStage]) -> None:
        """What :meth:`known` says from now on."""
        self._shown = tuple(shown.items())


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
    values : ndarray, PixelValues or None
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
    then. Unless ``is_exact``, stages that would take long are previews in display resolution. The pixels that
    all rows keep take about a gibibyte at most, without the inputs.
    """
    rows: list[ShownRow] = []
    for place, each in enumerate(inputs):
        progress(place / len(inputs), each.name)
        each.memory.runner.most_bytes = KEPT_BYTES // len(inputs)
        rows.append(_row(each, pipeline, seed, is_exact, token))
    return tuple(rows)


def _row(each: Input, pipeline: Pipeline, seed: int, is_exact: bool, token: CancelToken) -> ShownRow:
    runner, showing = each.memory.runner, _Showing(each.memory, pipeline.steps)
    if is_exact:
        stages = runner.walk(each.value, pipeline, seed, cancel=token)
    else:
        stages = runner.walk_preview(
            each.value, pipeline, seed, PREVIEW_SIDE, most_exact=MOST_EXACT, cancel=token
        )
    try:
        first = next(stages)
        showing.begin(first)
        for stage in stages:
            showing.add(stage)
    finally:
        each.memory.remember(showing.kept)
    is_all_exact = not any(stage.is_preview for stage in showing.shown)
    return ShownRow(
        each, tuple(showing.shown), is_all_exact, first.facts, probed(each.value), tuple(showing.traced)
    )


class _Showing:
    """Makes the shown stages of a row, and lets go of pixels that there is no room for."""

    def __init__(self, memory: Memory, steps: tuple[Step, ...]) -> None:
        self._known, self._steps, self._room = memory.known(), steps, memory.runner.most_bytes
        self._value: Held | None = None
        self._pixel: PixelSource | None = None
        self.shown: list[ShownStage] = []
        self.traced: list[Stage] = []
        self.kept: dict[Stage, ShownStage] = {}

    def begin(self, stage: Stage) -> None:
        """With the input."""
        self._values(stage)
        self.traced.append(_without_value(stage))

    def add(self, stage: Stage) -> None:
        """What the next step made."""
        if stage.value is not self._value:
            self._room -= bytes_of(stage.value)
        values = self._values(stage)
        ready = self._known.get(stage)
        if ready is None:
            ready = show_stage(stage, self._steps[: len(self.traced)], values)
        self.shown.append(ready)
        self.traced.append(_without_value(stage))
        if self._room >= 0:
            self.kept[stage] = ready

    def _values(self, stage: Stage) -> Values | None:
        """In the memory of the value; where that is let go, computed for each pixel from those before it."""
        value, size = stage.value, stage.size
        self._value = value
        if self._room >= 0 or stage.step is None:
            values = probed(value)
            self._pixel = None
            if values is not None and value is not None and not isinstance(value, tuple):
                self._pixel = pixel_source(value)
            return values
        before, self._pixel = self._pixel, None
        if before is None or size is None or stage.is_preview:
            return None
        computed = pointwise(stage.step, before, size)
        self._pixel = None if computed is None else computed.pixel
        return computed


def stages_work(
    image: Image.Image, pipeline: Pipeline, seed: int, token: CancelToken, progress: Progress
) -> tuple[ShownStage, ...]:
    """Every stage of ``pipeline`` but the input."""
    stages = pipeline.stages(image, seed, cancel=token)[1:]
    return tuple(
        show_stage(stage, pipeline.steps[: place + 1], probed(stage.value))
        for place, stage in enumerate(stages)
    )


def _without_value(stage: Stage) -> Stage:
    """What tracing needs, without holding pixels."""
    return replace(stage, value=None, facts=None, true_size=stage.size)
