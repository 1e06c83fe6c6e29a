"""The catalogs say what torch's classes say of themselves."""

from __future__ import annotations

import inspect
import pickle

import pytest
import torch
from torch import nn

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Flag, IntegerOrPair, Parameter, Real, Written
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.loss_catalog import LOSS_CATALOG
from tudui_gui.layers.losses import LOSSES

#: Arguments that are no setting of a person: tensors, and what torch has deprecated or moved to the call.
LEFT_OUT = {
    "device",
    "dtype",
    "weight",
    "pos_weight",
    "size_average",
    "reduce",
    "_random_samples",
    "recompute_scale_factor",
}
#: What torch leaves to None but cannot do without, or warns about.
ALWAYS_WRITTEN = {
    ("Softmax", "dim"),
    ("LogSoftmax", "dim"),
    ("Upsample", "scale_factor"),
    ("FractionalMaxPool2d", "output_ratio"),
}
CATALOGS = {"layer": LAYERS, "training": LOSSES, "by hand": LOSS_CATALOG}
OPERATIONS = [
    pytest.param(operation, id=f"{kind}-{name}")
    for kind, catalog in CATALOGS.items()
    for name, operation in catalog.items()
]


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
            assert (operation.name, parameter.name) in ALWAYS_WRITTEN


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
    catalog = next(each for each in CATALOGS.values() if operation in each.values())
    assert catalog.step_from(step.to_dict()) == step
    assert pickle.loads(pickle.dumps(step)) == step


def ends(parameter: Parameter) -> list[object]:
    """Values at the ends of a parameter's range that do not ask for gigabytes."""
    if isinstance(parameter, Choice):
        return list(parameter.choices)
    if isinstance(parameter, Flag):
        return [False, True]
    low, high = parameter.minimum, parameter.maximum  # type: ignore[attr-defined]
    largest = high if isinstance(parameter, Real) or high is None else min(high, 64)
    values: list[object] = [low, largest]
    if isinstance(parameter, IntegerOrPair):
        values += [[max(1, low)] * length for length in parameter.lengths]
    return values + ([None] if parameter.optional else [])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_source_builds_the_same_at_the_ends_of_each_range(operation: Operation) -> None:
    compared = 0
    for parameter in operation.parameters:
        for value in ends(parameter):
            step = operation.step(**{parameter.name: value})
            try:
                made = step.build()
            except (ValueError, TypeError) as refusal:  # torch refuses: then it refuses the text as well
                with pytest.raises(type(refusal)):
                    eval(step.source(), {"nn": nn})
                continue
            assert repr(eval(step.source(), {"nn": nn})) == repr(made)
            compared += 1
    assert compared >= len(operation.parameters)


@pytest.mark.parametrize("name", list(LAYERS))
def test_tags_are_true(name: str) -> None:
    operation = LAYERS[name]
    layer = operation.step().build()
    assert ("weights" in operation.tags) == (next(layer.parameters(), None) is not None)
    assert ("window" in operation.tags) == any(p.name == "kernel_size" for p in operation.parameters)
    assert sum(tag.startswith("kind:") for tag in operation.tags) == 1
    if "activation" in operation.tags:
        assert layer(torch.randn(2, 3, 4, 4)).shape == (2, 3, 4, 4)


@pytest.mark.parametrize("name", list(LAYERS))
def test_random_layers_are_tagged(name: str) -> None:
    operation = LAYERS[name]
    if operation.tags & {"needs_indices", "dimensions:1", "dimensions:3"} or name in (
        "Linear",
        "PixelShuffle",
    ):
        return
    layer, batch = operation.step().build(), torch.rand(2, 3, 32, 32)
    torch.manual_seed(0)
    before = torch.get_rng_state()
    layer(batch)
    assert torch.equal(before, torch.get_rng_state()) == ("random" not in operation.tags)


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
