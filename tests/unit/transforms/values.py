"""What a step may be given: every kind, type and number of channels that a pipeline can hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.operations import Step

PIXELS = np.random.default_rng(0).integers(0, 256, (70, 80, 3), dtype=np.uint8)
PICTURE = Image.fromarray(PIXELS)
FLOATS = transforms.ToTensor()(PICTURE)
BYTES = transforms.PILToTensor()(PICTURE)

VALUES: dict[str, Any] = {
    "picture": PICTURE,
    "gray picture": PICTURE.convert("L"),
    "floats": FLOATS,
    "gray floats": FLOATS[:1],
    "normalized": FLOATS * 4 - 2,
    "half floats": FLOATS.half(),
    "bytes": BYTES,
    "gray bytes": BYTES[:1],
    "int32": BYTES.to(torch.int32),
    "image tensor": v2.ToImage()(PICTURE),
    "array": PIXELS,
    "pictures": transforms.FiveCrop(40)(PICTURE),
    "tensors": transforms.FiveCrop(40)(FLOATS),
}


def certain(step: Step) -> Step:
    """``step`` without its own chance to do nothing."""
    changes: dict[str, Any] = {}
    if isinstance(step.values.get("p"), float):
        changes["p"] = 1.0
    if step.name == "ColorJitter":
        changes["brightness"] = (0.2, 0.9)
    return step.with_values(**changes)


def applied(steps: tuple[Step, ...], value: Any, seed: int = 0) -> Any:
    """What torchvision itself makes of ``value``. Raises whatever it raises."""
    torch.manual_seed(seed)
    for step in steps:
        if step.enabled:
            value = step.build()(value)
    return value
