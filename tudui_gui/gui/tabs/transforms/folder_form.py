"""Where a folder run reads and writes, how the results are called, and in which format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tudui_gui.gui import theme
from tudui_gui.gui.preferences import Preferences
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.images.reading import PIL
from tudui_gui.transforms.folder_job import EXISTING, PICTURES, FolderJob, usual_pattern
from tudui_gui.transforms.folder_names import FIELDS
from tudui_gui.transforms.normalized import is_normalized
from tudui_gui.transforms.pipeline import Pipeline

_MOST_COPIES, _LARGEST_SEED = 1000, 2**31 - 1
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "npy": "NumPy .npy", "pt": "PyTorch .pt"}
_UNDONE, _KEPT = "undone", "kept"
_KEY = "transforms.folder_"


class FolderForm(QWidget):
    """The settings of a run. What a person does not touch follows from the rest: the name of the target, the
    pattern, whether Normalize is undone.

    Signals
    -------
    job_changed()
        :attr:`job` is another one.
    """

    job_changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._pipeline, self._reader = Pipeline(), PIL
        self._is_own_target = self._is_own_pattern = False
        self._make_paths()
        self._make_choices()
        self._lay_out()
        self._restore()
        self._connect()
        self.retranslate_ui()

    def _make_paths(self) -> None:
        self._names = {name: Label(role="muted") for name in ("source", "target", "pattern")}
        self.source = named(QLineEdit(), "folder_source")
        self.target = named(QLineEdit(), "folder_target")
        self.pattern = named(QLineEdit(), "folder_pattern")
        self._choose_source = IconButton("folder-open-outline", "folder_choose_source")
        self._choose_target = IconButton("folder-open-outline", "folder_choose_target")
        for name, field in (("source", self.source), ("target", self.target), ("pattern", self.pattern)):
            field.setMinimumWidth(60)
            self._names[name].setBuddy(field)

    def _make_choices(self) -> None:
        self._copies_name, self._seed_name = Label(role="mono"), Label(role="mono")
        self.copies, self.seed = SpinBox("folder_copies"), SpinBox("folder_seed")
        self.copies.setRange(1, _MOST_COPIES)
        self.seed.setRange(0, _LARGEST_SEED)
        self.quality = SpinBox("folder_quality")
        self.quality.setRange(1, 100)
        self.quality.setValue(95)
        for name, field, width in ((self._copies_name, self.copies, 66), (self._seed_name, self.seed, 92)):
            name.setBuddy(field)
            field.setFixedWidth(width)
            field.setKeyboardTracking(False)
        self.format = _combo("folder_format", _FORMATS)
        self.normalized = _combo("folder_normalized", (_UNDONE, _KEPT))
        self.existing = _combo("folder_existing", EXISTING)
        self.every_step = named(QCheckBox(), "folder_every_step")
        self.inside = named(QCheckBox(), "folder_inside")
        self.inside.hide()

    def _lay_out(self) -> None:
        self._names["target"].setContentsMargins(theme.SPACE, 0, 0, 0)
        paths: tuple[QWidget, ...] = (self._names["source"], self.source, self._choose_source)
        paths += (self._names["target"], self.target, self._choose_target)
        numbers = (self._copies_name, self.copies, self._seed_name, self.seed)
        names = (self._names["pattern"], self.pattern, *numbers)
        kinds = (self.format, self.quality, self.normalized, self.existing, self.every_step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for widgets in (paths, names, kinds):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE)
            for widget in widgets:
                row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
            column.addLayout(row)
        column.addWidget(self.inside)

    def _restore(self) -> None:
        get = self._preferences.get
        self.source.setText(get(f"{_KEY}source", ""))
        self.target.setText(get(f"{_KEY}target", ""))
        self._is_own_target = bool(self.target.text())
        self._show_choice(self.format, get(f"{_KEY}format", "png"))
        self.copies.setValue(get(f"{_KEY}copies", 1))
        self._follow()

    def _connect(self) -> None:
        self._choose_source.clicked.connect(self._ask_source)
        self._choose_target.clicked.connect(self._ask_target)
        self.source.textChanged.connect(self._change)
        self.target.textEdited.connect(self._own_target)
        self.pattern.textEdited.connect(self._own_pattern)
        self.format.activated.connect(self._change_format)
        for box in (self.copies, self.seed, self.quality):
            box.valueChanged.connect(self._change)
        for combo in (self.normalized, self.existing):
            combo.activated.connect(self._change)
        for check in (self.every_step, self.inside):
            check.toggled.connect(self._change)

    @property
    def job(self) -> FolderJob | None:
        """What the settings say; None without a source or a target."""
        if not (self.source.text().strip() and self.target.text().strip()):
            return None
        return self._job()

    def _job(self) -> FolderJob:
        return FolderJob(
            source=_path(self.source),
            target=_path(self.target),
            pipeline=self._pipeline,
            copies=self.copies.value(),
            seed=self.seed.value(),
            pattern=self.pattern.text(),
            format=self.format.currentData(),
            quality=self.quality.value(),
            undo_normalize=self.normalized.currentData() == _UNDONE,
            every_step=self.every_step.isChecked(),
            existing=self.existing.currentData(),
            may_be_inside=self.inside.isChecked() and not self.inside.isHidden(),
            reader=self._reader,
        )

    def set_source(self, folder: Path) -> None:
        """Read another folder."""
        self.source.setText(str(folder))

    def show_pipeline(self, pipeline: Pipeline, reader: str) -> None:
        """Apply this from now on, to what ``reader`` reads."""
        if (pipeline, reader) != (self._pipeline, self._reader):
            self._pipeline, self._reader = pipeline, reader
            self._change()

    def offer_inside(self, is_offered: bool) -> None:
        """Let a person allow that the target lies inside the source."""
        self.inside.setVisible(is_offered or self.inside.isChecked())

    @Slot()
    def _change(self) -> None:
        self._follow()
        for name, value in (("source", self.source.text()), ("copies", self.copies.value())):
            self._preferences.set(f"{_KEY}{name}", value)
        self._preferences.set(f"{_KEY}target", self.target.text() if self._is_own_target else "")
        self.job_changed.emit()

    def _follow(self) -> None:
        """Fill in what a person left to the program."""
        source = self.source.text().strip()
        if not self._is_own_target:
            folder = _path(self.source)
            has_name = source and folder.name not in ("", "..")
            self.target.setText(str(folder.with_name(f"{folder.name}_transformed")) if has_name else "")
        if not self._is_own_pattern:
            self.pattern.setText(usual_pattern(self._job()))
        self.quality.setVisible(self.format.currentData() == "jpeg")
        self.normalized.setVisible(is_normalized(self._pipeline))

    @Slot()
    def _change_format(self) -> None:
        kind = self.format.currentData()
        self._preferences.set(f"{_KEY}format", kind)
        self._show_choice(self.normalized, _UNDONE if kind in PICTURES else _KEPT)
        self._change()

    @Slot()
    def _own_target(self) -> None:
        self._is_own_target = bool(self.target.text())
        self._change()

    @Slot()
    def _own_pattern(self) -> None:
        self._is_own_pattern = bool(self.pattern.text())
        self._change()

    @Slot()
    def _ask_source(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of images"), self.source.text())
        if name:
            self.set_source(Path(name))

    @Slot()
    def _ask_target(self) -> None:
        start = self.target.text() or self.source.text()
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder for the results"), start)
        if name:
            self.target.setText(name)
            self._own_target()

    @staticmethod
    def _show_choice(combo: QComboBox, key: str) -> None:
        with QSignalBlocker(combo):
            combo.setCurrentIndex(max(0, combo.findData(key)))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._name_paths()
        self._name_numbers()
        self._name_choices()

    def _name_paths(self) -> None:
        texts = {
            "source": (self.tr("From"), self.tr("Every image in this folder and its sub-folders is read")),
            "target": (
                self.tr("To"),
                self.tr("The results go here, in the same sub-folders; made if missing"),
            ),
        }
        fields = "\n".join(f"{{{name}}}  {catalog_text(text)}" for name, text in FIELDS.items())
        names = self.tr("Names of the results without ending. Numbers may have a width: {copy:03}")
        texts["pattern"] = (self.tr("Names"), f"{names}\n{fields}")
        for name, field in (("source", self.source), ("target", self.target), ("pattern", self.pattern)):
            self._names[name].setText(texts[name][0])
            field.setAccessibleName(texts[name][0])
            field.setToolTip(texts[name][1])
        self._choose_source.set_texts(self.tr("Choose the folder of images"))
        self._choose_target.set_texts(self.tr("Choose the folder for the results"))

    def _name_numbers(self) -> None:
        self._copies_name.setText(self.tr("copies"))
        self._seed_name.setText(self.tr("seed"))
        _name(self.copies, self.tr("copies"), self.tr("Results for each image, each with a seed of its own"))
        seed = self.tr("The seed of a copy follows from this number, the file's path and the copy's number")
        _name(self.seed, self.tr("seed"), seed)
        _name(self.quality, self.tr("quality"), self.tr("Quality of JPEG: 1 to 100"))
        self.quality.setPrefix(self.tr("quality "))
        self.every_step.setText(self.tr("Every step"))
        _name(
            self.every_step,
            self.tr("Every step"),
            self.tr("Keep the result of each step, not of the last alone"),
        )
        self.inside.setText(self.tr("Write inside the source folder"))
        inside = self.tr("What lies in the folder of the results is then no source")
        _name(self.inside, self.inside.text(), inside)

    def _name_choices(self) -> None:
        choices = self.tr("PNG keeps every value; JPEG is smaller; .npy and .pt keep the numbers of a tensor")
        _name(self.format, self.tr("Format"), choices)
        self._fill(
            self.normalized,
            {_UNDONE: self.tr("Normalize undone"), _KEPT: self.tr("Normalized as it is")},
        )
        undo = self.tr(
            "Whether Normalize is undone before a tensor is kept; pictures of it cut off at 0 and 1"
        )
        _name(self.normalized, self.tr("Normalize"), undo)
        self._fill(
            self.existing,
            {
                "refuse": self.tr("Never overwrite"),
                "keep": self.tr("Keep existing"),
                "replace": self.tr("Replace existing"),
            },
        )
        existing = self.tr(
            "Files that are there already: do not start, leave them and go on, or replace them"
        )
        _name(self.existing, self.tr("Existing files"), existing)

    @staticmethod
    def _fill(combo: QComboBox, texts: Mapping[str, str]) -> None:
        for key, text in texts.items():
            combo.setItemText(combo.findData(key), text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _combo(object_name: str, keys: Mapping[str, str] | tuple[str, ...]) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(5)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for key in keys:
        combo.addItem(keys[key] if isinstance(keys, Mapping) else key, key)
    return combo


def _name(widget: QWidget, name: str, tooltip: str) -> None:
    widget.setAccessibleName(name)
    widget.setToolTip(tooltip)


def _path(field: QLineEdit) -> Path:
    path = Path(field.text().strip().replace("\0", ""))
    try:
        return path.expanduser()
    except RuntimeError:  # nobody is called so
        return path
