"""The picture that goes in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.work import Prepared, flower
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs, Progress, Work
from tudui_gui.images.reading import IMAGE_SUFFIXES, Picture, read_image
from tudui_gui.layers.pixel_sums import Window

_TARGETS = ("transforms_tab", "prediction_tab")


class InputCard(Card):
    """Shows the picture; opens another one from a file or from the open data set.

    Signals
    -------
    picture_changed(object, str)
        The new ``Picture`` and its name.
    failed(object)
        A ``Failure``: the file cannot be read.
    """

    picture_changed = Signal(object, str)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("", "layers_input_card", parent)
        self._session = session
        self._jobs = jobs
        self._next_index = 0
        self._prepared: Prepared | None = None
        self.picture: Picture | None = None
        self.view = ImageView("layers_input")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._size = Tag(object_name="layers_input_size")
        self._name = ElidedLabel(role="muted", object_name="layers_input_name")
        self._prepared_tag = Tag(object_name="layers_input_prepared")
        self._open = Button("layers_open_image", "folder-open-outline")
        self._from_dataset = Button("layers_dataset_image", "image-multiple-outline")
        self.add_to_header(self._size)
        self.view.setFixedHeight(136)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._open)
        row.addWidget(self._from_dataset)
        self.body.addWidget(self.view)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self._name)
        names.addWidget(self._prepared_tag)
        self.body.addLayout(names)
        self.body.addLayout(row)
        self._open.clicked.connect(self._choose_file)
        self._from_dataset.clicked.connect(self._take_from_dataset)
        session.dataset_changed.connect(self._on_dataset)
        self._on_dataset(session.dataset)
        self.retranslate_ui()

    def open_flower(self) -> None:
        """Show the bundled photograph."""
        self._submit(_read_flower)

    def open_file(self, path: Path) -> None:
        """Show the image in a file."""
        self._submit(partial(_read_file, path))

    def set_picture(self, picture: Picture, name: str) -> None:
        """Take a picture that is read already."""
        self._jobs.cancel("layers.input")
        self._take((picture, name))

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
        self._open.set_texts(self.tr("Open…"), self.tr("Open an image file (PIL.Image.open)"))
        self._from_dataset.set_texts(
            self.tr("Data set"), self.tr("Take the next test image of the open data set")
        )
        self._show_preparation()

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

    def _submit(self, work: Work) -> None:
        self._jobs.submit(
            work, done=self._take, failed=self._fail, key="layers.input", title=self.tr("Opening")
        )

    @Slot(object)
    def _take(self, read: tuple[Picture, str]) -> None:
        self.picture, name = read
        self._name.set_text(name)
        self._size.set_text(f"{self.picture.image.width}×{self.picture.image.height}")
        self.picture_changed.emit(self.picture, name)

    @Slot(object)
    def _fail(self, failure: object) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _on_dataset(self, dataset: Dataset | None) -> None:
        self._next_index = 0
        self._from_dataset.setEnabled(dataset is not None and len(dataset.parts) > 0)

    @Slot()
    def _take_from_dataset(self) -> None:
        dataset = self._session.dataset
        if dataset is not None:
            self._submit(partial(_read_item, dataset, self._next_index))
            self._next_index = (self._next_index + 1) % len(_part_of(dataset)[1])

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


def _read_flower(token: CancelToken, progress: Progress) -> tuple[Picture, str]:
    return flower(), "flower.jpg"


def _read_file(path: Path, token: CancelToken, progress: Progress) -> tuple[Picture, str]:
    return read_image(path), path.name


def _part_of(dataset: Dataset) -> tuple[str, ImageSet]:
    """The part that images are taken from: test, or the first that holds any."""
    return ("test", dataset.test) if len(dataset.test) else next(iter(dataset.parts.items()))


def _read_item(dataset: Dataset, index: int, token: CancelToken, progress: Progress) -> tuple[Picture, str]:
    part, image_set = _part_of(dataset)
    item, label = image_set.item(index), image_set.label_name(index)
    picture = Picture(image_set.image(index), item.path, "", item.mode, item.size)
    name = f"{dataset.name} {part} {index}"
    return picture, f"{name} · {label}" if label else name
