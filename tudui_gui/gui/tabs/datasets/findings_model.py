"""Findings as a tree: kinds, the findings of a kind, the images of a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tudui_gui.core.text import shown
from tudui_gui.datasets.scan_report import ERROR, WARNING, Finding, left_out_by_default
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.finding_texts import (
    brief_text,
    finding_text,
    kind_text,
    place_text,
    predicate_text,
    severity_icon,
    short_name,
    subject_text,
)

Index = QModelIndex | QPersistentModelIndex

#: The second line of a row.
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1

# An index carries the number of its parent: 0 for a kind, then the kinds, then the findings.
_TOP = 0


#: So many findings of a kind have rows: Qt asks about each row when a kind is unfolded.
LISTED = 1000


@dataclass
class _Kind:
    name: str
    first: int
    findings: Sequence[Finding]

    @property
    def rows(self) -> int:
        return min(LISTED, len(self.findings))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of the images that leaving all of it out leaves out."""
        return tuple(key for finding in self.findings for key in left_out_by_default(finding))


class FindingsModel(QAbstractItemModel):
    """Findings under their kinds, and under findings about several images these images.

    ``DisplayRole`` gives the first line of a row, :data:`DETAIL_ROLE` the second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._findings: Sequence[Finding] = ()
        self._kinds: list[_Kind] = []

    def show(self, dataset: Dataset | None, findings: Sequence[Finding]) -> None:
        """Show other findings, which are sorted by kind."""
        self.beginResetModel()
        self._dataset, self._findings, self._kinds = dataset, findings, []
        first = 0
        for name, group in groupby(findings, key=lambda finding: finding.kind):
            members = tuple(group)
            self._kinds.append(_Kind(name, first, members))
            first += len(members)
        self.endResetModel()

    def kind_at(self, index: Index) -> str:
        """The kind of a row of the first level; empty for others."""
        return self._kinds[index.row()].name if index.isValid() and index.internalId() == _TOP else ""

    def findings_at(self, index: Index) -> Sequence[Finding]:
        """The findings that a row stands for: all of a kind, or the one that an image belongs to."""
        if not index.isValid():
            return ()
        if index.internalId() == _TOP:
            return self._kinds[index.row()].findings
        return (self._finding(index),)

    def images_at(self, index: Index) -> Sequence[tuple[str, int]]:
        """Part and index of the images a row stands for; none for a kind."""
        if not index.isValid() or index.internalId() == _TOP:
            return ()
        images = self._finding(index).images
        return (images[index.row()],) if self._is_image(index) else images

    def keys_at(self, index: Index) -> Sequence[str]:
        """Keys of the images that leaving out a row leaves out; see ``left_out_by_default``."""
        if index.isValid() and self._is_image(index):
            return (self._finding(index).keys[index.row()],)
        if not index.isValid():
            return ()
        if index.internalId() == _TOP:
            return self._kinds[index.row()].keys
        return left_out_by_default(self._finding(index))

    def text_at(self, index: Index) -> str:
        """Everything about a row, in whole sentences."""
        if not index.isValid():
            return ""
        if index.internalId() == _TOP:
            return kind_text(self._kinds[index.row()].name)
        finding = self._finding(index)
        if self._is_image(index):
            part, number = finding.images[index.row()]
            return f"{shown(finding.keys[index.row()])}\n{place_text(self._dataset, part, number)}"
        return finding_text(finding)

    # -- what Qt asks --------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, _TOP)
        if parent.internalId() == _TOP:
            return self.createIndex(row, 0, 1 + parent.row())
        return self.createIndex(row, 0, 1 + len(self._kinds) + self._number(parent))

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = index.internalId() if index.isValid() else _TOP
        if above == _TOP:
            return QModelIndex()
        if above <= len(self._kinds):
            return self.createIndex(above - 1, 0, _TOP)
        number = above - 1 - len(self._kinds)
        place = max(at for at, kind in enumerate(self._kinds) if kind.first <= number)
        return self.createIndex(number - self._kinds[place].first, 0, 1 + place)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if not parent.isValid():
            return len(self._kinds)
        if parent.internalId() == _TOP:
            return self._kinds[parent.row()].rows
        if self._is_image(parent):
            return 0
        images = self._finding(parent).images
        return len(images) if len(images) > 1 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._lines(index)[0]
        if role == DETAIL_ROLE:
            return self._lines(index)[1]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text_at(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ": ".join(filter(None, self._lines(index)))
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(index)
        return None

    def _lines(self, index: Index) -> tuple[str, str]:
        if index.internalId() == _TOP:
            kind = self._kinds[index.row()]
            return kind_text(kind.name), self._count_text(kind)
        finding = self._finding(index)
        if self._is_image(index):
            return short_name(finding.keys[index.row()]), place_text(
                self._dataset, *finding.images[index.row()]
            )
        subject = subject_text(finding)
        places = list(dict.fromkeys(place_text(self._dataset, *image) for image in finding.images))
        if len(finding.images) > 1:
            return subject, " = ".join(places)
        return (subject, predicate_text(finding)) if subject else (brief_text(finding), "")

    def _count_text(self, kind: _Kind) -> str:
        count = sum(finding.count for finding in kind.findings)
        text = (
            self.tr("Found: {count:,}")
            if len(kind.findings) == kind.rows
            else self.tr("Found: {count:,}; first {rows:,} listed")
        )
        return text.format(count=count, rows=kind.rows)

    def _icon(self, index: Index) -> object:
        if self._is_image(index):
            return theme.icon("image-outline")
        severities = {finding.severity for finding in self.findings_at(index)}
        worst = next((each for each in (ERROR, WARNING) if each in severities), "")
        return theme.icon(*severity_icon(worst))

    def _is_image(self, index: Index) -> bool:
        return index.internalId() > len(self._kinds)

    def _finding(self, index: Index) -> Finding:
        return self._findings[self._number(index)]

    def _number(self, index: Index) -> int:
        """Number of the finding of a row below the kinds."""
        above = int(index.internalId())
        if self._is_image(index):
            return above - 1 - len(self._kinds)
        return self._kinds[above - 1].first + index.row()
