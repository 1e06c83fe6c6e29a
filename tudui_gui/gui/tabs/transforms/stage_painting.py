"""How the pictures of the stages, and what is marked in them, are painted."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.pyramid import Pyramid

#: Width of the bar at the chosen row, with the gap to the picture.
BAR = 7.0

_ARM = 9.0
_GAP = 3.0
#: From this size on, a pixel is framed and not only pointed at.
_FRAMED = 5.0


def paint_picture(
    painter: QPainter, room: QRectF, frame: QRectF, pyramid: Pyramid, mask: QImage | None, ratio: float
) -> None:
    """The picture in ``frame``, cut off at ``room``; pixels stay sharp when they are enlarged."""
    painter.save()
    painter.setClipRect(room)
    is_enlarged = frame.width() * ratio >= pyramid.image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_enlarged)
    painter.drawImage(frame, pyramid.fitting(frame.width() * ratio))
    if mask is not None:
        painter.drawImage(frame, mask)
    painter.restore()


def paint_absence(painter: QPainter, room: QRectF, text: str, has_failed: bool) -> None:
    """Why there is no picture."""
    colors = theme.tokens()
    painter.fillRect(room, QColor(colors.raised))
    painter.setPen(QColor(colors.danger if has_failed else colors.muted))
    painter.setFont(theme.monospace_font(8.0))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def paint_bar(painter: QPainter, room: QRectF) -> None:
    """The mark of the chosen row, left of its picture."""
    painter.fillRect(QRectF(0, room.y(), 3, room.height()), QColor(theme.tokens().accent))


def paint_name(painter: QPainter, room: QRectF, name: str) -> None:
    """The row's name at the lower left of its picture."""
    painter.setFont(theme.monospace_font(7.5))
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room.width() - 8)
    chip = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
    chip.moveBottomLeft(room.bottomLeft())
    ground = QColor(theme.tokens().card)
    ground.setAlphaF(0.85)
    painter.fillRect(chip, ground)
    painter.setPen(QColor(theme.tokens().text))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def paint_cross(painter: QPainter, pixel: QRectF, room: QRectF) -> None:
    """A cross at a pixel, dark within light, so that it is seen on any picture."""
    painter.save()
    painter.setClipRect(room)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in (("#ffffff", 3.5), (theme.tokens().accent, 1.5)):
        painter.setPen(QPen(QColor(color), width))
        painter.drawLines(_arms(pixel))
        if pixel.width() >= _FRAMED:
            painter.drawRect(pixel)
    painter.restore()


def _arms(pixel: QRectF) -> list[QLineF]:
    middle = pixel.center()
    near = _GAP + max(pixel.width(), pixel.height()) / 2
    directions = (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1))
    return [QLineF(middle + way * near, middle + way * (near + _ARM)) for way in directions]


def focus_pen() -> QPen:
    """The frame of what has the keyboard's focus."""
    return QPen(QColor(theme.tokens().reference), 1)
