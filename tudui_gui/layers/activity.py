"""What every layer of a model makes of a batch, as numbers: one forward pass, no maps kept."""

from __future__ import annotations

import inspect
import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.feature_maps import first_tensor, run_with_hooks
from tudui_gui.layers.fitting import leaves


@dataclass(frozen=True)
class LayerActivity:
    """The output of one module, over the whole batch.

    Attributes
    ----------
    name, type : str
        Dotted name, and the class.
    shape : tuple of int or None
        With the batch, as PyTorch has it; None for a layer that the forward pass never reaches.
    minimum, maximum, mean, std : float
        Over the finite values; ``std`` is the population's. NaN where there is none.
    zeros : float
        Share of values that are exactly 0, 0..1.
    dead, channels : int
        Channels (dimension 1) that are 0 everywhere, and how many there are.
    nan, inf : int
        Values that are NaN, and plus or minus infinity.
    parameters : int
        Numbers the layer has learned.
    seconds : float
        Of its own forward pass, the last time it ran.
    """

    name: str
    type: str
    shape: tuple[int, ...] | None
    minimum: float = float("nan")
    maximum: float = float("nan")
    mean: float = float("nan")
    std: float = float("nan")
    zeros: float = 0.0
    dead: int = 0
    channels: int = 0
    nan: int = 0
    inf: int = 0
    parameters: int = 0
    seconds: float = 0.0


def activity(
    model: nn.Module, batch: Tensor, *, cancel: CancelToken | None = None, keeps_mode: bool = False
) -> tuple[LayerActivity, ...]:
    """Every module without children, in the order in which they run; those never reached come last.

    In evaluation mode (unless ``keeps_mode``), without gradients; the model is left as it was. A module that
    runs more than once is told as it was the last time. Any thread, one at a time per model.

    Parameters
    ----------
    batch : Tensor
        ``float32 [N, C, H, W]``.

    Raises
    ------
    ModelError
        When the batch does not fit (names the layer), or ``forward`` takes several inputs.
    Cancelled
    """
    check_one_input(model)
    found: dict[str, LayerActivity] = {}
    started: dict[str, float] = {}

    def entering(name: str) -> Any:
        def hook(module: nn.Module, inputs: Any) -> None:
            if cancel is not None:
                cancel.raise_if_cancelled()
            started[name] = time.perf_counter()

        return hook

    def leaving(name: str) -> Any:
        def hook(module: nn.Module, inputs: Any, output: Any) -> None:
            seconds = time.perf_counter() - started[name]
            found.pop(name, None)
            found[name] = _told(name, module, first_tensor(output), seconds)

        return hook

    modules = leaves(model)
    handles = [
        handle
        for name, module in modules
        for handle in (
            module.register_forward_pre_hook(entering(name)),
            module.register_forward_hook(leaving(name)),
        )
    ]
    run_with_hooks(model, batch, handles, keeps_mode=keeps_mode)
    missing = (_told(name, module, None, 0.0) for name, module in modules if name not in found)
    return (*found.values(), *missing)


def check_one_input(model: nn.Module) -> None:
    """Raise ``ModelError`` if ``forward`` needs more than one input."""
    taken = [
        parameter.name
        for parameter in inspect.signature(model.forward).parameters.values()
        if parameter.default is inspect.Parameter.empty
        and parameter.kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    ]
    if len(taken) > 1:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The model takes {count} inputs at once: {names}."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Only models that take a single batch of images can be shown."
            ),
            count=len(taken),
            names=", ".join(taken),
        )


def _told(name: str, module: nn.Module, output: Tensor | None, seconds: float) -> LayerActivity:
    kind = type(module).__name__
    parameters = sum(parameter.numel() for parameter in module.parameters())
    if output is None:
        return LayerActivity(name, kind, None, parameters=parameters, seconds=seconds)
    values = output.detach().float().cpu()
    plain = LayerActivity(name, kind, tuple(output.shape), parameters=parameters, seconds=seconds)
    return _with_statistics(plain, values) if values.numel() else plain


def _with_statistics(plain: LayerActivity, output: Tensor) -> LayerActivity:
    """In numpy: torch would wake its other threads, and wait for those where the machine is busy."""
    values = output.numpy()
    low, high = float(values.min()), float(values.max())  # NaN where there is any
    nan = inf = 0
    finite = values
    if not (math.isfinite(low) and math.isfinite(high)):
        nan, inf = int(np.isnan(values).sum()), int(np.isinf(values).sum())
        finite = values[np.isfinite(values)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (math.nan,) * 2
    by_channel = values.swapaxes(0, 1).reshape(values.shape[1], -1) if values.ndim > 1 else values[:, None]
    nonzero = np.count_nonzero(by_channel, axis=1)
    channels, dead = len(nonzero), int((nonzero == 0).sum())
    zeros = (values.size - int(nonzero.sum())) / values.size
    mean = std = math.nan
    if finite.size:
        mean, std = float(finite.mean(dtype=np.float64)), float(finite.std(dtype=np.float64))
    return LayerActivity(
        plain.name,
        plain.type,
        plain.shape,
        low,
        high,
        mean,
        std,
        zeros,
        dead,
        channels,
        nan,
        inf,
        plain.parameters,
        plain.seconds,
    )
