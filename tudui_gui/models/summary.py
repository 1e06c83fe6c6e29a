"""A model's modules with their output shapes, parameters and multiply-adds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

Shape = tuple[int, ...]


@dataclass(frozen=True)
class SummaryRow:
    """One module.

    Attributes
    ----------
    name : str
        Path as ``named_modules()`` gives it; empty for the model itself.
    type : str
        Class name.
    depth : int
        0 for the model itself, 1 for its children ...
    output_shape : tuple of int, or None
        For a batch of one, the batch dimension included; None when the module was not called or gives no
        tensor.
    parameters : int
        Own and children's; a parameter shared by several modules counts in each, and once in a container.
    multiply_adds : int
        For one image; convolution and linear layers, and the sum of them in containers.
    settings : str
        ``extra_repr()``: ``"3, 32, kernel_size=(5, 5)..."``.
    """

    name: str
    type: str
    depth: int
    output_shape: Shape | None
    parameters: int
    multiply_adds: int
    settings: str


@dataclass(frozen=True)
class Summary:
    """All modules in tree order, and the totals."""

    rows: tuple[SummaryRow, ...]
    parameters: int
    trainable: int
    multiply_adds: int


def summarize(model: nn.Module, input_shape: Shape, *, cancel: CancelToken | None = None) -> Summary:
    """Send one black image of ``input_shape`` (channels, height, width) through ``model`` and watch.

    Weights, buffers, hooks and modes are as before afterwards. Any thread, but not while the model trains.

    Raises
    ------
    ModelError
        When the model cannot take such an image; PyTorch's message is the detail.
    Cancelled
        When ``cancel`` is set meanwhile.
    """
    watch = _Watch(cancel)
    modes = [(module, module.training) for module in model.modules()]
    with ExitStack() as stack:
        for module in model.modules():
            stack.callback(module.register_forward_hook(watch.hook(module)).remove)
        stack.callback(_restore_modes, modes)
        model.eval()
        _forward(model, input_shape)
    rows = tuple(_row(name, module, watch) for name, module in model.named_modules())
    parameters = list(model.parameters())
    return Summary(
        rows=rows,
        parameters=sum(p.numel() for p in parameters),
        trainable=sum(p.numel() for p in parameters if p.requires_grad),
        multiply_adds=rows[0].multiply_adds,
    )


class _Watch:
    """Collects output shapes and multiply-adds from forward hooks."""

    def __init__(self, cancel: CancelToken | None) -> None:
        self.cancel = cancel
        self.shapes: dict[nn.Module, Shape] = {}
        self.multiply_adds: dict[nn.Module, int] = {}

    def hook(self, module: nn.Module) -> Callable[[nn.Module, Any, Any], None]:
        def seen(_: nn.Module, inputs: Any, output: Any) -> None:
            if self.cancel is not None:
                self.cancel.raise_if_cancelled()
            if isinstance(output, Tensor):
                self.shapes[module] = tuple(output.shape)
                count = _multiply_adds(module, inputs[0] if inputs else output, output)
                self.multiply_adds[module] = self.multiply_adds.get(module, 0) + count

        return seen


def _multiply_adds(module: nn.Module, given: Tensor, output: Tensor) -> int:
    """Products summed by one call: each output element (input element when transposed) meets one kernel."""
    if isinstance(module, _ConvTransposeNd):
        return given.numel() * (module.weight.numel() // module.in_channels)
    if isinstance(module, _ConvNd):
        return output.numel() * (module.weight.numel() // module.out_channels)
    if isinstance(module, nn.Linear):
        return output.numel() * module.in_features
    return 0


def _forward(model: nn.Module, shape: Shape) -> None:
    parameter = next(model.parameters(), None)
    device = parameter.device if parameter is not None else torch.device("cpu")
    try:
        with torch.inference_mode():
            model(torch.zeros(1, *shape, device=device))
    except (RuntimeError, ValueError, TypeError, IndexError) as cause:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The model {model} cannot take images of shape {given}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Change the image size with Resize, or choose another model."),
            detail=str(cause),
            model=type(model).__name__,
            given=str(list(shape)),
        ) from cause


def _restore_modes(modes: list[tuple[nn.Module, bool]]) -> None:
    for module, training in modes:
        module.training = training


def _row(name: str, module: nn.Module, watch: _Watch) -> SummaryRow:
    return SummaryRow(
        name=name,
        type=type(module).__name__,
        depth=name.count(".") + 1 if name else 0,
        output_shape=watch.shapes.get(module),
        parameters=sum(parameter.numel() for parameter in module.parameters()),
        multiply_adds=sum(watch.multiply_adds.get(child, 0) for child in module.modules()),
        settings=module.extra_repr(),
    )
