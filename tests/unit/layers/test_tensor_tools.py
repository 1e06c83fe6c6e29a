"""Tensor tools: results and memory as torch has them, refusals with a remedy."""

from __future__ import annotations

import pickle

import pytest
import torch

from tudui_gui.core.errors import ModelError
from tudui_gui.layers.tensor_tools import TENSOR_TOOLS, apply_tool, tool_source

X = torch.arange(12.0).reshape(3, 4)
CASES = [
    ("flatten", {}),
    ("flatten", {"given": "x.transpose(-2, -1)"}),
    ("reshape", {"shape": [2, 6]}),
    ("reshape", {"shape": -1, "given": "x.transpose(-2, -1)"}),
    ("view", {"shape": [4, -1]}),
    ("transpose", {}),
    ("transpose", {"dim0": 0, "dim1": 1, "given": "x.transpose(-2, -1)"}),
]


@pytest.mark.parametrize(("name", "values"), CASES)
def test_the_result_is_that_of_the_text(name: str, values: dict[str, object]) -> None:
    step = TENSOR_TOOLS.step(name, **values)
    made, memory = apply_tool(step, X)
    again = eval(tool_source(step), {"x": X})
    assert torch.equal(made, again) and made.stride() == again.stride() == memory.stride
    assert memory.shape == tuple(again.shape) and memory.is_contiguous == again.is_contiguous()
    assert pickle.loads(pickle.dumps(step)) == step


@pytest.mark.parametrize(("name", "values"), CASES)
def test_shared_memory_is_shared_indeed(name: str, values: dict[str, object]) -> None:
    given = X.clone()
    made, memory = apply_tool(TENSOR_TOOLS.step(name, **values), given)
    if memory.is_shared:
        assert made.flatten().tolist() == [given.flatten()[place].item() for place in memory.order]
    made.zero_()
    assert (given.abs().sum() == 0) == memory.is_shared


def test_view_of_transposed_numbers_names_the_remedy() -> None:
    step = TENSOR_TOOLS.step("view", given="x.transpose(-2, -1)")
    with pytest.raises(ModelError) as caught:
        apply_tool(step, X)
    assert "reshape" in str(caught.value) and "contiguous()" in str(caught.value)
    with pytest.raises(RuntimeError) as said:
        X.transpose(-2, -1).view(-1)
    assert caught.value.detail == str(said.value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("view", {"shape": [5, 2]}),
        ("reshape", {"shape": [-1, -1]}),
        ("transpose", {"dim0": 3}),
        ("flatten", {"start_dim": 1, "end_dim": 0}),
    ],
)
def test_impossible_shapes_are_refused_with_torchs_words(name: str, values: dict[str, object]) -> None:
    with pytest.raises(ModelError) as caught:
        apply_tool(TENSOR_TOOLS.step(name, **values), X)
    assert name in str(caught.value) and "(3, 4)" in str(caught.value) and caught.value.detail
