"""Stages in display resolution: exact where that costs nothing, else of a small picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Held, Pixels, pictures
from tudui_gui.transforms import flow
from tudui_gui.transforms.drawing import Draws, record
from tudui_gui.transforms.geometry import Size
from tudui_gui.transforms.nested import is_container, is_random
from tudui_gui.transforms.pipeline import Stage, first_stage, next_stage, size_of
from tudui_gui.transforms.problems import build_step
from tudui_gui.transforms.scaling import Frame, apply_scaled, build_scaled, shrunk

#: Steps that take a piece out of a picture, whose size is no matter.
_CROPS = frozenset({"CenterCrop", "RandomCrop", "FiveCrop", "TenCrop"})


class Shrinker:
    """Shrinks a value once, however often it is asked for. Any thread."""

    def __init__(self) -> None:
        self._last: tuple[Held, int, Held] | None = None

    def small(self, value: Held, side: int) -> Held:
        """:func:`scaling.shrunk`."""
        last = self._last
        if last is None or last[0] is not value or last[1] != side:
            last = (value, side, shrunk(value, side))
            self._last = last
        return last[2]


@dataclass(frozen=True)
class Previewer:
    """Makes the stages of one run.

    Attributes
    ----------
    steps : sequence of Step
    draws : Draws
        Goes on from step to step.
    side : int
        About how many pixels the longer edge of a preview has.
    most_exact : int
        Pixels up to which a picture is worked on exactly.
    shrinker : Shrinker
    with_facts : bool
        Whether exact stages have facts.
    given : Pixels
        What the pipeline is given.
    """

    steps: Sequence[Step]
    draws: Draws
    side: int
    most_exact: int
    shrinker: Shrinker
    with_facts: bool
    given: Pixels

    def first(self, image: Pixels) -> Stage:
        """The input, exact in any case; the facts of a large one are left to the exact run."""
        return first_stage(image, self.with_facts and self._is_small(size_of(image)))

    def following(self, index: int, before: Stage) -> Stage:
        """What step ``index`` makes of ``before``."""
        if before.value is None or before.size is None or self._is_cheap(self.steps[index], before):
            return next_stage(self.steps, index, before, self.draws, self.with_facts, given=self.given)
        step = self.steps[index]
        if not step.enabled:
            return replace(before, step=step, skipped=True, drawn={}, problem=None)
        frame = Frame(before.size, self.side)
        small = before.value if before.is_preview else self.shrinker.small(before.value, self.side)
        try:
            made, drawn = self._scaled(step, small, frame)
        except Exception:  # It is told as it will be of the exact value.
            return self._failed(index, before)
        return Stage(step, made, drawn=drawn, true_size=frame.size)

    def _is_small(self, size: Size | None) -> bool:
        return size is None or size[0] * size[1] <= self.most_exact

    def _is_cheap(self, step: Step, before: Stage) -> bool:
        """Whether the exact result takes no longer than a preview."""
        if before.is_preview or before.value is None:
            return False
        if not step.enabled:
            return True
        after = flow.after(step, flow.form_of(before.value)).size
        if after is None or not self._is_small(after):
            return after is None and step.name not in _GROWING and self._is_small(before.size)
        takes_piece = step.name in _CROPS and step.values.get("padding") is None
        return takes_piece or self._is_small(before.size)

    def _scaled(self, step: Step, value: Held, frame: Frame) -> tuple[Held, Mapping[str, Any]]:
        if is_container(step):
            callable_step = build_scaled(step, frame)
            with self.draws.borrowed():
                return callable_step(value), {}
        transform = build_step(step)
        if not is_random(step):
            return apply_scaled(step, transform, value, frame), {}
        scale = frame.scale(value)
        with self.draws.borrowed() as start:
            drawn = record(step, transform, start)
            made = apply_scaled(step, transform, value, frame)
        return made, MappingProxyType(_of_the_true(step, drawn, *scale))

    def _failed(self, index: int, before: Stage) -> Stage:
        """The problem that the step has with a blank picture of the true size; without one, nothing."""
        assert before.value is not None and before.size is not None
        blank = _blank(before.value, before.size)
        tried = next_stage(
            self.steps,
            index,
            replace(before, value=blank, true_size=None),
            self.draws,
            False,
            given=self.given,
        )
        return tried if tried.problem is not None else Stage(self.steps[index], None, skipped=True)


_GROWING = frozenset({"RandomZoomOut", "ScaleJitter", "RandomResize", "RandomShortestSize"})


def _of_the_true(step: Step, drawn: dict[str, Any], down: float, across: float) -> dict[str, Any]:
    """``drawn`` with the lengths of the small picture as they are in the true one."""
    if step.name == "ElasticTransform" and "displacement" in drawn:
        x, y = drawn["displacement"]
        drawn["displacement"] = (x / across, y / down)
    return drawn


def _blank(value: Held, size: Size) -> Held:
    blanks = tuple(_blank_picture(picture, size) for picture in pictures(value))
    return blanks if isinstance(value, tuple) else blanks[0]


def _blank_picture(picture: Pixels, size: Size) -> Pixels:
    if isinstance(picture, Image.Image):
        return Image.new(picture.mode, (size[1], size[0]))
    if isinstance(picture, Tensor):
        return torch.zeros((*picture.shape[:-2], *size), dtype=picture.dtype)
    return np.zeros((*size, *picture.shape[2:]), dtype=picture.dtype)
