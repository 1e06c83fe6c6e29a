"""A slider for a number with both ends; in a long range it is finer near the lower end."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QSlider, QWidget

from tudui_gui.core.number_parameters import RealOrPair
from tudui_gui.core.parameters import Integer, IntegerOrPair, Parameter, Real

_TICKS = 100_000
#: Ranges longer than this are finer near their lower end, and numbers get three digits.
_LONG = 1000


@dataclass(frozen=True)
class Scale:
    """Which value each place of a slider stands for."""

    minimum: float
    maximum: float
    is_whole: bool

    @property
    def is_long(self) -> bool:
        """Whether places near the lower end are finer."""
        return self.maximum - self.minimum > _LONG

    @property
    def step(self) -> float:
        """The difference that a key makes; values in a short range are multiples of it."""
        if self.is_whole:
            return 1
        return float(10.0 ** math.floor(math.log10((self.maximum - self.minimum) / 100)))

    def value(self, tick: int) -> float:
        """The value at a place from 0 to 100000."""
        share = tick / _TICKS
        exact = self.minimum + (self.maximum - self.minimum) * (share**3 if self.is_long else share)
        if self.is_whole:
            return round(exact)
        if self.is_long:
            return min(float(f"{exact:.3g}"), self.maximum)
        rounded = round(round(exact / self.step) * self.step, 9)
        return min(max(rounded, self.minimum), self.maximum)

    def tick(self, value: float) -> int:
        """The place of a value; that of the nearest end for one outside."""
        share = (value - self.minimum) / (self.maximum - self.minimum)
        inside = min(max(share, 0.0), 1.0)
        return round(_TICKS * (inside ** (1 / 3) if self.is_long else inside))


def scale_of(parameter: Parameter) -> Scale | None:
    """The scale for a parameter that is, or can be, one number with both ends; None for any other."""
    if not isinstance(parameter, Integer | Real | IntegerOrPair | RealOrPair):
        return None
    low, high = parameter.minimum, parameter.maximum
    if low is None or high is None or not low < high:
        return None
    return Scale(low, high, isinstance(parameter, Integer | IntegerOrPair))


class ValueSlider(QSlider):
    """Moves through the values of a :class:`Scale`.

    Signals
    -------
    value_dragged(object)
        A person moved it: another ``int`` or ``float``, sent while it is dragged.
    let_go()
        The handle was let go, or the keyboard left it.
    """

    value_dragged = Signal(object)
    let_go = Signal()

    def __init__(self, scale: Scale, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(object_name)
        self._scale = scale
        self._value = scale.minimum
        self.setRange(0, _TICKS)
        self.setMinimumWidth(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.actionTriggered.connect(self._step)
        self.valueChanged.connect(self._send)
        self.sliderReleased.connect(self.let_go)

    def show_number(self, value: float) -> None:
        """Stand at ``value`` without sending it."""
        if value != self._value:
            self._value = value
            if not self.isSliderDown():
                self.setValue(self._scale.tick(value))

    @Slot(int)
    def _step(self, action: int) -> None:
        """A key changes the value by a step, wherever on the scale."""
        actions = QAbstractSlider.SliderAction
        steps = {
            actions.SliderSingleStepAdd.value: 1,
            actions.SliderSingleStepSub.value: -1,
            actions.SliderPageStepAdd.value: 10,
            actions.SliderPageStepSub.value: -10,
        }
        if action in steps:
            by = steps[action] * (1 if self._scale.is_whole or not self._scale.is_long else self._digit())
            self.setSliderPosition(self._scale.tick(self._value + by * self._scale.step))

    def _digit(self) -> float:
        """The third digit of a number on a long scale, in steps."""
        size = max(abs(self._value), self._scale.step)
        return float(max(1.0, 10.0 ** (math.floor(math.log10(size)) - 2) / self._scale.step))

    @Slot(int)
    def _send(self, tick: int) -> None:
        value = self._scale.value(tick)
        # What is typed need not be on the slider's grid: standing there is no edit.
        if value != self._value and self._scale.tick(self._value) != tick:
            self._value = value
            self.value_dragged.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
