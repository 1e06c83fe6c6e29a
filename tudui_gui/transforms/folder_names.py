"""How the files that a folder run writes are called: a pattern such as ``{stem}_{copy}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType

from tudui_gui.core.errors import TransformError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: What stands for what in a pattern, marked for translation in the context ``catalog``.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "stem": QT_TRANSLATE_NOOP("catalog", "name of the source file without its ending"),
        "ending": QT_TRANSLATE_NOOP("catalog", "ending of the source file, such as jpg"),
        "folder": QT_TRANSLATE_NOOP("catalog", "name of the folder that the source file lies in"),
        "copy": QT_TRANSLATE_NOOP("catalog", "number of the copy, from 1"),
        "index": QT_TRANSLATE_NOOP("catalog", "number of the source file in the sorted list, from 1"),
        "seed": QT_TRANSLATE_NOOP("catalog", "seed of the copy: torch.manual_seed(seed) gives it again"),
        "step": QT_TRANSLATE_NOOP("catalog", "number and name of the step whose result it is"),
        "part": QT_TRANSLATE_NOOP("catalog", "number of the picture where a step gives several, from 1"),
    }
)

_NUMBERS = frozenset({"copy", "index", "seed", "part"})
_WIDTH = re.compile(r"0?[1-9]?\d?d?")

# Windows allows none of them in a name; a folder that one machine wrote is read on another.
_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')

_REMEDY = QT_TRANSLATE_NOOP("errors", "Possible: {allowed}, numbers also with a width, as in {{copy:03}}.")


@dataclass(frozen=True)
class Pattern:
    """A checked pattern.

    Attributes
    ----------
    text : str
    fields : frozenset of str
        Those of :data:`FIELDS` that it has.
    """

    text: str
    fields: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Check ``text``. Raises ``TransformError`` naming what cannot stand in a file name."""
        try:
            pieces = list(Formatter().parse(text))
        except ValueError as cause:
            raise TransformError(
                QT_TRANSLATE_NOOP("errors", "{pattern} is no pattern: its braces do not match."),
                remedy=_REMEDY,
                detail=str(cause),
                pattern=text,
                allowed=_allowed(),
            ) from cause
        for literal, field, spec, conversion in pieces:
            _check_letters(text, literal)
            if field is not None:
                _check_field(text, field, spec or "", conversion)
        _check_ends(text)
        return cls(text, frozenset(field for _, field, _, _ in pieces if field))

    def name(self, values: Mapping[str, str | int]) -> str:
        """The name, without ending, for ``values`` of all :data:`FIELDS`."""
        return self.text.format_map(values)


def _check_letters(text: str, literal: str) -> None:
    found = _NO_NAME.search(literal)
    if found:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{pattern}: {letter} cannot stand in the name of a file."),
            remedy=QT_TRANSLATE_NOOP("errors", "Leave it out. Sub-folders are kept by themselves."),
            pattern=text,
            letter=repr(found[0]),
        )


def _check_field(text: str, field: str, spec: str, conversion: str | None) -> None:
    if field not in FIELDS:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{pattern}: nothing is called {field}."),
            remedy=_REMEDY,
            pattern=text,
            field=f"{{{field}}}",
            allowed=_allowed(),
        )
    is_width = field in _NUMBERS and _WIDTH.fullmatch(spec)
    if conversion or (spec and not is_width):
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{pattern}: {field} cannot be written as {spec}."),
            remedy=_REMEDY,
            pattern=text,
            field=f"{{{field}}}",
            spec=f"!{conversion}" if conversion else spec,
            allowed=_allowed(),
        )


def _check_ends(text: str) -> None:
    if not text or text[0] in ". " or text[-1] in ". ":
        raise TransformError(
            QT_TRANSLATE_NOOP(
                "errors", "The pattern {pattern} gives no usable name: it is empty, hidden or ends in a stop."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Write for example {example}."),
            pattern=repr(text),
            example="{stem}_{copy}",
        )


def _allowed() -> str:
    return ", ".join(f"{{{field}}}" for field in FIELDS)
