"""Typed parameters: default, range, help, validation, Python text and TOML of one argument.

:mod:`tudui_gui.core.operations` puts them together to operations and steps.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from numbers import Integral
from numbers import Real as RealNumber
from typing import Any, ClassVar, TypeVar

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase

N = TypeVar("N", int, float)

#: How ``None`` is written in TOML, which has no such value.
NONE_TEXT = "none"


class Written(Enum):
    """When and how a parameter stands in the Python text of its operation."""

    IF_CHANGED = "only when it differs from PyTorch's default, by name"
    BY_NAME = "always, by name"
    BY_POSITION = "always, by position (PyTorch has no default for it)"


@dataclass(frozen=True, kw_only=True)
class Parameter(ABC):
    """One typed argument of an operation.

    Attributes
    ----------
    name : str
        PyTorch's name of the argument.
    default : object
        PyTorch's default; where PyTorch has none, a sensible start (then ``written`` is not ``IF_CHANGED``).
    help : str
        One sentence, marked with ``QT_TRANSLATE_NOOP("catalog", ...)``.
    optional : bool
        Whether ``None`` is allowed.
    written : Written
        How it appears in generated code.
    """

    name: str
    default: Any
    help: str = ""
    optional: bool = False
    written: Written = Written.IF_CHANGED

    #: A stable word for the type, used in ``catalog --json``.
    kind: ClassVar[str]

    @abstractmethod
    def _allowed(self) -> Phrase:
        """The allowed values in words, without ``None``."""

    @abstractmethod
    def _normalise(self, value: Any) -> Any:
        """Return the canonical value or raise ``ValueError``/``TypeError``."""

    @property
    def allowed_text(self) -> Phrase:
        """The allowed values in words."""
        if not self.optional:
            return self._allowed()
        return Phrase(QT_TRANSLATE_NOOP("errors", "{allowed}, or none"), {"allowed": self._allowed()})

    def check(self, value: Any, operation: str = "") -> Any:
        """Return the canonical form of ``value``.

        Raises
        ------
        ParameterError
            Naming ``operation``, the parameter, the value and the allowed range.
        """
        if value is None or (self.optional and value == NONE_TEXT):
            if self.optional:
                return None
            raise ParameterError(operation, self.name, value, self.allowed_text)
        try:
            return self._normalise(value)
        except (ValueError, TypeError, OverflowError) as cause:
            raise ParameterError(operation, self.name, value, self.allowed_text) from cause

    def build(self, value: Any) -> Any:
        """The object passed to PyTorch for a canonical ``value``."""
        return value

    def source(self, value: Any) -> str:
        """Python text of :meth:`build`."""
        return repr(value)

    def to_toml(self, value: Any) -> Any:
        """A value TOML can hold, accepted back by :meth:`check`."""
        if value is None:
            return NONE_TEXT
        return list(value) if isinstance(value, tuple) else value

    def describe(self) -> dict[str, Any]:
        """Name, kind, default, range and help as JSON-ready values."""
        default = None if self.default is None else self.to_toml(self.default)
        return {
            "name": self.name,
            "kind": self.kind,
            "default": default,
            "allowed": str(self.allowed_text),
            "optional": self.optional,
            "help": self.help,
        }


#: For :func:`ranged`: without limits, with both, with the lower one, with the upper one.
WHOLE = (
    QT_TRANSLATE_NOOP("errors", "a whole number"),
    QT_TRANSLATE_NOOP("errors", "a whole number from {minimum} to {maximum}"),
    QT_TRANSLATE_NOOP("errors", "a whole number of at least {minimum}"),
    QT_TRANSLATE_NOOP("errors", "a whole number of at most {maximum}"),
)
NUMBER = (
    QT_TRANSLATE_NOOP("errors", "a number"),
    QT_TRANSLATE_NOOP("errors", "a number from {minimum} to {maximum}"),
    QT_TRANSLATE_NOOP("errors", "a number of at least {minimum}"),
    QT_TRANSLATE_NOOP("errors", "a number of at most {maximum}"),
)
SEVERAL = (
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} numbers"),
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} numbers from {minimum} to {maximum}"),
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} numbers of at least {minimum}"),
    QT_TRANSLATE_NOOP("errors", "a list of {lengths} numbers of at most {maximum}"),
)


def ranged(
    templates: tuple[str, str, str, str], minimum: float | None, maximum: float | None, **fields: object
) -> Phrase:
    """The one of ``templates`` that suits the limits."""
    number = {(False, False): 0, (True, True): 1, (True, False): 2, (False, True): 3}
    template = templates[number[minimum is not None, maximum is not None]]
    return Phrase(template, {"minimum": minimum, "maximum": maximum, **fields})


def has_length(value: Any, lengths: tuple[int, ...]) -> bool:
    """Whether ``value`` has one of ``lengths``; if there are none, any but 0."""
    return len(value) in lengths if lengths else len(value) > 0


def lengths_text(lengths: tuple[int, ...]) -> Phrase | str:
    """``lengths`` in words."""
    if not lengths:
        return Phrase(QT_TRANSLATE_NOOP("errors", "1 or more"))
    if len(lengths) < 2:
        return "".join(map(str, lengths))
    first, last = ", ".join(map(str, lengths[:-1])), lengths[-1]
    return Phrase(QT_TRANSLATE_NOOP("errors", "{first} or {last}"), {"first": first, "last": last})


@dataclass(frozen=True, kw_only=True)
class Integer(Parameter):
    """A whole number, both ends included."""

    minimum: int | None = None
    maximum: int | None = None

    kind: ClassVar[str] = "integer"

    def _allowed(self) -> Phrase:
        return ranged(WHOLE, self.minimum, self.maximum)

    def _normalise(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise TypeError(value)
        return within(int(value), self.minimum, self.maximum)


@dataclass(frozen=True, kw_only=True)
class Real(Parameter):
    """A finite number, both ends included."""

    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 4

    kind: ClassVar[str] = "number"

    def _allowed(self) -> Phrase:
        return ranged(NUMBER, self.minimum, self.maximum)

    def _normalise(self, value: Any) -> float:
        return within(finite(value), self.minimum, self.maximum)


@dataclass(frozen=True, kw_only=True)
class Flag(Parameter):
    """True or False."""

    kind: ClassVar[str] = "flag"

    def _allowed(self) -> Phrase:
        return Phrase(QT_TRANSLATE_NOOP("errors", "true or false"))

    def _normalise(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise TypeError(value)
        return value


@dataclass(frozen=True, kw_only=True)
class Choice(Parameter):
    """One of a few words.

    ``objects`` maps a word to the object given to PyTorch and its Python text, if that is another.
    """

    choices: tuple[str, ...]
    objects: Mapping[str, tuple[Any, str]] = field(default_factory=dict)

    kind: ClassVar[str] = "choice"

    def _allowed(self) -> Phrase:
        return Phrase("{choices}", {"choices": ", ".join(self.choices)})

    def _normalise(self, value: Any) -> str:
        if str(value) not in self.choices:
            raise ValueError(value)
        return str(value)

    def to_toml(self, value: Any) -> Any:
        """The word, or the number it stands for."""
        given = self.build(value)
        return given if isinstance(given, int) else super().to_toml(value)

    def build(self, value: Any) -> Any:
        """The object of the word, if it has one."""
        return self.objects[value][0] if value in self.objects else value

    def source(self, value: Any) -> str:
        """Python text of :meth:`build`."""
        return self.objects[value][1] if value in self.objects else repr(value)


@dataclass(frozen=True, kw_only=True)
class Text(Parameter):
    """Free text, such as a folder. A folder is never empty text, which would mean the current one."""

    is_folder: bool = False

    @property
    def kind(self) -> str:  # type: ignore[override]
        """``"folder"`` or ``"text"``."""
        return "folder" if self.is_folder else "text"

    def _allowed(self) -> Phrase:
        if self.is_folder:
            return Phrase(QT_TRANSLATE_NOOP("errors", "a folder"))
        return Phrase(QT_TRANSLATE_NOOP("errors", "text"))

    def _normalise(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(value)
        if "\0" in value or (self.is_folder and not value):  # no path has a NUL
            raise ValueError(value)
        return value


@dataclass(frozen=True, kw_only=True)
class IntegerOrPair(Parameter):
    """A whole number, or two of them (height, width). Canonical: ``int`` or ``tuple[int, int]``.

    ``lengths`` says how many there may be; empty means any number.
    """

    minimum: int | None = None
    maximum: int | None = None
    lengths: tuple[int, ...] = (2,)

    kind: ClassVar[str] = "integer_or_pair"

    def _allowed(self) -> Phrase:
        return Phrase(
            QT_TRANSLATE_NOOP("errors", "{number}, or a list of {lengths} of them"),
            {"number": ranged(WHOLE, self.minimum, self.maximum), "lengths": lengths_text(self.lengths)},
        )

    def _normalise(self, value: Any) -> int | tuple[int, ...]:
        element = Integer(name=self.name, default=0, minimum=self.minimum, maximum=self.maximum)
        if isinstance(value, list | tuple):
            if not has_length(value, self.lengths):
                raise ValueError(value)
            return tuple(element._normalise(item) for item in value)
        return element._normalise(value)


@dataclass(frozen=True, kw_only=True)
class Numbers(Parameter):
    """A list of numbers, one per channel for example. Canonical: ``tuple[float, ...]``.

    ``lengths`` says how many there may be; empty means any number.
    """

    minimum: float | None = None
    maximum: float | None = None
    lengths: tuple[int, ...] = (1, 3)

    kind: ClassVar[str] = "numbers"

    def _allowed(self) -> Phrase:
        return ranged(SEVERAL, self.minimum, self.maximum, lengths=lengths_text(self.lengths))

    def _normalise(self, value: Any) -> tuple[float, ...]:
        if isinstance(value, str) or not has_length(value, self.lengths):
            raise ValueError(value)
        return tuple(within(finite(item), self.minimum, self.maximum) for item in value)

    def source(self, value: Any) -> str:
        """A list, as the tutorial writes them."""
        return repr(None if value is None else list(value))


def finite(value: Any) -> float:
    """``value`` as a finite number. Raises ``ValueError``."""
    if isinstance(value, bool) or not isinstance(value, RealNumber) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def within(value: N, minimum: float | None, maximum: float | None) -> N:
    """``value``. Raises ``ValueError`` outside the limits."""
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        raise ValueError(value)
    return value
