"""What is said about the points: what they are, and how many of each part are chosen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tudui_gui.gui.tabs.datasets.embedding_work import MODEL, PARTS, PCA, Embedded
from tudui_gui.gui.widgets.buttons import Button

#: The marks of the parts as the plot draws them.
_MARKS = dict(zip(PARTS, "●▲■✕", strict=True))


def part_name(part: str) -> str:
    """A part's name, translated."""
    names = {
        "train": QCoreApplication.translate("EmbeddingTexts", "Training"),
        "test": QCoreApplication.translate("EmbeddingTexts", "Test"),
        "unlabelled": QCoreApplication.translate("EmbeddingTexts", "Unlabelled"),
        "left_out": QCoreApplication.translate("EmbeddingTexts", "Left out"),
    }
    return names[part]


def described(embedded: Embedded) -> tuple[str, str]:
    """What the points are, in a line, and which mark is which part (empty if there is only one)."""
    request = embedded.request
    pixels = QCoreApplication.translate("EmbeddingTexts", "pixels")
    where = request.layer or "Linear"
    source = f"{embedded.model} ({where})" if request.source == MODEL else pixels
    count = QCoreApplication.translate("EmbeddingTexts", "{count:,} of {total:,}")
    parts = [count.format(count=len(embedded), total=embedded.total), f"{_method(embedded)}, {source}"]
    if embedded.skipped:
        skipped = QCoreApplication.translate("EmbeddingTexts", "{count} not readable")
        parts.append(skipped.format(count=embedded.skipped))
    present = [PARTS[number] for number in np.unique(embedded.parts)]
    marks = "\n".join(f"{_MARKS[part]} {part_name(part)}" for part in present) if len(present) > 1 else ""
    return " · ".join(parts), marks


def _method(embedded: Embedded) -> str:
    request = embedded.request
    if request.method == PCA:
        return "PCA"
    return f"t-SNE (perplexity {request.perplexity}, KL {embedded.projection.divergence:.2f})"


def axis_texts(embedded: Embedded) -> tuple[str, str]:
    """The labels of both axes: of the components with the variance they explain; none for t-SNE."""
    if embedded.request.method != PCA:
        return "", ""
    text = QCoreApplication.translate("EmbeddingTexts", "component {number}: {share:.1%} of the variance")
    first, second = (
        text.format(number=number, share=share)
        for number, share in enumerate(embedded.projection.explained, start=1)
    )
    return first, second


class ChosenRow(QWidget):
    """How many points of each part are chosen; a button a part shows them in the grid.

    Signals
    -------
    part_requested(str)
    """

    part_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("embedding_chosen")
        self._counts: dict[str, int] = {}
        self._buttons = {part: Button(f"embedding_chosen_{part}", role="link") for part in PARTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self._buttons.values():
            button.clicked.connect(self._tell)
            row.addWidget(button)
        self.setFixedHeight(self.sizeHint().height())  # the plot must not move when they appear
        self.show_counts({})

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show the number of chosen points of each part that has some."""
        self._counts = dict(counts)
        tip = self.tr("Show these images in the grid")
        for part, button in self._buttons.items():
            button.setVisible(part in counts)
            button.set_texts(f"{part_name(part)} {counts.get(part, 0):,}", tip)

    @Slot()
    def _tell(self) -> None:
        sender = self.sender()
        self.part_requested.emit(next(part for part, button in self._buttons.items() if button is sender))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_counts(self._counts)
        super().changeEvent(event)
