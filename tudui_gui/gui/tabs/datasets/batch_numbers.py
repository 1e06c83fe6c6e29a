"""What can be said of a batch in numbers, and which classes an epoch has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QFrame, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.images.conversion import Facts
from tudui_gui.training.seen import Reading, Sameness, Times

Index = QModelIndex | QPersistentModelIndex
Counts = npt.NDArray[np.int64]


def tensor_text(facts: Facts) -> str:
    """Dtype and shape, such as ``float32 [64, 3, 32, 32]``."""
    return f"{facts.dtype.removeprefix('torch.')} {list(facts.shape)}"


def times_text(times: Times) -> str:
    """How long the first batch took, and a further one."""
    first = QCoreApplication.translate("BatchNumbers", "num_workers {count}: first batch {first}")
    text = first.format(count=times.num_workers, first=seconds_text(times.first))
    if times.further is None:
        return text
    further = QCoreApplication.translate("BatchNumbers", "then {further} each")
    return f"{text}, {further.format(further=seconds_text(times.further))}"


def seconds_text(seconds: float) -> str:
    """``6.1 s`` or ``3.2 ms``."""
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


class BatchNumbers(QScrollArea):
    """The tensor's facts, what it has in common with training's, and how long loading takes.

    Signals
    -------
    replay_requested()
        Go through the images before the batch, as training does.
    """

    replay_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch_numbers")
        self._reading: Reading | None = None
        self._times: tuple[Times, ...] = ()
        self._facts = FactsStrip("batch_facts")
        self._sameness = Label(object_name="batch_sameness")
        self._replay = Button("batch_replay", "replay")
        self._speed = FactsStrip("batch_times")
        self._meaning = Label(role="muted")
        self._lay_out()
        self._replay.clicked.connect(self.replay_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for label in (self._sameness, self._speed, self._meaning, self._facts):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
        for widget in (self._facts, self._speed, self._sameness, self._replay, self._meaning):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_numbers(self, facts: Facts | None, reading: Reading | None, times: Sequence[Times]) -> None:
        """Show the facts of a batch, what its reading was like, and every measure there is."""
        self._reading, self._times = reading, tuple(times)
        self._facts.set_facts(_facts_lines(facts) if facts else [])
        self._show_texts()

    def _show_texts(self) -> None:
        reading = self._reading
        self._sameness.setText(sameness_text(reading) if reading else "")
        self._replay.setVisible(reading is not None and reading.sameness is Sameness.FAR)
        self._speed.set_facts([("", times_text(times)) for times in self._times])
        self._meaning.setVisible(bool(self._times))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("Numbers of the batch"))
        self._replay.set_texts(
            self.tr("Draw as training does"),
            self.tr("Put all images that come before through the random transforms; can be cancelled below"),
        )
        self._meaning.setText(
            self.tr(
                "Measured while nothing else is done, from the first epoch's point of view: nothing is kept "
                "in memory yet. Starting processes takes seconds; they pay when a batch takes longer to load "
                "than to train on."
            )
        )
        self._show_texts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _facts_lines(facts: Facts) -> list[tuple[str, str]]:
    def row(values: Sequence[float]) -> str:
        return " ".join(f"{value:.3f}" for value in values)

    return [
        ("tensor", tensor_text(facts)),
        ("min max", f"{facts.minimum:.3f} {facts.maximum:.3f}"),
        ("mean", row(facts.mean)),
        ("std", row(facts.std)),
    ]


def sameness_text(reading: Reading) -> str:
    """What the shown batch has in common with that of a training with these settings."""
    if reading.sameness is Sameness.ALL:
        return QCoreApplication.translate(
            "BatchNumbers", "Images, order and values are those that training gets, bit for bit."
        )
    text = QCoreApplication.translate(
        "BatchNumbers",
        "Order as in training, but the random transforms drew anew: {why}",
    )
    return text.format(why=_why_anew(reading))


def _why_anew(reading: Reading) -> str:
    if reading.sameness is Sameness.FAR:
        return QCoreApplication.translate(
            "BatchNumbers", "all images that come before would have to be transformed first."
        )
    if reading.sameness is Sameness.MODEL_DRAWS:
        return QCoreApplication.translate(
            "BatchNumbers", "the model draws from the same generator at each step (dropout)."
        )
    return QCoreApplication.translate(
        "BatchNumbers", "the random test transforms draw from the same generator as training."
    )


@dataclass(frozen=True, eq=False)
class ClassCounts:
    """Images of each class: in the set, in the epoch (as often as they come), in the batch."""

    classes: tuple[str, ...]
    own: Counts
    epoch: Counts
    batch: Counts


class BatchClasses(QTableView):
    """Images per class of the set, the epoch and the batch, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch_classes")
        self._table = _ClassTable(self)
        self.setModel(self._table)
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.SPACE)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.retranslate_ui()

    def show_counts(self, counts: ClassCounts) -> None:
        """Show other numbers."""
        self._table.set_counts(counts)

    @property
    def counts(self) -> ClassCounts | None:
        """What is shown."""
        return self._table.counts

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 40)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("Images per class"))
        self.setToolTip(
            self.tr(
                "How many images of each class there are, and how often this epoch and this batch have them"
            )
        )
        self._table.set_headings(
            (self.tr("class"), self.tr("in the set"), self.tr("epoch"), self.tr("batch"))
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _ClassTable(QAbstractTableModel):
    """Four columns: the class and its three counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.counts: ClassCounts | None = None
        self._headings: tuple[str, ...] = ("",) * 4

    def set_counts(self, counts: ClassCounts) -> None:
        self.beginResetModel()
        self.counts = counts
        self.endResetModel()

    def set_headings(self, headings: tuple[str, ...]) -> None:
        self._headings = headings
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self.counts is None else len(self.counts.classes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        counts, row, column = self.counts, index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or counts is None:
            return None
        if column == 0:
            return counts.classes[row]
        return f"{(counts.own, counts.epoch, counts.batch)[column - 1][row]:,}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None
