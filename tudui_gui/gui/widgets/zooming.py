"""Zoom and place of a picture in the room it is shown in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

_MOST = 64.0


@dataclass(frozen=True)
class Zoom:
    """How large a picture is shown, and what is in the middle.

    Attributes
    ----------
    factor : float
        1 is fitted, 64 the most.
    x, y : float
        The place in the middle of the room, as a share of the picture's width and height.
    """

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def center(self) -> QPointF:
        """``x`` and ``y``."""
        return QPointF(self.x, self.y)

    def scale(self, size: QSizeF, room: QRectF) -> float:
        """Screen pixels a pixel of a picture of ``size``."""
        return min(room.width() / size.width(), room.height() / size.height()) * self.factor

    def frame(self, size: QSizeF, room: QRectF) -> QRectF:
        """Where the whole picture lies, parts outside ``room`` included."""
        if size.isEmpty() or room.isEmpty():
            return QRectF()
        shown = size * self.scale(size, room)
        left = room.x() + _place(shown.width(), room.width(), self.x)
        top = room.y() + _place(shown.height(), room.height(), self.y)
        return QRectF(left, top, shown.width(), shown.height())

    def zoomed(self, by: float, at: QPointF, size: QSizeF, room: QRectF) -> Zoom:
        """``by`` times as large; what is at ``at`` stays there."""
        frame = self.frame(size, room)
        if frame.isEmpty():
            return self
        factor = max(1.0, min(_MOST, self.factor * by))
        grown = frame.size() * (factor / self.factor)
        away = room.center() - at
        x = (at.x() - frame.x()) / frame.width() + away.x() / grown.width()
        y = (at.y() - frame.y()) / frame.height() + away.y() / grown.height()
        return Zoom(factor).at(x, y)

    def panned(self, dx: float, dy: float, size: QSizeF, room: QRectF) -> Zoom:
        """The picture moved by so many screen pixels; a fitted one stays."""
        frame = self.frame(size, room)
        if self.factor <= 1.0 or frame.isEmpty():
            return self
        return self.at(self.x - dx / frame.width(), self.y - dy / frame.height())

    def at(self, x: float, y: float) -> Zoom:
        """With another place in the middle."""
        return replace(self, x=max(0.0, min(1.0, x)), y=max(0.0, min(1.0, y)))

    def limited(self) -> Zoom:
        """With ``factor`` and place within their ranges."""
        return Zoom(max(1.0, min(_MOST, self.factor))).at(self.x, self.y)


def _place(length: float, room: float, center: float) -> float:
    """Left edge of something ``length`` long in ``room``: centred, or filling the room without a gap."""
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - center * length))
