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
from tudui_gui.core.text import QT_TRANSLATE_NOOP

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

    def __hash__(self) -> int:
        return hash((frozenset(self.labels.items()), self.flags, self.left_out))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (dict(self.labels), self.flags, self.left_out)

    def __bool__(self) -> bool:
        return bool(self.labels or self.flags or self.left_out)

    def with_label(self, keys: Iterable[str], name: str | None) -> Edits:
        """With the images at ``keys`` in the class ``name``; None: as the source has them."""
        changed = {**self.labels, **dict.fromkeys(keys, name)}
        kept = {key: value for key, value in changed.items() if value is not None}
        return replace(self, labels=MappingProxyType(kept))

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
            return _from_table(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as cause:
            raise DatasetError(
                QT_TRANSLATE_NOOP("errors", "The corrections in {path} cannot be read."),
                remedy=QT_TRANSLATE_NOOP(
                    "errors", "Put the file back, or empty dataset.edits to go on without corrections."
                ),
                detail=str(cause),
                path=str(path),
            ) from cause


def _from_table(table: Any) -> Edits:
    if table["version"] != _VERSION:
        raise ValueError(f"version {table['version']}")
    labels = {str(key): str(value) for key, value in table["labels"].items()}
    flags, left_out = (frozenset(map(str, table[name])) for name in ("flags", "left_out"))
    return Edits(MappingProxyType(labels), flags, left_out)


def _rebuild(labels: dict[str, str], flags: frozenset[str], left_out: frozenset[str]) -> Edits:
    return Edits(MappingProxyType(labels), flags, left_out)


def edits_file(source: str, values: Mapping[str, object]) -> Path:
    """Where the corrections of a source are kept: below ``home()/edits``, named after what the source is.

    Parameters
    ----------
    source : str
        The operation's name.
    values : mapping
        What makes the source this one and no other: its absolute root, a pattern ...
    """
    text = json.dumps([source, sorted((name, str(value)) for name, value in values.items())])
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return paths.home() / "edits" / f"{source}-{digest}.json"
