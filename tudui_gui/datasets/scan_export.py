"""A scan's findings as files for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from tudui_gui.core.files import write_text
from tudui_gui.core.text import shown
from tudui_gui.datasets.scan_report import ScanReport

COLUMNS = ("kind", "severity", "finding", "part", "index", "key", "path", "text")


def write_findings(report: ScanReport, path: Path) -> None:
    """Write a CSV if the name ends in ``.csv``, else JSON, at once or not at all. Raises ``StorageError``.

    The CSV has a row for each image of each finding, which the column ``finding`` numbers, and one for a
    finding without images. UTF-8 with a byte order mark, commas, lines that end in CR LF (RFC 4180).
    """
    if path.suffix.lower() == ".csv":
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, *_rows(report)])
        write_text(path, "\ufeff" + text.getvalue())
    else:
        write_text(path, json.dumps(report.to_json(), indent=1, ensure_ascii=False) + "\n")


def _rows(report: ScanReport) -> Iterator[tuple[object, ...]]:
    for number, finding in enumerate(report.findings):
        about = (finding.kind, finding.severity, number)
        path = "" if finding.path is None else shown(finding.path)
        text = shown(str(finding))
        if not finding.images:
            yield (*about, "", "", "", path, text)
        for (part, index), key in zip(finding.images, finding.keys, strict=True):
            yield (*about, part, index, shown(key), path, text)
