"""Reading back what was written for TensorBoard."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader


def pictures_below(folder: Path) -> dict[tuple[str, int], np.ndarray]:
    """Every picture of the event files below ``folder``, ``uint8 [H, W, 3]``, by tag and step."""
    found = {}
    for path in sorted(folder.rglob("events*")):
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                (content,) = value.tensor.string_val[2:]
                found[value.tag, event.step] = np.asarray(Image.open(BytesIO(content)).convert("RGB"))
    return found
