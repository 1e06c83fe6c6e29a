"""What feature maps are made by: a fresh layer, or a chain of them; and kernels edited by hand."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: The weights of one output channel, (in_channels / groups, height, width), as nested tuples.
Kernel = tuple[Any, ...]


@dataclass(frozen=True)
class KernelEdit:
    """The weights of one output channel, put in the place of the layer's own.

    Attributes
    ----------
    layer : str
        Dotted name of the layer; ``""`` for a single one.
    channel : int
        ``layer.weight[channel]``.
    kernel : nested tuples of float
        Of the shape of ``layer.weight[channel]``.
    """

    layer: str
    channel: int
    kernel: Kernel


@dataclass(frozen=True)
class OneLayer:
    """A layer with fresh weights, as after ``torch.manual_seed(seed)``; then the edited kernels."""

    step: Step
    seed: int
    edits: tuple[KernelEdit, ...] = ()


@dataclass(frozen=True)
class Chain:
    """Layers one after the other with fresh weights: ``torch.manual_seed(seed); nn.Sequential(...)``.

    Attributes
    ----------
    steps : tuple of Step
        Those that are not ``enabled`` are left out.
    seed : int
    layer : str
        Whose output is shown: its place in ``steps`` as text; ``""`` for the last.
    edits : tuple of KernelEdit
        Their ``layer`` is a place in ``steps`` too.
    """

    steps: tuple[Step, ...]
    seed: int
    layer: str = ""
    edits: tuple[KernelEdit, ...] = ()


def with_edit(edits: Sequence[KernelEdit], edit: KernelEdit) -> tuple[KernelEdit, ...]:
    """``edits`` with one more; it replaces an older one of the same channel."""
    return (*without_edits(edits, edit.layer, edit.channel), edit)


def without_edits(
    edits: Sequence[KernelEdit], layer: str, channel: int | None = None
) -> tuple[KernelEdit, ...]:
    """``edits`` without those of a layer, or of one channel of it."""
    return tuple(
        each for each in edits if each.layer != layer or (channel is not None and each.channel != channel)
    )


def changed_kernels(
    layer: str, before: NDArray[np.float32], after: NDArray[np.float32]
) -> tuple[KernelEdit, ...]:
    """The edits that turn the weights ``before``, (out, in, h, w), into ``after``."""
    changed = np.flatnonzero((before != after).reshape(len(before), -1).any(axis=1))
    return tuple(KernelEdit(layer, int(channel), frozen(after[channel])) for channel in changed)


def frozen(kernel: NDArray[np.floating]) -> Kernel:
    """Numbers as nested tuples."""
    nested: Kernel = _tuples(kernel.tolist())
    return nested


def _tuples(values: Any) -> Any:
    return tuple(map(_tuples, values)) if isinstance(values, list) else float(values)


def with_edits(model: nn.Module, edits: Iterable[KernelEdit]) -> nn.Module:
    """``model`` with edited kernels: a copy that shares everything else; ``model`` itself is not changed.

    Raises ``ModelError`` for kernels that do not have the shape of the layer's.
    """
    for edit in edits:
        model = _replaced(model, edit.layer.split(".") if edit.layer else [], edit)
    return model


def _replaced(module: nn.Module, path: list[str], edit: KernelEdit) -> nn.Module:
    made = copy.copy(module)
    if path:
        made._modules = dict(module._modules)
        child = made._modules.get(path[0])
        if child is None:
            raise _misplaced(edit)
        made._modules[path[0]] = _replaced(child, path[1:], edit)
        return made
    made._parameters = dict(module._parameters)
    made._parameters["weight"] = _edited_weight(module, edit)
    return made


def _edited_weight(module: nn.Module, edit: KernelEdit) -> nn.Parameter:
    weight = getattr(module, "weight", None)
    kernel = torch.tensor(edit.kernel)
    if not isinstance(weight, torch.Tensor) or not 0 <= edit.channel < len(weight):
        raise _misplaced(edit)
    if weight[edit.channel].shape != kernel.shape:
        raise _misplaced(edit)
    changed = weight.detach().clone()
    changed[edit.channel] = kernel
    return nn.Parameter(changed, requires_grad=False)


def _misplaced(edit: KernelEdit) -> ModelError:
    return ModelError(
        QT_TRANSLATE_NOOP("errors", "The edited kernel of map {channel} does not fit layer {layer}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Take the edits back, or choose the layer they were made for."),
        channel=edit.channel,
        layer=edit.layer or "0",
    )


def fitting_edits(step: Step, edits: Sequence[KernelEdit]) -> tuple[KernelEdit, ...]:
    """The edits that still fit a layer with other values; channels and sizes may have changed."""
    try:
        with torch.device("meta"):
            weight = getattr(step.build(), "weight", None)
    except (TypeError, ValueError, RuntimeError):
        return ()  # what cannot be made is explained when it is made in earnest
    if weight is None:
        return ()
    return tuple(
        edit
        for edit in edits
        if edit.channel < len(weight) and weight[edit.channel].shape == np.shape(edit.kernel)
    )


def moved(edits: Sequence[KernelEdit], places: dict[int, int]) -> tuple[KernelEdit, ...]:
    """Edits of a chain whose layers stand elsewhere now; ``places``: where from -> where to."""
    return tuple(
        replace(edit, layer=str(places[int(edit.layer)])) for edit in edits if int(edit.layer) in places
    )
