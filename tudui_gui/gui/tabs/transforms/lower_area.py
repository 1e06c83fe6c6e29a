"""Below the stages: the draws, a mixed batch, a folder, or TensorBoard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from tudui_gui.gui.session import Session
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.segmented import SegmentedSwitch

DRAWS, MIX, FOLDER, BOARD = "draws", "mix", "folder", "board"

_CHOSEN, _HEIGHT = "transforms.lower", "transforms.lower_height"
_FOLDED = "transforms.lower_folded"
#: Signs instead of words, where the card is narrower than this.
_ICONS = {
    DRAWS: "dice-multiple-outline",
    MIX: "blender-outline",
    FOLDER: "folder-multiple-image",
    BOARD: "chart-box-outline",
}
_NARROW = 640
#: Share of the height at the start, within bounds; what the stages need for all their facts; and the least
#: that they keep.
_SHARE, _LEAST, _MOST, _NEEDED, _STAGES = 0.43, 208, 340, 352, 200
_ANY_HEIGHT = 16_777_215


class LowerArea(QWidget):
    """One of several cards, with a switch in the place of its title; which one is remembered.

    Folded, only the switch is left; choosing a card unfolds it.

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
        self.switch.chosen_again.connect(self._unfold)
        self.fold = IconButton("chevron-down", "transforms_lower_fold")
        self._bar = Card(object_name="transforms_lower_bar")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for card in (*cards.values(), self._bar):
            layout.addWidget(card)
        self.switch.key_chosen.connect(self._choose)
        self.fold.clicked.connect(self._toggle)
        self._is_folded = self._preferences.get(_FOLDED, False)
        self.show_card(self._preferences.get(_CHOSEN, ""))
        self.retranslate_ui()

    @property
    def key(self) -> str:
        """Which card is shown."""
        return self.switch.key

    @property
    def is_folded(self) -> bool:
        """Whether only the switch is left."""
        return self._is_folded

    def show_card(self, key: str) -> None:
        """Make a card the chosen one; an unknown word chooses the first one."""
        key = key if key in self._cards else next(iter(self._cards))
        focus = QApplication.focusWidget()
        had_focus = self.switch.isAncestorOf(focus or self)
        self.switch.set_key(key)
        shown = self._bar if self._is_folded else self._cards[key]
        shown.lead_with(self.switch)
        shown.add_to_header(self.fold)
        # First hidden, then shown: both together would push the stages away.
        for card in sorted((*self._cards.values(), self._bar), key=lambda card: card is shown):
            card.setVisible(card is shown)
        self.setMaximumHeight(self._bar.minimumSizeHint().height() if self._is_folded else _ANY_HEIGHT)
        if had_focus:
            self.switch.focus_chosen()
        elif focus is self.fold:
            self.fold.setFocus()

    def set_folded(self, is_folded: bool) -> None:
        """Leave only the switch, or show the chosen card again."""
        if is_folded == self._is_folded:
            return
        self._is_folded = is_folded
        self._preferences.set(_FOLDED, is_folded)
        self.show_card(self.key)
        self.place()
        self.retranslate_ui()

    @Slot()
    def _toggle(self) -> None:
        self.set_folded(not self._is_folded)

    @Slot()
    def _unfold(self) -> None:
        self.set_folded(False)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._preferences.set(_CHOSEN, key)
        self.show_card(key)
        self.set_folded(False)
        self.key_chosen.emit(key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        splitter = self.parent()
        if isinstance(splitter, QSplitter) and not self._is_placed:
            self._is_placed = True
            self.place()
            splitter.splitterMoved.connect(self._remember_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.retranslate_ui()

    def place(self) -> None:
        """Be as high as a person wants, else as leaves the stages what they need, in a :class:`QSplitter`."""
        splitter = self.parent()
        if not (isinstance(splitter, QSplitter) and self._is_placed):
            return
        total = sum(splitter.sizes())
        usual = max(_LEAST, min(_MOST, round(total * _SHARE), total - _NEEDED))
        height = min(self._preferences.get(_HEIGHT, usual), total - _STAGES)
        if self._is_folded:
            height = self.maximumHeight()
        splitter.setSizes([total - height, height])

    @Slot()
    def _remember_height(self) -> None:
        if not self._is_folded:
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
        self.fold.set_icon("chevron-up" if self._is_folded else "chevron-down")
        self.fold.set_texts(
            self.tr("Unfold") if self._is_folded else self.tr("Fold"),
            self.tr("Show this part again")
            if self._is_folded
            else self.tr("Leave the room to the stages; a click on a name brings this part back"),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class StagesSplitter(QSplitter):
    """The stages above a :class:`LowerArea`, whose height follows the window."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lower = self.widget(1)
        if isinstance(lower, LowerArea):
            lower.place()
