"""The picture at large, and the way to other tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from tudui_gui.gui.tabs.prediction.work import Details
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.naming import named

_TARGETS = ("transforms_tab", "layers_tab")


class ViewCard(Card):
    """``prediction_image`` with its context menu.

    Signals
    -------
    send_requested(str)
        objectName of the page to open the picture in.
    """

    send_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "prediction_image_card", parent)
        self._view = ImageView("prediction_image")
        self._view.setMinimumHeight(80)
        self._send = IconButton("share-outline", "send_prediction_image")
        self._menu = QMenu(self)
        self._actions = [named(QAction(self._menu), f"prediction_open_in_{target}") for target in _TARGETS]
        for action, target in zip(self._actions, _TARGETS, strict=True):
            action.setData(target)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._chosen)
        self._send.setMenu(self._menu)
        self._send.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._open_menu)
        self.add_to_header(self._send)
        self.body.addWidget(self._view, 1)
        self.show_details(None)
        self.retranslate_ui()

    def show_details(self, details: Details | None) -> None:
        """Show a picture; ``None``: nothing."""
        self._view.set_image(details.image if details else None)
        self.set_title(details.source.name if details else "")
        self._send.setEnabled(details is not None and details.picture is not None)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if self._send.isEnabled():
            self._menu.popup(self._view.mapToGlobal(place))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.send_requested.emit(str(action.data()))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._view.setAccessibleName(self.tr("Image"))
        self._view.setToolTip(self.tr("The picture as it was read. Right click: open it elsewhere"))
        self._send.set_texts(self.tr("Open elsewhere"), self.tr("Open this picture in another tab"))
        texts = (self.tr("Open in Transforms"), self.tr("Open in Layers"))
        for action, text in zip(self._actions, texts, strict=True):
            action.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
