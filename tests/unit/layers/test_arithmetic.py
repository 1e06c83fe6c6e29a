"""The formula against torch, over random settings."""

from __future__ import annotations

import random

import pytest
import torch

from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Step
from tudui_gui.layers.arithmetic import layer_output_size, output_size
from tudui_gui.layers.catalog import LAYERS


def either(draw: random.Random, low: int, high: int) -> int | tuple[int, int]:
    if draw.random() < 0.5:
        return draw.randint(low, high)
    return draw.randint(low, high), draw.randint(low, high)


def random_layer(name: str, draw: random.Random) -> Step:
    values: dict[str, object] = {
        "kernel_size": either(draw, 1, 6),
        "stride": either(draw, 1, 5),
        "padding": either(draw, 0, 3),
    }
    if name == "Conv2d":
        values |= {"in_channels": 1, "out_channels": 1, "dilation": either(draw, 1, 3)}
    else:
        values["ceil_mode"] = draw.random() < 0.5
        values["stride"] = None if draw.random() < 0.3 else values["stride"]
    if name == "MaxPool2d":
        values["dilation"] = either(draw, 1, 3)
    return LAYERS.step(name, **values)


@pytest.mark.parametrize("name", ["Conv2d", "MaxPool2d", "AvgPool2d"])
def test_sizes_are_torchs_over_random_settings(name: str) -> None:
    draw = random.Random(name)
    possible = impossible = 0
    while possible < 150 or impossible < 15:
        step = random_layer(name, draw)
        height, width = draw.randint(1, 24), draw.randint(1, 24)
        try:
            expected = tuple(step.build()(torch.zeros(1, 1, height, width)).shape[2:])
        except RuntimeError:
            impossible += 1
            with pytest.raises(ModelError):
                layer_output_size(step, height, width)
            continue
        possible += 1
        assert tuple(each.size for each in layer_output_size(step, height, width)) == expected


def test_formula_with_the_numbers_put_in() -> None:
    known = output_size(32, 5, stride=1, padding=2)
    assert known.formula == "floor((32 + 2*2 - 1*(5 - 1) - 1) / 1) + 1 = 32"
    assert output_size(5, 3, ceil_mode=True).formula == "ceil((5 + 2*0 - 1*(3 - 1) - 1) / 3) + 1 = 2"


def test_formulas_come_out_as_they_say() -> None:
    draw = random.Random(1)
    for _ in range(300):
        known = output_size(
            draw.randint(8, 40),
            draw.randint(1, 5),
            stride=draw.randint(1, 6),
            padding=draw.randint(0, 2),
            ceil_mode=draw.random() < 0.5,
        )
        left, right = known.formula.split(" = ")
        assert (
            eval(left, {"floor": __import__("math").floor, "ceil": __import__("math").ceil})
            == int(right)
            == known.size
        )


def test_a_border_wider_than_half_a_pooling_window_is_explained() -> None:
    with pytest.raises(ModelError) as caught:
        layer_output_size(LAYERS.step("MaxPool2d", kernel_size=3, padding=(1, 2)), 9, 9)
    assert "padding 2" in str(caught.value) and "half" in str(caught.value)


def test_a_window_without_a_place_is_explained() -> None:
    with pytest.raises(ModelError) as caught:
        output_size(4, 3, dilation=3)
    assert "7 pixels does not fit into 4" in str(caught.value)
