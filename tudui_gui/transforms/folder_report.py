"""What a folder run wrote and what it left out."""

from __future__ import annotations

import csv
import io
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.files import write_text
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.transforms.folder_job import seed_of
from tudui_gui.transforms.folder_plan import FolderPlan, Output

#: Why something was left out, by a stable word; marked for translation in the context ``events``.
REASONS = {
    "unreadable": QT_TRANSLATE_NOOP("events", "The image cannot be read"),
    "failed": QT_TRANSLATE_NOOP("events", "A step failed"),
    "unsuited": QT_TRANSLATE_NOOP("events", "The result is no picture"),
    "exists": QT_TRANSLATE_NOOP("events", "The file was there already"),
    "folder": QT_TRANSLATE_NOOP("events", "The folder cannot be read"),
}

COLUMNS = ("file", "source", "copy", "seed", "step", "part", "result", "reason", "text")


@dataclass(frozen=True)
class Skipped:
    """Something that was not written.

    Attributes
    ----------
    reason : str
        One of :data:`REASONS`.
    source : str
        File or folder, relative to the source folder.
    copy : int
        From 1; 0: none of its copies.
    error : TuduiError or None
        What was wrong, in words.
    name : str
        The file that was to be written, where it is known.
    """

    reason: str
    source: str
    copy: int = 0
    error: TuduiError | None = None
    name: str = ""


class Written:
    """The files of a run as numbers: 16 bytes a file, however many there are."""

    def __init__(self) -> None:
        self._numbers = array("I")

    def add(self, output: Output) -> None:
        """Note a file."""
        self._numbers.extend((output.place, output.copy, output.done, output.part))

    def extend(self, other: Written) -> None:
        """Note those of ``other``."""
        self._numbers.extend(other._numbers)

    def __len__(self) -> int:
        return len(self._numbers) // 4

    def __iter__(self) -> Iterator[tuple[int, int, int, int]]:
        """Place, copy, number of steps and part of each file."""
        numbers = iter(self._numbers)
        return zip(numbers, numbers, numbers, numbers, strict=True)


@dataclass(frozen=True, eq=False)
class FolderReport:
    """How a folder run ended.

    Attributes
    ----------
    plan : FolderPlan
    written : Written
    skipped : tuple of Skipped
        In the order of the source files.
    images : int
        Source files that were gone through.
    seconds : float
    cancelled : bool
        It was stopped before its end; whole files stay.
    error : TuduiError or None
        Why it stopped before its end by itself: a full disk, for example.
    """

    plan: FolderPlan
    written: Written = field(default_factory=Written)
    skipped: tuple[Skipped, ...] = ()
    images: int = 0
    seconds: float = 0.0
    cancelled: bool = False
    error: TuduiError | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all images were gone through."""
        return not self.cancelled and self.error is None

    @property
    def reasons(self) -> Counter[str]:
        """How much was left out, by reason."""
        return Counter(each.reason for each in self.skipped)

    def to_json(self) -> dict[str, Any]:
        """The report without the list of files, as plain values."""
        job = self.plan.job
        return {
            "source": shown(job.source),
            "target": shown(job.target),
            "images": self.images,
            "of": len(self.plan.files),
            "written": len(self.written),
            "skipped": len(self.skipped),
            "reasons": dict(self.reasons),
            "seconds": self.seconds,
            "cancelled": self.cancelled,
            "error": None if self.error is None else shown(str(self.error)),
            "left_out": [_skipped_json(each) for each in self.skipped],
        }

    def write_csv(self, path: Path) -> None:
        """Write a row for each file and each one left out, at once or not at all. Raises ``StorageError``.

        UTF-8 with a byte order mark, commas, lines that end in CR LF (RFC 4180).
        """
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, *self._rows()])
        write_text(path, "\ufeff" + text.getvalue())

    def _rows(self) -> Iterator[tuple[object, ...]]:
        plan, seed = self.plan, self.plan.job.seed
        for place, copy, done, part in sorted(self.written):
            file, step = plan.files[place], plan.job.step_name(done)
            name = plan.name(place, copy, done, part)
            drawn = seed_of(seed, file, copy)
            yield (shown(name), shown(file), copy, drawn, step, part, "written", "", "")
        for each in self.skipped:
            about = (shown(each.name), shown(each.source), each.copy or "", "", "", "")
            yield (*about, "skipped", each.reason, _one_line(each.error))


def _skipped_json(each: Skipped) -> dict[str, Any]:
    copy = {"copy": each.copy} if each.copy else {}
    return {"reason": each.reason, "source": shown(each.source), **copy, "text": _one_line(each.error)}


def _one_line(error: TuduiError | None) -> str:
    return "" if error is None else shown(str(error)).replace("\n", " ")
