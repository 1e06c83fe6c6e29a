"""Beside the images: facts about them, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.problems_card import ProblemsCard
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.segmented import SegmentedSwitch

FACTS, PROBLEMS = "facts", "problems"
_WIDTH = 262


class RightColumn(QWidget):
    """A switch, and below it cards with facts that scroll together, or the card of problems.

    Signals
    -------
    key_chosen(str)
        A person chose ``"facts"`` or ``"problems"``.
    """

    key_chosen = Signal(str)

    def __init__(self, facts: Sequence[Card], problems: ProblemsCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("right_column")
        self.setFixedWidth(_WIDTH)
        self._count = 0
        self.switch = SegmentedSwitch("right_column_switch", (FACTS, PROBLEMS))
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(facts))
        self._stack.addWidget(problems)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.switch)
        layout.addWidget(self._stack, 1)
        self.switch.key_chosen.connect(self._choose)
        problems.count_changed.connect(self._show_count)
        self.retranslate_ui()

    def show_key(self, key: str) -> None:
        """Show ``"facts"`` or ``"problems"``; any other word shows the facts."""
        key = key if key == PROBLEMS else FACTS
        self.switch.set_key(key)
        self._stack.setCurrentIndex((FACTS, PROBLEMS).index(key))

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.show_key(key)
        self.key_chosen.emit(key)

    @Slot(int)
    def _show_count(self, count: int) -> None:
        self._count = count
        self.retranslate_ui()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        problems = self.tr("Problems")
        if self._count:
            problems = self.tr("Problems ({count:,})").format(count=self._count)
        self.switch.set_texts(
            {
                FACTS: (self.tr("Facts"), self.tr("Classes, sizes, mean and standard deviation")),
                PROBLEMS: (problems, self.tr("What is wrong with the images; scan them for more")),
            }
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _scrolled(cards: Sequence[Card]) -> QScrollArea:
    column = QWidget()
    column.setProperty("role", "scrolled")
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.GAP)
    for card in cards:
        layout.addWidget(card)
    layout.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(column)
    return area
