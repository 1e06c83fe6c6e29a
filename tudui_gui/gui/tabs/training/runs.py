"""The list of runs: what they reached, which are shown, where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QDesktopServices, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.training import texts
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.training.runs import Run

_Index = QModelIndex | QPersistentModelIndex
RUN_ROLE = Qt.ItemDataRole.UserRole
COLOR_ROLE = Qt.ItemDataRole.UserRole + 1


class RunsModel(QAbstractListModel):
    """Runs, the newest first. ``RUN_ROLE``: the ``Run``; ``COLOR_ROLE``: the name of its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []
        self._colors: dict[Path, str] = {}

    @property
    def runs(self) -> list[Run]:
        """In the order shown."""
        return list(self._runs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show ``runs``; rows stay where they are if only their numbers changed."""
        if [run.path for run in runs] == [run.path for run in self._runs]:
            self._runs = list(runs)
            self._touch()
            return
        self.beginResetModel()
        self._runs = list(runs)
        self.endResetModel()

    def set_colors(self, colors: Mapping[Path, str]) -> None:
        """The colour names of the runs that are drawn."""
        self._colors = dict(colors)
        self._touch()

    def row_of(self, path: Path) -> int:
        """The row of a run, or -1."""
        return next((row for row, run in enumerate(self._runs) if run.path == path), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run = self._runs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return run.name
        if role == RUN_ROLE:
            return run
        if role == COLOR_ROLE:
            return self._colors.get(run.path, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(run.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{run.name}, {describe(run)}"
        return None

    def _touch(self) -> None:
        if self._runs:
            self.dataChanged.emit(self.index(0), self.index(len(self._runs) - 1))


def describe(run: Run) -> str:
    """``98.1 %  6 s`` and, where it is not simply finished, its state."""
    parts = [texts.percent(run.best_accuracy)]
    if run.status == "finished":
        parts.append(texts.duration(run.seconds))
    else:
        parts += [texts.status(run.status), f"{run.epochs} / {run.planned_epochs}"]
    return "  ".join(parts)


class _RunDelegate(QStyledItemDelegate):
    """A small card a run: dot, name, what it reached."""

    _PADDING = 10
    _DOT = 8

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        metrics = QFontMetrics(option.font)
        return QSize(120, 2 * metrics.height() + 2 * self._PADDING + theme.SPACE - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = theme.tokens()
        run, color = index.data(RUN_ROLE), index.data(COLOR_ROLE)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -(theme.SPACE - 4) - 0.5)
        painter.setPen(QPen(QColor(tokens.accent if is_selected else tokens.line), 1))
        painter.setBrush(QColor(tokens.accent_soft if is_selected else tokens.raised))
        painter.drawRoundedRect(card, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_color(color))
        left = card.left() + self._PADDING + 2
        painter.drawEllipse(QRectF(left, card.center().y() - self._DOT / 2, self._DOT, self._DOT))
        inside = card.adjusted(self._PADDING + self._DOT + 12, self._PADDING, -self._PADDING, -self._PADDING)
        self._paint_texts(painter, option, run, inside.toRect())
        painter.restore()

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, run: Run, inside: QRect) -> None:
        tokens = theme.tokens()
        name_font = QFont(option.font)
        name_font.setWeight(QFont.Weight.DemiBold)
        upper = QRect(inside.left(), inside.top(), inside.width(), inside.height() // 2)
        lower = QRect(inside.left(), upper.bottom() + 1, inside.width(), inside.height() - upper.height())
        for text, font, color, box in (
            (run.name, name_font, tokens.text, upper),
            (describe(run), option.font, tokens.muted, lower),
        ):
            painter.setFont(font)
            painter.setPen(QColor(color))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _color(name: str) -> QColor:
    tokens = theme.tokens()
    if name.startswith("series"):
        return QColor(tokens.series[int(name.removeprefix("series"))])
    return QColor(getattr(tokens, name or "line"))


class RunsPanel(Card):
    """``runs_list`` in a card. Click shows a run; Ctrl+click lays others over it.

    Signals
    -------
    selection_changed()
        Other runs are selected; see :attr:`selected`.
    deletion_requested(object)
        The ``Run`` to move to the bin.
    """

    selection_changed = Signal()
    deletion_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "runs_card", parent)
        self.model = RunsModel(self)
        self._list = named(QListView(), "runs_list")
        self._empty = Label(role="muted", object_name="runs_empty")
        self._folder = IconButton("folder-open-outline", "open_run_folder")
        self._delete = IconButton("delete-outline", "delete_run")
        self._folder.clicked.connect(self._open_folder)
        self._delete.clicked.connect(self._ask_deletion)
        self._lay_out()
        self._list.selectionModel().selectionChanged.connect(self._selected)
        self.retranslate_ui()
        self._show_state()

    def _lay_out(self) -> None:
        self.add_to_header(self._folder)
        self.add_to_header(self._delete)
        self._list.setModel(self.model)
        self._list.setItemDelegate(_RunDelegate(self._list))
        self._list.setProperty("role", "plain")
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setMinimumHeight(80)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self.body.addLayout(self._stack, 1)

    @property
    def selected(self) -> list[Run]:
        """The selected runs, the current one first."""
        current = self._list.currentIndex().row()
        rows = sorted(
            (index.row() for index in self._list.selectionModel().selectedRows()),
            key=lambda row: (row != current, row),
        )
        return [self.model.runs[row] for row in rows]

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show ``runs``; the selection stays."""
        chosen = [run.path for run in self.selected]
        had_rows = [run.path for run in self.model.runs]
        self.model.set_runs(runs)
        if had_rows != [run.path for run in runs]:
            self._reselect(chosen)
        self._show_state()

    def select(self, path: Path | None) -> None:
        """Select the run in ``path`` alone; ``None`` selects none."""
        row = -1 if path is None else self.model.row_of(path)
        self._list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self._list.clearSelection()

    def _reselect(self, paths: Sequence[Path]) -> None:
        selection = self._list.selectionModel()
        for path in reversed(paths):
            row = self.model.row_of(path)
            if row >= 0:
                selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self._show_state()
        self.selection_changed.emit()

    def _show_state(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        runs = self.selected
        self._folder.setEnabled(len(runs) == 1)
        self._delete.setEnabled(len(runs) == 1 and runs[0].status != "running")

    @Slot()
    def _open_folder(self) -> None:
        for run in self.selected[:1]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.path)))

    @Slot()
    def _ask_deletion(self) -> None:
        for run in self.selected[:1]:
            self.deletion_requested.emit(run)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Runs"))
        self._list.setAccessibleName(self.tr("Runs"))
        self._list.setToolTip(self.tr("Click to see a run's curves, Ctrl+click to lay another over them"))
        self._empty.setText(
            self.tr("No runs yet. Start one: it is listed here with its curves and checkpoints.")
        )
        self._folder.set_texts(self.tr("Open the run's folder"))
        self._delete.set_texts(self.tr("Move the run to the bin"))
        self._list.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
