"""What lies on the bench: an operation and the small tensors that go into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Parameter
from tudui_gui.layers.bench_catalog import LONGEST_EDGE, kind

Array = NDArray[np.float32]
#: Nested tuples of numbers, four deep: (N, C, H, W).
Nested = tuple[tuple[tuple[tuple[float, ...], ...], ...], ...]

#: Of the tutorial's page on convolution.
TUTORIAL_INPUT = ((1, 2, 0, 3, 1), (0, 1, 2, 3, 1), (1, 2, 1, 0, 0), (5, 2, 3, 1, 1), (2, 1, 0, 1, 1))
TUTORIAL_KERNEL = ((1, 2, 1), (0, 1, 0), (2, 1, 0))

_CONVOLUTIONS = frozenset({"Conv1d", "Conv2d", "Conv3d"})
_CHANNEL_COUNTS = ("in_channels", "num_features", "num_channels")
#: Begin with numbers of their own.
_OWN_NUMBERS = frozenset({"PixelShuffle", "Unflatten", "BCELoss", "KLDivLoss", "NLLLoss", "LayerNorm"})
_MOST_TARGETS = 100


@dataclass(frozen=True)
class BenchState:
    """Everything that decides the result. Immutable, comparable, hashable.

    Attributes
    ----------
    step : Step
        Of ``BENCH``.
    given : nested tuples, (N, C, H, W)
        Up to 12x12. Conv1d takes rows (H is 1), Conv3d takes the channels as depth, a loss takes the rows of
        all images as images and the columns as classes.
    kernel : nested tuples or None
        The weights, four deep: (out, in, height, width); of ConvTranspose2d (in, out, height, width), of
        Conv1d (out, in, 1, length), of Conv3d (out, depth, height, width), of Linear (1, 1, out, in).
    bias : tuple of float, or None
        One for each output channel.
    target : nested tuples or None
        Of a loss: (1, 1, rows, columns), or class indices (1, 1, 1, rows).
    is_integer : bool
        The input is ``torch.long``.
    seed : int
        Of what is random: ``torch.manual_seed(seed)`` before the layer is made.
    """

    step: Step
    given: Nested
    kernel: Nested | None = None
    bias: tuple[float, ...] | None = None
    target: Nested | None = None
    is_integer: bool = False
    seed: int = 0

    @property
    def name(self) -> str:
        """The operation's name."""
        return self.step.name

    @property
    def kind(self) -> str:
        """The operation's group."""
        return kind(self.step.operation)


def nested(values: Any) -> Nested:
    """An array of at most four dimensions as nested tuples four deep; float32 numbers."""
    array = np.asarray(values, np.float32)
    array = array.reshape((1,) * (4 - array.ndim) + array.shape)
    return tuple(
        tuple(tuple(tuple(map(float, row)) for row in plane) for plane in planes) for planes in array
    )


def array_of(values: Nested) -> Array:
    """Nested tuples as an array (N, C, H, W)."""
    return np.array(values, np.float32)


def first_state(operation: Operation) -> BenchState:
    """The operation at its defaults, with the tutorial's numbers."""
    given = TUTORIAL_INPUT
    state = BenchState(operation.step(), nested(given))
    if operation.name == "PixelShuffle":
        state = replace(state, given=nested(np.arange(36).reshape(1, 4, 3, 3)))
    elif state.kind == "loss":
        state = replace(state, given=nested(_first_outputs(operation)))
    elif operation.name == "Conv3d":
        state = replace(
            state, given=nested(np.stack([np.roll(TUTORIAL_INPUT, turn, 1) for turn in range(3)]))
        )
    return fitted(state)


def carried_over(state: BenchState, operation: Operation) -> BenchState:
    """``operation`` with the tensors and parameters of ``state`` where they mean the same, else its first."""
    first = first_state(operation)
    if _group(first) != _group(state):
        return replace(first, seed=state.seed)
    values = {
        parameter.name: state.step.values[parameter.name]
        for parameter in operation.parameters
        if parameter.name in state.step.values and _allows(parameter, state.step.values[parameter.name])
    }
    return fitted(replace(state, step=operation.step(**values)))


def _group(state: BenchState) -> frozenset[str]:
    own = {state.name} if state.name in _OWN_NUMBERS else set()
    return frozenset(own | {tag for tag in state.step.operation.tags if ":" in tag})


def _allows(parameter: Parameter, value: Any) -> bool:
    try:
        parameter.check(value, parameter.name)
    except TuduiError:
        return False
    return True


def _first_outputs(operation: Operation) -> Any:
    if operation.name == "BCELoss":
        return [[0.2, 0.9, 0.5]]
    if operation.name in ("KLDivLoss", "NLLLoss"):
        return np.log([[0.2, 0.3, 0.5]])
    return [[0.1, 0.2, 0.3]] if "target:classes" in operation.tags else [[1.0, 2.0, 3.0]]


def fitted(state: BenchState) -> BenchState:
    """``state`` with tensors that fit its parameters: cells are kept where they were, new ones are filled.

    The input gets the channels that the layer wants; kernel, bias and target get their shapes.
    """
    given = _fitted_given(state)
    fits = replace(state, given=nested(given))
    shape = kernel_shape(fits)
    kernel = None if shape is None else nested(_resized(state.kernel, shape, _first_kernel(shape)))
    bias = None
    if shape is not None and state.step.values.get("bias", False):
        count = _output_channels(fits)
        bias = (*(state.bias or ())[:count], *(0.0,) * (count - len(state.bias or ())))
    target = _fitted_target(fits, given)
    return replace(fits, kernel=kernel, bias=bias, target=target)


def with_given_shape(state: BenchState, shape: tuple[int, int, int, int]) -> BenchState:
    """``state`` with an input of ``shape`` (N, C, H, W); parameters that name a size of it follow."""
    values, changes = state.step.values, {}
    if state.name != "Conv3d":
        changes = {
            name: shape[1] for name in ("in_channels", "num_features", "num_channels") if name in values
        }
    if state.name == "Linear":
        changes["in_features"] = shape[3]
    if state.name == "LayerNorm" and not isinstance(values["normalized_shape"], tuple):
        changes["normalized_shape"] = shape[3]
    given = _resized(state.given, shape, array_of(state.given))
    return fitted(replace(state, step=state.step.with_values(**changes), given=nested(given)))


def kernel_shape(state: BenchState) -> tuple[int, int, int, int] | None:
    """Shape of the weights as they are shown; None for an operation without."""
    values = state.step.values
    if state.name == "Linear":
        return 1, 1, values["out_features"], values["in_features"]
    if state.kind != "conv":
        return None
    size = [_along(values["kernel_size"], axis) for axis in range(_dimensions(state))]
    groups = values["groups"]
    if state.name == "ConvTranspose2d":
        return values["in_channels"], max(1, values["out_channels"] // groups), size[0], size[1]
    if state.name == "Conv3d":
        return values["out_channels"], size[0], size[1], size[2]
    inner = max(1, values["in_channels"] // groups)
    return (values["out_channels"], inner, *((1, *size) if len(size) == 1 else size))


def _dimensions(state: BenchState) -> int:
    return {"Conv1d": 1, "Conv3d": 3}.get(state.name, 2)


def _output_channels(state: BenchState) -> int:
    values = state.step.values
    return int(values["out_features"] if state.name == "Linear" else values["out_channels"])


def _along(value: Any, axis: int) -> int:
    return int(value[axis] if isinstance(value, tuple) and len(value) > 1 else _single(value))


def _single(value: Any) -> int:
    return int(value[0] if isinstance(value, tuple) else value)


def _fitted_given(state: BenchState) -> Array:
    given, values = array_of(state.given), state.step.values
    shape = list(given.shape)
    if state.name in _CONVOLUTIONS - {"Conv3d"} or state.name == "ConvTranspose2d":
        shape[1] = values["in_channels"]
    for name in ("num_features", "num_channels"):
        if name in values:
            shape[1] = values[name]
    if state.name == "Conv1d":
        shape[2] = 1
    if state.name == "Linear":
        shape[3] = min(LONGEST_EDGE, values["in_features"])
    return _resized(state.given, tuple(shape), given)


def _first_kernel(shape: tuple[int, ...]) -> Array:
    """The tutorial's kernel in each plane; small whole numbers where it does not reach."""
    known = np.array(TUTORIAL_KERNEL, np.float32)
    filled = (np.arange(prod(shape), dtype=np.float32) % 3 - 1).reshape(shape)
    rows, columns = min(3, shape[2]), min(3, shape[3])
    if shape[2:] == (3, 3):
        filled[..., :rows, :columns] = known
    return filled


def _resized(values: Nested | None, shape: tuple[int, ...], first: Array) -> Array:
    """``values`` cut or continued to ``shape``; new cells come from ``first``, repeated."""
    before = array_of(values) if values is not None else first
    if before.shape == shape:
        return before
    source = before if values is not None else first
    index = np.ix_(*(np.arange(size) % have for size, have in zip(shape, source.shape, strict=True)))
    made: Array = source[index].copy()
    kept = tuple(slice(0, min(size, have)) for size, have in zip(shape, before.shape, strict=True))
    made[kept] = before[kept]
    return made


def _fitted_target(state: BenchState, given: Array) -> Nested | None:
    if state.kind != "loss":
        return None
    rows, columns = prod(given.shape[:3]), given.shape[3]
    if "target:classes" in state.step.operation.tags:
        first = np.full((1, 1, 1, rows), min(1, columns - 1), np.float32)
        kept = _resized(state.target, (1, 1, 1, rows), first)
        return nested(np.where(kept < columns, kept.round(), columns - 1).clip(-_MOST_TARGETS, columns - 1))
    shape = (1, 1, rows, columns)
    if state.target is not None:
        return nested(_resized(state.target, shape, np.zeros(shape, np.float32)))
    return nested(_first_target(state, shape))


def _first_target(state: BenchState, shape: tuple[int, int, int, int]) -> Array:
    if "target:shares" not in state.step.operation.tags:
        return np.resize(np.array([1, 2, 5], np.float32), shape)
    if state.name == "KLDivLoss":
        return np.full(shape, 1.0 / shape[3], np.float32)
    return (np.arange(prod(shape)) % 2).reshape(shape).astype(np.float32)
