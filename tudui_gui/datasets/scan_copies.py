"""Findings about images that are copies of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.datasets.scan_looks import Looks
from tudui_gui.datasets.scan_near import LEVELS, near_copies
from tudui_gui.datasets.scan_report import ERROR, NOTE, WARNING, Finding, Report, ScanProgress
from tudui_gui.datasets.sources import NO_LABEL, ImageSet

#: Part and index of an image.
Place = tuple[str, int]

_NAMED = 3
_TEXTS = {
    "leak": QT_TRANSLATE_NOOP("errors", "The same picture is for training and for test: {images}."),
    "label_conflict": QT_TRANSLATE_NOOP(
        "errors", "The same picture has different labels, {labels}: {images}."
    ),
    "duplicate": QT_TRANSLATE_NOOP("errors", "{count} images are the same picture: {images}."),
    "near_leak": QT_TRANSLATE_NOOP(
        "errors", "Almost the same picture is for training and for test: {images}."
    ),
    "near_label_conflict": QT_TRANSLATE_NOOP(
        "errors", "Almost the same picture has different labels, {labels}: {images}."
    ),
    "near_duplicate": QT_TRANSLATE_NOOP("errors", "{count} images are almost the same picture: {images}."),
}
_ALIKE = QT_TRANSLATE_NOOP(
    "errors",
    "Many images are alike by nature: only those that correlate by {bar} or more count as almost the same.",
)
_SEVERITIES = {
    "leak": ERROR,
    "label_conflict": ERROR,
    "duplicate": WARNING,
    "near_leak": WARNING,
    "near_label_conflict": WARNING,
    "near_duplicate": NOTE,
}


def copy_findings(
    looks: Looks, parts: Mapping[str, ImageSet], report: Report, cancel: CancelToken
) -> list[Finding]:
    """What is wrong with images that have the same pixels, then with those that almost have.

    A group of copies across training and test is a leak; one whose images have different labels is a
    conflict; it may be both. Any other is a duplicate. Exact copies count as one picture in the search for
    near ones.
    """
    exact = exact_groups(looks)
    findings = [one for group in exact for one in _of_group(looks, parts, group, near=False)]
    copies = {group[0]: group for group in exact}
    singles = _singles(looks, exact)
    near = near_copies(
        looks.luma[singles],
        looks.chroma[singles],
        cancel,
        lambda done, total: report(ScanProgress("comparing", done, total)),
    )
    for group in near.groups:
        numbers = singles[list(group)].tolist()
        whole = sorted(number for first in numbers for number in copies.get(first, (first,)))
        findings += _of_group(looks, parts, whole, near=True)
    return findings + _bar_note(near.level)


def _bar_note(level: int) -> list[Finding]:
    """A note where more had to be asked of near copies than with photographs."""
    if level == len(LEVELS) - 1:
        return []
    return [Finding("alike", NOTE, _ALIKE, {"bar": LEVELS[level][0]})]


def exact_groups(looks: Looks) -> list[tuple[int, ...]]:
    """Numbers of the images with the same size and pixels, ascending, at least two in a group."""
    readable = np.flatnonzero(looks.readable)
    high, low = np.ascontiguousarray(looks.digests[readable]).view(np.uint64).reshape(-1, 2).T
    order = np.lexsort((readable, low, high))
    differs = (np.diff(high[order]) != 0) | (np.diff(low[order]) != 0)
    edges = np.flatnonzero(np.concatenate(([True], differs, [True])))
    several = np.flatnonzero(np.diff(edges) > 1)
    groups = [tuple(readable[order[edges[at] : edges[at + 1]]].tolist()) for at in several]
    return sorted(groups)


def findings_of_copies(
    parts: Mapping[str, ImageSet], places: Sequence[Place], *, near: bool
) -> list[Finding]:
    """What is wrong with these images, which are copies of each other. Nothing about fewer than two."""
    if len(places) < 2:
        return []
    labels = _labels(parts, places)
    is_leak = {"train", "test"} <= {part for part, _ in places}
    kinds = [kind for kind, holds in (("leak", is_leak), ("label_conflict", len(labels) > 1)) if holds]
    keys = tuple(parts[part].key(index) for part, index in places)
    fields = {"count": len(places), "images": _listed(keys), "labels": _listed(labels)}
    return [
        _finding(f"near_{kind}" if near else kind, fields, places, keys) for kind in kinds or ["duplicate"]
    ]


def _finding(
    kind: str, fields: Mapping[str, object], places: Sequence[Place], keys: tuple[str, ...]
) -> Finding:
    return Finding(kind, _SEVERITIES[kind], _TEXTS[kind], fields, tuple(places), keys)


def _of_group(
    looks: Looks, parts: Mapping[str, ImageSet], numbers: Iterable[int], *, near: bool
) -> list[Finding]:
    return findings_of_copies(parts, [looks.place(number) for number in numbers], near=near)


def _singles(looks: Looks, exact: Sequence[Sequence[int]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The readable images, of exact copies the first."""
    chosen = looks.readable.copy()
    chosen[[number for group in exact for number in group[1:]]] = False
    return np.flatnonzero(chosen)


def _labels(parts: Mapping[str, ImageSet], places: Sequence[Place]) -> list[str]:
    names = {parts[part].label_name(index) for part, index in places if parts[part].labels[index] != NO_LABEL}
    return sorted(names)


def _listed(names: Sequence[str]) -> str:
    text = ", ".join(shown(name) for name in names[:_NAMED])
    return f"{text} …" if len(names) > _NAMED else text
