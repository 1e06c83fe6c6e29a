"""What a folder holds: which sources of ``DATASETS`` could read it, and which sets are on disk."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, root_of
from tudui_gui.datasets.remote_files import first_folders, is_complete
from tudui_gui.datasets.torchvision_sets import variants


def recognise(folder: Path) -> Step:
    """The best reading of ``folder``: the first of :func:`candidates`.

    Reads directory entries, and the beginning of a CSV; call it off the main thread.
    """
    return candidates(folder)[0]


def candidates(folder: Path) -> tuple[Step, ...]:
    """Every reading of ``folder`` that could make sense, best first; never empty.

    Reads directory entries, and the beginning of a CSV; call it off the main thread.

    Parameters
    ----------
    folder : Path
        A folder, or a CSV file.
    """
    return (*_torchvision_sets(folder), DATASETS.step("folder", root=str(folder)))


def downloadable() -> list[str]:
    """Names of the data sets that torchvision downloads."""
    return [name for name, operation in DATASETS.items() if "download" in operation.tags]


def is_on_disk(step: Step) -> bool:
    """Whether everything ``step`` downloads lies below its root. Off the main thread."""
    return is_complete(step, root_of(step))


def _torchvision_sets(folder: Path) -> list[Step]:
    """The downloadable sets that lie in ``folder``, as their root or as their own folder."""
    found = []
    for root in (folder, folder.parent):
        steps = [step for name in downloadable() for step in variants(DATASETS.step(name, root=str(root)))]
        found += [
            step
            for step in steps
            if (root == folder or folder.name in first_folders(step)) and is_on_disk(step)
        ]
    return found
