"""Feature maps against torch called directly; models are left as they were."""

from __future__ import annotations

import math
import threading

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torchvision.models import resnet18

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.feature_maps import apply_layer, build_layer, capture, layer_names, map_statistics

BATCH = torch.rand(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.MaxPool2d(2)
        )
        self.drop = nn.Dropout()
        self.unused = nn.Linear(2, 2)
        self.head = nn.Linear(4 * 7 * 7, 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.drop(self.features(x).flatten(1)))


class Several(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.relu = nn.ReLU()
        self.register_module("nothing", None)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        values, _ = self.pool(x)
        return {"logits": self.relu(self.relu(values) - 0.5)}


def hooks(model: nn.Module) -> int:
    return sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in model.modules())


def test_layer_names_are_the_leaves_in_order() -> None:
    assert layer_names(Small()) == [
        ("features.0", "Conv2d"),
        ("features.1", "BatchNorm2d"),
        ("features.2", "ReLU"),
        ("features.3", "MaxPool2d"),
        ("drop", "Dropout"),
        ("unused", "Linear"),
        ("head", "Linear"),
    ]
    assert layer_names(nn.ReLU()) == [("", "ReLU")]


def test_captured_maps_are_torchs() -> None:
    model = Small()
    maps = capture(model, ["features.0", "features.1", "features.3", "features", "head", ""], BATCH)
    model.eval()
    with torch.no_grad():
        convolved = model.features[0](BATCH)
        assert torch.equal(maps["features.0"], convolved)
        assert torch.equal(maps["features.1"], model.features[1](convolved.clone()))
        assert torch.equal(maps["features"], model.features(BATCH))
        assert torch.equal(maps["features.3"], maps["features"])
        assert torch.equal(maps["head"], model(BATCH))
        assert torch.equal(maps[""], maps["head"])


def test_maps_before_a_layer_in_place_are_kept_as_they_were() -> None:
    maps = capture(Small(), ["features.1", "features.2"], BATCH)
    assert maps["features.1"].min() < 0 <= maps["features.2"].min()


def test_the_model_is_left_as_it_was() -> None:
    model = Small().train()
    model.features.eval()
    modes = [module.training for module in model.modules()]
    state = {name: value.clone() for name, value in model.state_dict().items()}
    maps = capture(model, [name for name, _ in layer_names(model)], BATCH)
    assert [module.training for module in model.modules()] == modes
    assert hooks(model) == 0
    assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())
    assert all(not each.requires_grad and each.device.type == "cpu" for each in maps.values())
    model(BATCH).sum().backward()


def test_layers_never_reached_are_absent() -> None:
    assert set(capture(Small(), ["unused", "drop"], BATCH)) == {"drop"}


def test_the_first_of_several_tensors_and_the_last_of_several_calls() -> None:
    model = Several()
    maps = capture(model, ["pool", "relu", ""], BATCH)
    pooled = nn.functional.max_pool2d(BATCH, 2)
    assert torch.equal(maps["pool"], pooled)
    assert torch.equal(maps["relu"], (pooled.relu() - 0.5).relu())
    assert torch.equal(maps[""], maps["relu"])


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(ModelError) as caught:
        capture(Small(), ["features.00"], BATCH)
    assert "features.0" in str(caught.value)


def test_a_batch_with_other_channels_names_the_layer() -> None:
    model = Small().train()
    with pytest.raises(ModelError) as caught:
        capture(model, ["head"], BATCH[:, :1])
    error = caught.value
    assert "Layer features.0 (Conv2d) expects 3 channels, but gets 1." in str(error)
    assert (error.fields["layer"], error.fields["expected"], error.fields["given"]) == ("features.0", 3, 1)
    with pytest.raises(RuntimeError) as plain:
        model(BATCH[:, :1])
    assert error.detail == str(plain.value)
    assert hooks(model) == 0 and all(module.training for module in model.modules())


def test_a_batch_of_another_size_names_the_linear_layer() -> None:
    with pytest.raises(ModelError) as caught:
        capture(Small(), [], torch.rand(1, 3, 20, 20))
    assert "Layer head (Linear) expects 196 numbers per image, but gets 324." in str(caught.value)


def test_an_image_too_small_names_the_layer_and_shape() -> None:
    with pytest.raises(ModelError) as caught:
        capture(Small(), [], torch.rand(1, 3, 3, 3))
    assert "features.3 (MaxPool2d)" in str(caught.value) and "(1, 4, 1, 1)" in str(caught.value)


def test_an_error_outside_every_layer() -> None:
    class Broken(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.ReLU()

        def forward(self, x: Tensor) -> Tensor:
            return self.inner(x).view(7, 7)

    with pytest.raises(ModelError) as caught:
        capture(Broken(), ["inner"], BATCH)
    assert "cannot process this input" in str(caught.value)
    assert "[7, 7]" in caught.value.detail


def test_cancelling_stops_and_cleans_up() -> None:
    model, token = Small(), CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        capture(model, ["features.0"], BATCH, cancel=token)
    assert hooks(model) == 0


def test_a_real_network() -> None:
    model = resnet18(weights=None).eval()
    names = [name for name, _ in layer_names(model)]
    assert len(names) == 52 and names[0] == "conv1" and names[-1] == "fc"
    image = torch.rand(1, 3, 64, 64)
    maps = capture(model, names, image)
    assert set(maps) == set(names)
    with torch.no_grad():
        assert torch.equal(maps["fc"], model(image))


LAYER_STEPS = [
    LAYERS.step("Conv2d", out_channels=5, padding=1),
    LAYERS.step("MaxPool2d", ceil_mode=True),
    LAYERS.step("MaxPool2d", return_indices=True),
    LAYERS.step("AvgPool2d", stride=1),
    LAYERS.step("AdaptiveAvgPool2d", output_size=(2, 3)),
    LAYERS.step("ReLU", inplace=True),
    LAYERS.step("Sigmoid"),
    LAYERS.step("Softmax"),
    LAYERS.step("Linear", in_features=16, out_features=3),
    LAYERS.step("Flatten"),
    LAYERS.step("BatchNorm2d"),
    LAYERS.step("Dropout", inplace=True),
]


@pytest.mark.parametrize("step", LAYER_STEPS, ids=lambda step: step.source())
@pytest.mark.parametrize("seed", [0, 7])
def test_a_fresh_layer_gives_what_torch_gives(step: object, seed: int) -> None:
    batch, state = BATCH.clone(), torch.get_rng_state()
    result = apply_layer(step, batch, seed)  # type: ignore[arg-type]
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(batch, BATCH)
    torch.manual_seed(seed)
    expected = eval(step.source(), {"nn": nn})(batch)  # type: ignore[attr-defined]
    assert torch.equal(result, expected[0] if isinstance(expected, tuple) else expected)
    assert not result.requires_grad


def test_built_layers_have_the_weights_of_their_seed() -> None:
    step = LAYERS.step("Conv2d")
    torch.manual_seed(3)
    expected = nn.Conv2d(3, 6, 3)
    layer = build_layer(step, 3)
    assert torch.equal(layer.weight, expected.weight) and torch.equal(layer.bias, expected.bias)
    assert not torch.equal(build_layer(step, 4).weight, expected.weight)


def test_layers_built_in_many_threads_have_their_own_weights() -> None:
    step = LAYERS.step("Linear", in_features=300, out_features=200)
    expected = [build_layer(step, seed).weight for seed in range(6)]
    built: dict[int, Tensor] = {}

    def work(seed: int) -> None:
        built[seed] = build_layer(step, seed).weight

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(torch.equal(built[seed], expected[seed]) for seed in range(6))


def test_values_that_do_not_go_together() -> None:
    with pytest.raises(ModelError) as caught:
        apply_layer(LAYERS.step("Conv2d", groups=2), BATCH)
    assert "Conv2d cannot be made" in str(caught.value) and "groups" in caught.value.detail


def test_a_single_layer_that_does_not_fit() -> None:
    with pytest.raises(ModelError) as caught:
        apply_layer(LAYERS.step("Conv2d", in_channels=1), BATCH)
    assert "Layer Conv2d (Conv2d) expects 1 channels, but gets 3." in str(caught.value)
    with pytest.raises(ModelError) as caught:
        apply_layer(LAYERS.step("BatchNorm2d", num_features=4), BATCH)
    assert "expects 4 channels, but gets 3" in str(caught.value)
    with pytest.raises(ModelError) as caught:
        apply_layer(LAYERS.step("MaxPool2d", kernel_size=20), BATCH)
    assert caught.value.fields["shape"] == (2, 3, 16, 16)


def test_statistics_are_torchs() -> None:
    maps = torch.randn(4, 9, 7) * torch.tensor([1.0, 10.0, 0.0, 1e-3]).reshape(4, 1, 1)
    known = map_statistics(maps)
    number = maps.double()
    assert np.array_equal(known.minimum, number.amin((1, 2)))
    assert np.array_equal(known.maximum, number.amax((1, 2)))
    assert np.allclose(known.mean, number.mean((1, 2)), rtol=1e-12, atol=1e-15)
    assert np.allclose(known.std, number.std((1, 2), unbiased=False), rtol=1e-12, atol=1e-15)
    assert not known.nan.any() and not known.inf.any()


def test_statistics_count_what_is_no_number_and_go_on_without_it() -> None:
    known = map_statistics(
        torch.tensor([[[1.0, math.nan, 3.0, math.inf]], [[math.nan, -math.inf, math.inf, math.nan]]])
    )
    assert known.nan.tolist() == [1, 2] and known.inf.tolist() == [1, 2]
    assert (known.minimum[0], known.maximum[0], known.mean[0], known.std[0]) == (1.0, 3.0, 2.0, 1.0)
    assert all(math.isnan(each[1]) for each in (known.minimum, known.maximum, known.mean, known.std))


def test_statistics_of_nothing() -> None:
    known = map_statistics(torch.zeros(2, 0, 3))
    assert np.isnan(known.mean).all() and known.nan.tolist() == [0, 0]
