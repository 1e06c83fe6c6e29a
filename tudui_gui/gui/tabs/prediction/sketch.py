"""The card with the sketch pad."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.prediction.work import Details
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.sketch_pad import SketchPad

_SEEN = 28


class SketchCard(Card):
    """``sketch_pad``, and what the model says to the drawing: its picture, class and confidence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "sketch_card", parent)
        self.pad = SketchPad()
        self._undo = IconButton("undo", "undo_stroke")
        self._clear = IconButton("eraser", "clear_sketch")
        self._seen = Label(object_name="sketch_seen")
        self._seen.setFixedSize(QSize(_SEEN, _SEEN))
        self._result = ElidedLabel(role="mono", object_name="sketch_result")
        self._undo.clicked.connect(self.pad.undo)
        self._clear.clicked.connect(self.pad.clear)
        self.pad.drawing_changed.connect(self._show_state)
        self.header.setStretch(1, 0)
        self.header.addSpacing(theme.SPACE)
        self.header.addWidget(self._seen)
        self.header.addWidget(self._result, 1)
        self.add_to_header(self._undo)
        self.add_to_header(self._clear)
        self.body.addWidget(self.pad, 1)
        self._show_state()
        self.retranslate_ui()

    def show_result(self, details: Details | None) -> None:
        """Show what the model says to the drawing."""
        if details is None or details.image is None:
            self._seen.setPixmap(QPixmap())
            self._result.set_text("")
            return
        side = Qt.AspectRatioMode.KeepAspectRatio
        self._seen.setPixmap(QPixmap.fromImage(details.image.scaled(_SEEN, _SEEN, side)))
        best = details.top[0] if details.top else None
        if best is not None:
            self._result.set_text(f"{best.name}   {100 * best.probability:.1f} %")
        else:
            self._result.set_text("" if details.failure else self.tr("no model yet"))

    def _show_state(self) -> None:
        for button in (self._undo, self._clear):
            button.setEnabled(not self.pad.is_empty)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Draw"))
        self.pad.setAccessibleName(self.tr("Sketch pad"))
        self.pad.setToolTip(self.tr("The drawing becomes a picture like those the model was trained on"))
        self.pad.set_hint(self.tr("Draw a digit here"))
        self._undo.set_texts(self.tr("Take the last stroke back"))
        self._clear.set_texts(self.tr("Clear the pad"))
        self._seen.setToolTip(self.tr("The picture that the model gets"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
