"""Operation, Step, Catalog: the one description everything is made from.

A transform, a layer, a loss, an optimiser, a model and a data source are one
kind of thing: a name, the callable it stands for, and typed parameters. From
that description come the form on the screen, validation, the PyTorch object,
its Python text and its TOML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.parameters import Parameter, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase


@dataclass(frozen=True)
class Operation:
    """A name, the callable it stands for, and its parameters.

    Attributes
    ----------
    name : str
        The name shown and written to TOML.
    target : callable
        Called with the parameters to build the object.
    qualname : str
        Python text of ``target``, such as ``"transforms.Resize"``.
    parameters : tuple of Parameter
    help : str
        One sentence, marked with ``QT_TRANSLATE_NOOP("catalog", ...)``.
    tags : frozenset of str
        Facts a catalog gives meaning to, such as ``"random"``.
    hint : str
        Advice, such as what PyTorch recommends instead; marked like ``help``, may be empty.
    aliases : tuple of str
        Other names that a search finds, such as ``"v2.Resize"``.
    """

    name: str
    target: Callable[..., Any]
    qualname: str
    parameters: tuple[Parameter, ...] = ()
    help: str = ""
    tags: frozenset[str] = frozenset()
    hint: str = ""
    aliases: tuple[str, ...] = ()

    def parameter(self, name: str) -> Parameter:
        """The parameter called ``name``. Raises ``TuduiError`` naming those there are."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise _unknown_parameter(self, name)

    def step(self, **values: Any) -> Step:
        """A step with ``values`` over the defaults. Raises ``ParameterError`` or ``TuduiError``."""
        for name in values:
            self.parameter(name)
        checked = {
            parameter.name: parameter.check(values[parameter.name], self.name)
            if parameter.name in values
            else parameter.default
            for parameter in self.parameters
        }
        return Step(self, MappingProxyType(checked))

    def describe(self) -> dict[str, Any]:
        """The operation as JSON-ready values."""
        return {
            "name": self.name,
            "python": self.qualname,
            "help": self.help,
            "hint": self.hint,
            "aliases": list(self.aliases),
            "parameters": [parameter.describe() for parameter in self.parameters],
        }


@dataclass(frozen=True)
class Step:
    """An operation with a canonical value for each parameter. Immutable, comparable, picklable."""

    operation: Operation
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    enabled: bool = True

    @property
    def name(self) -> str:
        """The operation's name."""
        return self.operation.name

    def __hash__(self) -> int:
        return hash((self.operation.name, tuple(self.values.items()), self.enabled))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_step, (self.operation, dict(self.values), self.enabled)

    def with_values(self, **values: Any) -> Step:
        """This step with some values changed. Raises like :meth:`Operation.step`."""
        changed = self.operation.step(**{**self.values, **values})
        return replace(changed, enabled=self.enabled)

    def build(self, *args: Any, **extra: Any) -> Any:
        """The PyTorch object; ``args`` come first (an optimiser's parameters), ``extra`` override."""
        return self.operation.target(*args, **{**self.arguments(), **extra})

    def arguments(self) -> dict[str, Any]:
        """Every parameter as PyTorch takes it."""
        return {p.name: p.build(self.values[p.name]) for p in self.operation.parameters}

    def source(self, *args: str) -> str:
        """Python text that builds the same object; ``args`` are texts put first."""
        parts = list(args)
        for parameter in self.operation.parameters:
            value = self.values[parameter.name]
            text = parameter.source(value)
            if parameter.written is Written.BY_POSITION:
                parts.append(text)
            elif parameter.written is Written.BY_NAME or value != parameter.default:
                parts.append(f"{parameter.name}={text}")
        return f"{self.operation.qualname}({', '.join(parts)})"

    def to_dict(self, name_key: str = "name") -> dict[str, Any]:
        """The TOML table: the name under ``name_key`` and every value that is not ``None`` by default."""
        table: dict[str, Any] = {name_key: self.name}
        for parameter in self.operation.parameters:
            value = self.values[parameter.name]
            if value is not None or parameter.default is not None:
                table[parameter.name] = parameter.to_toml(value)
        if not self.enabled:
            table["enabled"] = False
        return table


def _rebuild_step(operation: Operation, values: dict[str, Any], enabled: bool) -> Step:
    return Step(operation, MappingProxyType(values), enabled)


class Catalog(Mapping[str, Operation]):
    """Operations of one kind by name, in the order they are shown.

    Parameters
    ----------
    kind : str
        Singular English noun for messages, marked with ``QT_TRANSLATE_NOOP("errors", ...)``.
    operations : iterable of Operation
    """

    def __init__(self, kind: str, operations: Iterable[Operation]) -> None:
        self.kind = kind
        self._operations = {operation.name: operation for operation in operations}

    def __getitem__(self, name: str) -> Operation:
        return self._operations[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._operations)

    def __len__(self) -> int:
        return len(self._operations)

    def find(self, name: object) -> Operation:
        """The operation called ``name``. Raises ``TuduiError`` with the names there are."""
        if isinstance(name, str) and name in self._operations:
            return self._operations[name]
        raise TuduiError(
            QT_TRANSLATE_NOOP("errors", "There is no {kind} named {name}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
            kind=Phrase(self.kind),
            name=repr(name),
            allowed=", ".join(self.nearest_first(name)),
        )

    def nearest_first(self, name: object) -> list[str]:
        """Every name there is, those like ``name`` before the others."""
        near = get_close_matches(str(name), self._operations, n=3, cutoff=0.5)
        return near + [each for each in self._operations if each not in near]

    def step(self, name: str, **values: Any) -> Step:
        """A validated step of the operation ``name``."""
        return self.find(name).step(**values)

    def step_from(self, table: Mapping[str, Any], name_key: str = "name") -> Step:
        """The step that :meth:`Step.to_dict` wrote. Raises ``TuduiError`` naming what is wrong."""
        values = dict(table)
        enabled = values.pop("enabled", True)
        step = self.find(values.pop(name_key, None)).step(**values)
        return step if enabled else replace(step, enabled=False)

    def describe(self) -> list[dict[str, Any]]:
        """All entries as JSON-ready values."""
        return [operation.describe() for operation in self.values()]


def _unknown_parameter(operation: Operation, name: str) -> TuduiError:
    names = ", ".join(parameter.name for parameter in operation.parameters)
    nothing = Phrase(QT_TRANSLATE_NOOP("errors", "no parameters"))
    return TuduiError(
        QT_TRANSLATE_NOOP("errors", "{operation} has no parameter named {parameter}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
        operation=operation.name,
        parameter=repr(name),
        allowed=names or nothing,
    )
