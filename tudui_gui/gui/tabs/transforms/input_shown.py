"""The current input: its picture, what kind of value it is, and what is to be said of how it was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.core.text import shown
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.input_boxes import BlueFirstBox, FrameBox
from tudui_gui.gui.tabs.transforms.input_work import Loaded
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.images.reading import FIRST_OF_SEVERAL, OPENCV, PIL, Picture

_LOWEST = 56


class ShownInput(QWidget):
    """One input at large.

    Attributes
    ----------
    view : ImageView
    remove : IconButton

    Signals
    -------
    frame_chosen(int)
        Another picture of its file, from 0.
    fix_requested(object)
        A ``Fix`` of the pipeline.
    """

    frame_chosen = Signal(int)
    fix_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self._steps: tuple[Step, ...] = ()
        self.view = ImageView("transform_input")
        self._tag = Tag(object_name="input_kind")
        self._name = ElidedLabel(role="mono", object_name="input_name", mode=Qt.TextElideMode.ElideMiddle)
        self.remove = IconButton("close", "input_remove")
        self._frames = FrameBox()
        self._notes = ElidedLabel(role="muted", object_name="input_notes")
        self._notes.hide()
        self._blue_first = BlueFirstBox()
        self._lay_out()
        self._frames.frame_chosen.connect(self.frame_chosen)
        self._blue_first.fix_requested.connect(self.fix_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.view.setMinimumHeight(_LOWEST)
        names = QHBoxLayout()
        names.setSpacing(theme.SPACE // 2)
        names.addWidget(self._name, 1)
        names.addWidget(self._tag)
        names.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.view, 1)
        layout.addLayout(names)
        for widget in (self._frames, self._notes, self._blue_first):
            layout.addWidget(widget)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show another input, or the same one as it is read now."""
        self._loaded = loaded
        given, source = loaded.input, loaded.source
        if self.view.image is not given.image:
            self.view.set_image(given.image)
        # cv2.imread takes the first picture of a file.
        self._frames.show_frame(source.frame, loaded.frames if source.reader == PIL else 1)
        width, height = given.picture.image.size
        self._name.set_text(f"{shown(given.name)}   {width} × {height}")
        self.show_steps(self._steps)
        self.retranslate_ui()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """The pipeline's steps: whether an array of OpenCV needs a hint depends on them."""
        self._steps = tuple(steps)
        is_bgr = self._loaded is not None and self._loaded.input.picture.reader == OPENCV
        self._blue_first.show_for(self._steps, is_bgr=is_bgr)

    def hasHeightForWidth(self) -> bool:
        # Else Qt takes the preferred height for the least, and the pipeline below has no room.
        return False

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.remove.set_texts(self.tr("Remove this input"))
        self.view.setAccessibleName(self.tr("Input picture"))
        self.view.setToolTip(self.tr("What the pipeline gets; drop an image here for another"))
        if self._loaded is None:
            return
        picture = self._loaded.input.picture
        self._tag.set_text(_kind(picture))
        notes = self._words(picture)
        self._notes.set_text(" ".join(notes))
        self._notes.setHidden(not notes)
        self._notes.setToolTip("\n".join(notes))
        self._tag.setToolTip("\n".join([self._kind_words(picture), *notes]))

    def _kind_words(self, picture: Picture) -> str:
        if picture.reader == OPENCV:
            return self.tr("A numpy array of uint8, [height, width, channel], its channels blue, green, red")
        return self.tr("A PIL image; the file's mode, and the mode that the pipeline gets")

    def _words(self, picture: Picture) -> list[str]:
        """What was done to the file's pixels."""
        # Where another picture of the file can be chosen, its number says it better.
        kept = (note for note in picture.notes if note != FIRST_OF_SEVERAL or picture.reader == OPENCV)
        words = [QCoreApplication.translate("events", note) for note in kept]
        if picture.reduction > 1:
            width, height = picture.size
            text = self.tr("Opened reduced, at 1/{factor} of {width} × {height}.")
            words.insert(0, text.format(factor=picture.reduction, width=width, height=height))
        return words

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _kind(picture: Picture) -> str:
    """``"RGB"``, ``"L → RGB"``, ``"ndarray BGR"``: short, beside the file's name."""
    if picture.reader == OPENCV:
        return "ndarray BGR"
    return "RGB" if picture.mode == "RGB" else f"{picture.mode} → RGB"
