"""What a scan finds: findings by kind, and what leaving them out means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase, shown

ERROR, WARNING, NOTE = "error", "warning", "note"

#: What each kind of finding is called, in the order of a report.
KINDS: Mapping[str, str] = {
    "unreadable": QT_TRANSLATE_NOOP("errors", "Images that cannot be read"),
    "too_large": QT_TRANSLATE_NOOP("errors", "Images too large to be decoded"),
    "empty_file": QT_TRANSLATE_NOOP("errors", "Empty files"),
    "folder_as_image": QT_TRANSLATE_NOOP("errors", "Folders with the name of an image"),
    "missing_file": QT_TRANSLATE_NOOP("errors", "Missing files"),
    "leak": QT_TRANSLATE_NOOP("errors", "Same picture in training and test"),
    "label_conflict": QT_TRANSLATE_NOOP("errors", "Same picture, different labels"),
    "duplicate": QT_TRANSLATE_NOOP("errors", "Same picture twice"),
    "near_leak": QT_TRANSLATE_NOOP("errors", "Almost the same in training and test"),
    "near_label_conflict": QT_TRANSLATE_NOOP("errors", "Almost the same, different labels"),
    "near_duplicate": QT_TRANSLATE_NOOP("errors", "Almost the same picture twice"),
    "empty_class": QT_TRANSLATE_NOOP("errors", "Classes without images"),
    "class_missing": QT_TRANSLATE_NOOP("errors", "Classes missing from a part"),
    "unknown_class": QT_TRANSLATE_NOOP("errors", "Classes unknown in training"),
    "one_class": QT_TRANSLATE_NOOP("errors", "Only one class"),
    "single_image": QT_TRANSLATE_NOOP("errors", "Classes with one image"),
    "no_label": QT_TRANSLATE_NOOP("errors", "Images without a label"),
    "no_image": QT_TRANSLATE_NOOP("errors", "Labels without an image"),
    "bad_row": QT_TRANSLATE_NOOP("errors", "Rows of the table that cannot be used"),
    "listed_twice": QT_TRANSLATE_NOOP("errors", "Images that are listed twice"),
    "stale_edits": QT_TRANSLATE_NOOP("errors", "Corrections of images that are gone"),
    "imbalance": QT_TRANSLATE_NOOP("errors", "Classes of very different size"),
    "odd_size": QT_TRANSLATE_NOOP("errors", "Sizes far from the rest"),
    "odd_aspect": QT_TRANSLATE_NOOP("errors", "Shapes far from the rest"),
    "link_loop": QT_TRANSLATE_NOOP("errors", "Links that lead in a circle"),
    "dead_link": QT_TRANSLATE_NOOP("errors", "Links that lead nowhere"),
    "alike": QT_TRANSLATE_NOOP("errors", "How near copies were told apart"),
    "other": QT_TRANSLATE_NOOP("errors", "Other remarks"),
}
_PARTS = ("train", "test", "unlabelled", "left_out")
_ORDER = {kind: number for number, kind in enumerate(KINDS)}

#: Kinds about files that cannot be used as images.
BROKEN = frozenset({"unreadable", "too_large", "empty_file", "folder_as_image", "missing_file"})
#: Kinds of which one finding may stand for several things alike: their number is its field ``count``.
_COUNTED = frozenset({"missing_file", "no_label", "no_image", "bad_row", "listed_twice", "stale_edits"})
#: Kinds about groups of images that are copies of each other.
COPIES = frozenset(kind for kind in KINDS if kind.endswith(("leak", "label_conflict", "duplicate")))


@dataclass(frozen=True)
class Finding:
    """One thing that a scan found. Immutable, picklable.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    severity : str
        ``"error"``: training fails or its figures mislead; ``"warning"``: look at it; ``"note"``.
    what : str
        English template, marked with ``QT_TRANSLATE_NOOP("errors", ...)``.
    fields : mapping
        Values for the template.
    images : tuple of (str, int)
        Part and index of the images it is about, in the order of the parts.
    keys : tuple of str
        ``ImageSet.key`` of the same images.
    path : Path or None
        The one file or folder it is about.
    detail : str
        What the decoder said; shown as it is.
    """

    kind: str
    severity: str
    what: str
    fields: Mapping[str, object] = field(default_factory=dict)
    images: tuple[tuple[str, int], ...] = ()
    keys: tuple[str, ...] = ()
    path: Path | None = None
    detail: str = ""

    @property
    def count(self) -> int:
        """How many it stands for: more than 1 where files, rows or corrections are counted, not named."""
        count = self.fields.get("count")
        return count if self.kind in _COUNTED and isinstance(count, int) else 1

    def __str__(self) -> str:
        text = str(Phrase(self.what, self.fields))
        return f"{text} ({self.detail})" if self.detail else text

    def to_json(self) -> dict[str, Any]:
        """Plain values; names that are no valid Unicode have question marks."""
        images = [
            {"part": part, "index": index, "key": shown(key)}
            for (part, index), key in zip(self.images, self.keys, strict=True)
        ]
        path = None if self.path is None else shown(self.path)
        return {
            "kind": self.kind,
            "severity": self.severity,
            "count": self.count,
            "text": shown(str(self)),
            "images": images,
            "path": path,
        }


@dataclass(frozen=True)
class ScanProgress:
    """How far a scan is.

    Attributes
    ----------
    stage : str
        ``"images"``: images are decoded; ``"comparing"``: near copies are looked for.
    done, total : int
        Images of this stage.
    """

    stage: str
    done: int
    total: int


Report = Callable[[ScanProgress], None]


@dataclass(frozen=True)
class ScanReport:
    """The result of a scan.

    Attributes
    ----------
    findings : tuple of Finding
        In the order of :data:`KINDS`.
    images : int
        Images looked at.
    seconds : float
    """

    findings: tuple[Finding, ...]
    images: int
    seconds: float

    @property
    def counts(self) -> dict[str, int]:
        """How many were found of each kind that occurs, in the order of the report: ``Finding.count``."""
        counts: Counter[str] = Counter()
        for finding in self.findings:
            counts[finding.kind] += finding.count
        return dict(counts)

    @property
    def is_clean(self) -> bool:
        """Whether there are only notes."""
        return all(finding.severity == NOTE for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return {
            "images": self.images,
            "seconds": round(self.seconds, 3),
            "counts": self.counts,
            "findings": [finding.to_json() for finding in self.findings],
        }


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sorted by kind as in :data:`KINDS`, then by their images, else as they come."""

    def key(finding: Finding) -> tuple[int, list[tuple[int, int]]]:
        places = [(_PARTS.index(part), index) for part, index in finding.images]
        return _ORDER[finding.kind], places

    return tuple(sorted(findings, key=key))


def left_out_by_default(finding: Finding) -> tuple[str, ...]:
    """Keys of the images that "leave out of training" takes for a finding.

    A file that cannot be read or an image of an odd size: itself. Copies: all but the first. A leak: the
    training copies, so that the test stays the same. Copies with different labels: all of them, because no
    one but a person can say which label is right. Nothing for findings about classes and folders.
    """
    if finding.kind.endswith("duplicate"):
        return finding.keys[1:]
    if finding.kind.endswith("leak"):
        pairs = zip(finding.images, finding.keys, strict=True)
        return tuple(key for (part, _), key in pairs if part != "test")
    if finding.kind in BROKEN | {"label_conflict", "near_label_conflict", "odd_size", "odd_aspect"}:
        return finding.keys
    return ()
