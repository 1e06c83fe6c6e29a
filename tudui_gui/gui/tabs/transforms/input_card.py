"""The picture that the pipeline is tried on."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.images.reading import IMAGE_SUFFIXES, is_image_path


def bundled_photos() -> list[Path]:
    """The photographs that scikit-learn brings; its package is not imported."""
    spec = find_spec("sklearn")
    if spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent / "datasets" / "images"
    return [folder / "flower.jpg", folder / "china.jpg"]


class InputCard(Card):
    """Shows the input; takes another from a file, a drop, the open data set or the bundled photos.

    Signals
    -------
    path_chosen(object)
        A ``Path``.
    image_dropped(object)
        A ``QImage`` without a file.
    dataset_requested()
        The image chosen on the Datasets tab.
    """

    path_chosen = Signal(object)
    image_dropped = Signal(object)
    dataset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="input_card", parent=parent)
        self.setAcceptDrops(True)
        self._input: Input | None = None
        self._tag = Tag(object_name="input_kind")
        self._photos = IconButton("image-multiple-outline", "bundled_photos")
        self._menu = QMenu(self)
        for path in bundled_photos():
            action = QAction(path.name, self._menu)
            action.setObjectName(f"photo_{path.stem}")
            action.setData(str(path))
            self._menu.addAction(action)
        self._photos.setMenu(self._menu)
        self._photos.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.view = ImageView("transform_input")
        self._name = ElidedLabel(role="mono", object_name="input_name", mode=Qt.TextElideMode.ElideMiddle)
        self._open = Button("open_image_button", "folder-open-outline")
        self._from_dataset = Button("image_from_dataset", "database-outline")
        self._lay_out()
        self._menu.triggered.connect(self._choose_photo)
        self._open.clicked.connect(self._ask)
        self._from_dataset.clicked.connect(self.dataset_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.add_to_header(self._tag)
        self.add_to_header(self._photos)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._open, 1)
        row.addWidget(self._from_dataset, 1)
        self.view.setMinimumHeight(72)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._name)
        self.body.addLayout(row)

    @property
    def input(self) -> Input | None:
        """What is shown."""
        return self._input

    def show_input(self, shown: Input) -> None:
        """Show another picture."""
        self._input = shown
        self.view.set_image(shown.image)
        width, height = shown.picture.image.size
        mode = shown.picture.mode
        self._tag.set_text("PIL · RGB" if mode == "RGB" else f"{mode} → RGB")
        self._name.set_text(f"{shown.name}   {width} × {height}")
        self.retranslate_ui()

    @Slot(QAction)
    def _choose_photo(self, action: QAction) -> None:
        self.path_chosen.emit(Path(action.data()))

    @Slot()
    def _ask(self) -> None:
        endings = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        kinds = self.tr("Images ({endings})").format(endings=endings)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open an image"), "", kinds)
        if name:
            self.path_chosen.emit(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasImage() or any(is_image_path(Path(url.toLocalFile())) for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        images = [path for path in paths if is_image_path(path)]
        if images:
            self.path_chosen.emit(images[0])
            event.acceptProposedAction()
        elif data.hasImage():
            self.image_dropped.emit(QImage(data.imageData()))
            event.acceptProposedAction()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Input"))
        self._photos.set_texts(self.tr("Bundled photos"), self.tr("Take one of scikit-learn's photographs"))
        self._open.set_texts(self.tr("Open…"), self.tr("Open an image file; dropping one here does the same"))
        self._from_dataset.set_texts(
            self.tr("From data set"), self.tr("Take the image chosen on the Datasets tab, or the first one")
        )
        self.view.setAccessibleName(self.tr("Input picture"))
        self.view.setToolTip(self.tr("What the pipeline gets; drop an image here for another"))
        notes = self._input.picture.notes if self._input else ()
        self._tag.setToolTip("\n".join(QCoreApplication.translate("events", note) for note in notes))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
