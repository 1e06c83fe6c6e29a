"""The card of the newest epoch's confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.confusion_view import ConfusionView
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label


class ConfusionCard(Card):
    """``confusion_matrix``, and a line that says what the cell under the pointer holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "confusion_card", parent)
        self.view = ConfusionView("confusion_matrix")
        self._line = ElidedLabel(role="muted", object_name="confusion_cell")
        self._empty = Label(role="muted", object_name="confusion_empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._epoch = 0
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.body.addLayout(self._stack, 1)
        self.body.addWidget(self._line)
        self.view.cell_changed.connect(self._show_cell)
        self.retranslate_ui()
        self.clear()

    def show_epoch(self, epoch: int, matrix: Sequence[Sequence[int]], classes: Sequence[str]) -> None:
        """Show the matrix of the test pass after ``epoch``."""
        self._epoch = epoch
        self.view.set_matrix(matrix, classes)
        self._stack.setCurrentIndex(0)
        self._show_title()

    def clear(self) -> None:
        """Show none."""
        self._epoch = 0
        self.view.set_matrix([], ())
        self._stack.setCurrentIndex(1)
        self._show_title()

    @Slot(int, int, int)
    def _show_cell(self, label: int, prediction: int, count: int) -> None:
        classes = self.view.classes
        if label >= 0:
            text = self.tr("{label} → {prediction}: {count} images")
            self._line.set_text(
                text.format(label=classes[label], prediction=classes[prediction], count=f"{count:,}")
            )
        else:
            self._line.set_text(self.tr("row: true, column: predicted") if classes else "")

    def _show_title(self) -> None:
        if self._epoch:
            self.set_title(self.tr("Confusion · epoch {epoch}").format(epoch=self._epoch))
        else:
            self.set_title(self.tr("Confusion"))
        self.view.setAccessibleName(self.accessibleName())

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._show_title()
        self._show_cell(-1, -1, 0)
        self._empty.setText(self.tr("Which classes are mistaken for which: shown after the first epoch."))
        self.view.setToolTip(self.tr("Test images by true class (row) and prediction (column)"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
