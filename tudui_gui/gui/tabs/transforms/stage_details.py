"""What is said below the pictures of a column: facts, probed values, histogram, formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.draws_texts import step_fragments
from tudui_gui.gui.tabs.transforms.draws_work import DrawnStep
from tudui_gui.gui.tabs.transforms.formula_text import formulas, number_text, symbols
from tudui_gui.gui.tabs.transforms.problem_box import ProblemBox
from tudui_gui.gui.tabs.transforms.showing import ShownStage
from tudui_gui.gui.tabs.transforms.stage_pictures import Place
from tudui_gui.gui.tabs.transforms.texts import (
    channel_facts,
    range_text,
    shape_text,
    size_text,
)
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.images.conversion import Facts

_LINES = 3


class StageDetails(QWidget):
    """Facts about one value, or the reason why there is none. ``fix_requested(object)``: a ``Fix``."""

    fix_requested = Signal(object)

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: ShownStage | None = None
        self._facts_shown: Facts | None = None
        self._symbols: tuple[str, ...] = ()
        self._problem = ProblemBox(prefix)
        self._waiting = Label(role="muted", object_name=f"{prefix}_skipped")
        self._waiting.setWordWrap(True)
        self._facts = FactsStrip(f"{prefix}_facts")
        self._pixel = ElidedLabel(role="mono", object_name=f"{prefix}_pixel")
        self._histogram = HistogramView(f"{prefix}_histogram")
        self._channels = FactsStrip(f"{prefix}_channels")
        self._drawn = FactsStrip(f"{prefix}_drawn")
        self._formula = FactsStrip(f"{prefix}_formula")
        for label in (self._facts, self._pixel, self._channels, self._drawn, self._formula):
            label.setProperty("dense", True)
        self._lay_out()
        self._problem.fix_requested.connect(self.fix_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        self._histogram.setFixedHeight(self._histogram.minimumSizeHint().height())
        for widget in (self._problem, self._waiting, *self._told):
            layout.addWidget(widget)
        layout.addStretch(1)

    @property
    def _told(self) -> tuple[QWidget, ...]:
        return (self._facts, self._pixel, self._histogram, self._channels, self._drawn, self._formula)

    # What is shown

    def show_value(
        self,
        facts: Facts | None,
        stage: ShownStage | None,
        size: tuple[int, int] | None,
        given: Facts | None,
    ) -> None:
        """Show the facts of a stage, or of the input (``stage`` is ``None``); of a preview only its size.

        ``given`` are those of what the step was given.
        """
        self._stage = stage
        self._symbols = symbols(stage.step, given, facts) if stage is not None else ()
        is_preview = stage is not None and stage.is_preview
        has_value = facts is not None or is_preview
        self._problem.set_problem(stage.problem if stage is not None else None)
        self._waiting.setVisible(not has_value and stage is not None and stage.problem is None)
        for widget in (self._facts, self._pixel, self._histogram, self._channels):
            widget.setVisible(has_value)
        self._show_drawn()
        self.show_formula(None, None)
        self._formula.setVisible(bool(self._symbols))
        if facts is not self._facts_shown or facts is None:
            self._facts_shown = facts
            self._show_facts(facts, size)

    def _show_facts(self, facts: Facts | None, size: tuple[int, int] | None) -> None:
        if facts is None:
            self._facts.set_facts([("", size_text(size)), ("", "…")])
            self._channels.set_facts([("", "mean …"), ("", "std  …")])
            self._histogram.set_counts(None)
            return
        self._facts.set_facts([("", shape_text(facts)), ("", range_text(facts))])
        self._channels.set_facts(channel_facts(facts))
        self._histogram.set_counts(facts.histogram, float(facts.edges[0]), float(facts.edges[-1]))

    def _show_drawn(self) -> None:
        stage = self._stage
        text = " ".join(step_fragments(DrawnStep(stage.step, stage.drawn))) if stage and stage.drawn else ""
        self._drawn.setVisible(bool(text))
        self._drawn.set_facts([("", line) for line in _wrapped(text)])
        self._drawn.setToolTip(text)

    def needed_height(self) -> int:
        """What the facts take up; the reason why there are none may be longer and counts for itself."""
        layout = self.layout()
        assert layout is not None
        if not self._facts.isVisibleTo(self):
            return 0
        return layout.sizeHint().height()

    # The probe

    def show_pixel(self, place: Place | None, values: Any, lead: str = "") -> None:
        """Show the values at a place; ``lead`` goes before them. Nothing without a place."""
        if place is None:
            text = lead
        else:
            numbers = "…" if values is None else " ".join(map(number_text, values))
            text = f"{lead}{numbers} ({int(place[0])}, {int(place[1])})"
        if text != self._pixel.text():
            self._pixel.set_text(text)

    def show_formula(self, before: Any, after: Any) -> None:
        """Show what the step computes of the probed pixel; without one the formula with ``x`` in it."""
        lines: Sequence[str] = ()
        if self._symbols and self._stage is not None and before is not None and after is not None:
            lines = formulas(self._stage.step, before, after)
        text = "\n".join((lines or self._symbols)[:_LINES])
        if text != self._formula.text():
            self._formula.setText(text)
            self._formula.setAccessibleName(text)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._waiting.setText(self.tr("Not run: a step before it fails."))
        self._histogram.setAccessibleName(self.tr("Histogram"))
        self._formula.setToolTip(self.tr("What the step computes for the probed pixel, a line a channel"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _wrapped(text: str, width: int = 22) -> Sequence[str]:
    """``text`` in at most three lines, broken at spaces and behind commas."""
    lines = [""]
    for word in re.split("(?<=[ ,])", text):
        longer = f"{lines[-1]}{word}"
        if len(longer.rstrip()) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
