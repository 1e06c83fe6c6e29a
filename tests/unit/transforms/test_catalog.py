"""The catalog says what torchvision's classes say of themselves."""

from __future__ import annotations

import enum
import inspect
import pickle
from functools import partial
from typing import Any

import pytest
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import InterpolationMode, v2

from tests.unit.transforms.catalog_values import (
    NAMES,
    inputs,
    outcome,
    random_states,
    same,
    steps_at_the_ends,
    to_apply,
)
from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Written
from tudui_gui.images.conversion import pictures, to_uint8
from tudui_gui.transforms.batch_catalog import BATCH_TRANSFORMS
from tudui_gui.transforms.catalog import PIL_INTERPOLATIONS, TRANSFORMS
from tudui_gui.transforms.nested import is_random
from tudui_gui.transforms.pipeline import Pipeline

OPERATIONS = [pytest.param(operation, id=name) for name, operation in TRANSFORMS.items()]
BATCHED = [pytest.param(operation, id=name) for name, operation in BATCH_TRANSFORMS.items()]

#: Classes of v2 that are no step for a single image: they need boxes, labels, matrices, videos or functions.
NO_STEPS = {
    "AutoAugmentPolicy",
    "ClampBoundingBoxes",
    "ClampKeyPoints",
    "ConvertBoundingBoxFormat",
    "InterpolationMode",
    "Lambda",
    "LinearTransformation",
    "RandomIoUCrop",
    "SanitizeBoundingBoxes",
    "SanitizeKeyPoints",
    "SetClampingMode",
    "Transform",
    "UniformTemporalSubsample",
}


def test_everything_that_takes_an_image_is_there() -> None:
    classes = {name for name, each in vars(v2).items() if inspect.isclass(each)} - NO_STEPS
    assert classes == {*TRANSFORMS, *BATCH_TRANSFORMS} - {"BGRToRGB"}


@pytest.mark.parametrize("operation", [*OPERATIONS, *BATCHED])
def test_parameters_and_defaults_are_torchvisions(operation: Operation) -> None:
    assert operation.target is eval(operation.qualname, NAMES)
    signature = dict(inspect.signature(operation.target).parameters)
    signature.pop("labels_getter", None)
    assert [parameter.name for parameter in operation.parameters] == list(signature)
    for parameter in operation.parameters:
        default = signature[parameter.name].default
        if default is inspect.Parameter.empty:
            assert parameter.written is Written.BY_POSITION
        else:
            assert plain(parameter.build(parameter.default)) == plain(default)
            assert parameter.written is Written.IF_CHANGED


def plain(value: Any) -> Any:
    return value.value if isinstance(value, enum.Enum) else value


@pytest.mark.parametrize("operation", [*OPERATIONS, *BATCHED])
def test_everything_is_explained(operation: Operation) -> None:
    assert operation.help.endswith(".")
    assert not operation.hint or operation.hint.endswith(".")
    assert all(parameter.help.endswith(".") for parameter in operation.parameters)
    described = operation.describe()
    assert described["hint"] == operation.hint
    assert described["aliases"] == list(operation.aliases)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_both_names_of_a_class_find_it(operation: Operation) -> None:
    for module, place in (("transforms", transforms), ("v2", v2)):
        if hasattr(place, operation.name):
            assert f"{module}.{operation.name}" in operation.aliases


@pytest.mark.parametrize("operation", OPERATIONS)
def test_source_and_build_give_the_same_at_the_ends_of_every_range(operation: Operation) -> None:
    for step, changed in steps_at_the_ends(operation):
        built, written = made(step.build), made(partial(eval, step.source(), NAMES))
        assert same(built, written), f"{step.source()}: {built} is not {written}"
        for value in [] if isinstance(built, str) else to_apply(operation, changed):
            ours, theirs = outcome(built, value), outcome(written, value)
            assert same(ours, theirs), f"{step.source()}: {ours} is not {theirs}"


def made(make: Any) -> Any:
    try:
        return make()
    except (TypeError, ValueError, ZeroDivisionError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_default_can_be_applied(operation: Operation) -> None:
    assert any(not isinstance(outcome(operation.step().build(), value), str) for value in inputs().values())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_steps_survive_toml_and_pickle_at_the_ends(operation: Operation) -> None:
    for step, _ in steps_at_the_ends(operation):
        assert TRANSFORMS.step_from(step.to_dict()) == step
        assert pickle.loads(pickle.dumps(step)) == step
        assert hash(pickle.loads(pickle.dumps(step))) == hash(step)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_tags_tell_what_is_taken_and_made(operation: Operation) -> None:
    values = inputs()
    made = {name: outcome(operation.step().build(), value) for name, value in values.items()}
    takes = {name for name, result in made.items() if not isinstance(result, str)}
    tags = operation.tags
    assert ("picture" not in takes) == bool(tags & {"needs_tensor", "needs_array"})
    assert takes.isdisjoint({"bytes", "floats"}) == bool(tags & {"needs_pil", "needs_array"})
    assert sum(tag.startswith("kind:") for tag in tags) == 1
    assert ("container" in tags) == any(each.kind == "steps" for each in operation.parameters)
    results = [made[name] for name in takes]
    assert ("several" in tags) == any(isinstance(result, tuple) for result in results)
    if "makes_tensor" in tags:
        assert all(isinstance(result, torch.Tensor) for result in results)
    if "makes_pil" in tags:
        assert all(hasattr(result, "mode") for result in results)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_random_steps_draw_from_pytorchs_generator_and_from_no_other(operation: Operation) -> None:
    draws = False
    for value in inputs().values():
        torch.manual_seed(1)
        before = random_states()
        try:
            operation.step().build()(value)
        except (TypeError, ValueError, RuntimeError):
            continue
        after = random_states()
        draws = draws or after[0] != before[0]
        assert after[1:] == before[1:]
    assert is_random(operation.step()) == draws


def test_interpolations_of_pil_alone_are_those_that_fail_on_tensors() -> None:
    parameter = TRANSFORMS["Resize"].parameter("interpolation")
    assert isinstance(parameter, Choice)
    assert set(parameter.choices) == {mode.value for mode in InterpolationMode}
    for word in parameter.choices:
        transform = TRANSFORMS.step("Resize", size=8, interpolation=word).build()
        try:
            transform(torch.rand(3, 16, 16))
            assert word not in PIL_INTERPOLATIONS
        except (ValueError, NotImplementedError):
            assert word in PIL_INTERPOLATIONS


@pytest.mark.parametrize(
    ("name", "values", "source"),
    [
        ("Resize", {"size": [32, 32]}, "transforms.Resize((32, 32))"),
        ("ToTensor", {}, "transforms.ToTensor()"),
        ("Normalize", {"mean": [0.5], "std": [0.5]}, "transforms.Normalize([0.5], [0.5])"),
        (
            "Resize",
            {"size": 8, "interpolation": "bicubic"},
            "transforms.Resize(8, interpolation=transforms.InterpolationMode.BICUBIC)",
        ),
        ("Grayscale", {"num_output_channels": 3}, "transforms.Grayscale(num_output_channels=3)"),
        ("ConvertImageDtype", {}, "transforms.ConvertImageDtype(torch.float32)"),
        ("ToDtype", {"scale": True}, "v2.ToDtype(torch.float32, scale=True)"),
        ("ColorJitter", {"brightness": 0.5}, "transforms.ColorJitter(brightness=0.5)"),
        ("ColorJitter", {"hue": [-0.1, 0.2]}, "transforms.ColorJitter(hue=(-0.1, 0.2))"),
        (
            "RandomRotation",
            {"degrees": [0, 90], "fill": 128.0},
            "transforms.RandomRotation((0.0, 90.0), fill=128)",
        ),
        ("RandomErasing", {"value": "random"}, "v2.RandomErasing(value='random')"),
        ("AutoAugment", {"policy": "cifar10"}, "v2.AutoAugment(policy=v2.AutoAugmentPolicy.CIFAR10)"),
        (
            "RandomApply",
            {"transforms": [{"name": "Grayscale"}, {"name": "Pad", "enabled": False}], "p": 0.3},
            "v2.RandomApply([transforms.Grayscale()], p=0.3)",
        ),
    ],
)
def test_source_is_written_as_a_person_writes_it(name: str, values: dict[str, Any], source: str) -> None:
    assert TRANSFORMS.step(name, **values).source() == source


def test_grayscale_takes_and_writes_a_whole_number() -> None:
    step = TRANSFORMS.step("Grayscale", num_output_channels=3)
    assert step.to_dict() == {"name": "Grayscale", "num_output_channels": 3}
    assert step.build().num_output_channels == 3


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Resize", {"size": 0}),
        ("Resize", {"size": [1, 2, 3]}),
        ("RandomCrop", {"padding": [1, 2, 3]}),
        ("Normalize", {"std": [0.0]}),
        ("Normalize", {"mean": [1, 2]}),
        ("RandomHorizontalFlip", {"p": 1.5}),
        ("Grayscale", {"num_output_channels": 2}),
        ("ColorJitter", {"hue": 0.6}),
        ("ColorJitter", {"hue": -0.1}),
        ("ColorJitter", {"hue": [-0.6, 0.1]}),
        ("RandomRotation", {"degrees": -5}),
        ("RandomAffine", {"shear": [1, 2, 3]}),
        ("Pad", {"padding": -1}),
        ("ToPILImage", {"mode": "P"}),
        ("ScaleJitter", {"target_size": 224}),
        ("RandomErasing", {"value": "noise"}),
        ("Compose", {"transforms": "ToTensor"}),
        ("Compose", {"transforms": ["ToTensor"]}),
    ],
)
def test_values_out_of_range_are_named(name: str, values: dict[str, object]) -> None:
    with pytest.raises(ParameterError) as caught:
        TRANSFORMS.step(name, **values)
    assert next(iter(values)) in str(caught.value)
    assert "Allowed" in str(caught.value)


@pytest.mark.parametrize("operation", BATCHED)
def test_what_mixes_a_batch_is_built_and_written_the_same(operation: Operation) -> None:
    for alpha in (0.01, 1.0, 100.0):
        step = operation.step(alpha=alpha, num_classes=3)
        batch = torch.rand(4, 3, 8, 8), torch.tensor([0, 1, 2, 1])
        built, written = (each for each in (step.build(), eval(step.source(), NAMES)))
        torch.manual_seed(0)
        expected = built(*batch)
        torch.manual_seed(0)
        assert same(written(*batch), expected)
        assert BATCH_TRANSFORMS.step_from(step.to_dict()) == step
    assert operation.name not in TRANSFORMS


def test_the_comparison_sees_differences() -> None:
    assert same(v2.GaussianBlur(3), v2.GaussianBlur([3, 3]))
    assert not same(v2.GaussianBlur(3), v2.GaussianBlur(5))
    assert not same(v2.Resize(8), transforms.Resize(8))
    assert not same(transforms.Compose([v2.RGB()]), transforms.Compose([v2.Identity()]))
    assert not same(torch.zeros(2), torch.zeros(2, dtype=torch.uint8))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_stage_holds_what_torchvision_makes(operation: Operation) -> None:
    step = operation.step()
    for value in inputs().values():
        expected, stage = outcome(step.build(), value), Pipeline((step,)).stages(value, 5)[-1]
        if isinstance(expected, str):
            assert stage.value is None and stage.problem is not None
            continue
        assert same(stage.value, expected)
        first = pictures(expected)[0]
        assert stage.facts is not None
        assert stage.facts.count == len(pictures(expected))
        assert stage.facts.shape == (first.size[::-1] if isinstance(first, Image.Image) else first.shape)
        assert to_uint8(stage.value).ndim == 3
