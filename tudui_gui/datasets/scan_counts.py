"""Findings about classes, sizes and what the opening of a set already knew."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.datasets.scan_looks import Looks
from tudui_gui.datasets.scan_report import KINDS, NOTE, WARNING, Finding
from tudui_gui.datasets.sources import Dataset, ImageSet

#: The largest class has so many times the training images of the smallest: a note, a warning.
IMBALANCED, VERY_IMBALANCED = 3.0, 10.0

#: A size or shape is far from the rest if its logarithm is farther from the median than so many robust
#: standard deviations (1.4826 times the median of all distances from the median), and at least by these
#: factors: 16 in the number of pixels (4 along each side), 2 in long side to short side (upright or not).
FAR = 3.5
LEAST_AREA, LEAST_ASPECT = 16.0, 2.0
_FEWEST = 5

_EMPTY = QT_TRANSLATE_NOOP("errors", "The class {name} has no images.")
_NOT_IN_TRAIN = QT_TRANSLATE_NOOP("errors", "The class {name} has no training images.")
_NOT_IN_TEST = QT_TRANSLATE_NOOP("errors", "The class {name} has no test images.")
_SINGLE = QT_TRANSLATE_NOOP("errors", "The class {name} has a single training image.")
_ONE_CLASS = QT_TRANSLATE_NOOP("errors", "There is one class only, {name}: there is nothing to tell apart.")
_IMBALANCE = QT_TRANSLATE_NOOP(
    "errors",
    "{largest} has {ratio:.1f} times as many training images as {smallest}: {most:,} and {fewest:,}.",
)
_ODD_SIZE = QT_TRANSLATE_NOOP(
    "errors", "{image} is {width} x {height}; most are about {usual_width} x {usual_height}."
)
_ODD_ASPECT = QT_TRANSLATE_NOOP(
    "errors",
    "{image} is {width} x {height}: sides as {aspect:.1f} to 1; most are as {usual:.1f} to 1.",
)


def problem_findings(dataset: Dataset) -> list[Finding]:
    """What the opening of the set found, as findings."""
    return [
        Finding(
            problem.kind if problem.kind in KINDS else "other",
            NOTE if problem.is_note else WARNING,
            problem.what,
            problem.fields,
            path=problem.path,
        )
        for problem in dataset.problems
    ]


def class_findings(dataset: Dataset) -> list[Finding]:
    """One class only; classes without images, missing from a part, with one image, of very different size.

    A class that the opening of the set named is not named again.
    """
    if not len(dataset.train):
        return []
    named = {problem.fields.get("name") for problem in dataset.problems if "class" in problem.kind}
    train, test = (_counts(part, dataset.classes) for part in (dataset.train, dataset.test))
    findings = []
    if len(dataset.classes) == 1:
        findings.append(Finding("one_class", WARNING, _ONE_CLASS, {"name": dataset.classes[0]}))
    for label, name in enumerate(dataset.classes):
        kind, what = _about_class(int(train[label]), int(test[label]), len(dataset.test) > 0)
        if kind and (kind == "single_image" or name not in named):
            findings.append(Finding(kind, WARNING, what, {"name": name}))
    return findings + _imbalance(train, dataset.classes)


def _counts(part: ImageSet, classes: tuple[str, ...]) -> npt.NDArray[np.int64]:
    return np.bincount(part.labels[part.labels >= 0], minlength=len(classes))


def _about_class(train: int, test: int, has_test: bool) -> tuple[str, str]:
    if not train and not test:
        return "empty_class", _EMPTY
    if not train:
        return "class_missing", _NOT_IN_TRAIN
    if has_test and not test:
        return "class_missing", _NOT_IN_TEST
    return ("single_image", _SINGLE) if train == 1 else ("", "")


def _imbalance(counts: npt.NDArray[np.int64], classes: tuple[str, ...]) -> list[Finding]:
    present = np.flatnonzero(counts)
    smallest, largest = present[counts[present].argmin()], present[counts[present].argmax()]
    ratio = float(counts[largest] / counts[smallest])
    if ratio < IMBALANCED:
        return []
    fields = {
        "largest": classes[largest],
        "smallest": classes[smallest],
        "ratio": ratio,
        "most": int(counts[largest]),
        "fewest": int(counts[smallest]),
    }
    severity = WARNING if ratio >= VERY_IMBALANCED else NOTE
    return [Finding("imbalance", severity, _IMBALANCE, fields)]


def size_findings(looks: Looks, parts: Mapping[str, ImageSet]) -> list[Finding]:
    """Images whose number of pixels, or whose shape, is far from the rest."""
    readable = np.flatnonzero(looks.readable)
    if len(readable) < _FEWEST:
        return []
    width, height = looks.sizes[readable].T.astype(np.float64)
    aspect = np.maximum(width, height) / np.minimum(width, height)
    middle = {
        "usual": float(np.median(aspect)),
        "usual_width": round(float(np.median(width))),
        "usual_height": round(float(np.median(height))),
    }
    odd_size, odd_aspect = _far(width * height, LEAST_AREA), _far(aspect, LEAST_ASPECT)
    findings = [_odd(looks, parts, "odd_size", _ODD_SIZE, n, middle) for n in readable[odd_size].tolist()]
    findings += [
        _odd(looks, parts, "odd_aspect", _ODD_ASPECT, n, middle) for n in readable[odd_aspect].tolist()
    ]
    return findings


def _far(values: npt.NDArray[np.float64], least: float) -> npt.NDArray[np.bool_]:
    """Which values are far from the median."""
    logs = np.log(values)
    distances = np.abs(logs - np.median(logs))
    robust = 1.4826 * float(np.median(distances))
    far: npt.NDArray[np.bool_] = distances >= max(FAR * robust, np.log(least) - 1e-9)
    return far


def _odd(
    looks: Looks,
    parts: Mapping[str, ImageSet],
    kind: str,
    what: str,
    number: int,
    middle: Mapping[str, float],
) -> Finding:
    part, index = looks.place(number)
    width, height = looks.sizes[number].tolist()
    key = parts[part].key(index)
    aspect = max(width, height) / min(width, height)
    fields = {"image": shown(key), "width": width, "height": height, "aspect": aspect, **middle}
    return Finding(kind, NOTE, what, fields, ((part, index),), (key,), parts[part].path(index))
