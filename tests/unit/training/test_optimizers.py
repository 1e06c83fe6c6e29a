"""The optimisers' defaults are PyTorch's, and what is built is what was asked for."""

from __future__ import annotations

import inspect

import pytest
import torch

from tudui_gui.core.operations import Operation
from tudui_gui.training.optimizers import OPTIMIZERS


@pytest.mark.parametrize("operation", OPTIMIZERS.values(), ids=lambda operation: operation.name)
def test_defaults_are_pytorchs(operation: Operation) -> None:
    signature = inspect.signature(operation.target)
    for parameter in operation.parameters:
        if parameter.name != "lr":
            assert parameter.default == signature.parameters[parameter.name].default


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_built_with_the_values(name: str) -> None:
    weight = torch.zeros(2, requires_grad=True)
    step = OPTIMIZERS.step(name, lr=0.25, weight_decay=0.125)
    optimizer = step.build([weight])
    assert type(optimizer) is getattr(torch.optim, name)
    assert optimizer.param_groups[0]["lr"] == 0.25
    assert optimizer.param_groups[0]["weight_decay"] == 0.125


def test_source_is_python() -> None:
    assert (
        OPTIMIZERS.step("SGD").source("model.parameters()") == "torch.optim.SGD(model.parameters(), lr=0.01)"
    )
    step = OPTIMIZERS.step("Adam", betas=[0.8, 0.9])
    weight = torch.zeros(1, requires_grad=True)
    built = eval(step.source("[weight]"), {"torch": torch, "weight": weight})
    assert tuple(built.param_groups[0]["betas"]) == (0.8, 0.9)
