"""Looking into models: activity of all layers, receptive fields, well-known kernels, numbers explained."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import ndimage
from torch import Tensor, nn
from torchvision import models

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.layers.activity import activity
from tudui_gui.layers.explaining import Explainer
from tudui_gui.layers.feature_maps import capture
from tudui_gui.layers.kernels import FILTERS, kernel_of
from tudui_gui.layers.pixel_sums import Window
from tudui_gui.layers.receptive import ReceptiveFields


class Branching(nn.Module):
    """Two ways that meet, a layer that runs twice, one that never runs."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)
        self.wide = nn.Conv2d(4, 4, 5, padding=2)
        self.pool = nn.MaxPool2d(2)
        self.unused = nn.Linear(3, 3)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.first(x))
        return self.pool(self.relu(self.wide(x)) + x)


class TwoInputs(nn.Module):
    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        return left + right


@pytest.fixture
def model() -> nn.Module:
    torch.manual_seed(0)
    return Branching()


def test_activity_tells_what_each_layer_gives(model: nn.Module) -> None:
    batch = torch.randn(2, 3, 8, 8)
    told = activity(model, batch)
    assert [each.name for each in told] == ["first", "wide", "relu", "pool", "unused"]
    maps = capture(model, ["first", "wide", "relu", "pool"], batch)
    for each in told[:-1]:
        values = maps[each.name]
        assert each.shape == tuple(values.shape) and each.channels == 4
        assert (each.minimum, each.maximum) == (values.min().item(), values.max().item())
        assert each.mean == pytest.approx(values.mean().item(), abs=1e-6)
        assert each.std == pytest.approx(values.std(unbiased=False).item(), rel=1e-5)
        assert each.zeros == (values == 0).float().mean().item()
        assert each.seconds > 0
    assert told[-1].shape is None and told[-1].parameters == 12
    assert model.training and not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())


def test_activity_counts_what_is_not_finite_and_what_is_dead(model: nn.Module) -> None:
    with torch.no_grad():
        model.first.weight[0].zero_()
        model.first.bias[0] = -1.0
    batch = torch.ones(1, 3, 6, 6)
    batch[0, 0, 0, 0] = float("nan")
    batch[0, 0, 5, 5] = float("inf")
    first = activity(model, batch)[0]
    values = capture(model, ["first"], batch)["first"]
    assert first.nan == int(values.isnan().sum()) > 0 and first.inf == int(values.isinf().sum()) > 0
    finite = values[values.isfinite()]
    assert (first.minimum, first.maximum) == (finite.min().item(), finite.max().item())
    dead = {each.name: each for each in activity(model, torch.ones(1, 3, 6, 6))}["relu"].dead
    assert dead == int((capture(model, ["relu"], torch.ones(1, 3, 6, 6))["relu"].amax((0, 2, 3)) == 0).sum())


def test_activity_can_be_cancelled_and_refuses_what_it_cannot_call(model: nn.Module) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        activity(model, torch.ones(1, 3, 8, 8), cancel=token)
    with pytest.raises(ModelError, match="2 inputs at once: left, right"):
        activity(TwoInputs(), torch.ones(1, 3, 8, 8))
    with pytest.raises(ModelError, match="first"):
        activity(model, torch.ones(1, 1, 8, 8))
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())


@pytest.mark.parametrize(
    ("layer", "at", "expected"),
    [
        ("first", (4, 4), Window(3, 3, 3, 3)),
        ("wide", (8, 8), Window(5, 5, 7, 7)),
        ("pool", (4, 4), Window(5, 5, 8, 8)),
        ("pool", (0, 0), Window(0, 0, 5, 5)),
    ],
)
def test_receptive_fields_follow_the_arithmetic(
    model: nn.Module, layer: str, at: tuple[int, int], expected: Window
) -> None:
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    assert ReceptiveFields(model, layer, (3, 16, 16)).at(*at) == expected
    assert all(torch.equal(value, weights[name]) for name, value in model.state_dict().items())


def test_a_pixel_changes_with_every_place_of_its_receptive_field_and_no_other(model: nn.Module) -> None:
    model.eval()
    given = torch.randn(1, 3, 16, 16)
    window = ReceptiveFields(model, "wide", (3, 16, 16)).at(3, 9)
    assert window is not None
    before = capture(model, ["wide"], given)["wide"][0, :, 3, 9]
    for y, x in np.ndindex(16, 16):
        changed = given.clone()
        changed[0, :, y, x] += 10.0
        after = capture(model, ["wide"], changed)["wide"][0, :, 3, 9]
        inside = window.y <= y < window.y + window.height and window.x <= x < window.x + window.width
        assert inside or torch.equal(before, after)


def test_receptive_fields_of_residual_networks() -> None:
    network = models.resnet18(weights=None)
    assert ReceptiveFields(network, "conv1", (3, 64, 64)).at(10, 10) == Window(17, 17, 7, 7)
    # 1x1 convolutions of the shortcuts see less than the way beside them: the union counts.
    assert ReceptiveFields(network, "layer1", (3, 64, 64)).at(8, 8) == Window(11, 11, 43, 43)
    assert ReceptiveFields(network, "fc", (3, 64, 64)).at(0, 0) == Window(0, 0, 64, 64)
    assert ReceptiveFields(Branching(), "unused", (3, 8, 8)).at(0, 0) is None


@pytest.mark.parametrize("size", [3, 5])
def test_kernels_are_the_well_known_ones(size: int) -> None:
    picture = torch.rand(1, 1, 20, 20)
    plane = picture[0, 0].double().numpy()

    def convolved(name: str) -> np.ndarray:
        weight = torch.from_numpy(kernel_of(name, 1, size, size))[None]
        return nn.functional.conv2d(picture, weight)[0, 0].numpy()

    edge = size // 2
    inner = (slice(edge, -edge), slice(edge, -edge))
    assert np.allclose(convolved("identity"), plane[inner], atol=1e-6)
    assert np.allclose(convolved("box"), ndimage.uniform_filter(plane, size)[inner], atol=1e-6)
    laplace = ndimage.laplace(plane)[inner]
    assert np.allclose(convolved("laplace"), laplace, atol=1e-5)
    assert np.allclose(convolved("sharpen"), plane[inner] - laplace, atol=1e-5)
    assert convolved("gaussian").mean() == pytest.approx(plane[inner].mean(), abs=0.05)
    if size == 3:
        assert np.allclose(convolved("sobel_x"), ndimage.sobel(plane, 1)[inner], atol=1e-5)
        assert np.allclose(convolved("sobel_y"), ndimage.sobel(plane, 0)[inner], atol=1e-5)
    for name in FILTERS:
        assert kernel_of(name, 3, size, size).shape == (3, size, size)
        total = kernel_of(name, 3, size, size).sum()
        assert total == pytest.approx(0 if name in ("sobel_x", "sobel_y", "laplace") else 1, abs=1e-5)


def test_kernels_that_do_not_fit_say_so() -> None:
    assert kernel_of("identity", 3, 1, 1).sum() == pytest.approx(1.0)
    with pytest.raises(ModelError) as caught:
        kernel_of("sobel_x", 3, 2, 3)
    assert caught.value.fields["parameter"] == "kernel_size" and "3 x 3" in str(caught.value)


LAYERS = [
    nn.Conv2d(3, 4, 3, stride=2, padding=1),
    nn.Conv2d(4, 4, 3, groups=2, dilation=2, bias=False),
    nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),
    nn.MaxPool2d(2, dilation=2),
    nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True),
    nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.LeakyReLU(0.2),
    nn.PReLU(4),
    nn.ELU(),
    nn.SELU(),
    nn.GELU(),
    nn.SiLU(),
    nn.Mish(),
    nn.Sigmoid(),
    nn.Hardsigmoid(),
    nn.Tanh(),
    nn.Softplus(2.0),
    nn.Softsign(),
    nn.ReLU6(),
]


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_parts_add_up_to_the_shown_value(layer: nn.Module) -> None:
    layer.eval()
    channels = getattr(layer, "in_channels", 4)
    random = np.random.default_rng(1)
    given = torch.from_numpy(random.normal(size=(channels, 11, 9)).astype(np.float32))
    if isinstance(layer, nn.BatchNorm2d):
        layer.running_mean.uniform_()
        layer.running_var.uniform_(0.5, 2.0)
    with torch.no_grad():
        output = layer(given[None])[0]
    explainer = Explainer(layer, given)
    assert explainer.can_explain
    for _ in range(40):
        at = tuple(int(random.integers(0, size)) for size in output.shape)
        told = explainer.at(*at)
        assert told is not None
        assert told.value == pytest.approx(output[at].item(), rel=1e-4, abs=1e-5)
        if told.parts:
            assert sum(part for _, part in told.parts) == pytest.approx(told.value, rel=1e-6, abs=1e-9)
        else:
            assert told.text.endswith(f"= {told.value + 0.0:.4g}")
        if told.winner is not None:
            assert given[at[0], told.winner[0], told.winner[1]] == output[at]


def test_a_batch_norm_that_uses_its_batch_is_not_explained() -> None:
    layer, given = nn.BatchNorm2d(2), torch.randn(2, 5, 5)
    assert Explainer(layer, given).at(0, 1, 1) is None
    layer.eval()
    told = Explainer(layer, given).at(0, 1, 1)
    assert told is not None and told.value == pytest.approx(layer(given[None])[0, 0, 1, 1].item(), abs=1e-5)


def test_a_linear_layer_names_its_largest_terms() -> None:
    layer, given = nn.Linear(50, 6), torch.randn(50)
    explainer, output = Explainer(layer, given), layer(given)
    for place in range(6):
        told = explainer.at(0, 0, place)
        assert told is not None and told.value == pytest.approx(output[place].item(), rel=1e-4, abs=1e-6)
        assert len(told.parts) == 10 and told.parts[-1][0] == "bias" and told.parts[-2][0] == "…"
        largest = int((layer.weight[place] * given).abs().argmax())
        assert told.parts[0][0] == f"x[{largest}]"
    assert not Explainer(nn.Flatten(), given).can_explain
    assert Explainer(nn.Flatten(), given).at(0, 0, 0) is None
