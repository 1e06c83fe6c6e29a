"""What can be done with the chosen images: actions with keys, and the menu that lists them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.marks import Marked
from tudui_gui.gui.widgets.naming import named

TARGETS = ("transforms_tab", "layers_tab", "prediction_tab")
#: A submenu lists so many classes at most; of more, one is typed.
_MOST_CLASSES = 30


class ImageMenu(QMenu):
    """The actions for the chosen images. Their keys work where :meth:`give_keys_to` puts them.

    Signals
    -------
    send_requested(str)
        Open the current image in the tab of this objectName.
    copy_requested(), reveal_requested(), export_requested()
    flag_requested()
        Flag, or take the flag away.
    leave_out_requested()
        Leave out, or take back.
    label_requested(object)
        The class to correct the label to; None: as in the source.
    other_label_requested()
        A class is going to be typed.
    """

    send_requested = Signal(str)
    copy_requested = Signal()
    reveal_requested = Signal()
    export_requested = Signal()
    flag_requested = Signal()
    leave_out_requested = Signal()
    label_requested = Signal(object)
    other_label_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("image_menu")
        self._marked = Marked()
        self._classes: tuple[str, ...] = ()
        self._send = [self._add(f"open_in_{target}", "share-outline", "") for target in TARGETS]
        for action, target in zip(self._send, TARGETS, strict=True):
            action.setData(target)
        self._send_menu = named(QMenu(self), "send_menu")
        self._send_menu.addActions(self._send)
        self.addSeparator()
        self._copy = self._add("copy_images", "content-copy", QKeySequence.StandardKey.Copy)
        self._reveal = self._add("reveal_image", "folder-eye-outline", "")
        self.addSeparator()
        self._labels = named(QMenu(self), "label_menu")
        self._labels.aboutToShow.connect(self._fill_labels)
        self._labels.triggered.connect(self._request_label)
        self.addMenu(self._labels)
        self._other = self._make("other_label", "pencil-outline", "L")
        self._flag = self._add("flag_images", "flag-outline", "F")
        self._leave_out = self._add("leave_out_images", "minus-circle-outline", "Delete")
        self._leave_out.setShortcuts([QKeySequence("Delete"), QKeySequence("Backspace")])
        self.addSeparator()
        self._export = self._add("export_listing", "table-arrow-down", "")
        self._connect()
        self.retranslate_ui()
        self.show_choice(None, Marked(), ())

    def _make(self, name: str, icon: str, keys: QKeySequence.StandardKey | str) -> QAction:
        action = QAction(theme.icon(icon), "", self)
        action.setObjectName(name)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _add(self, name: str, icon: str, keys: QKeySequence.StandardKey | str) -> QAction:
        action = self._make(name, icon, keys)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.triggered.connect(self._request_send)
        self._copy.triggered.connect(self.copy_requested)
        self._reveal.triggered.connect(self.reveal_requested)
        self._export.triggered.connect(self.export_requested)
        self._flag.triggered.connect(self.flag_requested)
        self._leave_out.triggered.connect(self.leave_out_requested)
        self._other.triggered.connect(self.other_label_requested)

    def give_keys_to(self, widget: QWidget) -> None:
        """Let the actions' keys work while ``widget``, or what is in it, has the focus."""
        widget.addActions([self._copy, self._flag, self._leave_out, self._other])

    def show_choice(self, has_file: bool | None, marked: Marked, classes: Sequence[str]) -> None:
        """Offer what fits the chosen images.

        Parameters
        ----------
        has_file : bool or None
            Whether the current image comes from a file; None: there is no current image.
        marked : Marked
            What was done to the current image: flagging and leaving out turn round.
        classes : sequence of str
        """
        self._marked, self._classes = marked, tuple(classes)
        for action in (*self._send, self._copy, self._flag, self._leave_out, self._other):
            action.setEnabled(has_file is not None)
        self._labels.setEnabled(has_file is not None)
        self._reveal.setEnabled(bool(has_file))
        self._show_texts()

    def open_below(self, widget: QWidget) -> None:
        """Open the menu under a button."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height())))

    def open_send_menu(self, widget: QWidget) -> None:
        """Open the tabs an image can go to under a button."""
        self._send_menu.popup(widget.mapToGlobal(QPoint(0, widget.height())))

    @Slot(QAction)
    def _request_send(self, action: QAction) -> None:
        if action in self._send:
            self.send_requested.emit(action.data())

    @Slot()
    def _fill_labels(self) -> None:
        self._labels.clear()
        for number, name in enumerate(self._classes[:_MOST_CLASSES]):
            key = f"\t{number}" if number < 10 else ""
            self._add_label(name.replace("&", "&&") + key, name)
        if len(self._classes) > _MOST_CLASSES:
            self._labels.clear()
        self._labels.addSeparator()
        if self._marked.was is not None:
            self._add_label(self.tr("As in the data set"), None)
        self._labels.addAction(self._other)

    def _add_label(self, text: str, name: str | None) -> None:
        action = QAction(text, self._labels)
        action.setData((name,))
        self._labels.addAction(action)

    @Slot(QAction)
    def _request_label(self, action: QAction) -> None:
        if action is not self._other:
            self.label_requested.emit(action.data()[0])

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        texts = (self.tr("Open in Transforms"), self.tr("Open in Layers"), self.tr("Open in Predict"))
        for action, text in zip(self._send, texts, strict=True):
            action.setText(text)
        self._copy.setText(self.tr("Copy"))
        self._reveal.setText(self.tr("Show in its folder"))
        self._labels.setTitle(self.tr("Correct the label"))
        self._other.setText(self.tr("Class…"))
        self._export.setText(self.tr("Export the listing as CSV…"))
        self._show_texts()

    def _show_texts(self) -> None:
        self._flag.setText(self.tr("Take the flag away") if self._marked.is_flagged else self.tr("Flag"))
        self._leave_out.setText(
            self.tr("Take back into the data set")
            if self._marked.is_left_out
            else self.tr("Leave out of training and test")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
