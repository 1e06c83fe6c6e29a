"""One pixel spelled out is the pixel that PyTorch computes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from tudui_gui.layers.pixel_sums import PixelSums, Window


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"padding": 1},
        {"stride": 2, "padding": (2, 1), "dilation": (1, 2)},
        {"bias": False},
        {"padding": 2, "padding_mode": "reflect"},
        {"padding": 1, "padding_mode": "replicate"},
        {"padding": 1, "padding_mode": "circular", "stride": (2, 3)},
    ],
)
def test_every_pixel_equals_torch(settings: dict) -> None:
    conv = nn.Conv2d(3, 4, 3, **settings)
    image = torch.rand(3, 9, 11)
    expected = conv(image[None])[0]
    sums = PixelSums(conv, image)
    for channel, y, x in [(0, 0, 0), (3, 1, 2), (2, expected.shape[1] - 1, expected.shape[2] - 1)]:
        assert sums.at(channel, y, x).value == pytest.approx(expected[channel, y, x].item(), abs=1e-5)


def test_groups_take_their_own_channels() -> None:
    conv = nn.Conv2d(4, 6, 3, groups=2)
    image = torch.rand(4, 5, 5)
    spelled = PixelSums(conv, image).at(5, 1, 2)
    assert spelled.channels == (2, 3)
    assert spelled.value == pytest.approx(conv(image[None])[0, 5, 1, 2].item(), abs=1e-5)


def test_parts_are_the_sums_per_input_channel() -> None:
    conv = nn.Conv2d(3, 2, 3)
    image = torch.rand(3, 5, 5)
    spelled = PixelSums(conv, image).at(1, 2, 0)
    for channel, part in zip(spelled.channels, spelled.parts, strict=True):
        expected = (image[channel, 2:5, 0:3] * conv.weight[1, channel]).sum().item()
        assert part == pytest.approx(expected, abs=1e-6)
    assert spelled.bias == pytest.approx(conv.bias[1].item())


def test_without_bias_there_is_none() -> None:
    assert PixelSums(nn.Conv2d(1, 1, 2, bias=False), torch.rand(1, 4, 4)).at(0, 0, 0).bias is None


def test_window_counts_from_the_image_not_from_its_border() -> None:
    conv = nn.Conv2d(1, 1, 3, stride=2, padding=1, dilation=2)
    assert PixelSums(conv, torch.rand(1, 9, 9)).window(1, 0) == Window(x=-1, y=1, width=5, height=5)
