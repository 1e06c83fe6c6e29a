"""What a random step makes of one picture with ten seeds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.stage_work import DRAWS, Draw
from tudui_gui.gui.tabs.transforms.texts import drawn_text
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.spin_box import SpinBox

_LARGEST_SEED = 2**31 - 1 - DRAWS
_CAPTION = 16
_TALLEST = 110


class DrawsView(QWidget):
    """The draws in a row, each with its numbers below.

    Signals
    -------
    draw_clicked(int)
        The seed of the draw that was clicked, or Enter pressed on.
    """

    draw_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draws_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._draws: tuple[Draw, ...] = ()
        self._cursor = 0

    @property
    def draws(self) -> tuple[Draw, ...]:
        """What is shown."""
        return self._draws

    def set_draws(self, draws: tuple[Draw, ...]) -> None:
        """Show other draws."""
        self._draws = draws
        self.setAccessibleDescription("; ".join(drawn_text(draw.drawn) for draw in draws))
        self.update()

    def cell(self, place: int) -> QRect:
        """Where a draw is."""
        width = (self.width() - (DRAWS - 1) * theme.SPACE) / DRAWS
        return QRect(round(place * (width + theme.SPACE)), 0, int(width), self.height())

    def sizeHint(self) -> QSize:
        return QSize(600, min(_TALLEST, self.cell(0).width()) + _CAPTION)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, draw in enumerate(self._draws):
            self._paint_draw(painter, self.cell(place), draw)
            if place == self._cursor and self.hasFocus():
                painter.setPen(QColor(theme.tokens().reference))
                painter.drawRect(self.cell(place).adjusted(0, 0, -1, -1))

    def _paint_draw(self, painter: QPainter, cell: QRect, draw: Draw) -> None:
        room = cell.adjusted(0, 0, 0, -_CAPTION)
        size = draw.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = QRectF(room.x() + (room.width() - size.width()) / 2, room.y(), size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < draw.image.width())
        painter.drawImage(shown, draw.image)
        painter.setPen(QColor(theme.tokens().muted))
        painter.setFont(theme.monospace_font(7.5))
        below = QRect(cell.x(), round(shown.bottom()) + 1, cell.width(), _CAPTION)
        text = painter.fontMetrics().elidedText(
            drawn_text(draw.drawn, short=True), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(len(self._draws)):
            if self.cell(place).contains(event.position().toPoint()):
                self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in moves and self._draws:
            self._cursor = max(0, min(len(self._draws) - 1, self._cursor + moves[Qt.Key(event.key())]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._draws:
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            place = self.mapFromGlobal(event.globalPos())  # type: ignore[attr-defined]
            found = [d for i, d in enumerate(self._draws) if self.cell(i).contains(place)]
            text = f"seed {found[0].seed}\n{drawn_text(found[0].drawn)}" if found else self.toolTip()
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def _choose(self, place: int) -> None:
        self._cursor = place
        self.update()
        self.draw_clicked.emit(self._draws[place].seed)


class DrawsCard(Card):
    """Seed, "Roll again", and the draws. ``seed_changed(int)``."""

    seed_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="draws_card", parent=parent)
        self._name = ""
        self._is_random = True
        self._seed_name = Label("seed", "mono")
        self._seed = SpinBox("transform_seed")
        self._seed.setRange(0, _LARGEST_SEED)
        self._seed.setKeyboardTracking(False)
        self._seed.setMinimumWidth(76)
        self._seed_name.setBuddy(self._seed)
        self._roll = Button("roll_again", "dice-multiple-outline")
        self.view = DrawsView()
        self._none = Label(role="muted", object_name="draws_none")
        self._none.setWordWrap(True)
        for widget in (self._seed_name, self._seed, self._roll):
            self.add_to_header(widget)
        self.body.addWidget(self.view)
        self.body.addWidget(self._none)
        self._seed.valueChanged.connect(self.seed_changed)
        self._roll.clicked.connect(self._roll_again)
        self.view.draw_clicked.connect(self._seed.setValue)
        self.retranslate_ui()

    @property
    def seed(self) -> int:
        """The seed of the stages and of the first draw."""
        return self._seed.value()

    def set_subject(self, name: str, is_random: bool) -> None:
        """Say whose draws they are: a step's name, or "" for the whole pipeline."""
        self._name, self._is_random = name, is_random
        self._roll.setEnabled(is_random)
        self._show_view(is_random)

    def show_draws(self, draws: tuple[Draw, ...]) -> None:
        """Show the draws; there are none where a step fails."""
        self.view.set_draws(draws)
        self._show_view(bool(draws))

    def _show_view(self, shows: bool) -> None:
        self.view.setVisible(shows)
        self._none.setHidden(shows)
        self.retranslate_ui()

    @Slot()
    def _roll_again(self) -> None:
        seed = self._seed.value() + DRAWS
        self._seed.setValue(seed if seed <= _LARGEST_SEED else 0)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        name = self._name or self.tr("Pipeline")
        self.set_title(
            self.tr("{name} • {count} draws").format(name=name, count=DRAWS)
            if self._is_random
            else self.tr("Draws")
        )
        self._none.setText(
            self.tr("A step fails: put it right to see the draws.")
            if self._is_random
            else self.tr("Nothing is random here. Add RandomCrop, a random flip or ColorJitter.")
        )
        self._seed.setAccessibleName("seed")
        self._seed.setToolTip(
            self.tr("torch.manual_seed before the pipeline; draw n uses the n-th seed after it")
        )
        self._roll.set_texts(self.tr("Roll again"), self.tr("Take the next ten seeds"))
        self.view.setAccessibleName(self.tr("Draws"))
        self.view.setToolTip(self.tr("Click a draw to see it step by step"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
