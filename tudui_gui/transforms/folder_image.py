"""One image of a folder run: read, transformed with each seed, written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from copy import copy as shallow
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from PIL import Image
from torch import Tensor

from tudui_gui.core.errors import ImageError, StorageError, TuduiError
from tudui_gui.core.files import atomic_write
from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Held, Pixels, pictures
from tudui_gui.images.opencv_reading import read_bgr
from tudui_gui.images.reading import OPENCV, read_image, read_size
from tudui_gui.transforms.byte_budget import ByteBudget
from tudui_gui.transforms.folder_job import seed_of
from tudui_gui.transforms.folder_plan import FolderPlan, Output
from tudui_gui.transforms.folder_report import Skipped, Written
from tudui_gui.transforms.folder_saving import encoded
from tudui_gui.transforms.normalized import denormalized
from tudui_gui.transforms.pipeline import Pipeline


@dataclass
class Outcome:
    """What became of one source image.

    Attributes
    ----------
    place : int
        Its index in the plan.
    written : Written
    skipped : list of Skipped
    error : StorageError or None
        Nothing can be written any more.
    is_done : bool
        Nothing of it is left to do.
    """

    place: int
    written: Written = field(default_factory=Written)
    skipped: list[Skipped] = field(default_factory=list)
    error: StorageError | None = None
    is_done: bool = False


class ImageWork:
    """What is done to each image of a plan. Any number of threads may call it at once.

    Parameters
    ----------
    plan : FolderPlan
    budget : ByteBudget
    poll : callable
        Called between two files; raises ``Cancelled`` once the run is over.
    """

    def __init__(self, plan: FolderPlan, budget: ByteBudget, poll: Callable[[], None]) -> None:
        self._plan = plan
        self._job = plan.job
        self._budget = budget
        self._poll = poll
        steps = self._job.steps
        # What comes before the first draw is the same for every copy.
        self._settled = next((i for i, step in enumerate(steps) if Pipeline((step,)).is_random), len(steps))

    def __call__(self, outcome: Outcome) -> None:
        """Fill in ``outcome``. Raises ``Cancelled``, and ``StorageError`` when nothing can be written."""
        if not self._is_there(outcome):
            path = self._job.source / self._plan.files[outcome.place]
            try:
                with self._budget.held(_bytes_of_file(path), self._poll):
                    self._transform(self._read(path), outcome)
            except ImageError as error:
                self._skip(outcome, "unreadable", 0, error)
        outcome.is_done = True

    def _read(self, path: Path) -> Pixels:
        return read_bgr(path)[1] if self._job.reader == OPENCV else read_image(path).image

    def _is_there(self, outcome: Outcome) -> bool:
        """Whether all its files are to be kept as they are; the image need not be read then."""
        job = self._job
        if job.existing != "keep" or job.gives_several(job.kept[-1]):
            return False
        place, copies = outcome.place, range(1, job.copies + 1)
        names = [(copy, self._plan.name(place, copy, done)) for copy in copies for done in job.kept]
        if not all(os.path.lexists(job.target / name) for _, name in names):
            return False
        for copy, name in names:
            self._skip(outcome, "exists", copy, name=name)
        return True

    def _transform(self, image: Pixels, outcome: Outcome) -> None:
        steps, first = self._job.steps, self._settled
        copies = tuple(range(1, self._job.copies + 1))
        value = self._run(outcome, image, steps[:first], 0, copies)
        if value is not None and first < len(steps):
            for copy in copies:
                self._run(outcome, value, steps[first:], first, (copy,))

    def _run(
        self, outcome: Outcome, value: Held, steps: tuple[Step, ...], before: int, copies: Sequence[int]
    ) -> Held | None:
        """Apply ``steps``, ``before`` of which others came, and write what is to be kept of them."""
        file = self._plan.files[outcome.place]
        seed = seed_of(self._job.seed, file, copies[0])
        stages = Pipeline(steps).walk(cast(Pixels, value), seed, with_facts=False)  # a tuple goes on as well
        for done, stage in enumerate(stages, before):
            self._poll()
            if stage.value is None:
                error = None if stage.problem is None else stage.problem.error
                self._skip(outcome, "failed", copies[0] if len(copies) == 1 else 0, error)
                return None
            value = stage.value
            self._budget.learn(_bytes_in(value))
            if done in self._job.kept and (done > before or not done):
                self._keep(outcome, value, done, copies)
        return value

    def _keep(self, outcome: Outcome, value: Held, done: int, copies: Sequence[int]) -> None:
        job = self._job
        for part, each in enumerate(pictures(value), 1):
            if job.undoes_normalize and isinstance(each, Tensor):
                each = denormalized(each, Pipeline(job.steps[:done]))
            try:
                content = encoded(each, job.format, job.quality)
            except ImageError as error:
                self._skip(outcome, "unsuited", copies[0] if len(copies) == 1 else 0, error)
                return
            for copy in copies:
                self._poll()
                name = self._plan.name(outcome.place, copy, done, part)
                self._write(outcome, Output(outcome.place, copy, done, part, name), content)

    def _write(self, outcome: Outcome, output: Output, content: bytes) -> None:
        path = self._job.target / output.name
        if self._job.existing != "replace" and os.path.lexists(path):
            self._skip(outcome, "exists", output.copy, name=output.name)
            return
        with atomic_write(path) as stream:
            stream.write(content)
        outcome.written.add(output)

    def _skip(
        self, outcome: Outcome, reason: str, copy: int, error: TuduiError | None = None, name: str = ""
    ) -> None:
        # Without its traceback, whose frames keep the pixels alive.
        kept = None if error is None else shallow(error)
        outcome.skipped.append(Skipped(reason, self._plan.files[outcome.place], copy, kept, name))


def _bytes_of_file(path: Path) -> int:
    """Memory that the picture in a file takes; reading it says what is wrong if that cannot be told."""
    try:
        width, height = read_size(path)
    except ImageError:
        return 0
    return 4 * width * height


def _bytes_in(value: Held) -> int:
    return sum(map(_bytes_of, pictures(value)))


def _bytes_of(value: Pixels) -> int:
    if isinstance(value, Image.Image):
        return 4 * value.width * value.height
    return value.nbytes
