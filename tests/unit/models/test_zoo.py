"""The zoo's models are the ones they are called, and say clearly what they cannot take."""

from __future__ import annotations

import warnings

import pytest
import torch
import torchvision
from torch import nn

from tudui_gui.core.errors import ModelError
from tudui_gui.models.zoo import MODELS, LeNet, Tudui, build_model, check_fits, input_shape


def test_tudui_is_the_tutorials_network() -> None:
    torch.manual_seed(0)
    model = build_model(MODELS.step("tudui"), 10)
    torch.manual_seed(0)
    expected = nn.Sequential(
        nn.Conv2d(3, 32, 5, 1, 2),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 32, 5, 1, 2),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 5, 1, 2),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1024, 64),
        nn.Linear(64, 10),
    )
    assert isinstance(model, Tudui)
    assert str(model.model) == str(expected)
    assert sum(parameter.numel() for parameter in model.parameters()) == 145_578
    images = torch.rand(2, 3, 32, 32)
    assert torch.equal(model(images), expected(images))


def test_lenet_has_lenets_parameters() -> None:
    model = build_model(MODELS.step("lenet"), 10)
    assert isinstance(model, LeNet)
    # 3*6*25+6, 6*16*25+16, 400*120+120, 120*84+84, 84*10+10
    assert sum(parameter.numel() for parameter in model.parameters()) == 456 + 2416 + 48120 + 10164 + 850


@pytest.mark.parametrize("name", [name for name in MODELS if name not in ("tudui", "lenet", "vgg16")])
def test_torchvisions_models_are_torchvisions(name: str) -> None:
    arguments = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    with torch.device("meta"), warnings.catch_warnings():
        warnings.simplefilter("error")
        model = build_model(MODELS.step(name), 7)
        expected = getattr(torchvision.models, name)(weights=None, num_classes=7, **arguments)
    assert str(model) == str(expected)


@pytest.mark.parametrize("name", MODELS)
def test_output_for_the_natural_input(name: str) -> None:
    step = MODELS.step(name)
    with torch.device("meta"):
        model = build_model(step, 5).eval()
        assert model(torch.empty(2, *input_shape(step))).shape == (2, 5)


def test_dropout_is_passed_on() -> None:
    with torch.device("meta"):
        model = build_model(MODELS.step("alexnet", dropout=0.25), 3)
    assert {module.p for module in model.modules() if isinstance(module, nn.Dropout)} == {0.25}


def test_check_fits_gives_the_output_and_changes_nothing() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    model[1].eval()
    before = {key: value.clone() for key, value in model.state_dict().items()}
    state = torch.get_rng_state()
    assert check_fits(model, (3, 9, 9)) == (4,)
    assert model.training and not model[1].training
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())
    assert torch.equal(state, torch.get_rng_state())


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((3, 28, 28), ["Tudui", "[3, 32, 32]", "[3, 28, 28]", "Resize", "[32, 32]", "mat1"]),
        ((1, 32, 32), ["Tudui", "[3, 32, 32]", "[1, 32, 32]", "3 channels", "input"]),
    ],
)
def test_what_does_not_fit_is_explained(shape: tuple[int, ...], words: list[str]) -> None:
    step = MODELS.step("tudui")
    with pytest.raises(ModelError) as caught:
        check_fits(build_model(step, 10), shape, expected=input_shape(step))
    for word in words:
        assert word in str(caught.value)


def test_without_an_expected_shape_the_given_one_is_named() -> None:
    with pytest.raises(ModelError, match=r"\[3, 4, 4\]"):
        check_fits(LeNet(), (3, 4, 4))


def test_a_model_that_cannot_be_built_is_explained() -> None:
    with pytest.raises(ModelError, match="-1 classes"):
        build_model(MODELS.step("tudui"), -1)
