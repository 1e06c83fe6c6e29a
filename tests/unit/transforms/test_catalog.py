"""The catalog says what torchvision's classes say of themselves."""

from __future__ import annotations

import inspect
import pickle

import pytest
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import InterpolationMode

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Written
from tudui_gui.transforms.catalog import PIL_INTERPOLATIONS, TRANSFORMS

OPERATIONS = [pytest.param(operation, id=name) for name, operation in TRANSFORMS.items()]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_parameters_and_defaults_are_torchvisions(operation: Operation) -> None:
    assert operation.target is getattr(transforms, operation.name)
    assert operation.qualname == f"transforms.{operation.name}"
    signature = inspect.signature(operation.target).parameters
    assert [parameter.name for parameter in operation.parameters] == list(signature)
    for parameter in operation.parameters:
        default = signature[parameter.name].default
        if default is inspect.Parameter.empty:
            assert parameter.written is Written.BY_POSITION
        else:
            assert parameter.build(parameter.default) == default
            assert parameter.written is Written.IF_CHANGED


@pytest.mark.parametrize("operation", OPERATIONS)
def test_everything_is_explained(operation: Operation) -> None:
    assert operation.help.endswith(".")
    assert all(parameter.help.endswith(".") for parameter in operation.parameters)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_default_builds_and_its_source_builds_the_same(operation: Operation) -> None:
    step = operation.step()
    again = eval(step.source(), {"transforms": transforms})
    assert as_tuples(again) == as_tuples(step.build())
    assert type(again) is operation.target


def as_tuples(transform: object) -> str:
    return repr(transform).replace("[", "(").replace("]", ")")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_steps_survive_toml_and_pickle(operation: Operation) -> None:
    step = operation.step()
    assert TRANSFORMS.step_from(step.to_dict()) == step
    assert pickle.loads(pickle.dumps(step)) == step
    assert hash(pickle.loads(pickle.dumps(step))) == hash(step)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_tags_are_true(operation: Operation) -> None:
    image, tensor = (
        Image.effect_mandelbrot((64, 64), (-3, -2.5, 2, 2.5), 9).convert("RGB"),
        torch.rand(3, 64, 64),
    )
    values = {"size": 32} if "size" in {p.name for p in operation.parameters} else {}
    transform = operation.step(**values).build()
    assert works(transform, image) == ("needs_tensor" not in operation.tags)
    assert works(transform, tensor) == ("needs_pil" not in operation.tags)
    assert ("random" in operation.tags) == (
        operation.name.startswith("Random") or operation.name == "ColorJitter"
    )
    if "makes_tensor" in operation.tags:
        assert isinstance(transform(image), torch.Tensor)


def works(transform: object, value: object) -> bool:
    try:
        transform(value)  # type: ignore[operator]
    except TypeError:
        return False
    return True


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


def test_source_is_written_as_the_tutorial_writes_it() -> None:
    assert TRANSFORMS.step("Resize", size=[32, 32]).source() == "transforms.Resize((32, 32))"
    assert TRANSFORMS.step("ToTensor").source() == "transforms.ToTensor()"
    normalize = TRANSFORMS.step("Normalize", mean=[0.5], std=[0.5])
    assert normalize.source() == "transforms.Normalize([0.5], [0.5])"
    bicubic = TRANSFORMS.step("Resize", size=8, interpolation="bicubic")
    assert bicubic.source() == "transforms.Resize(8, interpolation=transforms.InterpolationMode.BICUBIC)"
    assert (
        TRANSFORMS.step("Grayscale", num_output_channels=3).source()
        == "transforms.Grayscale(num_output_channels=3)"
    )


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
        ("Pad", {"padding": -1}),
    ],
)
def test_values_out_of_range_are_named(name: str, values: dict[str, object]) -> None:
    with pytest.raises(ParameterError) as caught:
        TRANSFORMS.step(name, **values)
    assert next(iter(values)) in str(caught.value)
    assert "Allowed" in str(caught.value)
