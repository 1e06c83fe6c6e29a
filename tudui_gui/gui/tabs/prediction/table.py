"""Many pictures: what the model says about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.prediction.work import THUMBNAIL, Answer, ExportRow, Source
from tudui_gui.gui.translations import describe

_Index = QModelIndex | QPersistentModelIndex
NAME, PREDICTION, CONFIDENCE, TRUE_CLASS = range(4)
SORT_ROLE = Qt.ItemDataRole.UserRole
WRONG_ROLE = Qt.ItemDataRole.UserRole + 1
_WRONG = "wrong"


class PredictionModel(QAbstractTableModel):
    """A row a picture: thumbnail, name, prediction, confidence, true class where its folder is named so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: list[Source] = []
        self._answers: dict[int, Answer] = {}
        self._thumbnails: dict[int, QIcon] = {}
        self._classes: frozenset[str] = frozenset()

    def set_sources(self, sources: Sequence[Source], classes: Sequence[str]) -> None:
        """Show ``sources``, none of them answered yet."""
        self.beginResetModel()
        self._sources = list(sources)
        self._classes = frozenset(classes)
        self._answers = {}
        self._thumbnails = {}
        self.endResetModel()

    def add_answers(self, answers: Sequence[tuple[int, Answer]]) -> None:
        """Fill in answers by row."""
        self._answers.update(answers)
        if answers:
            first, last = answers[0][0], answers[-1][0]
            self.dataChanged.emit(self.index(first, 0), self.index(last, TRUE_CLASS))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The pictures, by row."""
        return tuple(self._sources)

    @property
    def answered(self) -> int:
        """How many rows have their answer."""
        return len(self._answers)

    def answer(self, row: int) -> Answer | None:
        """The answer of a row, once it is there."""
        return self._answers.get(row)

    def true_class(self, row: int) -> str:
        """The class its folder is named after; empty if it is not."""
        path = self._sources[row].path
        return path.parent.name if path is not None and path.parent.name in self._classes else ""

    def is_wrong(self, row: int) -> bool:
        """Whether the true class is known and another one was predicted."""
        answer, true_class = self.answer(row), self.true_class(row)
        return bool(answer and answer.top and true_class and answer.top[0].name != true_class)

    def counts(self) -> tuple[int, int, int]:
        """How many have a true class and an answer, how many of them are right, how many failed."""
        known = [row for row, answer in self._answers.items() if answer.top and self.true_class(row)]
        right = sum(not self.is_wrong(row) for row in known)
        return len(known), right, sum(answer.failure is not None for answer in self._answers.values())

    def rows(self) -> list[ExportRow]:
        """The table as values."""
        return [self._row(row) for row in range(len(self._sources))]

    def _row(self, row: int) -> ExportRow:
        answer = self._answers.get(row) or Answer()
        path = self._sources[row].path
        best = answer.top[0] if answer.top else None
        return ExportRow(
            str(path or self._sources[row].name),
            best.name if best else "",
            best.probability if best else None,
            self.true_class(row),
            describe(answer.failure) if answer.failure else "",
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._sources)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        translate = QCoreApplication.translate
        names = (
            translate("PredictionModel", "Image"),
            translate("PredictionModel", "Prediction"),
            translate("PredictionModel", "Confidence"),
            translate("PredictionModel", "True class"),
        )
        return names[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return self._thumbnail(row)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row)
        if role == SORT_ROLE:
            return self._sort_key(row, column)
        if role == WRONG_ROLE:
            return _WRONG if self.is_wrong(row) else ""
        return None

    def _text(self, row: int, column: int) -> str:
        if column == NAME:
            return self._sources[row].name
        if column == TRUE_CLASS:
            return self.true_class(row)
        answer = self._answers.get(row)
        if answer is None:
            return "…"
        if column == PREDICTION:
            return describe(answer.failure).splitlines()[0] if answer.failure else answer.top[0].name
        return f"{100 * answer.top[0].probability:.1f} %" if answer.top else ""

    def _thumbnail(self, row: int) -> QIcon | None:
        if row not in self._thumbnails:
            answer = self._answers.get(row)
            if answer is None:
                return None
            self._thumbnails[row] = _icon(answer.thumbnail)
        return self._thumbnails[row]

    def _color(self, row: int, column: int) -> QColor | None:
        answer = self._answers.get(row)
        if answer is not None and answer.failure is not None:
            return QColor(theme.tokens().danger if column == PREDICTION else theme.tokens().muted)
        if column == PREDICTION and self.is_wrong(row):
            return QColor(theme.tokens().accent)
        return None

    def _tooltip(self, row: int) -> str:
        answer = self._answers.get(row)
        path = self._sources[row].path
        failure = describe(answer.failure) if answer and answer.failure else ""
        return "\n".join(filter(None, (str(path or self._sources[row].name), failure)))

    def _sort_key(self, row: int, column: int) -> Any:
        if column == CONFIDENCE:
            answer = self._answers.get(row)
            return answer.top[0].probability if answer and answer.top else -1.0
        return self._text(row, column).casefold()


class PredictionProxy(QSortFilterProxyModel):
    """Sorts by value, and shows only wrong rows if asked to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setFilterRole(WRONG_ROLE)
        self.setDynamicSortFilter(True)

    @Slot(bool)
    def set_only_wrong(self, only_wrong: bool) -> None:
        """Show only pictures whose known true class was missed."""
        self.setFilterFixedString(_WRONG if only_wrong else "")


def _icon(image: QImage | None) -> QIcon:
    """The picture, not tinted while its row is selected; or a sign that it is broken."""
    if image is None:
        return theme.icon("image-broken-variant", "danger")
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    if max(image.width(), image.height()) < THUMBNAIL:
        smooth = Qt.TransformationMode.FastTransformation
    pixmap = QPixmap.fromImage(image.scaled(THUMBNAIL, THUMBNAIL, keep, smooth))
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
