"""The sources of a joined data set in a form: shown, not edited."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.gui.widgets.parameter_form import ParameterForm

SOURCES = [{"source": "folder", "root": "/photos/ants"}, {"source": "digits"}]


def test_sources_are_readable_and_stay_as_they_are(qtbot: QtBot) -> None:
    step = DATASETS.step("concat", sources=SOURCES)
    form = ParameterForm("dataset", step)
    qtbot.addWidget(form)
    sent = []
    form.step_changed.connect(sent.append)
    line = form.findChild(QLineEdit, "dataset_sources")
    assert line is not None and line.isReadOnly()
    assert line.text() == "folder ants, digits"
    assert line.accessibleName() == "sources" and "at least one data set" in line.toolTip()
    form.set_value("per_class", 3)
    assert sent == [step.with_values(per_class=3)] and form.is_valid
    assert sent[0].values["sources"] == step.values["sources"]


def test_other_sources_are_shown_when_the_step_changes(qtbot: QtBot) -> None:
    form = ParameterForm("dataset", DATASETS.step("concat", sources=SOURCES))
    qtbot.addWidget(form)
    form.set_step(DATASETS.step("concat", sources=SOURCES[1:]))
    assert form.fields["sources"].editor.text() == "digits"
    form.set_step(DATASETS.step("concat"))
    assert form.fields["sources"].editor.text() == "" and form.fields["sources"].value() == ()
