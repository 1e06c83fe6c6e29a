"""The two rows of controls of the card of the batches: which batch, and how to look at it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.batch_settings import spin
from tudui_gui.gui.tabs.datasets.batch_views import VIEWS
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.segmented import SegmentedSwitch

_LAST_EPOCH = 1000
_NUMBER_WIDTHS = (82, 92)


class PlaceBar(QWidget):
    """Epoch and batch, one step back or on, and the images that are in no batch.

    Signals
    -------
    epoch_changed()
    batch_changed()
        Another batch of the same epoch, or the images that ``drop_last`` leaves out.
    """

    epoch_changed = Signal()
    batch_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epoch = spin("batch_epoch", 1, _LAST_EPOCH)
        self._batch = spin("batch_number", 1, 1)
        for field, width in zip((self._epoch, self._batch), _NUMBER_WIDTHS, strict=True):
            field.setFixedWidth(width)
        self._previous = IconButton("chevron-left", "batch_previous")
        self._next = IconButton("chevron-right", "batch_next")
        self._dropped = IconButton("tray-remove", "batch_show_dropped")
        self._dropped.setCheckable(True)
        row = _row(self)
        row.addWidget(self._epoch)
        row.addSpacing(theme.SPACE // 2)
        for widget in (self._batch, self._previous, self._next, self._dropped):
            row.addWidget(widget)
        row.addStretch(1)
        self._dropped.hide()
        self._epoch.valueChanged.connect(self.epoch_changed)
        self._batch.valueChanged.connect(self.batch_changed)
        self._dropped.toggled.connect(self.batch_changed)
        self._previous.clicked.connect(self._batch.stepDown)
        self._next.clicked.connect(self._batch.stepUp)
        self.retranslate_ui()

    @property
    def epoch(self) -> int:
        """From 1."""
        return self._epoch.value()

    @property
    def batch(self) -> int:
        """From 1."""
        return self._batch.value()

    @property
    def shows_dropped(self) -> bool:
        """Whether the images left out are to be shown instead of the batch."""
        return self._dropped.isChecked()

    def set_counts(self, batches: int, has_dropped: bool) -> None:
        """How many batches there are to choose from. Sends no signal."""
        with QSignalBlocker(self._batch), QSignalBlocker(self._dropped):
            self._batch.setRange(1, max(1, batches))
            self._dropped.setChecked(self._dropped.isChecked() and has_dropped)
        self._dropped.setVisible(has_dropped)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._epoch.setPrefix(self.tr("epoch "))
        self._epoch.setAccessibleName(self.tr("epoch"))
        self._epoch.setToolTip(self.tr("The pass over the images to look at"))
        self._batch.setPrefix(self.tr("batch "))
        self._batch.setAccessibleName(self.tr("batch"))
        self._batch.setToolTip(self.tr("The batch of this epoch to look at"))
        self._previous.set_texts(self.tr("Previous batch"))
        self._next.set_texts(self.tr("Next batch"))
        self._dropped.set_texts(self.tr("Show the images that drop_last leaves out"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class ViewBar(QWidget):
    """What to show of the batch, and whether beside that of another epoch.

    Signals
    -------
    view_changed()
    compared_changed()
        Two epochs are compared, or no longer.
    """

    view_changed = Signal()
    compared_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = SegmentedSwitch("batch_show", VIEWS)
        self._compare = IconButton("compare-horizontal", "batch_compare")
        self._compare.setCheckable(True)
        self._plain = IconButton("invert-colors", "batch_denormalize")
        self._plain.setCheckable(True)
        self._plain.setChecked(True)
        self._plain.hide()
        row = _row(self)
        row.addWidget(self._view)
        row.addWidget(self._plain)
        row.addStretch(1)
        row.addWidget(self._compare)
        self._view.key_chosen.connect(self.view_changed)
        self._compare.toggled.connect(self.compared_changed)
        self._plain.toggled.connect(self.view_changed)
        self.retranslate_ui()

    @property
    def view(self) -> str:
        """One of ``VIEWS``."""
        return self._view.key

    @property
    def compares(self) -> bool:
        """Whether two epochs are side by side."""
        return self._compare.isChecked()

    @property
    def is_plain(self) -> bool:
        """Whether Normalize is undone for the eye."""
        return self._plain.isChecked()

    def set_normalized(self, normalized: bool) -> None:
        """Whether there is a Normalize that can be undone."""
        self._plain.setVisible(normalized and self.view == "after")

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        after = self.tr("The tensor that the network gets, as add_image shows it")
        numbers = self.tr("Shape, dtype, range, mean and std; what is as in training; time to load")
        classes = self.tr("Images per class in the set, the epoch and the batch")
        self._view.set_texts(
            {
                "before": (self.tr("Before"), self.tr("The images before the transforms")),
                "after": (self.tr("After"), after),
                "numbers": (self.tr("Numbers"), numbers),
                "classes": (self.tr("Classes"), classes),
            }
        )
        self._compare.set_texts(
            self.tr("Compare epochs"), self.tr("Compare this batch with that of another epoch")
        )
        self._view.set_icon("numbers", "sigma")
        self._view.set_icon("classes", "chart-bar")
        self._plain.set_texts(
            self.tr("de-normalised"),
            self.tr("Undo Normalize for the eye; the numbers stay those of the tensor"),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class Bars(QWidget):
    """Two bars side by side where there is room, else one above the other."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = (first, second)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.SPACE // 2)
        for bar in self._bars:
            self._box.addWidget(bar)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one above the other: side by side would keep the window from shrinking."""
        width = max(bar.minimumSizeHint().width() for bar in self._bars)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(bar.sizeHint().width() for bar in self._bars) + theme.GAP
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if event.size().width() >= needed else directions.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)


class ComparedBar(QWidget):
    """What two epochs have in common, and which the other one is; hidden at first.

    Signals
    -------
    epoch_changed()
    """

    epoch_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ElidedLabel(object_name="batch_common")
        self._epoch = spin("batch_other_epoch", 1, _LAST_EPOCH + 1)
        self._epoch.setValue(2)
        self._epoch.setFixedWidth(_NUMBER_WIDTHS[0])
        row = _row(self)
        row.addWidget(self._text, 1)
        row.addWidget(self._epoch)
        self._epoch.valueChanged.connect(self.epoch_changed)
        self.hide()
        self.retranslate_ui()

    @property
    def epoch(self) -> int:
        """The epoch to compare with."""
        return self._epoch.value()

    def follow(self, epoch: int) -> None:
        """Compare with the epoch after this one from now on. Sends no signal."""
        with QSignalBlocker(self._epoch):
            self._epoch.setValue(epoch + 1)

    def set_text(self, text: str) -> None:
        """Say what the epochs have in common."""
        self._text.set_text(text)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._epoch.setPrefix(self.tr("epoch "))
        self._epoch.setAccessibleName(self.tr("The other epoch"))
        self._epoch.setToolTip(self.tr("The epoch to compare with"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return row
