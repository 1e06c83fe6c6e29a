"""What is worked, from which example, and the walk over the output."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.naming import named
from tudui_gui.layers.bench_catalog import BENCH, kind
from tudui_gui.layers.bench_presets import BENCH_PRESETS

_STEP_MS = 900
#: How many times faster than a cell every 0.9 s.
_SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)


class ArithmeticBar(QWidget):
    """The header of the Arithmetic card. Main thread only.

    Signals
    -------
    operation_chosen(str)
    preset_chosen(object)
        A ``BenchState``.
    reset_requested()
        The operation's first numbers.
    step_requested(int)
        Go so many output cells on.
    gradients_toggled(bool)
    """

    operation_chosen = Signal(str)
    preset_chosen = Signal(object)
    reset_requested = Signal()
    step_requested = Signal(int)
    gradients_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operation = named(QComboBox(), "arithmetic_operation")
        self._presets = named(QComboBox(), "arithmetic_presets")
        self._reset = Button("arithmetic_reset", "restore", "link")
        self._gradients = Button("arithmetic_gradients", "slope-downhill")
        self._previous = IconButton("skip-previous", "arithmetic_previous")
        self._play = IconButton("play", "arithmetic_play", "accent")
        self._next = IconButton("skip-next", "arithmetic_next")
        self._speed = named(QComboBox(), "arithmetic_speed")
        self._timer = QTimer(self, interval=_STEP_MS)
        self._fill()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _fill(self) -> None:
        groups: dict[str, list[str]] = {}
        for name, operation in BENCH.items():
            groups.setdefault(kind(operation), []).append(name)
        for names in groups.values():
            if self.operation.count():
                self.operation.insertSeparator(self.operation.count())
            self.operation.addItems(names)
        self._speed.addItems([f"{speed:g}×" for speed in _SPEEDS])
        self._speed.setCurrentIndex(_SPEEDS.index(1.0))
        for combo in (self.operation, self._presets):
            combo.setMaxVisibleItems(24)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.operation.setMinimumContentsLength(17)
        self._presets.setMinimumContentsLength(14)
        self._gradients.setCheckable(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for widget in (self._presets, self.operation, self._reset, self._gradients):
            row.addWidget(widget)
        row.addStretch(1)
        for control in (self._previous, self._play, self._next, self._speed):
            row.addWidget(control)

    def _connect(self) -> None:
        self.operation.currentTextChanged.connect(self.operation_chosen)
        self._presets.activated.connect(self._take_preset)
        self._reset.clicked.connect(self.reset_requested)
        self._gradients.toggled.connect(self.gradients_toggled)
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._play.clicked.connect(self._toggle_play)
        self._speed.currentIndexChanged.connect(self._change_speed)
        self._timer.timeout.connect(self._go_on)

    @property
    def shows_gradients(self) -> bool:
        """Whether gradients are wanted."""
        return self._gradients.isChecked()

    def show_operation(self, name: str) -> None:
        """Show which operation is worked."""
        with QSignalBlocker(self.operation):
            self.operation.setCurrentIndex(self.operation.findText(name))

    def stop(self) -> None:
        """End the walk."""
        self._timer.stop()
        self._show_playing()

    @Slot(int)
    def _take_preset(self, row: int) -> None:
        if row > 0:
            self.preset_chosen.emit(BENCH_PRESETS[row - 1].state)
        self._presets.setCurrentIndex(0)

    @Slot()
    def _go_back(self) -> None:
        self.step_requested.emit(-1)

    @Slot()
    def _go_on(self) -> None:
        self.step_requested.emit(1)

    @Slot()
    def _toggle_play(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
        else:
            self._timer.start()
        self._show_playing()

    @Slot(int)
    def _change_speed(self, row: int) -> None:
        self._timer.setInterval(round(_STEP_MS / _SPEEDS[row]))

    def _show_playing(self) -> None:
        playing = self._timer.isActive()
        self._play.set_icon("pause" if playing else "play")
        self._play.set_texts(self.tr("Pause") if playing else self.tr("Walk over all output cells"))

    def sizeHint(self) -> QSize:
        return QSize(700, super().sizeHint().height())

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.operation.setAccessibleName(self.tr("Operation"))
        self.operation.setToolTip(self.tr("The layer, loss or tensor tool the numbers go through"))
        for row in range(self.operation.count()):
            name = self.operation.itemText(row)
            if name:
                tip = catalog_text(BENCH.find(name).help)
                self.operation.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
        self._presets.clear()
        self._presets.addItem(self.tr("Examples…"))
        self._presets.addItems([catalog_text(preset.label) for preset in BENCH_PRESETS])
        self._presets.setAccessibleName(self.tr("Examples"))
        self._presets.setToolTip(self.tr("The tutorial's examples, with its numbers"))
        self._reset.set_texts(
            self.tr("First numbers"), self.tr("Put this operation's first input, kernel and parameters back")
        )
        self._gradients.set_texts(
            self.tr("Gradients"),
            self.tr("backward(): what a small change of each number does to the loss or the output's sum"),
        )
        self._previous.set_texts(self.tr("Previous output cell"))
        self._next.set_texts(self.tr("Next output cell"))
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("How fast the walk is"))
        self._show_playing()

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
