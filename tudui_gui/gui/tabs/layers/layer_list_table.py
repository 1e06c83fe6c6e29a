"""Every layer of a chain or a model with the statistics of its output."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tudui_gui.gui import theme
from tudui_gui.layers.activity import LayerActivity

Index = QModelIndex | QPersistentModelIndex
_SORT_ROLE = Qt.ItemDataRole.UserRole
_SHAPE = 2
#: Rows whose texts decide how wide the columns are.
_MEASURED_ROWS = 16


class LayerList(QTableView):
    """A row a layer, in the order in which they run; click a heading to sort.

    Signals
    -------
    layer_chosen(str)
        A person went to another row: the layer's name in ``named_modules()``.
    layer_opened(str)
        A double click or Enter: show its maps.
    """

    layer_chosen = Signal(str)
    layer_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer_list")
        self.setProperty("role", "plain")
        self._is_showing = False
        self._layers = _LayerModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._layers)
        self._sorted.setSortRole(_SORT_ROLE)
        self.setModel(self._sorted)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.SPACE)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        self.activated.connect(self._open)
        self.retranslate_ui()

    @property
    def count(self) -> int:
        """How many layers there are."""
        return self._layers.rowCount()

    def show_layers(self, layers: Sequence[LayerActivity], current: str) -> None:
        """Show other statistics; ``current`` is the layer whose maps are shown."""
        self._is_showing = True
        is_other = self._layers.show(layers)
        self._is_showing = False
        self.choose(current)
        if is_other and layers:
            self.resizeColumnsToContents()

    def choose(self, name: str) -> None:
        """Mark a layer without telling of it."""
        row = self._layers.row_of(name)
        self._is_showing = True
        self.setCurrentIndex(
            self._sorted.mapFromSource(self._layers.index(row, 0)) if row >= 0 else QModelIndex()
        )
        self._is_showing = False

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(self.tr("Layers"))
        self.setToolTip(self.tr("Click a layer to choose it; double click or Enter shows its maps"))
        self._layers.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_showing and current.row() != previous.row():
            self.layer_chosen.emit(self._name_at(current))

    def _open(self, index: QModelIndex) -> None:
        self.layer_opened.emit(self._name_at(index))

    def _name_at(self, index: Index) -> str:
        return self._layers.layer_at(self._sorted.mapToSource(index).row()).name


class _LayerModel(QAbstractTableModel):
    """What :class:`LayerActivity` says, a column a fact."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerActivity, ...] = ()
        self._shown_texts: dict[int, tuple[str, ...]] = {}
        self._headings: tuple[tuple[str, str], ...] = ()
        self.retranslate()

    def show(self, layers: Sequence[LayerActivity]) -> bool:
        """Take other layers; where they have the same names the place stays. Whether not."""
        before, after = [each.name for each in self._layers], [each.name for each in layers]
        self._shown_texts = {}
        if before == after:
            self._layers = tuple(layers)
            self.dataChanged.emit(self.index(0, 0), self.index(len(layers) - 1, self.columnCount() - 1))
            return False
        self.beginResetModel()
        self._layers = tuple(layers)
        self.endResetModel()
        return True

    def layer_at(self, row: int) -> LayerActivity:
        """The layer of a row."""
        return self._layers[row]

    def row_of(self, name: str) -> int:
        """The row of a layer; -1 if there is none."""
        return next((row for row, layer in enumerate(self._layers) if layer.name == name), -1)

    def retranslate(self) -> None:
        """Set the headings in the current language."""
        self._headings = (
            (self.tr("Layer"), self.tr("The name in model.named_modules()")),
            (self.tr("Type"), self.tr("The class in torch.nn")),
            (self.tr("Output"), self.tr("The output's shape")),
            (self.tr("min"), self.tr("The smallest value")),
            (self.tr("max"), self.tr("The largest value")),
            (self.tr("mean"), self.tr("The mean of all values")),
            (self.tr("std"), self.tr("The standard deviation of all values")),
            (self.tr("zeros"), self.tr("Share of values that are exactly 0")),
            (self.tr("dead"), self.tr("Channels that are 0 everywhere")),
            (self.tr("NaN"), self.tr("Values that are no number")),
            (self.tr("inf"), self.tr("Values that are infinite")),
            (self.tr("ms"), self.tr("Milliseconds of its forward pass")),
            (self.tr("Parameters"), self.tr("Numbers the layer has learned")),
        )
        self._shown_texts = {}
        if self._layers:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._layers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section > _SHAPE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        roles = {Qt.ItemDataRole.DisplayRole: 0, Qt.ItemDataRole.ToolTipRole: 1}
        return self._headings[section][roles[Qt.ItemDataRole(role)]] if role in roles else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        layer = self._layers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts_of(index.row())[index.column()]
        if role == _SORT_ROLE:
            return _numbers(layer, index.row())[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() >= _SHAPE:
            return theme.monospace_font(8.5)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > _SHAPE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return _color(layer, index.column())
        return None

    def _texts_of(self, row: int) -> tuple[str, ...]:
        if row not in self._shown_texts:
            self._shown_texts[row] = self._texts(self._layers[row])
        return self._shown_texts[row]

    def _texts(self, layer: LayerActivity) -> tuple[str, ...]:
        parameters = f"{layer.parameters:,}" if layer.parameters else ""
        name = layer.name or "·"
        if layer.shape is None:
            return (name, layer.type, self.tr("not reached"), *[""] * 9, parameters)
        numbers = (layer.minimum, layer.maximum, layer.mean, layer.std)
        return (
            name,
            layer.type,
            "[" + ", ".join(map(str, layer.shape)) + "]",
            *("" if isnan(number) else f"{number:+.3g}" for number in numbers),
            f"{layer.zeros:.0%}",
            f"{layer.dead}/{layer.channels}",
            f"{layer.nan:,}" if layer.nan else "0",
            f"{layer.inf:,}" if layer.inf else "0",
            f"{layer.seconds * 1000:.2f}",
            parameters,
        )


def _numbers(layer: LayerActivity, row: int) -> tuple[object, ...]:
    """What a column is sorted by; names stand in the order in which the layers run."""
    size = 0
    if layer.shape is not None:
        size = 1
        for edge in layer.shape:
            size *= edge
    return (
        *(row, layer.type, size, layer.minimum, layer.maximum, layer.mean, layer.std),
        *(layer.zeros, layer.dead, layer.nan, layer.inf, layer.seconds, layer.parameters),
    )


def _color(layer: LayerActivity, column: int) -> QColor | None:
    """Muted for what was never reached; the accent for what deserves a look."""
    if layer.shape is None:
        return QColor(theme.tokens().muted)
    is_odd = {8: layer.dead > 0, 9: layer.nan > 0, 10: layer.inf > 0}
    return QColor(theme.tokens().accent) if is_odd.get(column) else None
