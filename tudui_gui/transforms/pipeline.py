"""A list of transforms: built for training, or applied one by one to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from PIL import Image
from torch import Tensor
from torchvision import transforms

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TransformError, TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.conversion import Facts, Held, facts, pictures
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.drawing import Draws, record
from tudui_gui.transforms.nested import flattened, inner_steps, is_random, with_inner_steps
from tudui_gui.transforms.problems import Problem, build_step, check_size, diagnose

#: Steps that a pipeline read from a file or a text may have, those within containers too.
MOST_STEPS = 200

_CROPS = frozenset({"RandomCrop", "RandomResizedCrop"})


@dataclass(frozen=True, eq=False)
class Stage:
    """What a pipeline holds at one place.

    Attributes
    ----------
    step : Step or None
        The step that made it; ``None`` for the input.
    value : PIL image, ndarray, Tensor, a tuple of them, or None
        ``None`` where there is nothing: at a failing step and after it.
    facts : Facts or None
        Of ``value``.
    problem : Problem or None
        Why the step failed, and how that can be put right.
    drawn : mapping
        What a random step drew: ``i, j, h, w`` of a crop (top, left, height and width in the padded image),
        ``flipped``, ``angle``, ``brightness`` ... with ``order``.
    skipped : bool
        The step did not run: it is switched off, or one before it failed.
    true_size : (height, width) or None
        Of a preview: the size that the exact value has; ``value`` is a smaller picture of it.
    """

    step: Step | None
    value: Held | None
    facts: Facts | None = None
    problem: Problem | None = None
    drawn: Mapping[str, Any] = field(default_factory=dict)
    skipped: bool = False
    true_size: tuple[int, int] | None = None

    @property
    def is_preview(self) -> bool:
        """Whether ``value`` stands for a larger one; then it has no facts."""
        return self.true_size is not None

    @property
    def size(self) -> tuple[int, int] | None:
        """Height and width of the exact value, of the first picture of several; None where there is none."""
        return self.true_size or size_of(self.value)


@dataclass(frozen=True)
class Pipeline:
    """Steps of ``transforms.catalog.TRANSFORMS`` in order. Immutable, comparable, picklable."""

    steps: tuple[Step, ...] = ()

    @property
    def enabled_steps(self) -> tuple[Step, ...]:
        """The steps that are switched on."""
        return tuple(step for step in self.steps if step.enabled)

    @property
    def is_random(self) -> bool:
        """Whether an enabled step draws random numbers."""
        return any(map(is_random, self.enabled_steps))

    def build(self) -> transforms.Compose:
        """The enabled steps as ``transforms.Compose``. Raises ``TransformError``."""
        return transforms.Compose([build_step(step) for step in self.enabled_steps])

    def stages(
        self,
        image: Held,
        seed: int | None = None,
        *,
        cancel: CancelToken | None = None,
        with_facts: bool = True,
    ) -> tuple[Stage, ...]:
        """The input and what each step makes of it, one stage each; never raises for a step that fails.

        The last value equals ``torch.manual_seed(seed); pipeline.build()(image)`` bit for bit, and PyTorch's
        generator is left as it was. Any thread.

        Parameters
        ----------
        image : PIL.Image.Image, ndarray or Tensor, or a tuple of them
        seed : int or None
            ``None`` draws anew each time.
        cancel : CancelToken or None
            Polled before each step.
        with_facts : bool
            Whether the stages have ``facts``; of a large picture they take as long as a step.

        Raises
        ------
        Cancelled
        """
        return tuple(self.walk(image, seed, cancel=cancel, with_facts=with_facts))

    def walk(
        self,
        image: Held,
        seed: int | None = None,
        *,
        cancel: CancelToken | None = None,
        with_facts: bool = True,
    ) -> Iterator[Stage]:
        """:meth:`stages` one after another, so that who keeps none of them needs the memory of two."""
        draws = Draws(seed)
        stage = first_stage(image, with_facts)
        yield stage
        for index in range(len(self.steps)):
            if cancel is not None:
                cancel.raise_if_cancelled()
            stage = next_stage(self.steps, index, stage, draws, with_facts, given=image)
            yield stage

    def deterministic(self) -> Pipeline:
        """The pipeline for testing: random crops become centre crops, other random steps are left out.

        So it is within ``Compose``; containers that draw themselves are left out as a whole.
        """
        kept = (_without_chance(step) for step in self.steps)
        return Pipeline(tuple(step for step in kept if step is not None))

    def source(self) -> str:
        """Python text of :meth:`build`."""
        if not self.enabled_steps:
            return "transforms.Compose([])"
        lines = "".join(f"    {step.source()},\n" for step in self.enabled_steps)
        return f"transforms.Compose([\n{lines}])"

    def to_dicts(self) -> list[dict[str, Any]]:
        """One TOML table per step."""
        return [step.to_dict() for step in self.steps]

    @classmethod
    def from_dicts(cls, tables: Sequence[Mapping[str, Any]], where: str = "transforms") -> Pipeline:
        """What :meth:`to_dicts` wrote.

        Raises
        ------
        TransformError
            Naming the table as ``where[index]``; the reason is its ``detail``. Also for more than
            :data:`MOST_STEPS`.
        """
        steps = tuple(_read(table, f"{where}[{i}]") for i, table in enumerate(tables[: MOST_STEPS + 1]))
        return cls(checked_length(steps))


def checked_length(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """``steps`` of a file or a text. Raises ``TransformError`` for more than :data:`MOST_STEPS`."""
    pending = list(steps)
    for count, step in enumerate(pending, 1):  # it grows by what containers hold
        pending += inner_steps(step)
        if count > MOST_STEPS:
            raise TransformError(
                QT_TRANSLATE_NOOP("errors", "A pipeline has at most {most} steps."),
                remedy=QT_TRANSLATE_NOOP("errors", "Leave steps out."),
                most=MOST_STEPS,
            )
    return steps


def size_of(value: Held | None) -> tuple[int, int] | None:
    """Height and width of a picture, an array (H, W[, C]), a tensor ([C,] H, W), or the first of several."""
    if isinstance(value, tuple):
        return size_of(value[0]) if value else None
    if value is None or (not isinstance(value, Image.Image) and value.ndim < 2):
        return None
    if isinstance(value, Image.Image):
        return value.height, value.width
    height, width = value.shape[-2:] if isinstance(value, Tensor) else value.shape[:2]
    return int(height), int(width)


def first_stage(image: Held, with_facts: bool) -> Stage:
    """The input as a stage."""
    return Stage(None, image, facts(image) if with_facts else None)


def next_stage(
    steps: Sequence[Step],
    index: int,
    before: Stage,
    draws: Draws,
    with_facts: bool,
    *,
    given: Held | None = None,
) -> Stage:
    """What ``steps[index]`` makes of the stage ``before`` it; ``draws`` goes on if the step is random.

    ``given`` is what the pipeline was given, if it is known: a problem's fix depends on it.
    """
    step, value = steps[index], before.value
    if value is None:
        return Stage(step, None, skipped=True)
    if not step.enabled:
        return Stage(step, value, before.facts, skipped=True)
    try:
        made, drawn = _apply(step, value, draws)
        return Stage(step, made, facts(made) if with_facts else None, drawn=drawn)
    except Exception as cause:  # What PyTorch cannot do is shown at the step.
        return Stage(step, None, problem=diagnose(tuple(steps), index, value, cause, given))


def _apply(step: Step, value: Held, draws: Draws) -> tuple[Held, Mapping[str, Any]]:
    transform = build_step(step)
    check_size(step, pictures(value)[0])
    given = _copied(value) if any(each.values.get("inplace") for each in flattened([step])) else value
    if not is_random(step):
        return transform(given), {}
    with draws.borrowed() as start:
        drawn = record(step, transform, start)
        made = transform(given)
    return made, MappingProxyType(drawn)


def _copied(value: Held) -> Held:
    """``value`` for a step that works in place: the picture before it is shown as well.

    Crops that lie in one memory do so in the copy too: what is written into one is seen in the others.
    """
    is_tensor = isinstance(pictures(value)[0], Tensor)
    return deepcopy(value) if is_tensor else value


def _without_chance(step: Step) -> Step | None:
    if not is_random(step):
        return step
    if step.name in _CROPS:
        return replace(TRANSFORMS.step("CenterCrop", size=step.values["size"]), enabled=step.enabled)
    if "random" in step.operation.tags:
        return None
    kept = [each for each in map(_without_chance, inner_steps(step)) if each is not None]
    return with_inner_steps(step, kept) if kept else None


def _read(table: Mapping[str, Any], where: str) -> Step:
    if not isinstance(table, Mapping):
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{where} is not a table with a name."), where=where, value=repr(table)
        )
    try:
        return TRANSFORMS.step_from(table)
    except TuduiError as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{where} is not a usable transform."), detail=str(cause), where=where
        ) from cause
