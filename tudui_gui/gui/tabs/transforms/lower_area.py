"""Below the stages: the draws, a mixed batch, a folder, or TensorBoard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from tudui_gui.gui.session import Session
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.segmented import SegmentedSwitch

DRAWS, MIX, FOLDER, BOARD = "draws", "mix", "folder", "board"

_CHOSEN, _HEIGHT = "transforms.lower", "transforms.lower_height"
#: Signs instead of words, where the card is narrower than this.
_ICONS = {
    DRAWS: "dice-multiple-outline",
    MIX: "blender-outline",
    FOLDER: "folder-multiple-image",
    BOARD: "chart-box-outline",
}
_NARROW = 640
#: Share of the height at the start, within bounds; and the least that the stages above keep.
_SHARE, _LEAST, _MOST, _STAGES = 0.43, 236, 340, 200


class LowerArea(QWidget):
    """One of several cards, with a switch in the place of its title; which one is remembered.

    Parameters
    ----------
    cards : mapping of str to Card
        By ``"draws"``, ``"mix"``, ``"folder"``, ``"board"``; those there are, the first shown at the start.

    Signals
    -------
    key_chosen(str)
        A person chose another card.
    """

    key_chosen = Signal(str)

    def __init__(self, session: Session, cards: Mapping[str, Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transforms_lower_area")
        self._preferences = session.preferences
        self._cards = cards
        self._is_placed = self._is_narrow = False
        self.switch = SegmentedSwitch("transforms_lower_switch", tuple(cards))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for card in cards.values():
            layout.addWidget(card)
        self.switch.key_chosen.connect(self._choose)
        self.show_card(self._preferences.get(_CHOSEN, ""))
        self.retranslate_ui()

    @property
    def key(self) -> str:
        """Which card is shown."""
        return self.switch.key

    def show_card(self, key: str) -> None:
        """Show a card; an unknown word shows the first one."""
        key = key if key in self._cards else next(iter(self._cards))
        had_focus = self.switch.isAncestorOf(QApplication.focusWidget() or self)
        self.switch.set_key(key)
        self._cards[key].lead_with(self.switch)
        # First hidden, then shown: both together would push the stages away.
        for name, card in sorted(self._cards.items(), key=lambda pair: pair[0] == key):
            card.setVisible(name == key)
        if had_focus:
            self.switch.focus_chosen()

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._preferences.set(_CHOSEN, key)
        self.show_card(key)
        self.key_chosen.emit(key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        splitter = self.parent()
        if isinstance(splitter, QSplitter) and not self._is_placed:
            self._is_placed = True
            self._place(splitter)
            splitter.splitterMoved.connect(self._remember_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.retranslate_ui()

    def _place(self, splitter: QSplitter) -> None:
        """As high as it was left, where that leaves enough for the stages."""
        total = sum(splitter.sizes())
        usual = max(_LEAST, min(_MOST, round(total * _SHARE)))
        height = min(self._preferences.get(_HEIGHT, usual), total - _STAGES)
        splitter.setSizes([total - height, height])

    @Slot()
    def _remember_height(self) -> None:
        self._preferences.set(_HEIGHT, self.height())

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        texts = {
            DRAWS: (self.tr("Draws"), self.tr("What chance makes of the picture, seed by seed")),
            MIX: (self.tr("Mix"), self.tr("MixUp and CutMix: pictures of a batch mixed, and their labels")),
            FOLDER: (self.tr("Folder"), self.tr("Apply the pipeline to every image of a folder")),
            BOARD: (self.tr("TensorBoard"), self.tr("Write the stages and the draws for TensorBoard")),
        }
        self.switch.clear_icons()
        self.switch.set_texts({key: texts[key] for key in self._cards})
        if self._is_narrow:
            for key in self._cards:
                self.switch.set_icon(key, _ICONS[key])
        self.switch.setAccessibleName(self.tr("Below the stages"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
