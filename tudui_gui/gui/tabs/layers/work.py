"""Pictures and a layer -> feature maps, and how they are shown: what the pool threads do for this tab."""

from __future__ import annotations

from tudui_gui.gui.tabs.layers.work_input import LONGEST_SIDE, can_reuse, capped_size, flower, prepare
from tudui_gui.gui.tabs.layers.work_look import (
    Arranged,
    Detail,
    Hints,
    Look,
    Shown,
    arrange,
    bounds,
    detail,
    pictures,
    show,
    show_again,
)
from tudui_gui.gui.tabs.layers.work_maps import (
    as_maps,
    compute,
    histogram_of,
    layers_of,
    maps_again,
    whole_batch,
)
from tudui_gui.gui.tabs.layers.work_types import (
    MapRequest,
    MapResult,
    Maps,
    ModelLayer,
    Prepared,
    Subject,
)
from tudui_gui.layers.subjects import Chain, KernelEdit, OneLayer

__all__ = [
    "LONGEST_SIDE",
    "Arranged",
    "Chain",
    "Detail",
    "Hints",
    "KernelEdit",
    "Look",
    "MapRequest",
    "MapResult",
    "Maps",
    "ModelLayer",
    "OneLayer",
    "Prepared",
    "Shown",
    "Subject",
    "arrange",
    "as_maps",
    "bounds",
    "can_reuse",
    "capped_size",
    "compute",
    "detail",
    "flower",
    "histogram_of",
    "layers_of",
    "maps_again",
    "pictures",
    "prepare",
    "show",
    "show_again",
    "whole_batch",
]
