"""What is written for TensorBoard off the main thread: every stage, or draws under one tag."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Facts, Held, Pixels
from tudui_gui.training import board
from tudui_gui.training.board import BoardPicture, cleaned, new_run, transforms_folder, write_pictures
from tudui_gui.transforms.normalized import denormalized, is_normalized
from tudui_gui.transforms.pipeline import Pipeline


@dataclass(frozen=True, eq=False)
class BoardSubject:
    """What can be written.

    Attributes
    ----------
    inputs : tuple of (str, Pixels)
        Name and value of each.
    pipeline : Pipeline
    seed : int
        Of the stages.
    draws : Pipeline
        The steps that draws are made of; empty: there is no chance.
    name : str
        Of the step whose draws they are, or "pipeline".
    first_seed, count : int
        Of the draws.
    current : int
        The input that draws are made of.
    """

    inputs: tuple[tuple[str, Pixels], ...] = ()
    pipeline: Pipeline = field(default_factory=Pipeline)
    seed: int = 0
    draws: Pipeline = field(default_factory=Pipeline)
    name: str = "pipeline"
    first_seed: int = 0
    count: int = 0
    current: int = 0

    @property
    def draws_tag(self) -> str:
        """The one tag of all draws."""
        return f"{cleaned(self.inputs[self.current][0])}/draws_{cleaned(self.name)}"


def stages_work(subject: BoardSubject, token: CancelToken, progress: Progress) -> Path:
    """Write the stages of each input, tags ``INPUT/NUMBER_STEP``; returns the folder of the run.

    A tensor that is normalised is written as it is, and once more with Normalize undone. Raises
    ``TuduiError``; nothing is written where a step fails.
    """
    shown: list[BoardPicture] = []
    for place, (name, value) in enumerate(subject.inputs):
        progress(place / len(subject.inputs), name)
        shown += stage_pictures(name, value, subject.pipeline, subject.seed, token)
    folder = new_run(transforms_folder(), "stages")
    write_pictures(shown, folder)
    return folder


def stage_pictures(
    name: str, value: Pixels, pipeline: Pipeline, seed: int, token: CancelToken | None = None
) -> list[BoardPicture]:
    """The pictures of one input's stages, up to a step that fails."""
    steps = pipeline.enabled_steps
    found: list[BoardPicture] = []
    stages = Pipeline(steps).walk(value, seed, cancel=token, with_facts=False)
    for number, stage in enumerate(stages):
        if stage.value is None:
            break
        tag = stage_tag(name, number, stage.step)
        found.append(BoardPicture(tag, stage.value))
        done = Pipeline(steps[:number])
        if isinstance(stage.value, Tensor) and is_normalized(done):
            found.append(BoardPicture(f"{tag}_undone", denormalized(stage.value, done)))
    return found


def stage_tag(name: str, number: int, step: Step | None) -> str:
    """``INPUT/2_RandomCrop`` for what the second enabled step makes of an input."""
    return f"{cleaned(name)}/{number}_{step.name if step else 'input'}"


def draws_work(subject: BoardSubject, token: CancelToken, progress: Progress) -> Path:
    """Write the draws under one tag, steps 0 to N-1, Normalize undone; returns the folder of the run.

    Raises ``TuduiError``, also where a step fails.
    """
    value = subject.inputs[subject.current][1]
    shown: list[BoardPicture] = []
    for number in range(subject.count):
        text = QCoreApplication.translate("BoardWork", "Draw {number} of {count}")
        progress(number / subject.count, text.format(number=number + 1, count=subject.count))
        stages = subject.draws.walk(value, subject.first_seed + number, cancel=token, with_facts=False)
        last: Held = value
        for stage in stages:
            if stage.problem is not None:
                raise stage.problem.error
            last = last if stage.value is None else stage.value
        plain = denormalized(last, subject.draws) if isinstance(last, Tensor) else last
        shown.append(BoardPicture(subject.draws_tag, plain, number))
    folder = new_run(transforms_folder(), "draws")
    write_pictures(shown, folder)
    return folder


def call_text(tag: str, facts: Facts, step: str = "") -> str:
    """The call that writes a stage, as Python: its tag, and the order of the axes.

    Parameters
    ----------
    tag : str
    facts : Facts
        Of the value: a tensor is (channel, height, width), anything else has its channels last.
    step : str
        Python text of the step; empty for step 0.
    """
    axes = "CHW" if facts.kind == "Tensor" else "HWC" if facts.channels > 1 else "HW"
    return board.call_text(tag, f"N{axes}" if facts.count > 1 else axes, step)
