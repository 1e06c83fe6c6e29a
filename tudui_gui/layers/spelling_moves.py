"""Numbers that are only moved or mixed: borders, reshaping, unpooling, upsampling."""

from __future__ import annotations

import numpy as np

from tudui_gui.layers.bench_run import upsampled_units
from tudui_gui.layers.spelling import Bench, Place, Spelled, bracketed, number


def spell_move(bench: Bench, place: Place) -> Spelled:
    """A number that comes from one place of the input, or from none.

    ``extra`` has at each place of the output the number of the input's place it came from, counted from 1;
    0 where a border or a gap was filled.
    """
    source = int(bench.extra[place])
    value = float(bench.output[place])
    if not source:
        return Spelled(value, f"= {number(value)}")
    image, channel, row, column = map(int, np.unravel_index(source - 1, bench.given.shape))
    cell: Place = (image, channel, row, column)
    value = float(bench.given[cell])
    return Spelled(value, f"x[{image}, {channel}, {row}, {column}] = {number(value)}", (), (cell,))


def spell_mixture(bench: Bench, place: Place) -> Spelled:
    """A number of Upsample with ``bilinear`` or ``bicubic``: neighbours in shares."""
    image, channel, *at = place
    weights = [_shares(bench, axis, at[axis]) for axis in (0, 1)]
    terms, cells, value = [], [], 0.0
    for row, vertical in weights[0]:
        for column, horizontal in weights[1]:
            cell = (image, channel, row, column)
            share = vertical * horizontal
            value += share * float(bench.given[cell])
            terms.append(f"{bracketed(share)}·{bracketed(float(bench.given[cell]))}")
            cells.append(cell)
    return Spelled(value, f"{' + '.join(terms)} = {number(value)}", (), tuple(cells))


def _shares(bench: Bench, axis: int, at: int) -> list[tuple[int, float]]:
    """(place of the input, share) of one edge, as PyTorch's own upsampling gives them for unit vectors."""
    column = upsampled_units(bench.state, bench.given.shape[2 + axis], axis)[at]
    return [(int(place), float(column[place])) for place in np.flatnonzero(column)]
