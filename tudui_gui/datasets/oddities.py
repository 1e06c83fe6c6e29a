"""What a person should know about a data set that opened all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class DatasetProblem:
    """Something a person should know about a data set that could be opened all the same.

    Attributes
    ----------
    what : str
        English template, marked with ``QT_TRANSLATE_NOOP("errors", ...)``.
    fields : mapping
        Values for the template.
    path : Path or None
        The file or folder it is about.
    is_note : bool
        True for plain information, such as how the set was split.
    kind : str
        A stable word for what it is, such as ``"empty_class"``, ``"no_label"``, ``"no_image"``,
        ``"missing_file"``, ``"unreadable"``, ``"link_loop"``, ``"dead_link"``,
        ``"unknown_class"``, ``"split"``.
    """

    what: str
    fields: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    is_note: bool = False
    kind: str = ""

    def __str__(self) -> str:
        return self.what.format(**self.fields)
