"""Below the images: the batches, or the embedding."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QSplitter, QVBoxLayout, QWidget

from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.segmented import SegmentedSwitch

BATCHES, EMBEDDING = "batches", "embedding"
#: Height left to the images above, and height that is enough for the embedding.
_IMAGES, _PLENTY = 210, 420


class LowerArea(QWidget):
    """One of two cards, with a switch in the place of its title.

    The embedding gets at least half of the splitter when it is chosen, and more where enough is left for the
    images; what the batches had comes back with them.

    Signals
    -------
    key_chosen(str)
        A person chose ``"batches"`` or ``"embedding"``.
    """

    key_chosen = Signal(str)

    def __init__(self, batches: Card, embedding: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lower_area")
        self._cards: Mapping[str, Card] = {BATCHES: batches, EMBEDDING: embedding}
        self._sizes: list[int] = []
        self.switch = SegmentedSwitch("lower_area_switch", (BATCHES, EMBEDDING))
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # A folded card must not leave its room empty.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        for card in self._cards.values():
            layout.addWidget(card)
        self.switch.key_chosen.connect(self._choose)
        self.show_card(BATCHES)
        self.retranslate_ui()

    def show_card(self, key: str) -> None:
        """Show ``"batches"`` or ``"embedding"``; any other word shows the batches."""
        key = key if key in self._cards else BATCHES
        had_focus = self.switch.isAncestorOf(QApplication.focusWidget() or self)
        self.switch.set_key(key)
        self._cards[key].lead_with(self.switch)
        # First hidden, then shown: both together would push the images away.
        for name, card in sorted(self._cards.items(), key=lambda pair: pair[0] == key):
            card.setVisible(name == key)
        self._layout.activate()
        if had_focus:
            self.switch.focus_chosen()
        self._share_room(key)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.show_card(key)
        self.key_chosen.emit(key)

    def _share_room(self, key: str) -> None:
        splitter = self.parent()
        if not (isinstance(splitter, QSplitter) and self.isVisible()):
            return
        above, below = splitter.sizes()
        total = above + below
        if key == EMBEDDING and total:
            self._sizes = [above, below]
            below = max(below, total // 2, min(total - _IMAGES, _PLENTY))
            splitter.setSizes([total - below, below])
        elif key == BATCHES and self._sizes:
            splitter.setSizes(self._sizes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.switch.key == EMBEDDING and not self._sizes:
            self._share_room(EMBEDDING)  # chosen before there was any room to share

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.switch.set_texts(
            {
                BATCHES: (self.tr("Batches"), self.tr("What the DataLoader hands to the network")),
                EMBEDDING: (self.tr("Embedding"), self.tr("The images as points: PCA or t-SNE")),
            }
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
