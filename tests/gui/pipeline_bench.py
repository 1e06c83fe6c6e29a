"""The pipeline's card in a window of its own, for its tests, and hands to operate it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.transforms_page import LEFT, find
from tudui_gui.core.operations import Step
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.pipeline_card import PipelineCard
from tudui_gui.gui.tabs.transforms.scratch import ScratchPipeline
from tudui_gui.gui.widgets.value_slider import ValueSlider
from tudui_gui.gui.workers import Jobs


class Bench:
    """The card, the pipeline it edits, and the session they belong to."""

    def __init__(self, qtbot: QtBot, session: Session, jobs: Jobs) -> None:
        self.qtbot = qtbot
        self.session = session
        self.jobs = jobs
        self.scratch = ScratchPipeline(session)
        self.card = PipelineCard(session, self.scratch, jobs)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.scratch.pipeline.steps

    @property
    def names(self) -> list[str]:
        return [step.name for step in self.steps]

    @property
    def edits(self) -> int:
        """Number of entries that can be undone."""
        return self.session.undo_stack.index()

    def find(self, kind: type, name: str) -> Any:
        return find(self.card, kind, name)

    def show(self, *steps: Step) -> None:
        """Another pipeline, with nothing to undo."""
        self.scratch.edit(steps)
        self.session.undo_stack.clear()

    def click(self, name: str) -> None:
        button = self.find(QWidget, name)
        assert button.isEnabled(), name
        self.qtbot.mouseClick(button, LEFT)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, held)

    def focus(self, name: str) -> None:
        self.find(QWidget, name).setFocus()

    def type_into(self, name: str, text: str) -> None:
        line = self.find(QLineEdit, name)
        line.setFocus(Qt.FocusReason.MouseFocusReason)
        line.selectAll()
        self.qtbot.keyClicks(line, text)

    def drag_slider(self, name: str, *shares: float) -> None:
        """Press a slider's handle, move it through places from 0 to 1, and let it go."""
        slider = self.find(ValueSlider, name)
        self.qtbot.mousePress(slider, LEFT, pos=self._handle(slider, slider.value() / slider.maximum()))
        for share in shares:
            self.qtbot.mouseMove(slider, self._handle(slider, share))
        self.qtbot.mouseRelease(slider, LEFT, pos=self._handle(slider, shares[-1]))

    def _handle(self, slider: ValueSlider, share: float) -> QPoint:
        return QPoint(round(7 + share * (slider.width() - 14)), slider.height() // 2)


@contextmanager
def shown_card(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[Bench]:
    """The card with the tutorial's four steps, shown and active."""
    bench = Bench(qtbot, session, jobs)
    bench.card.resize(284, 560)
    with qtbot.waitActive(bench.card):
        bench.card.show()
        bench.card.activateWindow()
    assert jobs.wait_idle()
    yield bench
    assert jobs.wait_idle()
    bench.card.close()
    bench.card.deleteLater()
    bench.scratch.deleteLater()
