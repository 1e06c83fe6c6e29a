"""Running a subject of feature maps: what goes into the layer, and what it makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.layers.activity import LayerActivity, activity, check_one_input
from tudui_gui.layers.budget import check_amount, values_needed
from tudui_gui.layers.feature_maps import built, first_tensor, module_named, run_with_hooks, seeded
from tudui_gui.layers.fitting import explained_misfit
from tudui_gui.layers.subjects import Chain, KernelEdit, OneLayer, with_edits

#: Parameters that say how many channels, or numbers in a row, a layer takes.
_TAKEN = {"in_channels": 1, "num_features": 1, "num_channels": 1, "in_features": -1, "normalized_shape": -1}


@dataclass(frozen=True, eq=False)
class Passed:
    """A layer, what went into it and what came out, with the batch.

    Attributes
    ----------
    module : nn.Module
        In the mode it ran in.
    given : Tensor or None
        ``[N, ...]``, the first input; None where the layer takes no tensor.
    output : Tensor
        ``[N, ...]``, the first tensor it gives, on the CPU; as pictures where it has worked on rows.
    shape : tuple of int
        Of the output as PyTorch has it.
    notes : tuple of Phrase
        What has to be known of them.
    """

    module: nn.Module
    given: Tensor | None
    output: Tensor
    shape: tuple[int, ...]
    notes: tuple[Phrase, ...] = ()


def run_layer(subject: OneLayer, batch: Tensor) -> Passed:
    """A fresh layer in training mode, as PyTorch makes it, on ``batch`` [N, C, H, W]. Any thread.

    Equals ``torch.manual_seed(seed); layer = nn.X(...); layer(batch)`` bit for bit. A Conv1d is given each
    row of the pictures as a sequence, a Conv3d the channels as depth, a MaxUnpool2d what a MaxPool2d with the
    same window makes of the pictures.

    Raises
    ------
    ModelError
        When the values do not go together, the batch does not fit, or the result would be too large.
    """
    step = subject.step
    _check_layer(step, batch)
    given, note = _adapted(step, batch.clone() if step.values.get("inplace") else batch)
    kept = given[0].clone() if step.values.get("inplace") else given[0]
    with seeded(subject.seed), torch.no_grad():
        layer = with_edits(built(step), subject.edits)
        with explained_misfit(layer):
            made = layer(*given)
    output = _tensor(made, step.name)
    notes = (*note, *_several(made))
    return Passed(layer, kept, _as_pictures(step, batch, output), tuple(output.shape), notes)


def _check_layer(step: Step, batch: Tensor) -> None:
    try:
        with torch.device("meta"):
            layer: nn.Module = step.build()
    except (TypeError, ValueError, RuntimeError):
        return  # explained when it is built in earnest
    if "needs_indices" not in step.operation.tags:
        check_amount(step.name, values_needed(layer, *_adapted(step, batch.to("meta"))[0]))


def _adapted(step: Step, batch: Tensor) -> tuple[tuple[Tensor, ...], tuple[Phrase, ...]]:
    """What the layer is given for a batch of pictures, and what has to be known of that."""
    tags = step.operation.tags
    if "dimensions:1" in tags:
        rows = batch.permute(0, 2, 1, 3).reshape(-1, batch.shape[1], batch.shape[3])
        shape = list(rows.shape)
        return (rows,), (Phrase(_ROWS, {"layer": step.name, "shape": shape}),)
    if "dimensions:3" in tags:
        volume = batch.unsqueeze(1)
        return (volume,), (Phrase(_VOLUME, {"layer": step.name, "shape": list(volume.shape)}),)
    if "needs_indices" in tags:
        return _pooled(step, batch), (Phrase(_UNPOOLED, {"layer": step.name}),)
    return (batch,), ()


_ROWS = QT_TRANSLATE_NOOP(
    "errors", "{layer} takes sequences: each row of the pictures is one here, {shape} together."
)
_VOLUME = QT_TRANSLATE_NOOP(
    "errors", "{layer} takes volumes: the channels are the depth here, {shape}. Each map is a slice."
)
_UNPOOLED = QT_TRANSLATE_NOOP(
    "errors", "{layer} is given what MaxPool2d with the same window keeps, and the places it was found at."
)
#: Of a layer that gives several tensors.
FIRST_OF = QT_TRANSLATE_NOOP("errors", "The layer gives {count} tensors; the first is shown.")


def _pooled(step: Step, batch: Tensor) -> tuple[Tensor, Tensor]:
    pool = nn.MaxPool2d(**step.arguments(), return_indices=True)
    with explained_misfit(pool):
        pooled, places = pool(batch)
    return pooled, places


def _as_pictures(step: Step, batch: Tensor, output: Tensor) -> Tensor:
    """The output with a picture for each one of the batch: rows put together, slices side by side."""
    if "dimensions:1" in step.operation.tags:
        rows = output.reshape(len(batch), batch.shape[2], *output.shape[1:])
        return rows.permute(0, 2, 1, 3).contiguous()
    return output.flatten(1, 2) if output.ndim == 5 else output


def _tensor(made: Any, name: str) -> Tensor:
    tensor = first_tensor(made)
    if tensor is None:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{layer} gives no tensor that could be shown."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
            layer=name or "model",
        )
    return tensor


def _several(made: Any) -> tuple[Phrase, ...]:
    count = len(made) if isinstance(made, list | tuple | Mapping) else 1
    return (Phrase(FIRST_OF, {"count": count}),) if count > 1 else ()


def active(chain: Chain) -> list[int]:
    """The places of the layers that are not switched off, in order."""
    return [place for place, step in enumerate(chain.steps) if step.enabled]


def layer_name(chain: Chain, place: str) -> str:
    """The name in ``nn.Sequential`` of the layer at a place in ``chain.steps``; the last for ``""``.

    A layer that is switched off gives the one before it.
    """
    wanted = int(place) if place else len(chain.steps)
    return str(max(0, sum(each <= wanted for each in active(chain)) - 1))


def shown_place(chain: Chain) -> str:
    """The place in ``chain.steps`` of the layer that is shown; ``""`` if all are switched off."""
    places = active(chain)
    return str(places[int(layer_name(chain, chain.layer))]) if places else ""


@contextmanager
def built_chain(chain: Chain) -> Iterator[nn.Sequential]:
    """``nn.Sequential`` of the layers with fresh weights in training mode, edited kernels put in.

    Inside the block PyTorch's generator goes on as after ``torch.manual_seed(seed)`` and the layers.

    Raises ``ModelError`` naming the layer that cannot be made, or cannot stand where it does.
    """
    places = active(chain)
    steps = [chain.steps[place] for place in places]
    _check_chain(steps)
    with seeded(chain.seed):
        made: nn.Module = nn.Sequential(*map(built, steps))
        names = {str(place): str(index) for index, place in enumerate(places)}
        edits = [
            KernelEdit(names[edit.layer], edit.channel, edit.kernel)
            for edit in chain.edits
            if edit.layer in names
        ]
        sequential = with_edits(made, edits)
        assert isinstance(sequential, nn.Sequential)
        yield sequential


def _check_chain(steps: Sequence[Step]) -> None:
    if not steps:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The chain has no layer that is switched on."),
            remedy=QT_TRANSLATE_NOOP("errors", "Add one."),
        )
    for index, step in enumerate(steps):
        if "needs_indices" in step.operation.tags:
            raise ModelError(
                QT_TRANSLATE_NOOP(
                    "errors", "Layer {layer} ({type}) needs the indices of a pool: nn.Sequential has none."
                ),
                remedy=QT_TRANSLATE_NOOP("errors", "Look at it as one layer, or take it out of the chain."),
                layer=str(index),
                type=step.name,
            )
        if step.values.get("return_indices") and index < len(steps) - 1:
            raise ModelError(
                QT_TRANSLATE_NOOP(
                    "errors", "Layer {layer} ({type}) gives two tensors, but the next layer takes one."
                ),
                remedy=QT_TRANSLATE_NOOP("errors", "Switch its return_indices off."),
                layer=str(index),
                type=step.name,
            )


def run_chain(chain: Chain, batch: Tensor, *, cancel: CancelToken | None = None) -> Passed:
    """What a layer of ``chain`` makes of ``batch`` [N, C, H, W] on its way through all of them. Any thread.

    In training mode, as PyTorch makes layers; equals ``torch.manual_seed(seed)``, ``nn.Sequential(...)`` and
    one forward pass bit for bit. Raises ``ModelError``, ``Cancelled``.
    """
    with torch.device("meta"):
        _check_steps(chain, batch.to("meta"))
    with built_chain(chain) as model:
        name = layer_name(chain, chain.layer)
        return _run_hooked(model, name, batch, cancel=cancel, keeps_mode=True)


def _check_steps(chain: Chain, batch: Tensor) -> None:
    """Refuse what would not fit into memory before any of it is made."""
    for place in active(chain):
        step = chain.steps[place]
        try:
            layer: nn.Module = step.build()
            check_amount(step.name, values_needed(layer, batch))
            with torch.no_grad():
                made = first_tensor(layer(batch))
        except (TypeError, ValueError, RuntimeError, IndexError, NotImplementedError):
            return  # explained when it is run in earnest
        if made is None:
            return
        batch = made


def run_inside(
    model: nn.Module,
    layer: str,
    batch: Tensor,
    *,
    edits: Sequence[KernelEdit] = (),
    cancel: CancelToken | None = None,
) -> Passed:
    """What a module inside ``model`` makes of ``batch`` [N, C, H, W], in evaluation mode. Any thread.

    One at a time per model; the model is left as it was. ``layer`` is a dotted name, ``""`` the model itself.

    Raises
    ------
    ModelError
        When the batch does not fit, the model takes several inputs, or the layer is never reached.
    Cancelled
    """
    check_one_input(model)
    return _run_hooked(with_edits(model, edits), layer, batch, cancel=cancel)


def _run_hooked(
    model: nn.Module, name: str, batch: Tensor, *, cancel: CancelToken | None, keeps_mode: bool = False
) -> Passed:
    module = module_named(model, name)
    given: list[Tensor | None] = []
    made: list[tuple[Tensor, tuple[Phrase, ...]]] = []

    def entering(module: nn.Module, inputs: Any) -> None:
        if cancel is not None:
            cancel.raise_if_cancelled()
        tensor = first_tensor(list(inputs))
        given[:] = [None if tensor is None else tensor.detach().to("cpu", copy=True)]

    def leaving(module: nn.Module, inputs: Any, output: Any) -> None:
        tensor = _tensor(output, name)
        # A copy at once: the next layer may work in place.
        made[:] = [(tensor.detach().to("cpu", copy=True), _several(output))]

    handles = [module.register_forward_pre_hook(entering), module.register_forward_hook(leaving)]
    run_with_hooks(model, batch, handles, keeps_mode=keeps_mode)
    if not made:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The layer {layer} is not used when the model runs."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
            layer=name,
        )
    output, notes = made[0]
    return Passed(module, given[0], output, tuple(output.shape), notes)


def chain_activity(
    chain: Chain, batch: Tensor, *, cancel: CancelToken | None = None
) -> tuple[LayerActivity, ...]:
    """Every layer of the chain as numbers, from the very pass that :func:`run_chain` makes."""
    with built_chain(chain) as model:
        return activity(model, batch, cancel=cancel, keeps_mode=True)


def suited(step: Step, shape: Sequence[int]) -> Step:
    """``step`` with the number of channels, or of numbers in a row, that an input of ``shape`` has."""
    changed = {
        name: shape[axis]
        for name, axis in _TAKEN.items()
        if name in step.values and len(shape) > 1 and "dimensions:3" not in step.operation.tags
    }
    if "num_groups" in step.values and changed["num_channels"] % step.values["num_groups"]:
        changed["num_groups"] = 1
    return step.with_values(**changed) if changed else step


def shape_after(chain: Chain, shape: Sequence[int]) -> tuple[int, ...] | None:
    """The shape that comes out of the chain for an input [N, C, H, W]; None where it does not fit."""
    try:
        with torch.device("meta"), torch.no_grad():
            output = torch.empty(tuple(shape))
            for place in active(chain):
                made = first_tensor(chain.steps[place].build()(output))
                if made is None:
                    return None
                output = made
    except (TypeError, ValueError, RuntimeError, IndexError, NotImplementedError):
        return None
    return tuple(output.shape)
