"""Doing things with the chosen images: correct, copy, reveal, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from tudui_gui.core.text import shown
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui.clipboard import put_on_clipboard
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.revealing import reveal
from tudui_gui.gui.tabs.datasets.browser_menu import ImageMenu
from tudui_gui.gui.tabs.datasets.browser_work import (
    Copied,
    Indices,
    copy_work,
    export_work,
    flagging,
    labelling,
    leaving_out,
)
from tudui_gui.gui.tabs.datasets.label_field import LabelField
from tudui_gui.gui.tabs.datasets.marks import Marked
from tudui_gui.gui.workers import Jobs


@dataclass(frozen=True, eq=False)
class Choice:
    """What an action is for.

    Attributes
    ----------
    dataset : Dataset
    image_set : ImageSet
    indices : ndarray of int64
        Of the chosen images in ``image_set``; not empty.
    current : int
        The index of the current one.
    marked : Marked
        What was done to the current one.
    """

    dataset: Dataset
    image_set: ImageSet
    indices: Indices
    current: int
    marked: Marked

    @property
    def count(self) -> int:
        """How many images are chosen."""
        return len(self.indices)

    @property
    def path(self) -> Path | None:
        """The current image's file."""
        return self.image_set.path(self.current)


class BrowserActions(QObject):
    """What the menu's actions do.

    Parameters
    ----------
    choice : callable
        The present :class:`Choice`; None: no image is current.
    dataset : callable
        The data set that is shown, if there is one.

    Signals
    -------
    send_requested(object, int, str)
        ``ImageSet``, index and the objectName of the tab to open the image in.
    edit_requested(object, str)
        A change ``Edits`` -> ``Edits``, to be called off the main thread, and what it does, translated.
    failed(object)
        A ``Failure`` of copying or exporting.
    noticed(str)
        What was done, translated.
    """

    send_requested = Signal(object, int, str)
    edit_requested = Signal(object, str)
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(
        self,
        choice: Callable[[], Choice | None],
        dataset: Callable[[], Dataset | None],
        menu: ImageMenu,
        field: LabelField,
        jobs: Jobs,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._dataset = dataset
        self._field = field
        self._asked: Choice | None = None
        self._jobs = jobs
        menu.send_requested.connect(self._send)
        menu.copy_requested.connect(self.copy)
        menu.reveal_requested.connect(self._reveal)
        menu.export_requested.connect(self._choose_listing)
        menu.flag_requested.connect(self.flag)
        menu.leave_out_requested.connect(self.leave_out)
        menu.label_requested.connect(self._label_chosen)
        menu.other_label_requested.connect(self.ask_label)
        field.label_given.connect(self._label_asked)

    # -- corrections ---------------------------------------------------------------------------------------

    @Slot()
    def flag(self) -> None:
        """Flag the chosen images; take their flags away if the current one has one."""
        choice = self._choice()
        if choice is not None:
            flagged = not choice.marked.is_flagged
            text = self.tr("Flag images: {count:,}") if flagged else self.tr("Unflag images: {count:,}")
            change = flagging(choice.image_set, choice.indices, flagged)
            self.edit_requested.emit(change, text.format(count=choice.count))

    @Slot()
    def leave_out(self) -> None:
        """Leave the chosen images out; take them back if the current one is left out."""
        choice = self._choice()
        if choice is not None:
            out = not choice.marked.is_left_out
            text = self.tr("Leave out images: {count:,}") if out else self.tr("Take back images: {count:,}")
            change = leaving_out(choice.image_set, choice.indices, out)
            self.edit_requested.emit(change, text.format(count=choice.count))

    @Slot()
    def ask_label(self) -> None:
        """Open the line that a class is typed into, for the images chosen now."""
        self._asked = self._choice()
        if self._asked is not None:
            self._field.ask(self._asked.count, self._asked.image_set.classes)

    @Slot(int)
    def label_by_number(self, number: int) -> None:
        """Put the chosen images into class ``number``, if there is one."""
        choice = self._choice()
        if choice is not None and number < len(choice.image_set.classes):
            self._label(choice, choice.image_set.classes[number])

    @Slot(object)
    def _label_chosen(self, name: str | None) -> None:
        choice = self._choice()
        if choice is not None:
            self._label(choice, name)

    @Slot(str)
    def _label_asked(self, name: str) -> None:
        if self._asked is not None:
            self._label(self._asked, name)

    def _label(self, choice: Choice, name: str | None) -> None:
        change = labelling(choice.dataset, choice.image_set, choice.indices, name)
        text = self.tr("Label of images: {name} ({count:,})")
        shown_name = self.tr("as in the data set") if name is None else name
        self.edit_requested.emit(change, text.format(name=shown_name, count=choice.count))

    # -- out of the program --------------------------------------------------------------------------------

    @Slot(str)
    def _send(self, target: str) -> None:
        choice = self._choice()
        if choice is not None:
            self.send_requested.emit(choice.image_set, choice.current, target)

    @Slot()
    def copy(self) -> None:
        """Put the chosen images on the clipboard: files and names, and the picture if it is one."""
        choice = self._choice()
        if choice is not None:
            self._jobs.submit(
                partial(copy_work, choice.image_set, choice.indices),
                done=self._put_on_clipboard,
                failed=self._tell_failure,
                key="datasets.copy",
                title=self.tr("Copying images"),
            )

    @Slot(object)
    def _put_on_clipboard(self, copied: Copied) -> None:
        data = QMimeData()
        data.setText("\n".join(copied.names))
        if copied.urls:
            data.setUrls(copied.urls)
        if copied.image is not None:
            data.setImageData(copied.image)
        put_on_clipboard(data)
        self.noticed.emit(self.tr("Copied images: {count:,}").format(count=len(copied.names)))

    @Slot()
    def _reveal(self) -> None:
        choice = self._choice()
        if choice is not None and choice.path is not None:
            reveal(choice.path)

    @Slot()
    def _choose_listing(self) -> None:
        dataset = self._dataset()
        if dataset is None:
            return
        title, kinds = self.tr("Export the listing"), self.tr("Tables (*.csv)")
        parent = self._field.window()
        name, _ = QFileDialog.getSaveFileName(parent, title, f"{dataset.name}.csv", kinds)
        if name:
            self._jobs.submit(
                partial(export_work, dataset, Path(name)),
                done=self._tell_exported,
                failed=self._tell_failure,
                title=title,
                lasting=True,
            )

    @Slot(object)
    def _tell_exported(self, path: Path) -> None:
        self.noticed.emit(self.tr("The listing was written to {path}").format(path=shown(path)))

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)
