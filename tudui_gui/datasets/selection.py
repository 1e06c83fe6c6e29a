"""From what a source holds to what training sees: split, corrections, at most so many images of a class.

The three are done in this order, so that correcting one image moves no other from one part to the other.
Permutations come from ``numpy.random.RandomState``, frozen by numpy's compatibility policy: the same with
every version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Choice, Integer, Real, Text
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.sources import (
    NO_LABEL,
    Collection,
    Dataset,
    DatasetProblem,
    ImageSet,
    JoinedImageSet,
    shown,
)

Labels = npt.NDArray[np.int64]

#: Share and seed of the split of sets that come in one part.
TEST_SHARE = 0.2
SPLIT_SEED = 0

#: The parameters every source has, after its own.
SELECTION = (
    Choice(
        name="split",
        default="own",
        choices=("own", "stratified", "random"),
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "own: its own parts, or 80/20 of every class if it comes in one; else all images are split anew.",
        ),
    ),
    Real(
        name="test_share",
        default=TEST_SHARE,
        minimum=0.01,
        maximum=0.99,
        decimals=2,
        help=QT_TRANSLATE_NOOP("catalog", "Share of the images that are for test, when they are split here."),
    ),
    Integer(
        name="split_seed",
        default=SPLIT_SEED,
        minimum=0,
        maximum=2**31 - 1,
        help=QT_TRANSLATE_NOOP("catalog", "Seed of the split and of the choice that per_class makes."),
    ),
    Integer(
        name="per_class",
        default=None,
        optional=True,
        minimum=1,
        help=QT_TRANSLATE_NOOP("catalog", "At most so many images of each class in each part; none: all."),
    ),
    Text(
        name="edits",
        default=None,
        optional=True,
        help=QT_TRANSLATE_NOOP(
            "catalog", "File with corrected labels and images left out; none: no corrections."
        ),
    ),
)
SELECTION_NAMES = frozenset(parameter.name for parameter in SELECTION)


def select(collection: Collection, step: Step, edits: Edits | None = None) -> Dataset:
    """The data set that ``step`` makes of what its source holds.

    1. Split: the source's own parts, or all labelled images (training part first) split by
       :func:`stratified_split` or :func:`random_split`.
    2. Corrections: labels, new classes (after the source's, sorted by name), images left out. An image
       that had no label and was given one joins the test part by :func:`chosen_by_key`.
    3. ``per_class``: in each part the images that :func:`limited` chooses.

    Parameters
    ----------
    collection : Collection
    step : Step
        Of ``DATASETS``.
    edits : Edits, optional
        Instead of the file that ``step`` names.

    Raises
    ------
    DatasetError
        The corrections cannot be read; there are too few images to set some apart for test.
    """
    values = step.values
    if edits is None:
        edits = Edits.load(Path(values["edits"]).expanduser()) if values.get("edits") else Edits()
    share, seed = values.get("test_share", TEST_SHARE), values.get("split_seed", SPLIT_SEED)
    method = values.get("split", "own")
    limit, limit_seed = values.get("per_class"), seed
    if method == "own":
        share, seed = TEST_SHARE, SPLIT_SEED
    train, test = _split(collection, method, share, seed)
    parts = _edited(_Parts(collection.classes, train, test, collection.unlabelled), edits, share, seed)
    _require_both(collection, parts)
    problems = (*collection.problems, *_notes(collection, method, parts))
    train, test = (limited(part, limit, limit_seed) for part in (parts.train, parts.test))
    return Dataset(
        collection.name,
        step,
        parts.classes,
        train,
        test,
        problems,
        parts.unlabelled,
        parts.left_out,
        edits,
        collection,
    )


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

    Of the ``n`` images of a class these are the ``int(n * share + 0.5)`` whose
    ``sha256(f"{seed}/{key}".encode())`` is smallest.
    """
    digests = [hashlib.sha256(f"{seed}/{key}".encode("utf-8", "surrogatepass")).digest() for key in keys]
    is_test = np.zeros(len(keys), dtype=bool)
    for label in np.unique(labels):
        members = sorted(np.flatnonzero(labels == label).tolist(), key=digests.__getitem__)
        is_test[members[: int(len(members) * share + 0.5)]] = True
    return is_test


def limited(image_set: ImageSet, limit: int | None, seed: int) -> ImageSet:
    """At most ``limit`` images of each class, order kept.

    Of each class, in ascending order of label, the images at the first ``limit`` places of
    ``RandomState(seed).permutation(n)``; one ``RandomState`` serves all classes. None: the set itself.
    """
    if limit is None:
        return image_set
    random = np.random.RandomState(seed)
    kept: list[int] = []
    for label in np.unique(image_set.labels):
        members = np.flatnonzero(image_set.labels == label)
        kept += members[random.permutation(len(members))[:limit]].tolist()
    return image_set.subset(sorted(kept))


def joined(sets: Sequence[ImageSet], origins: Sequence[str] | None = None) -> ImageSet:
    """The images of ``sets`` as one set; a single one without origins is returned as it is."""
    return sets[0] if len(sets) == 1 and origins is None else JoinedImageSet(sets, origins)


@dataclass(frozen=True)
class _Parts:
    classes: tuple[str, ...]
    train: ImageSet
    test: ImageSet
    unlabelled: ImageSet | None = None
    left_out: ImageSet | None = None


def _split(collection: Collection, method: str, share: float, seed: int) -> tuple[ImageSet, ImageSet]:
    train, test = collection.train, collection.test
    if test is not None and method == "own":
        return train, test
    whole = train if test is None else joined([train, test])
    if method == "random":
        indices = random_split(len(whole), share, seed)
    else:
        indices = stratified_split(whole.labels, share, seed)
    return whole.subset(indices[0]), whole.subset(indices[1])


def _edited(parts: _Parts, edits: Edits, share: float, seed: int) -> _Parts:
    if not edits.labels and not edits.left_out:
        return parts
    added = sorted(set(edits.labels.values()) - set(parts.classes))
    classes = (*parts.classes, *added)
    train, test = (_relabelled(part, classes, edits) for part in (parts.train, parts.test))
    unlabelled = parts.unlabelled
    if unlabelled is not None:
        train, test, unlabelled = _with_newly_labelled(
            train, test, _relabelled(unlabelled, classes, edits), share, seed
        )
    left, kept = [], []
    for part in (train, test, unlabelled):
        out = _left_out(part, edits) if part is not None else np.zeros(0, dtype=bool)
        left += [part.subset(np.flatnonzero(out).tolist())] if part is not None and out.any() else []
        kept.append(part.subset(np.flatnonzero(~out).tolist()) if part is not None and out.any() else part)
    assert kept[0] is not None
    assert kept[1] is not None
    return _Parts(classes, kept[0], kept[1], kept[2], joined(left) if left else None)


def _relabelled(part: ImageSet, classes: tuple[str, ...], edits: Edits) -> ImageSet:
    numbers = {name: number for number, name in enumerate(classes)}
    labels = part.labels.copy()
    if edits.labels:
        for index in range(len(part)):
            name = edits.labels.get(part.key(index))
            if name is not None:
                labels[index] = numbers[name]
    return part.relabelled(classes, labels)


def _left_out(part: ImageSet, edits: Edits) -> npt.NDArray[np.bool_]:
    if not edits.left_out:
        return np.zeros(len(part), dtype=bool)
    return np.fromiter((part.key(i) in edits.left_out for i in range(len(part))), bool, len(part))


def _with_newly_labelled(
    train: ImageSet, test: ImageSet, found: ImageSet, share: float, seed: int
) -> tuple[ImageSet, ImageSet, ImageSet]:
    now = np.flatnonzero(found.labels != NO_LABEL).tolist()
    if not now:
        return train, test, found
    is_test = chosen_by_key([found.key(i) for i in now], found.labels[now], share, seed)
    for_train, for_test = (np.array(now)[chosen].tolist() for chosen in (~is_test, is_test))
    still = np.flatnonzero(found.labels == NO_LABEL).tolist()
    return _extended(train, found, for_train), _extended(test, found, for_test), found.subset(still)


def _extended(part: ImageSet, others: ImageSet, indices: Iterable[int]) -> ImageSet:
    added = others.subset(indices)
    if not len(added):
        return part
    return joined([part, added]) if len(part) else added


def _require_both(collection: Collection, parts: _Parts) -> None:
    if (len(parts.train) and len(parts.test)) or not (len(parts.train) or len(parts.test)):
        return
    raise DatasetError(
        QT_TRANSLATE_NOOP("errors", "{path} has too few images to set some apart for test."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Give each class at least 3 images, or make train and test folders."
        ),
        path=shown(collection.path or collection.name),
    )


def _notes(collection: Collection, method: str, parts: _Parts) -> list[DatasetProblem]:
    if (collection.test is not None and method == "own") or not len(parts.train):
        return []
    what = _SPLIT if collection.test is None and method == "own" else _SPLIT_ANEW
    fields: dict[str, Any] = {
        "path": shown(collection.path or collection.name),
        "train": len(parts.train),
        "test": len(parts.test),
    }
    return [DatasetProblem(what, fields, collection.path, is_note=True, kind="split")]


def with_edits(dataset: Dataset, edits: Edits, step: Step | None = None) -> Dataset:
    """``dataset`` made again from its source with other corrections, and another step of the same source.

    Raises
    ------
    DatasetError
        As :func:`select`; ``ValueError`` when ``dataset`` has no collection.
    """
    if dataset.collection is None:
        raise ValueError("the data set does not know its source")
    return select(dataset.collection, step or dataset.step, edits)


def source_values(step: Step) -> dict[str, Any]:
    """The values of ``step`` that say which source it is, without those of :data:`SELECTION`."""
    return {name: value for name, value in step.values.items() if name not in SELECTION_NAMES}


def without_selection(step: Step) -> Step:
    """The same source with the values of :data:`SELECTION` at their defaults."""
    defaults = {parameter.name: parameter.default for parameter in SELECTION}
    known = {name: value for name, value in defaults.items() if name in step.values}
    return replace(step.with_values(**known), enabled=step.enabled)


_SPLIT = QT_TRANSLATE_NOOP(
    "errors", "{path} has one part: {train} images are for training and {test} for test, always the same."
)
_SPLIT_ANEW = QT_TRANSLATE_NOOP(
    "errors", "All images of {path} were split anew: {train} are for training and {test} for test."
)
