"""Running a pipeline again after an edit: what comes before the edited step is not computed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import torch
from PIL import Image
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Held, Pixels, facts
from tudui_gui.transforms.drawing import Draws
from tudui_gui.transforms.nested import flattened
from tudui_gui.transforms.pipeline import Pipeline, Stage, first_stage, next_stage
from tudui_gui.transforms.previewing import Previewer, Shrinker
from tudui_gui.transforms.scaling import DRAW_PER_PIXEL

#: Bytes of pixels that one runner keeps by default.
KEPT_BYTES = 2**30


@dataclass(frozen=True, eq=False)
class _Kept:
    """A stage, and the random state that the step after it begins with."""

    stage: Stage
    state: Tensor


@dataclass(frozen=True, eq=False)
class _Memory:
    """What an earlier run made of ``image`` with ``seed``; the input comes first."""

    image: Pixels | None = None
    seed: int | None = None
    kept: tuple[_Kept, ...] = ()

    def common(self, image: Pixels, steps: Sequence[Step], seed: int | None) -> tuple[_Kept, ...]:
        """The beginning that is the same for ``steps``."""
        if seed is None or image is not self.image or seed != self.seed:
            return ()
        same = 1
        for step, kept in zip(steps, self.kept[1:], strict=False):
            if step != kept.stage.step:
                break
            same += 1
        return self.kept[:same]

    def state_after(self, index: int, stage: Stage, begin: Tensor, end: Tensor) -> Tensor:
        """The random state after a preview of step ``index`` that began with ``begin`` and left ``end``.

        A step that draws for every pixel leaves another state in a small picture. Where it was run exactly
        from the same state for the same size, what that left is known.
        """
        if not _draws_per_pixel(stage) or index + 1 >= len(self.kept):
            return end
        before, after = self.kept[index], self.kept[index + 1]
        if _same_draws(stage, after.stage) and torch.equal(before.state, begin):
            return after.state
        return end


class StageRunner:
    """The stages of one pipeline after another on the same picture, bit for bit those of ``Pipeline.stages``.

    Stages before the first step that differs from the last run are the same objects as then. Threads may run
    at the same time: each begins with what was known when it began, and the last to end is remembered.

    Attributes
    ----------
    most_bytes : int
        Stages are remembered, from the first on, as long as their pixels fit into this.
    """

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self.most_bytes = most_bytes
        self._exact = _Memory()
        self._rough = _Memory()
        self._shrinker = Shrinker()

    def run(
        self,
        image: Pixels,
        pipeline: Pipeline,
        seed: int | None,
        *,
        cancel: CancelToken | None = None,
        with_facts: bool = True,
    ) -> tuple[Stage, ...]:
        """As ``Pipeline.stages``; ``seed`` None draws anew, and uses and leaves no memory.

        Raises
        ------
        Cancelled
            The stages made until then are not made again by the next run.
        """
        return tuple(self.walk(image, pipeline, seed, cancel=cancel, with_facts=with_facts))

    def walk(
        self,
        image: Pixels,
        pipeline: Pipeline,
        seed: int | None,
        *,
        cancel: CancelToken | None = None,
        with_facts: bool = True,
    ) -> Iterator[Stage]:
        """:meth:`run`, a stage at a time."""
        steps, draws = pipeline.steps, Draws(seed)

        def following(index: int, before: Stage) -> Stage:
            return next_stage(steps, index, before, draws, with_facts, given=image)

        made = [_with_facts(kept) if with_facts else kept for kept in self._exact.common(image, steps, seed)]
        try:
            made = made or [_Kept(first_stage(image, with_facts), draws.state)]
            yield from self._continued(made, len(steps), draws, following, cancel)
        finally:
            if seed is not None:
                self._exact = _Memory(image, seed, tuple(made))

    def preview(
        self,
        image: Pixels,
        pipeline: Pipeline,
        seed: int | None,
        side: int,
        *,
        most_exact: int | None = None,
        cancel: CancelToken | None = None,
        with_facts: bool = True,
    ) -> tuple[Stage, ...]:
        """:meth:`run` in display resolution: about ``side`` pixels along the longer edge.

        What is exact at no cost is exact: stages that the last run left, and pictures of at most
        ``most_exact`` pixels (by default ``side * side``). From the first step that would take long on,
        stages are previews (``Stage.is_preview``), without facts; crops are drawn as in :meth:`run` and show
        the same place.

        Raises
        ------
        Cancelled
        """
        stages = self.walk_preview(
            image, pipeline, seed, side, most_exact=most_exact, cancel=cancel, with_facts=with_facts
        )
        return tuple(stages)

    def walk_preview(
        self,
        image: Pixels,
        pipeline: Pipeline,
        seed: int | None,
        side: int,
        *,
        most_exact: int | None = None,
        cancel: CancelToken | None = None,
        with_facts: bool = True,
    ) -> Iterator[Stage]:
        """:meth:`preview`, a stage at a time."""
        steps, draws, exact = pipeline.steps, Draws(seed), self._exact
        most = side * side if most_exact is None else most_exact
        previewer = Previewer(steps, draws, side, most, self._shrinker, with_facts, given=image)

        def following(index: int, before: Stage) -> Stage:
            begin = draws.state
            stage = previewer.following(index, before)
            draws.state = exact.state_after(index, stage, begin, draws.state)
            return stage

        known, rough = exact.common(image, steps, seed), self._rough.common(image, steps, seed)
        made = list(rough if len(rough) > len(known) else known)
        try:
            made = made or [_Kept(previewer.first(image), draws.state)]
            yield from self._continued(made, len(steps), draws, following, cancel)
        finally:
            if seed is not None:
                self._rough = _Memory(image, seed, tuple(made))

    def _continued(
        self,
        made: list[_Kept],
        steps: int,
        draws: Draws,
        following: Callable[[int, Stage], Stage],
        cancel: CancelToken | None,
    ) -> Iterator[Stage]:
        """The stages that are ``made``, then those that follow, which are added to them while they fit."""
        yield from [kept.stage for kept in made]
        last, taken = made[-1], _bytes_of(made)
        draws.state = last.state
        for index in range(len(made) - 1, steps):
            if cancel is not None:
                cancel.raise_if_cancelled()
            stage = following(index, last.stage)
            taken += 0 if stage.value is last.stage.value else bytes_of(stage.value)
            last = _Kept(stage, draws.state)
            # A problem's fix holds all steps, those after it too: it is not that of other steps.
            if len(made) == index + 1 and taken <= self.most_bytes and stage.problem is None:
                made.append(last)
            yield stage


def bytes_of(value: Held | None) -> int:
    """What the pixels take up in memory."""
    if value is None:
        return 0
    if isinstance(value, tuple):
        return sum(map(bytes_of, value))
    if isinstance(value, Image.Image):
        return value.width * value.height * len(value.getbands()) * (4 if value.mode in ("I", "F") else 1)
    return int(value.nbytes)


def _draws_per_pixel(stage: Stage) -> bool:
    within = flattened([stage.step]) if stage.step is not None and stage.is_preview else ()
    return any(step.name in DRAW_PER_PIXEL for step in within)


def _same_draws(stage: Stage, other: Stage) -> bool:
    names = [
        [step.name for step in flattened([each.step])] for each in (stage, other) if each.step is not None
    ]
    return len(names) == 2 and names[0] == names[1] and stage.size == other.size


def _with_facts(kept: _Kept) -> _Kept:
    stage = kept.stage
    if stage.value is None or stage.facts is not None:
        return kept
    return replace(kept, stage=replace(stage, facts=facts(stage.value)))


def _bytes_of(made: Sequence[_Kept]) -> int:
    """Of all values but the input, which is its owner's; a step that is off adds nothing."""
    values = [kept.stage.value for kept in made]
    return sum(bytes_of(value) for before, value in pairwise(values) if value is not before)
