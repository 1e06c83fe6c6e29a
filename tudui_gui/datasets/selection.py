"""From what a source holds to what training sees: split, corrections, at most so many images of a class.

The three are done in this order, so that correcting one image moves no other from one part to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Choice, Integer, Real, Text
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase, shown
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.joined import JoinedImageSet, joined
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.sources import NO_LABEL, ArrayImageSet, Collection, Dataset, ImageSet
from tudui_gui.datasets.splitting import chosen_by_key, limited, random_split, stratified_split

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
       :func:`~tudui_gui.datasets.splitting.stratified_split` or
       :func:`~tudui_gui.datasets.splitting.random_split`.
    2. Corrections: labels, new classes (after the source's, sorted by name), images left out. An image
       that had no label and was given one joins the test part by
       :func:`~tudui_gui.datasets.splitting.chosen_by_key`. A class stays even if its last image leaves it.
    3. ``per_class``: in each part the images that :func:`~tudui_gui.datasets.splitting.limited` chooses.

    A part may come out empty; then a problem says so.

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
        The corrections cannot be read.
    """
    plan = _Plan.of(step)
    if edits is None:
        edits = Edits.load(Path(plan.edits).expanduser()) if plan.edits else Edits()
    train, test = _split(collection, plan)
    parts = _edited(_Parts(collection.classes, train, test, collection.unlabelled), edits, plan)
    train, test = (limited(part, plan.per_class, plan.limit_seed) for part in (parts.train, parts.test))
    return Dataset(
        collection.name,
        step,
        parts.classes,
        train,
        test,
        (*collection.problems, *_problems(collection, plan, parts, len(train), len(test))),
        parts.unlabelled,
        parts.left_out,
        edits,
        collection,
    )


@dataclass(frozen=True)
class _Plan:
    """The values of :data:`SELECTION`, with those that count when ``split`` is ``own``."""

    method: str
    share: float
    seed: int
    per_class: int | None
    limit_seed: int
    edits: str | None

    @classmethod
    def of(cls, step: Step) -> _Plan:
        values = {**{parameter.name: parameter.default for parameter in SELECTION}, **step.values}
        is_own, seed = values["split"] == "own", values["split_seed"]
        return cls(
            values["split"],
            TEST_SHARE if is_own else values["test_share"],
            SPLIT_SEED if is_own else seed,
            values["per_class"],
            seed,
            values["edits"],
        )


@dataclass(frozen=True)
class _Parts:
    classes: tuple[str, ...]
    train: ImageSet
    test: ImageSet
    unlabelled: ImageSet | None = None
    left_out: ImageSet | None = None
    stale: int = 0


def _split(collection: Collection, plan: _Plan) -> tuple[ImageSet, ImageSet]:
    train, test = collection.train, collection.test
    if test is not None and plan.method == "own":
        return train, test
    whole = train if test is None else joined([train, test])
    if plan.method == "random":
        indices = random_split(len(whole), plan.share, plan.seed)
    else:
        indices = stratified_split(whole.labels, plan.share, plan.seed)
    return whole.subset(indices[0]), whole.subset(indices[1])


def _edited(parts: _Parts, edits: Edits, plan: _Plan) -> _Parts:
    if not edits:
        return parts
    found = [
        (part, part.keyed(edits.keys))
        for part in (parts.train, parts.test, parts.unlabelled)
        if part is not None
    ]
    named = {key for _, pairs in found for _, key in pairs}
    classes = _with_new_classes(parts.classes, edits, named)
    train, test, *others = (_Corrected.of(part, pairs, classes, edits) for part, pairs in found)
    for_train, for_test, still = _distributed(others, plan)
    left = [each.left_out() for each in (train, test, *others) if each.is_out.any()]
    return _Parts(
        classes,
        joined([train.kept(), *for_train]),
        joined([test.kept(), *for_test]),
        still,
        joined(left) if left else None,
        len(edits.keys - named),
    )


def _with_new_classes(classes: tuple[str, ...], edits: Edits, named: AbstractSet[str]) -> tuple[str, ...]:
    given = {name for key, name in edits.labels.items() if key in named}
    return (*classes, *sorted(given - set(classes)))


@dataclass(frozen=True)
class _Corrected:
    """A part with corrected labels, and which of its images are left out."""

    images: ImageSet
    is_out: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls, part: ImageSet, pairs: Sequence[tuple[int, str]], classes: tuple[str, ...], edits: Edits
    ) -> _Corrected:
        labels, is_out = part.labels.copy(), np.zeros(len(part), dtype=bool)
        for index, key in pairs:
            is_out[index] = key in edits.left_out
            if key in edits.labels:
                labels[index] = classes.index(edits.labels[key])
        if classes != part.classes or (labels != part.labels).any():
            part = part.relabelled(classes, labels)
        return cls(part, is_out)

    def kept(self) -> ImageSet:
        """The images that are not left out."""
        return self.where(~self.is_out)

    def left_out(self) -> ImageSet:
        """The others."""
        return self.where(self.is_out)

    def where(self, chosen: npt.NDArray[np.bool_]) -> ImageSet:
        """The images that are ``chosen``; the set itself when all are."""
        if chosen.all():
            return self.images
        # Joined, an array stays where it is: one image left out of 50,000 copies none of the others.
        images = JoinedImageSet([self.images]) if isinstance(self.images, ArrayImageSet) else self.images
        return images.subset(np.flatnonzero(chosen).tolist())


def _distributed(
    others: Sequence[_Corrected], plan: _Plan
) -> tuple[list[ImageSet], list[ImageSet], ImageSet | None]:
    """What joins training and test of the images that had no label, and those that still have none."""
    if not others:
        return [], [], None
    (corrected,) = others
    images = corrected.images
    now = np.flatnonzero(images.labels != NO_LABEL)
    keys = [images.key(index) for index in now.tolist()]
    is_test, is_train = np.zeros(len(images), dtype=bool), np.zeros(len(images), dtype=bool)
    is_test[now] = chosen_by_key(keys, images.labels[now], plan.share, plan.seed)
    is_train[now] = ~is_test[now]
    choices = (is_train & ~corrected.is_out, is_test & ~corrected.is_out)
    for_train, for_test = ([corrected.where(chosen)] if chosen.any() else [] for chosen in choices)
    still = (images.labels == NO_LABEL) & ~corrected.is_out
    return for_train, for_test, corrected.where(still) if still.any() else None


def _problems(
    collection: Collection, plan: _Plan, parts: _Parts, train: int, test: int
) -> list[DatasetProblem]:
    fields: dict[str, Any] = {"path": shown(collection.path or collection.name), "train": train, "test": test}
    problems = []
    if (train == 0) != (test == 0):
        problems.append(DatasetProblem(_ONE_IS_EMPTY, fields, collection.path, kind="too_few"))
    elif train and (collection.test is None or plan.method != "own"):
        what = _SPLIT if plan.method == "own" else _SPLIT_ANEW
        problems.append(DatasetProblem(what, fields, collection.path, is_note=True, kind="split"))
    if parts.stale:
        stale = {"count": parts.stale}
        problems.append(DatasetProblem(_STALE, stale, collection.path, is_note=True, kind="stale_edits"))
    return problems


def split_in_words(dataset: Dataset) -> tuple[Phrase, ...]:
    """How ``dataset`` was split and cut, as really used; templates of the context ``errors``.

    The first phrase is about the split, the others about ``per_class`` and images left out, if there are any.
    """
    plan = _Plan.of(dataset.step)
    fields: dict[str, object] = {
        "train": len(dataset.train),
        "test": len(dataset.test),
        "share": f"{100 * plan.share:g}",
        "seed": plan.seed,
    }
    phrases = [Phrase(_split_template(dataset, plan), fields)]
    if plan.per_class is not None:
        phrases.append(Phrase(_AT_MOST, {"limit": plan.per_class, "seed": plan.limit_seed}))
    if dataset.left_out is not None:
        phrases.append(Phrase(_LEFT_OUT, {"count": len(dataset.left_out)}))
    return tuple(phrases)


def _split_template(dataset: Dataset, plan: _Plan) -> str:
    if not len(dataset.train) and not len(dataset.test):
        return _NOTHING_TO_SPLIT
    if plan.method != "own":
        return _RANDOM if plan.method == "random" else _STRATIFIED
    if dataset.step.name == "concat":
        return _EACH_BY_ITSELF
    is_one_part = dataset.collection is not None and dataset.collection.test is None
    return _ALWAYS_THE_SAME if is_one_part else _OWN_PARTS


def with_edits(dataset: Dataset, edits: Edits, step: Step | None = None) -> Dataset:
    """``dataset`` made again from its source with other corrections, and another step of the same source.

    Raises
    ------
    ValueError
        ``dataset`` has no collection.
    """
    if dataset.collection is None:
        raise ValueError("the data set does not know its source")
    return select(dataset.collection, step or dataset.step, edits)


def source_values(step: Step) -> dict[str, Any]:
    """The values of ``step`` that say which source it is, without those of :data:`SELECTION`.

    Sources within it come without theirs too.
    """
    bare = without_selection(step)
    return {name: value for name, value in bare.values.items() if name not in SELECTION_NAMES}


def without_selection(step: Step) -> Step:
    """The same source with the values of :data:`SELECTION` at their defaults, those within it too."""
    defaults = {parameter.name: parameter.default for parameter in SELECTION}
    known = {name: value for name, value in defaults.items() if name in step.values}
    if "sources" in step.values:
        known["sources"] = [without_selection(source) for source in step.values["sources"]]
    return replace(step.with_values(**known), enabled=step.enabled)


_SPLIT = QT_TRANSLATE_NOOP(
    "errors", "{path} has one part: {train} images are for training and {test} for test, always the same."
)
_SPLIT_ANEW = QT_TRANSLATE_NOOP(
    "errors", "All images of {path} were split anew: {train} are for training and {test} for test."
)
_ONE_IS_EMPTY = QT_TRANSLATE_NOOP(
    "errors", "{path} has {train} images for training and {test} for test, but training needs both."
)
_STALE = QT_TRANSLATE_NOOP("errors", "The corrections name {count} images that are not there; they are kept.")
_OWN_PARTS = QT_TRANSLATE_NOOP("errors", "Its own parts: {train} images for training, {test} for test.")
_EACH_BY_ITSELF = QT_TRANSLATE_NOOP(
    "errors", "Each source split by itself: {train} images for training, {test} for test."
)
_ALWAYS_THE_SAME = QT_TRANSLATE_NOOP(
    "errors",
    "{share} % of every class for test, always the same: {train} images for training, {test} for test.",
)
_STRATIFIED = QT_TRANSLATE_NOOP(
    "errors", "{share} % of every class for test, seed {seed}: {train} images for training, {test} for test."
)
_RANDOM = QT_TRANSLATE_NOOP(
    "errors", "{share} % of all images for test, seed {seed}: {train} images for training, {test} for test."
)
_NOTHING_TO_SPLIT = QT_TRANSLATE_NOOP("errors", "No image with a label: nothing for training or test.")
_AT_MOST = QT_TRANSLATE_NOOP("errors", "At most {limit} images of each class in each part, seed {seed}.")
_LEFT_OUT = QT_TRANSLATE_NOOP("errors", "Images left out: {count}.")
