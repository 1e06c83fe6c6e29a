"""Vectors of images at a layer, against torch called directly."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torchvision.models import resnet18

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.layers.features import features, last_linear

BATCH = torch.rand(3, 3, 32, 32, generator=torch.Generator().manual_seed(0))


class Odd(nn.Module):
    """Sequences, a scalar, and a Linear that nothing reaches."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = nn.Flatten(2)
        self.fold = nn.Flatten(0)
        self.unused = nn.Linear(2, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.fold(self.tokens(x))


@pytest.fixture
def network() -> nn.Module:
    torch.manual_seed(0)
    return resnet18(num_classes=5).train()


def hooks(model: nn.Module) -> int:
    return sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in model.modules())


def test_what_the_last_linear_is_given(network: nn.Module) -> None:
    assert last_linear(network) == "fc"
    found = features(network, BATCH)
    assert network.training and all(module.training for module in network.modules())
    assert hooks(network) == 0 and not found.requires_grad
    body = nn.Sequential(*list(network.children())[:-1]).eval()
    with torch.inference_mode():
        expected = body(BATCH).flatten(1)
    assert found.shape == (3, 512)
    torch.testing.assert_close(found, expected, rtol=0, atol=0)


def test_maps_are_averaged(network: nn.Module) -> None:
    found = features(network, BATCH, "layer2")
    network.eval()
    with torch.inference_mode():
        maps = network.layer2(
            network.layer1(network.maxpool(network.relu(network.bn1(network.conv1(BATCH)))))
        )
    torch.testing.assert_close(found, maps.mean(dim=(2, 3)), rtol=0, atol=0)


def test_sequences_are_averaged_over_their_length() -> None:
    torch.testing.assert_close(features(Odd(), BATCH, "tokens"), BATCH.flatten(2).mean(dim=1))


@pytest.mark.parametrize("layer", [None, "fold", "unused", "nothing"])
def test_layers_without_a_row_for_each_image(layer: str | None) -> None:
    model = Odd()
    with pytest.raises(ModelError) as caught:
        features(model, BATCH, layer)
    assert (layer or "unused") in str(caught.value)
    assert hooks(model) == 0


def test_a_model_without_linear() -> None:
    assert last_linear(nn.Conv2d(3, 4, 3)) is None
    with pytest.raises(ModelError, match="no Linear"):
        features(nn.Conv2d(3, 4, 3), BATCH)


def test_cancelled_within_the_model(network: nn.Module) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        features(network, BATCH, cancel=token)
    assert hooks(network) == 0
