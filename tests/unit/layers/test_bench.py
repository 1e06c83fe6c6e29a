"""The bench: torch's numbers, each spelled out to the number it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from tudui_gui.core.errors import ModelError
from tudui_gui.layers.bench import BENCH, Worked, work
from tudui_gui.layers.bench_presets import BENCH_PRESETS
from tudui_gui.layers.bench_run import tensors
from tudui_gui.layers.bench_state import BenchState, array_of, first_state, fitted, nested
from tudui_gui.layers.gradients import gradients

PRESETS = {preset.name: preset.state for preset in BENCH_PRESETS}
RANDOM = np.random.default_rng(0)


def state_of(name: str, given_shape: tuple[int, ...] = (), /, **values: Any) -> BenchState:
    first = first_state(BENCH.find(name))
    state = replace(first, step=first.step.with_values(**values), seed=3)
    if given_shape:
        state = replace(state, given=nested(RANDOM.normal(size=given_shape).round(2)))
    state = fitted(state)
    if state.kernel is not None:
        kernel = RANDOM.normal(size=array_of(state.kernel).shape).round(2)
        bias = None if state.bias is None else tuple(RANDOM.normal(size=len(state.bias)).round(2).tolist())
        state = replace(state, kernel=nested(kernel), bias=bias)
    return state


WIDE = (2, 4, 7, 6)
CASES: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name, operation in BENCH.items() if "target" not in " ".join(operation.tags)),
    ("Conv2d", {"in_channels": 4, "out_channels": 6, "groups": 2, "stride": [2, 1], "padding": [1, 2]}),
    ("Conv2d", {"in_channels": 2, "out_channels": 3, "dilation": 2, "padding": 3, "padding_mode": "reflect"}),
    ("Conv2d", {"padding": 2, "padding_mode": "circular", "bias": False, "kernel_size": [2, 3]}),
    ("Conv2d", {"padding": 1, "padding_mode": "replicate"}),
    ("Conv1d", {"in_channels": 2, "out_channels": 3, "padding": 2, "stride": 2, "dilation": 2}),
    ("Conv1d", {"padding": 1, "padding_mode": "reflect"}),
    ("Conv3d", {"out_channels": 2, "kernel_size": [2, 3, 3], "padding": 1}),
    ("Conv3d", {"out_channels": 2, "kernel_size": 2, "padding": 1, "padding_mode": "circular"}),
    ("ConvTranspose2d", {"in_channels": 4, "out_channels": 2, "groups": 2, "stride": 2, "padding": 1}),
    ("ConvTranspose2d", {"in_channels": 2, "stride": [3, 2], "output_padding": [2, 1], "dilation": 2}),
    ("MaxPool2d", {"kernel_size": [3, 2], "stride": 2, "padding": 1, "ceil_mode": True}),
    ("MaxPool2d", {"kernel_size": 2, "stride": 3, "dilation": 2}),
    ("AvgPool2d", {"padding": 1, "stride": 2, "ceil_mode": True}),
    ("AvgPool2d", {"padding": 1, "stride": 2, "ceil_mode": True, "count_include_pad": False}),
    ("AvgPool2d", {"divisor_override": 4}),
    ("AdaptiveAvgPool2d", {"output_size": [3, 4]}),
    ("AdaptiveMaxPool2d", {"output_size": [5, 2]}),
    ("FractionalMaxPool2d", {"output_size": [4, 3], "output_ratio": None, "kernel_size": [2, 3]}),
    ("FractionalMaxPool2d", {"output_ratio": 0.7}),
    ("MaxUnpool2d", {"stride": 3}),
    ("ReflectionPad2d", {"padding": [1, 2, 3, 0]}),
    ("ConstantPad2d", {"padding": 2, "value": 7.5}),
    ("GELU", {"approximate": "tanh"}),
    ("Softplus", {"beta": 3.0, "threshold": 2.0}),
    ("ELU", {"alpha": 2.5}),
    ("Softmax", {"dim": 1}),
    ("LogSoftmax", {"dim": 0}),
    ("BatchNorm2d", {"num_features": 4}),
    ("InstanceNorm2d", {"num_features": 4}),
    ("GroupNorm", {"num_groups": 2, "num_channels": 4}),
    ("LayerNorm", {"normalized_shape": [7, 6]}),
    ("LayerNorm", {"normalized_shape": 6}),
    ("Dropout2d", {"p": 0.3}),
    ("Flatten", {"start_dim": 2}),
    ("Unflatten", {"dim": 1, "unflattened_size": [2, 2]}),
    ("Upsample", {"mode": "bilinear"}),
    ("Upsample", {"mode": "bicubic", "align_corners": "true", "scale_factor": 1.5}),
    ("Upsample", {"scale_factor": None, "size": [5, 9], "mode": "bilinear", "align_corners": "false"}),
    ("PixelShuffle", {"upscale_factor": 2}),
    ("view", {"shape": [2, -1]}),
    ("reshape", {"shape": [-1], "given": "x.transpose(-2, -1)"}),
    ("transpose", {"dim0": 1, "dim1": 3}),
]


def wide_state(name: str, values: dict[str, Any]) -> BenchState:
    if name == "LayerNorm" and not values:
        values = {"normalized_shape": 6}
    if name == "Unflatten" and not values:
        values = {"dim": 3, "unflattened_size": [2, -1]}
    state = state_of(name, WIDE, **values)
    if name == "LPPool2d":
        return replace(state, given=nested(np.abs(array_of(state.given))))
    return state


def called_directly(state: BenchState) -> torch.Tensor:
    """The same operation by PyTorch alone, from its Python text."""
    given, target = tensors(state)
    torch.manual_seed(state.seed)
    layer = eval(state.step.source(), {"nn": nn})
    if state.kernel is not None:
        layer.weight.data = torch.tensor(state.kernel).reshape(layer.weight.shape)
        if state.bias is not None:
            layer.bias.data = torch.tensor(state.bias)
    if state.kind == "loss":
        return layer(given, target)
    if state.name == "MaxUnpool2d":
        size = {"kernel_size": state.step.values["kernel_size"], "stride": state.step.values["stride"]}
        pooled, places = functional.max_pool2d(given, **size, return_indices=True)
        return layer(pooled, places, output_size=given.shape)
    return layer(given)


@pytest.mark.parametrize(("name", "values"), CASES, ids=lambda value: str(value)[:40])
def test_every_number_is_torchs_and_its_terms_give_it(name: str, values: dict[str, Any]) -> None:
    state = wide_state(name, values)
    worked = work(state)
    if state.kind != "tensor":
        expected = called_directly(state).detach()
        assert worked.shape == tuple(expected.shape)
        assert np.array_equal(worked.output.reshape(expected.shape), expected.numpy())
    assert_spelled(worked)


def assert_spelled(worked: Worked) -> None:
    places = list(np.ndindex(*worked.output.shape))
    for at in RANDOM.choice(len(places), min(60, len(places)), replace=False):
        place = places[at]
        spelled = worked.spelled(place)
        assert spelled.value == pytest.approx(float(worked.output[place]), rel=2e-5, abs=2e-5)
        assert spelled.total.endswith(f"= {spelled.value + 0.0:.4g}")
        assert len(spelled.kernel_cells) in (0, len(spelled.cells))
        if spelled.winner is not None:
            assert worked.given[spelled.winner] == worked.output[place] and spelled.winner in spelled.cells


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("name", [name for name, each in BENCH.items() if "kind:loss" in each.tags])
def test_losses_of_several_images(name: str, reduction: str) -> None:
    state = state_of(name, reduction=reduction)
    rows = RANDOM.uniform(0.05, 0.95, (1, 1, 4, 3))
    given = np.log(rows) if name in ("KLDivLoss", "NLLLoss") else rows
    state = fitted(replace(state, given=nested(given), target=None))
    if state.target is not None and "target:classes" in state.step.operation.tags:
        state = replace(state, target=nested([0, 2, 1, 1]))
    worked = work(state)
    expected = called_directly(state).detach() if name != "KLDivLoss" or reduction != "mean" else None
    if expected is not None:
        assert np.array_equal(worked.output.reshape(expected.shape), expected.numpy())
    assert_spelled(worked)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("CrossEntropyLoss", {"label_smoothing": 0.2}),
        ("CrossEntropyLoss", {"ignore_index": 1}),
        ("SmoothL1Loss", {"beta": 0.25}),
        ("KLDivLoss", {"reduction": "batchmean"}),
        ("KLDivLoss", {"log_target": True, "reduction": "sum"}),
    ],
)
def test_settings_of_losses(name: str, values: dict[str, Any]) -> None:
    state = state_of(name, **values)
    rows = np.log(RANDOM.dirichlet(np.ones(4), 3)) if name == "KLDivLoss" else RANDOM.normal(size=(3, 4))
    state = fitted(replace(state, given=nested(rows), target=None))
    if "target:classes" in state.step.operation.tags:
        state = replace(state, target=nested([0, 1, 3]))
    worked = work(state)
    assert worked.output.item() == called_directly(state).item()
    assert_spelled(worked)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("conv", [[10, 12, 12], [18, 16, 16], [13, 9, 3]]),
        ("conv_stride", [[10, 12], [13, 3]]),
        ("pool_ceil", [[2, 3], [5, 1]]),
        ("pool_floor", [[2]]),
        ("relu", [[1, 0], [0, 3]]),
        ("linear", [[1 - 3 + 8 + 0.5, 2 + 3 - 10, 2 + 2 + 5 - 1]]),
    ],
)
def test_the_notes_numbers(name: str, expected: list[list[float]]) -> None:
    assert work(PRESETS[name]).output[0, 0].tolist() == expected


def test_the_notes_numbers_to_four_digits() -> None:
    padded = work(PRESETS["conv_padding"]).output[0, 0]
    assert padded.shape == (5, 5) and padded[0].tolist() == [1, 3, 4, 10, 8]
    sigmoid = work(PRESETS["sigmoid"]).output[0, 0]
    assert sigmoid.tolist() == torch.tensor([[1, -0.5], [-1, 3.0]]).sigmoid().tolist()
    losses = {
        name: round(work(PRESETS[name]).output.item(), 4) for name in ("l1", "l1_sum", "mse", "cross_entropy")
    }
    assert losses == {"l1": 0.6667, "l1_sum": 2.0, "mse": 1.3333, "cross_entropy": 1.1019}


@pytest.mark.parametrize(
    ("name", "values", "parameter"),
    [
        ("Conv2d", {"kernel_size": 7}, "kernel_size"),
        ("Conv2d", {"in_channels": 4, "out_channels": 3, "groups": 2}, "groups"),
        ("Conv2d", {"padding": 4, "padding_mode": "reflect", "kernel_size": 1, "given": (3, 3)}, "padding"),
        ("MaxPool2d", {"padding": 2}, "padding"),
        ("ReflectionPad2d", {"padding": 4, "given": (4, 4)}, "padding"),
        ("CircularPad2d", {"padding": 4, "given": (3, 3)}, "padding"),
        ("ConvTranspose2d", {"output_padding": 1}, "output_padding"),
        ("ConvTranspose2d", {"padding": 4, "kernel_size": 1}, "padding"),
        ("GroupNorm", {"num_groups": 2, "num_channels": 3}, "num_groups"),
        ("LayerNorm", {"normalized_shape": 4}, "normalized_shape"),
        ("PixelShuffle", {"upscale_factor": 3}, "upscale_factor"),
        ("Upsample", {"size": 3}, "size"),
        ("Upsample", {"align_corners": "true"}, "align_corners"),
        ("FractionalMaxPool2d", {"output_ratio": None}, "output_size"),
        ("BCELoss", {"given": "negative"}, "input"),
    ],
)
def test_impossible_settings_name_their_parameter(name: str, values: dict[str, Any], parameter: str) -> None:
    given = values.pop("given", None)
    state = state_of(name, **values)
    if given == "negative":
        state = replace(state, given=nested([[0.5, -0.1, 0.2]]))
    elif given is not None:
        state = fitted(replace(state, given=nested(np.ones(given))))
    with pytest.raises(ModelError) as caught:
        work(state)
    assert caught.value.fields["parameter"] == parameter and str(caught.value)
    with pytest.raises((RuntimeError, ValueError, AssertionError, TypeError)):
        called_directly(state)  # torch refuses it too


@pytest.mark.parametrize("name", [name for name, each in BENCH.items() if "kind:tensor" not in each.tags])
def test_whole_numbers_work_where_torch_lets_them_and_are_refused_in_its_words(name: str) -> None:
    values = {"reduction": "sum"} if name == "KLDivLoss" else {}  # torch warns of its default
    state = replace(state_of(name, **values), is_integer=True)
    if name == "BCELoss":
        state = replace(state, given=nested([[0, 1, 1]]))
    try:
        expected = called_directly(state)
    except (RuntimeError, ValueError) as said:
        with pytest.raises(ModelError) as caught:
            work(state)
        assert caught.value.detail == str(said) and "float32" in caught.value.remedy
        return
    assert np.array_equal(work(state).output.reshape(expected.shape), expected.detach().float().numpy())


@pytest.mark.parametrize("name", ["Conv2d", "Conv1d", "Conv3d", "ConvTranspose2d", "Linear"])
def test_kernels_follow_the_parameters_and_keep_their_cells(name: str) -> None:
    state = state_of(name)
    grown = fitted(replace(state, step=state.step.with_values(**_larger(name))))
    before, after = array_of(state.kernel or ()), array_of(grown.kernel or ())
    assert after.shape != before.shape
    kept = tuple(slice(0, min(a, b)) for a, b in zip(before.shape, after.shape, strict=True))
    assert np.array_equal(after[kept], before[kept])
    assert work(grown).output.size


def _larger(name: str) -> dict[str, Any]:
    return {"out_features": 4} if name == "Linear" else {"out_channels": 2, "kernel_size": 2}


@pytest.mark.parametrize(
    "name", ["Conv2d", "Linear", "ReLU", "CrossEntropyLoss", "MaxPool2d", "BatchNorm2d", "MSELoss"]
)
def test_gradients_are_those_of_autograd(name: str) -> None:
    state = state_of(name)
    found = gradients(state)
    given, target = tensors(state)
    given.requires_grad_()
    layer = eval(state.step.source(), {"nn": nn})
    if state.kernel is not None:
        layer.weight.data = torch.tensor(state.kernel).reshape(layer.weight.shape)
        layer.bias.data = torch.tensor(state.bias)
    output = layer(given, target) if state.kind == "loss" else layer(given)
    output.sum().backward()
    assert torch.equal(torch.from_numpy(found.given).reshape(given.shape), given.grad)
    assert found.result == output.sum().item()
    if state.kernel is not None:
        assert found.kernel is not None and found.bias is not None
        assert torch.equal(torch.from_numpy(found.kernel).reshape(layer.weight.shape), layer.weight.grad)
        assert torch.equal(torch.from_numpy(found.bias), layer.bias.grad)


def test_gradients_of_whole_numbers_are_refused() -> None:
    with pytest.raises(ModelError, match="float"):
        gradients(replace(state_of("ReLU"), is_integer=True))


def test_states_are_values() -> None:
    again = BenchState(
        **{name: getattr(PRESETS["conv"], name) for name in ("step", "given", "kernel", "bias")}
    )
    assert again == PRESETS["conv"] and hash(again) == hash(PRESETS["conv"])
    torch.manual_seed(5)
    before = torch.get_rng_state()
    work(state_of("Dropout"))
    assert torch.equal(before, torch.get_rng_state())
