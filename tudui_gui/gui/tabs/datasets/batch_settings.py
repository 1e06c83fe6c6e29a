"""The settings of the DataLoader, in PyTorch's own names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tudui_gui.datasets.orders import SAMPLERS
from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.training.epochs import Loading

_LARGEST_SEED = 2**63 - 1
_WIDTHS = (104, 74)
_WIDTH = sum(_WIDTHS) + theme.SPACE + 12


class BatchSettings(QScrollArea):
    """Fields in two columns that scroll where there is little room.

    Signals
    -------
    changed()
        A person changed a setting or the part.
    """

    changed = Signal()

    def __init__(self, loading: Loading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch_settings")
        self._make_widgets()
        self._lay_out()
        self._loading = loading
        self._experiments = loading
        self._show()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._part = SegmentedSwitch("batch_part", ("train", "test"))
        self._batch_size = spin("batch_size", 1, 65_536)
        self._workers = spin("batch_num_workers", 0, 64)
        self._seed = named(QLineEdit(), "batch_seed")
        self._seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{1,19}"), self._seed))
        self._sampler = named(QComboBox(), "batch_sampler")
        self._sampler.addItems(SAMPLERS)
        self._shuffle = named(QCheckBox("shuffle"), "batch_shuffle")
        self._drop_last = named(QCheckBox("drop_last"), "batch_drop_last")

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._part)
        column.addLayout(self._fields())
        checks = QHBoxLayout()
        checks.addWidget(self._shuffle)
        checks.addWidget(self._drop_last)
        column.addLayout(checks)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(_WIDTH)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(1)
        fields = {
            "num_workers": self._workers,
            "batch_size": self._batch_size,
            "sampler": self._sampler,
            "seed": self._seed,
        }
        for place, (name, field) in enumerate(fields.items()):
            row, column = divmod(place, 2)
            label = Label(name, "muted")
            label.setBuddy(field)
            field.setFixedWidth(_WIDTHS[column])
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(field, 2 * row + 1, column)
        return grid

    def _connect(self) -> None:
        self._part.key_chosen.connect(self._change)
        for field in (self._batch_size, self._workers):
            field.valueChanged.connect(self._change)
        for check in (self._shuffle, self._drop_last):
            check.toggled.connect(self._change)
        self._sampler.currentIndexChanged.connect(self._change)
        self._seed.editingFinished.connect(self._change)

    @property
    def loading(self) -> Loading:
        """The settings as they stand."""
        return self._loading

    @property
    def differs(self) -> bool:
        """Whether the experiment has other settings."""
        return self._loading != self._experiments

    @property
    def is_train(self) -> bool:
        """Whether the training images are looked at, not the test images."""
        return self._part.key == "train"

    def follow(self, experiments: Loading) -> bool:
        """Take over what changed in the experiment since the last time; whether it differs from here."""
        before, mine = self._experiments, self._loading
        changed = {name: value for name, value in vars(experiments).items() if value != getattr(before, name)}
        self._experiments = experiments
        self._loading = Loading(**{**vars(mine), **changed})
        self._show()
        return self._loading != mine

    @Slot()
    def _change(self) -> None:
        seed = min(int(self._seed.text() or 0), _LARGEST_SEED)
        self._loading = Loading(
            self._batch_size.value(),
            self._shuffle.isChecked(),
            self._drop_last.isChecked(),
            self._workers.value(),
            self._sampler.currentText(),
            seed,
        )
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Put the settings into the fields without a signal."""
        given = self._loading
        fields: tuple[QWidget, ...] = (
            self._batch_size,
            self._workers,
            self._sampler,
            self._shuffle,
            self._drop_last,
        )
        for field in fields:
            field.blockSignals(True)
        self._batch_size.setValue(given.batch_size)
        self._workers.setValue(given.num_workers)
        self._sampler.setCurrentText(given.sampler)
        self._shuffle.setChecked(given.shuffle)
        self._drop_last.setChecked(given.drop_last)
        self._seed.setText(str(given.seed))
        for field in fields:
            field.blockSignals(False)
        self._shuffle.setEnabled(self.is_train and given.sampler == "none")
        self._sampler.setEnabled(self.is_train)
        self._seed.setEnabled(self.is_train)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._part.set_texts(
            {
                "train": (self.tr("Training"), self.tr("The training images, as training loads them")),
                "test": (self.tr("Test"), self.tr("The test images: in their own order, as testing does")),
            }
        )
        texts = {
            self._batch_size: ("batch_size", self.tr("Images in one batch")),
            self._workers: (
                "num_workers",
                self.tr("Processes that load beside the training; 0 loads in place"),
            ),
            self._sampler: (
                "sampler",
                self.tr("weighted: every class is drawn equally often, with replacement; no shuffle then"),
            ),
            self._seed: ("seed", self.tr("Seed of the weights, the order and the random transforms")),
            self._shuffle: ("shuffle", self.tr("Draw a new order of the images each epoch")),
            self._drop_last: (
                "drop_last",
                self.tr("Leave out the last batch when it is not full; testing itself never does"),
            ),
        }
        for widget, (name, tip) in texts.items():
            widget.setAccessibleName(name)
            widget.setToolTip(tip)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def spin(name: str, low: int, high: int) -> SpinBox:
    """A spin box that tells of a number when it is typed to its end."""
    made = SpinBox(name)
    made.setRange(low, high)
    made.setKeyboardTracking(False)
    return made
