"""Laying the images of a data set out in a plane, off the main thread."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.embedding import Floats, Projection, model_features, pca, pixel_features, sample, tsne
from tudui_gui.datasets.sources import NO_LABEL, Dataset, ImageSet
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.workers import Progress
from tudui_gui.layers.features import features
from tudui_gui.transforms.pipeline import Pipeline

Indices = NDArray[np.int64]

#: Methods and where features come from.
PCA, TSNE = "pca", "tsne"
PIXELS, MODEL = "pixels", "model"

#: Parts of a data set in the order of their numbers in :attr:`Embedded.parts`.
PARTS = ("train", "test", "unlabelled", "left_out")
#: Most images that are laid out at once.
MOST = {PCA: 60_000, TSNE: 20_000}

_THUMBNAIL = 64
_BEGINNING = 0.02


@dataclass(frozen=True)
class Request:
    """What to lay out, and how.

    Attributes
    ----------
    method : str
        ``"pca"`` or ``"tsne"``.
    source : str
        ``"pixels"`` or ``"model"``.
    layer : str or None
        Of the model; None: what its last Linear is given.
    parts : tuple of str
        Some of :data:`PARTS`.
    count, seed, perplexity : int
    """

    method: str
    source: str
    layer: str | None
    parts: tuple[str, ...]
    count: int
    seed: int
    perplexity: int


@dataclass(frozen=True, eq=False)
class Embedded:
    """Images in the plane.

    Attributes
    ----------
    dataset : Dataset
        That :attr:`parts` and :attr:`indices` are of.
    request : Request
    parts : ndarray of int64, shape (N,)
        Number of each image's part in :data:`PARTS`.
    indices : ndarray of int64, shape (N,)
        In its part.
    projection : Projection
    total : int
        Images there were to choose from.
    skipped : int
        Images chosen that could not be read.
    flagged : ndarray of bool, shape (N,)
        Images that a person has flagged.
    model : str
        Name of the model the features are of; empty for pixels.
    """

    dataset: Dataset
    request: Request
    parts: Indices
    indices: Indices
    projection: Projection
    total: int
    skipped: int
    flagged: NDArray[np.bool_]
    model: str = ""

    def __len__(self) -> int:
        return len(self.indices)

    def image_set(self, point: int) -> ImageSet:
        """The part that a point's image is in."""
        return self.dataset.parts[PARTS[self.parts[point]]]

    @property
    def labels(self) -> Indices:
        """Class of each point, shape (N,)."""
        labels = np.full(len(self), NO_LABEL, np.int64)
        for number, part in self._present():
            labels[self.parts == number] = part.labels[self.indices[self.parts == number]]
        return labels

    @property
    def keys(self) -> list[str]:
        """What each image is called in its source."""
        sets = dict(self._present())
        pairs = zip(self.parts.tolist(), self.indices.tolist(), strict=True)
        return [sets[number].key(index) for number, index in pairs]

    def with_flags(self) -> Embedded:
        """With :attr:`flagged` as the data set's corrections have it; not for the main thread."""
        flags = self.dataset.edits.flags
        flagged = [key in flags for key in self.keys] if flags else [False] * len(self)
        return replace(self, flagged=np.array(flagged, dtype=bool))

    def _present(self) -> list[tuple[int, ImageSet]]:
        parts = self.dataset.parts
        return [(number, parts[PARTS[number]]) for number in np.unique(self.parts).tolist()]


def compute(
    dataset: Dataset,
    request: Request,
    model: OpenModel | None,
    pipeline: Pipeline,
    token: CancelToken,
    progress: Progress,
) -> Embedded:
    """Choose images, take their features, lay them out. Any pool thread.

    Raises
    ------
    DatasetError, ModelError, TransformError
    Cancelled
    """
    parts, indices, total = _chosen(dataset, request)
    rows: list[Floats] = []
    for number in np.unique(parts).tolist():
        wanted = indices[parts == number].tolist()
        clock = _Clock(progress, sum(map(len, rows)), len(indices), *_share(request, 0))
        images = dataset.parts[PARTS[number]]
        rows.append(_features(images, wanted, request, model, pipeline, clock, token))
    found = np.concatenate(rows)
    readable = np.isfinite(found[:, 0])
    projection = _projected(found[readable], request, token, progress)
    name = model.name if model is not None and request.source == MODEL else ""
    none = np.zeros(int(readable.sum()), dtype=bool)
    skipped = len(readable) - len(none)
    parts, indices = parts[readable], indices[readable]
    return Embedded(dataset, request, parts, indices, projection, total, skipped, none, name).with_flags()


def _chosen(dataset: Dataset, request: Request) -> tuple[Indices, Indices, int]:
    """Part number and index of the images, and how many there were to choose from."""
    sets = [(PARTS.index(name), dataset.parts[name]) for name in request.parts if name in dataset.parts]
    numbers = np.concatenate([np.full(len(part), number) for number, part in sets])
    places = np.concatenate([np.arange(len(part)) for _, part in sets])
    labels = np.concatenate([part.labels for _, part in sets])
    count = min(request.count, MOST[request.method])
    taken = sample(numbers * (len(dataset.classes) + 1) + labels + 1, count, request.seed)
    return numbers[taken], places[taken], len(numbers)


def _features(
    image_set: ImageSet,
    indices: list[int],
    request: Request,
    model: OpenModel | None,
    pipeline: Pipeline,
    clock: _Clock,
    token: CancelToken,
) -> Floats:
    if request.source == PIXELS:
        return pixel_features(image_set, indices, progress=clock, cancel=token)
    assert model is not None
    run = partial(_run, model, request.layer, token)
    return model_features(image_set, indices, pipeline.deterministic(), run, progress=clock, cancel=token)


def _run(model: OpenModel, layer: str | None, token: CancelToken, batch: Tensor) -> Tensor:
    with model.lock:
        rows = features(model.module, batch, layer, cancel=token)
    if not torch.isfinite(rows).all():
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The model gives values that are not finite numbers."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer, or a model that was trained well."),
        )
    return rows


def _projected(rows: Floats, request: Request, token: CancelToken, progress: Progress) -> Projection:
    if request.method == PCA:
        return pca(rows, request.seed)
    clock = _Clock(progress, 0, 1000, *_share(request, 1), iterations=True)
    return tsne(rows, request.perplexity, request.seed, progress=clock, cancel=token)


def _share(request: Request, step: int) -> tuple[float, float]:
    """From which fraction to which the progress of a step goes."""
    middle = 0.9 if request.method == PCA else 0.3
    return (0.0, middle) if step == 0 else (middle, 1.0)


class _Clock:
    """Tells how far a step is, and from how long it took how long it will take.

    Parameters
    ----------
    progress : callable
    before, total : int
        Images done in earlier calls, and in all.
    low, high : float
        Fractions of the whole work that this step goes from and to.
    iterations : bool
        Of t-SNE, not images.
    """

    def __init__(
        self, progress: Progress, before: int, total: int, low: float, high: float, iterations: bool = False
    ) -> None:
        self._progress = progress
        self._before = before
        self._total = total
        self._low, self._high = low, high
        self._iterations = iterations
        self._started = time.monotonic()

    def __call__(self, done: int, _total: int) -> None:
        share = (self._before + done) / self._total
        left = (time.monotonic() - self._started) * (self._total - self._before - done) / max(1, done)
        self._progress(self._low + (self._high - self._low) * share, self._text(self._before + done, left))

    def _text(self, done: int, seconds: float) -> str:
        if self._iterations:
            text = QCoreApplication.translate("EmbeddingWork", "Iteration {done:,} of {total:,}")
        else:
            text = QCoreApplication.translate("EmbeddingWork", "{done:,} of {total:,} images")
        text = text.format(done=done, total=self._total)
        if seconds < 1 or done / self._total < _BEGINNING:
            return text
        left = QCoreApplication.translate("EmbeddingWork", "{seconds:.0f} s left")
        return f"{text}, {left.format(seconds=seconds)}"


def follow(embedded: Embedded, dataset: Dataset, token: CancelToken, progress: Progress) -> Embedded:
    """The same points after the data set was corrected: its images found again by their keys.

    Images that are gone are left out.
    """
    wanted = {key: point for point, key in enumerate(embedded.keys)}
    parts = np.full(len(embedded), -1)
    indices = np.full(len(embedded), -1)
    for name, image_set in dataset.parts.items():
        token.raise_if_cancelled()
        for index, key in image_set.keyed(wanted.keys()):
            parts[wanted[key]], indices[wanted[key]] = PARTS.index(name), index
    kept = parts >= 0
    projection = replace(embedded.projection, points=embedded.projection.points[kept])
    found = replace(
        embedded, dataset=dataset, parts=parts[kept], indices=indices[kept], projection=projection
    )
    return found.with_flags()


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """The picture of a point; None: it cannot be read."""

    embedded: Embedded
    point: int
    image: QImage | None


def thumbnail_work(embedded: Embedded, point: int, token: CancelToken, progress: Progress) -> Thumbnail:
    """A small picture of a point's image. Raises ``ImageError``."""
    image = embedded.image_set(point).thumbnail(int(embedded.indices[point]), _THUMBNAIL)
    return Thumbnail(embedded, point, shrink(to_qimage(np.asarray(image)), 2 * _THUMBNAIL))


def table(embedded: Embedded) -> str:
    """CSV of all points: ``part,index,key,label,x,y``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["part", "index", "key", "label", "x", "y"])
    rows = zip(embedded.keys, embedded.projection.points.tolist(), strict=True)
    for point, (key, (x, y)) in enumerate(rows):
        index = int(embedded.indices[point])
        label = embedded.image_set(point).label_name(index)
        writer.writerow([PARTS[embedded.parts[point]], index, key, label, x, y])
    return text.getvalue()


def chosen_by_part(embedded: Embedded, points: Sequence[int] | Indices) -> dict[str, list[int]]:
    """Ascending indices of the images of ``points`` in each part that has some, in the order of the parts."""
    chosen = np.asarray(points, dtype=np.int64)
    numbers = embedded.parts[chosen]
    return {
        PARTS[number]: np.sort(embedded.indices[chosen[numbers == number]]).tolist()
        for number in np.unique(numbers).tolist()
    }
