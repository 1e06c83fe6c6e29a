"""A call in a pasted script as a step: arguments in torchvision's order, values as in the catalog."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from torchvision.transforms import InterpolationMode

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Choice, Parameter
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.batch_catalog import BATCH_TRANSFORMS
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.parse_error import ParseError, at_line

#: PIL's numbers of its filters, which older scripts give as ``interpolation``.
_PIL_FILTERS = {
    0: InterpolationMode.NEAREST,
    1: InterpolationMode.LANCZOS,
    2: InterpolationMode.BILINEAR,
    3: InterpolationMode.BICUBIC,
    4: InterpolationMode.BOX,
    5: InterpolationMode.HAMMING,
}


def operation_of(named: type, line: int) -> Operation:
    """The entry for torchvision's class. Raises :class:`ParseError`."""
    name = named.__name__
    of_target = {operation.target: operation for operation in TRANSFORMS.values()}
    of_class = {operation.target.__name__: operation for operation in TRANSFORMS.values()}
    known = of_target.get(named) or of_class.get(name)
    if known is not None:
        return known
    if name in BATCH_TRANSFORMS:
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "Line {line}: {name} mixes the images of a batch."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "It stands behind the loader, not in a pipeline: leave it out."
            ),
            line=line,
            name=name,
        )
    raise unknown_transform(name, line)


def unknown_transform(name: str, line: int) -> ParseError:
    """What is said of a transform that the catalog does not have."""
    plain = name.rpartition(".")[2]
    alike = [each for each in TRANSFORMS if plain[:5].lower() in each.lower()]
    near = list(dict.fromkeys((*alike, *TRANSFORMS.nearest_first(plain))))
    return ParseError(
        QT_TRANSLATE_NOOP("errors", "Line {line}: {name} is not among the transforms here."),
        remedy=QT_TRANSLATE_NOOP("errors", "There are {allowed}, and more."),
        line=line,
        name=name,
        allowed=", ".join(near[:6]),
    )


def step_of(named: type, given: Sequence[Any], by_name: Mapping[str, Any], line: int) -> Step:
    """The step for a call of torchvision's class ``named``. Raises :class:`ParseError`."""
    operation = operation_of(named, line)
    values = _bound(named, operation, given, by_name, line)
    known = {parameter.name: parameter for parameter in operation.parameters}
    for name in [name for name in values if name not in known]:
        if values.pop(name) != _defaults(named).get(name):
            raise _unknown_argument(operation, name, line)
    try:
        return operation.step(**{name: canonical(known[name], value) for name, value in values.items()})
    except TuduiError as error:
        raise at_line(line, error) from error


def _bound(
    named: type, operation: Operation, given: Sequence[Any], by_name: Mapping[str, Any], line: int
) -> dict[str, Any]:
    signature = inspect.signature(named)
    for name in by_name:
        if name not in signature.parameters:
            raise _unknown_argument(operation, name, line)
    try:
        bound = dict(signature.bind(*given, **by_name).arguments)
    except TypeError as cause:
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "Line {line}: {operation} does not take these arguments."),
            detail=str(cause),
            line=line,
            operation=operation.name,
        ) from cause
    return {**_other_defaults(named, operation), **bound}


def _defaults(named: Any) -> dict[str, Any]:
    parameters = inspect.signature(named).parameters.values()
    return {each.name: each.default for each in parameters if each.default is not each.empty}


def _other_defaults(named: type, operation: Operation) -> dict[str, Any]:
    """Where the class that a script names has another default than the one that the catalog builds."""
    if named is operation.target:
        return {}
    here, there = _defaults(operation.target), _defaults(named)
    shared = {parameter.name for parameter in operation.parameters} & there.keys()
    differing = {name: there[name] for name in shared if there[name] != here.get(name)}
    # ``ColorJitter`` says 0 in one module and None in the other, and means the same.
    return {name: value for name, value in differing.items() if value is not None}


def _unknown_argument(operation: Operation, name: str, line: int) -> ParseError:
    allowed = ", ".join(parameter.name for parameter in operation.parameters)
    fields: dict[str, Any] = {"line": line, "operation": operation.name, "name": name, "allowed": allowed}
    what = QT_TRANSLATE_NOOP("errors", "Line {line}: {operation} has no argument {name}.")
    if not allowed:
        return ParseError(what, remedy=QT_TRANSLATE_NOOP("errors", "It takes none."), **fields)
    return ParseError(what, remedy=QT_TRANSLATE_NOOP("errors", "It has {allowed}."), **fields)


def canonical(parameter: Parameter, value: Any) -> Any:
    """``value`` as torchvision takes it -> a value that ``parameter`` checks."""
    if isinstance(parameter, Choice):
        return _word(parameter, value)
    return value


def _word(choice: Choice, value: Any) -> Any:
    """The word for an object, such as ``"bilinear"`` for ``InterpolationMode.BILINEAR``."""
    objects = {word: made for word, (made, _) in choice.objects.items()}
    is_filter = type(value) is int and any(isinstance(made, InterpolationMode) for made in objects.values())
    wanted = _PIL_FILTERS.get(value, value) if is_filter else value
    for word, made in objects.items():
        if type(made) is type(wanted) and made == wanted:
            return word
    if value is None or (isinstance(value, str) and isinstance(objects.get(value, value), str | Enum)):
        return value
    return _Unlisted(value)


class _Unlisted:
    """A value that is no choice, though its text might be one: ``1`` is not ``"1"``."""

    def __init__(self, value: Any) -> None:
        self._text = repr(value)

    def __repr__(self) -> str:
        return self._text

    def __str__(self) -> str:
        return f"<{self._text}>"
