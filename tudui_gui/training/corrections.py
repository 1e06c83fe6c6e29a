"""A run's own copies of the corrections of its data: one that is made later does not change the run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tudui_gui.core.errors import storage_error
from tudui_gui.core.operations import Step
from tudui_gui.datasets.concatenation import CONCAT
from tudui_gui.datasets.edits import Edits

#: The copy of a data set's own corrections; of its second source it is ``corrections-1.json``, and so on.
COPY = "corrections.json"
_COPIES = "corrections*.json"


def keep(step: Step, run_dir: Path, edits: Edits | None = None) -> Step:
    """Copy the files of corrections that ``step`` names into ``run_dir``; the step that names the copies.

    Copies of an earlier start that ``step`` does not name are removed.

    Parameters
    ----------
    step : Step
        Of ``DATASETS``.
    run_dir : Path
        Made if need be.
    edits : Edits, optional
        What is in use instead of the file that ``step`` itself names, its sources aside.

    Raises
    ------
    DatasetError
        A file is missing or damaged.
    StorageError
    """

    def kept(source: Step, name: str) -> Step:
        given = edits if edits is not None and name == COPY else _named_edits(source)
        copy = (run_dir / name).absolute()
        if not given:
            if copy.is_file():
                _remove(copy)
            return source.with_values(edits=None)
        given.save(copy)
        return source.with_values(edits=str(copy))

    return _changed(step, kept)


def named_in(step: Step, run_dir: Path) -> Step:
    """``step`` as :func:`keep` left it in ``run_dir``: with the copies that are there."""

    def named(source: Step, name: str) -> Step:
        copy = (run_dir / name).absolute()
        return source.with_values(edits=str(copy) if copy.is_file() else None)

    return _changed(step, named)


def found_beside(step: Step, *folders: Path) -> Step:
    """``step`` with each file of corrections looked for in ``folders`` first, by its name.

    A run's folder may have been moved. What none of them has stays as it is named.
    """

    def found(source: Step, _: str) -> Step:
        named = source.values["edits"] or ""
        last = re.split(r"[\\/]", named)[-1]  # the path may be of another system
        here = next((folder / last for folder in folders if last and (folder / last).is_file()), None)
        return source.with_values(edits=str(here.absolute())) if here else source

    return _changed(step, found)


def taken_over(step: Step, other: Step) -> Step:
    """``step`` with the files of corrections of ``other``, as far as both are the same sources."""
    if step.name != other.name:
        return step
    if step.name == CONCAT:
        pairs = zip(step.values["sources"], other.values["sources"], strict=False)
        same = [taken_over(mine, theirs) for mine, theirs in pairs]
        step = step.with_values(sources=[*same, *step.values["sources"][len(same) :]])
    return step.with_values(edits=other.values["edits"])


def are_named(step: Step) -> bool:
    """Whether ``step`` or a source within it names a file of corrections."""
    return bool(step.values["edits"]) or any(map(are_named, step.values.get("sources", ())))


def is_copy(path: Path) -> bool:
    """Whether a file of a run's folder is one that :func:`keep` writes."""
    return path.match(_COPIES)


def _changed(step: Step, change: Callable[[Step, str], Step], name: str = COPY) -> Step:
    """``step`` and the sources within it after ``change``, which is told the name of each one's copy."""
    if step.name == CONCAT:
        stem = name.removesuffix(".json")
        numbered = enumerate(step.values["sources"])
        changed = [_changed(source, change, f"{stem}-{number}.json") for number, source in numbered]
        step = step.with_values(sources=changed)
    return change(step, name)


def _named_edits(source: Step) -> Edits:
    named = source.values["edits"]
    return Edits.load(Path(named).expanduser()) if named else Edits()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as cause:
        raise storage_error(path, cause) from cause
