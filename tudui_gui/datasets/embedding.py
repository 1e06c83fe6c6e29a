"""Images as points of a plane: features of pixels or of a model, then scikit-learn's PCA or t-SNE."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from sklearn.decomposition import PCA
from torch import Tensor

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import DatasetError, ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets import tsne_child
from tudui_gui.datasets.child_process import Child, started
from tudui_gui.datasets.loading import TransformedDataset
from tudui_gui.datasets.passes import decodes_files, in_chunks
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.transforms.pipeline import Pipeline

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

#: Called with (done, in all): images, or iterations of t-SNE.
Report = Callable[[int, int], None]

#: Side of the squares that pixels are taken from.
SIDE = 16
#: PCA and t-SNE need so many images.
FEWEST = 3
_BATCH = 64
_LARGEST = 2**30


@dataclass(frozen=True, eq=False)
class Projection:
    """Where images lie in the plane.

    Attributes
    ----------
    points : ndarray of float32, shape (N, 2)
    explained : tuple of float
        Share of the variance along each axis, 0..1 (PCA); empty for t-SNE.
    divergence : float
        Kullback-Leibler divergence that t-SNE ended with; not-a-number for PCA.
    """

    points: Floats
    explained: tuple[float, ...] = ()
    divergence: float = float("nan")


def sample(groups: npt.NDArray[np.int64], count: int, seed: int) -> Indices:
    """Ascending indices of ``count`` images, the same share of every group (of every label, for example).

    A group of ``n`` of all ``N`` images gives ``count * n / N``: rounded down, and one more for those with
    the largest remainders (of equal ones, the smaller group number) until there are ``count``. Within a
    group, in ascending order, these are the first places of ``RandomState(seed).permutation(n)``; one
    ``RandomState`` serves all. All indices when there are no more than ``count``.
    """
    if len(groups) <= count:
        return np.arange(len(groups), dtype=np.int64)
    names, sizes = np.unique(groups, return_counts=True)
    shares, remainders = np.divmod(sizes * count, len(groups))
    shares[np.argsort(-remainders, kind="stable")[: count - int(shares.sum())]] += 1
    random = np.random.RandomState(seed)
    chosen = [
        np.flatnonzero(groups == name)[random.permutation(size)[:share]]
        for name, size, share in zip(names, sizes, shares, strict=True)
    ]
    return np.sort(np.concatenate(chosen)).astype(np.int64)


def pixel_features(
    image_set: ImageSet,
    indices: Sequence[int],
    side: int = SIDE,
    *,
    progress: Report | None = None,
    cancel: CancelToken | None = None,
) -> Floats:
    """The pixels of small squares: ``numpy.asarray(image.resize((side, side), BILINEAR)).ravel() / 255``.

    The resizing is Pillow's, which averages when it shrinks; the aspect ratio is not kept.

    Parameters
    ----------
    image_set : ImageSet
    indices : sequence of int
    side : int
        In pixels.
    progress : callable, optional
        Called on this thread.
    cancel : CancelToken, optional

    Returns
    -------
    ndarray of float32, shape (N, side * side * 3)
        0..1; rows, columns, then red, green, blue. The row of an image that cannot be read is not-a-number.

    Raises
    ------
    Cancelled
    """
    features = np.empty((len(indices), side * side * 3), dtype=np.float32)
    done = 0
    work = partial(_squares, image_set, side)
    for rows in in_chunks(work, indices, cancel, threaded=decodes_files(image_set)):
        features[done : done + len(rows)] = rows
        done += len(rows)
        if progress is not None:
            progress(done, len(indices))
    return features


def _squares(image_set: ImageSet, side: int, indices: Sequence[int]) -> Floats:
    rows = np.full((len(indices), side * side * 3), np.nan, dtype=np.float32)
    for place, index in enumerate(indices):
        try:
            image = image_set.image(int(index))
        except ImageError:
            continue
        rows[place] = np.asarray(image.resize((side, side), Image.Resampling.BILINEAR)).ravel()
    rows /= np.float32(255)
    return rows


def model_features(
    image_set: ImageSet,
    indices: Sequence[int],
    pipeline: Pipeline,
    run: Callable[[Tensor], Tensor],
    *,
    progress: Report | None = None,
    cancel: CancelToken | None = None,
) -> Floats:
    """What ``run`` makes of the images after ``pipeline``, 64 at a time, in order.

    Parameters
    ----------
    image_set : ImageSet
    indices : sequence of int
        Not empty.
    pipeline : Pipeline
        Without random steps, for numbers that can be had again.
    run : callable
        From a batch float32 (B, channels, height, width) to a tensor (B, D) on the CPU.
    progress : callable, optional
        Called on this thread.
    cancel : CancelToken, optional

    Returns
    -------
    ndarray of float32, shape (N, D)
        The row of an image that cannot be read is not-a-number.

    Raises
    ------
    DatasetError
        Images differ in size after ``pipeline``; the features would take over 1 GiB.
    TransformError, ModelError
        As the pipeline and ``run`` raise them.
    Cancelled
    """
    images = TransformedDataset(image_set, pipeline, cache_bytes=0)
    features = np.zeros((0, 0), dtype=np.float32)
    for start in range(0, len(indices), _BATCH):
        if cancel is not None:
            cancel.raise_if_cancelled()
        chosen = [int(index) for index in indices[start : start + _BATCH]]
        for places, batch in _readable(images, chosen):
            rows = run(batch).numpy()
            if not features.size:
                features = _room(len(indices), rows.shape[1])
            features[start + np.array(places)] = rows
        if progress is not None:
            progress(start + len(chosen), len(indices))
    return features if features.size else np.full((len(indices), 1), np.nan, np.float32)


def _readable(images: TransformedDataset, indices: Sequence[int]) -> Iterator[tuple[list[int], Tensor]]:
    """One batch, or, when a file of it cannot be read, the others one by one: (places, batch)."""
    try:
        whole = images.batch(indices)[0]
    except ImageError:
        yield from _one_by_one(images, indices)
    else:
        yield list(range(len(indices))), whole


def _one_by_one(images: TransformedDataset, indices: Sequence[int]) -> Iterator[tuple[list[int], Tensor]]:
    for place, index in enumerate(indices):
        try:
            batch = images.batch([index])[0]
        except ImageError:
            continue
        yield [place], batch


def _room(count: int, width: int) -> Floats:
    if count * width * 4 > _LARGEST:
        raise DatasetError(
            QT_TRANSLATE_NOOP(
                "errors", "{width:,} features of each of {count:,} images would take {gigabytes:.1f} GB."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose fewer images, or a layer with fewer outputs."),
            width=width,
            count=count,
            gigabytes=count * width * 4 / 1e9,
        )
    return np.full((count, width), np.nan, dtype=np.float32)


def pca(features: Floats, seed: int = 0) -> Projection:
    """The first two principal components: ``PCA(2, random_state=seed).fit_transform(features)``.

    As scikit-learn has it, a component points to where the largest of its weights is positive.
    Features that are the same for all images give points at zero and no explained variance.

    Raises
    ------
    DatasetError
        Fewer than 3 images, fewer than 2 features, or values that are not finite.
    """
    _require_usable(features)
    if (features == features[0]).all():
        return Projection(np.zeros((len(features), 2), np.float32), (0.0, 0.0))
    model = PCA(2, random_state=seed)
    points = np.ascontiguousarray(model.fit_transform(features), np.float32)
    first, second = model.explained_variance_ratio_.tolist()
    return Projection(points, (first, second))


def tsne(
    features: Floats,
    perplexity: float = 30.0,
    seed: int = 0,
    *,
    iterations: int = 1000,
    progress: Report | None = None,
    cancel: CancelToken | None = None,
) -> Projection:
    """t-SNE: ``TSNE(perplexity=..., random_state=seed, max_iter=iterations).fit_transform(features)``.

    Features wider than 50 go through ``PCA(50, random_state=seed)`` first, if there are over 50 images.
    It is computed in a process of its own, which cancelling ends within a twentieth of a second and which
    never outlives this one. The points depend in their last digits, and so after many iterations visibly,
    on how many threads scikit-learn uses (``OMP_NUM_THREADS``).

    Parameters
    ----------
    features : ndarray of float32, shape (N, D)
    perplexity : float
        Above 0, below the number of images.
    seed : int
    iterations : int
        At least 250.
    progress : callable, optional
        Called on this thread every 50 iterations.
    cancel : CancelToken, optional

    Raises
    ------
    DatasetError
        Fewer than 3 images, fewer than 2 features, values that are not finite, a perplexity that is too
        large, or the process ended early (for want of memory).
    Cancelled
    """
    _require_usable(features)
    if not 0 < perplexity < len(features):
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "A perplexity of {perplexity:g} does not fit {count:,} images."),
            remedy=QT_TRANSLATE_NOOP("errors", "It must be smaller than the number of images."),
            perplexity=perplexity,
            count=len(features),
        )
    settings = {"perplexity": perplexity, "seed": seed, "iterations": iterations, "shape": features.shape}
    content = json.dumps(settings).encode() + b"\n" + np.ascontiguousarray(features, np.float32).tobytes()
    with started(Path(tsne_child.__file__)) as child:
        return _answer(child, content, iterations, progress, cancel)


def _answer(
    child: Child, content: bytes, iterations: int, progress: Report | None, cancel: CancelToken | None
) -> Projection:
    for line in child.exchange(content, b"result ", cancel):
        word, _, rest = line.partition(b" ")
        if word == b"iteration" and progress is not None:
            progress(int(rest), iterations)
        elif word == b"result":
            divergence, _, points = rest.partition(b"\n")
            return Projection(
                np.frombuffer(points, np.float32).reshape(-1, 2).copy(), divergence=float(divergence)
            )
    raise DatasetError(
        QT_TRANSLATE_NOOP("errors", "The process that computes t-SNE ended without a result."),
        remedy=QT_TRANSLATE_NOOP("errors", "Try fewer images, or close other programs."),
        detail=child.complaint(),
    )


def _require_usable(features: Floats) -> None:
    count, width = features.shape
    if count < FEWEST:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "{count} images are too few to be laid out."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose at least {fewest}."),
            count=count,
            fewest=FEWEST,
        )
    if width < 2:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "One feature of each image is too little to be laid out in a plane."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
        )
    odd = int((~np.isfinite(features)).any(axis=1).sum())
    if odd:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "The features of {count:,} images are not all finite numbers."),
            remedy=QT_TRANSLATE_NOOP("errors", "Look for the layer that gives infinity or NaN."),
            count=odd,
        )
