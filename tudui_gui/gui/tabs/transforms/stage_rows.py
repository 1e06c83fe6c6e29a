"""The rows of the stage area: what a pipeline makes of each input, ready to be drawn at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.tabs.transforms.showing import ShownStage
from tudui_gui.gui.tabs.transforms.stage_pictures import Cell, Place
from tudui_gui.gui.tabs.transforms.stage_work import Input, ShownRow, rows_work
from tudui_gui.gui.widgets.pyramid import Pyramid
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Facts
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.probing import Values


@dataclass(frozen=True, eq=False)
class SeenRow:
    """A row whose pictures are ready to be drawn. Column 0 is the input, column ``i + 1`` the step ``i``.

    Attributes
    ----------
    row : ShownRow
    pictures, plains : tuple of Pyramid or None
        Of each column, as ``add_image`` shows it, and with every Normalize undone.
    """

    row: ShownRow
    pictures: tuple[Pyramid | None, ...]
    plains: tuple[Pyramid | None, ...]

    def stage(self, column: int) -> ShownStage | None:
        """What a step made; ``None`` for the input."""
        return self.row.stages[column - 1] if 0 < column <= len(self.row.stages) else None

    def facts(self, column: int) -> Facts | None:
        """The facts of a column."""
        stage = self.stage(column)
        return stage.facts if stage is not None else self.row.facts

    def values(self, column: int) -> Values | None:
        """What the probe reads in a column, [H, W] or [H, W, C]."""
        stage = self.stage(column)
        return stage.values if stage is not None else self.row.values

    def size(self, column: int) -> tuple[int, int] | None:
        """Height and width, where a place in the picture is a place in the value."""
        stage = self.stage(column)
        if stage is None:
            width, height = self.pixels
            return height, width
        has_several = stage.facts is not None and stage.facts.count > 1
        return None if has_several or stage.image is None else stage.size

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the input."""
        return self.row.input.picture.image.size

    def value_at(self, column: int, place: Place) -> NDArray[np.generic] | None:
        """The channels' values of the pixel at ``place``."""
        values = self.values(column)
        x, y = int(place[0]), int(place[1])
        if values is None or not (0 <= y < values.shape[0] and 0 <= x < values.shape[1]):
            return None
        return np.atleast_1d(values[y, x])

    def trace(self, column: int, place: Place) -> tuple[Place | None, ...]:
        """Where a place of a column is in every column."""
        return self.row.trace(column - 1, place)

    def cell(self, column: int, *, is_plain: bool, marks_outside: bool, name: str) -> Cell:
        """What is drawn of a column."""
        stage = self.stage(column)
        plain = self.plains[column] if is_plain else None
        mask = stage.outside_mask if stage is not None and marks_outside else None
        return Cell(
            pyramid=plain or self.pictures[column],
            size=self.size(column),
            mask=mask,
            absence=_absence(stage),
            name=name,
        )


def _absence(stage: ShownStage | None) -> str:
    if stage is None or stage.image is not None:
        return ""
    if stage.problem is not None:
        return "failed"
    return "unknown" if stage.facts is not None else "skipped"


class Pyramids:
    """Those of stages and inputs that are shown still; each is built once. Any thread."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Input | ShownStage, tuple[Pyramid | None, Pyramid | None]] = (
            WeakKeyDictionary()
        )

    def of(self, shown: Input | ShownStage) -> tuple[Pyramid | None, Pyramid | None]:
        """The picture, and the one with Normalize undone."""
        found = self._known.get(shown)
        if found is None:
            plain = shown.plain if isinstance(shown, ShownStage) else None
            found = self._known[shown] = (_pyramid(shown.image), _pyramid(plain))
        return found


def _pyramid(image: QImage | None) -> Pyramid | None:
    return None if image is None or image.isNull() else Pyramid(image)


def seen_work(
    pyramids: Pyramids,
    inputs: Sequence[Input],
    pipeline: Pipeline,
    seed: int,
    is_exact: bool,
    token: CancelToken,
    progress: Progress,
) -> tuple[SeenRow, ...]:
    """:func:`stage_work.rows_work`, and its pictures in all sizes."""
    rows = rows_work(inputs, pipeline, seed, is_exact, token, progress)
    return tuple(_seen(row, pyramids, token) for row in rows)


def _seen(row: ShownRow, pyramids: Pyramids, token: CancelToken) -> SeenRow:
    token.raise_if_cancelled()
    pairs = [pyramids.of(row.input), *(pyramids.of(stage) for stage in row.stages)]
    return SeenRow(row, tuple(picture for picture, _ in pairs), tuple(plain for _, plain in pairs))
