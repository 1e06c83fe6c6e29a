"""A person's presets: saved by name, taken, renamed, removed and had back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.transforms.preset_store import PresetStore
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.user_presets import LONGEST_NAME, PresetExistsError, UserPreset, UserPresets


class PresetPanel(QFrame):
    """A popup over the pipeline. Enter takes the chosen preset, F2 renames it, Delete removes it.

    Signals
    -------
    preset_taken(object)
        The :class:`Pipeline` to show.
    """

    preset_taken = Signal(object)

    def __init__(self, store: PresetStore, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setObjectName("preset_panel")
        self._store = store
        self._pipeline = Pipeline()
        self._removed: UserPreset | None = None
        self._saving = ""
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._title = Label(role="title")
        self._name = named(QLineEdit(), "preset_name")
        self._name.setMaxLength(LONGEST_NAME)
        self._save = Button("preset_save", "content-save-outline")
        self._overwrite = Button("preset_overwrite")
        self._list = named(QListWidget(), "preset_list")
        self._list.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self._empty = Label(role="muted", object_name="preset_none")
        self._empty.setWordWrap(True)
        self._take = Button("preset_take", "check")
        self._rename = Button("preset_rename", "pencil-outline")
        self._remove = Button("preset_remove", "delete-outline")
        self._notice = Label(object_name="preset_notice")
        self._notice.setWordWrap(True)
        self._restore = Button("preset_restore", "undo")
        self._problems = Label(role="error", object_name="preset_problems")
        self._problems.setWordWrap(True)
        for widget in (self._overwrite, self._notice, self._restore, self._problems):
            widget.hide()

    def _lay_out(self) -> None:
        first, buttons, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._name, 1)
        first.addWidget(self._save)
        for button in (self._take, self._rename, self._remove):
            buttons.addWidget(button, 1)
        last.addWidget(self._notice, 1)
        last.addWidget(self._overwrite)
        last.addWidget(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.GAP)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._title)
        layout.addLayout(first)
        layout.addLayout(last)
        layout.addWidget(self._empty)
        layout.addWidget(self._list, 1)
        layout.addLayout(buttons)
        layout.addWidget(self._problems)

    def _connect(self) -> None:
        self._store.presets_changed.connect(self._show_presets)
        self._store.preset_saved.connect(self._tell_saved)
        self._store.preset_removed.connect(self._tell_removed)
        self._store.failed.connect(self._tell_failure)
        self._save.clicked.connect(self._save_preset)
        self._overwrite.clicked.connect(self._overwrite_preset)
        self._name.returnPressed.connect(self._save_preset)
        self._name.textChanged.connect(self._forget_notice)
        self._take.clicked.connect(self._take_preset)
        self._rename.clicked.connect(self._edit_name)
        self._remove.clicked.connect(self._remove_preset)
        self._restore.clicked.connect(self._restore_preset)
        self._list.itemActivated.connect(self._take_preset)
        self._list.itemChanged.connect(self._rename_preset)
        self._list.currentRowChanged.connect(self._enable)

    def sizeHint(self) -> QSize:
        return QSize(380, 360)

    def open_at(self, place: QPoint, pipeline: Pipeline) -> None:
        """Show the presets; ``pipeline`` is what would be saved."""
        self._pipeline = pipeline
        self._forget_notice()
        self._store.reload()
        self._show_presets(self._store.presets)
        self.resize(self.sizeHint())
        area = self.screen().availableGeometry()
        x = max(area.left(), min(place.x(), area.right() - self.width()))
        self.move(x, max(area.top(), min(place.y(), area.bottom() - self.height())))
        self.show()
        self._name.setFocus()
        self._name.selectAll()

    @property
    def _current(self) -> UserPreset | None:
        row = self._list.currentRow()
        presets = self._store.presets.presets
        return presets[row] if 0 <= row < len(presets) else None

    @Slot(object)
    def _show_presets(self, found: UserPresets) -> None:
        row = self._list.currentRow()
        with QSignalBlocker(self._list):
            self._list.clear()
            for preset in found.presets:
                item = QListWidgetItem(theme.icon("bookmark-outline"), preset.name, self._list)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setToolTip(" → ".join(step.name for step in preset.pipeline.enabled_steps))
            self._list.setCurrentRow(min(max(row, 0), len(found.presets) - 1))
        self._empty.setHidden(bool(found.presets))
        self._list.setHidden(not found.presets)
        self._problems.setText("\n".join(map(describe, found.problems)))
        self._problems.setHidden(not found.problems)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        for button in (self._take, self._rename, self._remove):
            button.setEnabled(self._current is not None)

    @Slot()
    def _save_preset(self) -> None:
        self._forget_notice()
        self._store.save(self._name.text(), self._pipeline)

    @Slot()
    def _overwrite_preset(self) -> None:
        self._forget_notice()
        self._store.save(self._name.text(), self._pipeline, overwrite=True)

    @Slot()
    def _take_preset(self) -> None:
        if self._current is not None:
            self.preset_taken.emit(self._current.pipeline)
            self.hide()

    @Slot()
    def _edit_name(self) -> None:
        if self._current is not None:
            self._list.setFocus()
            self._list.editItem(self._list.currentItem())

    @Slot(QListWidgetItem)
    def _rename_preset(self, item: QListWidgetItem) -> None:
        known = self._store.presets.presets[self._list.row(item)]
        if item.text() != known.name:
            self._forget_notice()
            self._store.rename(known.name, item.text())

    @Slot()
    def _remove_preset(self) -> None:
        if self._current is not None:
            self._forget_notice()
            self._store.remove(self._current.name)

    @Slot()
    def _restore_preset(self) -> None:
        removed, self._removed = self._removed, None
        self._forget_notice()
        if removed is not None:
            self._store.save(removed.name, removed.pipeline)

    @Slot(str)
    def _tell_saved(self, name: str) -> None:
        self._tell(self.tr("Saved: {name}").format(name=name))

    @Slot(object)
    def _tell_removed(self, preset: UserPreset) -> None:
        self._removed = preset
        self._tell(self.tr("Removed: {name}").format(name=preset.name))
        self._restore.show()

    @Slot(object)
    def _tell_failure(self, failure: Failure | TuduiError) -> None:
        """A name that is taken is asked about; what could not be renamed has its name again."""
        self._show_presets(self._store.presets)
        self._tell(describe(failure), "error")
        is_taken = getattr(failure, "kind", "") == PresetExistsError.__name__
        self._overwrite.setVisible(is_taken and self._name_is_taken())

    def _name_is_taken(self) -> bool:
        return self._store.presets.named(" ".join(self._name.text().split())) is not None

    def _tell(self, text: str, role: str = "") -> None:
        self._notice.setProperty("role", role)
        self._notice.style().polish(self._notice)
        self._notice.setText(text)
        self._notice.setAccessibleName(text)
        self._notice.show()

    @Slot()
    def _forget_notice(self, *_: Any) -> None:
        for widget in (self._notice, self._overwrite, self._restore):
            widget.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._list.hasFocus():
            self._remove_preset()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.hasFocus():
            self._take_preset()
        else:
            super().keyPressEvent(event)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._title.setText(self.tr("Your presets"))
        self.setAccessibleName(self.tr("Your presets"))
        self._name.setPlaceholderText(self.tr("Name for this pipeline"))
        self._name.setAccessibleName(self.tr("Name for this pipeline"))
        self._name.setToolTip(self.tr("Keep the pipeline under this name"))
        self._save.set_texts(self.tr("Save"), self.tr("Keep the pipeline under this name"))
        self._overwrite.set_texts(
            self.tr("Overwrite"), self.tr("Put the present pipeline in the place of the one kept")
        )
        self._empty.setText(self.tr("None yet. Give the present pipeline a name and save it."))
        self._list.setAccessibleName(self.tr("Your presets"))
        self._list.setToolTip(self.tr("Enter takes a preset, F2 renames it, Delete removes it"))
        self._take.set_texts(self.tr("Take"), self.tr("Show this pipeline; undo brings the present one back"))
        self._rename.set_texts(self.tr("Rename"), self.tr("Give the preset another name (F2)"))
        self._remove.set_texts(self.tr("Remove"), self.tr("Delete the preset; it can be had back at once"))
        self._restore.set_texts(self.tr("Restore"), self.tr("Have the removed preset back"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
