"""Operations, steps and catalogs: one description, many faces."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from tudui_gui.core.errors import ParameterError, TuduiError
from tudui_gui.core.operations import Catalog, Operation
from tudui_gui.core.parameters import Flag, Integer, Numbers, Written


def crop(size, padding=0, fill=None, flip=False):
    return {"size": size, "padding": padding, "fill": fill, "flip": flip}


CROP = Operation(
    "Crop",
    crop,
    "crop",
    (
        Integer(name="size", default=32, minimum=1, written=Written.BY_POSITION),
        Integer(name="padding", default=0, minimum=0),
        Numbers(name="fill", default=None, optional=True),
        Flag(name="flip", default=False, written=Written.BY_NAME),
    ),
)
FRACTION = Operation("Fraction", Fraction, "Fraction")
CATALOG = Catalog("transform", [CROP, FRACTION])


def test_a_step_has_every_value():
    assert dict(CROP.step(padding=4).values) == {"size": 32, "padding": 4, "fill": None, "flip": False}


def test_build_calls_the_target_with_canonical_values():
    assert CROP.step(size=8, fill=[0, 1, 0]).build() == crop(8, fill=(0.0, 1.0, 0.0))


def test_positional_and_overriding_arguments_reach_the_target():
    assert FRACTION.step().build(3, 4) == Fraction(3, 4)
    assert CROP.step().build(size=99)["size"] == 99


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "crop(32, flip=False)"),
        ({"size": 8, "padding": 4}, "crop(8, padding=4, flip=False)"),
        ({"fill": [0, 0, 0], "flip": True}, "crop(32, fill=[0.0, 0.0, 0.0], flip=True)"),
    ],
)
def test_source_says_what_differs_from_pytorchs_defaults(values, text):
    step = CROP.step(**values)
    assert step.source() == text
    built = eval(text, {"crop": crop})
    built["fill"] = built["fill"] and tuple(built["fill"])
    assert built == step.build()


def test_source_puts_texts_first():
    assert CROP.step().source("image") == "crop(image, 32, flip=False)"


def test_an_unknown_parameter_is_named_with_those_there_are():
    with pytest.raises(TuduiError, match=r"Crop has no parameter named 'sise'.*size, padding, fill, flip"):
        CROP.step(sise=3)


def test_a_bad_value_names_operation_and_parameter():
    with pytest.raises(ParameterError, match=r"Crop: size = 0"):
        CROP.step(size=0)


def test_steps_are_values():
    first, second = CROP.step(size=8), CROP.step(size=8)
    assert first == second
    assert hash(first) == hash(second)
    assert first != first.with_values(size=9)
    with pytest.raises(TypeError):
        first.values["size"] = 3


def test_a_changed_step_stays_switched_off():
    step = CATALOG.step_from({"name": "Crop", "enabled": False})
    assert not step.enabled
    assert not step.with_values(size=9).enabled
    assert step.to_dict()["enabled"] is False


@pytest.mark.parametrize("values", [{}, {"size": 8, "fill": [0.5]}, {"flip": True}])
def test_a_table_comes_back(values):
    step = CROP.step(**values)
    assert CATALOG.step_from(step.to_dict()) == step
    assert CATALOG.step_from(step.to_dict("source"), "source") == step


def test_steps_are_pickled_with_their_values():
    step = CROP.step(size=8, fill=[0.5])
    again = pickle.loads(pickle.dumps(step))
    assert dict(again.values) == dict(step.values)
    assert again.build() == step.build()


def test_a_catalog_keeps_its_order_and_finds_by_name():
    assert list(CATALOG) == ["Crop", "Fraction"]
    assert CATALOG.find("Crop") is CROP
    assert len(CATALOG) == 2


@pytest.mark.parametrize(("name", "near"), [("crop", "Crop"), ("Fractoin", "Fraction"), (None, "Crop")])
def test_an_unknown_name_gets_the_nearest(name, near):
    with pytest.raises(TuduiError) as caught:
        CATALOG.find(name)
    assert f"no transform named {name!r}" in str(caught.value)
    assert near in str(caught.value)


def test_a_catalog_describes_itself():
    first, second = CATALOG.describe()
    assert first["name"] == "Crop"
    assert [parameter["name"] for parameter in first["parameters"]] == ["size", "padding", "fill", "flip"]
    assert first["parameters"][0]["default"] == 32
    assert second["parameters"] == []
