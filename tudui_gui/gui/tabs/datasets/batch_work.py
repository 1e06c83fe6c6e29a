"""What the card of the batches computes off the main thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.datasets.statistics import class_counts
from tudui_gui.gui.tabs.datasets.batch_numbers import Counts
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Facts, facts
from tudui_gui.training.board import write_batch
from tudui_gui.training.epochs import Epoch, Epochs, Loading, draw_epochs, drawn_counts
from tudui_gui.training.seen import Draws, Place, Reading, Subject, read
from tudui_gui.transforms.normalized import denormalized
from tudui_gui.transforms.pipeline import Pipeline


@dataclass(frozen=True, eq=False)
class Drawn:
    """Epochs, and what can be counted in them.

    Attributes
    ----------
    epochs : Epochs
    own : ndarray
        Images of each class in the set.
    counts : mapping of int to ndarray
        For each epoch the images of each class, as often as they come.
    different : mapping of int to int
        For each epoch how many different images it has.
    """

    epochs: Epochs
    own: Counts
    counts: Mapping[int, Counts]
    different: Mapping[int, int]

    @property
    def epoch(self) -> Epoch:
        """The first of the epochs asked for."""
        return self.epochs.of[min(self.epochs.of)]


@dataclass(frozen=True, eq=False)
class Seen:
    """A batch ready to be shown.

    Attributes
    ----------
    place : (epoch, number)
    images : tensor
        As the network gets them.
    facts : Facts
        Of ``images``.
    reading : Reading
        Where it comes from.
    """

    place: Place
    images: Tensor
    facts: Facts
    reading: Reading


def draw_work(
    image_set: ImageSet, loading: Loading, numbers: Sequence[int], token: CancelToken, progress: Progress
) -> Drawn:
    """The epochs ``numbers``. Raises ``DatasetError`` when there is no image."""
    epochs = draw_epochs(image_set, loading, numbers, token)
    indices = {number: epoch.indices for number, epoch in epochs.of.items()}
    counts = {number: drawn_counts(image_set, each) for number, each in indices.items()}
    different = {number: len(set(each)) for number, each in indices.items()}
    return Drawn(epochs, class_counts(image_set), counts, different)


def read_work(
    subject: Subject,
    places: Sequence[Place],
    known: Mapping[Place, Reading],
    draws: Draws,
    patient: bool,
    token: CancelToken,
    progress: Progress,
) -> tuple[Seen, ...]:
    """The batches at ``places``, read unless they are ``known``. Raises ``TuduiError``."""
    report = partial(_report, progress)
    seen = []
    for place in places:
        reading = known.get(place)
        if reading is None:
            reading = read(subject, place, draws, patient=patient, cancel=token, progress=report)
        images = reading.batches[place][0]
        seen.append(Seen(place, images, facts(images), reading))
    return tuple(seen)


def _report(progress: Progress, done: int, total: int) -> None:
    text = QCoreApplication.translate("BatchWork", "{done:,} of {total:,} images before it")
    progress(done / total, text.format(done=done, total=total))


@dataclass(frozen=True)
class Written:
    """Where a batch was written for TensorBoard."""

    folder: Path
    tag: str
    step: int


def board_work(
    images: Tensor, undone: Pipeline, written: Written, token: CancelToken, progress: Progress
) -> Written:
    """Write a batch with the Normalize of ``undone`` undone. Raises ``ImageError`` or ``StorageError``."""
    write_batch(denormalized(images, undone), written.folder, written.tag, written.step)
    return written
