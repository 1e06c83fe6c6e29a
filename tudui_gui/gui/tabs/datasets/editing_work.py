"""What an edit of corrections does off the main thread: the data set made anew, then the file written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.corrections import corrections_file, kept_edits
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.selection import source_values, with_edits
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.tabs.datasets.browser_work import Change


@dataclass(frozen=True)
class State:
    """Corrections as they are at one place of the undo stack.

    Attributes
    ----------
    edits : Edits
        Applied to the data set.
    stored : Edits
        In the file; others than ``edits`` if the step does not use the file.
    step : Step
        Of the data set.
    """

    edits: Edits
    stored: Edits
    step: Step


@dataclass(frozen=True, eq=False)
class Edited:
    """A change that was made: ``dataset`` has it, and ``file`` holds it.

    ``took_up``: so are kept corrections now that the data set did not use before.
    """

    dataset: Dataset
    before: State
    after: State
    file: Path
    took_up: bool


def edit_work(dataset: Dataset, change: Change, token: CancelToken) -> Edited | None:
    """Make ``change`` of the corrections of ``dataset``; None if it changes nothing.

    Corrections that are kept of the source, but not used by ``dataset``, are taken up again: they would be
    lost otherwise.

    Raises
    ------
    DatasetError
        The corrections cannot be read, or too few images would remain. Nothing was written.
    StorageError
        They cannot be written. All is as before.
    Cancelled
        Before anything was written.
    """
    step, file = dataset.step, corrections_file(dataset.step)
    stored = kept_edits(step)
    base = dataset.edits if step.values["edits"] is not None else stored
    edits = change(base)
    if edits == dataset.edits:
        return None
    changed_step = step.with_values(edits=str(file) if edits else None)
    changed = remade(dataset, edits, changed_step)
    token.raise_if_cancelled()
    edits.save(file)
    before = State(dataset.edits, stored, step)
    return Edited(changed, before, State(edits, edits, changed_step), file, base != dataset.edits)


def restore_work(
    dataset: Dataset | None, state: State, step: Step, file: Path, token: CancelToken
) -> Dataset:
    """The data set of ``step`` with the corrections of ``state``, which the file holds again.

    ``dataset`` is of the same source, if that is open. Raises as :func:`edit_work`.
    """
    token.raise_if_cancelled()
    if dataset is None:
        state.stored.save(file)
        return open_dataset(step, cancel=token)
    changed = remade(dataset, state.edits, step)
    state.stored.save(file)
    return changed


def remade(dataset: Dataset, edits: Edits, step: Step) -> Dataset:
    """``dataset`` with other corrections; flags alone change no part."""
    before = dataset.edits
    flags_only = (before.labels, before.left_out) == (edits.labels, edits.left_out)
    if flags_only and _others(dataset.step) == _others(step):
        return replace(dataset, edits=edits, step=step)
    return with_edits(dataset, edits, step)


def is_same_source(step: Step, other: Step) -> bool:
    """Whether both open the same source, however it is split, corrected or cut."""
    return step.name == other.name and source_values(step) == source_values(other)


def _others(step: Step) -> dict[str, object]:
    return {name: value for name, value in step.values.items() if name != "edits"}
