"""The script of a small tensor worked through an operation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tudui_gui.layers.bench_state import BenchState, array_of
from tudui_gui.layers.tensor_tools import tool_source

_HEAD = '''\
"""A small tensor through {name}."""

import torch
{imports}
x = torch.tensor({given}{dtype}){view}
'''

_WEIGHTS = """\
with torch.no_grad():
    layer.weight.copy_(torch.tensor({kernel}).reshape(layer.weight.shape))
"""

_UNPOOL = """\
pool = nn.MaxPool2d({size}, return_indices=True)
maxima, indices = pool(x)
output = layer(maxima, indices, output_size=x.shape)
"""


def arithmetic_script(state: BenchState) -> str:
    """Text that prints what ``layers.bench.work`` computes, in PyTorch's own shape."""
    if state.kind == "tensor":
        return _head(state, "") + f"output = {tool_source(state.step)}\nprint(output)\n"
    return _head(state, "from torch import nn\n") + _made(state) + "print(output)\n"


def _head(state: BenchState, imports: str) -> str:
    given, view = array_of(state.given), ""
    if state.kind == "loss":
        given = given.reshape(-1, given.shape[3])
    elif state.name == "Conv1d":
        given = given[:, :, 0]
    elif state.kind == "tensor" and given.shape[:2] == (1, 1):
        given = given[0, 0]
    elif state.name == "Conv3d":
        view = ".unsqueeze(1)"
    dtype = ", dtype=torch.long" if state.is_integer else ""
    numbers = given.astype(np.int64) if state.is_integer else given
    return _HEAD.format(name=state.name, imports=imports, given=_text(numbers), dtype=dtype, view=view)


def _made(state: BenchState) -> str:
    source = state.step.source()
    if state.kind == "loss":
        return _target(state) + f"loss = {source}\noutput = loss(x, target)\n"
    seed = f"torch.manual_seed({state.seed})\n" if "random" in state.step.operation.tags else ""
    text = f"{seed}layer = {source}\n"
    if state.kernel is not None:
        text += _WEIGHTS.format(kernel=_text(array_of(state.kernel)))
        if state.bias is not None:
            text += f"    layer.bias.copy_(torch.tensor({_text(np.array(state.bias, np.float32))}))\n"
    if state.name == "MaxUnpool2d":
        return text + _UNPOOL.format(size=_window(state))
    return text + "with torch.no_grad():\n    output = layer(x)\n"


def _window(state: BenchState) -> str:
    values = state.step.values
    return f"{values['kernel_size']!r}, {values['stride']!r}, {values['padding']!r}"


def _target(state: BenchState) -> str:
    target = array_of(state.target or ())
    if "target:classes" in state.step.operation.tags:
        return f"target = torch.tensor({target.reshape(-1).astype(int).tolist()})\n"
    return f"target = torch.tensor({_text(target.reshape(-1, target.shape[3]))})\n"


def _text(values: NDArray[Any]) -> str:
    """Nested lists, a row of numbers a line."""
    if values.ndim == 1:
        return f"[{', '.join(_number(value) for value in values)}]"
    inner = ",\n".join(_text(part) for part in values)
    indented = "\n".join("    " + line for line in inner.splitlines())
    return f"[\n{indented},\n]"


def _number(value: Any) -> str:
    # float32 has no more digits than these; float(value) alone would print 0.10000000149011612.
    if isinstance(value, np.integer):
        return str(int(value))
    return np.format_float_positional(value, trim="0")
