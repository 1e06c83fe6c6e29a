"""Putting the text of a script together."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tudui_gui.scripts.layout import in_brackets
from tudui_gui.transforms.pipeline import Pipeline

#: Every import a script may have, in the order they are written; an empty line divides the groups.
_IMPORTS = (
    "import csv",
    "import hashlib",
    "import json",
    "import os",
    "import re",
    "import zlib",
    "from pathlib import Path",
    "",
    "import cv2",
    "import numpy as np",
    "import sklearn",
    "import torch",
    "import torchvision",
    "from PIL import Image, ImageOps",
    "from sklearn.datasets import load_digits",
    "from torch import Tensor, nn",
    "from torch.utils.data import DataLoader, Dataset, Subset, WeightedRandomSampler",
    "from torch.utils.tensorboard import SummaryWriter",
    "from torchvision import datasets, transforms",
    "from torchvision.transforms import v2",
    "from torchvision.utils import save_image",
)

#: Text that is no code: docstrings, comments, strings; of strings with fields in braces nothing.
_QUOTED = r"""(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
_NO_CODE = re.compile(rf'(?m)"""[\s\S]*?"""|(?:^ *|  )# [^\n]*|(?P<kept>\bf{_QUOTED})|{_QUOTED}')
_NAME = re.compile(r"(?<![\w.])\w+")

_READ_PLAIN = """\
def read_rgb(path):
    \"\"\"The picture upright, as RGB.\"\"\"
    return ImageOps.exif_transpose(Image.open(path)).convert("RGB")
"""

_READ_WIDE = """\
def read_rgb(path{arguments}):
    \"\"\"{summary}\"\"\"
{steps}{convert}"""

_SEEK = "    image.seek(frame)\n"
_REDUCE = """\
    if reduction > 1:  # the decoder leaves out rows and columns
        image.draft(None, (image.width // reduction, image.height // reduction))
"""
_DROP_KEY = '    image.info.pop("transparency", None)  # Pillow would warn of it; the colours are the same\n'
_CONVERT = '    return image.convert("RGB")\n'

_CONVERT_DEEP = """\
    if image.mode[0] not in "IF":
        return image.convert("RGB")
    values = np.asarray(image).astype(np.float64)
    finite = np.isfinite(values)
    low, high = values[finite].min(), values[finite].max()
    is_whole = image.mode != "F"
    if image.mode.startswith("I;") or (is_whole and low >= 0 and 255 < high <= 65535):
        offset, scale = 0, 1 / 257
    elif low >= 0 and not is_whole and high <= 1:
        offset, scale = 0, 255
    elif low >= 0 and high <= 255:
        offset, scale = 0, 1
    else:
        offset, scale = low, 255 / (high - low) if high > low else 0
    grey = np.where(finite, (np.where(finite, values, 0) - offset) * scale, 0)
    return Image.fromarray(np.rint(grey).clip(0, 255).astype(np.uint8)).convert("RGB")
"""


def read_text(
    *, is_deep: bool = False, frames: bool = False, reductions: bool = False, keyed: bool = False
) -> str:
    """Python text of ``read_rgb(path)``, which reads a file as the application does.

    Parameters
    ----------
    is_deep : bool
        It must scale values of more than 8 bits.
    frames, reductions : bool
        It has an argument ``frame``, one of several pictures in a file; ``reduction``, as
        ``images.reading.read_image`` has it.
    keyed : bool
        It must take palettes with several degrees of transparency without Pillow's warning.
    """
    if not (is_deep or frames or reductions or keyed):
        return _READ_PLAIN
    opened = "    image = Image.open(path)\n"
    before = (_SEEK if frames else "") + (_REDUCE if reductions else "")
    upright = "    image = ImageOps.exif_transpose({})\n"
    steps = opened + before + upright.format("image") if before else upright.format("Image.open(path)")
    deep = " of 8 bits; values of more bits are scaled, not cut off" if is_deep else ""
    return _READ_WIDE.format(
        arguments=(", frame=0" if frames else "") + (", reduction=1" if reductions else ""),
        summary=f"The picture upright, as RGB{deep}.",
        steps=steps + (_DROP_KEY if keyed else ""),
        convert=_CONVERT_DEEP if is_deep else _CONVERT,
    )


def assemble(title: str, *parts: str) -> str:
    """A whole script: its docstring, the imports its parts use, and the parts."""
    body = "\n\n".join(part for part in parts if part)
    return f'"""{title}"""\n\n{_imports_of(body)}\n\n{body}'


def _imports_of(body: str) -> str:
    words = frozenset(_NAME.findall(_NO_CODE.sub(lambda found: found["kept"] or "", body)))
    lines = [_only_used(line, words) for line in _IMPORTS]
    groups = "\n".join(line for line in lines if line is not None).strip("\n")
    return f"{groups}\n"


def _only_used(line: str, words: frozenset[str]) -> str | None:
    """The import line with those of its names that are among ``words``; None if there are none."""
    if not line:
        return line
    head, _, names = line.rpartition("import ")
    used = [name for name in names.split(", ") if name.split(" as ")[-1] in words]
    return f"{head}import {', '.join(used)}" if used else None


def reading(image_path: Path | None, *, is_deep: bool = False) -> str:
    """Python text of ``read_rgb(path)``, which reads a file as the application does.

    Parameters
    ----------
    image_path : Path or None
        A file that it must be able to read.
    is_deep : bool
        Whether it must be able to read any file.
    """
    header = header_of(image_path)
    return read_text(is_deep=is_deep or header.is_deep, keyed=header.keyed)


@dataclass(frozen=True)
class Header:
    """What matters of a file's header: more than 8 bits a value, a palette with transparency, pixels."""

    is_deep: bool = False
    keyed: bool = False
    pixels: int = 0


def header_of(path: Path | None) -> Header:
    """Look at a file's header; nothing is said of one that cannot be read: the script will meet it too."""
    if path is None:
        return Header()
    try:
        with Image.open(path) as image:
            keyed = isinstance(image.info.get("transparency"), bytes)
            return Header(image.mode[0] in "IF", keyed, image.width * image.height)
    except Exception:  # Pillow's readers meet damaged headers with errors of any kind.
        return Header()


def path_text(path: Path | None) -> str:
    """Python text of an absolute path; of a name to be replaced where the picture is in no file."""
    return repr("image.png" if path is None else str(path.absolute()))


def transform_text(name: str, pipeline: Pipeline, first: str = "") -> str:
    """``name = transforms.Compose([...])``; ``first`` is the text of a step put before the others."""
    steps = ([first] if first else []) + [step.source() for step in pipeline.enabled_steps]
    return f"{name} = transforms.Compose({in_brackets(steps)})\n"


def indented(text: str, by: int = 4) -> str:
    """``text`` moved to the right; empty lines stay empty."""
    return "".join(f"{' ' * by}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def joined(lines: Iterable[str]) -> str:
    """Lines, each ended."""
    return "".join(f"{line}\n" for line in lines)


def wrapped(values: Iterable[str]) -> str:
    """Python text of a tuple, or of a mapping as a dict, on as many lines as it takes."""
    start, end = "{}" if isinstance(values, Mapping) else "()"
    pairs = values.items() if isinstance(values, Mapping) else ((value, None) for value in values)
    items = (repr(key) if value is None else f"{key!r}: {value!r}" for key, value in pairs)
    lines = textwrap.fill(f"{', '.join(items)},", 100, initial_indent="    ", subsequent_indent="    ")
    return f"{start}\n{lines}\n{end}"
