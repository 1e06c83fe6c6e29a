"""Looking at every image of a data set for what would spoil a training or its figures.

What is looked for, and how: files by decoding each once, copies as ``scan_copies`` and ``scan_near`` say,
classes, sizes and shapes by the rules of ``scan_counts``; with it comes what the opening of the set found.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.datasets.scan_copies import Place, copy_findings, findings_of_copies
from tudui_gui.datasets.scan_counts import class_findings, problem_findings, size_findings
from tudui_gui.datasets.scan_looks import look_at_parts
from tudui_gui.datasets.scan_report import (
    COPIES,
    ERROR,
    NOTE,
    Finding,
    Report,
    ScanReport,
    in_order,
)
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.images.reading import IMAGE_SUFFIXES

_SUFFIXES = tuple(IMAGE_SUFFIXES)
_FOLDER = QT_TRANSLATE_NOOP("errors", "{path} is a folder with the name of an image.")


def scan(dataset: Dataset, *, progress: Report, cancel: CancelToken) -> ScanReport:
    """Look at the images for training, for test and without a label.

    Parameters
    ----------
    dataset : Dataset
    progress : callable
        Called on this thread with a :class:`~tudui_gui.datasets.scan_report.ScanProgress`, many times a
        second.
    cancel : CancelToken

    Raises
    ------
    Cancelled
        Within about 0.1 s.
    """
    started = time.perf_counter()
    parts = scanned_parts(dataset)
    looks = look_at_parts(parts, progress, cancel)
    findings = [
        _unreadable(parts, looks.place(number), error) for number, error in sorted(looks.errors.items())
    ]
    named = {finding.path for finding in findings}
    findings += [finding for finding in _folders_like_images(parts) if finding.path not in named]
    findings += copy_findings(looks, parts, progress, cancel)
    findings += known_at_once(dataset)
    findings += size_findings(looks, parts)
    return ScanReport(in_order(findings), len(looks), time.perf_counter() - started)


def scanned_parts(dataset: Dataset) -> dict[str, ImageSet]:
    """The parts that a scan looks at: all but the images that are left out."""
    return {name: part for name, part in dataset.parts.items() if name != "left_out"}


def followed(report: ScanReport, dataset: Dataset) -> ScanReport:
    """What ``report`` says of the same source after other corrections, without looking at any image again.

    Images that are left out now are gone from the findings, and copies are judged by the labels and parts
    they have now. A report of all images stays good for this when images are taken back.
    """
    parts = scanned_parts(dataset)
    wanted = {key for finding in report.findings for key in finding.keys}
    places = {
        key: (name, index)
        for name, part in parts.items()
        for index in range(len(part))
        if (key := part.key(index)) in wanted
    }
    findings = list(known_at_once(dataset))
    seen: set[tuple[str, ...]] = set()
    for finding in report.findings:
        if finding.kind in COPIES:
            if finding.keys not in seen:
                near = finding.kind.startswith("near_")
                findings += findings_of_copies(parts, _in_order(parts, finding, places), near=near)
            seen.add(finding.keys)
        elif finding.keys and all(key in places for key in finding.keys):
            findings.append(replace(finding, images=tuple(places[key] for key in finding.keys)))
        elif finding.kind == "alike" or finding.what == _FOLDER:
            findings.append(finding)
    return ScanReport(in_order(findings), report.images, report.seconds)


def _in_order(parts: Mapping[str, ImageSet], finding: Finding, places: Mapping[str, Place]) -> list[Place]:
    order = {name: number for number, name in enumerate(parts)}
    return sorted((places[key] for key in finding.keys if key in places), key=lambda p: (order[p[0]], p[1]))


def known_at_once(dataset: Dataset) -> Iterator[Finding]:
    """What can be said without looking at an image: from opening the set, and from its labels."""
    yield from problem_findings(dataset)
    yield from class_findings(dataset)


def _unreadable(parts: Mapping[str, ImageSet], place: Place, error: ImageError) -> Finding:
    part, index = place
    path = parts[part].path(index)
    return Finding(
        _kind_of(error, path),
        ERROR,
        error.what,
        error.fields,
        (place,),
        (parts[part].key(index),),
        path,
        error.detail,
    )


def _kind_of(error: ImageError, path: Path | None) -> str:
    if "pixels" in error.fields:
        return "too_large"
    if path is None:
        return "unreadable"
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "missing_file"
    except (OSError, ValueError):
        return "unreadable"
    if stat.S_ISDIR(status.st_mode):
        return "folder_as_image"
    return "empty_file" if status.st_size == 0 else "unreadable"


def _folders_like_images(parts: Mapping[str, ImageSet]) -> list[Finding]:
    """Folders called like images, in and above the folders that images lie in."""
    found: set[Path] = set()
    for below, folder in _folders(parts).items():
        for level, name in enumerate(reversed(below.split("/"))):
            if _is_called_like_an_image(name):
                found.add((folder, *folder.parents)[level])
        # One that cannot be listed was named when the set was opened.
        with suppress(OSError), os.scandir(folder) as entries:
            found.update(
                Path(each.path) for each in entries if _is_called_like_an_image(each.name) and each.is_dir()
            )
    return [
        Finding("folder_as_image", NOTE, _FOLDER, {"path": shown(folder)}, path=folder)
        for folder in sorted(found)
    ]


def _folders(parts: Mapping[str, ImageSet]) -> dict[str, Path]:
    """The folders that images lie in, by what their keys begin with."""
    folders: dict[str, Path] = {}
    for part in parts.values():
        if part.uniform_array() is not None:
            continue
        for index in range(len(part)):
            below = part.key(index).rpartition("/")[0]
            if below not in folders and (path := part.path(index)) is not None:
                folders[below] = path.parent
    return folders


def _is_called_like_an_image(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES)
