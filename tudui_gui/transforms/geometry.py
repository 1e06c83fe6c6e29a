"""Where a point of one stage is in the others."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tudui_gui.core.operations import Step
from tudui_gui.transforms.flow import sides
from tudui_gui.transforms.nested import flattened

#: x and y from the top left corner in pixels of the exact value; the middle of the first pixel is (0.5, 0.5).
Point = tuple[float, float]

#: Height and width.
Size = tuple[int, int]

#: ``[3, 3]``: homogeneous coordinates (x, y, 1) before a step to those after it.
Matrix = NDArray[np.float64]


class Placed(Protocol):
    """What is needed of a stage: its step, what that drew, whether it ran, and height and width."""

    @property
    def step(self) -> Step | None:
        """The step that made it; None of the input."""

    @property
    def drawn(self) -> Mapping[str, Any]:
        """What ``drawing.record`` noted."""

    @property
    def skipped(self) -> bool:
        """The step did not run."""

    @property
    def size(self) -> Size | None:
        """Of its value."""


def trace(stages: Sequence[Placed], index: int, point: Point) -> tuple[Point | None, ...]:
    """Where ``point`` of stage ``index`` is in every stage; None where it is not known, or outside.

    Known are the ways through steps that resize, crop, flip, pad, turn, shear or tilt, and through every step
    that leaves the pixels in their places.
    """
    found: list[Point | None] = [None] * len(stages)
    found[index] = _inside(point, stages[index].size)
    for place in range(index + 1, len(stages)):
        way = way_through(stages[place], stages[place - 1].size)
        found[place] = _moved(way, found[place - 1], stages[place].size)
    for place in range(index, 0, -1):
        way = way_through(stages[place], stages[place - 1].size)
        back = None if way is None else _undone(way)
        found[place - 1] = _moved(back, found[place], stages[place - 1].size)
    return tuple(found)


def way_through(stage: Placed, before: Size | None) -> Matrix | None:
    """The map from a picture of the size ``before`` to ``stage``; None where none is known."""
    step, after = stage.step, stage.size
    if step is None or before is None or after is None:
        return None
    if stage.skipped:
        return np.eye(3)
    known = _WAYS.get(step.name)
    if known is not None:
        return known(step, stage.drawn, before, after)
    moves = any("kind:geometry" in each.operation.tags for each in flattened([step]))
    stays = not moves and not _augmentation_moves(step, stage.drawn)
    return np.eye(3) if stays and before == after else None


def _augmentation_moves(step: Step, drawn: Mapping[str, Any]) -> bool:
    """Whether an automatic augmentation moves pixels: by what it drew, if that is known."""
    if not any("kind:auto" in each.operation.tags for each in flattened([step])):
        return False
    return "operations" not in drawn or any(name in _MOVING for name, _ in drawn["operations"])


def _undone(way: Matrix) -> Matrix | None:
    try:
        return np.asarray(np.linalg.inv(way), np.float64)
    except np.linalg.LinAlgError:  # all points on a line
        return None


def _moved(way: Matrix | None, point: Point | None, size: Size | None) -> Point | None:
    if way is None or point is None:
        return None
    x, y, w = way @ np.array([*point, 1.0])
    if w <= 0:  # beyond the horizon of a perspective
        return None
    return _inside((float(x / w), float(y / w)), size)


def _inside(point: Point, size: Size | None) -> Point | None:
    if size is None or not (0 <= point[0] <= size[1] and 0 <= point[1] <= size[0]):
        return None
    return point


def _scaling(x: float, y: float, left: float = 0.0, top: float = 0.0) -> Matrix:
    """``left`` and ``top`` are taken off, then x and y multiplied."""
    return np.array([[x, 0, -left * x], [0, y, -top * y], [0, 0, 1]], dtype=np.float64)


def _unmoved(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix:
    return np.eye(3)


def _resized(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix:
    return _scaling(after[1] / before[1], after[0] / before[0])


def _padded(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix:
    left, top, _, _ = sides(step.values["padding"])
    return _scaling(1, 1, -left, -top)


def _flipped(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix:
    if not drawn.get("flipped"):
        return np.eye(3)
    if step.name == "RandomHorizontalFlip":
        return np.array([[-1.0, 0, before[1]], [0, 1, 0], [0, 0, 1]])
    return np.array([[1.0, 0, 0], [0, -1, before[0]], [0, 0, 1]])


def _center_cropped(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix:
    top, left = (_center_offset(length, wanted) for length, wanted in zip(before, after, strict=True))
    return _scaling(1, 1, left, top)


def _center_offset(length: int, wanted: int) -> int:
    """Where ``center_crop`` begins; below 0 where it has to add a border."""
    return -((wanted - length) // 2) if wanted > length else round((length - wanted) / 2)


def _randomly_cropped(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix | None:
    if "i" not in drawn:
        return None
    left, top = border_of_random_crop(step, before)[:2]
    return _scaling(1, 1, drawn["j"] - left, drawn["i"] - top)


def border_of_random_crop(step: Step, size: Size) -> tuple[int, int, int, int]:
    """What ``RandomCrop`` adds to a picture before it cuts: (left, top, right, bottom)."""
    padding, wanted = step.values["padding"], step.values["size"]
    left, top, right, bottom = (0, 0, 0, 0) if padding is None else sides(padding)
    if step.values["pad_if_needed"]:
        height, width = wanted if isinstance(wanted, tuple) else (wanted, wanted)
        across = max(0, width - (size[1] + left + right))
        down = max(0, height - (size[0] + top + bottom))
        left, top, right, bottom = left + across, top + down, right + across, bottom + down
    return left, top, right, bottom


def _crop_resized(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix | None:
    if "i" not in drawn or not drawn["w"] or not drawn["h"]:  # of a wide ratio and a small picture
        return None
    return _scaling(after[1] / drawn["w"], after[0] / drawn["h"], drawn["j"], drawn["i"])


def _turned(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix | None:
    if "angle" not in drawn:
        return np.eye(3) if drawn.get("applied") is False else None
    shear = drawn.get("shear", (0.0, 0.0))
    linear = _linear(_angle(step, drawn), drawn.get("scale", 1.0), (shear[0], shear[1]))
    middle = np.array([before[1] / 2, before[0] / 2])
    center = middle if step.values.get("center") is None else np.array(step.values["center"])
    moved = np.array(drawn.get("translate", (0, 0)))
    shift = np.array([(after[1] - before[1]) / 2, (after[0] - before[0]) / 2])
    way = np.eye(3)
    way[:2, :2] = linear
    way[:2, 2] = center - linear @ center + moved + shift
    return way


def _zoomed_out(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix | None:
    if "padding" not in drawn:
        return np.eye(3) if drawn.get("applied") is False else None
    left, top = drawn["padding"][:2]
    return _scaling(1, 1, -left, -top)


def _tilted(step: Step, drawn: Mapping[str, Any], before: Size, after: Size) -> Matrix | None:
    if "corners" not in drawn:
        return np.eye(3) if drawn.get("applied") is False else None
    height, width = before
    corners = [(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)]
    return _homography(corners, drawn["corners"])


def _homography(begin: Sequence[tuple[float, float]], end: Sequence[tuple[float, float]]) -> Matrix | None:
    """The perspective that takes four points to four others; None if three of them lie on a line."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(begin, end, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    try:
        solved = np.linalg.solve(np.array(rows, np.float64), np.array(wanted, np.float64))
    except np.linalg.LinAlgError:
        return None
    return np.append(solved, 1.0).reshape(3, 3)


def _angle(step: Step, drawn: Mapping[str, Any]) -> float:
    """Clockwise: ``rotate`` turns the other way, ``affine`` does not."""
    return float(-drawn["angle"] if step.name == "RandomRotation" else drawn["angle"])


def _linear(degrees: float, scale: float, shear: tuple[float, float]) -> Matrix:
    """Rotation, shear and scale as ``torchvision.transforms.functional.affine`` puts them together."""
    turn, across, down = map(math.radians, (degrees, *shear))
    return scale * np.array(
        [
            [
                math.cos(turn - down) / math.cos(down),
                -math.cos(turn - down) * math.tan(across) / math.cos(down) - math.sin(turn),
            ],
            [
                math.sin(turn - down) / math.cos(down),
                -math.sin(turn - down) * math.tan(across) / math.cos(down) + math.cos(turn),
            ],
        ]
    )


_WAYS: dict[str, Callable[[Step, Mapping[str, Any], Size, Size], Matrix | None]] = {
    "Resize": _resized,
    "ScaleJitter": _resized,
    "RandomResize": _resized,
    "RandomShortestSize": _resized,
    "Pad": _padded,
    "RandomHorizontalFlip": _flipped,
    "RandomVerticalFlip": _flipped,
    "CenterCrop": _center_cropped,
    "RandomCrop": _randomly_cropped,
    "RandomResizedCrop": _crop_resized,
    "RandomRotation": _turned,
    "RandomAffine": _turned,
    "RandomZoomOut": _zoomed_out,
    "RandomPerspective": _tilted,
    "RandomErasing": _unmoved,
}

#: Operations of the automatic augmentations that move pixels.
_MOVING = frozenset({"ShearX", "ShearY", "TranslateX", "TranslateY", "Rotate"})
