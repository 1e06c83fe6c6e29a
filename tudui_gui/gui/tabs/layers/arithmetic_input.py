"""How large the input is, of which type, and the seed of what is random."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.layers.bench_catalog import LONGEST_EDGE, MOST_CHANNELS, MOST_IMAGES
from tudui_gui.layers.bench_state import BenchState, array_of

_LARGEST_SEED = 2**31 - 1
_AXES = {"images": MOST_IMAGES, "channels": MOST_CHANNELS, "rows": LONGEST_EDGE, "columns": LONGEST_EDGE}


class ArithmeticInput(QWidget):
    """Shows what a :class:`BenchState` says of its input; asks for another.

    Signals
    -------
    shape_requested(object)
        (N, C, H, W).
    integer_requested(bool)
        ``torch.long`` instead of ``torch.float32``.
    seed_requested(int)
    """

    shape_requested = Signal(object)
    integer_requested = Signal(bool)
    seed_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = {name: SpinBox(f"arithmetic_{name}") for name in _AXES}
        for name, spin in self._sizes.items():
            spin.setRange(1, _AXES[name])
            spin.setMinimumWidth(52)
            spin.setKeyboardTracking(False)
        self._title = Label("x", "mono")
        self._integer = named(QCheckBox("torch.long"), "arithmetic_integer")
        self._seed_name = Label("seed", "mono")
        self._seed = SpinBox("arithmetic_seed")
        self._seed.setRange(0, _LARGEST_SEED)
        self._seed.setMinimumWidth(76)
        self._seed.setKeyboardTracking(False)
        self._seed_name.setBuddy(self._seed)
        self._lay_out()
        for spin in self._sizes.values():
            spin.valueChanged.connect(self._ask_shape)
        self._integer.toggled.connect(self.integer_requested)
        self._seed.valueChanged.connect(self.seed_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._title)
        for number, spin in enumerate(self._sizes.values()):
            if number:
                row.addWidget(Label("×", "muted"))
            row.addWidget(spin)
        row.addSpacing(theme.GAP)
        for widget in (self._integer, self._seed_name, self._seed):
            row.addWidget(widget)
        row.addStretch(1)

    def show_state(self, state: BenchState) -> None:
        """Show what it says."""
        for spin, size in zip(self._sizes.values(), array_of(state.given).shape, strict=True):
            with QSignalBlocker(spin):
                spin.setValue(size)
        self._sizes["rows"].setEnabled(state.name != "Conv1d")
        with QSignalBlocker(self._integer), QSignalBlocker(self._seed):
            self._integer.setChecked(state.is_integer)
            self._seed.setValue(state.seed)
        for widget in (self._seed_name, self._seed):
            widget.setVisible("random" in state.step.operation.tags)

    @Slot()
    def _ask_shape(self) -> None:
        self.shape_requested.emit(tuple(spin.value() for spin in self._sizes.values()))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        texts = {
            "images": self.tr("Images of the batch (N)"),
            "channels": self.tr("Channels (C); a parameter that counts them follows"),
            "rows": self.tr("Rows (H)"),
            "columns": self.tr("Columns (W)"),
        }
        for name, text in texts.items():
            self._sizes[name].setAccessibleName(text)
            self._sizes[name].setToolTip(text)
        self._integer.setAccessibleName("torch.long")
        self._integer.setToolTip(self.tr("Whole numbers instead of float32: what PyTorch says of them"))
        self._seed.setAccessibleName("seed")
        self._seed.setToolTip(self.tr("torch.manual_seed before the layer is made"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
