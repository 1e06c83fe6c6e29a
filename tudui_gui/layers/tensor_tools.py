"""Tensor tools: ``flatten``, ``reshape``, ``view``, ``transpose``, and what they do to the memory.

Sources: the pages of PyTorch on ``torch.Tensor.view`` and on tensor views.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.parameters import Choice, Integer, IntegerOrPair, Parameter, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_LARGEST = 65_536
_METHODS: dict[str, Callable[..., Tensor]] = {
    "flatten": Tensor.flatten,
    "reshape": Tensor.reshape,
    "view": Tensor.view,
    "transpose": Tensor.transpose,
}
_OF = {"x": False, "x.transpose(-2, -1)": True}


@dataclass(frozen=True)
class Tool:
    """A call of a tensor's method: what ``TENSOR_TOOLS`` builds.

    Attributes
    ----------
    name : str
        Of the method.
    arguments : tuple
        By position.
    transposed : bool
        Called on ``x.transpose(-2, -1)``, which shares the memory of ``x`` but not its order.
    """

    name: str
    arguments: tuple[Any, ...]
    transposed: bool = False

    def __call__(self, x: Tensor) -> Tensor:
        """Raises whatever PyTorch raises."""
        given = x.transpose(-2, -1) if self.transposed else x
        return _METHODS[self.name](given, *self.arguments)


@dataclass(frozen=True)
class Memory:
    """How a tensor lies in memory.

    Attributes
    ----------
    shape, stride : tuple of int
        ``stride``: how many numbers further in memory the next place of a dimension is.
    order : tuple of int
        For each number of the result, read row by row, its place in the memory of the input.
        Empty if the result has a memory of its own.
    is_contiguous : bool
        Whether reading row by row goes straight through the memory.
    is_shared : bool
        Whether writing to the result changes the input.
    """

    shape: tuple[int, ...]
    stride: tuple[int, ...]
    order: tuple[int, ...]
    is_contiguous: bool
    is_shared: bool


def apply_tool(step: Step, x: Tensor) -> tuple[Tensor, Memory]:
    """What a step of :data:`TENSOR_TOOLS` makes of ``x``, and where its numbers lie.

    Raises
    ------
    ModelError
        With PyTorch's message as ``detail``, and the remedy.
    """
    tool: Tool = step.build()
    try:
        made = tool(x)
    except (RuntimeError, IndexError, TypeError) as cause:
        raise _refused(step, tool, x, cause) from cause
    is_shared = made.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    order = _places(made) if is_shared else ()
    return made, Memory(tuple(made.shape), made.stride(), order, made.is_contiguous(), is_shared)


def tool_source(step: Step, x: str = "x") -> str:
    """Python text of the call, such as ``"x.transpose(-2, -1).view(25)"``."""
    tool: Tool = step.build()
    given = f"{x}.transpose(-2, -1)" if tool.transposed else x
    return f"{given}.{tool.name}({', '.join(map(repr, tool.arguments))})"


def _places(made: Tensor) -> tuple[int, ...]:
    first = made.storage_offset()
    places = [int(first)]
    for size, stride in zip(made.shape, made.stride(), strict=True):
        places = [place + step * stride for place in places for step in range(size)]
    return tuple(places)


def _refused(step: Step, tool: Tool, x: Tensor, cause: Exception) -> ModelError:
    given = x.transpose(-2, -1) if tool.transposed and x.ndim > 1 else x
    fields = {"tool": tool.name, "shape": tuple(given.shape)}
    if tool.name == "view" and not given.is_contiguous() and _fits(tool, given):
        return ModelError(
            QT_TRANSLATE_NOOP(
                "errors",
                "view needs the numbers of {shape} in order in the memory; after transpose they are not.",
            ),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Use reshape, which copies where it must, or call contiguous() before view."
            ),
            detail=str(cause),
            **fields,
        )
    return ModelError(
        QT_TRANSLATE_NOOP("errors", "{tool} cannot be applied to a tensor of shape {shape}."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "The sizes must multiply to as many numbers as there are; dimensions must exist."
        ),
        detail=str(cause),
        **fields,
    )


def _fits(tool: Tool, given: Tensor) -> bool:
    try:
        given.contiguous().view(*tool.arguments)
    except (RuntimeError, TypeError):
        return False
    return True


@dataclass(frozen=True)
class _Maker:
    """Makes the tool of one method."""

    name: str

    def __call__(self, given: str, **arguments: Any) -> Tool:
        flat: list[Any] = []
        for value in arguments.values():
            flat.extend(value if isinstance(value, tuple) else (value,))
        return Tool(self.name, tuple(flat), _OF[given])


def _dimension(name: str, default: int, text: str) -> Integer:
    return Integer(name=name, default=default, minimum=-5, maximum=4, written=Written.BY_POSITION, help=text)


def _shape() -> IntegerOrPair:
    return IntegerOrPair(
        name="shape",
        default=-1,
        minimum=-1,
        maximum=_LARGEST,
        lengths=(1, 2, 3, 4),
        written=Written.BY_POSITION,
        help=QT_TRANSLATE_NOOP("catalog", "The new sizes; -1 is worked out from the others."),
    )


_GIVEN = Choice(
    name="given",
    default="x",
    choices=tuple(_OF),
    help=QT_TRANSLATE_NOOP(
        "catalog", "What it is called on: the input, or the input transposed, which is not in memory order."
    ),
)


def _tool(name: str, text: str, *parameters: Parameter) -> Operation:
    return Operation(
        name=name,
        target=_Maker(name),
        qualname=f"x.{name}",
        parameters=(_GIVEN, *parameters),
        help=text,
        tags=frozenset({"kind:tensor"}),
    )


#: ``Step.source`` is not Python here: :func:`tool_source` is.
TENSOR_TOOLS = Catalog(
    QT_TRANSLATE_NOOP("errors", "tensor tool"),
    (
        _tool(
            "flatten",
            QT_TRANSLATE_NOOP("catalog", "Put dimensions into one; copies only if the memory needs it."),
            _dimension("start_dim", 0, QT_TRANSLATE_NOOP("catalog", "First dimension.")),
            _dimension("end_dim", -1, QT_TRANSLATE_NOOP("catalog", "Last dimension; -1 is the very last.")),
        ),
        _tool(
            "reshape",
            QT_TRANSLATE_NOOP("catalog", "The same numbers in another shape; a copy where it has to be."),
            _shape(),
        ),
        _tool(
            "view",
            QT_TRANSLATE_NOOP("catalog", "The same memory in another shape; never a copy, so it can fail."),
            _shape(),
        ),
        _tool(
            "transpose",
            QT_TRANSLATE_NOOP("catalog", "Swap two dimensions: same memory, read in another order."),
            _dimension("dim0", -2, QT_TRANSLATE_NOOP("catalog", "One of the two dimensions.")),
            _dimension("dim1", -1, QT_TRANSLATE_NOOP("catalog", "The other one.")),
        ),
    ),
)
