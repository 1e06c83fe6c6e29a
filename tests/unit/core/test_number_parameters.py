"""One number or several, and lists of whole numbers."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.number_parameters import Integers, RealOrPair
from tudui_gui.core.parameters import IntegerOrPair, Numbers, Parameter

HUE = RealOrPair(name="hue", default=0.0, minimum=0.0, maximum=0.5, pair_minimum=-0.5)
FILL = RealOrPair(name="fill", default=0, minimum=0, maximum=255, lengths=(1, 3), whole_as_int=True)
VALUE = RealOrPair(name="value", default=0.0, words=("random",), lengths=(1, 3))
SIZE = Integers(name="target_size", default=(4, 4), minimum=1, maximum=9)
ANY = Numbers(name="p", default=None, minimum=0.0, lengths=(), optional=True)
EDGES = IntegerOrPair(name="min_size", default=4, minimum=1, lengths=())

GOOD: list[tuple[Parameter, Any, Any]] = [
    (HUE, 0, 0.0),
    (HUE, 0.5, 0.5),
    (HUE, [-0.5, 0.5], (-0.5, 0.5)),
    (FILL, 128.0, 128),
    (FILL, 0.5, 0.5),
    (FILL, [0, 127.0, 0.25], (0, 127, 0.25)),
    (VALUE, "random", "random"),
    (VALUE, -3, -3.0),
    (VALUE, [1], (1.0,)),
    (SIZE, [1, 9], (1, 9)),
    (ANY, [1], (1.0,)),
    (ANY, [1, 2, 3, 4], (1.0, 2.0, 3.0, 4.0)),
    (ANY, None, None),
    (EDGES, [1, 2, 3, 4, 5], (1, 2, 3, 4, 5)),
    (EDGES, 7, 7),
]

BAD: list[tuple[Parameter, Any]] = [
    (HUE, -0.1),
    (HUE, 0.6),
    (HUE, [0.1, 0.6]),
    (HUE, [-0.6, 0.1]),
    (HUE, [0.1]),
    (HUE, [0.1, "0.2"]),
    (HUE, "0.1"),
    (HUE, True),
    (HUE, None),
    (FILL, 256),
    (FILL, [0, 0]),
    (VALUE, "noise"),
    (VALUE, ["random"]),
    (SIZE, 4),
    (SIZE, [4]),
    (SIZE, [4, 10]),
    (SIZE, [4, 4.5]),
    (SIZE, "44"),
    (ANY, []),
    (ANY, [-1]),
    (ANY, 1),
    (EDGES, []),
]


@pytest.mark.parametrize(("parameter", "value", "canonical"), GOOD)
def test_good_values_become_canonical_and_come_back(parameter: Parameter, value: Any, canonical: Any) -> None:
    checked = parameter.check(value)
    assert checked == canonical
    assert repr(checked) == repr(canonical)
    text = tomli_w.dumps({"value": parameter.to_toml(checked)})
    assert parameter.check(tomllib.loads(text)["value"]) == canonical
    evaluated = eval(parameter.source(checked))
    assert (tuple(evaluated) if isinstance(evaluated, list) else evaluated) == parameter.build(checked)


@pytest.mark.parametrize(("parameter", "value"), BAD)
def test_bad_values_are_named(parameter: Parameter, value: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        parameter.check(value, "Step")
    assert f"Step: {parameter.name} = {value!r}" in str(caught.value)
    assert str(parameter.allowed_text) in str(caught.value)


def test_ranges_are_said_in_words() -> None:
    assert str(HUE.allowed_text) == "a number from 0.0 to 0.5, or a list of 2 numbers from -0.5 to 0.5"
    assert str(VALUE.allowed_text) == "a number, or a list of 1 or 3 numbers, or 'random'"
    assert str(SIZE.allowed_text) == "a list of 2 whole numbers from 1 to 9"
    assert str(ANY.allowed_text) == "a list of 1 or more numbers of at least 0.0, or none"


@pytest.mark.parametrize("parameter", [HUE, FILL, VALUE, SIZE, ANY, EDGES])
def test_they_describe_themselves(parameter: Parameter) -> None:
    described = parameter.describe()
    assert described["kind"] == parameter.kind
    assert parameter.check(described["default"]) == parameter.default
