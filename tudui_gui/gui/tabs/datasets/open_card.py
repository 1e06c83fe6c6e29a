"""What is open: how it is read, of which sources it is made, and how it is split."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tudui_gui.datasets.concatenation import CONCAT
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.joined_box import JoinedBox
from tudui_gui.gui.tabs.datasets.layout_box import LayoutBox
from tudui_gui.gui.tabs.datasets.source_entries import title_of
from tudui_gui.gui.tabs.datasets.split_box import SplitBox
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.workers import Jobs

#: The list of sources above keeps its place when all is unfolded.
_LEAST_HEIGHT = 74


class OpenCard(Card):
    """The settings of the open data set. As high as they need, or less with a scroll bar.

    Attributes
    ----------
    layouts : LayoutBox
    joined : JoinedBox
    split : SplitBox
    """

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="open_card", parent=parent)
        self.layouts = LayoutBox(jobs)
        self.joined = JoinedBox()
        self.split = SplitBox()
        self._name = ElidedLabel(role="muted", object_name="open_name")
        self._name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._area = _Area(self._boxes(), "open_area")
        self.header.insertWidget(1, self._name, 100)
        self.body.addWidget(self._area)
        self._leave_room_for_bar()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate_ui()

    def _leave_room_for_bar(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.GAP, theme.SPACE, 0, theme.GAP)
        self.header.setContentsMargins(0, 0, theme.GAP, 0)

    def _boxes(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.SPACE)
        for box in (self.layouts, self.joined, self.split):
            column.addWidget(box)
        return inside

    def show_dataset(self, dataset: Dataset, is_own: bool) -> None:
        """Show the settings of ``dataset``. ``is_own``: a person's, of which there may be other readings."""
        step = dataset.step
        self._name.set_text(title_of(step))
        self.joined.setVisible(step.name == CONCAT)
        self.joined.show_step(step)
        self.layouts.show_step(step, is_own and step.name != CONCAT)
        self.split.show_dataset(dataset)

    def retranslate_ui(self) -> None:
        """Set every text in the current language; the boxes set their own."""
        self.set_title(self.tr("Open now"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _Area(QScrollArea):
    """Wants the height of its content, and takes less."""

    def __init__(self, content: QWidget, object_name: str) -> None:
        super().__init__()
        self._content = content
        self.setObjectName(object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(content)
        content.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._give_way)

    @Slot(int, int)
    def _give_way(self, least: int, most: int) -> None:
        """Let the scroll bar stand in the card's margin."""
        bar = self.verticalScrollBar().sizeHint().width() if most > least else 0
        layout = self._content.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, max(0, theme.GAP - bar), 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, min(_LEAST_HEIGHT, self._wanted()))

    def _wanted(self) -> int:
        content, width = self._content, self.viewport().width()
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False
