"""Small matrices worked through a layer equal PyTorch, and the spelled sums add up."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from tudui_gui.core.errors import ModelError
from tudui_gui.layers.windows import SMALL_LAYERS, TUTORIAL_INPUT, TUTORIAL_KERNEL, work

GIVEN = np.array(TUTORIAL_INPUT, np.float32)
KERNEL = np.array(TUTORIAL_KERNEL, np.float32)


def worked(name: str, given: np.ndarray = GIVEN, kernel: np.ndarray = KERNEL, **values: Any):
    return work(SMALL_LAYERS.step(name, **values), given, kernel)


def test_tutorial_stride_1() -> None:
    result = worked("Conv2d")
    assert result.output.tolist() == [[10, 12, 12], [18, 16, 16], [13, 9, 3]]
    assert result.sizes is not None
    assert [size.size for size in result.sizes] == [3, 3]


def test_tutorial_stride_2() -> None:
    assert worked("Conv2d", stride=2).output.tolist() == [[10, 12], [13, 3]]


def test_tutorial_padding_1() -> None:
    assert worked("Conv2d", padding=1).output[0].tolist() == [1, 3, 4, 10, 8]


def test_tutorial_max_pooling_with_and_without_ceil_mode() -> None:
    assert worked("MaxPool2d", ceil_mode=True).output.tolist() == [[2, 3], [5, 1]]
    assert worked("MaxPool2d").output.tolist() == [[2]]


def test_a_sum_is_spelled_over_its_window() -> None:
    spelled = worked("Conv2d").spelled(1, 0)
    assert spelled.text == "0·1 + 1·2 + 2·1 + 1·0 + 2·1 + 1·0 + 5·2 + 2·1 + 3·0 = 18"
    assert spelled.cells == tuple((row, column) for row in (1, 2, 3) for column in (0, 1, 2))


def test_padding_is_part_of_the_window() -> None:
    spelled = worked("Conv2d", padding=1).spelled(0, 0)
    assert spelled.cells[0] == (-1, -1)
    assert spelled.text.startswith("0·1 + 0·2 + 0·1 + 0·0 + 1·1")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Conv2d", {"stride": (2, 1), "padding": 2, "dilation": 2}),
        ("MaxPool2d", {"kernel_size": 2, "ceil_mode": True}),
        ("MaxPool2d", {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}),
        ("AvgPool2d", {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}),
        ("AvgPool2d", {"kernel_size": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False}),
        ("AvgPool2d", {"kernel_size": (2, 3), "stride": 1}),
    ],
)
def test_every_spelled_number_equals_the_output(name: str, values: dict[str, Any]) -> None:
    rng = np.random.default_rng(0)
    given = rng.integers(-4, 9, (5, 6)).astype(np.float32)
    result = worked(name, given, **values)
    for row, column in np.ndindex(*result.output.shape):
        text = result.spelled(row, column).text
        left, right = text.rsplit(" = ", 1)
        assert float(right) == pytest.approx(float(result.output[row, column]), rel=1e-3, abs=1e-3)
        assert evaluated(left) == pytest.approx(float(result.output[row, column]), rel=1e-3, abs=1e-3)


def evaluated(text: str) -> float:
    assert re.fullmatch(r"(?:max)?[-\d.e+*/(), ·]+", text), text
    return float(eval(text.replace("·", "*") if "max" not in text else text.replace(")", ", )")))


def test_activations() -> None:
    given = np.array([[1, -0.5], [-1, 3]], np.float32)
    relu, sigmoid = worked("ReLU", given), worked("Sigmoid", given)
    assert relu.output.tolist() == [[1, 0], [0, 3]]
    assert np.array_equal(sigmoid.output, torch.sigmoid(torch.tensor(given)).numpy())
    assert relu.spelled(0, 1).text == "max(0, -0.5) = 0"
    assert sigmoid.spelled(0, 0).text == "1 / (1 + exp(-1)) = 0.7311"
    assert sigmoid.spelled(1, 0).text == "1 / (1 + exp(-(-1))) = 0.2689"


def test_equals_functional() -> None:
    given, kernel = torch.tensor(GIVEN), torch.tensor(KERNEL)
    expected = functional.conv2d(given[None, None], kernel[None, None], stride=2, padding=1)[0, 0]
    assert np.array_equal(worked("Conv2d", stride=2, padding=1).output, expected.numpy())


def test_a_window_that_does_not_fit_is_explained() -> None:
    with pytest.raises(ModelError, match="does not fit"):
        worked("Conv2d", dilation=3)


def test_what_pytorch_refuses_is_explained() -> None:
    with pytest.raises(ModelError, match="padding 2 is more than half of kernel_size 2"):
        worked("MaxPool2d", kernel_size=2, padding=2)


def test_a_kernel_of_another_size_is_refused() -> None:
    with pytest.raises(ModelError, match="kernel_size is"):
        worked("Conv2d", kernel_size=2)
