"""Points of a curve, their moving average, and what of them is worth drawing. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class _Buffer:
    """Floats that grow at the end without copying them each time."""

    def __init__(self) -> None:
        self._room = np.empty(1024)
        self._size = 0

    @property
    def values(self) -> Floats:
        return self._room[: self._size]

    def extend(self, values: Floats) -> None:
        needed = self._size + len(values)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)))
            room[: self._size] = self.values
            self._room = room
        self._room[self._size : needed] = values
        self._size = needed


@dataclass
class Series:
    """One curve: how it looks and its points."""

    label: str
    color: str
    smoothed: bool = False
    dashed: bool = False
    points: bool = False
    _xs: _Buffer = field(default_factory=_Buffer)
    _ys: _Buffer = field(default_factory=_Buffer)
    _smooth: _Buffer = field(default_factory=_Buffer)
    _average: float = 0.0
    _weight: float = 0.0

    @property
    def xs(self) -> Floats:
        """The x values."""
        return self._xs.values

    @property
    def ys(self) -> Floats:
        """The y values."""
        return self._ys.values

    @property
    def smooth(self) -> Floats:
        """The moving average, as long as :attr:`xs` if the series is smoothed."""
        return self._smooth.values

    def append(self, xs: Sequence[float], ys: Sequence[float], factor: float) -> None:
        """Add points; ``factor`` is the weight of the past in the moving average."""
        new = np.asarray(ys, float)
        self._xs.extend(np.asarray(xs, float))
        self._ys.extend(new)
        if self.smoothed:
            self._smooth.extend(self._averages(new, factor))

    def clear(self) -> None:
        """Forget all points."""
        self._xs, self._ys, self._smooth = _Buffer(), _Buffer(), _Buffer()
        self._average = self._weight = 0.0

    def smooth_again(self, factor: float) -> None:
        """Compute the moving average anew."""
        self._smooth, self._average, self._weight = _Buffer(), 0.0, 0.0
        if self.smoothed:
            self._smooth.extend(self._averages(self.ys, factor))

    def value_at(self, x: float) -> float | None:
        """The (smoothed) value at the point nearest to ``x``."""
        if not len(self.xs):
            return None
        after = int(np.searchsorted(self.xs, x))
        near = [i for i in (after - 1, after) if 0 <= i < len(self.xs)]
        nearest = min(near, key=lambda i: abs(float(self.xs[i]) - x))
        return float((self.smooth if self.smoothed else self.ys)[nearest])

    def _averages(self, values: Floats, factor: float) -> Floats:
        """Exponential moving average without bias towards zero at the start, as TensorBoard draws it."""
        out = np.empty(len(values))
        for place, value in enumerate(values.tolist()):
            if np.isfinite(value):
                self._average = factor * self._average + (1 - factor) * value
                self._weight = factor * self._weight + (1 - factor)
            out[place] = self._average / self._weight if self._weight else value
        return out


def decimate(xs: Floats, ys: Floats, buckets: int) -> tuple[Floats, Floats]:
    """At most ``2 * buckets`` points that look the same: each bucket's lowest and highest, in order.

    Gaps (not-a-number) inside a bucket are lost; a bucket of nothing else stays a gap.
    """
    size = len(xs) // buckets if buckets else 0
    if size < 4:
        return xs, ys
    whole = len(xs) // size * size
    rows = ys[:whole].reshape(-1, size)
    low = np.where(np.isnan(rows), np.inf, rows).argmin(axis=1)
    high = np.where(np.isnan(rows), -np.inf, rows).argmax(axis=1)
    ends = np.sort(np.stack([low, high], axis=1), axis=1)
    picked = (ends + np.arange(len(rows))[:, None] * size).ravel()
    picked = np.concatenate([picked, np.arange(whole, len(xs))])
    return xs[picked], ys[picked]
