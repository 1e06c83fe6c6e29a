"""What the script of a model prints is what the Models tab shows."""

from __future__ import annotations

import ast

import pytest

from tests.unit.scripts.running import run_script
from tudui_gui.models.summary import summarize
from tudui_gui.models.zoo import MODELS, build_model, input_shape
from tudui_gui.scripts import model_script


@pytest.mark.parametrize("name", ["tudui", "lenet", "resnet18", "googlenet"])
def test_shapes_and_parameters_are_those_of_the_summary(name, tmp_path):
    step = MODELS.step(name)
    shape = input_shape(step)
    summary = summarize(build_model(step, 7), shape)
    printed = run_script(model_script(step, 7, shape), tmp_path)
    lines = [
        f"{row.name or 'model'}: {row.type} {row.output_shape} {row.parameters}\n" for row in summary.rows
    ]
    assert "".join(lines) + f"parameters: {summary.parameters}\n" in printed
    assert repr(build_model(step, 7)) in printed


@pytest.mark.parametrize("name", MODELS)
def test_every_model_has_a_script_that_python_can_read(name):
    step = MODELS.step(name)
    text = model_script(step, 10, input_shape(step))
    ast.parse(text)
    assert "type: ignore" not in text


def test_values_that_differ_from_the_default_are_written():
    assert "num_classes=10, dropout=0.25" in model_script(
        MODELS.step("alexnet", dropout=0.25), 10, (3, 224, 224)
    )
