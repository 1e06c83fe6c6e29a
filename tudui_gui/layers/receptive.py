"""Which part of the input a pixel of a feature map can see."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.layers.feature_maps import first_tensor
from tudui_gui.layers.fitting import explained_misfit
from tudui_gui.layers.pixel_sums import Window

_KEPT = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.Linear)
#: Modules that only work on each value alone, or scale whole channels.
_PASSED = (
    nn.BatchNorm1d,
    nn.BatchNorm2d,
    nn.GroupNorm,
    nn.LayerNorm,
    nn.InstanceNorm2d,
    nn.LocalResponseNorm,
    nn.Dropout,
    nn.Dropout2d,
)


class ReceptiveFields:
    """The theoretical receptive field of any pixel of one layer. Any thread, one call at a time.

    It is found by the gradient of a copy of the model in which nothing can cancel out: every weight is
    positive, every window counts all its places, and what works on single values does nothing. Pooling or
    activations written as functions in ``forward`` stay as they are: maxima there count one place alone.

    Parameters
    ----------
    model : nn.Module
        Is not changed.
    layer : str
        Dotted name; ``""`` is the model itself.
    shape : sequence of int
        (C, H, W) of the input.

    Raises
    ------
    ModelError
        When the model cannot process such an input.
    """

    def __init__(
        self, model: nn.Module, layer: str, shape: Sequence[int], *, cancel: CancelToken | None = None
    ) -> None:
        self._given = torch.ones(1, *shape, dtype=torch.float64, requires_grad=True)
        self._output: Tensor | None = None
        transparent = _transparent(copy.deepcopy(model)).double().cpu().eval()
        module = transparent.get_submodule(layer)
        handle = module.register_forward_hook(self._keep)
        if cancel is not None:
            cancel.raise_if_cancelled()
        with explained_misfit(transparent), torch.enable_grad():
            transparent(self._given)
        handle.remove()

    def _keep(self, module: nn.Module, inputs: object, output: object) -> None:
        found = first_tensor(output)
        # The sum over all channels: the maps themselves are let go.
        self._output = found.sum(1, keepdim=True) if found is not None and found.ndim == 4 else found

    def at(self, y: int, x: int) -> Window | None:
        """What row ``y`` and column ``x`` of the layer's maps can see; None if it sees nothing."""
        output = self._output
        if output is None:
            return None
        # A vector sees everything that reaches it.
        seen = output[0, :, y, x].sum() if output.ndim == 4 else output[0].sum()
        (gradient,) = torch.autograd.grad(seen, self._given, retain_graph=True, allow_unused=True)
        if gradient is None:
            return None
        rows = gradient[0].abs().sum(0) > 0
        found = torch.nonzero(rows)
        if not len(found):
            return None
        (top, left), (bottom, right) = found.amin(0).tolist(), found.amax(0).tolist()
        return Window(left, top, right - left + 1, bottom - top + 1)


def _transparent(model: nn.Module) -> nn.Module:
    replaced = _replacement(model)
    if replaced is not None:
        return replaced
    for name, child in model.named_children():
        setattr(model, name, _transparent(child))
    return model


def _replacement(module: nn.Module) -> nn.Module | None:
    if isinstance(module, _KEPT):
        with torch.no_grad():
            module.weight.fill_(1.0 / module.weight[0].numel())
            if module.bias is not None:
                module.bias.zero_()
        return module
    if isinstance(module, nn.MaxPool2d):
        return _Mean(module)
    if isinstance(module, nn.AdaptiveMaxPool2d):
        return nn.AdaptiveAvgPool2d(module.output_size)
    is_activation = type(module).__module__ == nn.ReLU.__module__
    if isinstance(module, _PASSED) or (is_activation and not isinstance(module, nn.MultiheadAttention)):
        return nn.Identity()
    return None


class _Mean(nn.Module):
    """Sees every place a maximum could be taken from."""

    def __init__(self, pool: nn.MaxPool2d) -> None:
        super().__init__()
        self._pool = pool

    def forward(self, given: Tensor) -> Tensor:
        """The mean over each window of ``given`` [N, C, H, W]."""
        pool = self._pool
        if pool.dilation in (1, (1, 1)):
            return nn.functional.avg_pool2d(
                given,
                pool.kernel_size,
                pool.stride,
                pool.padding,
                pool.ceil_mode,
            )
        size = pool.kernel_size if isinstance(pool.kernel_size, tuple) else (pool.kernel_size,) * 2
        weight = torch.ones(given.shape[1], 1, *size, dtype=given.dtype)
        return nn.functional.conv2d(
            given,
            weight,
            None,
            pool.stride,
            pool.padding,
            pool.dilation,
            groups=given.shape[1],
        )
