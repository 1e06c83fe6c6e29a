"""Losses written out: a line for each number, then what ``reduction`` makes of them.

Formulas: PyTorch's pages on the losses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tudui_gui.layers.bench_state import array_of
from tudui_gui.layers.spelling import Bench, Place, Spelled, bracketed, number, sum_of

#: More lines than this are not told one by one.
_MOST_LINES = 12
_Term = Callable[[float, float, Mapping[str, Any]], tuple[str, float]]


def _absolute(x: float, y: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"|{number(x)} - {bracketed(y)}|", abs(x - y)


def _squared(x: float, y: float, values: Mapping[str, Any]) -> tuple[str, float]:
    return f"({number(x)} - {bracketed(y)})²", (x - y) ** 2


def _smooth(x: float, y: float, values: Mapping[str, Any]) -> tuple[str, float]:
    beta, distance = values["beta"], abs(x - y)
    if distance < beta:
        return f"0.5·({number(x)} - {bracketed(y)})² / {number(beta)}", 0.5 * distance**2 / beta
    return f"|{number(x)} - {bracketed(y)}| - 0.5·{number(beta)}", distance - 0.5 * beta


def _log(x: float) -> float:
    """As in BCELoss, whose logarithms are never below -100."""
    return max(math.log(x), -100.0) if x > 0 else -100.0


def _binary(x: float, y: float, values: Mapping[str, Any]) -> tuple[str, float]:
    text = f"-({number(y)}·log({number(x)}) + (1 - {bracketed(y)})·log(1 - {bracketed(x)}))"
    return text, -(y * _log(x) + (1 - y) * _log(1 - x))


def _binary_logits(x: float, y: float, values: Mapping[str, Any]) -> tuple[str, float]:
    text = f"max({number(x)}, 0) - {bracketed(x)}·{bracketed(y)} + log(1 + exp(-|{number(x)}|))"
    return text, max(x, 0.0) - x * y + math.log1p(math.exp(-abs(x)))


def _divergence(x: float, y: float, values: Mapping[str, Any]) -> tuple[str, float]:
    if values["log_target"]:
        return f"exp({number(y)})·({number(y)} - {bracketed(x)})", math.exp(y) * (y - x)
    value = y * (math.log(y) - x) if y > 0 else 0.0
    return f"{number(y)}·(log({number(y)}) - {bracketed(x)})", value


_TERMS: Mapping[str, _Term] = {
    "L1Loss": _absolute,
    "MSELoss": _squared,
    "SmoothL1Loss": _smooth,
    "BCELoss": _binary,
    "BCEWithLogitsLoss": _binary_logits,
    "KLDivLoss": _divergence,
}


def spell_loss(bench: Bench, place: Place) -> Spelled:
    """A loss: a row of the input is an image, a column a class. Cells are those of the input."""
    rows = bench.given.reshape(-1, bench.given.shape[3])
    of_classes = "target:classes" in bench.state.step.operation.tags
    terms = _of_classes(bench, rows) if of_classes else _of_values(bench, rows)
    if bench.state.step.values["reduction"] == "none":
        at = place[3] if of_classes else place[2] * rows.shape[1] + place[3]
        text, value, _ = terms[at]
        lines = (text,) if "\n" not in text else tuple(text.split("\n"))
        return Spelled(value, lines[-1], lines[:-1], _cells(bench, [at], of_classes))
    return _reduced(bench, terms, len(rows), of_classes)


def _of_values(bench: Bench, rows: Any) -> list[tuple[str, float, float]]:
    """(text with its result, value, weight in the mean) of each number."""
    target = array_of(bench.state.target or ()).reshape(-1)
    term, values = _TERMS[bench.state.name], bench.state.step.values
    found = [term(float(x), float(y), values) for x, y in zip(rows.reshape(-1), target, strict=True)]
    return [(f"{text} = {number(value)}", value, 1.0) for text, value in found]


def _of_classes(bench: Bench, rows: Any) -> list[tuple[str, float, float]]:
    """The same for each row: an image that is ignored has the weight 0."""
    target, values = array_of(bench.state.target or ()).reshape(-1), bench.state.step.values
    terms = []
    for row, label in zip(rows.astype(np.float64), target.astype(int).tolist(), strict=True):
        if label == values["ignore_index"]:
            terms.append((f"target {label} = ignore_index: 0", 0.0, 0.0))
            continue
        text, value = (
            _cross_entropy(row, label, values) if "label_smoothing" in values else _likely(row, label)
        )
        terms.append((f"{text} = {number(value)}", value, 1.0))
    return terms


def _likely(row: Any, label: int) -> tuple[str, float]:
    return f"-x[{label}] = -{bracketed(float(row[label]))}", -float(row[label])


def _cross_entropy(row: Any, label: int, values: Mapping[str, Any]) -> tuple[str, float]:
    largest = float(row.max())
    logsum = largest + math.log(float(np.exp(row - largest).sum()))
    powers = " + ".join(f"exp({number(float(each))})" for each in row)
    share = values["label_smoothing"]
    plain = f"-{bracketed(float(row[label]))} + log({powers})"
    value = logsum - float(row[label])
    if not share:
        return plain, value
    mean = logsum - float(row.mean())
    smoothed = (1 - share) * value + share * mean
    text = f"(1 - {number(share)})·({plain}) + {number(share)}·{bracketed(mean)}"
    return text, smoothed


def _reduced(bench: Bench, terms: list[tuple[str, float, float]], images: int, of_classes: bool) -> Spelled:
    values = [value for _, value, _ in terms]
    counted = sum(weight for _, _, weight in terms)
    reduction = bench.state.step.values["reduction"]
    divisor = {"sum": 1.0, "mean": counted, "batchmean": float(images)}[reduction]
    value = sum(values) / divisor if divisor else float("nan")
    text = sum_of(map(number, values))
    if reduction != "sum":
        text = f"({text}) / {number(divisor)}"
    lines = tuple(text for text, _, _ in terms) if len(terms) <= _MOST_LINES else ()
    cells = _cells(bench, list(range(len(terms))), of_classes)
    return Spelled(value, f"{text} = {number(value)}", lines, cells)


def _cells(bench: Bench, found: list[int], of_rows: bool) -> tuple[Place, ...]:
    shape = bench.given.shape
    if of_rows:
        found = [row * shape[3] + column for row in found for column in range(shape[3])]
    places = zip(*np.unravel_index(found, shape), strict=True)
    return tuple((int(n), int(c), int(row), int(column)) for n, c, row, column in places)
