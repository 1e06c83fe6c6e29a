"""A picture in halved sizes, so that drawing it small costs next to nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

_SMALLEST = 48


class Pyramid:
    """``image`` and its halves, made at once; meant to be built off the main thread.

    Attributes
    ----------
    image : QImage
        The picture itself.
    """

    def __init__(self, image: QImage) -> None:
        self.image = image
        self._levels = [image]
        while min(self._levels[-1].width(), self._levels[-1].height()) >= 2 * _SMALLEST:
            self._levels.append(_halved(self._levels[-1]))

    def fitting(self, width: float) -> QImage:
        """The smallest level at least ``width`` pixels wide; the picture itself where none is."""
        return next((level for level in reversed(self._levels) if level.width() >= width), self.image)


def _halved(image: QImage) -> QImage:
    size = QSize((image.width() + 1) // 2, (image.height() + 1) // 2)
    modes = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, *modes).convertToFormat(QImage.Format.Format_RGB32)
