"""What comes out of layers: of a fresh one, or of any inside a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Step
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.fitting import explained_misfit, leaves

#: Numbers of maps whose statistics are computed together.
_VALUES_AT_ONCE = 2**16


@dataclass(frozen=True, eq=False)
class ChannelStatistics:
    """Numbers of each feature map, over its finite values; NaN for a map without any.

    Attributes
    ----------
    minimum, maximum, mean, std : ndarray
        ``float64 [C]``; ``std`` is the population's (``unbiased=False``).
    nan, inf, zeros : ndarray
        ``int64 [C]``: how many values are NaN, plus or minus infinity, and exactly 0.
    size : int
        Numbers in a map.
    """

    minimum: NDArray[np.float64]
    maximum: NDArray[np.float64]
    mean: NDArray[np.float64]
    std: NDArray[np.float64]
    nan: NDArray[np.int64]
    inf: NDArray[np.int64]
    zeros: NDArray[np.int64]
    size: int

    @property
    def dead(self) -> NDArray[np.bool_]:
        """``bool [C]``: which maps are 0 everywhere."""
        found: NDArray[np.bool_] = self.zeros == self.size if self.size else np.zeros(len(self.zeros), bool)
        return found


def layer_names(model: nn.Module) -> list[tuple[str, str]]:
    """(dotted name, class name) of every module without children, in order of registration."""
    return [(name, type(module).__name__) for name, module in leaves(model)]


def capture(
    model: nn.Module, names: Iterable[str], batch: Tensor, *, cancel: CancelToken | None = None
) -> dict[str, Tensor]:
    """What the named modules give for ``batch``, in evaluation mode and without gradients.

    The model is left as it was: its hooks removed, each module in the mode it had. Any thread, one at a
    time per model.

    Parameters
    ----------
    model : nn.Module
    names : iterable of str
        Dotted names of any modules, leaves or not; ``""`` is the model itself.
    batch : Tensor
        ``float32 [N, C, H, W]``; moved to the model's device.
    cancel : CancelToken or None
        Polled at each named module.

    Returns
    -------
    dict
        Name -> output as a detached copy on the CPU; the first tensor where a module returns several; the
        last output of a module that runs more than once. Modules that the forward pass never reaches are
        absent.

    Raises
    ------
    ModelError
        When a name does not exist, or the batch does not fit (names the layer).
    Cancelled
    """
    chosen = {name: module_named(model, name) for name in names}
    captured: dict[str, Tensor] = {}
    handles = [
        module.register_forward_hook(_keeping(captured, name, cancel)) for name, module in chosen.items()
    ]
    run_with_hooks(model, batch, handles)
    return captured


def capture_input(
    model: nn.Module, name: str, batch: Tensor, *, cancel: CancelToken | None = None
) -> Tensor | None:
    """What the named module is given for ``batch``: its first tensor; None if it is never reached.

    In evaluation mode, without gradients, on the CPU; the model is left as it was. Raises as :func:`capture`.
    """
    module = module_named(model, name)
    captured: dict[str, Tensor] = {}
    keep = _keeping(captured, name, cancel)

    def keep_inputs(module: nn.Module, inputs: Any) -> None:
        keep(module, inputs, list(inputs))

    run_with_hooks(model, batch, [module.register_forward_pre_hook(keep_inputs)])
    return captured.get(name)


def run_with_hooks(
    model: nn.Module, batch: Tensor, handles: Sequence[RemovableHandle], *, keeps_mode: bool = False
) -> None:
    """Send a batch through; the hooks are removed whatever happens.

    In evaluation mode, or with ``keeps_mode`` in the mode its modules have.
    """
    mode = torch.inference_mode() if keeps_mode else _evaluating(model)
    try:
        with mode, explained_misfit(model):
            model(batch.to(_device(model)))
    finally:
        for handle in handles:
            handle.remove()


def _keeping(captured: dict[str, Tensor], name: str, cancel: CancelToken | None) -> Any:
    def hook(module: nn.Module, inputs: Any, output: Any) -> None:
        if cancel is not None:
            cancel.raise_if_cancelled()
        tensor = first_tensor(output)
        if tensor is not None:
            # A copy at once: the next layer may work in place.
            captured[name] = tensor.detach().to("cpu", copy=True)

    return hook


def first_tensor(output: Any) -> Tensor | None:
    """The first tensor in what a module gives; None if there is none."""
    if isinstance(output, Tensor):
        return output
    if isinstance(output, dict):
        output = output.values()
    elif not isinstance(output, list | tuple):
        return None
    found = (first_tensor(each) for each in output)
    return next((tensor for tensor in found if tensor is not None), None)


@contextmanager
def _evaluating(model: nn.Module) -> Iterator[None]:
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.inference_mode():
            yield
    finally:
        for module, training in modes:
            module.training = training


def module_named(model: nn.Module, name: str) -> nn.Module:
    """A module by its dotted name. Raises ``ModelError`` telling of names like it."""
    modules: dict[str, nn.Module] = dict(model.named_modules())
    if name in modules:
        return modules[name]
    near = get_close_matches(name, modules, n=3, cutoff=0.4) or [each for each, _ in leaves(model)][:8]
    raise ModelError(
        QT_TRANSLATE_NOOP("errors", "The model has no layer named {layer}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
        layer=repr(name),
        allowed=", ".join(near),
    )


def _device(model: nn.Module) -> torch.device:
    tensor = next(chain(model.parameters(), model.buffers()), None)
    return torch.device("cpu") if tensor is None else tensor.device


def build_layer(step: Step, seed: int) -> nn.Module:
    """A layer with fresh weights, as after ``torch.manual_seed(seed)``; the global generator stays as it was.

    In training mode, as PyTorch makes it. Raises ``ModelError`` for values that do not go together.
    """
    with seeded(seed):
        return built(step)


def apply_layer(step: Step, batch: Tensor, seed: int = 0) -> Tensor:
    """What a fresh layer in training mode makes of ``batch``.

    Equals ``torch.manual_seed(seed); layer = nn.X(...); layer(batch)`` bit for bit, dropout included;
    ``batch`` is not changed, and PyTorch's generator is left as it was. Any thread.

    Parameters
    ----------
    step : Step
        Of :data:`tudui_gui.layers.catalog.LAYERS`.
    batch : Tensor
        ``float32 [N, C, H, W]``, on the CPU.
    seed : int

    Returns
    -------
    Tensor
        Detached; the first where the layer gives several.

    Raises
    ------
    ModelError
        When the values do not go together, or the batch does not fit.
    """
    given = batch.clone() if step.values.get("inplace") else batch
    with seeded(seed), torch.no_grad():
        layer = built(step)
        with explained_misfit(layer):
            output = first_tensor(layer(given))
    if output is None:
        raise TypeError(f"{step.name} gives no tensor")
    return output


def built(step: Step) -> nn.Module:
    """The layer, with weights from PyTorch's generator. Raises ``ModelError`` for values that do not fit."""
    try:
        layer: nn.Module = step.build()
    except (TypeError, ValueError, RuntimeError) as cause:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{layer} cannot be made with these values."),
            remedy=QT_TRANSLATE_NOOP("errors", "Change one of them."),
            detail=str(cause),
            layer=step.name,
        ) from cause
    return layer


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """PyTorch's global CPU generator as ``torch.manual_seed(seed)`` sets it, inside the block."""
    wanted = torch.Generator().manual_seed(seed).get_state()
    with RANDOM_LOCK:
        before = torch.get_rng_state()
        torch.set_rng_state(wanted)
        try:
            yield
        finally:
            torch.set_rng_state(before)


def map_statistics(maps: Tensor, *, cancel: CancelToken | None = None) -> ChannelStatistics:
    """Statistics of each of the feature maps ``[C, H, W]``. Any thread. Raises ``Cancelled``."""
    rows = maps.detach().to("cpu").reshape(maps.shape[0], -1)
    known = rows if rows.dtype in (torch.float32, torch.float64) else rows.float()
    values = known.numpy()
    names = ("minimum", "maximum", "mean", "std", "nan", "inf", "zeros")
    found: dict[str, Any] = {name: np.zeros(len(values), np.int64) for name in names[4:]}
    found |= {name: np.full(len(values), np.nan) for name in names[:4]}
    size = values.shape[1]
    # A few rows at a time, so that they stay in the cache.
    height = max(1, _VALUES_AT_ONCE // max(1, size))
    room = np.empty((height, size))
    for start in range(0, len(values) if size else 0, height):
        if cancel is not None:
            cancel.raise_if_cancelled()
        block = values[start : start + height]
        for name, numbers in zip(names, _block_statistics(block, room[: len(block)]), strict=True):
            found[name][start : start + height] = numbers
    return ChannelStatistics(**found, size=size)


def _block_statistics(
    rows: NDArray[np.floating], room: NDArray[np.float64]
) -> tuple[NDArray[np.float64] | NDArray[np.int64], ...]:
    """Minimum, maximum, mean, std, NaNs, infinities and zeros of each row."""
    zeros = np.count_nonzero(rows == 0, axis=1)
    low, high = rows.min(axis=1).astype(np.float64), rows.max(axis=1).astype(np.float64)
    is_odd = ~(np.isfinite(low) & np.isfinite(high))  # NaN where there is any
    nan, inf = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    if not is_odd.any():
        return low, high, *_mean_std(rows, room), nan, inf, zeros
    mean, std = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for index, row in enumerate(rows):
        finite = row[np.isfinite(row)][None]
        nan[index], inf[index] = np.isnan(row).sum(), np.isinf(row).sum()
        low[index] = finite.min() if finite.size else np.nan
        high[index] = finite.max() if finite.size else np.nan
        if finite.size:
            mean[index], std[index] = (each[0] for each in _mean_std(finite, room[:1, : finite.size]))
    return low, high, mean, std, nan, inf, zeros


def _mean_std(
    rows: NDArray[np.floating], room: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mean: NDArray[np.float64] = rows.mean(axis=1, dtype=np.float64)
    np.subtract(rows, mean[:, None], out=room, dtype=np.float64)
    # einsum works here and now: a dot product of BLAS would wake other threads, which takes longer.
    std: NDArray[np.float64] = np.sqrt(np.einsum("ij,ij->i", room, room) / rows.shape[1])
    return mean, std
