"""The card of the table: progress, what came out, filter and export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QSize, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QProgressBar,
    QTableView,
    QWidget,
)

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.prediction.table import (
    CONFIDENCE,
    NAME,
    PREDICTION,
    TRUE_CLASS,
    PredictionModel,
    PredictionProxy,
)
from tudui_gui.gui.tabs.prediction.work import THUMBNAIL, Answer, Source
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.naming import named


class TableCard(Card):
    """``prediction_table`` of many pictures.

    Signals
    -------
    source_chosen(object)
        The ``Source`` of the row that was selected.
    cancel_requested()
        Classifying should stop.
    export_requested(str)
        The path of the CSV file to write.
    """

    source_chosen = Signal(object)
    cancel_requested = Signal()
    export_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "prediction_table_card", parent)
        self.model = PredictionModel(self)
        self._proxy = PredictionProxy(self)
        self._proxy.setSourceModel(self.model)
        self._table = named(QTableView(), "prediction_table")
        self._summary = ElidedLabel(role="muted", object_name="prediction_summary")
        self._progress = named(QProgressBar(), "prediction_progress")
        self._cancel = IconButton("close-circle-outline", "cancel_prediction")
        self._wrong = IconButton("filter-outline", "only_wrong_predictions")
        self._export = IconButton("export-variant", "export_predictions")
        self._wrong.setCheckable(True)
        self._lay_out()
        self._wrong.toggled.connect(self._proxy.set_only_wrong)
        self._cancel.clicked.connect(self.cancel_requested)
        self._export.clicked.connect(self._ask_export)
        self._table.selectionModel().selectionChanged.connect(self._selected)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.header.setStretch(1, 0)
        self.header.addWidget(self._summary, 1)
        for button in (self._cancel, self._wrong, self._export):
            self.add_to_header(button)
        self._table.setModel(self._proxy)
        self._table.setProperty("role", "plain")
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(THUMBNAIL + 8)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, mode in (
            (NAME, QHeaderView.ResizeMode.Stretch),
            (PREDICTION, QHeaderView.ResizeMode.Stretch),
            (CONFIDENCE, QHeaderView.ResizeMode.ResizeToContents),
            (TRUE_CLASS, QHeaderView.ResizeMode.ResizeToContents),
        ):
            header.setSectionResizeMode(column, mode)
        header.setResizeContentsPrecision(20)
        self._table.setMinimumHeight(120)
        self._progress.setTextVisible(False)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._table, 1)
        self.body.setSpacing(theme.SPACE // 2)

    def set_sources(self, sources: Sequence[Source], classes: Sequence[str]) -> None:
        """Show ``sources``, unanswered."""
        self._wrong.setChecked(False)
        self._table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.model.set_sources(sources, classes)
        self._progress.setRange(0, len(sources))
        self._show_state(is_running=False)

    @Slot(object)
    def add_answers(self, answers: Sequence[tuple[int, Answer]]) -> None:
        """Fill in answers."""
        self.model.add_answers(answers)
        self._progress.setValue(self.model.answered)
        self._show_summary()

    def set_running(self, is_running: bool) -> None:
        """Whether pictures are being classified."""
        self._show_state(is_running=is_running)

    def select_first(self) -> None:
        """Select the first row."""
        self._table.selectRow(0)

    def clear_selection(self) -> None:
        """Select no row."""
        self._table.clearSelection()

    def _show_state(self, *, is_running: bool) -> None:
        self._progress.setVisible(is_running)
        self._cancel.setVisible(is_running)
        self._export.setEnabled(self.model.answered > 0)
        self._show_summary()

    def _show_summary(self) -> None:
        known, right, failed = self.model.counts()
        count = len(self.model.sources)
        parts = [self.tr("{done} of {count} images").format(done=self.model.answered, count=count)]
        if known:
            share = f"{100 * right / known:.1f} %"
            parts.append(self.tr("{share} right").format(share=share))
        if failed:
            parts.append(self.tr("{failed} could not be read or classified").format(failed=failed))
        self._summary.set_text("  ·  ".join(parts))
        self._wrong.setEnabled(known > 0)
        self._export.setEnabled(self.model.answered > 0)

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        for index in self._table.selectionModel().selectedRows()[:1]:
            row = self._proxy.mapToSource(QModelIndex(index)).row()
            self.source_chosen.emit(self.model.sources[row])

    @Slot()
    def _ask_export(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(
            self,
            self.tr("Save the table"),
            str(Path(folder, "predictions.csv")),
            self.tr("Table (*.csv)"),
        )
        dialog.setObjectName("prediction_export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.export_requested)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Images"))
        self._table.setAccessibleName(self.tr("Predictions"))
        self._table.setToolTip(self.tr("What the model says about each image; choose one to look closer"))
        self._progress.setAccessibleName(self.tr("Images classified"))
        self._progress.setToolTip(self.tr("Images classified"))
        self._cancel.set_texts(self.tr("Stop classifying"))
        self._wrong.set_texts(
            self.tr("Only wrong ones"), self.tr("Show only images whose true class was missed")
        )
        self._export.set_texts(self.tr("Export as CSV…"))
        self._proxy.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, TRUE_CLASS)
        self._show_summary()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
