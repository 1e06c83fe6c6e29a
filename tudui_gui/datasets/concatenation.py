"""Several sources as one data set: their classes united, training with training, test with test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Catalog, Step
from tudui_gui.core.parameters import Parameter
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.datasets.joined import JoinedImageSet
from tudui_gui.datasets.sources import NO_LABEL, Collection, Dataset, ImageSet

#: Name of the operation, and of the key that names a source in TOML.
CONCAT = "concat"
NAME_KEY = "source"


@dataclass(frozen=True, kw_only=True)
class Sources(Parameter):
    """Data sets, each a table with its ``source`` and values. Canonical: ``tuple[Step, ...]``, not empty.

    ``catalog`` gives the operations to choose from; a function, because the parameter is part of one of them.
    """

    catalog: Callable[[], Catalog]

    kind: ClassVar[str] = "sources"

    def _allowed(self) -> Phrase:
        return Phrase(QT_TRANSLATE_NOOP("errors", "a list of at least one data set"))

    def _normalise(self, value: Any) -> tuple[Step, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError(value)
        if not value:
            raise ValueError(value)
        return tuple(map(self._source, value))

    def _source(self, value: Any) -> Step:
        if isinstance(value, Step):
            self.catalog().find(value.name)
            return value
        if not isinstance(value, Mapping):
            raise TypeError(value)
        return self.catalog().step_from(value, NAME_KEY)

    def source(self, value: Any) -> str:
        """A list of the sources' own texts."""
        return f"[{', '.join(step.source() for step in value)}]"

    def to_toml(self, value: Any) -> Any:
        """An array of tables."""
        return [step.to_dict(NAME_KEY) for step in value]


def sources_of(step: Step) -> tuple[Step, ...]:
    """The sources that ``step`` joins, in order, those within them too; ``step`` itself if it joins none."""
    if step.name != CONCAT:
        return (step,)
    return tuple(each for source in step.values["sources"] for each in sources_of(source))


def with_each_source(step: Step, change: Callable[[Step], Step]) -> Step:
    """``step`` with every one of :func:`sources_of` replaced by what ``change`` makes of it."""
    if step.name != CONCAT:
        return change(step)
    return step.with_values(sources=[with_each_source(each, change) for each in step.values["sources"]])


def concatenated(datasets: Sequence[Dataset]) -> Collection:
    """The images of ``datasets`` together.

    Classes in the order in which they first appear. Training parts are joined in order, test parts too, and
    images without label; images left out of one of them do not appear. Keys begin with the number of the data
    set, from 0, and ``/``.

    Raises
    ------
    DatasetError
        When there is no data set.
    """
    if not datasets:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "There are no sources to join."),
            remedy=QT_TRANSLATE_NOOP("errors", "Add [[dataset.sources]] with a source, once for each."),
        )
    classes = tuple(dict.fromkeys(name for dataset in datasets for name in dataset.classes))
    unlabelled = [(number, each.unlabelled) for number, each in enumerate(datasets) if each.unlabelled]
    return Collection(
        " + ".join(dataset.name for dataset in datasets),
        classes,
        _together(classes, enumerate(dataset.train for dataset in datasets)),
        _together(classes, enumerate(dataset.test for dataset in datasets)),
        _together(classes, unlabelled) if unlabelled else None,
        tuple(problem for dataset in datasets for problem in dataset.problems),
        _common_path(datasets),
    )


def _together(classes: tuple[str, ...], numbered: Iterable[tuple[int, ImageSet]]) -> ImageSet:
    parts = list(numbered)
    relabelled = [_with_classes(part, classes) for _, part in parts]
    return JoinedImageSet(relabelled, [f"{number}/" for number, _ in parts])


def _with_classes(part: ImageSet, classes: tuple[str, ...]) -> ImageSet:
    # Without a label is -1: the last place of the table.
    numbers = np.array([*map(classes.index, part.classes), NO_LABEL])
    return part.relabelled(classes, numbers[part.labels])


def _common_path(datasets: Sequence[Dataset]) -> Path | None:
    collections = [dataset.collection for dataset in datasets if dataset.collection]
    paths = [collection.path for collection in collections if collection.path]
    common = common_folder(paths)
    return None if common is None or common == Path(common.anchor) else common


def common_folder(folders: Sequence[Path]) -> Path | None:
    """The deepest folder that all ``folders``, made absolute, are or lie in; None on different drives."""
    try:
        return Path(os.path.commonpath([folder.absolute() for folder in folders]))
    except ValueError:  # no folder at all, or drives of Windows
        return None


def has_root(step: Step) -> bool:
    """Whether ``step`` is of an operation with a parameter ``root``."""
    return any(parameter.name == "root" for parameter in step.operation.parameters)


def with_root(step: Step, root: Path | str) -> Step:
    """``step`` read from ``root``, where its operation has a root.

    Of several sources, ``root`` takes the place of the deepest folder that all their roots lie in: of
    ``old/ants`` and ``old/bees`` come ``root/ants`` and ``root/bees``. A source without a root gets ``root``.

    Raises
    ------
    DatasetError
        When the sources lie on different drives.
    """
    if step.name != CONCAT:
        return step.with_values(root=str(root)) if has_root(step) else step
    common = common_folder(_roots(step))
    if common is None and _roots(step):
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "The sources of the data set have no folder in common to replace."),
            remedy=QT_TRANSLATE_NOOP("errors", "Set the root of each: dataset.sources.0.root and so on."),
        )
    return with_each_source(step, lambda source: _moved(source, common, Path(root)))


def with_absolute_roots(step: Step) -> Step:
    """``step`` with relative roots resolved against the current folder."""
    return with_each_source(
        step,
        lambda source: source.with_values(root=str(_root(source))) if source.values.get("root") else source,
    )


def _moved(source: Step, common: Path | None, root: Path) -> Step:
    if not has_root(source):
        return source
    if common is None or not source.values["root"]:
        return source.with_values(root=str(root))
    return source.with_values(root=str(root / _root(source).relative_to(common)))


def _roots(step: Step) -> list[Path]:
    return [_root(source) for source in sources_of(step) if source.values.get("root")]


def _root(source: Step) -> Path:
    return Path(source.values["root"]).expanduser().absolute()
