"""Where a point of one stage is in the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tudui_gui.core.operations import Step

#: x and y from the top left corner in pixels of the exact value; the middle of the first pixel is (0.5, 0.5).
Point = tuple[float, float]


class Placed(Protocol):
    """What is needed of a stage: its step, what that drew, and height and width."""

    @property
    def step(self) -> Step | None: ...
    @property
    def drawn(self) -> Mapping[str, Any]: ...
    @property
    def skipped(self) -> bool: ...
    @property
    def size(self) -> tuple[int, int] | None: ...
