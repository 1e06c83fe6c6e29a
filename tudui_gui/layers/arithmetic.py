"""The size that comes out of a layer with a window, and the formula with the numbers put in.

Formulas: the "Shape" sections of PyTorch's pages on Conv2d, MaxPool2d and AvgPool2d.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP

_POOLS = frozenset({"MaxPool2d", "AvgPool2d"})


@dataclass(frozen=True)
class OutputSize:
    """One dimension of an output.

    Attributes
    ----------
    size : int
    formula : str
        Such as ``"floor((32 + 2*2 - 1*(5 - 1) - 1) / 1) + 1 = 32"``.
    """

    size: int
    formula: str


def output_size(
    size: int,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> OutputSize:
    """How many places a window has along an edge of ``size`` pixels; ``stride`` ``None`` is ``kernel_size``.

    Raises
    ------
    ModelError
        When there is no place for the window at all.
    """
    stride = kernel_size if stride is None else stride
    reach = size + 2 * padding - dilation * (kernel_size - 1) - 1
    result = (reach + (stride - 1 if ceil_mode else 0)) // stride + 1
    text = f"({size} + 2*{padding} - {dilation}*({kernel_size} - 1) - 1) / {stride}"
    formula = f"{'ceil' if ceil_mode else 'floor'}({text}) + 1"
    # With ceil_mode PyTorch drops the last window if it would begin in the far border.
    if ceil_mode and (result - 1) * stride >= size + padding:
        result -= 1
        formula += " - 1"
    if result < 1:
        raise _no_place(size, kernel_size, padding, dilation)
    return OutputSize(result, f"{formula} = {result}")


def transposed_size(
    size: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: int = 0,
    added: int = 0,
    dilation: int = 1,
) -> OutputSize:
    """An edge of what ConvTranspose2d makes; ``added`` is its ``output_padding``. May be less than 1."""
    made = (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + added + 1
    text = f"({size} - 1)*{stride} - 2*{padding} + {dilation}*({kernel_size} - 1) + {added} + 1"
    return OutputSize(made, f"{text} = {made}")


def layer_output_size(step: Step, height: int, width: int) -> tuple[OutputSize, OutputSize]:
    """Height and width that a layer tagged ``window`` makes of an image. Raises ``ModelError``."""
    values = step.values
    if step.name in _POOLS:
        _check_border(step)
    rows, columns = (
        output_size(
            size,
            _along(values["kernel_size"], axis),
            stride=_along(values["stride"], axis),
            padding=_along(values["padding"], axis),
            dilation=_along(values.get("dilation", 1), axis),
            ceil_mode=values.get("ceil_mode", False),
        )
        for axis, size in enumerate((height, width))
    )
    return rows, columns


def _check_border(step: Step) -> None:
    """PyTorch refuses a border wider than half of a pooling layer's kernel_size; dilation does not count."""
    for axis in (0, 1):
        kernel_size = _along(step.values["kernel_size"], axis)
        padding = _along(step.values["padding"], axis)
        if padding > kernel_size // 2:
            raise ModelError(
                QT_TRANSLATE_NOOP(
                    "errors", "{layer}: padding {padding} is more than half of kernel_size {kernel_size}."
                ),
                remedy=QT_TRANSLATE_NOOP("errors", "Make padding smaller, or kernel_size larger."),
                layer=step.name,
                padding=padding,
                kernel_size=kernel_size,
            )


def _along(value: Any, axis: int) -> Any:
    return value[axis] if isinstance(value, tuple) else value


def _no_place(size: int, kernel_size: int, padding: int, dilation: int) -> ModelError:
    return ModelError(
        QT_TRANSLATE_NOOP(
            "errors",
            "A window over {window} pixels does not fit into {available}: {size} and {padding} at each end.",
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Make kernel_size or dilation smaller, or padding larger."),
        window=dilation * (kernel_size - 1) + 1,
        available=size + 2 * padding,
        size=size,
        padding=padding,
    )
