"""Normalize undone, for the eye."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import plain_array
from tudui_gui.transforms.nested import inner_steps
from tudui_gui.transforms.pipeline import Pipeline


def denormalized(images: Tensor, pipeline: Pipeline) -> Tensor:
    """``images`` with the ``Normalize`` steps of ``pipeline`` undone, the last first.

    One whose numbers do not fit the channels, because a later step changed how many there are, is left.

    Parameters
    ----------
    images : tensor, shape (..., channels, H, W)
        Any number type; with anything to undo, the result is of ``float32`` or ``float64``, on the CPU.
    """
    steps = normalizations(pipeline.steps)
    if not steps:
        return images
    # Not in torch: its threads would wait for those of a running training.
    values = plain_array(images)
    for step in reversed(steps):
        mean, std = (_for_channels(step.values[name], images.shape[-3]) for name in ("mean", "std"))
        if mean is not None and std is not None:
            values = values * std
            values += mean
    return torch.from_numpy(values)


def is_normalized(pipeline: Pipeline) -> bool:
    """Whether :func:`denormalized` changes anything."""
    return bool(normalizations(pipeline.steps))


def normalizations(steps: Sequence[Step]) -> list[Step]:
    """The enabled ``Normalize`` steps that the result still shows: none before the last ``ToPILImage``.

    What a ``Compose`` holds counts; what stands in a container that leaves it to chance does not.
    """
    found: list[Step] = []
    for step in _run_for_certain(steps):
        if step.name == "Normalize":
            found.append(step)
        elif "makes_pil" in step.operation.tags:
            found.clear()
    return found


def _run_for_certain(steps: Sequence[Step]) -> list[Step]:
    run: list[Step] = []
    for step in steps:
        if step.enabled:
            run += _run_for_certain(inner_steps(step)) if step.name == "Compose" else [step]
    return run


def _for_channels(numbers: Sequence[float], channels: int) -> NDArray[np.float32] | None:
    if len(numbers) != channels and len(set(numbers)) > 1:
        return None
    fitting = numbers if len(numbers) == channels else numbers[:1]
    return np.array(fitting, np.float32)[:, None, None]
