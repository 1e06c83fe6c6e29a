"""The pictures of a batch before and after an activation, as the tutorial shows them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.layers.detail_work import Pair
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label

_LARGEST, _GAP = 72, 4


class PairsView(QWidget):
    """Rows of two: before, after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("before_after_view")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pairs: tuple[Pair, ...] = ()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What is shown."""
        return self._pairs

    def set_pairs(self, pairs: tuple[Pair, ...]) -> None:
        """Show others."""
        self._pairs = pairs
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(2 * (_LARGEST + _GAP), len(self._pairs) * (_LARGEST + _GAP))

    def cell(self, row: int, column: int) -> QRect:
        """Where a picture is."""
        width = (self.width() - _GAP) // 2
        return QRect(column * (width + _GAP), row * (_LARGEST + _GAP), width, _LARGEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for row, pair in enumerate(self._pairs):
            for column, image in enumerate((pair.before, pair.after)):
                cell = self.cell(row, column)
                size = image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
                shown = QRectF(cell.x(), cell.y(), size.width(), size.height())
                shown.moveCenter(QRectF(cell).center())
                painter.drawImage(shown, image)
                painter.setPen(QColor(theme.tokens().line))
                painter.drawRect(shown)


class BeforeAfterCard(Card):
    """Input beside output for the first pictures of the batch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "before_after_card", parent)
        self.view = PairsView()
        self._note = Label(role="muted", object_name="before_after_note")
        self._note.setWordWrap(True)
        self.body.addWidget(self._note)
        self.body.addWidget(self.view)
        self.retranslate_ui()

    def show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        """Show pairs; hidden without any."""
        self.view.set_pairs(pairs)
        self.setVisible(bool(pairs))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Input → output"))
        self._note.setText(self.tr("As add_images shows them: values below 0 black, above 1 white."))
        self.view.setAccessibleName(self.tr("Pictures before and after the layer"))
        self.view.setToolTip(self.tr("Left what goes in, right what comes out, a picture of the batch a row"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
