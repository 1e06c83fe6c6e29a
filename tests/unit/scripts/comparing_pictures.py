"""Comparing what scripts about pictures compute with the application, many in one interpreter."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from torch import Tensor

from tests.unit.scripts.running import run_script

_DRIVER = """\
import contextlib, io, pickle, runpy, sys
import numpy as np
import torch
from PIL import Image

def plain(value):
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, Image.Image):
        return value.mode, np.asarray(value)
    if isinstance(value, torch.Tensor):
        return str(value.dtype), value.numpy()
    return "array", value

found = []
for script in {scripts!r}:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        made = runpy.run_path(script, run_name="__main__")
    values = {{name: plain(made[name]) for name in {names!r} if name in made}}
    found.append((printed.getvalue(), values))
with open({result!r}, "wb") as stream:
    pickle.dump(found, stream)
"""


@dataclass(frozen=True)
class Ran:
    """What a script printed, and its values by name."""

    printed: str
    values: Mapping[str, Any]


def run_all(scripts: Mapping[str, str], names: Sequence[str], folder: Path) -> dict[str, Ran]:
    """Run each script; ``names`` are those of its variables that are wanted, where it has them."""
    listed = []
    for number, text in enumerate(scripts.values()):
        path = folder / f"script_{number}.py"
        path.write_text(text, encoding="utf-8")
        listed.append(str(path))
    result = folder / "found.pickle"
    run_script(_DRIVER.format(scripts=listed, names=names, result=str(result)), folder)
    found = pickle.loads(result.read_bytes())
    return {name: Ran(*each) for name, each in zip(scripts, found, strict=True)}


def is_same(found: Any, value: Any) -> bool:
    """Whether a script's value is of the kind of ``value``, and equal bit for bit."""
    if isinstance(value, tuple | list):
        return len(found) == len(value) and all(map(is_same, found, value))
    if isinstance(value, Image.Image):
        kind, array = value.mode, np.asarray(value)
    elif isinstance(value, Tensor):
        kind, array = str(value.dtype), value.numpy()
    else:
        kind, array = "array", value
    return found[0] == kind and found[1].dtype == array.dtype and np.array_equal(found[1], array)
