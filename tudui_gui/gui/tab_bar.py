"""The flat row of tab headers."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
)
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from tudui_gui.gui.widgets.files_data import FilesData


class TabBar(QTabBar):
    """Headers that take drops, and leave room for their bold text.

    Signals
    -------
    dropped(int, object)
        Index of the header and the ``QMimeData`` dropped on it.
    """

    dropped = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tab_bar")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAcceptDrops(True)
        self.setChangeCurrentOnDrag(True)

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        bold = self.font()
        bold.setBold(True)
        text = self.tabText(index)
        extra = QFontMetrics(bold).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return QSize(size.width() + max(0, extra), size.height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        if has_content(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if has_content(event.mimeData()) and self.tabAt(event.position().toPoint()) >= 0:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.tabAt(event.position().toPoint())
        if index >= 0 and has_content(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(index, event.mimeData())


class Tabs(QTabWidget):
    """The pages under a header that spans the whole width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabs")
        self.setDocumentMode(True)
        self.header = TabBar()
        self.setTabBar(self.header)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def has_content(data: QMimeData) -> bool:
    """Whether ``data`` holds local files or an image."""
    if isinstance(data, FilesData):
        return True
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())
