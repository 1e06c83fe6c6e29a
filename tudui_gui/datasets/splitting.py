"""Which images are for training and which for test, and at most so many of a class.

Permutations come from ``numpy.random.RandomState``, frozen by numpy's compatibility policy: the same with
every version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tudui_gui.datasets.sources import ImageSet

Labels = npt.NDArray[np.int64]


def stratified_split(labels: Labels, share: float, seed: int) -> tuple[list[int], list[int]]:
    """Ascending indices for training and for test: the same share of every class.

    Of the ``n`` images of each class, taken in ascending order of label, those at the first
    ``int(n * share + 0.5)`` places of ``RandomState(seed).permutation(n)`` are for test; one ``RandomState``
    serves all classes.
    """
    random = np.random.RandomState(seed)
    is_test = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        is_test[members[random.permutation(len(members))[: int(len(members) * share + 0.5)]]] = True
    return np.flatnonzero(~is_test).tolist(), np.flatnonzero(is_test).tolist()


def random_split(count: int, share: float, seed: int) -> tuple[list[int], list[int]]:
    """Ascending indices for training and for test, whatever the classes.

    The first ``int(count * share + 0.5)`` of ``RandomState(seed).permutation(count)`` are for test.
    """
    order = np.random.RandomState(seed).permutation(count)
    tests = int(count * share + 0.5)
    return sorted(order[tests:].tolist()), sorted(order[:tests].tolist())


def chosen_by_key(keys: Sequence[str], labels: Labels, share: float, seed: int) -> npt.NDArray[np.bool_]:
    """Which images are for test, so that a further image moves as few others as possible.

    Of the ``n`` images of a class these are the first ``int(n * share + 0.5)`` in the order of
    :func:`by_digest`.
    """
    is_test = np.zeros(len(keys), dtype=bool)
    for members in by_digest(keys, labels, seed):
        is_test[members[: int(len(members) * share + 0.5)]] = True
    return is_test


def limited(image_set: ImageSet, limit: int | None, seed: int) -> ImageSet:
    """At most ``limit`` images of each class, order kept: the first ones in the order of :func:`by_digest`.

    Leaving one of them out brings one other in and changes nothing else. None: the set itself.
    """
    if limit is None:
        return image_set
    keys = [image_set.key(index) for index in range(len(image_set))]
    kept = [index for members in by_digest(keys, image_set.labels, seed) for index in members[:limit]]
    return image_set.subset(sorted(kept))


def by_digest(keys: Sequence[str], labels: Labels, seed: int) -> list[list[int]]:
    """The indices of each class, in ascending order of ``sha256(f"{seed}/{key}".encode())``."""
    digests = [hashlib.sha256(f"{seed}/{key}".encode("utf-8", "surrogatepass")).digest() for key in keys]
    groups = (np.flatnonzero(labels == label).tolist() for label in np.unique(labels))
    return [sorted(members, key=digests.__getitem__) for members in groups]
