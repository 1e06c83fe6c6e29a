"""A person's corrections of a data set: other labels, flags, images left out.

They are kept in a small JSON file of the program's own; the images and their folders are never touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tudui_gui.core import paths
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.files import write_text
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown

_VERSION = 1


@dataclass(frozen=True)
class Edits:
    """Corrections by image; an image is named by ``ImageSet.key``. Immutable, picklable.

    Attributes
    ----------
    labels : mapping of str to str
        Class of each image whose label was corrected.
    flags : frozenset of str
        Images a person marked for later; training does not mind.
    left_out : frozenset of str
        Images that are neither for training nor for test.
    """

    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    flags: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        # Whoever passed a dict or a set may go on changing it.
        object.__setattr__(self, "labels", MappingProxyType(dict(self.labels)))
        object.__setattr__(self, "flags", frozenset(self.flags))
        object.__setattr__(self, "left_out", frozenset(self.left_out))

    def __hash__(self) -> int:
        return hash((frozenset(self.labels.items()), self.flags, self.left_out))

    def __reduce__(self) -> tuple[Any, ...]:
        return Edits, (dict(self.labels), self.flags, self.left_out)

    def __bool__(self) -> bool:
        return bool(self.labels or self.flags or self.left_out)

    @property
    def keys(self) -> frozenset[str]:
        """Every image that is named."""
        return self.left_out.union(self.flags, self.labels)

    def with_label(self, keys: Iterable[str], name: str | None) -> Edits:
        """With the images at ``keys`` in the class ``name``; None or empty: as the source has them."""
        changed = {**self.labels, **dict.fromkeys(keys, name)}
        return replace(self, labels={key: value for key, value in changed.items() if value})

    def with_flags(self, keys: Iterable[str], flagged: bool) -> Edits:
        """With the images at ``keys`` flagged, or not."""
        return replace(self, flags=self.flags | set(keys) if flagged else self.flags - set(keys))

    def with_left_out(self, keys: Iterable[str], left_out: bool) -> Edits:
        """With the images at ``keys`` left out of training and test, or taken back."""
        changed = self.left_out | set(keys) if left_out else self.left_out - set(keys)
        return replace(self, left_out=changed)

    def save(self, path: Path) -> None:
        """Write the file at once or not at all. Raises ``StorageError``."""
        table = {
            "version": _VERSION,
            "labels": dict(sorted(self.labels.items())),
            "flags": sorted(self.flags),
            "left_out": sorted(self.left_out),
        }
        write_text(path, json.dumps(table, indent=1) + "\n")

    @classmethod
    def load(cls, path: Path) -> Edits:
        """Read what :meth:`save` wrote. Raises ``DatasetError`` naming the file."""
        try:
            if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
                raise ValueError("no file")
            return _from_table(json.loads(path.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as cause:
            raise DatasetError(
                QT_TRANSLATE_NOOP("errors", "The corrections in {path} cannot be read."),
                remedy=QT_TRANSLATE_NOOP(
                    "errors", "Put the file back, or empty dataset.edits to go on without corrections."
                ),
                detail=cause.strerror or str(cause) if isinstance(cause, OSError) else _reason(cause),
                path=shown(path),
            ) from cause


def _reason(cause: Exception) -> str:
    return str(cause) if isinstance(cause, ValueError) else f"{type(cause).__name__}: {cause}"


def _from_table(table: Any) -> Edits:
    version = table["version"]
    if type(version) is not int or version != _VERSION:  # True equals 1
        raise ValueError(f"version {version}")
    labels, *sets = dict(table["labels"].items()), *(table[name] for name in ("flags", "left_out"))
    if not all(isinstance(each, list) for each in sets):
        raise TypeError("flags and left_out are lists")
    for text in (*labels.values(), *sets[0], *sets[1]):
        if not isinstance(text, str) or not text:
            raise ValueError(f"{text!r} is no name")
    return Edits(labels, frozenset(sets[0]), frozenset(sets[1]))


def edits_file(source: str, values: Mapping[str, object]) -> Path:
    """Where the corrections of a source are kept: below ``home()/edits``, named after what the source is.

    Parameters
    ----------
    source : str
        The operation's name.
    values : mapping
        What makes the source this one and no other: its absolute root, a pattern ...; ``source_values``.
    """
    text = json.dumps([source, sorted((name, _plain(value)) for name, value in values.items())])
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return paths.home() / "edits" / f"{source}-{digest}.json"


def _plain(value: object) -> Any:
    """The same text for the same value in every process; a source within a source by its name and values."""
    if isinstance(value, Step):
        return [value.name, sorted((name, _plain(each)) for name, each in value.values.items())]
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else str(value)
