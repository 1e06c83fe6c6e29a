"""How one number of an output is told: the cells it is made of, and its sum written out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tudui_gui.layers.bench_state import Array, BenchState

#: (image, channel, row, column); rows and columns of a border count from outside the matrix.
Place = tuple[int, int, int, int]
#: More numbers than this are told by how many they are.
_MOST_TERMS = 25


@dataclass(frozen=True)
class Spelled:
    """One number of the output.

    Attributes
    ----------
    value : float
        Computed from the terms that are written, in float64.
    total : str
        The last line; ends in ``"= "`` and the number.
    lines : tuple of str
        What comes before it: a line for each channel, or each step.
    cells : tuple of Place
        The places of the input it is made of, outside ones too.
    kernel_cells : tuple of Place
        The weights, as the kernel is shown.
    winner : Place or None
        The place a maximum was found at.
    is_partial : bool
        The window reaches beyond the border that is there (``ceil_mode``).
    """

    value: float
    total: str
    lines: tuple[str, ...] = ()
    cells: tuple[Place, ...] = ()
    kernel_cells: tuple[Place, ...] = ()
    winner: Place | None = None
    is_partial: bool = False


class Bench(Protocol):
    """What spelling needs to know: a worked :class:`BenchState`."""

    @property
    def state(self) -> BenchState:
        """What was worked."""
        ...

    @property
    def given(self) -> Array:
        """The input (N, C, H, W)."""
        ...

    @property
    def output(self) -> Array:
        """The result, four deep."""
        ...

    @property
    def extra(self) -> NDArray[np.int64]:
        """Whatever the operation has besides: indices of maxima, places moved from."""
        ...


def number(value: float) -> str:
    """At most four significant digits: ``"3"``, ``"-0.5"``, ``"0.7311"``."""
    return f"{value + 0.0:.4g}"


def bracketed(value: float) -> str:
    """As :func:`number`, a negative one in brackets."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text


def sum_of(terms: Iterable[str]) -> str:
    """Terms joined by plus signs; negative ones in brackets."""
    texts = [f"({term})" if term.startswith("-") else term for term in terms]
    return " + ".join(texts) or "0"


def sum_of_numbers(values: Sequence[float]) -> str:
    """The numbers added up, or only how many of them there are."""
    if len(values) > _MOST_TERMS:
        return f"Σ {len(values)}"
    return sum_of(map(number, values))


def products(pairs: Sequence[tuple[float, float]]) -> str:
    """``"1·2 + 3·(-1)"``."""
    return " + ".join(f"{bracketed(left)}·{bracketed(right)}" for left, right in pairs) or "0"
