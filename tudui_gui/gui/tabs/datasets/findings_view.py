"""The tree of findings: rows of two lines, opened and left out by mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from tudui_gui.datasets.scan_report import Finding
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.findings_model import DETAIL_ROLE, FindingsModel, Index
from tudui_gui.gui.widgets.naming import named

_PAD = 4
_ICON = 16
#: Kinds with at most so many findings are open from the start.
_OPEN_AT_MOST = 20


class FindingsView(QTreeView):
    """Kinds of findings, findings, and the images of a finding.

    Enter or a double click on an image, or on a finding about images, shows them; on a kind it unfolds it.
    Delete leaves the selected images out of training.

    Signals
    -------
    images_requested(str, object)
        Part and indices of the images to show.
    leave_out_requested()
        The selected ones should be left out.
    chosen_changed()
        Others are selected, or current.
    """

    images_requested = Signal(str, object)
    leave_out_requested = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems_list")
        self.setProperty("role", "plain")
        self.findings = FindingsModel(self)
        self.setModel(self.findings)
        self.setItemDelegate(_TwoLines(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._menu = QMenu(self)
        self._make_actions()
        self.activated.connect(self._open)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentChanged.connect(self._tell)
        self.retranslate_ui()

    def _make_actions(self) -> None:
        self._show_action = named(QAction(self._menu), "show_found_images")
        self._leave_out = named(QAction(self._menu), "leave_found_out")
        self._leave_out.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self._leave_out.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._whole_kind = named(QAction(self._menu), "leave_found_kind_out")
        self._menu.addActions([self._show_action, self._leave_out, self._whole_kind])
        self.addAction(self._leave_out)
        self._show_action.triggered.connect(self._open_current)
        self._leave_out.triggered.connect(self.leave_out_requested)
        self._whole_kind.triggered.connect(self._leave_out_kind)

    def show_findings(self, dataset: Dataset | None, findings: Sequence[Finding]) -> None:
        """Show other findings; kinds that were unfolded stay so, and the place in the list is kept."""
        folded = self._folded()
        place, row = self.verticalScrollBar().value(), self._current_path()
        self.findings.show(dataset, findings)
        for number in range(self.findings.rowCount()):
            kind = self.findings.index(number, 0)
            few = self.findings.rowCount(kind) <= _OPEN_AT_MOST
            self.setExpanded(kind, not folded.get(self.findings.kind_at(kind), not few))
        self._choose(row)
        self.verticalScrollBar().setValue(place)
        self.chosen_changed.emit()

    @property
    def chosen_keys(self) -> list[str]:
        """Keys of the images that leaving out the selected rows leaves out, each once."""
        keys = (key for index in self.selectedIndexes() for key in self.findings.keys_at(index))
        return list(dict.fromkeys(keys))

    @property
    def current_text(self) -> str:
        """Everything about the current row."""
        return self.findings.text_at(self.currentIndex())

    def _folded(self) -> dict[str, bool]:
        kinds = [self.findings.index(row, 0) for row in range(self.findings.rowCount())]
        return {self.findings.kind_at(kind): not self.isExpanded(kind) for kind in kinds}

    def _current_path(self) -> tuple[str, int] | None:
        """Kind and row of the current finding; row -1 for the kind itself."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        above = index.parent()
        while above.isValid() and above.parent().isValid():
            index, above = above, above.parent()
        if above.isValid():
            return self.findings.kind_at(above), index.row()
        return self.findings.kind_at(index), -1

    def _choose(self, path: tuple[str, int] | None) -> None:
        for number in range(self.findings.rowCount()):
            kind = self.findings.index(number, 0)
            if path is not None and self.findings.kind_at(kind) == path[0]:
                row = min(path[1], self.findings.rowCount(kind) - 1)
                chosen = kind if row < 0 else self.findings.index(row, 0, kind)
                self.selectionModel().setCurrentIndex(
                    chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )

    @Slot()
    def _tell(self) -> None:
        self.chosen_changed.emit()

    @Slot(object)
    def _open(self, index: Index) -> None:
        images = self.findings.images_at(index)
        if len(images) != 1 and self.findings.rowCount(index):
            self.setExpanded(index, not images or not self.isExpanded(index))
        if images:
            part = images[0][0]
            self.images_requested.emit(part, [number for name, number in images if name == part])

    @Slot()
    def _open_current(self) -> None:
        self._open(self.currentIndex())

    @Slot()
    def _leave_out_kind(self) -> None:
        index = self.currentIndex()
        while index.parent().isValid():
            index = index.parent()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.leave_out_requested.emit()

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._show_action.setEnabled(bool(self.findings.images_at(index)))
            self._leave_out.setEnabled(bool(self.chosen_keys))
            self._menu.popup(self.viewport().mapToGlobal(place))
            self._leave_out.setEnabled(True)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("Problems"))
        self.setToolTip(self.tr("Enter or double click shows the images, Delete leaves them out of training"))
        self._show_action.setText(self.tr("Show in the grid"))
        self._leave_out.setText(self.tr("Leave out of training"))
        self._whole_kind.setText(self.tr("Leave out all of this kind"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
            self.viewport().update()
        super().changeEvent(event)


class _TwoLines(QStyledItemDelegate):
    """An icon, a line, and a fainter line below it; both end in an ellipsis where they do not fit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, 2 * option.fontMetrics.height() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        area = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        middle = area.top() + (option.fontMetrics.height() - _ICON) // 2
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, QRect(area.left(), middle, _ICON, _ICON))
        area.setLeft(area.left() + _ICON + _PAD)
        first, second = index.data(Qt.ItemDataRole.DisplayRole), index.data(DETAIL_ROLE)
        colors = theme.tokens()
        painter.save()
        font = option.font
        font.setBold(not index.parent().isValid())
        painter.setFont(font)
        _draw(painter, area, first, colors.text)
        font.setBold(False)
        painter.setFont(font)
        area.setTop(area.top() + option.fontMetrics.height())
        _draw(painter, area, second, colors.muted)
        painter.restore()


def _draw(painter: QPainter, area: QRect, text: str, color: str) -> None:
    painter.setPen(QColor(color))
    line = QRect(area.left(), area.top(), area.width(), painter.fontMetrics().height())
    elided = painter.fontMetrics().elidedText(
        text.replace("\n", " "), Qt.TextElideMode.ElideRight, line.width()
    )
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
