"""Saying which layer an input does not fit, instead of PyTorch's message alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor, nn

from tudui_gui.core.cancellation import Cancelled
from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def leaves(model: nn.Module) -> list[tuple[str, nn.Module]]:
    """(dotted name, module) of those without children, in order of registration; a bare layer is ``""``."""
    return [(name, module) for name, module in model.named_modules() if not any(module.children())]


@contextmanager
def explained_misfit(model: nn.Module) -> Iterator[None]:
    """Turn an error of a forward pass inside the block into a ``ModelError`` that names the layer.

    Its fields: ``layer``, ``type``, ``shape`` of the layer's input and, where they are known, ``expected``
    and ``given`` channels. The hooks it needs are removed in any case.
    """
    running: list[tuple[str, nn.Module, Any]] = []
    handles = [
        handle
        for name, module in leaves(model)
        for handle in (
            module.register_forward_pre_hook(_entering(running, name)),
            module.register_forward_hook(_leaving(running)),
        )
    ]
    try:
        yield
    except (ModelError, Cancelled):
        raise
    except Exception as cause:  # PyTorch has no class of its own for shapes that do not fit.
        raise _misfit(running[-1] if running else None, cause) from cause
    finally:
        for handle in handles:
            handle.remove()


def _entering(running: list[tuple[str, nn.Module, Any]], name: str) -> Any:
    def hook(module: nn.Module, inputs: tuple[Any, ...]) -> None:
        running.append((name, module, inputs[0] if inputs else None))

    return hook


def _leaving(running: list[tuple[str, nn.Module, Any]]) -> Any:
    def hook(module: nn.Module, inputs: Any, output: Any) -> None:
        running.pop()

    return hook


def _misfit(place: tuple[str, nn.Module, Any] | None, cause: Exception) -> ModelError:
    detail = str(cause) or type(cause).__name__
    if place is None or not isinstance(place[2], Tensor):
        return ModelError(
            QT_TRANSLATE_NOOP("errors", "The model cannot process this input."),
            remedy=QT_TRANSLATE_NOOP("errors", "Give it images of the size and channels it was made for."),
            detail=detail,
        )
    name, module, given = place
    fields = {
        "layer": name or type(module).__name__,
        "type": type(module).__name__,
        "shape": tuple(given.shape),
    }
    widths = _widths(module, given)
    if widths is None or widths[0] == widths[1]:
        return ModelError(
            QT_TRANSLATE_NOOP("errors", "Layer {layer} ({type}) cannot process an input of shape {shape}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Give larger images, or change the layer's parameters."),
            detail=detail,
            **fields,
        )
    text = (
        QT_TRANSLATE_NOOP(
            "errors", "Layer {layer} ({type}) expects {expected} numbers per image, but gets {given}."
        )
        if isinstance(module, nn.Linear)
        else QT_TRANSLATE_NOOP(
            "errors", "Layer {layer} ({type}) expects {expected} channels, but gets {given}."
        )
    )
    return ModelError(
        text,
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Change the layer, or give images of the size and channels it expects."
        ),
        detail=detail,
        expected=widths[0],
        given=widths[1],
        **fields,
    )


def _widths(module: nn.Module, given: Tensor) -> tuple[int, int] | None:
    """What a layer expects and what it gets, along the one dimension its weights fix."""
    if isinstance(module, nn.Linear):
        return module.in_features, given.shape[-1] if given.ndim else 0
    if isinstance(module, _CONVOLUTIONS):
        dimensions = len(module.kernel_size)
        return (module.in_channels, given.shape[-dimensions - 1]) if given.ndim > dimensions else None
    if isinstance(module, _NORMS) and given.ndim > 1:
        return module.num_features, given.shape[1]
    return None
