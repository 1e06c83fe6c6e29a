"""What the list of sources offers: bundled sets, one's own, and those that torchvision downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.operations import Operation, Step
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.concatenation import sources_of
from tudui_gui.datasets.selection import source_values
from tudui_gui.datasets.sources import shown
from tudui_gui.gui.tabs.datasets.texts import size_text

BUNDLED, OWN, DOWNLOADED = "bundled", "own", "download"
#: In the order of the list.
GROUPS = (BUNDLED, OWN, DOWNLOADED)

_ICONS = {
    "digits": "numeric",
    "photos": "image-outline",
    "fake": "dice-multiple-outline",
    "concat": "set-merge",
    "csv": "table-large",
}
#: Sets that stand in the list more than once: the parameter, and its values there.
_LISTED = {
    "shapes": ("layout", ("class_folders", "image_label_folders", "file_names")),
    "emnist": ("subset", ("letters", "digits")),
}
_GROUP_ICONS = {
    BUNDLED: "shape-outline",
    OWN: "folder-outline",
    DOWNLOADED: "image-multiple-outline",
}


@dataclass(frozen=True)
class Files:
    """What is known of the files of a set to download: whether they are here, and their size in bytes."""

    are_here: bool
    size: int | None = None


@dataclass(frozen=True)
class Source:
    """One line of the list.

    Attributes
    ----------
    step : Step
    group : str
        One of :data:`GROUPS`.
    files : Files or None
        Of a set to download; None: not known yet.
    is_open : bool
    """

    step: Step
    group: str
    files: Files | None = None
    is_open: bool = False

    @property
    def can_open(self) -> bool:
        """Whether its files are here, as far as is known."""
        return self.group != DOWNLOADED or self.files is None or self.files.are_here

    @property
    def icon(self) -> str:
        """Name of its icon."""
        return _ICONS.get(self.step.name, _GROUP_ICONS[self.group])

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return title_of(self.step)

    @property
    def place(self) -> str:
        """The folder one's own data lie in; empty for the others."""
        path = own_path(self.step)
        if path is None or self.group != OWN:
            return ""
        return shown(path if "download" in self.step.operation.tags else path.parent)

    @property
    def fact(self) -> str:
        """The few letters beside the title: that it is on disk, or how much there is to download."""
        if self.group != DOWNLOADED or self.files is None:
            return ""
        if self.files.are_here:
            return QCoreApplication.translate("SourcesCard", "on disk")
        return size_text(self.files.size) if self.files.size else "–"

    @property
    def state(self) -> str:
        """Where its files are, in words."""
        if self.group == OWN:
            return self.place
        if self.group == BUNDLED:
            return QCoreApplication.translate("SourcesCard", "bundled")
        if self.files is None:
            return "…"
        if self.files.are_here:
            return QCoreApplication.translate("SourcesCard", "on disk")
        missing = QCoreApplication.translate("SourcesCard", "not downloaded")
        return f"{missing}, {size_text(self.files.size)}" if self.files.size else missing


def listed(
    recent: Iterable[Step], files: Mapping[Step, Files], root: str | None, opened: Step | None
) -> list[Source]:
    """Every line, group by group.

    Parameters
    ----------
    recent : iterable of Step
        One's own, the newest first.
    files : mapping
        What is known of the sets to download.
    root : str or None
        The folder that those lie in.
    opened : Step or None
        The step that is open.
    """
    lines = [(step, BUNDLED) for step in _tagged("bundled")]
    lines += [(step, OWN) for step in recent]
    lines += [(step, DOWNLOADED) for step in downloads(root)]
    return [Source(step, group, files.get(step), is_same(step, opened)) for step, group in lines]


def downloads(root: str | None) -> list[Step]:
    """The sets to download, below ``root``."""
    return [step.with_values(root=root) for step in _tagged("download")]


def _tagged(tag: str) -> list[Step]:
    operations = (operation for operation in DATASETS.values() if tag in operation.tags)
    return [step for operation in operations for step in _variants(operation)]


def _variants(operation: Operation) -> list[Step]:
    parameter, values = _LISTED.get(operation.name, ("", ()))
    return [operation.step(**{parameter: value}) for value in values] or [operation.step()]


def is_same(step: Step, other: Step | None) -> bool:
    """Whether both are the same source, however it is split."""
    return other is not None and step.name == other.name and source_values(step) == source_values(other)


def is_of_same_files(step: Step, other: Step) -> bool:
    """Whether both read the same files, perhaps in another way."""
    return [*map(_files_of, sources_of(step))] == [*map(_files_of, sources_of(other))]


def _files_of(step: Step) -> object:
    return own_path(step) or (step.name, source_values(step))


def is_own(step: Step, root: str | None) -> bool:
    """Whether the list of bundled sets and of sets below ``root`` does not have this source."""
    return not any(is_same(step, source.step) for source in listed((), {}, root, None))


def own_path(step: Step) -> Path | None:
    """The folder or table of a step that has one."""
    root, table = step.values.get("root"), step.values.get("file")
    return None if not root else Path(root, table) if table else Path(root)


def title_of(step: Step) -> str:
    """What a source is called on the screen."""
    if step.values.get("sources"):
        return " + ".join(map(title_of, step.values["sources"]))
    path = own_path(step)
    if path is not None and "download" not in step.operation.tags:
        return shown(path.name or path)
    if step.name == "shapes":
        return _shapes_title(step.values["layout"])
    titles = {
        "digits": QCoreApplication.translate("SourcesCard", "Digits"),
        "photos": QCoreApplication.translate("SourcesCard", "Photos"),
    }
    if step.name in titles:
        return titles[step.name]
    target = step.operation.target
    name = target.__name__ if isinstance(target, type) else step.name.replace("_", " ").capitalize()
    return f"{name} {step.values['subset']}" if "subset" in step.values else name


def _shapes_title(layout: str) -> str:
    texts = {
        "image_label_folders": QCoreApplication.translate("SourcesCard", "Shapes, label files"),
        "file_names": QCoreApplication.translate("SourcesCard", "Shapes, labels in names"),
    }
    return texts.get(layout) or QCoreApplication.translate("SourcesCard", "Shapes")


def bare(step: Step) -> Step:
    """``step`` as it is remembered: without corrections, which are looked up when it is opened."""
    return step.with_values(edits=None) if "edits" in step.values else step
