"""What a box is dragged by."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from tudui_gui.gui import theme


class DragHandle(QLabel):
    """Six dots to drag a box by. ``dragged(int)``, ``dropped(int)``: the pointer's global y."""

    dragged = Signal(int)
    dropped = Signal(int)

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFixedSize(14, 22)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self._is_dragging = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().muted))
        for row in range(3):
            for column in range(2):
                painter.drawEllipse(QRectF(3 + column * 5, 5 + row * 5, 2, 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._is_dragging = True
            self.dragged.emit(event.globalPosition().toPoint().y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_dragging = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._is_dragging = False
            self.dropped.emit(event.globalPosition().toPoint().y())
