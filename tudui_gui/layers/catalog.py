"""The layers: PyTorch's classes with their parameters, defaults and ranges."""

from __future__ import annotations

from tudui_gui.core.operations import Catalog
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.entries_activations import ACTIVATIONS
from tudui_gui.layers.entries_others import DROPOUTS, LINEAR, NORMS, SHAPES
from tudui_gui.layers.entries_windows import WINDOWS

#: Tags: ``window`` slides over the image, ``activation`` works on each value alone (Softmax and LogSoftmax:
#: along ``dim``), ``weights`` has something to learn, ``random`` draws when it runs in training mode,
#: ``needs_indices`` takes a MaxPool2d's indices as well, ``dimensions:1`` and ``dimensions:3`` are for
#: sequences and volumes, ``kind:...`` groups (conv pool pad activation norm linear shape dropout).
LAYERS = Catalog(
    QT_TRANSLATE_NOOP("errors", "layer"),
    (*WINDOWS, *ACTIVATIONS, *NORMS, LINEAR, *SHAPES, *DROPOUTS),
)
