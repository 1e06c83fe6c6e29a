"""Normalize undone, for the eye."""

from __future__ import annotations

import torch
from torch import Tensor

from tudui_gui.transforms.pipeline import Pipeline


def denormalized(images: Tensor, pipeline: Pipeline) -> Tensor:
    """``images`` with the enabled ``Normalize`` steps of ``pipeline`` undone, the last first.

    Parameters
    ----------
    images : tensor, shape (..., channels, H, W)
    """
    for step in reversed(pipeline.enabled_steps):
        if step.name == "Normalize":
            mean, std = (torch.tensor(step.values[name])[:, None, None] for name in ("mean", "std"))
            images = images * std + mean
    return images


def is_normalized(pipeline: Pipeline) -> bool:
    """Whether :func:`denormalized` changes anything."""
    return any(step.name == "Normalize" for step in pipeline.enabled_steps)
