"""The catalogs say what torch's classes say of themselves."""

from __future__ import annotations

import inspect
import pickle

import pytest
import torch
from torch import nn

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Written
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.losses import LOSSES

#: Arguments that are no setting of a person: tensors, and what torch has deprecated or moved to the call.
LEFT_OUT = {"device", "dtype", "weight", "size_average", "reduce"}
OPERATIONS = [pytest.param(operation, id=name) for name, operation in {**LAYERS, **LOSSES}.items()]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_parameters_and_defaults_are_torchs(operation: Operation) -> None:
    assert operation.target is getattr(nn, operation.name)
    assert operation.qualname == f"nn.{operation.name}"
    signature = inspect.signature(operation.target).parameters
    positional = [p.name for p in signature.values() if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    assert [p.name for p in operation.parameters] == [name for name in positional if name not in LEFT_OUT]
    for parameter in operation.parameters:
        default = signature[parameter.name].default
        if default is inspect.Parameter.empty:
            assert parameter.written is Written.BY_POSITION
        elif parameter.written is Written.IF_CHANGED:
            assert parameter.build(parameter.default) == default
        else:
            assert (operation.name, parameter.name) == ("Softmax", "dim")  # torch warns without it


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_default_builds_and_its_source_builds_the_same(operation: Operation) -> None:
    step = operation.step()
    again = eval(step.source(), {"nn": nn})
    assert type(again) is operation.target
    assert repr(again) == repr(step.build())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_everything_is_explained_and_survives_toml_and_pickle(operation: Operation) -> None:
    assert operation.help.endswith(".")
    assert all(parameter.help.endswith(".") for parameter in operation.parameters)
    step = operation.step()
    catalog = LAYERS if operation.name in LAYERS else LOSSES
    assert catalog.step_from(step.to_dict()) == step
    assert pickle.loads(pickle.dumps(step)) == step


@pytest.mark.parametrize("name", list(LAYERS))
def test_tags_are_true(name: str) -> None:
    operation = LAYERS[name]
    layer = operation.step().build()
    assert ("weights" in operation.tags) == (next(layer.parameters(), None) is not None)
    assert ("window" in operation.tags) == any(p.name == "kernel_size" for p in operation.parameters)
    if "activation" in operation.tags:
        assert layer(torch.randn(2, 3, 4, 4)).shape == (2, 3, 4, 4)


@pytest.mark.parametrize("name", list(LOSSES))
def test_losses_train_a_classifier(name: str) -> None:
    torch.manual_seed(0)
    model = nn.Linear(5, 3)
    inputs, labels = torch.randn(30, 5), torch.randint(0, 3, (30,))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loss = LOSSES.step(name).build()
    history = []
    for _ in range(20):
        logits = model(inputs)
        value = loss(logits.log_softmax(1) if name == "NLLLoss" else logits, labels)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        history.append(value.item())
    assert history[-1] < history[0]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Conv2d", {"stride": 0}),
        ("Conv2d", {"padding": -1}),
        ("Conv2d", {"kernel_size": [3, 3, 3]}),
        ("Conv2d", {"padding_mode": "mirror"}),
        ("Dropout", {"p": 1.5}),
        ("Linear", {"in_features": 0}),
    ],
)
def test_values_out_of_range_are_named(name: str, values: dict[str, object]) -> None:
    with pytest.raises(ParameterError) as caught:
        LAYERS.step(name, **values)
    assert next(iter(values)) in str(caught.value)


def test_reduction_other_than_mean_is_refused() -> None:
    with pytest.raises(ParameterError):
        LOSSES.step("CrossEntropyLoss", reduction="sum")


def test_source_is_written_as_the_tutorial_writes_it() -> None:
    assert (
        LAYERS.step("Conv2d", out_channels=32, kernel_size=5, padding=2).source()
        == "nn.Conv2d(3, 32, 5, padding=2)"
    )
    assert LAYERS.step("MaxPool2d", ceil_mode=True).source() == "nn.MaxPool2d(3, ceil_mode=True)"
    assert LAYERS.step("Softmax").source() == "nn.Softmax(dim=1)"
    assert LOSSES.step("CrossEntropyLoss").source() == "nn.CrossEntropyLoss()"
