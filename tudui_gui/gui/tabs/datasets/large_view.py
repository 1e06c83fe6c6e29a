"""One image of the data set in the place of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.text import shown
from tudui_gui.datasets.sources import ImageSet, Item
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.imaging import to_qimage
from tudui_gui.gui.tabs.datasets.marks import Marked, no_label_text
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.workers import Jobs, Progress


@dataclass(frozen=True, eq=False)
class _Loaded:
    item: Item
    image: QImage
    pixels: np.ndarray


def _load(image_set: ImageSet, index: int, token: CancelToken, progress: Progress) -> _Loaded:
    pixels = np.asarray(image_set.image(index))
    return _Loaded(image_set.item(index), to_qimage(pixels), pixels)


class LargeView(QWidget):
    """An image with zoom and pixel probe, and the facts about it.

    Signals
    -------
    moved(int)
        Previous (-1) or next (1) was asked for: buttons or arrow keys.
    closed()
        Back to the grid: button or Esc.
    send_requested()
        The "Open in" button.
    menu_requested()
        The button with everything that can be done with the image.
    flag_requested(), leave_out_requested(), label_requested()
        The buttons that flag the image, leave it out (or undo that), and ask for its class.
    """

    moved = Signal(int)
    closed = Signal()
    send_requested = Signal()
    menu_requested = Signal()
    flag_requested = Signal()
    leave_out_requested = Signal()
    label_requested = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("large_view")
        self._jobs = jobs
        self._image_set: ImageSet | None = None
        self._marked = Marked()
        self._item: Item | None = None
        self._failure: Failure | None = None
        self._back = IconButton("arrow-left", "large_view_back")
        self._previous = IconButton("chevron-left", "large_view_previous")
        self._next = IconButton("chevron-right", "large_view_next")
        self._flag = IconButton("flag-outline", "large_view_flag")
        self._leave_out = IconButton("minus-circle-outline", "large_view_leave_out")
        for button in (self._flag, self._leave_out):
            button.setCheckable(True)
        self._label = IconButton("pencil-outline", "large_view_label")
        self.send = IconButton("share-outline", "large_view_send")
        self.menu_button = IconButton("dots-vertical", "large_view_menu")
        self._title = ElidedLabel(role="title", object_name="large_view_title")
        self._view = ImageView("large_view_image")
        self._facts = FactsStrip("large_view_facts")
        self._path = ElidedLabel(
            role="mono", object_name="large_view_path", mode=Qt.TextElideMode.ElideMiddle
        )
        self._pixel = Label(role="mono", object_name="large_view_pixel")
        self._notes = Label(role="muted", object_name="large_view_notes")
        self._notes.setWordWrap(True)
        self._notes.setMinimumWidth(1)
        self._problem = Label(role="error", object_name="large_view_problem")
        self._problem.setWordWrap(True)
        self._problem.setMinimumWidth(1)
        self._lay_out()
        self._pixel.hide()  # until there is a picture to point at
        self._connect()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE // 2)
        top.addWidget(self._back)
        top.addWidget(self._title, 1)
        for button in (self._flag, self._label, self._leave_out):
            top.addWidget(button)
        top.addSpacing(theme.SPACE)
        for button in (self._previous, self._next, self.send, self.menu_button):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(self._problem)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._pixel)
        layout.addWidget(self._facts)
        layout.addWidget(self._notes)
        layout.addWidget(self._path)

    def _connect(self) -> None:
        self._back.clicked.connect(self.closed)
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._flag.clicked.connect(self.flag_requested)
        self._leave_out.clicked.connect(self.leave_out_requested)
        self._label.clicked.connect(self.label_requested)
        self.send.clicked.connect(self.send_requested)
        self.menu_button.clicked.connect(self.menu_requested)
        self._view.pixel_hovered.connect(self._show_pixel)

    @property
    def item(self) -> Item | None:
        """The facts that are shown."""
        return self._item

    def show_image(self, image_set: ImageSet, index: int, marked: Marked) -> None:
        """Load and show one image; the one before stays until it is there."""
        self._image_set = image_set
        self.show_marked(marked)
        self._jobs.submit(
            partial(_load, image_set, index),
            done=self._show,
            failed=self._show_problem,
            key="datasets.large_view",
        )
        self._title.set_text(image_set.name(index))

    def show_marked(self, marked: Marked) -> None:
        """Show what was done to the image."""
        self._marked = marked
        self._flag.setChecked(marked.is_flagged)
        self._flag.set_icon("flag" if marked.is_flagged else "flag-outline")
        self._leave_out.setChecked(marked.is_left_out)
        self._set_button_texts()
        self._show_facts()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._view.setFocus()

    @Slot()
    def _go_back(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _go_on(self) -> None:
        self.moved.emit(1)

    @Slot(object)
    def _show(self, loaded: _Loaded) -> None:
        self._item, self._failure = loaded.item, None
        self._problem.clear()
        self._problem.hide()
        self._view.set_image(loaded.image, loaded.pixels)
        self._pixel.show()
        self._show_facts()

    @Slot(object)
    def _show_problem(self, failure: Failure) -> None:
        self._item, self._failure = None, failure
        self._view.set_image(None)
        self._pixel.hide()
        self._pixel.setText(self._pixel_hint)
        self._facts.set_facts(())
        self._notes.hide()
        self._path.set_text("")
        self._problem.setText(brief(failure))
        self._problem.show()

    def _show_facts(self) -> None:
        item = self._item
        if item is None or self._image_set is None:
            return
        facts = [
            (self.tr("label"), self._label_text(item, self._image_set)),
            (self.tr("size"), f"{item.size[0]} × {item.size[1]}  {item.mode}"),
        ]
        self._path.set_text(shown(item.path or ""))
        self._path.setVisible(item.path is not None)
        self._facts.set_facts(facts)
        notes = [QCoreApplication.translate("events", note) for note in item.notes]
        self._notes.setText(" ".join([self.tr("To RGB:"), *notes]))
        self._notes.setVisible(bool(notes))

    def _label_text(self, item: Item, image_set: ImageSet) -> str:
        has_label = 0 <= item.label < len(image_set.classes)
        text = f"{item.label}  {image_set.classes[item.label]}" if has_label else no_label_text()
        return "   ".join([text, *self._marked.texts])

    @Slot(int, int, object)
    def _show_pixel(self, x: int, y: int, values: np.ndarray | None) -> None:
        text = self._pixel_hint if values is None else f"x {x}  y {y}   {tuple(values.tolist())}"
        self._pixel.setText(text)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._back.set_texts(self.tr("Back to the grid"), self.tr("Back to the grid (Esc)"))
        self._previous.set_texts(self.tr("Previous image"), self.tr("Previous image (left arrow)"))
        self._next.set_texts(self.tr("Next image"), self.tr("Next image (right arrow)"))
        self.send.set_texts(self.tr("Open in another tab"))
        self.menu_button.set_texts(self.tr("What can be done with this image"))
        self._set_button_texts()
        self._view.setAccessibleName(self.tr("Image"))
        self._view.setToolTip(self.tr("Ctrl+wheel or + and - zoom, 0 fits, arrows go on"))
        self._pixel_hint = self.tr("Point at a pixel for its values; Ctrl+wheel zooms")
        self._pixel.setText(self._pixel_hint)
        self._show_facts()
        if self._failure is not None:
            self._problem.setText(brief(self._failure))

    def _set_button_texts(self) -> None:
        flag = self.tr("Take the flag away (F)") if self._marked.is_flagged else self.tr("Flag (F)")
        out = self.tr("Leave out of training and test (Delete)")
        self._flag.set_texts(flag)
        self._leave_out.set_texts(self.tr("Take back (Delete)") if self._marked.is_left_out else out)
        self._label.set_texts(self.tr("Correct the label (L)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in moves:
            self.moved.emit(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
