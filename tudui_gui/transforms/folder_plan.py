"""What a folder run will write, known and checked before it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError, StorageError, TransformError, storage_error
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase, shown
from tudui_gui.images.reading import OPENCV, PIL
from tudui_gui.transforms.folder_files import find_images
from tudui_gui.transforms.folder_job import ENDINGS, EXISTING, FolderJob, seed_of
from tudui_gui.transforms.folder_names import Pattern

# The temporary file beside a file that is written has a name that is ten letters longer.
_LONGEST_NAME = 240
_NAMES_PER_POLL = 4096
_MOST_PARTS = 10
_IGNORES_CASE = sys.platform in ("win32", "darwin")


@dataclass(frozen=True)
class Output:
    """A file to be written.

    Attributes
    ----------
    place : int
        Index of the source file in the plan.
    copy : int
        From 1.
    done : int
        How many steps have run.
    part : int
        From 1.
    name : str
        Relative to the target, with ``/``.
    """

    place: int
    copy: int
    done: int
    part: int
    name: str


@dataclass(frozen=True)
class FolderPlan:
    """A job that was checked, with the files it reads.

    Attributes
    ----------
    job : FolderJob
    files : tuple of str
        Relative to the source folder, with ``/``, sorted.
    unreadable : tuple of (str, str)
        Sub-folders that cannot be listed, each with the reason.
    """

    job: FolderJob
    files: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _pattern(self) -> Pattern:
        return Pattern.of(self.job.pattern)

    @property
    def count(self) -> int:
        """Files to be written, at least: a step may give several pictures."""
        return len(self.files) * self.job.copies * len(self.job.kept)

    def name(self, place: int, copy: int, done: int, part: int = 1) -> str:
        """Where a result goes, relative to the target, with ``/``."""
        file = self.files[place]
        folder, _, base = file.rpartition("/")
        stem, _, ending = base.rpartition(".")
        values: dict[str, str | int] = {
            "stem": stem,
            "ending": ending,
            "folder": folder.rpartition("/")[2] or self.job.source.name,
            "copy": copy,
            "index": place + 1,
            "seed": seed_of(self.job.seed, file, copy) if "seed" in self._pattern.fields else 0,
            "step": self.job.step_name(done),
            "part": part,
        }
        name = self._pattern.name(values) + ENDINGS[self.job.format]
        return f"{folder}/{name}" if folder else name

    def outputs(self) -> Iterator[Output]:
        """Every file that may be written, in order; where a step may give several, ten of them."""
        for place in range(len(self.files)):
            for copy in range(1, self.job.copies + 1):
                for done in self.job.kept:
                    for part in range(1, 1 + (_MOST_PARTS if self.job.gives_several(done) else 1)):
                        yield Output(place, copy, done, part, self.name(place, copy, done, part))


def plan_folder(job: FolderJob, *, cancel: CancelToken | None = None) -> FolderPlan:
    """Check a job and list what it reads; nothing is written. Any thread.

    Raises
    ------
    ImageError
        There is no image in the source folder, or it cannot be read.
    StorageError
        The target is the source, lies inside it without leave, or has such files already.
    TransformError
        A value or the pattern is not possible, or two results would have one name.
    Cancelled
    """
    check_values(job)
    check_folders(job)
    # os.path takes names that no file can have; Path raises.
    without = job.target if os.path.isdir(job.target) else None  # noqa: PTH112
    found = find_images(job.source, deep=job.deep, without=without, cancel=cancel)
    if not found.files:
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "There is no image in {path}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a folder of images that you may read."),
            path=shown(job.source),
        )
    plan = FolderPlan(job, found.files, found.unreadable)
    _check_clashes(plan, cancel)
    if job.existing == "refuse":
        _check_free(plan, cancel)
    return plan


def preview(plan: FolderPlan, limit: int = 3) -> tuple[tuple[str, str], ...]:
    """The first ``limit`` results: source file and name."""
    first = islice(plan.outputs(), limit)
    return tuple((plan.files[output.place], output.name) for output in first)


def check_values(job: FolderJob) -> None:
    """Raise ``TransformError`` for values that are not possible, the pattern included."""
    possible = {
        "format": job.format in ENDINGS,
        "existing": job.existing in EXISTING,
        "quality": 1 <= job.quality <= 100,
        "copies": job.copies >= 1,
        "reader": job.reader in (PIL, OPENCV),
    }
    for parameter, is_possible in possible.items():
        if not is_possible:
            raise TransformError(
                QT_TRANSLATE_NOOP("errors", "{parameter} = {value} is not possible here."),
                parameter=parameter,
                value=repr(getattr(job, parameter)),
            )
    _check_fields(job)


def _check_fields(job: FolderJob) -> None:
    fields = Pattern.of(job.pattern).fields
    if not fields & {"stem", "index"}:
        raise _missing(job, "stem", QT_TRANSLATE_NOOP("errors", "every image would be given the same name"))
    if job.copies > 1 and not fields & {"copy", "seed"}:
        raise _missing(job, "copy", QT_TRANSLATE_NOOP("errors", "the copies of an image would have one name"))
    if len(job.kept) > 1 and "step" not in fields:
        raise _missing(
            job, "step", QT_TRANSLATE_NOOP("errors", "the results of the steps would have one name")
        )
    if "part" not in fields and job.gives_several(len(job.steps)):
        raise _missing(job, "part", QT_TRANSLATE_NOOP("errors", "a step gives several pictures at once"))


def _missing(job: FolderJob, field: str, why: str) -> TransformError:
    return TransformError(
        QT_TRANSLATE_NOOP("errors", "The pattern {pattern} needs {field}: {why}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Write for example {example}."),
        pattern=job.pattern,
        field=f"{{{field}}}",
        why=Phrase(why),
        example=f"{job.pattern}_{{{field}}}",
    )


def check_folders(job: FolderJob) -> None:
    """Raise ``StorageError`` when results would come over or, without leave, among the sources."""
    source, target = (Path(os.path.realpath(path)) for path in (job.source, job.target))
    if target == source:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} is the source folder itself."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another folder for the results."),
            path=shown(job.target),
        )
    if source in target.parents and not job.may_be_inside:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} lies inside the source folder."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another folder, or allow it: it is then no source."),
            path=shown(job.target),
            inside=True,
        )
    if os.path.lexists(target) and not os.path.isdir(target):  # noqa: PTH112
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} is a file, not a folder."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another folder for the results."),
            path=shown(job.target),
        )


def _check_length(name: str) -> None:
    base = name.rpartition("/")[2]
    if len(os.fsencode(base)) > _LONGEST_NAME:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "The name {name} is too long for a file."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a shorter pattern, with {{index}} for example."),
            name=shown(base),
        )


def _check_clashes(plan: FolderPlan, cancel: CancelToken | None) -> None:
    """Refuse two results with one name. Eight bytes are kept for each, whatever their number."""
    found = _clash(lambda: _checked(plan.outputs(), cancel))
    if found is None:
        return
    first, second = found
    raise TransformError(
        QT_TRANSLATE_NOOP("errors", "{first} and {second} would both become {name}."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Put {{ending}}, {{index}} or a separator such as _ into the pattern."
        ),
        first=_told(plan, first),
        second=_told(plan, second),
        name=shown(first.name),
    )


def _clash(outputs: Callable[[], Iterator[Output]]) -> tuple[Output, Output] | None:
    hashes = np.fromiter((hash(_key(output.name)) for output in outputs()), np.int64)
    values, counts = np.unique(hashes, return_counts=True)
    doubtful = set(values[counts > 1].tolist())
    if not doubtful:
        return None
    seen: dict[str, Output] = {}
    for output in outputs():
        key = _key(output.name)
        if hash(key) in doubtful and seen.setdefault(key, output) is not output:
            return seen[key], output
    return None


def _key(name: str) -> str:
    return name.casefold() if _IGNORES_CASE else name


def _told(plan: FolderPlan, output: Output) -> str:
    file = shown(plan.files[output.place])
    return f"{file} ({output.copy})" if plan.job.copies > 1 else file


def _check_free(plan: FolderPlan, cancel: CancelToken | None) -> None:
    target = plan.job.target
    if not os.path.isdir(target) or not _holds_anything(target):  # noqa: PTH112
        return
    for output in _checked(plan.outputs(), cancel):
        if os.path.lexists(target / output.name):
            raise StorageError(
                QT_TRANSLATE_NOOP("errors", "{path} is there already."),
                remedy=QT_TRANSLATE_NOOP(
                    "errors", "Choose an empty folder, or say whether existing files are kept or replaced."
                ),
                path=shown(target / output.name),
                exists=True,
            )


def _holds_anything(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError as cause:
        raise storage_error(folder, cause) from cause


def _checked(outputs: Iterator[Output], cancel: CancelToken | None) -> Iterator[Output]:
    for number, output in enumerate(outputs):
        if cancel is not None and number % _NAMES_PER_POLL == 0:
            cancel.raise_if_cancelled()
        _check_length(output.name)
        yield output
