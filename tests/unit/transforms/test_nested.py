"""Steps within steps: read, written, counted, and free of chance where they shall be."""

from __future__ import annotations

import pickle
import tomllib
from dataclasses import replace
from typing import Any

import pytest
import tomli_w
import torch

from tests.unit.transforms.catalog_values import NAMES, inputs, outcome, picture, same
from tudui_gui.core.errors import ParameterError, TransformError, TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.nested import (
    DEEPEST,
    flattened,
    inner_steps,
    is_container,
    is_random,
    with_inner_steps,
)
from tudui_gui.transforms.pipeline import Pipeline

FLIP = TRANSFORMS.step("RandomHorizontalFlip")
GREY = TRANSFORMS.step("Grayscale", num_output_channels=3)
OFF = replace(TRANSFORMS.step("RandomInvert"), enabled=False)
CROP = TRANSFORMS.step("RandomCrop", size=20)
PAD = TRANSFORMS.step("Pad", padding=2)


def holding(name: str, *steps: Step, **values: Any) -> Step:
    return TRANSFORMS.step(name, transforms=steps, **values)


DEEP = Pipeline(
    (
        holding(
            "Compose",
            holding("RandomApply", CROP, holding("RandomChoice", FLIP, OFF, GREY, p=[1, 2]), p=0.75),
            holding("RandomOrder", FLIP, PAD),
        ),
        TRANSFORMS.step("ToTensor"),
        holding("Compose", TRANSFORMS.step("Normalize", mean=[0.1, 0.2, 0.3])),
    )
)


def test_nested_tables_come_back() -> None:
    text = tomli_w.dumps({"train": DEEP.to_dicts()})
    assert Pipeline.from_dicts(tomllib.loads(text)["train"]) == DEEP
    assert pickle.loads(pickle.dumps(DEEP)) == DEEP
    assert hash(pickle.loads(pickle.dumps(DEEP))) == hash(DEEP)


def test_an_experiment_keeps_nested_steps() -> None:
    usual = Experiment.from_dict(
        {
            "dataset": {"source": "digits"},
            "model": {"name": "tudui"},
            "transforms": {"train": DEEP.to_dicts()},
        }
    )
    assert usual.train_transforms == DEEP
    assert Experiment.from_toml(usual.to_toml()) == usual
    assert not usual.test_transforms.is_random
    changed = usual.with_value("transforms.train.0.transforms.0.transforms.0.size", 24)
    crop = inner_steps(inner_steps(changed.train_transforms.steps[0])[0])[0]
    assert crop.values["size"] == 24


@pytest.mark.parametrize("seed", range(8))
def test_source_and_build_draw_alike(seed: int) -> None:
    written, image = eval(DEEP.source(), NAMES), picture()
    assert same(written, DEEP.build())
    assert same(outcome(written, image, seed), DEEP.stages(image, seed)[-1].value)


def test_flattened_goes_into_what_is_switched_on() -> None:
    names = [step.name for step in flattened(DEEP.steps)]
    assert names == [
        "Compose",
        "RandomApply",
        "RandomCrop",
        "RandomChoice",
        "RandomHorizontalFlip",
        "Grayscale",
        "RandomOrder",
        "RandomHorizontalFlip",
        "Pad",
        "ToTensor",
        "Compose",
        "Normalize",
    ]
    assert list(flattened([replace(DEEP.steps[0], enabled=False)])) == []


def test_what_is_random() -> None:
    assert is_random(holding("Compose", holding("Compose", FLIP)))
    assert is_random(holding("RandomApply", GREY))
    assert not is_random(holding("Compose", GREY, OFF))
    assert not is_random(holding("Compose", replace(holding("Compose", FLIP), enabled=False)))
    assert is_random(replace(FLIP, enabled=False))


def test_containers_and_what_they_hold() -> None:
    compose = holding("Compose", GREY, OFF)
    assert is_container(compose) and not is_container(GREY)
    assert inner_steps(compose) == (GREY, OFF)
    assert inner_steps(GREY) == ()
    changed = with_inner_steps(replace(compose, enabled=False), [FLIP])
    assert inner_steps(changed) == (FLIP,)
    assert not changed.enabled


def test_steps_that_are_off_are_kept_but_not_built() -> None:
    compose = holding("Compose", OFF, GREY)
    assert len(compose.build().transforms) == 1
    assert compose.source() == "transforms.Compose([transforms.Grayscale(num_output_channels=3)])"
    assert TRANSFORMS.step_from(compose.to_dict()) == compose


def test_an_empty_compose_changes_nothing() -> None:
    compose = holding("Compose")
    assert compose.build()(picture()) == picture()
    assert TRANSFORMS.step_from(compose.to_dict()) == compose


def test_for_testing_chance_is_taken_out_of_containers_too() -> None:
    mixed = Pipeline(
        (
            holding("Compose", PAD, CROP, FLIP, holding("Compose", FLIP), OFF),
            holding("RandomApply", GREY),
            holding("RandomChoice", PAD),
            holding("RandomOrder", GREY, PAD),
            holding("Compose", FLIP),
            holding("Compose", GREY, OFF),
        )
    )
    assert mixed.is_random
    kept = mixed.deterministic()
    assert not kept.is_random
    assert [step.name for step in kept.steps] == ["Compose", "Compose"]
    assert [step.name for step in inner_steps(kept.steps[0])] == ["Pad", "CenterCrop"]
    assert kept.steps[1] == mixed.steps[-1]
    assert kept.deterministic() == kept
    before = torch.get_rng_state()
    kept.build()(picture())
    assert torch.equal(torch.get_rng_state(), before)


def test_a_bad_value_deep_within_is_named() -> None:
    table = {
        "name": "Compose",
        "transforms": [{"name": "RandomApply", "transforms": [{"name": "Pad", "padding": -1}]}],
    }
    with pytest.raises(ParameterError, match="Pad: padding = -1"):
        TRANSFORMS.step_from(table)
    with pytest.raises(TransformError, match=r"transforms\[0\]") as caught:
        Pipeline.from_dicts([table])
    assert "Pad: padding = -1" in caught.value.detail
    with pytest.raises(TuduiError, match="no transform named 'Rotate'"):
        TRANSFORMS.step("Compose", transforms=[{"name": "Rotate"}])


def test_nesting_has_an_end() -> None:
    table: dict[str, Any] = {"name": "Grayscale"}
    for _ in range(DEEPEST + 1):
        table = {"name": "Compose", "transforms": [table]}
    step = TRANSFORMS.step_from(table)
    assert same(step.build()(picture()), GREY.with_values(num_output_channels=1).build()(picture()))
    for _ in range(200):
        table = {"name": "Compose", "transforms": [table]}
    with pytest.raises(ParameterError, match="Compose: transforms"):
        TRANSFORMS.step_from(table)
    with pytest.raises(ParameterError):
        holding("Compose", step)


def test_every_container_holds_what_the_catalog_has() -> None:
    for operation in TRANSFORMS.values():
        if "container" not in operation.tags:
            continue
        for name in TRANSFORMS:
            step = operation.step(transforms=[{"name": name}])
            assert inner_steps(step) == (TRANSFORMS.step(name),)
        described = operation.describe()["parameters"][0]
        assert described["kind"] == "steps"
        assert operation.step(transforms=described["default"]) == operation.step()


def test_an_in_place_step_within_leaves_the_picture_before_it() -> None:
    tensor = inputs()["floats"]
    inplace = TRANSFORMS.step("Normalize", inplace=True)
    before, after = Pipeline((holding("Compose", inplace),)).stages(tensor, 0)
    assert same(before.value, inputs()["floats"])
    assert same(after.value, (inputs()["floats"] - 0.5) / 0.5)
