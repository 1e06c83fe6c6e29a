"""What the network sees: a picture after each step, from the file to the tensor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.prediction.work import STAGE, StageView
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.naming import named

_ARROW = 40
_LINE = 20


class StageStrip(QScrollArea):
    """``prediction_strip``: stages side by side, an arrow between each two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prediction_strip")
        self._canvas = named(_Canvas(), "prediction_stages")
        self.setWidget(self._canvas)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(STAGE + 2 * _LINE + 12)

    def set_stages(self, stages: Sequence[StageView]) -> None:
        """Show ``stages``."""
        self._canvas.set_stages(stages)
        self.setAccessibleDescription(", ".join(f"{stage.title} {stage.fact}" for stage in stages))

    @property
    def stages(self) -> tuple[StageView, ...]:
        """What is shown."""
        return self._canvas.stages


class _Canvas(QWidget):
    """Paints the stages."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.stages: tuple[StageView, ...] = ()
        theme.manager().theme_changed.connect(self._recolor)

    def set_stages(self, stages: Sequence[StageView]) -> None:
        self.stages = tuple(stages)
        self.setMinimumWidth(sum(self._width(stage) for stage in self.stages) + _ARROW * len(self.stages))
        self.setToolTip("\n".join(stage.tooltip for stage in self.stages if stage.tooltip))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), STAGE + 2 * _LINE)

    def _title_font(self) -> QFont:
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _width(self, stage: StageView) -> int:
        facts = QFontMetrics(theme.monospace_font(8.5)).horizontalAdvance(stage.fact)
        title = QFontMetrics(self._title_font()).horizontalAdvance(stage.title)
        side = STAGE if stage.image is None else round(_fitted(stage.image).width())
        return max(facts, title, side) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0
        for number, stage in enumerate(self.stages):
            width = self._width(stage)
            self._paint_stage(painter, x, width, stage)
            x += width
            if number < len(self.stages) - 1:
                self._paint_arrow(painter, x)
            x += _ARROW

    def _paint_stage(self, painter: QPainter, x: int, width: int, stage: StageView) -> None:
        tokens = theme.tokens()
        painter.setFont(self._title_font())
        painter.setPen(QColor(tokens.text if stage.failure is None else tokens.danger))
        painter.drawText(QRectF(x, 0, width, _LINE), Qt.AlignmentFlag.AlignLeft, stage.title)
        place = QRectF(x, _LINE + 2, width, STAGE)
        if stage.image is not None:
            size = _fitted(stage.image)
            box = QRectF(x, place.center().y() - size.height() / 2, size.width(), size.height())
            is_larger = size.width() > stage.image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_larger)
            painter.drawImage(box, stage.image)
        elif stage.failure is not None:
            flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(place, flags, describe(stage.failure))
        painter.setFont(theme.monospace_font(8.5))
        painter.setPen(QColor(tokens.muted))
        below = QRectF(x, place.bottom() + 4, width, _LINE)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, stage.fact)

    def _paint_arrow(self, painter: QPainter, x: int) -> None:
        icon = theme.icon("chevron-right")
        icon.paint(painter, x + _ARROW // 2 - 9, _LINE + 2 + STAGE // 2 - 9, 18, 18)

    @Slot(object)
    def _recolor(self, tokens: object) -> None:
        self.update()


def _fitted(image: QImage) -> QSize:
    return image.size().scaled(STAGE, STAGE, Qt.AspectRatioMode.KeepAspectRatio)
