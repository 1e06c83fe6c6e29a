"""Summaries, against numbers computed by hand."""

from __future__ import annotations

import pytest
import torch
import torchvision
from torch import nn

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.models.summary import summarize
from tudui_gui.models.zoo import Tudui

# name, type, output shape, parameters, multiply-adds
TUDUI = [
    ("", "Tudui", (1, 10), 145_578, 2_457_600 + 6_553_600 + 3_276_800 + 65_536 + 640),
    ("model", "Sequential", (1, 10), 145_578, 2_457_600 + 6_553_600 + 3_276_800 + 65_536 + 640),
    ("model.0", "Conv2d", (1, 32, 32, 32), 3 * 32 * 25 + 32, 32 * 32 * 32 * 75),
    ("model.1", "MaxPool2d", (1, 32, 16, 16), 0, 0),
    ("model.2", "Conv2d", (1, 32, 16, 16), 32 * 32 * 25 + 32, 32 * 16 * 16 * 800),
    ("model.3", "MaxPool2d", (1, 32, 8, 8), 0, 0),
    ("model.4", "Conv2d", (1, 64, 8, 8), 32 * 64 * 25 + 64, 64 * 8 * 8 * 800),
    ("model.5", "MaxPool2d", (1, 64, 4, 4), 0, 0),
    ("model.6", "Flatten", (1, 1024), 0, 0),
    ("model.7", "Linear", (1, 64), 1024 * 64 + 64, 1024 * 64),
    ("model.8", "Linear", (1, 10), 64 * 10 + 10, 64 * 10),
]


def test_tudui() -> None:
    summary = summarize(Tudui(), (3, 32, 32))
    rows = [(r.name, r.type, r.output_shape, r.parameters, r.multiply_adds) for r in summary.rows]
    assert rows == TUDUI
    assert [row.depth for row in summary.rows] == [0, 1] + [2] * 9
    assert (summary.parameters, summary.trainable) == (145_578, 145_578)
    assert summary.multiply_adds == TUDUI[0][4]
    assert summary.rows[2].settings == "3, 32, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2)"


def test_resnet18_has_the_published_numbers() -> None:
    summary = summarize(torchvision.models.resnet18(), (3, 224, 224))
    assert summary.parameters == 11_689_512
    assert round(summary.multiply_adds / 1e9, 2) == 1.81


def test_groups_frozen_weights_and_transposed_convolution() -> None:
    model = nn.Sequential(nn.Conv2d(4, 8, 3, groups=4), nn.ConvTranspose2d(8, 2, 2, stride=2))
    model[0].requires_grad_(False)
    summary = summarize(model, (4, 6, 6))
    assert summary.rows[1].multiply_adds == 8 * 4 * 4 * 9
    assert summary.rows[2].multiply_adds == 8 * 4 * 4 * (2 * 4)
    assert summary.rows[2].output_shape == (1, 2, 8, 8)
    assert summary.trainable == summary.parameters - (8 * 9 + 8)


def test_a_shared_layer_is_counted_once_and_works_twice() -> None:
    layer = nn.Linear(5, 5)
    summary = summarize(nn.Sequential(nn.Flatten(), layer, layer), (1, 1, 5))
    assert summary.parameters == 30
    assert summary.multiply_adds == 50


def test_a_module_that_is_not_called_has_no_shape() -> None:
    class Idle(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.unused = nn.Linear(2, 2)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    assert summarize(Idle(), (1, 2, 2)).rows[1].output_shape is None


def test_nothing_is_changed() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Dropout(0.5))
    model[2].eval()
    before = {key: value.clone() for key, value in model.state_dict().items()}
    state = torch.get_rng_state()
    summarize(model, (3, 8, 8))
    assert model.training and model[1].training and not model[2].training
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())
    assert torch.equal(state, torch.get_rng_state())
    assert not any(module._forward_hooks for module in model.modules())
    assert all(parameter.grad is None for parameter in model.parameters())


def test_hooks_and_modes_are_restored_after_failing() -> None:
    model = Tudui()
    with pytest.raises(ModelError, match=r"\[3, 28, 28\]"):
        summarize(model, (3, 28, 28))
    assert model.training
    assert not any(module._forward_hooks for module in model.modules())


def test_it_can_be_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    model = Tudui()
    with pytest.raises(Cancelled):
        summarize(model, (3, 32, 32), cancel=token)
    assert not any(module._forward_hooks for module in model.modules())
