"""Corrections that are kept from one session to the next: whose they are, and what the source itself said."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Text
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.catalog import root_of
from tudui_gui.datasets.edits import Edits, edits_file
from tudui_gui.datasets.selection import source_values
from tudui_gui.datasets.sources import Dataset


def corrections_file(step: Step) -> Path:
    """Where the corrections of the source that ``step`` opens are kept, however it is split or cut.

    A step that already carries corrections from somewhere else (a run's, a colleague's) has a file of its
    own, so that changing these does not overwrite those kept of the source itself.
    """
    identity, named = _identity(step), step.values.get("edits")
    kept = edits_file(step.name, identity).absolute()
    if named is None:
        return kept
    file = Path(_absolute(named))
    return file if file.parent == kept.parent else edits_file(step.name, {**identity, "edits": str(file)})


def with_kept_edits(step: Step) -> Step:
    """``step`` with the corrections kept of its source, if there are any and it names none itself.

    Reads a small file; call it off the main thread.

    Raises
    ------
    DatasetError
        They cannot be read.
    """
    if "edits" not in step.values or step.values["edits"] is not None:
        return step
    return step.with_values(edits=str(corrections_file(step))) if kept_edits(step) else step


def kept_edits(step: Step) -> Edits:
    """The corrections kept of the source of ``step``; none if there is no file. Raises ``DatasetError``."""
    file = corrections_file(step)
    if not file.exists():
        return Edits()
    try:
        return Edits.load(file)
    except DatasetError as cause:
        raise DatasetError(
            cause.what,
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Move the file away to open the data set without corrections."
            ),
            detail=cause.detail,
            path=str(file),
        ) from cause


def original_labels(dataset: Dataset, keys: Iterable[str]) -> dict[str, str]:
    """What the source itself calls the images at ``keys``; empty text for one without a label.

    Call it off the main thread.
    """
    wanted = frozenset(keys)
    source = dataset.collection
    if source is None or not wanted:
        return {}
    parts = (part for part in (source.train, source.test, source.unlabelled) if part is not None)
    return {key: part.label_name(index) for part in parts for index, key in part.keyed(wanted)}


def _identity(step: Step) -> dict[str, Any]:
    values = source_values(step)
    for parameter in step.operation.parameters:
        value = values.get(parameter.name)
        if value is not None and isinstance(parameter, Text) and parameter.is_folder:
            values[parameter.name] = _absolute(value)
    return {**values, "root": str(root_of(step))} if "root" in values else values


def _absolute(path: object) -> str:
    return str(Path(str(path)).expanduser().absolute())
