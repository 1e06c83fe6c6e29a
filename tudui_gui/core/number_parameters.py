"""Parameters that PyTorch takes as one number or as several, and lists of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from tudui_gui.core.parameters import (
    NUMBER,
    SEVERAL,
    Integer,
    Parameter,
    finite,
    has_length,
    lengths_text,
    ranged,
    within,
)
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase

_WHOLE_NUMBERS = (
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} whole numbers"),
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} whole numbers from {minimum} to {maximum}"),
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} whole numbers of at least {minimum}"),
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} whole numbers of at most {maximum}"),
)


@dataclass(frozen=True, kw_only=True)
class RealOrPair(Parameter):
    """A number, or several of them (smallest, largest). Canonical: ``float`` or ``tuple[float, ...]``.

    Attributes
    ----------
    minimum, maximum : float or None
        Range of a single number.
    pair_minimum, pair_maximum : float or None
        Range of each of several; without them that of a single number.
    lengths : tuple of int
        How many there may be; empty means any number.
    words : tuple of str
        Words that may stand in the place of a number.
    whole_as_int : bool
        Whether a whole number becomes an ``int``, as PIL wants it for the values of pixels.
    """

    minimum: float | None = None
    maximum: float | None = None
    pair_minimum: float | None = None
    pair_maximum: float | None = None
    lengths: tuple[int, ...] = (2,)
    words: tuple[str, ...] = ()
    whole_as_int: bool = False
    decimals: int = 4

    kind: ClassVar[str] = "number_or_pair"

    def _allowed(self) -> Phrase:
        numbers = Phrase(
            QT_TRANSLATE_NOOP("errors", "{number}, or {several}"),
            {
                "number": ranged(NUMBER, self.minimum, self.maximum),
                "several": ranged(SEVERAL, *self.pair_range, lengths=lengths_text(self.lengths)),
            },
        )
        if not self.words:
            return numbers
        fields = {"allowed": numbers, "words": ", ".join(map(repr, self.words))}
        return Phrase(QT_TRANSLATE_NOOP("errors", "{allowed}, or {words}"), fields)

    @property
    def pair_range(self) -> tuple[float | None, float | None]:
        """Smallest and largest of each of several numbers."""
        low = self.minimum if self.pair_minimum is None else self.pair_minimum
        return low, self.maximum if self.pair_maximum is None else self.pair_maximum

    def _normalise(self, value: Any) -> float | str | tuple[float, ...]:
        if isinstance(value, list | tuple):
            if not has_length(value, self.lengths):
                raise ValueError(value)
            return tuple(self._number(item, *self.pair_range) for item in value)
        if isinstance(value, str) and value in self.words:
            return value
        return self._number(value, self.minimum, self.maximum)

    def _number(self, value: Any, minimum: float | None, maximum: float | None) -> float:
        number = within(finite(value), minimum, maximum)
        return int(number) if self.whole_as_int and number.is_integer() else number


@dataclass(frozen=True, kw_only=True)
class Integers(Parameter):
    """A list of whole numbers. Canonical: ``tuple[int, ...]``.

    ``lengths`` says how many there may be; empty means any number.
    """

    minimum: int | None = None
    maximum: int | None = None
    lengths: tuple[int, ...] = (2,)

    kind: ClassVar[str] = "integers"

    def _allowed(self) -> Phrase:
        return ranged(_WHOLE_NUMBERS, self.minimum, self.maximum, lengths=lengths_text(self.lengths))

    def _normalise(self, value: Any) -> tuple[int, ...]:
        if isinstance(value, str) or not has_length(value, self.lengths):
            raise ValueError(value)
        element = Integer(name=self.name, default=0, minimum=self.minimum, maximum=self.maximum)
        return tuple(element._normalise(item) for item in value)
