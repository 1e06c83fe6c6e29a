"""A place to drop files on, or to click for a file dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label


class DropArea(QFrame):
    """Dashed frame with an icon and two lines of text. Click or Enter opens a file dialog, Ctrl+V pastes.

    Signals
    -------
    paths_dropped(object)
        A list of ``Path``, dropped, pasted or chosen.
    image_dropped(object)
        A ``QImage`` that was dropped or pasted without a file.
    """

    paths_dropped = Signal(object)
    image_dropped = Signal(object)

    def __init__(
        self,
        object_name: str,
        icon: str = "tray-arrow-down",
        accepts: Callable[[Path], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._accepts = accepts
        self._filter = ""
        self._picture = _IconLabel(icon)
        self._title = Label(role="title")
        self._hint = Label(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(theme.SPACE)
        for label in (self._picture, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)

    def set_texts(self, title: str, hint: str = "", filter_text: str = "") -> None:
        """Set the texts; ``filter_text`` is the file dialog's filter, ``"Images (*.png *.jpg)"``."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setHidden(not hint)
        self._filter = filter_text
        self.setAccessibleName(title)
        self.setToolTip(hint)

    def choose_files(self) -> None:
        """Open the file dialog."""
        names, _ = QFileDialog.getOpenFileNames(self, self._title.text(), "", self._filter)
        if names:
            self.paths_dropped.emit([Path(name) for name in names])

    def paste(self) -> None:
        """Take files or an image from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None:  # as an empty clipboard may give
            self._take(data)

    def _paths(self, data: QMimeData) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return [path for path in paths if self._accepts is None or self._accepts(path)]

    def _take(self, data: QMimeData) -> bool:
        paths = self._paths(data)
        if paths:
            self.paths_dropped.emit(paths)
            return True
        if data.hasImage():
            self.image_dropped.emit(QImage(data.imageData()))
            return True
        return False

    def _set_hot(self, hot: bool) -> None:
        self.setProperty("hot", hot)
        self.style().unpolish(self)
        self.style().polish(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._paths(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_hot(False)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.choose_files()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose_files()
        else:
            super().keyPressEvent(event)


class _IconLabel(QLabel):
    """A large icon in the accent colour that follows the theme."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = theme.icon(icon, "accent")
        self._draw()
        theme.manager().theme_changed.connect(self._draw)

    def _draw(self) -> None:
        self.setPixmap(self._icon.pixmap(QSize(32, 32)))
