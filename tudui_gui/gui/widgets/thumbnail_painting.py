"""How a thumbnail is painted: the image, its caption, its marks, and the states of its cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.thumbnail_model import Mark, ThumbnailModel

#: Between the cell's edge and the image.
PAD = 6
_PALE = 0.4


def paint_thumbnail(painter: QPainter, option: QStyleOptionViewItem, model: ThumbnailModel, row: int) -> None:
    """Paint ``row`` of ``model`` into the cell ``option.rect``, which is in ``option.state``."""
    colors = theme.tokens()
    area = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
    caption, marks = model.caption(row), model.marks(row)
    text = QRect(area)
    if model.source.caption:
        area.setBottom(area.bottom() - option.fontMetrics.height())
        text.setTop(area.bottom() + 1)
    painter.save()
    _paint_state(painter, option, colors)
    if any(mark.is_dimmed for mark in marks):
        painter.setOpacity(_PALE)
    shown = _paint_image(painter, area, model, row, colors)
    painter.setOpacity(1.0)
    _paint_marks(painter, shown, marks, colors)
    painter.setPen(QColor(colors.muted))
    elided = option.fontMetrics.elidedText(caption, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, elided)
    painter.restore()


def _paint_state(painter: QPainter, option: QStyleOptionViewItem, colors: theme.Tokens) -> None:
    states = QStyle.StateFlag
    is_selected = bool(option.state & states.State_Selected)
    is_current = bool(option.state & states.State_HasFocus)
    if not is_selected and not is_current and not option.state & states.State_MouseOver:
        return
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(option.rect.adjusted(1, 1, -2, -2)), 6, 6)
    if is_selected or not is_current:
        painter.fillPath(frame, QColor(colors.accent_soft if is_selected else colors.hover))
    if is_selected or is_current:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.reference if is_current else colors.accent), 1.5))
        painter.drawPath(frame)


def _paint_image(
    painter: QPainter, area: QRect, model: ThumbnailModel, row: int, colors: theme.Tokens
) -> QRect:
    """Paint the image, or what stands for it, and return where it is."""
    image = model.image(row)
    if image is not None:
        target = _centred(image, area)
        if target.width() < image.width():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)
        return target
    painter.fillRect(area, QColor(colors.raised))
    if model.is_broken(row):
        side = min(32, area.width())
        mark = QRect(0, 0, side, side)
        mark.moveCenter(area.center())
        theme.icon("image-broken-variant").paint(painter, mark)
    return area


def _centred(image: QImage, area: QRect) -> QRect:
    size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(QPoint(0, 0), size)
    target.moveCenter(area.center())
    return target


def _paint_marks(painter: QPainter, area: QRect, marks: Sequence[Mark], colors: theme.Tokens) -> None:
    """Small discs from the upper right corner of the image to the left."""
    if not marks:
        return
    side = max(14, min(20, area.width() // 4))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, mark in enumerate(marks):
        disc = QRect(area.right() + 4 - side - place * (side + 2), area.top() - 3, side, side)
        painter.setPen(QPen(QColor(colors.line), 1))
        painter.setBrush(QColor(colors.card))
        painter.drawEllipse(disc)
        theme.icon(mark.icon, mark.role).paint(painter, disc.adjusted(2, 2, -2, -2))
