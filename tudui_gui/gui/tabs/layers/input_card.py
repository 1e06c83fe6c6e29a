"""The pictures that go in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.input_reading import (
    Inputs,
    batch_reader,
    part_of,
    read_file,
    read_flower,
    selection_reader,
)
from tudui_gui.gui.tabs.layers.work import Prepared
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs, Work
from tudui_gui.images.reading import IMAGE_SUFFIXES, Picture
from tudui_gui.layers.pixel_sums import Window

_TARGETS = ("transforms_tab", "prediction_tab")
_LARGEST_BATCH = 256
_SPACE = 4
_COUNT_WIDTH = 52
_ARROW_WIDTH = 22


class InputCard(Card):
    """Shows one of the pictures; opens others from a file or from the open data set.

    Signals
    -------
    inputs_changed()
        There are other pictures, or another one of them is shown.
    failed(object)
        A ``Failure``: the file cannot be read.
    """

    inputs_changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("", "layers_input_card", parent)
        self._session = session
        self._jobs = jobs
        self._next_index = 0
        self._prepared: Prepared | None = None
        self._inputs: Inputs | None = None
        self._index = 0
        self.view = ImageView("layers_input")
        self.view.setFixedHeight(120)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._size = Tag(object_name="layers_input_size")
        self._name = ElidedLabel(role="muted", object_name="layers_input_name")
        self._prepared_tag = Tag(object_name="layers_input_prepared")
        self._place = Tag(object_name="layers_batch_place")
        self._before = IconButton("chevron-left", "layers_batch_previous")
        self._after = IconButton("chevron-right", "layers_batch_next")
        self._open = Button("layers_open_image", "folder-open-outline")
        self._from_dataset = Button("layers_dataset_image")
        self._selected = IconButton("checkbox-multiple-marked-outline", "layers_selected_images")
        self.count = SpinBox("layers_batch_size")
        self.count.setRange(1, _LARGEST_BATCH)
        self._lay_out()
        self._connect()
        self._on_dataset(session.dataset)
        self._show_place()
        self.retranslate_ui()

    @property
    def picture(self) -> Picture | None:
        """The picture that is shown."""
        return None if self._inputs is None else self._inputs.pictures[self._index]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures of the batch."""
        return () if self._inputs is None else self._inputs.pictures

    @property
    def index(self) -> int:
        """Which of the pictures is shown."""
        return self._index

    @property
    def name(self) -> str:
        """What the picture that is shown is called."""
        return "" if self._inputs is None else self._inputs.names[self._index]

    def open_flower(self) -> None:
        """Show the bundled photograph."""
        self._submit(read_flower)

    def open_file(self, path: Path) -> None:
        """Show the image in a file."""
        self._submit(partial(read_file, path))

    def set_picture(self, picture: Picture, name: str) -> None:
        """Take a picture that is read already."""
        self._jobs.cancel("layers.input")
        self._take(Inputs((picture,), (name,)))

    def show_prepared(self, prepared: Prepared) -> None:
        """Show the picture as it goes into the layer, and say what was done to it."""
        self._prepared = prepared
        self.view.set_image(prepared.image)
        self._show_preparation()

    def show_window(self, window: Window | None) -> None:
        """Frame the part of the picture that an output pixel is made of."""
        place = (0, 0, 0, 0) if window is None else (window.x, window.y, window.width, window.height)
        self.view.set_highlight(*place)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Input"))
        self.view.setAccessibleName(self.tr("Input picture"))
        self.view.setToolTip(
            self.tr("The picture that goes through the layer. Right click: open it elsewhere")
        )
        self._open.setAccessibleName(self.tr("Open…"))
        self._open.setToolTip(self.tr("Open an image file (PIL.Image.open)"))
        self._from_dataset.set_texts(
            self.tr("Data set"), self.tr("Take the next test images of the open data set, as many as said")
        )
        self._selected.set_texts(self.tr("Take the images that are selected on the Datasets tab"))
        self.count.setAccessibleName(self.tr("Images of a batch"))
        self.count.setToolTip(self.tr("How many images of the data set go in together"))
        self._before.set_texts(self.tr("Previous image of the batch"))
        self._after.set_texts(self.tr("Next image of the batch"))
        self._show_preparation()

    def _lay_out(self) -> None:
        for widget in (self._before, self._place, self._after, self._size):
            self.add_to_header(widget)
        for button in (self._before, self._after):
            button.setFixedWidth(_ARROW_WIDTH)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self._name)
        names.addWidget(self._prepared_tag)
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACE)
        buttons.addWidget(self._open)
        buttons.addWidget(self._from_dataset, 1)
        buttons.addWidget(self.count)
        buttons.addWidget(self._selected)
        self.count.setMaximumWidth(_COUNT_WIDTH)
        self.body.addWidget(self.view)
        self.body.addLayout(names)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._open.clicked.connect(self._choose_file)
        self._from_dataset.clicked.connect(self._take_from_dataset)
        self._selected.clicked.connect(self._take_selected)
        self._before.clicked.connect(self._go_back)
        self._after.clicked.connect(self._go_on)
        self._session.dataset_changed.connect(self._on_dataset)

    def _show_preparation(self) -> None:
        prepared = self._prepared
        text = tip = ""
        if prepared is not None and prepared.resized_to is not None:
            height, width = prepared.resized_to
            text = self.tr("resized to {width}×{height}").format(width=width, height=height)
            tip = "transforms.Resize"
        if prepared is not None and prepared.pipeline is not None:
            text = self.tr("test transforms")
            tip = prepared.pipeline.source()
        self._prepared_tag.set_text(text)
        self._prepared_tag.setToolTip(tip)

    def _show_place(self) -> None:
        count = len(self.pictures)
        self._place.set_text(f"{self._index + 1}/{count}" if count > 1 else "")
        for button in (self._before, self._after):
            button.setVisible(count > 1)
        self._before.setEnabled(self._index > 0)
        self._after.setEnabled(self._index < count - 1)

    def _submit(self, work: Work) -> None:
        self._jobs.submit(
            work, done=self._take, failed=self._fail, key="layers.input", title=self.tr("Opening")
        )

    @Slot(object)
    def _take(self, read: Inputs) -> None:
        self._inputs = read
        self._go_to(0)
        if read.left_out:
            text = self.tr("{count} images cannot be read and were left out.").format(count=read.left_out)
            self._session.notify(text, is_warning=True)

    def _go_to(self, index: int) -> None:
        assert self._inputs is not None
        self._index = index
        picture = self._inputs.pictures[index]
        self._name.set_text(self._inputs.names[index])
        self._size.set_text(f"{picture.image.width}×{picture.image.height}")
        self._show_place()
        self.inputs_changed.emit()

    @Slot()
    def _go_back(self) -> None:
        self._go_to(max(0, self._index - 1))

    @Slot()
    def _go_on(self) -> None:
        self._go_to(min(len(self.pictures) - 1, self._index + 1))

    @Slot(object)
    def _fail(self, failure: object) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _on_dataset(self, dataset: Dataset | None) -> None:
        self._next_index = 0
        has_images = dataset is not None and len(dataset.parts) > 0
        for control in (self._from_dataset, self._selected, self.count):
            control.setEnabled(has_images)

    @Slot()
    def _take_from_dataset(self) -> None:
        dataset, count = self._session.dataset, self.count.value()
        if dataset is not None:
            self._submit(batch_reader(dataset, self._next_index, count))
            self._next_index = (self._next_index + count) % len(part_of(dataset)[1])

    @Slot()
    def _take_selected(self) -> None:
        dataset, chosen, current = (
            self._session.dataset,
            self._session.chosen_images,
            self._session.current_image,
        )
        if chosen is None and current is not None:
            chosen = (current[0], (current[1],))
        if dataset is None or chosen is None:
            self._session.notify(self.tr("No image is selected on the Datasets tab."), is_warning=True)
            return
        image_set, indices = chosen
        self._submit(selection_reader(dataset.name, image_set, indices[:_LARGEST_BATCH]))

    @Slot()
    def _choose_file(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        kinds = self.tr("Images ({patterns})").format(patterns=patterns)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open an image"), "", kinds)
        if name:
            self.open_file(Path(name))

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if self.picture is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for target, text in zip(
            _TARGETS, (self.tr("Open in Transforms"), self.tr("Open in Predict")), strict=True
        ):
            action = QAction(text, menu)
            action.setData(target)
            menu.addAction(action)
        menu.triggered.connect(self._send)
        menu.popup(self.view.mapToGlobal(place))

    @Slot(QAction)
    def _send(self, action: QAction) -> None:
        if self.picture is not None:
            self._session.send_image(self.picture, self._name.text(), action.data())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
