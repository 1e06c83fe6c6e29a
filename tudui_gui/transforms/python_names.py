"""What the names of a pasted script stand for, by its imports; nothing is imported or run."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping
from enum import Enum
from typing import Any

import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import AutoAugmentPolicy, InterpolationMode, v2

CLASSIC = "torchvision.transforms"
MODERN = "torchvision.transforms.v2"

#: What names mean in a text that does not import them.
_USUAL = {
    "transforms": CLASSIC,
    "T": CLASSIC,
    "v2": MODERN,
    "torchvision": "torchvision",
    "torch": "torch",
    "nn": "torch.nn",
    "PIL": "PIL",
    "Image": "PIL.Image",
}
_ENUMS: Mapping[str, type[Enum]] = {
    "InterpolationMode": InterpolationMode,
    "AutoAugmentPolicy": AutoAugmentPolicy,
}
#: What :func:`constant` gives for a name that is none.
NOTHING = object()


class Names:
    """Dotted names as a script's imports spell them, and in full."""

    def __init__(self) -> None:
        self._meaning = dict(_USUAL)

    def learn(self, statement: ast.Import | ast.ImportFrom) -> None:
        """Take over what an import binds."""
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                top = alias.name.partition(".")[0]
                self._meaning[alias.asname or top] = alias.name if alias.asname else top
        elif statement.module is not None:
            for alias in statement.names:
                if alias.name != "*":
                    self._meaning[alias.asname or alias.name] = f"{statement.module}.{alias.name}"

    def forget(self, name: str) -> None:
        """``name`` is given another meaning than an import's."""
        self._meaning.pop(name, None)

    def full(self, node: ast.expr) -> str:
        """``torchvision.transforms.Resize`` for ``T.Resize``; the name as it is if no import explains it.

        Empty for anything but a name with dots.
        """
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        head = self._meaning.get(node.id, node.id)
        return ".".join((head, *reversed(parts)))


def transform_class(full: str) -> type | None:
    """torchvision's class of a full name, or of a bare one such as ``Resize``; None if it has none.

    A name of the classic module that only v2 has is v2's, and the other way round.
    """
    module, _, name = full.rpartition(".")
    if (module and not module.startswith(CLASSIC)) or hasattr(builtins, name):
        return None
    places = (v2, transforms) if ".v2" in module else (transforms, v2)
    found = next((getattr(place, name) for place in places if hasattr(place, name)), None)
    return found if isinstance(found, type) and not issubclass(found, Enum) else None


def constant(full: str) -> Any:
    """The value of a constant of torchvision, torch or PIL; :data:`NOTHING` if ``full`` names none."""
    owner, _, name = full.rpartition(".")
    kind = owner.rpartition(".")[2]
    if kind in _ENUMS and (owner == kind or owner.startswith(CLASSIC)):
        return _ENUMS[kind].__members__.get(name, NOTHING)
    if owner == "torch":
        found = getattr(torch, name, None)
        return found if isinstance(found, torch.dtype) else NOTHING
    if owner in ("PIL.Image", "PIL.Image.Resampling", "Resampling"):
        return _resampling(name)
    return NOTHING


def _resampling(name: str) -> Any:
    """PIL's number of a filter; ``ANTIALIAS`` is the name that LANCZOS had."""
    name = {"ANTIALIAS": "LANCZOS", "LINEAR": "BILINEAR", "CUBIC": "BICUBIC"}.get(name, name)
    member = Image.Resampling.__members__.get(name)
    return NOTHING if member is None else int(member)
