"""Parameters: canonical values, messages that name the range, Python text and TOML that come back."""

from __future__ import annotations

import math
import pickle
import tomllib

import numpy as np
import pytest
import tomli_w

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.parameters import (
    Choice,
    Flag,
    Integer,
    IntegerOrPair,
    Numbers,
    Parameter,
    Real,
    Text,
)

ROUNDING = {"floor": (math.floor, "math.floor"), "ceil": (math.ceil, "math.ceil")}
PARAMETERS: dict[str, Parameter] = {
    "integer": Integer(name="stride", default=1, minimum=1, maximum=9),
    "number": Real(name="lr", default=0.01, minimum=0.0),
    "flag": Flag(name="bias", default=True),
    "choice": Choice(name="reduction", default="mean", choices=("mean", "sum")),
    "objects": Choice(name="rounding", default="floor", choices=("floor", "ceil"), objects=ROUNDING),
    "text": Text(name="root", default=None, optional=True, is_folder=True),
    "words": Text(name="label", default=""),
    "pair": IntegerOrPair(name="kernel_size", default=3, minimum=1),
    "numbers": Numbers(name="mean", default=(0.5, 0.5, 0.5), minimum=0.0, maximum=1.0),
    "optional": Integer(name="max_size", default=None, optional=True, minimum=1),
}

GOOD = [
    ("integer", 3, 3),
    ("integer", np.int64(9), 9),
    ("number", 1, 1.0),
    ("number", np.float32(0.5), 0.5),
    ("flag", False, False),
    ("choice", "sum", "sum"),
    ("objects", "ceil", "ceil"),
    ("text", "/data", "/data"),
    ("text", ".", "."),
    ("text", None, None),
    ("words", "", ""),
    ("pair", 5, 5),
    ("pair", [3, 5], (3, 5)),
    ("numbers", [0, 0.5, 1], (0.0, 0.5, 1.0)),
    ("numbers", (0.25,), (0.25,)),
    ("optional", None, None),
    ("optional", "none", None),
    ("optional", 4, 4),
]

BAD = [
    ("integer", 0),
    ("integer", 10),
    ("integer", 2.0),
    ("integer", True),
    ("integer", "3"),
    ("integer", None),
    ("number", -0.1),
    ("number", math.nan),
    ("number", math.inf),
    ("number", True),
    ("number", "0.1"),
    ("number", 10**400),
    ("flag", 1),
    ("choice", "median"),
    ("choice", ["mean"]),
    ("text", 3),
    ("text", ""),
    ("text", "a\0b"),
    ("words", "a\0b"),
    ("pair", 0),
    ("pair", [1, 2, 3]),
    ("pair", [1, 2.5]),
    ("numbers", [0.5, 0.5]),
    ("numbers", [0.1, 0.2, 1.5]),
    ("numbers", "0.5"),
    ("numbers", 0.5),
    ("optional", 0),
]


@pytest.mark.parametrize(("kind", "value", "canonical"), GOOD)
def test_good_values_become_canonical(kind, value, canonical):
    checked = PARAMETERS[kind].check(value)
    assert checked == canonical
    assert type(checked) is type(canonical)
    assert PARAMETERS[kind].check(checked) == canonical


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_bad_values_are_named_with_what_is_allowed(kind, value):
    parameter = PARAMETERS[kind]
    with pytest.raises(ParameterError) as caught:
        parameter.check(value, "Conv2d")
    message = str(caught.value)
    assert "Conv2d" in message
    assert parameter.name in message
    assert repr(value) in message
    assert str(parameter.allowed_text) in message


@pytest.mark.parametrize(("kind", "value", "canonical"), GOOD)
def test_toml_comes_back(kind, value, canonical):
    parameter = PARAMETERS[kind]
    text = tomli_w.dumps({"value": parameter.to_toml(canonical)})
    assert parameter.check(tomllib.loads(text)["value"]) == canonical


@pytest.mark.parametrize(("kind", "value", "canonical"), GOOD)
def test_python_text_is_what_is_built(kind, value, canonical):
    parameter = PARAMETERS[kind]
    built = parameter.build(canonical)
    evaluated = eval(parameter.source(canonical), {"math": math})
    assert evaluated == (list(built) if kind == "numbers" else built)


@pytest.mark.parametrize("kind", PARAMETERS)
def test_defaults_are_allowed_and_described(kind):
    parameter = PARAMETERS[kind]
    assert parameter.check(parameter.default) == parameter.default
    described = parameter.describe()
    assert described["name"] == parameter.name
    assert described["allowed"] == str(parameter.allowed_text)
    assert parameter.check(described["default"]) == parameter.default


def test_ranges_are_said_in_words():
    both = Integer(name="n", default=1, minimum=1, maximum=9)
    assert str(both.allowed_text) == "a whole number from 1 to 9"
    assert str(Real(name="n", default=1.0, minimum=0.0).allowed_text) == "a number of at least 0.0"
    assert str(Real(name="n", default=1.0, maximum=2.0).allowed_text) == "a number of at most 2.0"
    assert str(Integer(name="n", default=1).allowed_text) == "a whole number"
    assert str(PARAMETERS["optional"].allowed_text).endswith(", or none")


def test_the_error_travels_between_processes():
    with pytest.raises(ParameterError) as caught:
        PARAMETERS["integer"].check(0, "Conv2d")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is ParameterError
    assert str(again) == str(caught.value)
