"""The small sheet beside a point: a picture and a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from tudui_gui.gui import theme

_SIDE = 64
_PAD = 6.0
_WIDEST = 190.0
_AWAY = 14.0


def paint_caption(
    painter: QPainter, bounds: QRectF, place: QPointF, lines: Sequence[str], image: QImage | None
) -> None:
    """Paint beside ``place``, inside ``bounds``; nothing without lines."""
    if not lines:
        return
    colors = theme.tokens()
    metrics = painter.fontMetrics()
    widths = [metrics.horizontalAdvance(line) for line in lines]
    width = min(_WIDEST, bounds.width() - 2 * _PAD, max(_SIDE, *widths)) + 2 * _PAD
    height = _SIDE + 2 * _PAD + metrics.height() * len(lines)
    sheet = _beside(QSizeF(width, height), place, bounds)
    painter.setPen(QPen(QColor(colors.line), 1))
    painter.setBrush(QColor(colors.card))
    painter.drawRoundedRect(sheet, theme.RADIUS / 2, theme.RADIUS / 2)
    square = QRectF(sheet.center().x() - _SIDE / 2, sheet.top() + _PAD, _SIDE, _SIDE)
    _paint_image(painter, square, image)
    row = QRectF(sheet.left() + _PAD, square.bottom(), width - 2 * _PAD, metrics.height())
    for number, line in enumerate(lines):
        painter.setPen(QColor(colors.muted if number else colors.text))
        text = QFontMetricsF(painter.font()).elidedText(line, Qt.TextElideMode.ElideMiddle, row.width())
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
        row.translate(0, metrics.height())


def _paint_image(painter: QPainter, square: QRectF, image: QImage | None) -> None:
    if image is None or image.isNull():
        painter.fillRect(square, QColor(theme.tokens().hover))
        return
    size = QSizeF(image.size()).scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(QPointF(0, 0), size)
    target.moveCenter(square.center())
    is_enlarged = size.width() > image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_enlarged)
    painter.drawImage(target, image)


def _beside(size: QSizeF, place: QPointF, bounds: QRectF) -> QRectF:
    """To the right of the place and below it, or on the other sides where there is no room."""
    left, top = place.x() + _AWAY, place.y() + _AWAY
    if left + size.width() > bounds.right():
        left = max(bounds.left(), place.x() - _AWAY - size.width())
    if top + size.height() > bounds.bottom():
        top = max(bounds.top(), bounds.bottom() - size.height() - 1)
    return QRectF(QPointF(left, top), size)
