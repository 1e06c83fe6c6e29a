"""The operation on the bench run by PyTorch itself."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.bench_state import BenchState, array_of, nested
from tudui_gui.layers.feature_maps import built, first_tensor, seeded
from tudui_gui.layers.fitting import explained_misfit
from tudui_gui.layers.tensor_tools import Memory, apply_tool

_MOVES = frozenset({"pad", "shape"})


def _no_places() -> NDArray[np.int64]:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Ran:
    """What PyTorch gave.

    Attributes
    ----------
    output : Tensor
        Detached, of torch's own shape.
    extra : ndarray of int64
        Of the output's shape: places of maxima (in their plane), places moved from (from 1; 0: filled), 1
        where Dropout keeps a value. Empty otherwise.
    memory : Memory or None
        Of a tensor tool.
    """

    output: Tensor
    extra: NDArray[np.int64] = field(default_factory=_no_places)
    memory: Memory | None = None


def tensors(state: BenchState) -> tuple[Tensor, Tensor | None]:
    """Input and target as the operation takes them; see :class:`BenchState`."""
    given = torch.from_numpy(array_of(state.given))
    target = None if state.target is None else torch.from_numpy(array_of(state.target))
    if state.is_integer:
        given = given.long()
    if state.kind == "loss":
        given = given.reshape(-1, given.shape[3])
        is_class = "target:classes" in state.step.operation.tags
        if target is not None:
            target = target.reshape(-1).long() if is_class else target.reshape(given.shape)
    elif state.name == "Conv1d":
        given = given.squeeze(2)
    elif state.name == "Conv3d":
        given = given.unsqueeze(1)
    elif state.kind == "tensor" and given.shape[:2] == (1, 1):
        given = given[0, 0]
    return given, target


def build(state: BenchState) -> nn.Module:
    """The layer or loss with the bench's kernel and bias. Raises ``ModelError``."""
    layer = built(state.step)
    if state.kernel is not None:
        weight = torch.from_numpy(array_of(state.kernel))
        shape = layer.weight.shape
        layer.weight = nn.Parameter(weight.reshape(shape))  # type: ignore[arg-type]
        if state.bias is not None and layer.bias is not None:
            layer.bias = nn.Parameter(torch.tensor(state.bias))
    return layer


def run(state: BenchState) -> Ran:
    """Any thread. Raises ``ModelError`` with PyTorch's words."""
    try:
        return _ran(state)
    except ModelError as error:
        if state.is_integer and state.kind != "tensor":
            raise _no_integers(state, error) from error
        raise


def _no_integers(state: BenchState, error: ModelError) -> ModelError:
    return ModelError(
        QT_TRANSLATE_NOOP("errors", "{operation} does not work on whole numbers (torch.long)."),
        remedy=QT_TRANSLATE_NOOP("errors", "Make the input float32: torch.tensor(..., dtype=torch.float32)."),
        detail=error.detail or str(error),
        parameter="input",
        operation=state.name,
    )


def _ran(state: BenchState) -> Ran:
    if state.kind == "tensor":
        made, memory = apply_tool(state.step, tensors(state)[0])
        return Ran(made.clone(), _moved(state, made.shape), memory)
    output = _run(state)
    return Ran(output, _extra(state, output))


def _run(state: BenchState, given: Tensor | None = None) -> Tensor:
    own, target = tensors(state)
    inputs = own if given is None else given
    with seeded(state.seed), torch.no_grad():
        layer = build(state)
        with explained_misfit(layer):
            made = call(state, layer, inputs.clone(), target)
    output = first_tensor(made)
    if output is None:
        raise TypeError(f"{state.name} gives no tensor")
    return output


def call(state: BenchState, layer: nn.Module, given: Tensor, target: Tensor | None) -> Any:
    """What the layer gives; MaxUnpool2d gets the maxima of the input and their places."""
    if state.kind == "loss":
        with warnings.catch_warnings():
            # KLDivLoss warns of its own default; what "mean" divides by is on the screen.
            warnings.simplefilter("ignore", UserWarning)
            return layer(given, target)
    if state.name == "MaxUnpool2d":
        pooled, places = _pooled(state, given)
        return layer(pooled, places, output_size=given.shape)
    return layer(given)


def _pooled(state: BenchState, given: Tensor) -> tuple[Tensor, Tensor]:
    values = state.step.values
    pooled, places = functional.max_pool2d(
        given, values["kernel_size"], values["stride"], values["padding"], return_indices=True
    )
    return pooled, places


def _extra(state: BenchState, output: Tensor) -> NDArray[np.int64]:
    if state.kind in _MOVES and not _mixes(state):
        return _moved(state, output.shape)
    if state.kind == "dropout":
        kept: NDArray[np.int64] = (_run(state, torch.ones_like(tensors(state)[0])) != 0).long().numpy()
        return kept
    if state.name == "MaxUnpool2d":
        given = tensors(state)[0]
        _, places = _pooled(state, given)
        unpooled = np.zeros(output.shape, np.int64)
        flat, own = unpooled.reshape(*output.shape[:2], -1), places.flatten(2).numpy()
        size = given.shape[2] * given.shape[3]
        for image, channel in np.ndindex(*output.shape[:2]):
            first = (image * output.shape[1] + channel) * size
            flat[image, channel, own[image, channel]] = own[image, channel] + first + 1
        return unpooled
    return _winners(state)


def _winners(state: BenchState) -> NDArray[np.int64]:
    if state.name not in ("MaxPool2d", "AdaptiveMaxPool2d", "FractionalMaxPool2d"):
        return _no_places()
    with seeded(state.seed), torch.no_grad():
        _, places = built(state.step.with_values(return_indices=True))(tensors(state)[0])
    winners: NDArray[np.int64] = places.numpy()
    return winners


def _mixes(state: BenchState) -> bool:
    return state.name == "Upsample" and state.step.values["mode"] != "nearest"


def _moved(state: BenchState, shape: torch.Size) -> NDArray[np.int64]:
    """The same operation applied to the numbers of the places."""
    given = array_of(state.given)
    places = np.arange(1, given.size + 1, dtype=np.float32).reshape(given.shape)
    values = {"value": 0.0} if "value" in state.step.values else {}
    counted = BenchState(state.step.with_values(**values), nested(places), seed=state.seed)
    numbers = apply_tool(counted.step, tensors(counted)[0])[0] if state.kind == "tensor" else _run(counted)
    moved: NDArray[np.int64] = numbers.reshape(shape).round().long().numpy()
    return moved


def upsampled_units(state: BenchState, size: int, axis: int) -> NDArray[np.float64]:
    """Shares of an Upsample along one edge: (places of the output, places of the input)."""
    units = torch.eye(size)[:, None]
    other = state.given[0][0]
    across = len(other[0]) if axis == 0 else len(other)
    picture = units[..., None].expand(size, 1, size, across)
    if axis == 1:
        picture = picture.transpose(2, 3)
    made = state.step.build()(picture.contiguous())
    rows = made[:, 0, :, 0] if axis == 0 else made[:, 0, 0, :]
    shares: NDArray[np.float64] = rows.T.double().numpy()
    return shares
