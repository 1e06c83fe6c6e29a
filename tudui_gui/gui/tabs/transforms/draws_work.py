"""What the draws compute off the main thread: the picture before chance, and what each seed makes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TuduiError
from tudui_gui.core.files import atomic_write
from tudui_gui.core.operations import Step
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Pixels, to_uint8
from tudui_gui.transforms.nested import flattened, is_random
from tudui_gui.transforms.normalized import denormalized
from tudui_gui.transforms.outlines import Outline, outlines
from tudui_gui.transforms.pipeline import Pipeline, Stage
from tudui_gui.transforms.running import StageRunner
from tudui_gui.transforms.scaling import draws_the_same

#: Longest side of a draw and of the source as they are kept, in pixels.
THUMBNAIL, SOURCE = 256, 512

#: Pixels of pictures that are worked on in full for a thumbnail.
_MOST_EXACT = 1024 * 1024

#: Seconds between two bunches of draws on their way to the window.
_BUNCH = 0.03

#: Values that are pictures: one, or what FiveCrop gives.
Value = Pixels | tuple[Pixels, ...]


@dataclass(frozen=True, eq=False)
class Subject:
    """What is drawn from.

    Attributes
    ----------
    value : Pixels
        The input.
    steps : tuple of Step
        Those up to the one whose draws are looked at.
    is_step : bool
        The last step alone is looked at, not the whole pipeline.
    """

    value: Pixels
    steps: tuple[Step, ...]
    is_step: bool = False

    def is_like(self, other: Subject | None) -> bool:
        """Whether it gives the same draws, told the same way."""
        return (
            other is not None
            and self.value is other.value
            and (self.steps, self.is_step) == (other.steps, other.is_step)
        )


@dataclass(frozen=True, eq=False)
class Beginning:
    """The steps before the first random one, applied once: they draw nothing.

    Attributes
    ----------
    value : Pixels or None
        None where one of them fails; ``error`` says why.
    image : QImage or None
        ``value`` as it is shown.
    size : (height, width)
        Of ``value``.
    runner : StageRunner
        Makes the draws of a large picture.
    """

    given: Pixels
    steps: tuple[Step, ...]
    value: Value | None
    image: QImage | None = None
    size: tuple[int, int] = (0, 0)
    error: TuduiError | None = None
    runner: StageRunner = field(default_factory=lambda: StageRunner(most_bytes=0), repr=False)


@dataclass(frozen=True, eq=False)
class DrawnStep:
    """What one random step drew, by the names of ``transforms.recording``."""

    step: Step
    drawn: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Draw:
    """What one seed gives.

    Attributes
    ----------
    seed : int
    image : QImage or None
        At most 256 pixels wide and high, Normalize undone; None where a step failed.
    steps : tuple of DrawnStep
        The step that is looked at, or every random one of the pipeline.
    size : (height, width) or None
        Of the result.
    outlines : tuple of Outline
        Over the picture before chance.
    error : TuduiError or None
        Why a step failed.
    """

    seed: int
    image: QImage | None
    steps: tuple[DrawnStep, ...] = ()
    size: tuple[int, int] | None = None
    outlines: tuple[Outline, ...] = ()
    error: TuduiError | None = field(default=None, repr=False)

    @property
    def drawn(self) -> Mapping[str, Any]:
        """All numbers together; those of later steps hide those of earlier ones."""
        return {name: value for step in self.steps for name, value in step.drawn.items()}


Send = Callable[[Beginning | Sequence[Draw]], None]


def draws_work(
    subject: Subject,
    known: Beginning | None,
    seeds: Sequence[int],
    send: Send,
    token: CancelToken,
    progress: Progress,
) -> None:
    """Send the beginning (``known`` if it still holds), then a draw for each seed, in bunches."""
    beginning = _beginning(subject, known, token)
    send(beginning)
    if beginning.value is None:
        return
    bunch: list[Draw] = []
    sent = time.monotonic()
    for number, seed in enumerate(seeds):
        bunch.append(_draw(subject, beginning, seed, token))
        if time.monotonic() - sent > _BUNCH:
            send(bunch)
            bunch, sent = [], time.monotonic()
        progress((number + 1) / len(seeds), "")
    send(bunch)


def exact_work(
    subject: Subject, known: Beginning | None, seed: int, token: CancelToken, progress: Progress
) -> QImage:
    """One draw in full size, Normalize undone. Raises ``TuduiError`` where a step fails."""
    beginning = _beginning(subject, known, token)
    if beginning.error is not None:
        raise beginning.error
    last = _stages(subject, beginning, seed, token)[-1]
    if last.value is None:
        raise _why((last,)) or AssertionError
    return to_qimage(to_uint8(_plain(last.value, subject.steps)))


def save_work(
    path: Path,
    subject: Subject,
    known: Beginning | None,
    seed: int,
    token: CancelToken,
    progress: Progress,
) -> Path:
    """Write one draw in full size as PNG. Raises ``TuduiError``."""
    image = exact_work(subject, known, seed, token, progress)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    with atomic_write(path) as stream:
        stream.write(buffer.data().data())
    return path


def draws_numbers(step: Step) -> bool:
    """Whether ``step`` is switched on and random."""
    return step.enabled and is_random(step)


def _beginning(subject: Subject, known: Beginning | None, token: CancelToken) -> Beginning:
    first = next((at for at, step in enumerate(subject.steps) if draws_numbers(step)), len(subject.steps))
    steps = subject.steps[:first]
    if known is not None and known.given is subject.value and known.steps == steps:
        return known
    stages = Pipeline(steps).stages(subject.value, 0, cancel=token, with_facts=False)
    value, size = stages[-1].value, stages[-1].size
    if value is None or size is None:
        return Beginning(subject.value, steps, None, error=_why(stages))
    return Beginning(subject.value, steps, value, _small(value, steps, SOURCE), size)


def _draw(subject: Subject, beginning: Beginning, seed: int, token: CancelToken) -> Draw:
    stages = _quick_stages(subject, beginning, seed, token)
    value = stages[-1].value
    steps = tuple(_drawn_steps(stages, subject.is_step))
    if value is None:
        return Draw(seed, None, steps, error=_why(stages))
    image = _small(value, subject.steps, THUMBNAIL)
    return Draw(seed, image, steps, stages[-1].size, outlines(stages))


def _stages(subject: Subject, beginning: Beginning, seed: int, token: CancelToken) -> tuple[Stage, ...]:
    rest = Pipeline(subject.steps[len(beginning.steps) :])
    return rest.stages(cast(Pixels, beginning.value), seed, cancel=token, with_facts=False)


def _quick_stages(subject: Subject, beginning: Beginning, seed: int, token: CancelToken) -> tuple[Stage, ...]:
    """:func:`_stages`, of a large picture in the resolution of what is shown, if they draw the same so."""
    steps = subject.steps[len(beginning.steps) :]
    if not all(map(draws_the_same, flattened(steps))):
        return _stages(subject, beginning, seed, token)
    value, side = cast(Pixels, beginning.value), 2 * THUMBNAIL
    return beginning.runner.preview(
        value, Pipeline(steps), seed, side, most_exact=_MOST_EXACT, cancel=token, with_facts=False
    )


def _drawn_steps(stages: Sequence[Stage], only_last: bool) -> Sequence[DrawnStep]:
    chosen = stages[-1:] if only_last else stages[1:]
    return [DrawnStep(each.step, each.drawn) for each in chosen if each.step is not None and each.drawn]


def _why(stages: Sequence[Stage]) -> TuduiError | None:
    return next((stage.problem.error for stage in stages if stage.problem is not None), None)


def _plain(value: Value, steps: Sequence[Step]) -> Value:
    """``value`` with the enabled Normalize steps undone."""
    return denormalized(value, Pipeline(tuple(steps))) if isinstance(value, Tensor) else value


def _small(value: Value, steps: Sequence[Step], side: int) -> QImage:
    """``value`` as a picture, Normalize undone."""
    return shrink(to_qimage(to_uint8(_plain(_thinned(value, 2 * side), steps))), side)


def _thinned(value: Value, side: int) -> Value:
    """A large ``value`` with fewer pixels: to show them, all of them would be copied three times."""
    if isinstance(value, Image.Image):
        return value.reduce(max(1, max(value.size) // side)) if value.mode in ("L", "RGB") else value
    if isinstance(value, Tensor):
        every = max(1, max(value.shape[-2:]) // side)
        return value[..., ::every, ::every]
    if isinstance(value, np.ndarray):
        every = max(1, max(value.shape[:2]) // side)
        return value[::every, ::every]
    return value
