"""The picture before chance, with what each draw takes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.draws_work import Draw
from tudui_gui.transforms.outlines import Outline

_FAINT, _STRONG = 1.0, 2.5
#: How opaque the boxes of the other draws are, few and many.
_PALE, _PALEST = 0.6, 0.2
_MARGIN = 3
#: Boxes may lie outside of the picture by as much of its length; what is further out is not shown.
_MOST_OUTSIDE = 0.6


class DrawsSource(QWidget):
    """All boxes faint, that of the draw pointed at or chosen strong; borders that were added are outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draws_source")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: QImage | None = None
        self._size = (1, 1)
        self._draws: Sequence[Draw] = ()
        self._strong: Draw | None = None

    @property
    def strong(self) -> Draw | None:
        """The draw whose box is strong."""
        return self._strong

    def show_source(self, image: QImage | None, size: tuple[int, int]) -> None:
        """Show another picture, ``size`` (height, width) large before it was made smaller for the screen."""
        self._image, self._size = image, size
        self._draws, self._strong = (), None
        self.update()

    def show_draws(self, draws: Sequence[Draw]) -> None:
        """Show the boxes of ``draws``."""
        self._draws = draws
        self.update()

    def set_strong(self, draw: Draw | None) -> None:
        """Let one box stand out."""
        if draw is not self._strong:
            self._strong = draw
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(190, 130)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 60)

    def placed(self) -> tuple[QTransform, QRectF]:
        """From pixels of the picture to the widget, and where the picture is."""
        height, width = self._size
        whole = self._bounds()
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / whole.width(), room.height() / whole.height())
        place = QTransform()
        place.translate(room.center().x(), room.center().y())
        place.scale(scale, scale)
        place.translate(-whole.center().x(), -whole.center().y())
        return place, place.mapRect(QRectF(0, 0, width, height))

    def _bounds(self) -> QRectF:
        """The picture and the boxes around it."""
        height, width = self._size
        whole = QRectF(0, 0, width, height)
        most = max(width, height) * _MOST_OUTSIDE
        allowed = whole.adjusted(-most, -most, most, most)
        for outline in (each for draw in self._draws for each in draw.outlines):
            whole = whole.united(_polygon(outline).boundingRect().intersected(allowed))
        return whole

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place, area = self.placed()
        painter.drawImage(area, self._image)
        others = [draw for draw in self._draws if draw is not self._strong and draw.outlines]
        painter.setOpacity(max(_PALEST, _PALE - len(others) / 60))
        for draw in others:
            _paint(painter, place, draw, _FAINT)
        painter.setOpacity(1)
        if self._strong is not None:
            _paint(painter, place, self._strong, _STRONG)


def _polygon(outline: Outline) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in outline.corners])


def _paint(painter: QPainter, place: QTransform, draw: Draw, width: float) -> None:
    """Dark below light: a line is seen on every picture."""
    colors = theme.tokens()
    for outline in draw.outlines:
        shape = place.map(_polygon(outline))
        if width > _FAINT:
            painter.setPen(QPen(QColor(colors.card), width + 2))
            painter.drawPolygon(shape)
        style = Qt.PenStyle.DashLine if outline.is_erased else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colors.accent), width, style))
        painter.drawPolygon(shape)
