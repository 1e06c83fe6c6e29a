"""What is said of a line of pasted Python that cannot be taken over."""

from __future__ import annotations

from typing import Any

from tudui_gui.core.errors import TransformError, TuduiError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase


class ParseError(TransformError):
    """A line that is no step of the catalog, and why.

    ``fields["line"]`` counts from 1; :attr:`others` are the further problems of the same text.
    """

    others: tuple[ParseError, ...] = ()

    @property
    def line(self) -> int:
        """The line of the text, from 1."""
        line = self.fields["line"]
        assert isinstance(line, int)
        return line

    @property
    def all(self) -> tuple[ParseError, ...]:
        """This problem and the others of the text, each line and reason once, in the text's order."""
        every = {str(each): each for each in (self, *self.others)}
        return tuple(sorted(every.values(), key=_line))

    def moved(self, lines: int) -> ParseError:
        """The same problem, ``lines`` further down."""
        fields: dict[str, Any] = {**self.fields, "line": self.line + lines}
        made = ParseError(self.what, remedy=self.remedy, detail=self.detail, **fields)
        made.others = tuple(each.moved(lines) for each in self.others)
        return made


def _line(problem: ParseError) -> int:
    return problem.line


def joined(problems: list[ParseError]) -> ParseError:
    """The first of ``problems`` with the others as its :attr:`ParseError.others`."""
    first, *rest = (each for problem in problems for each in problem.all)
    first.others = tuple(rest)
    return first


def at_line(line: int, error: TuduiError) -> ParseError:
    """What a catalog or a parameter says of a value, with the line it stands in."""
    return ParseError(
        QT_TRANSLATE_NOOP("errors", "Line {line}: {reason}"),
        remedy=error.remedy,
        detail=error.detail,
        **{**error.fields, "line": line, "reason": Phrase(error.what, error.fields)},
    )
