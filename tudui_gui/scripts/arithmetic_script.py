"""The script of a small matrix worked through a layer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tudui_gui.core.operations import Step

_HEAD = '''\
"""A small matrix through {name}."""

import torch
{imports}

x = torch.tensor({given})
'''

_CONV = """\
kernel = torch.tensor({kernel})

# conv2d wants (batch, channels, height, width).
output = functional.conv2d(x[None, None], kernel[None, None]{settings})
"""

_LAYER = """\
layer = {layer}
output = layer(x[None, None])
"""

_SHOW = """\
print(output[0, 0])
"""


def arithmetic_script(step: Step, given: NDArray[np.float32], kernel: NDArray[np.float32]) -> str:
    """Text that prints what ``layers.windows.work`` computes.

    Parameters
    ----------
    step : Step
        Of ``SMALL_LAYERS``.
    given, kernel : ndarray of float32, (H, W)
        ``kernel`` counts for Conv2d alone.
    """
    is_conv = step.name == "Conv2d"
    imports = "from torch.nn import functional" if is_conv else "from torch import nn"
    head = _HEAD.format(name=step.name, imports=imports, given=_rows(given))
    if is_conv:
        middle = _CONV.format(kernel=_rows(kernel), settings=_settings(step))
    else:
        middle = _LAYER.format(layer=step.source())
    return head + middle + _SHOW


def _settings(step: Step) -> str:
    """The arguments of ``conv2d`` that differ from its defaults; the kernel itself has the size."""
    parameters = [p for p in step.operation.parameters if p.name != "kernel_size"]
    changed = [(p, step.values[p.name]) for p in parameters if step.values[p.name] != p.default]
    return "".join(f", {parameter.name}={parameter.source(value)}" for parameter, value in changed)


def _rows(matrix: NDArray[np.float32]) -> str:
    rows = ",\n".join(f"    {[float(value) for value in _shortest(row)]}" for row in matrix)
    return f"[\n{rows},\n]"


def _shortest(row: NDArray[np.float32]) -> list[str]:
    # float32 has no more digits than these; float(value) alone would print 0.10000000149011612.
    return [np.format_float_positional(value, trim="0") for value in row]
