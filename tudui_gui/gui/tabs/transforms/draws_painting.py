"""How a draw is painted: the picture, its seed, the numbers drawn, and the states of its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.draws_texts import fragments
from tudui_gui.gui.tabs.transforms.draws_work import Draw

#: Between the cell's edge and the picture, in pixels; the size of the caption's letters.
PAD = 5
CAPTION_POINTS = 7.5


@dataclass(frozen=True)
class CellState:
    """What is special about a cell: its steps are looked at, keys move from it, the pointer is on it."""

    is_chosen: bool = False
    is_current: bool = False
    is_hovered: bool = False


def wrapped(pieces: Sequence[str], metrics: QFontMetrics, width: int) -> list[str]:
    """``pieces`` in lines, as many in a line as fit."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]} {piece}" if lines else ""
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def paint_draw(painter: QPainter, cell: QRect, draw: Draw | None, state: CellState, lines: int) -> None:
    """Paint ``draw`` (None: it is not there yet) with ``lines`` lines of numbers below its seed."""
    painter.save()
    painter.setFont(theme.monospace_font(CAPTION_POINTS))
    metrics = painter.fontMetrics()
    area = cell.adjusted(PAD, PAD, -PAD, -PAD - (1 + lines) * metrics.height())
    paint_state(painter, cell, state)
    if draw is None:
        painter.fillRect(area, QColor(theme.tokens().raised))
    else:
        _paint_picture(painter, area, draw)
        text = QRect(area.left(), area.bottom() + 1, area.width(), metrics.height())
        _paint_caption(painter, text, draw, lines)
    painter.restore()


def paint_state(painter: QPainter, cell: QRect, state: CellState) -> None:
    """Paint what is special about a cell, below its content."""
    colors = theme.tokens()
    if not (state.is_chosen or state.is_current or state.is_hovered):
        return
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(cell.adjusted(1, 1, -2, -2)), 6, 6)
    painter.fillPath(frame, QColor(colors.accent_soft if state.is_chosen else colors.hover))
    if state.is_chosen or state.is_current:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.reference if state.is_current else colors.accent), 1.5))
        painter.drawPath(frame)


def _paint_picture(painter: QPainter, area: QRect, draw: Draw) -> None:
    if draw.image is None:
        painter.fillRect(area, QColor(theme.tokens().raised))
        mark = QRect(0, 0, 24, 24)
        mark.moveCenter(area.center())
        theme.icon("alert-circle-outline", "danger").paint(painter, mark)
        return
    size = draw.image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    shown = QRect(QPoint(0, 0), size)
    shown.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < draw.image.width())
    painter.drawImage(shown, draw.image)


def _paint_caption(painter: QPainter, line: QRect, draw: Draw, lines: int) -> None:
    colors, metrics = theme.tokens(), painter.fontMetrics()
    texts = wrapped(fragments(draw), metrics, line.width())
    if len(texts) > lines:
        texts[lines - 1 :] = [" ".join(texts[lines - 1 :])]
    painter.setPen(QColor(colors.text))
    painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, f"seed {draw.seed}")
    painter.setPen(QColor(colors.muted))
    for text in texts:
        line = line.translated(0, metrics.height())
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, elided)
