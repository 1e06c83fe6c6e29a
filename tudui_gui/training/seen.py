"""The batches that a training sees, read for somebody to look at.

What is the same as in the training that the same experiment starts, and what is not:

- The order always is: :mod:`tudui_gui.training.epochs`.
- So are the values, bit for bit, when no step of the pipeline is random.
- Random steps draw from torch's global generator. Training seeds it, builds the model, and then draws batch
  by batch; after each epoch the test pass draws one number. :func:`read` does the same, which means that all
  images before the batch go through the transforms too.
- With ``num_workers`` the random steps draw in the worker processes, whose seeds come from the generator of
  the order: the same again, when the workers begin with the first batch of the first epoch.
- Where somebody else draws in between, the numbers cannot be known without training: a model with dropout on
  the CPU, or random steps among the test transforms (:class:`Sameness`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from tudui_gui.core.cancellation import CancelToken, heeding
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.datasets.loading import Batch, make_loader
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.models.zoo import build_model, input_shape
from tudui_gui.training.devices import resolve_device
from tudui_gui.training.epochs import Epochs, Loading
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.randomness import random_state, restore_random_state, seed_everything
from tudui_gui.training.workers import torn_down
from tudui_gui.transforms.pipeline import Pipeline

#: Epoch and number of a batch, both from 1.
Place = tuple[int, int]

#: Seconds that going through the images before a batch may take without being asked for.
PATIENCE = 3.0

_SECONDS_PER_IMAGE = {True: 60e-6, False: 5e-3}
_KEPT_BYTES = 64 * 2**20
_MEASURE_SECONDS = {False: 0.25, True: 2.0}
#: States of 5 kB each.
_KEPT_STATES = 4096


class Sameness(Enum):
    """What a batch has in common with that of the training. The order always is the same."""

    ALL = "all"
    #: Random steps drew other numbers: too many images come before to go through them unasked.
    FAR = "far"
    #: Random steps drew other numbers: the model draws from the same generator.
    MODEL_DRAWS = "model_draws"
    #: Random steps drew other numbers: the test transforms are random too.
    TEST_DRAWS = "test_draws"


@dataclass(frozen=True, eq=False)
class Subject:
    """Whose batches to read.

    Attributes
    ----------
    experiment : Experiment
        With the settings of ``epochs.loading``.
    image_set : ImageSet
        Its training or test images.
    is_train : bool
        Which of them: the pipeline follows from it.
    epochs : Epochs
        Of ``image_set``, up to the epoch of the batch to read.
    """

    experiment: Experiment
    image_set: ImageSet
    is_train: bool
    epochs: Epochs

    @property
    def loading(self) -> Loading:
        """What the loader is told."""
        return self.epochs.loading

    @property
    def pipeline(self) -> Pipeline:
        """The transforms of this part."""
        experiment = self.experiment
        return experiment.train_transforms if self.is_train else experiment.test_transforms

    @property
    def batches_per_epoch(self) -> int:
        """Steps of an epoch."""
        return len(next(iter(self.epochs.of.values())).batches)


@dataclass(frozen=True)
class Times:
    """How long batches took, nothing else being done meanwhile.

    Attributes
    ----------
    num_workers : int
    first : float
        Seconds until the first batch was there; with workers that includes starting them.
    further : float or None
        Seconds a batch, mean of ``measured`` batches after it; those that were under way already when the
        first one came (``2 * num_workers``) do not count. None: there was none.
    """

    num_workers: int
    first: float
    further: float | None
    measured: int


@dataclass(frozen=True, eq=False)
class Reading:
    """Batches that were read in a row.

    Attributes
    ----------
    batches : mapping of Place to (images, labels)
        The one asked for and those that were read after it; at most 64 MiB of them.
    sameness : Sameness
    times : Times
    """

    batches: dict[Place, Batch]
    sameness: Sameness
    times: Times


class Draws:
    """Where torch's generator is before the batches of a training, as far as that is known.

    Any thread. Reading a batch leaves in it where the next one begins.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._states: dict[Place, Tensor] = {}
        self._model_draws: bool | None = None

    def fits(self, subject: Subject) -> bool:
        """Whether these are the draws of ``subject`` too."""
        mine = self._subject
        return mine.image_set is subject.image_set and mine.experiment == subject.experiment

    def nearest(self, place: Place) -> tuple[Place, Tensor]:
        """The last known place that is not after ``place``, and the generator's state before it."""
        if (1, 1) not in self._states:
            self._begin()
        known = max(each for each in list(self._states) if each <= place)
        return known, self._states[known]

    def keep(self, place: Place, state: Tensor) -> None:
        """Note the state before ``place``; of very many the oldest are forgotten."""
        self._states[place] = state
        if len(self._states) > _KEPT_STATES:
            del self._states[list(self._states)[1]]

    @property
    def model_draws(self) -> bool:
        """Whether a training step draws from the generator that the transforms draw from."""
        if self._model_draws is None:
            self._begin()
        return bool(self._model_draws)

    def _begin(self) -> None:
        """Do what a run does before its first batch; all generators are left as they were."""
        experiment, classes = self._subject.experiment, len(self._subject.image_set.classes)
        with RANDOM_LOCK:
            before = random_state()
            try:
                seed_everything(experiment.seed)
                model = build_model(experiment.model, classes)
                self._states[1, 1] = torch.get_rng_state()
                if resolve_device(experiment.device).type == "cpu":
                    with torch.no_grad():
                        model.train()(torch.zeros(2, *input_shape(experiment.model)))
                self._model_draws = not torch.equal(self._states[1, 1], torch.get_rng_state())
            finally:
                restore_random_state(before)


class Borrowed(AbstractContextManager[None]):
    """Puts a state of one's own into torch's global generator, again and again, and goes on from there."""

    def __init__(self, state: Tensor) -> None:
        self.state = state
        self._theirs = state

    def __enter__(self) -> None:
        RANDOM_LOCK.__enter__()
        self._theirs = torch.get_rng_state()
        torch.set_rng_state(self.state)

    def __exit__(self, *_: object) -> None:
        self.state = torch.get_rng_state()
        torch.set_rng_state(self._theirs)
        RANDOM_LOCK.__exit__()


def read(
    subject: Subject,
    place: Place,
    draws: Draws,
    *,
    patient: bool = False,
    cancel: CancelToken | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """The batch at ``place``, as :func:`~tudui_gui.datasets.loading.make_loader`'s loader gives it.

    Starts ``num_workers`` processes and waits for their end. See the module's text for what is the same as in
    training.

    Parameters
    ----------
    subject : Subject
    place : (epoch, number)
        There is such a batch.
    draws : Draws
        Of ``subject``.
    patient : bool
        Go through the images before, however long it takes; else only where that is a matter of
        :data:`PATIENCE` seconds.
    cancel : CancelToken, optional
    progress : callable, optional
        Called on this thread with (images done, images to go through) before the batch itself.

    Raises
    ------
    TuduiError
        There can be no such batch.
    Cancelled
        After every process has ended.
    """
    start, state, sameness = _where_to_begin(subject, place, draws)
    before = _images_between(subject, start, place)
    if sameness is Sameness.ALL and start != place and not patient and not _is_quick(subject, before):
        sameness = Sameness.FAR
    if sameness is not Sameness.ALL:
        start = place
    borrowed = Borrowed(state) if state is not None else None
    reader = _Reader(subject, start, borrowed, draws if sameness is Sameness.ALL else None)
    batches, seconds = _collect(reader, place, cancel or CancelToken(), progress, before)
    times = _times(subject.loading.num_workers, seconds)
    return Reading(batches, sameness, times)


def _where_to_begin(subject: Subject, place: Place, draws: Draws) -> tuple[Place, Tensor | None, Sameness]:
    """The place to read from, the state of the global generator there if it matters, and what that gives."""
    if not subject.pipeline.is_random:
        return place, None, Sameness.ALL
    if not subject.is_train:
        return place, draws.nearest((1, 1))[1], Sameness.TEST_DRAWS
    if subject.loading.num_workers:
        return (1, 1), None, Sameness.ALL
    if place[0] > 1 and subject.experiment.test_transforms.is_random:
        return place, draws.nearest((1, 1))[1], Sameness.TEST_DRAWS
    if place != (1, 1) and draws.model_draws:
        return place, draws.nearest((1, 1))[1], Sameness.MODEL_DRAWS
    return *draws.nearest(place), Sameness.ALL


def _images_between(subject: Subject, start: Place, end: Place) -> int:
    epochs, batches = end[0] - start[0], end[1] - start[1]
    return (epochs * subject.batches_per_epoch + batches) * subject.loading.batch_size


def _is_quick(subject: Subject, images: int) -> bool:
    in_memory = subject.image_set.uniform_array() is not None
    return images * _SECONDS_PER_IMAGE[in_memory] <= PATIENCE


class _Reader:
    """Gives batch after batch from ``start`` on, epoch after epoch, and how long each took."""

    def __init__(
        self, subject: Subject, start: Place, borrowed: Borrowed | None, draws: Draws | None
    ) -> None:
        self.subject = subject
        self._start = start
        self._borrowed = borrowed
        self._draws = draws
        self._lent: AbstractContextManager[None] = borrowed or nullcontext()
        loading = subject.loading
        generator = torch.Generator()
        if subject.is_train:
            generator.set_state(subject.epochs.starts[start[0] - 1])
        self._loader = make_loader(
            subject.image_set,
            subject.pipeline,
            batch_size=loading.batch_size,
            shuffle=loading.shuffle,
            sampler=loading.sampler,
            drop_last=loading.drop_last,
            num_workers=loading.num_workers,
            generator=generator,
            first_batch=start[1] - 1,
            cache_bytes=0,
        )

    def batches(self, cancel: CancelToken) -> Iterator[tuple[Place, Batch, float]]:
        """Ends with the last epoch of ``subject.epochs``; every process has ended when it is closed."""
        with torn_down(self._loader, cancel):
            first = self._start[1]
            for epoch in range(self._start[0], len(self.subject.epochs.starts) + 1):
                for number, (batch, seconds) in enumerate(self._one_pass(cancel), start=first):
                    self._note((epoch, number + 1))
                    yield (epoch, number), batch, seconds
                    cancel.raise_if_cancelled()
                first = 1
                self._test_pass()
                self._note((epoch + 1, 1))

    def _one_pass(self, cancel: CancelToken) -> Iterator[tuple[Batch, float]]:
        began = time.perf_counter()
        iterator = iter(self._loader)
        cancel.raise_if_cancelled()  # before waiting for workers that were never started
        while True:
            with self._lent, heeding(cancel):
                batch = next(iterator, None)
            if batch is None:
                return
            yield batch, time.perf_counter() - began
            began = time.perf_counter()

    def _test_pass(self) -> None:
        """Draw what the loader of the test images draws when its pass begins."""
        with self._lent:
            if self._borrowed is not None:
                iter(DataLoader([0]))  # type: ignore[arg-type]

    def _note(self, place: Place) -> None:
        if self._draws is not None and self._borrowed is not None:
            self._draws.keep(place, self._borrowed.state)


def _collect(
    reader: _Reader,
    wanted: Place,
    cancel: CancelToken,
    progress: Callable[[int, int], None] | None,
    before: int,
) -> tuple[dict[Place, Batch], list[float]]:
    """The batch at ``wanted`` and some after it, with the seconds of all that were read."""
    kept: dict[Place, Batch] = {}
    all_seconds: list[float] = []
    after: list[float] = []
    done = 0
    workers = reader.subject.loading.num_workers
    batches = reader.batches(cancel)
    try:
        cancel.raise_if_cancelled()
        for place, batch, seconds in batches:
            if place[0] > wanted[0]:
                break
            all_seconds.append(seconds)
            if place < wanted:
                done += len(batch[1])
                if progress is not None:
                    progress(done, before)
                continue
            if not kept or _bytes_of(kept) + batch[0].nbytes <= _KEPT_BYTES:
                # What workers send lies in memory they share, a file descriptor each.
                kept[place] = (batch[0].clone(), batch[1].clone()) if workers else batch
            after.append(seconds)
            if _is_enough(after, workers):
                break
    finally:
        batches.close()  # type: ignore[attr-defined]
    return kept, all_seconds


def _is_enough(seconds: list[float], workers: int) -> bool:
    further = seconds[1:]
    return len(further) >= 8 * max(1, workers) or sum(further) >= _MEASURE_SECONDS[workers > 0]


def _bytes_of(batches: dict[Place, Batch]) -> int:
    return sum(images.nbytes for images, _ in batches.values())


def _times(workers: int, seconds: list[float]) -> Times:
    further = seconds[1:]
    steady = further[2 * workers :] or further
    return Times(workers, seconds[0], sum(steady) / len(steady) if steady else None, len(steady))
