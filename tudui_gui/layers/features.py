"""One vector for each image: what a model has made of it at some layer."""

from __future__ import annotations

from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.feature_maps import capture, capture_input


def last_linear(model: nn.Module) -> str | None:
    """Dotted name of the ``nn.Linear`` that was registered last; None if there is none."""
    names = [name for name, module in model.named_modules() if isinstance(module, nn.Linear)]
    return names[-1] if names else None


def features(
    model: nn.Module, batch: Tensor, layer: str | None = None, *, cancel: CancelToken | None = None
) -> Tensor:
    """A vector for each image of ``batch``.

    Evaluation mode, no gradients; the model is left as it was. Any thread, one at a time per model.

    Parameters
    ----------
    model : nn.Module
    batch : Tensor
        ``float32 [N, C, H, W]``.
    layer : str or None
        Dotted name of a module, whose output is taken; None: what the last ``nn.Linear`` is given.
    cancel : CancelToken, optional

    Returns
    -------
    Tensor
        ``float32 [N, D]`` on the CPU. Maps ``[N, C, H, W]`` are averaged over height and width, and
        sequences ``[N, T, D]`` over their length.

    Raises
    ------
    ModelError
        No such layer, no Linear, a layer that the images never reach or that gives no row for each of
        them, or images that do not fit.
    Cancelled
    """
    name = last_linear(model) if layer is None else layer
    if name is None:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The model has no Linear layer."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
        )
    if layer is None:
        found = capture_input(model, name, batch, cancel=cancel)
    else:
        found = capture(model, [name], batch, cancel=cancel).get(name)
    if found is None or found.ndim == 0 or len(found) != len(batch):
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "Layer {layer} gives no row for each image."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another layer."),
            layer=name,
        )
    return _vectors(found.float())


def _vectors(found: Tensor) -> Tensor:
    if found.ndim == 4:
        return found.mean(dim=(2, 3))
    if found.ndim == 3:
        return found.mean(dim=1)
    return found.reshape(len(found), -1)
