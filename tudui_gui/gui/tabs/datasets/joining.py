"""Several sources as one: what is added to what."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.concatenation import CONCAT
from tudui_gui.datasets.selection import SELECTION_NAMES, without_selection


def parts_of(step: Step) -> tuple[Step, ...]:
    """The sources that ``step`` joins; itself if it joins none."""
    return tuple(step.values["sources"]) if step.name == CONCAT else (step,)


def joined_step(opened: Step, added: Step) -> Step:
    """``opened`` with the images of ``added`` too; it is split as ``opened`` is.

    A folder without classes gets its own name as the label of its images, as the tutorial does it: else
    nothing would tell the images of two such folders apart.
    """
    return with_parts(opened, (*parts_of(opened), *parts_of(added)))


def with_parts(opened: Step, parts: tuple[Step, ...]) -> Step:
    """The sources ``parts`` as one, or a single one as itself, split as ``opened`` is."""
    kept = SELECTION_NAMES - {"edits"}  # the corrections of one source are not those of several
    selection = {name: value for name, value in opened.values.items() if name in kept}
    if len(parts) == 1:
        return parts[0].with_values(**selection)
    sources = tuple(_labelled(_bare(part)) for part in parts)
    return DATASETS.step(CONCAT, sources=sources, **selection)


def _bare(step: Step) -> Step:
    """The source and its corrections; it is the whole that is split and cut."""
    return without_selection(step).with_values(edits=step.values["edits"])


def _labelled(step: Step) -> Step:
    if step.name != "plain_folder" or step.values.get("label") or not step.values.get("root"):
        return step
    return step.with_values(label=Path(step.values["root"]).name)
