"""What a pattern for file names yields: names, labels, and the classes that come of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.datasets.name_patterns import NamePreview
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.layout_work import names_work, preview_work
from tudui_gui.gui.tabs.datasets.source_entries import own_path
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Jobs

#: Lines in sight, names in the list, classes named one by one.
_LINES, _NAMES, _CLASSES = 4, 40, 8


class NamePreviewBox(QWidget):
    """Follows the pattern as it is typed; shown only for steps that have one."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("name_preview")
        self._jobs = jobs
        self._root: Path | None = None
        self._names: Sequence[str] | None = None
        self._pattern = ""
        self._preview: NamePreview | None = None
        self._fit = Label(role="mono", object_name="name_preview_fit")
        self._fit.setWordWrap(True)
        self._list = _Names()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._fit)
        column.addWidget(self._list)
        self.retranslate_ui()
        self.hide()

    @property
    def preview(self) -> NamePreview | None:
        """What is shown."""
        return self._preview

    def forget(self) -> None:
        """The files may be others now: list them again when a step is shown."""
        self._root = None

    def show_step(self, step: Step) -> None:
        """Show what the pattern of ``step`` yields, if it has one."""
        root = own_path(step)
        has_pattern = root is not None and "pattern" in step.values
        self.setVisible(has_pattern)
        if not has_pattern or root is None:
            return
        self._pattern = step.values["pattern"]
        if root != self._root:
            self._root, self._names = root, None
            self._jobs.submit(
                partial(names_work, root),
                done=self._take_names,
                failed=self._show_failure,
                key="datasets.names",
            )
        elif self._names is not None:
            self._request()

    @Slot(object)
    def _take_names(self, found: tuple[Path, Sequence[str]]) -> None:
        if found[0] == self._root:
            self._names = found[1]
            self._request()

    def _request(self) -> None:
        self._jobs.submit(
            partial(preview_work, self._names or (), self._pattern),
            done=self._show,
            failed=self._show_failure,
            key="datasets.name_preview",
        )

    @Slot(object)
    def _show(self, preview: NamePreview) -> None:
        self._preview = preview
        self._list.show_rows(preview.rows[:_NAMES])
        self._list.show()
        self._fit.setText(self._fit_text(preview))

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._preview = None
        self._list.hide()
        self._fit.setText(brief(failure))

    def _fit_text(self, preview: NamePreview) -> str:
        fit = self.tr("{matched:,} of {total:,} names fit; classes: {count:,}").format(
            matched=preview.matched, total=preview.total, count=len(preview.classes)
        )
        named_ones = [
            f"{name}\N{NO-BREAK SPACE}{count:,}" for name, count in list(preview.classes.items())[:_CLASSES]
        ]
        more = "" if len(preview.classes) <= _CLASSES else " …"
        return f"{fit}\n{', '.join(named_ones)}{more}".strip()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._list.setAccessibleName(self.tr("Names and their labels"))
        self._list.setToolTip(self.tr("The first names, and the label that the pattern finds in each"))
        if self._preview is not None:
            self._show(self._preview)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _Names(QListWidget):
    """Name and label in a line; names that do not fit are pale."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "name_preview_list")
        self.setFont(theme.monospace_font())
        self.setTextElideMode(Qt.TextElideMode.ElideLeft)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)

    def show_rows(self, rows: Sequence[tuple[str, str | None]]) -> None:
        self.clear()
        for name, label in rows:
            item = QListWidgetItem(f"{name} → {label}" if label is not None else f"{name}  –", self)
            item.setToolTip(name)
            if label is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        lines = min(_LINES, max(1, self.count()))
        return QSize(120, lines * max(18, self.sizeHintForRow(0)) + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())
