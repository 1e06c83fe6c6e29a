"""What the images of each class look like on the average: a card of small pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.survey_work import Surveyed
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.segmented import SegmentedSwitch

_SIDE = 52
_GAP = 6
_MOST_ROWS = 3
MEAN, STD = "mean", "std"


class ClassPictures(QWidget):
    """A picture a class with its name below; a click chooses the class, a second one none.

    Signals
    -------
    class_chosen(int)
        The class; -1 when it was the chosen one.
    """

    class_chosen = Signal(int)

    def __init__(self, object_name: str = "class_images", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self._images: tuple[QImage | None, ...] = ()
        self._chosen = -1
        self._cursor = 0

    def set_classes(self, names: Sequence[str], images: Sequence[QImage | None], tips: Sequence[str]) -> None:
        """Show a picture and a tooltip for each class."""
        self._names, self._images, self._tips = tuple(names), tuple(images), tuple(tips)
        self._cursor = min(self._cursor, max(0, len(names) - 1))
        self._fit_height()
        self.update()

    def set_chosen(self, label: int) -> None:
        """Mark the class that the grid is filtered by; -1: none."""
        self._chosen = label
        self._cursor = max(0, label)
        self.update()

    @property
    def images(self) -> tuple[QImage | None, ...]:
        """The pictures in the order of the classes."""
        return self._images

    def tile_rect(self, label: int) -> QRect:
        """Where a class is shown: its picture and its name."""
        row, column = divmod(label, self._columns())
        spread = (self.width() - _SIDE) // max(1, self._columns() - 1) if self._columns() > 1 else 0
        return QRect(column * spread, row * self._row_height(), _SIDE, self._row_height() - _GAP)

    def rows_height(self, rows: int) -> int:
        """The height of so many rows."""
        return rows * self._row_height()

    def sizeHint(self) -> QSize:
        rows = -(-len(self._names) // self._columns())
        return QSize(4 * (_SIDE + _GAP), self.rows_height(rows))

    def _columns(self) -> int:
        return max(1, (self.width() + _GAP) // (_SIDE + _GAP))

    def _row_height(self) -> int:
        return _SIDE + self.fontMetrics().height() + _GAP

    def _fit_height(self) -> None:
        self.setFixedHeight(max(1, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for label in range(len(self._names)):
            rect = self.tile_rect(label)
            if rect.intersects(event.rect()):
                self._paint_tile(painter, label, rect)

    def _paint_tile(self, painter: QPainter, label: int, rect: QRect) -> None:
        colors, image = theme.tokens(), self._images[label]
        square = QRect(rect.topLeft(), QSize(_SIDE, _SIDE))
        if image is None:
            painter.fillRect(square, QColor(colors.hover))
        else:
            smooth = max(image.width(), image.height()) > _SIDE
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(square, image)
        is_chosen = label == self._chosen
        if is_chosen or (self.hasFocus() and label == self._cursor):
            painter.setPen(QPen(QColor(colors.accent if is_chosen else colors.reference), 2))
            painter.drawRect(QRectF(square).adjusted(1, 1, -1, -1))
        painter.setPen(
            QColor(colors.accent if is_chosen else colors.text if image is not None else colors.danger)
        )
        below = rect.adjusted(-2, _SIDE, 2, _GAP)
        name = self.fontMetrics().elidedText(self._names[label], Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name)

    def _label_at(self, place: QPoint) -> int:
        return next((k for k in range(len(self._names)) if self.tile_rect(k).contains(place)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self._label_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, columns = Qt.Key, self._columns()
        moves = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -columns, keys.Key_Down: columns}
        if event.key() in moves and self._names:
            target = self._cursor + moves[keys(event.key())]
            self._cursor = max(0, min(len(self._names) - 1, target))
            self.update()
        elif event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def _choose(self, label: int) -> None:
        if 0 <= label < len(self._names):
            self._cursor = label
            self.class_chosen.emit(-1 if label == self._chosen else label)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (label := self._label_at(event.pos())) >= 0:
            QToolTip.showText(event.globalPos(), self._tips[label], self)
            return True
        return super().event(event)


class ClassImagesCard(Card):
    """The mean image of each class, or its standard deviation.

    Signals
    -------
    class_chosen(int)
        Filter by this class; -1: by none.
    """

    class_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="class_images_card", parent=parent)
        self._surveyed: Surveyed | None = None
        self._kind = SegmentedSwitch("class_images_kind", (MEAN, STD))
        self.pictures = ClassPictures()
        self._missing = Label(role="muted", object_name="class_images_missing")
        self._missing.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.pictures)
        self._scroll.viewport().setAutoFillBackground(False)
        self.pictures.setAutoFillBackground(False)
        self.add_to_header(self._kind)
        self.body.addWidget(self._scroll)
        self.body.addWidget(self._missing)
        self._kind.key_chosen.connect(self._show)
        self.pictures.class_chosen.connect(self.class_chosen)
        self._show()
        self.retranslate_ui()

    @Slot(object)
    def show_survey(self, surveyed: Surveyed | None) -> None:
        """Show the pictures of a survey; None: there is none yet. Without labels there is no card."""
        self._surveyed = surveyed
        has_labels = surveyed is None or bool(surveyed.survey.classes.counts.any())
        self.setVisible(has_labels)
        self._show()

    @Slot()
    def _show(self) -> None:
        is_there = self._surveyed is not None
        for widget, shown in (
            (self._kind, is_there),
            (self._scroll, is_there),
            (self._missing, not is_there),
        ):
            widget.setVisible(shown)
        if self._surveyed is None:
            self.pictures.set_classes((), (), ())
            return
        names = self._surveyed.image_set.classes
        pictures = self._surveyed.pictures
        images = pictures.mean if self._kind.key == MEAN else pictures.std
        self.pictures.set_classes(names, images, self._tips(names))
        rows = -(-len(names) // 4)
        self._scroll.setFixedHeight(self.pictures.rows_height(min(_MOST_ROWS, max(1, rows))) + 1)

    def _tips(self, names: Sequence[str]) -> list[str]:
        assert self._surveyed is not None
        classes = self._surveyed.survey.classes
        text = self.tr("{name}: {count:,} images, averaged at {width}×{height}")
        width, height = classes.size
        counts = classes.counts.tolist()
        return [
            text.format(name=name, count=count, width=width, height=height)
            for name, count in zip(names, counts, strict=True)
        ]

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Class images"))
        self._kind.set_texts(
            {
                MEAN: ("mean", self.tr("The mean of all images of each class")),
                STD: ("std", self.tr("Where the images of a class differ: bright is a large deviation")),
            }
        )
        self.pictures.setAccessibleName(self.tr("Images of the classes"))
        self.pictures.setToolTip(self.tr("Click a class to see only its images"))
        self._missing.setText(self.tr("Appear once all images were looked at."))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
