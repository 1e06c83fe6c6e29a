"""The pictures that the pipeline is tried on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.core.text import shown
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.input_boxes import QuestionBox
from tudui_gui.gui.tabs.transforms.input_list import InputList
from tudui_gui.gui.tabs.transforms.input_menus import AddMenu, PhotosMenu, TileMenu
from tudui_gui.gui.tabs.transforms.input_shown import ShownInput
from tudui_gui.gui.tabs.transforms.input_strip import InputStrip
from tudui_gui.gui.tabs.transforms.input_ways import (
    brings_images,
    bundled_photos,
    image_patterns,
    of_dataset,
    of_mime,
    of_paths,
)
from tudui_gui.gui.tabs.transforms.input_work import MOST_INPUTS, Source
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import OPENCV, PIL, Picture

__all__ = ["InputCard", "bundled_photos"]

_FOLDER = "transforms.folder"
_READERS = {"pil": PIL, "opencv": OPENCV}


class InputCard(Card):
    """One to six inputs; opened from files, drops, the clipboard, the data set or the bundled photos.

    What is opened takes the place of the current input, several that of all; "+" adds. What cannot be read
    is told and changes nothing.

    Signals
    -------
    inputs_changed()
        :attr:`inputs` are others, or in another order.
    current_changed()
        :attr:`current` is another one.
    failed(object)
        A tuple of ``Failure``: what could not be read.
    succeeded()
        Something was read and nothing failed.
    dataset_missing()
        An image of the data set was asked for, and none is open.
    fix_requested(object)
        A ``Fix`` of the pipeline: BGR to RGB as its first step.
    """

    inputs_changed = Signal()
    current_changed = Signal()
    failed = Signal(object)
    succeeded = Signal()
    dataset_missing = Signal()
    fix_requested = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="input_card", parent=parent)
        self.setAcceptDrops(True)
        self._session = session
        self.list = InputList(jobs, self)
        self._reader = SegmentedSwitch("input_reader", tuple(_READERS))
        self._paste = IconButton("content-paste", "input_paste")
        self._photos = IconButton("image-multiple-outline", "bundled_photos")
        self.shown = ShownInput()
        self.strip = InputStrip()
        self._add = IconButton("plus", "input_add")
        self._question = QuestionBox()
        self._open = Button("open_image_button", "folder-open-outline")
        self._from_dataset = Button("image_from_dataset", "database-outline")
        self._add_menu, self._photos_menu, self._tile_menu = AddMenu(self), PhotosMenu(self), TileMenu(self)
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        for widget in (self._reader, self._paste, self._photos):
            self.add_to_header(widget)
        self._photos.setMenu(self._photos_menu)
        self._add.setMenu(self._add_menu)
        for button in (self._photos, self._add):
            button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.body.setSpacing(theme.SPACE // 2)
        self.body.addWidget(self._question, 1)
        self.body.addWidget(self.shown, 1)
        self.body.addLayout(_row(self.strip, self._add))
        buttons = _row(self._open, self._from_dataset)
        buttons.setSpacing(theme.SPACE)
        buttons.setStretch(1, 1)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self._open.clicked.connect(self.ask_to_open)
        self._from_dataset.clicked.connect(self._open_from_dataset)
        self._paste.clicked.connect(self._paste_in_place)
        self.shown.remove.clicked.connect(self._remove_current)
        self._reader.key_chosen.connect(self._choose_reader)
        self._photos_menu.photo_chosen.connect(self._open_photo)
        self._add_menu.photo_chosen.connect(self._add_photo)
        self._add_menu.files_requested.connect(self._ask_to_add)
        self._add_menu.paste_requested.connect(self._paste_behind)
        self._add_menu.dataset_requested.connect(self._add_from_dataset)
        self._tile_menu.replace_requested.connect(self._ask_to_replace)
        self._tile_menu.move_requested.connect(self.list.move)
        self._tile_menu.remove_requested.connect(self.list.remove)
        self.strip.chosen.connect(self.list.choose)
        self.strip.move_requested.connect(self.list.move)
        self.strip.remove_requested.connect(self.list.remove)
        self.strip.menu_requested.connect(self._open_tile_menu)
        self.shown.frame_chosen.connect(self.list.set_frame)
        self._question.answered.connect(self.list.answer)
        self.shown.fix_requested.connect(self.fix_requested)
        self._connect_list()

    def _connect_list(self) -> None:
        self.list.inputs_changed.connect(self._show)
        self.list.inputs_changed.connect(self.inputs_changed)
        self.list.current_changed.connect(self._show)
        self.list.current_changed.connect(self.current_changed)
        self.list.settled.connect(self._show_current)
        self.list.question_changed.connect(self._show_question)
        self.list.left_out.connect(self._tell_left_out)
        self.list.failed.connect(self.failed)
        self.list.succeeded.connect(self.succeeded)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the pipeline is tried on, row by row."""
        return self.list.inputs

    @property
    def current(self) -> int:
        """Which of :attr:`inputs` is shown large; -1 if there is none."""
        return self.list.current

    @property
    def input(self) -> Input | None:
        """The current one."""
        return self.inputs[self.current] if self.inputs else None

    @Slot(int)
    def choose(self, index: int) -> None:
        """Make another input the current one."""
        self.list.choose(index)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files: one in place of the current input, several in place of all."""
        if paths:
            self.list.open(of_paths(list(paths)))

    def open_picture(self, picture: Picture, name: str) -> None:
        """Open a picture in place of the current input."""
        self.list.open((Source(name, picture=picture, frame=picture.frame, reduction=picture.reduction),))

    def paste(self, *, adds: bool = False) -> bool:
        """Open what is on the clipboard, or add it; False if there is no picture."""
        data = QGuiApplication.clipboard().mimeData()
        return self._take(of_mime(data, self.tr("pasted image")), adds)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """The pipeline's steps: whether an array of OpenCV needs a hint depends on them."""
        self.shown.show_steps(steps)

    def _take(self, sources: Sequence[Source], adds: bool) -> bool:
        if sources and adds:
            self.list.add(sources)
        elif sources:
            self.list.open(sources)
        return bool(sources)

    # -- showing -------------------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        rows = self.list.rows
        names = [row.loaded.input.name for row in rows]
        self.strip.set_tiles([row.loaded.thumbnail for row in rows], list(map(shown, names)), self.current)
        self._add.setEnabled(self.list.has_room)
        self.shown.remove.setEnabled(len(rows) > 1)
        self.shown.remove.setVisible(len(rows) > 1)
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        row = self.list.row
        self._reader.set_key(_key(self.list.reader))
        if row is not None:
            self.shown.show_loaded(row.loaded)

    @Slot()
    def _show_question(self) -> None:
        self._question.ask(self.list.question)
        self.shown.setHidden(self.list.question is not None)

    @Slot(int)
    def _tell_left_out(self, count: int) -> None:
        text = self.tr("At most {most} inputs are compared; {count} left out.")
        self._session.notify(text.format(most=MOST_INPUTS, count=count), is_warning=True)

    # -- ways in -------------------------------------------------------------------------------------------

    @Slot()
    def ask_to_open(self) -> None:
        """Let a person choose files in place of the current input."""
        self.open_paths(self._chosen_files())

    @Slot()
    def _ask_to_add(self) -> None:
        self._take(of_paths(self._chosen_files()), adds=True)

    @Slot(int)
    def _ask_to_replace(self, index: int) -> None:
        paths = self._chosen_files()
        if paths:
            self.list.replace(index, of_paths(paths[:1])[0])

    def _chosen_files(self) -> list[Path]:
        preferences = self._session.preferences
        kinds = self.tr("Images ({endings})").format(endings=image_patterns())
        title = self.tr("Open images")
        names, _ = QFileDialog.getOpenFileNames(self, title, preferences.get(_FOLDER, ""), kinds)
        if names:
            preferences.set(_FOLDER, str(Path(names[0]).parent))
        return [Path(name) for name in names]

    @Slot()
    def _paste_in_place(self) -> None:
        if not self.paste():
            self._tell_nothing_to_paste()

    @Slot()
    def _paste_behind(self) -> None:
        if not self.paste(adds=True):
            self._tell_nothing_to_paste()

    def _tell_nothing_to_paste(self) -> None:
        self._session.notify(self.tr("There is no image and no image file on the clipboard."))

    @Slot()
    def _open_from_dataset(self) -> None:
        if not self._take(of_dataset(self._session), adds=False):
            self.dataset_missing.emit()

    @Slot()
    def _add_from_dataset(self) -> None:
        if not self._take(of_dataset(self._session), adds=True):
            self.dataset_missing.emit()

    @Slot(object)
    def _open_photo(self, path: Path) -> None:
        self.open_paths([path])

    @Slot(object)
    def _add_photo(self, path: Path) -> None:
        self._take(of_paths([path]), adds=True)

    @Slot()
    def _remove_current(self) -> None:
        self.list.remove(self.current)

    @Slot(str)
    def _choose_reader(self, key: str) -> None:
        self.list.set_reader(_READERS[key])

    @Slot(int, object)
    def _open_tile_menu(self, index: int, place: QPoint) -> None:
        self._tile_menu.open_for(index, len(self.inputs), place)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_images(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        below = event.position().y() >= self.strip.y() and event.position().y() < self._open.y()
        sources = of_mime(event.mimeData(), self.tr("dropped image"))
        if self._take(sources, adds=below):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)

    # -- texts ---------------------------------------------------------------------------------------------

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Input"))
        self.list.set_title(self.tr("Open an image"))
        self._reader.set_texts(
            {
                "pil": (
                    "PIL",
                    self.tr("Read the file with Image.open(...).convert('RGB'), as torchvision does"),
                ),
                "opencv": ("OpenCV", self.tr("Read the file with cv2.imread: a numpy array, blue first")),
            }
        )
        self._paste.set_texts(
            self.tr("Paste"), self.tr("Take an image or image files from the clipboard (Ctrl+V)")
        )
        self._photos.set_texts(self.tr("Bundled photos"), self.tr("Take one of scikit-learn's photographs"))
        self._add.set_texts(
            self.tr("Add an input"),
            self.tr("Compare another image, as a further row; dropping one on the tiles does the same"),
        )
        self._open.set_texts(
            self.tr("Open…"), self.tr("Open one or several image files; dropping them here does the same")
        )
        self._from_dataset.set_texts(
            self.tr("From data set"), self.tr("Take the images chosen on the Datasets tab, or the first one")
        )
        self.strip.setAccessibleName(self.tr("Inputs"))
        self.strip.setToolTip(
            self.tr("Click or arrow keys: choose. Drag or Alt+arrow: another order. Delete: remove")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _row(wide: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE // 2)
    row.addWidget(wide, 1)
    for widget in others:
        row.addWidget(widget)
    return row


def _key(reader: str) -> str:
    return next(key for key, name in _READERS.items() if name == reader)
