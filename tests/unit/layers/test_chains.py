"""Layers, chains and modules of models, run as PyTorch runs them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Step
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.chains import (
    Passed,
    active,
    chain_activity,
    layer_name,
    run_chain,
    run_inside,
    run_layer,
    shape_after,
    shown_place,
    suited,
)
from tudui_gui.layers.subjects import Chain, KernelEdit, OneLayer, frozen

BATCH = torch.rand(2, 3, 20, 24, generator=torch.Generator().manual_seed(0))
#: Layers whose input is not the batch itself; tested below.
OTHER_INPUT = {"Conv1d", "Conv3d", "MaxUnpool2d"}
#: PixelShuffle needs channels that a picture does not have.
VALUES: dict[str, dict[str, Any]] = {"PixelShuffle": {"upscale_factor": 1}}


def made(name: str, **values: Any) -> Step:
    return suited(LAYERS.step(name, **values), BATCH.shape)


def once(name: str, **values: Any) -> Passed:
    return run_layer(OneLayer(made(name, **values), 3), BATCH)


@pytest.mark.parametrize("name", [name for name in LAYERS if name not in OTHER_INPUT])
def test_each_layer_is_what_pytorch_makes_of_the_batch(name: str) -> None:
    step = made(name, **VALUES.get(name, {}))
    passed = run_layer(OneLayer(step, 3), BATCH)
    torch.manual_seed(3)
    layer = step.build()
    with torch.no_grad():
        expected = layer(BATCH.clone())
    assert passed.shape == expected.shape
    assert torch.equal(passed.output.reshape(expected.shape), expected)
    assert passed.given is not None and torch.equal(passed.given, BATCH)
    assert not passed.notes


def test_a_sequence_is_a_row_of_the_picture() -> None:
    passed = once("Conv1d", out_channels=4, kernel_size=5)
    torch.manual_seed(3)
    layer = nn.Conv1d(3, 4, 5)
    for image in (0, 1):
        for row in (0, 7, 19):
            expected = layer(BATCH[image : image + 1, :, row]).detach()[0]
            assert torch.allclose(passed.output[image, :, row], expected, atol=1e-6)
    assert passed.shape == (40, 4, 20)
    assert "each row of the pictures is one here, [40, 3, 24]" in str(passed.notes[0])


def test_the_channels_are_the_depth_of_a_volume() -> None:
    passed = once("Conv3d", out_channels=2, kernel_size=(2, 3, 3))
    torch.manual_seed(3)
    expected = nn.Conv3d(1, 2, (2, 3, 3))(BATCH[:, None]).detach()
    assert passed.shape == tuple(expected.shape) == (2, 2, 2, 18, 22)
    assert torch.equal(passed.output, expected.flatten(1, 2))
    assert "the channels are the depth here" in str(passed.notes[0])


def test_what_takes_indices_is_given_those_of_a_pool() -> None:
    passed = once("MaxUnpool2d", kernel_size=2)
    pooled, places = nn.MaxPool2d(2, return_indices=True)(BATCH)
    assert torch.equal(passed.output, nn.MaxUnpool2d(2)(pooled, places))
    assert passed.given is not None and torch.equal(passed.given, pooled)
    assert "MaxPool2d with the same window" in str(passed.notes[0])


def test_a_layer_that_works_in_place_leaves_its_input() -> None:
    before = BATCH.clone()
    passed = run_layer(OneLayer(LAYERS.step("Hardsigmoid", inplace=True), 0), BATCH)
    assert torch.equal(BATCH, before)
    assert passed.given is not None and torch.equal(passed.given, before)
    assert torch.equal(passed.output, nn.Hardsigmoid()(before))


def test_several_outputs_are_told_of() -> None:
    passed = once("MaxPool2d", return_indices=True)
    assert torch.equal(passed.output, nn.MaxPool2d(3)(BATCH))
    assert [str(note) for note in passed.notes] == ["The layer gives 2 tensors; the first is shown."]


def test_a_layer_far_too_large_is_refused() -> None:
    with pytest.raises(ModelError, match="Conv2d would need"):
        once("Conv2d", out_channels=65536, padding=10)


CHAIN = Chain(
    (
        LAYERS.step("Conv2d", out_channels=4),
        LAYERS.step("BatchNorm2d", num_features=4),
        LAYERS.step("Dropout"),
        LAYERS.step("MaxPool2d", kernel_size=2),
    ),
    seed=5,
)


def off(step: Step) -> Step:
    return Step(step.operation, step.values, enabled=False)


def sequential() -> nn.Sequential:
    torch.manual_seed(5)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Dropout(), nn.MaxPool2d(2))


@pytest.mark.parametrize("place", ["", "0", "1", "2", "3"])
def test_a_chain_is_a_sequential_in_training_mode(place: str) -> None:
    passed = run_chain(Chain(CHAIN.steps, 5, place), BATCH)
    model = sequential()
    last = int(place) if place else 3
    with torch.no_grad():
        outputs = [BATCH]
        for layer in model:
            outputs.append(layer(outputs[-1]))
    assert torch.equal(passed.output, outputs[last + 1])
    assert passed.given is not None and torch.equal(passed.given, outputs[last])
    assert passed.module.training
    assert type(passed.module) is type(model[last])


def test_layers_switched_off_are_left_out() -> None:
    steps = (CHAIN.steps[0], off(CHAIN.steps[1]), CHAIN.steps[3])
    chain = Chain(steps, 5, "1")
    assert active(chain) == [0, 2]
    assert (layer_name(chain, "1"), shown_place(chain)) == ("0", "0")
    torch.manual_seed(5)
    conv = nn.Conv2d(3, 4, 3)
    assert torch.equal(run_chain(chain, BATCH).output, conv(BATCH).detach())
    whole = run_chain(Chain(steps, 5), BATCH).output
    assert torch.equal(whole, nn.MaxPool2d(2)(conv(BATCH)).detach())


def test_an_edited_kernel_changes_what_comes_after_it() -> None:
    kernel = frozen(np.ones((3, 3, 3)))
    steps = (off(LAYERS.step("ReLU")), CHAIN.steps[0], CHAIN.steps[3])
    passed = run_chain(Chain(steps, 5, "", (KernelEdit("1", 2, kernel),)), BATCH)
    torch.manual_seed(5)
    conv = nn.Conv2d(3, 4, 3)
    with torch.no_grad():
        conv.weight[2] = 1.0
        assert torch.equal(passed.output, nn.MaxPool2d(2)(conv(BATCH)))


def test_every_layer_of_a_chain_as_numbers() -> None:
    told = chain_activity(CHAIN, BATCH)
    assert [layer.type for layer in told] == ["Conv2d", "BatchNorm2d", "Dropout", "MaxPool2d"]
    last = run_chain(CHAIN, BATCH).output
    assert told[-1].shape == tuple(last.shape)
    assert told[-1].mean == pytest.approx(last.mean().item(), abs=1e-6)
    assert told[2].zeros == pytest.approx(0.5, abs=0.05)  # Dropout is at work


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((), "no layer that is switched on"),
        ((off(LAYERS.step("ReLU")),), "no layer that is switched on"),
        ((LAYERS.step("ReLU"), LAYERS.step("MaxUnpool2d")), "Layer 1 (MaxUnpool2d) needs the indices"),
        (
            (LAYERS.step("MaxPool2d", return_indices=True), LAYERS.step("ReLU")),
            "Layer 0 (MaxPool2d) gives two tensors",
        ),
        ((LAYERS.step("Conv2d"), LAYERS.step("Conv2d")), "Layer 1 (Conv2d) expects 3 channels, but gets 6"),
        ((LAYERS.step("Conv2d", groups=2),), "Conv2d cannot be made with these values"),
        ((LAYERS.step("ConvTranspose2d", out_channels=65536),), "ConvTranspose2d would need"),
    ],
)
def test_a_chain_that_cannot_run_says_which_layer(steps: tuple[Step, ...], message: str) -> None:
    with pytest.raises(ModelError) as caught:
        run_chain(Chain(steps, 0), BATCH)
    assert message in str(caught.value)


def test_new_layers_fit_what_comes_in() -> None:
    assert shape_after(CHAIN, BATCH.shape) == (2, 4, 9, 11)
    assert suited(LAYERS.step("Conv2d"), (2, 4, 9, 11)).values["in_channels"] == 4
    assert suited(LAYERS.step("Linear"), (2, 99)).values["in_features"] == 99
    assert suited(LAYERS.step("GroupNorm"), (2, 4, 9, 11)).values["num_groups"] == 1
    assert suited(LAYERS.step("Conv3d"), BATCH.shape) == LAYERS.step("Conv3d")
    assert shape_after(Chain((LAYERS.step("Conv2d", in_channels=7),), 0), BATCH.shape) is None


class Net(nn.Module):
    """A branch that is never taken, several outputs, a layer that works in place."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(inplace=True))
        self.unused = nn.Conv2d(4, 4, 1)

    def forward(self, given: Tensor) -> dict[str, Tensor]:
        found = self.body(given)
        return OrderedDict(maps=found, half=found / 2)


def test_a_module_of_a_model_is_found_by_hooks_that_are_removed() -> None:
    torch.manual_seed(0)
    net = Net().train()
    with torch.no_grad():
        conv = net.body[0](BATCH)
    inside = run_inside(net, "body.1", BATCH)
    assert inside.given is not None and torch.equal(inside.given, conv)  # before it was worked on in place
    assert torch.equal(inside.output, conv.relu())
    assert torch.equal(run_inside(net, "body", BATCH).output, conv.relu())
    whole = run_inside(net, "", BATCH)
    assert torch.equal(whole.output, conv.relu())
    assert "gives 2 tensors" in str(whole.notes[0])
    assert net.training
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in net.modules())


def test_what_cannot_be_shown_of_a_model_is_told() -> None:
    net = Net()
    for name, message in (
        ("unused", "The layer unused is not used when the model runs."),
        ("body.7", "The model has no layer named 'body.7'."),
    ):
        with pytest.raises(ModelError) as caught:
            run_inside(net, name, BATCH)
        assert message in str(caught.value)
    with pytest.raises(ModelError, match="expects 3 channels, but gets 1"):
        run_inside(net, "body.0", BATCH[:, :1])
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        run_inside(net, "body.0", BATCH, cancel=token)
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in net.modules())


class TwoInputs(nn.Module):
    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        return left + right


class NoTensor(nn.Module):
    def forward(self, given: Tensor) -> list[str]:
        return ["nothing"]


def test_models_with_several_inputs_or_without_a_tensor_are_told_of() -> None:
    with pytest.raises(ModelError, match="takes 2 inputs at once: left, right"):
        run_inside(TwoInputs(), "", BATCH)
    with pytest.raises(ModelError, match="gives no tensor that could be shown"):
        run_inside(NoTensor(), "", BATCH)
