"""Random draws of a preview: reproducible, told truthfully, and without a trace in PyTorch's generator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

from tudui_gui.core.operations import Step
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.transforms.recording import note


class Draws:
    """A random state of its own that goes on from step to step.

    It is put into PyTorch's global CPU generator, from which torchvision's transforms draw, only while a
    random step runs; other threads' draws are neither seen nor disturbed.

    Parameters
    ----------
    seed : int or None
        As for ``torch.manual_seed``; ``None`` starts from the system's randomness.
    """

    def __init__(self, seed: int | None) -> None:
        generator = torch.Generator()
        if seed is None:
            generator.seed()
        else:
            generator.manual_seed(seed)
        self._state: Tensor = generator.get_state()

    @property
    def state(self) -> Tensor:
        """The state that the next random step begins with; setting it goes on from there."""
        return self._state

    @state.setter
    def state(self, state: Tensor) -> None:
        self._state = state

    @contextmanager
    def borrowed(self) -> Iterator[Tensor]:
        """Make this the global state inside the block; yields the state at its beginning."""
        with RANDOM_LOCK:
            before = torch.get_rng_state()
            torch.set_rng_state(self._state)
            try:
                yield self._state
            finally:
                self._state = torch.get_rng_state()
                torch.set_rng_state(before)


def record(step: Step, transform: Any, start: Tensor) -> dict[str, Any]:
    """A dict that holds what ``transform`` draws once it was called from the random state ``start``.

    ``transform`` is ``step.build()``, and is changed so that it notes what it uses; what it draws and makes
    stays the same. See :mod:`tudui_gui.transforms.recording` for the names.
    """
    drawn: dict[str, Any] = {}
    note(step, transform, start, drawn)
    return drawn
