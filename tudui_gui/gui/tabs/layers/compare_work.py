"""The same pictures through a second model. Pure functions for pool threads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.tabs.layers.work import (
    Arranged,
    Detail,
    Hints,
    Look,
    MapRequest,
    MapResult,
    Maps,
    arrange,
    compute,
    detail,
    maps_again,
    pictures,
)
from tudui_gui.gui.workers import Progress


@dataclass(frozen=True)
class Difference:
    """How far a map is from the one of the same channel in the other model.

    Attributes
    ----------
    means : (float, float)
        Of the map here and of the one there.
    distance : float
        The mean of the absolute differences; NaN where the maps have other sizes, or hold no finite number.
    correlation : float
        Pearson's, -1 to 1; NaN as well where a map is the same everywhere.
    """

    means: tuple[float, float]
    distance: float = nan
    correlation: float = nan


@dataclass(frozen=True, eq=False)
class Compared:
    """The maps of the second model.

    Attributes
    ----------
    arranged : Arranged
        In the order of the first model's maps where there are as many.
    detail : Detail or None
        The chosen map in large.
    difference : Difference or None
        None where the first model has no such channel.
    """

    arranged: Arranged
    detail: Detail | None
    difference: Difference | None


def compare_work(
    first: MapResult, request: MapRequest, look: Look, hints: Hints, token: CancelToken, progress: Progress
) -> Compared:
    """Compute what the second model makes of the same picture. Any pool thread. Raises as ``compute``."""
    return compared_again(first, compute(request, token, progress), look, hints, token, progress)


def compared_again(
    first: MapResult, second: MapResult, look: Look, hints: Hints, token: CancelToken, progress: Progress
) -> Compared:
    """The same maps, looked at otherwise, or another of them chosen."""
    look = replace(look, as_tutorial=False)
    arranged = arrange(second, look, (), 1, token, progress)
    if first.count == second.count:
        arranged = replace(arranged, order=arrange(first, look, (), 1, token, progress).order)
    rows = [row for row in hints.rows if row < arranged.count]
    arranged = replace(arranged, images=pictures(arranged, rows, hints.side, token, progress))
    if arranged.row_of(hints.channel) < 0:
        return Compared(arranged, None, None)
    chosen = detail(second, hints.channel, look, token, progress)
    if hints.channel >= first.count:
        return Compared(arranged, chosen, None)
    before = maps_again(first, [hints.channel], token)[0]
    means = first.statistics.mean[hints.channel], second.statistics.mean[hints.channel]
    return Compared(arranged, chosen, difference(before, chosen.values, means))


def difference(first: Maps, second: Maps, means: tuple[float, float]) -> Difference:
    """How far two maps are from each other, over the places where both have finite numbers."""
    plain = Difference((float(means[0]), float(means[1])))
    if first.shape != second.shape:
        return plain
    known = np.isfinite(first) & np.isfinite(second)
    one, other = first[known].astype(np.float64), second[known].astype(np.float64)
    if not one.size:
        return plain
    spread = float(one.std() * other.std())
    together = float(((one - one.mean()) * (other - other.mean())).mean())
    correlation = together / spread if spread > 0 else nan
    return Difference(plain.means, float(np.abs(one - other).mean()), correlation)
