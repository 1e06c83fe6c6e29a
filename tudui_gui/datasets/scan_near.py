"""Finding pictures that are almost the same, such as one that was saved again, resized or brightened.

Each picture is described by the brightness of 16 x 16 fields, less its mean and divided by its norm: 256
numbers that do not change with brightness and contrast. Two pictures are near copies when

- these descriptions correlate (their product is the Pearson correlation),
- so do the differences between neighbouring fields, which tell fine structure from a common background, and
- their colours are close, in 4 x 4 fields.

How high the correlations must be is chosen among :data:`LEVELS` by the set itself. A picture that has a copy
has no further neighbours close by; one that is alike to others by nature, such as a handwritten digit, has
ever more of them. So the lowest bar is taken with which pictures have at most twice as many neighbours within
the doubled (squared) distance, on the average of those in a sample that have any: 1 to 1.5 times as many were
seen with copies of photographs, 4 and more with digits. Where almost none has any, it does not matter.

The search finds every pair (in the space of the first 24 principal components no two descriptions are
farther apart than they are): pictures are put in a grid over the first three components, with cells as wide
as two copies can be apart, and only compared with those of neighbouring cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.scan_worker import SIDE

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: Correlation of the fields and of their differences that copies must have, the strictest first.
LEVELS = ((0.998, 0.994), (0.995, 0.985), (0.99, 0.97), (0.98, 0.95), (0.97, 0.9))

#: Pictures whose brightness varies by less (standard deviation, of 255) show too little to be compared.
PLAIN = 4.0

_MOST_MORE = 2
_FEW, _FEW_SHARE = 10, 0.005
_COMPONENTS = 24
_AXES = 3
# So many pictures at least, and more of few, are compared with all for the choice of the level.
_SAMPLE, _SAMPLE_PRODUCTS = 250, 4_000_000
_BLOCK = 4096
_TILE = 2**21
#: Colours may differ by so many of 255 levels, and by a share of their own strength (brightened copies).
_COLOUR_SLACK, _COLOUR_SHARE = 12.0, 0.3


@dataclass(frozen=True)
class NearCopies:
    """Groups of near copies.

    Attributes
    ----------
    groups : tuple of tuple of int
        Numbers of pictures, ascending; each group holds at least two, and each is a near copy of another of
        its group.
    level : int
        The place in :data:`LEVELS` that was used.
    """

    groups: tuple[tuple[int, ...], ...]
    level: int


def near_copies(
    luma: Bytes,
    chroma: npt.NDArray[np.int8],
    cancel: CancelToken,
    progress: Callable[[int, int], None] | None = None,
) -> NearCopies:
    """The groups of near copies among some pictures.

    Parameters
    ----------
    luma : uint8, shape (N, 256)
        Brightness of 16 x 16 fields.
    chroma : int8, shape (N, C)
        Coarse colours around 0.
    cancel : CancelToken
    progress : callable, optional
        Called with (pictures compared, N).

    Raises
    ------
    Cancelled
    """
    pictures = _Pictures(luma, chroma)
    if len(pictures.numbers) < 2:
        return NearCopies((), len(LEVELS) - 1)
    # Several threads gain nothing on products as small as these, and lose much where a core is busy.
    with threadpool_limits(1, "blas"):
        points, neighbours = _project(pictures, cancel)
        level = _choose_level(neighbours)
        groups = _Groups(len(pictures.numbers))
        for first, second, done in _candidates(points, LEVELS[level][0], cancel):
            groups.add(first, second, lambda a, b: pictures.are_copies(a, b, *LEVELS[level]))
            if progress is not None:
                progress(done, len(points))
    found = sorted(tuple(pictures.numbers[members].tolist()) for members in groups.members())
    return NearCopies(tuple(found), level)


class _Pictures:
    """The pictures that show enough, and their descriptions made when they are asked for."""

    def __init__(self, luma: Bytes, chroma: npt.NDArray[np.int8]) -> None:
        self._luma, self._chroma = luma, chroma
        spread = np.zeros(len(luma))
        for at in range(0, len(luma), _BLOCK):
            block = luma[at : at + _BLOCK].astype(np.float32)
            spread[at : at + _BLOCK] = block.std(axis=1)
        self.numbers = np.flatnonzero(spread >= PLAIN)

    def units(self, which: Ints | slice) -> Floats:
        """Descriptions, float32 [n, 256], each of norm 1."""
        return _units(self._luma[self.numbers[which]].astype(np.float32))

    def are_copies(self, a: Ints, b: Ints, alike: float, fine: float) -> npt.NDArray[np.bool_]:
        """Which of the pairs are near copies."""
        numbers = np.stack([self.numbers[a], self.numbers[b]])
        fields = self._luma[numbers].astype(np.float32)
        steps = _units(_differences(fields))
        whole = _units(fields).prod(axis=0).sum(axis=1) >= alike
        detail = steps.prod(axis=0).sum(axis=1) >= fine
        colours = self._chroma[numbers].astype(np.float32)
        slack = _COLOUR_SLACK + _COLOUR_SHARE * np.abs(colours).max(axis=0)
        close = (np.abs(colours[0] - colours[1]) <= slack).all(axis=1)
        return np.asarray(whole & detail & close)


def _units(values: Floats) -> Floats:
    centred = values - values.mean(axis=-1, keepdims=True)
    norms = np.linalg.norm(centred, axis=-1, keepdims=True)
    return np.asarray(centred / np.maximum(norms, np.float32(1e-6)))


def _differences(fields: Floats) -> Floats:
    grid = fields.reshape(*fields.shape[:-1], SIDE, SIDE)
    parts = (np.diff(grid, axis=-1), np.diff(grid, axis=-2))
    return np.concatenate([part.reshape(*fields.shape[:-1], -1) for part in parts], axis=-1)


def _project(pictures: _Pictures, cancel: CancelToken) -> tuple[Floats, Ints]:
    """The pictures' first principal components, and how many neighbours those of a sample have.

    The neighbours are counted as ``[2, levels, sample]``: within each level's distance, and within that whose
    square is twice as large.
    """
    count = len(pictures.numbers)
    basis = _basis(pictures.units(_spread(count, 8 * _SAMPLE)))
    chosen = _spread(count, max(_SAMPLE, _SAMPLE_PRODUCTS // count))
    sample = pictures.units(chosen)
    points = np.empty((count, basis.shape[1]), np.float32)
    bars = np.array([alike for alike, _ in LEVELS])
    bars = np.stack([bars, 1 - 2 * (1 - bars)])
    neighbours = np.zeros((*bars.shape, len(sample)), np.int64)
    for start in range(0, count, _BLOCK):
        cancel.raise_if_cancelled()
        block = pictures.units(slice(start, start + _BLOCK))
        points[start : start + _BLOCK] = block @ basis
        alike = (sample @ block.T).ravel()
        near = np.flatnonzero(alike >= bars.min())
        rows, alike = near // len(block), alike[near]
        for place in np.ndindex(bars.shape):
            neighbours[place] += np.bincount(rows[alike >= bars[place]], minlength=len(sample))
    return points, neighbours - 1  # less the picture itself


def _spread(count: int, wanted: int) -> Ints:
    return np.unique(np.linspace(0, count - 1, min(count, wanted)).astype(np.int64))


def _basis(units: Floats) -> Floats:
    _, vectors = np.linalg.eigh(units.T @ units)
    return np.ascontiguousarray(vectors[:, ::-1][:, :_COMPONENTS])


def _choose_level(neighbours: Ints) -> int:
    """The lowest bar at which pictures with neighbours have few more a little farther away."""
    few = max(_FEW, _FEW_SHARE * neighbours.shape[2])
    for level in reversed(range(1, len(LEVELS))):
        near, wide = neighbours[:, level]
        has_some = near > 0
        if has_some.sum() < few or wide[has_some].sum() <= _MOST_MORE * near.sum():
            return level
    return 0


def _candidates(points: Floats, alike: float, cancel: CancelToken) -> Iterator[tuple[Ints, Ints, int]]:
    """Pairs that may be as ``alike``, each once, with the number of points that are done."""
    reach = np.sqrt(2 * (1 - alike)) + 1e-3
    grid = _Grid(points, reach)
    ordered = points[grid.order]
    halves = (ordered**2).sum(axis=1, keepdims=True) / 2
    ones = np.ones_like(halves)
    # left @ right.T is minus half the squared distance.
    left, right = np.hstack([ordered, -halves, ones]), np.hstack([ordered, ones, -halves])
    bar = -(reach**2) / 2
    for start, end, runs in grid.neighbours():
        for first, last in runs:
            for rows, columns in _tiles(start, end, first, last):
                cancel.raise_if_cancelled()
                near = np.flatnonzero(left[rows] @ right[columns].T >= bar)
                if len(near):
                    a, b = np.divmod(near, columns.stop - columns.start)
                    a, b = a + rows.start, b + columns.start
                    later = b > a
                    yield grid.order[a[later]], grid.order[b[later]], end
        yield grid.order[:0], grid.order[:0], end


def _tiles(start: int, end: int, first: int, last: int) -> Iterator[tuple[slice, slice]]:
    width = min(last - first, _BLOCK)
    height = max(1, _TILE // max(1, width))
    for top in range(start, end, height):
        for at in range(first, last, _BLOCK):
            yield slice(top, min(top + height, end)), slice(at, min(at + _BLOCK, last))


class _Grid:
    """Points sorted by the cell of a grid over their first axes that they lie in."""

    def __init__(self, points: Floats, side: float) -> None:
        axes = points[:, :_AXES]
        cells = np.floor((axes - axes.min(axis=0)) / max(side, 0.1)).astype(np.int64) + 1
        shape = (cells.max(axis=0) + 2).tolist()
        codes = np.ravel_multi_index(tuple(cells.T), shape)
        self.order = np.argsort(codes, kind="stable")
        self._codes, starts = np.unique(codes[self.order], return_index=True)
        self._edges = np.append(starts, len(points))
        strides = [int(np.prod(shape[axis + 1 :])) for axis in range(len(shape))]
        steps = np.stack(np.meshgrid(*[[-1, 0, 1]] * (len(shape) - 1), indexing="ij"), -1)
        heads = (steps.reshape(-1, len(shape) - 1) @ np.array(strides[:-1], np.int64)).tolist()
        self._heads = [head for head in heads if head >= 0]

    def neighbours(self) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
        """For each cell the range of its points, and the ranges of points of its neighbours that come no
        earlier, and its own."""
        for place, code in enumerate(self._codes.tolist()):
            runs = []
            for head in self._heads:
                # Cells that differ in the last axis alone follow one another.
                low = np.searchsorted(self._codes, code + head - 1) if head else place
                high = np.searchsorted(self._codes, code + head + 1, side="right")
                if high > low:
                    runs.append((int(self._edges[low]), int(self._edges[high])))
            yield int(self._edges[place]), int(self._edges[place + 1]), runs


class _Groups:
    """Sets of pictures joined by pairs."""

    def __init__(self, count: int) -> None:
        self._parents = np.arange(count)

    def add(self, a: Ints, b: Ints, are_copies: Callable[[Ints, Ints], npt.NDArray[np.bool_]]) -> None:
        """Join the pairs that are copies; those that are joined already are not looked at again."""
        for start in range(0, len(a), _BLOCK):
            some = slice(start, start + _BLOCK)
            first, second = a[some], b[some]
            apart = self._roots(first) != self._roots(second)
            first, second = first[apart], second[apart]
            if len(first):
                good = are_copies(first, second)
                for one, other in zip(first[good].tolist(), second[good].tolist(), strict=True):
                    self._join(one, other)

    def members(self) -> list[Ints]:
        """The groups of at least two, each ascending."""
        roots = self._roots(np.arange(len(self._parents)))
        joined = np.flatnonzero(np.bincount(roots, minlength=len(roots))[roots] > 1)
        order = joined[np.argsort(roots[joined], kind="stable")]
        edges = np.flatnonzero(np.diff(roots[order])) + 1
        return [group for group in np.split(order, edges) if len(group)]

    def _roots(self, which: Ints) -> Ints:
        roots = self._parents[which]
        while not np.array_equal(roots, above := self._parents[roots]):
            roots = above
        self._parents[which] = roots
        return roots

    def _join(self, a: int, b: int) -> None:
        one, other = self._root(a), self._root(b)
        self._parents[max(one, other)] = min(one, other)

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = int(self._parents[number])
        return number
