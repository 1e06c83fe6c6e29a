"""Mixed pictures, each with its parents and the shares of its label."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.draws_grid import FittingGrid, FittingModel
from tudui_gui.gui.tabs.transforms.draws_painting import PAD, CellState, paint_state
from tudui_gui.gui.tabs.transforms.mix_texts import cell_text
from tudui_gui.gui.tabs.transforms.mix_work import MixShown

#: Side of a parent's picture as a share of the mixed one's.
_PARENT = 0.4
_LINES = 2


class _Mixed(FittingModel):
    shown: MixShown | None = None

    def text(self, row: int) -> str:
        return cell_text(self.shown, row) if self.shown is not None else ""


class MixView(FittingGrid):
    """The picture itself is the upper parent, its partner the lower one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        model = _Mixed()
        super().__init__("mix_view", model, parent)
        self._model = model
        self.fit()

    @property
    def shown(self) -> MixShown | None:
        """What is shown."""
        return self._model.shown

    def show_mixed(self, shown: MixShown | None) -> None:
        """Show another batch."""
        self._model.shown = shown
        self.expect(len(shown.images) if shown is not None else 0, keeps_place=True)
        self.tell_pointed()

    def cell_size(self, side: int) -> QSize:
        line = QFontMetrics(self.caption_font()).height()
        return QSize(side + round(side * _PARENT) + PAD + 2 * PAD, side + 2 * PAD + _LINES * line)

    def paint_cell(self, painter: QPainter, cell: QRect, row: int, state: CellState) -> None:
        shown = self._model.shown
        if shown is None:
            return
        painter.save()
        painter.setFont(self.caption_font())
        paint_state(painter, cell, state)
        area = QRect(cell.left() + PAD, cell.top() + PAD, self.side, self.side)
        place = _paint_picture(painter, area, shown.images[row])
        _paint_box(painter, place, shown)
        self._paint_parents(painter, area, shown, row)
        line = QRect(
            cell.left() + PAD, area.bottom() + 2, cell.width() - 2 * PAD, painter.fontMetrics().height()
        )
        _paint_shares(painter, line, shown, row)
        painter.restore()

    def _paint_parents(self, painter: QPainter, area: QRect, shown: MixShown, row: int) -> None:
        side, line = round(self.side * _PARENT), painter.fontMetrics().height()
        mixed = shown.mixed
        for place, (index, share) in enumerate(((row, mixed.lam), (mixed.partner(row), 1 - mixed.lam))):
            top = area.top() + place * (area.height() // 2)
            parent = QRect(area.right() + 1 + PAD, top, side, min(side, area.height() // 2 - line))
            _paint_picture(painter, parent, shown.made.images[index])
            painter.setPen(QColor(theme.tokens().muted))
            text = QRect(parent.left(), parent.bottom() + 1, side, line)
            painter.drawText(text, Qt.AlignmentFlag.AlignHCenter, f"{share:.2f}")


def _paint_picture(painter: QPainter, area: QRect, image: QImage) -> QRect:
    size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(0, 0), size)
    place.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < image.width())
    painter.drawImage(place, image)
    return place


def _paint_box(painter: QPainter, place: QRect, shown: MixShown) -> None:
    """Where CutMix put the partner."""
    if shown.mixed.box is None:
        return
    colors = theme.tokens()
    height, width = shown.mixed.images.shape[-2:]
    across, down = place.width() / width, place.height() / height
    x1, y1, x2, y2 = shown.mixed.box
    box = QRectF(place.left() + x1 * across, place.top() + y1 * down, (x2 - x1) * across, (y2 - y1) * down)
    painter.setPen(QPen(QColor(colors.card), 3))
    painter.drawRect(box)
    painter.setPen(QPen(QColor(colors.accent), 1.5))
    painter.drawRect(box)


def _paint_shares(painter: QPainter, line: QRect, shown: MixShown, row: int) -> None:
    """One class a line; the name gives way to the number."""
    metrics, colors = painter.fontMetrics(), theme.tokens()
    for name, share in shown.mixed.shares_of(row)[:_LINES]:
        number = f" {share:.2f}"
        room = line.width() - metrics.horizontalAdvance(number)
        painter.setPen(QColor(colors.text))
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room) + number
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, text)
        line = line.translated(0, metrics.height())
