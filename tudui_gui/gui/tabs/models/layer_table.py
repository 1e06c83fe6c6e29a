"""The modules of a model as a tree with columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from tudui_gui.gui import theme
from tudui_gui.models.summary import Summary, SummaryRow

Index = QModelIndex | QPersistentModelIndex

_COLUMNS = 6
_NUMBERS = (3, 4)
_EXPANDED_ROWS = 60


@dataclass(eq=False)
class _Node:
    row: SummaryRow
    parent: _Node | None
    place: int
    children: list[_Node] = field(default_factory=list)


class ModuleModel(QAbstractItemModel):
    """Rows of a ``Summary`` under their parents."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._roots: list[_Node] = []

    def show(self, title: str, summary: Summary | None) -> None:
        """Show ``summary``; ``title`` names the model itself."""
        self.beginResetModel()
        self._title = title
        self._roots = _tree(summary.rows if summary else ())
        self.endResetModel()

    def row_at(self, index: Index) -> SummaryRow | None:
        """The row of an index."""
        return index.internalPointer().row if index.isValid() else None

    def find(self, name: str) -> QModelIndex:
        """The index of the module called ``name``; invalid if there is none."""
        pending = list(self._roots)
        while pending:
            node = pending.pop()
            if node.row.name == name:
                return self.createIndex(node.place, 0, node)
            pending.extend(node.children)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        nodes = parent.internalPointer().children if parent.isValid() else self._roots
        return self.createIndex(row, column, nodes[row]) if 0 <= row < len(nodes) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = index.internalPointer().parent if index.isValid() else None
        return QModelIndex() if node is None else self.createIndex(node.place, 0, node)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if parent.isValid():
            return len(parent.internalPointer().children) if parent.column() == 0 else 0
        return len(self._roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._texts(row)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and index.column() >= 2:
            return theme.monospace_font(8.5)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _headings(self) -> tuple[str, ...]:
        return (
            self.tr("Module"),
            self.tr("Type"),
            self.tr("Output shape"),
            self.tr("Parameters"),
            self.tr("Multiply-adds"),
            self.tr("Settings"),
        )

    def _texts(self, row: SummaryRow) -> tuple[str, ...]:
        shape = "" if row.output_shape is None else "[" + ", ".join(map(str, row.output_shape)) + "]"
        return (
            row.name.rpartition(".")[2] or self._title,
            row.type,
            shape,
            _count(row.parameters),
            _count(row.multiply_adds),
            row.settings,
        )


class LayerTable(QTreeView):
    """The modules of a model.

    Signals
    -------
    module_selected(str)
        Dotted name of the current module; ``""`` is the model itself.
    """

    module_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer_table")
        self.setProperty("role", "plain")
        self._modules = ModuleModel(self)
        self.setModel(self._modules)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIndentation(12)
        self.header().setStretchLastSection(True)
        self.header().setMinimumSectionSize(40)

    @property
    def modules(self) -> ModuleModel:
        """What is shown."""
        return self._modules

    @property
    def current(self) -> str:
        """Dotted name of the current module, ``""`` for the model itself."""
        row = self._modules.row_at(self.currentIndex())
        return "" if row is None else row.name

    def show_summary(self, title: str, summary: Summary | None) -> None:
        """Show another model; the current module stays current if the new one has it too."""
        chosen = self.current
        self._modules.show(title, summary)
        if summary is None:
            return
        if len(summary.rows) <= _EXPANDED_ROWS:
            self.expandAll()
        else:
            self.expandToDepth(0)
        for column in range(_COLUMNS - 1):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.resizeColumnToContents(column)
        known = {row.name for row in summary.rows}
        self.select(chosen if chosen in known and chosen else _first_learner(summary.rows))

    def select(self, name: str) -> None:
        """Make the module called ``name`` current."""
        self.setCurrentIndex(self._modules.find(name))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self._modules.row_at(current)
        if row is not None:
            self.module_selected.emit(row.name)


def _first_learner(rows: tuple[SummaryRow, ...]) -> str:
    """The first module without children that has parameters; the model itself if there is none."""
    parents = {row.name.rpartition(".")[0] for row in rows}
    return next((row.name for row in rows if row.parameters and row.name and row.name not in parents), "")


def _tree(rows: tuple[SummaryRow, ...]) -> list[_Node]:
    roots: list[_Node] = []
    by_name: dict[str, _Node] = {}
    for row in rows:
        parent = by_name.get(row.name.rpartition(".")[0]) if row.name else None
        siblings = roots if parent is None else parent.children
        node = _Node(row, parent, len(siblings))
        siblings.append(node)
        by_name[row.name] = node
    return roots


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"
