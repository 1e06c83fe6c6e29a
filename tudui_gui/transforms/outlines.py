"""Which piece of a picture is left after some steps: four corners to be drawn over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from tudui_gui.transforms.geometry import Matrix, Point, Size, way_through
from tudui_gui.transforms.pipeline import Stage

#: Corners nearer than this to those of the whole picture are the whole picture, in pixels.
_NEAR = 0.5


@dataclass(frozen=True)
class Outline:
    """A piece of a picture.

    Attributes
    ----------
    corners : tuple of (x, y)
        Of the result's top left, top right, bottom right and bottom left corner, in pixels of the picture;
        outside it where a border was added.
    is_erased : bool
        RandomErasing covered it; otherwise it is what is left.
    """

    corners: tuple[Point, ...]
    is_erased: bool = False


def outlines(stages: Sequence[Stage]) -> tuple[Outline, ...]:
    """What the last stage shows of the picture in the first, after what was erased of it.

    Nothing where that is the whole picture; nothing more from the first step on that moves pixels in a way
    that four corners do not tell, such as ElasticTransform, or gives several pictures.
    """
    back: Matrix = np.eye(3)
    found: list[Outline] = []
    for before, stage in pairwise(stages):
        way = None if isinstance(stage.value, tuple) else way_through(stage, before.size)
        if way is None:
            return tuple(found)
        back = back @ np.linalg.inv(way)
        if _erases(stage):
            found.append(Outline(_corners(back, *_erased(stage.drawn)), is_erased=True))
    first, last = stages[0].size, stages[-1].size
    if first is None or last is None:
        return tuple(found)
    corners = _corners(back, 0, 0, last[1], last[0])
    return (*found, Outline(corners)) if _is_piece(corners, first) else tuple(found)


def _erases(stage: Stage) -> bool:
    is_erasing = stage.step is not None and stage.step.name == "RandomErasing"
    return is_erasing and not stage.skipped and bool(stage.drawn.get("applied", True)) and "h" in stage.drawn


def _corners(back: Matrix, left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    places = np.array([(left, top, 1), (right, top, 1), (right, bottom, 1), (left, bottom, 1)]) @ back.T
    return tuple((float(x / w), float(y / w)) for x, y, w in places)


def _is_piece(corners: Sequence[Point], whole: Size) -> bool:
    """Whether the corners are not those of the whole picture, in whatever order."""
    height, width = whole
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    away = [min(abs(x), abs(x - width)) for x in xs] + [min(abs(y), abs(y - height)) for y in ys]
    return max(away) > _NEAR


def _erased(drawn: Mapping[str, Any]) -> tuple[float, float, float, float]:
    return drawn["j"], drawn["i"], drawn["j"] + drawn["w"], drawn["i"] + drawn["h"]
