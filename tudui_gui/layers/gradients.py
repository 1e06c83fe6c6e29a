"""What a small change of an input or a weight would do to the result: ``backward`` on the bench."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.bench_checks import check
from tudui_gui.layers.bench_run import build, call, tensors
from tudui_gui.layers.bench_state import Array, BenchState, array_of
from tudui_gui.layers.feature_maps import first_tensor, seeded
from tudui_gui.layers.fitting import explained_misfit


@dataclass(frozen=True, eq=False)
class Gradients:
    """``result.backward()``.

    Attributes
    ----------
    given : ndarray of float32, (N, C, H, W)
        Of the input.
    kernel : ndarray of float32 or None
        Of the weights, in the shape the kernel is shown in.
    bias : ndarray of float32, (out,), or None
    result : float
        What was derived: the loss, or the sum of the output.
    """

    given: Array
    kernel: Array | None
    bias: Array | None
    result: float


def gradients(state: BenchState) -> Gradients:
    """Derive the loss, or the sum of all numbers of the output. Any thread.

    Raises
    ------
    ModelError
        As :func:`~tudui_gui.layers.bench.work`; and for whole numbers and tensor tools, which have none.
    """
    check(state)
    if state.is_integer or state.kind == "tensor":
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{operation} has no gradients here: it needs numbers of type float."),
            remedy=QT_TRANSLATE_NOOP("errors", "Make the input float32, or choose a layer or a loss."),
            parameter="input",
            operation=state.name,
        )
    given, target = tensors(state)
    given.requires_grad_()
    with seeded(state.seed):
        layer = build(state)
        with explained_misfit(layer):
            # A clone: a layer that works in place may not change what is derived.
            output = first_tensor(call(state, layer, given.clone(), target))
    assert output is not None
    result = output.sum()
    result.backward()  # type: ignore[no-untyped-call]
    weight, bias = getattr(layer, "weight", None), getattr(layer, "bias", None)
    has_kernel = state.kernel is not None and isinstance(weight, torch.Tensor)
    return Gradients(
        _numbers(given, array_of(state.given).shape),
        _numbers(weight, array_of(state.kernel).shape) if has_kernel and state.kernel else None,
        _numbers(bias, bias.shape) if has_kernel and isinstance(bias, torch.Tensor) else None,
        result.item(),
    )


def _numbers(tensor: torch.Tensor | None, shape: tuple[int, ...]) -> Array:
    assert tensor is not None
    gradient = torch.zeros_like(tensor) if tensor.grad is None else tensor.grad
    numbers: Array = gradient.detach().reshape(shape).numpy()
    return numbers
