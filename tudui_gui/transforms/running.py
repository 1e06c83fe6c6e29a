"""Running a pipeline again after an edit: what comes before the edited step is not computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Held, Pixels, facts
from tudui_gui.transforms.drawing import Draws
from tudui_gui.transforms.pipeline import Pipeline, Stage, first_stage, next_stage

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


class StageRunner:
    """The stages of one pipeline after another on the same picture, bit for bit those of ``Pipeline.stages``.

    Stages before the first step that differs from the last run are the same objects as then. Threads may run
    at the same time: each begins with what was known when it began, and the last to end is remembered.

    Parameters
    ----------
    most_bytes : int
        Stages are remembered, from the first on, as long as their pixels fit into this.
    """

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._exact = _Memory()

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

        A cancelled run leaves the stages that it has made for the next.

        Raises
        ------
        Cancelled
        """
        steps, draws = pipeline.steps, Draws(seed)
        made = [_with_facts(kept) if with_facts else kept for kept in self._exact.common(image, steps, seed)]
        try:
            if not made:
                made.append(_Kept(first_stage(image, with_facts), draws.state))
            draws.state = made[-1].state
            for index in range(len(made) - 1, len(steps)):
                if cancel is not None:
                    cancel.raise_if_cancelled()
                stage = next_stage(steps, index, made[-1].stage, draws, with_facts)
                made.append(_Kept(stage, draws.state))
        finally:
            if seed is not None:
                self._exact = _Memory(image, seed, _fitting(made, self._most_bytes))
        return tuple(kept.stage for kept in made)


def bytes_of(value: Held | None) -> int:
    """What the pixels take up in memory."""
    if value is None:
        return 0
    if isinstance(value, tuple):
        return sum(map(bytes_of, value))
    if isinstance(value, Image.Image):
        return value.width * value.height * len(value.getbands()) * (4 if value.mode in ("I", "F") else 1)
    return int(value.nbytes)


def _with_facts(kept: _Kept) -> _Kept:
    stage = kept.stage
    if stage.value is None or stage.facts is not None:
        return kept
    return replace(kept, stage=replace(stage, facts=facts(stage.value)))


def _fitting(made: Sequence[_Kept], most_bytes: int) -> tuple[_Kept, ...]:
    """The longest beginning that fits; the input is its owner's, and a step that is off adds nothing."""
    taken, before = 0, made[0].stage.value if made else None
    for place, kept in enumerate(made):
        if kept.stage.value is not before:
            taken += bytes_of(kept.stage.value)
        # A problem's fix holds all steps, those after it too: it is not that of other steps.
        if taken > most_bytes or kept.stage.problem is not None:
            return tuple(made[:place])
        before = kept.stage.value
    return tuple(made)
