"""Problems and hints on a step: two colours, each with the button of its fix."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tudui_gui.core.errors import TransformError
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.problem_box import ProblemBox
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.hints import hints
from tudui_gui.transforms.problems import Fix, Problem

step = TRANSFORMS.step
STEPS = (step("ToTensor"), step("Normalize"), step("Resize", size=8))
PROBLEM = Problem(TransformError("It fails.", detail="torch said so"), Fix("Remove this step", STEPS[:2]))


@pytest.fixture
def box(qtbot: QtBot) -> ProblemBox:
    made = ProblemBox("step_1", "auto-fix")
    qtbot.addWidget(made)
    return made


def color(label: QLabel) -> str:
    label.ensurePolished()
    return label.palette().color(label.foregroundRole()).name()


def test_a_problem_and_hints_are_told_apart(box: ProblemBox) -> None:
    box.set_problem(PROBLEM)
    box.set_hints(hints(STEPS))
    problem = box.findChild(QLabel, "step_1_problem")
    hint = box.findChild(QLabel, "step_1_hint_0")
    assert problem.text() == "It fails." and problem.toolTip() == "torch said so"
    assert hint.text().startswith("Normalize stands before Resize")
    assert color(problem) == theme.tokens().danger and color(hint) == theme.tokens().warning


def test_each_has_its_own_fix(qtbot: QtBot, box: ProblemBox) -> None:
    found = hints(STEPS)
    box.set_problem(PROBLEM)
    box.set_hints(found)
    for name, fix in (("step_1_fix", PROBLEM.fix), ("step_1_hint_0_fix", found[0].fix)):
        button = box.findChild(QPushButton, name)
        assert button.isVisible() and button.toolTip() and button.accessibleName()
        with qtbot.waitSignal(box.fix_requested) as heard:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert heard.args == [fix]


def test_it_is_hidden_without_either(box: ProblemBox) -> None:
    box.set_hints(hints(STEPS))
    assert box.isVisible() and not box.findChild(QLabel, "step_1_problem").isVisible()
    box.set_hints(())
    assert box.isHidden() and box.hints == ()
    box.set_problem(PROBLEM)
    assert box.isVisible() and not box.findChild(QLabel, "step_1_hint_0").isVisible()
    box.set_problem(None)
    assert box.isHidden()


def test_it_follows_the_language(box: ProblemBox) -> None:
    box.set_hints(hints(STEPS))
    label = box.findChild(QLabel, "step_1_hint_0")
    text = label.text()
    label.setText("")
    QApplication.sendEvent(box, QEvent(QEvent.Type.LanguageChange))
    assert label.text() == text


def test_a_narrow_card_cuts_the_button_not_the_card(box: ProblemBox) -> None:
    box.set_problem(PROBLEM)
    button = box.findChild(QPushButton, "step_1_fix")
    box.resize(400, 100)
    QApplication.processEvents()
    assert button.text() == button.accessibleName() == "Remove this step"
    box.setFixedWidth(110)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert button.text().endswith("…") and button.accessibleName() == "Remove this step"
    assert "Remove this step" in button.toolTip() and button.width() <= 110
    box.setFixedWidth(300)
    QApplication.processEvents()
    assert button.text() == "Remove this step"
