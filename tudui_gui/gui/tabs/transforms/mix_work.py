"""What the card of MixUp and CutMix computes off the main thread."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.sources import NO_LABEL, ImageSet
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Pixels, to_uint8
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.transforms.mixing import Batch, Mixed, make_batch, mix
from tudui_gui.transforms.normalized import denormalized
from tudui_gui.transforms.pipeline import Pipeline

#: Longest side of a picture as it is kept, in pixels.
_THUMBNAIL = 256


@dataclass(frozen=True, eq=False)
class Loaded:
    """Pictures with their classes.

    ``names`` says what each picture is, ``files`` where a script finds it; ``labels`` are indices in
    ``classes``.
    """

    images: tuple[Pixels, ...]
    names: tuple[str, ...]
    files: tuple[PictureFile, ...]
    labels: tuple[int, ...]
    classes: tuple[str, ...]


class MixSource(ABC):
    """Where the pictures come from."""

    @property
    @abstractmethod
    def identity(self) -> object:
        """Equal for sources of the same pictures."""

    @abstractmethod
    def load(self) -> Loaded:
        """The pictures. Raises ``ImageError``."""


@dataclass(frozen=True, eq=False)
class MixInputs(MixSource):
    """The inputs of the tab; each is a class of its own."""

    images: tuple[Pixels, ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[PictureFile, ...] = ()

    @classmethod
    def of(cls, inputs: Sequence[Input]) -> MixInputs:
        """All of the tab."""
        return cls(
            tuple(each.value for each in inputs),
            tuple(each.name for each in inputs),
            tuple(PictureFile.of(each.picture) for each in inputs),
        )

    @property
    def identity(self) -> object:
        return tuple(map(id, self.images)), self.names, self.files

    def load(self) -> Loaded:
        return Loaded(self.images, self.names, self.files, tuple(range(len(self.images))), self.names)


@dataclass(frozen=True, eq=False)
class MixSet(MixSource):
    """The first images of a set, class by class in turn: neighbours in the batch have different labels."""

    image_set: ImageSet
    count: int

    @property
    def identity(self) -> object:
        return id(self.image_set), self.count

    @property
    def indices(self) -> tuple[int, ...]:
        """Of the images."""
        return in_turn(self.image_set, self.count)

    def load(self) -> Loaded:
        images, indices = self.image_set, self.indices
        names = tuple(images.name(index) for index in indices)
        labels = tuple(int(images.labels[index]) for index in indices)
        files = tuple(PictureFile(images.path(index)) for index in indices)
        return Loaded(tuple(images.image(index) for index in indices), names, files, labels, images.classes)


@dataclass(frozen=True, eq=False)
class Made:
    """A batch, and what it was made of: it holds while that stays the same."""

    source: MixSource
    pipeline: Pipeline
    seed: int
    names: tuple[str, ...]
    files: tuple[PictureFile, ...]
    batch: Batch
    images: tuple[QImage, ...]

    def holds_for(self, source: MixSource, pipeline: Pipeline, seed: int) -> bool:
        """Whether these make the same batch."""
        same_seed = self.seed == seed or not pipeline.is_random
        return same_seed and self.pipeline == pipeline and self.source.identity == source.identity


@dataclass(frozen=True, eq=False)
class MixShown:
    """A mixed batch ready to be shown: ``images`` are the mixed pictures, ``made.images`` their parents."""

    made: Made
    step: Step
    seed: int
    mixed: Mixed
    images: tuple[QImage, ...]


def mix_work(
    source: MixSource,
    pipeline: Pipeline,
    step: Step,
    seed: int,
    known: Made | None,
    token: CancelToken,
    progress: Progress,
) -> MixShown:
    """Mix the pictures of ``source`` after ``pipeline``; ``known`` is taken if it still holds.

    Raises
    ------
    TuduiError
        A picture cannot be read, a step fails, or the results do not make a batch.
    """
    made = known
    if made is None or not made.holds_for(source, pipeline, seed):
        made = _make(source, pipeline, seed, token, progress)
    mixed = mix(step, made.batch, seed)
    return MixShown(made, step, seed, mixed, _shown(mixed.images, pipeline))


def in_turn(image_set: ImageSet, count: int) -> tuple[int, ...]:
    """Indices of ``count`` images: the first of each class, the second of each class, and so on."""
    places: dict[int, list[int]] = {}
    for index, label in enumerate(image_set.labels.tolist()):
        of_class = places.setdefault(label, [])
        if label != NO_LABEL and len(of_class) < count:
            of_class.append(index)
    by_class = [places[label] for label in sorted(places)]
    turns = range(max(map(len, by_class), default=0))
    return tuple(each[turn] for turn in turns for each in by_class if turn < len(each))[:count]


def _make(source: MixSource, pipeline: Pipeline, seed: int, token: CancelToken, progress: Progress) -> Made:
    loaded = source.load()
    batch = make_batch(
        loaded.images,
        loaded.labels,
        loaded.classes,
        pipeline,
        seed,
        cancel=token,
        report=lambda done, count: progress(done / count, ""),
    )
    shown = _shown(batch.images, pipeline)
    return Made(source, pipeline, seed, loaded.names, loaded.files, batch, shown)


def _shown(images: Tensor, pipeline: Pipeline) -> tuple[QImage, ...]:
    return tuple(shrink(to_qimage(to_uint8(_thinned(image, pipeline))), _THUMBNAIL) for image in images)


def _thinned(image: Tensor, pipeline: Pipeline) -> Tensor:
    """Fewer pixels of a large picture, with Normalize undone."""
    every = max(1, max(image.shape[-2:]) // (2 * _THUMBNAIL))
    return denormalized(image[..., ::every, ::every], pipeline)
